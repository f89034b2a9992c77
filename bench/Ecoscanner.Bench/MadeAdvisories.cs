using Ecoscanner.Advisories;
using Ecoscanner.Packages;

namespace Ecoscanner.Bench;

/// <summary>Advisories in the numbers and shapes of the public sources: mostly malicious packages of npm, then vulnerabilities of a few thousand libraries.</summary>
internal sealed class MadeAdvisories(int count, int seed)
{
    // What the public dump of npm holds of malicious packages, to vulnerabilities.
    private const double MaliciousShare = 0.83;
    private const int Libraries = 12_000;

    private static readonly string[] Words = ["core", "json", "http", "util", "parser", "stream", "crypto", "auth", "cache", "query", "react", "spring"];

    /// <summary>One after the other, so that they need not be in memory at once.</summary>
    /// <param name="changed">Every so manieth vulnerability gets another range; 0 for none.</param>
    public IEnumerable<Advisory> Stream(int changed = 0)
    {
        var malicious = (int)(count * MaliciousShare);
        for (var i = 0; i < count; i++)
        {
            var random = new Random(seed + i);
            yield return i < malicious ? Malicious(i, random) : Vulnerability(i - malicious, random, changed > 0 && (i - malicious) % changed == 0);
        }
    }

    public static (Ecosystem Ecosystem, string Name) Library(int number) =>
        number % 3 == 0
            ? (Ecosystem.Maven, $"org.{Words[number % Words.Length]}.example{number / 7}:{Words[number * 5 % Words.Length]}-{number}")
            : (
                Ecosystem.Npm,
                number % 5 == 0
                    ? $"@{Words[number % Words.Length]}{number / 11}/{Words[number * 7 % Words.Length]}"
                    : $"{Words[number % Words.Length]}-{number}"
            );

    /// <summary>Few libraries have a hundred advisories, many have few.</summary>
    public static int Popular(Random random) => (int)(Libraries * Math.Pow(random.NextDouble(), 1.5));

    private static Advisory Malicious(int number, Random random) =>
        new()
        {
            Id = $"MAL-{2022 + (number % 5)}-{number}",
            Summary = $"Malicious code in {Words[number % Words.Length]}-{number:x8} (npm)",
            Published = Date(random),
            Modified = Date(random),
            IsMalicious = true,
            Affected =
            [
                new AffectedPackage(
                    Ecosystem.Npm,
                    $"{Words[number % Words.Length]}-{number:x8}",
                    number % 4 == 0 ? [] : [new VersionRange(null, false, null, false)],
                    number % 4 == 0 ? [$"{random.Next(100)}.0.0", "99.99.99"] : [],
                    "OSV"
                ),
            ],
            References = [new Uri($"https://example.com/malicious/{number}")],
            Sources = [new AdvisorySource("ossf-malicious-packages", $"MAL-{number}", "Apache-2.0")],
        };

    private static Advisory Vulnerability(int number, Random random, bool isChanged)
    {
        var (ecosystem, name) = Library(Popular(random));
        var major = random.Next(1, 6);
        return new Advisory
        {
            Id = $"CVE-{2015 + (number % 12)}-{10_000 + number}",
            Aliases = [$"GHSA-{number:x4}-made-{random.Next(65536):x4}"],
            Summary = $"{name} allows attackers to do what they should not by a crafted request that is long enough to describe",
            Published = Date(random),
            Modified = Date(random),
            Score = new AdvisoryScore(random.Next(30, 100) / 10.0, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "GHSA's CVSS 3.1"),
            Weaknesses = [79, 400],
            Affected =
            [
                new AffectedPackage(
                    ecosystem,
                    name,
                    [
                        .. Enumerable
                            .Range(0, random.Next(1, 4))
                            .Select(i => new VersionRange(
                                $"{major + i}.0.0",
                                true,
                                $"{major + i}.{random.Next(1, 30)}.{(isChanged ? 99 : random.Next(10))}",
                                false
                            )),
                    ],
                    [.. Enumerable.Range(0, random.Next(20)).Select(i => $"{major}.0.{i}")],
                    "GHSA"
                ),
            ],
            References = [.. Enumerable.Range(0, 4).Select(i => new Uri($"https://github.com/{name.Replace(':', '/')}/commit/{number:x20}{i}"))],
            Sources = [new AdvisorySource("GHSA", $"GHSA-{number:x4}", "CC-BY-4.0")],
        };
    }

    private static DateTimeOffset Date(Random random) => new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(random.Next(3_000_000));
}
