using Ecoscanner.Findings;
using Ecoscanner.Service.Findings;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Service.Tests.Findings;

public sealed class StabilityTests
{
    [Fact]
    public void The_same_scan_with_lines_moved_results_reordered_and_wording_changed_gives_no_new_finding() =>
        Fuzz.Run(random =>
        {
            using var site = new IngestSite();
            var findings = Findings(random).DistinctBy(finding => finding.Fingerprint).ToArray();
            site.Ingest(new MadeReport().With(findings));
            Assert.Equal(findings.Length, site.States().Count);
            for (var round = 0; round < 3; round++)
            {
                site.Changes.Clear();
                var moved = findings.Select(finding => Changed(finding, random)).ToArray();
                random.Shuffle(moved);
                var result = site.Ingest(new MadeReport().With(moved));
                Assert.Equal(0, result.Opened + result.Closed);
                Assert.DoesNotContain(FindingChangeKind.Opened, site.Kinds);
                Assert.Equal(findings.Length, site.States().Count);
            }
        });

    private static IEnumerable<Finding> Findings(Random random)
    {
        for (var count = random.Next(1, 40); count > 0; count--)
        {
            yield return random.Next(4) switch
            {
                0 => MadeReport.OfTls($"host{random.Next(9)}.example.com"),
                1 => MadeReport.OfAuth((Confidence)random.Next(3), $"/page{random.Next(9)}/{random.Next(1000)}"),
                2 => MadeReport.OfCode($"function{random.Next(9)}", random.Next(1, 500), $"src/{random.Next(5)}.ts"),
                _ => MadeReport.OfLibrary($"org.example:lib{random.Next(9)}", $"CVE-2026-{random.Next(5)}", $"1.{random.Next(9)}"),
            };
        }
    }

    private static Finding Changed(Finding finding, Random random)
    {
        var words = string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => (char)random.Next('a', 'z')));
        var location = finding.Location with { Line = finding.Location.Line is null ? null : random.Next(1, 9999), Column = random.Next(1, 80) };
        if (location.Url is { } url && finding.Rule == MadeReport.Auth)
        {
            location = location with { Url = $"{url.Split('?')[0]}?jwt={random.Next()}", Component = words };
        }

        return finding with
        {
            Location = location,
            Message = $"{words} {finding.Message} {words}",
            Evidence = new Evidence(words, words) { Facts = [new Fact(words, words)] },
        };
    }
}
