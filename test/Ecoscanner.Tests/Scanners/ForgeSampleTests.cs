using System.Text.Json.Nodes;
using Ecoscanner.Apps.Forge;
using Ecoscanner.Probing;
using Ecoscanner.Scanners.ForgeManifest;
using Ecoscanner.Scanners.ForgeScopes;
using Ecoscanner.Scanning;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Scanners;

/// <summary>The Forge samples: every planted flaw is found, and nothing else.</summary>
public sealed class ForgeSampleTests
{
    private static string Folder => Path.Combine(Repository.Root, "samples", "forge", "apps");

    public static TheoryData<string> Samples => [.. Directory.GetDirectories(Folder).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_manifest_fails_by_its_planted_flaws_and_by_nothing_else(string name)
    {
        var folder = Path.Combine(Folder, name);
        using var session = new ProbeSession(new ProbeOptions { RunId = "test", Offline = true }, TimeProvider.System);
        IScanner[] scanners = [new ForgeManifestScanner(), new ForgeScopesScanner()];
        var report = await ScannerRuns.RunAsync(ForgeAppReader.Read(Path.Combine(folder, "manifest.yml")), session, null, scanners);
        var expected = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "expected.json"), TestContext.Current.CancellationToken))!;
        var ids = scanners.SelectMany(scanner => scanner.Rules).Select(rule => rule.Id).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(
            expected["fails"]!.AsArray().Select(rule => (string)rule!).Where(ids.Contains).Order(StringComparer.Ordinal),
            report.Findings.Select(finding => finding.Rule.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
        );
        Assert.Empty(report.Coverage.Gaps);
    }
}
