using System.Text.Json;
using Ecoscanner.Advisories;
using Ecoscanner.Apps.Forge;
using Ecoscanner.Findings;
using Ecoscanner.Packages;
using Ecoscanner.Packages.Vex;
using Ecoscanner.Probing;
using Ecoscanner.Reports;
using Ecoscanner.Scanners.ForgeDependencies;
using Ecoscanner.Scanning;
using Ecoscanner.Tests.Core.Advisories.Indexing;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Scanners.ForgeDependencies;

public sealed class ForgeDependenciesScannerTests : IDisposable
{
    private readonly MadeIndex made = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("ecoscanner-forge-");

    [Theory]
    [InlineData(9.8, "dependency-vulnerable")]
    [InlineData(7.0, "dependency-vulnerable")]
    [InlineData(6.9, "dependency-vulnerable-minor")]
    public async Task The_score_of_the_advisory_decides_which_rule_fails(double score, string rule)
    {
        var report = await ScanAsync(Lock(("own", "1.0.0", "", "")), Advisory("own") with { Score = new(score, null, "made") });
        var finding = Assert.Single(report.Findings);
        Assert.Equal((rule, score), (finding.Rule.Id, finding.Cvss));
        Assert.Equal(Verdict.Fail, report.VerdictOf(rule));
    }

    [Fact]
    public async Task A_finding_tells_the_way_in_the_fix_the_priority_and_the_snapshot()
    {
        var report = await ScanAsync(Lock(("own", "1.0.0", "bad", ""), ("bad", "1.2.0", "", "")), Advisory("bad"));
        var finding = Assert.Single(report.Findings);
        Assert.Equal("bad 1.2.0 has CVE-2026-0001 (critical, 9.8): it runs what it reads", finding.Message);
        Assert.Equal("bad 2.0.0, of another major version, the lowest with nothing critical or high known", finding.Evidence.Expected);
        var facts = finding.Evidence.Facts.ToLookup(fact => fact.Name, fact => fact.Says);
        Assert.Equal(["own@1.0.0 > bad@1.2.0"], facts["Way in"]);
        Assert.EndsWith("package-lock.json#node_modules/bad", Assert.Single(facts["Lies in"]), StringComparison.Ordinal);
        Assert.Equal(["638 of 1000 = 588 (CVSS 9.8 x 60) + 50 (a fix is there)"], facts["Priority"]);
        Assert.Equal(made.Of(Advisory("bad")).Snapshot, report.AdvisorySnapshot);
    }

    [Fact]
    public async Task It_stays_the_same_finding_when_the_version_and_the_place_change()
    {
        var before = await ScanAsync(Lock(("bad", "1.0.0", "", "")), Advisory("bad"));
        var after = await ScanAsync(Lock(("own", "1.0.0", "bad", ""), ("bad", "1.5.0", "", "")), Advisory("bad"));
        Assert.Equal(Assert.Single(before.Findings).Fingerprint, Assert.Single(after.Findings).Fingerprint);
    }

    [Fact]
    public async Task What_the_platform_forces_is_listed_as_exempt_and_fails_nothing()
    {
        var report = await ScanAsync(Lock(("@atlaskit/form", "8.4.0", "bad", ""), ("bad", "1.0.0", "", "")), Advisory("bad"));
        var exemption = Assert.Single(report.Findings).ExemptedBy;
        Assert.Equal((ExemptionSource.Platform, "Atlassian (Atlassian Design System)"), (exemption!.Source, exemption.By));
        Assert.Equal(Verdict.Exempt, report.VerdictOf("dependency-vulnerable"));
        Assert.Equal(ExitCode.Clean, ExitCode.Of(Whole(report), new FailPolicy()));
    }

    [Fact]
    public async Task Of_two_findings_in_one_lockfile_only_the_forced_one_is_exempt()
    {
        var report = await ScanAsync(
            Lock(("@atlaskit/form", "8.4.0", "bad", ""), ("bad", "1.0.0", "", ""), ("own", "1.0.0", "", "")),
            Advisory("bad"),
            Advisory("own", "CVE-2026-0002")
        );
        Assert.Equal([false, true], report.Findings.OrderBy(finding => finding.Location.Identity).Select(finding => finding.ExemptedBy is null));
        Assert.Equal(Verdict.Fail, report.VerdictOf("dependency-vulnerable"));
    }

    [Fact]
    public async Task An_attack_is_critical_and_never_exempt()
    {
        var report = await ScanAsync(
            Lock(("@forge/api", "3.0.0", "bad", ""), ("bad", "1.0.0", "", "")),
            Advisory("bad", "MAL-2026-1") with
            {
                IsMalicious = true,
                Score = null,
            }
        );
        var finding = Assert.Single(report.Findings);
        Assert.Equal(("dependency-malicious", 10.0, null), (finding.Rule.Id, finding.Cvss, finding.ExemptedBy));
    }

    [Fact]
    public async Task Without_advisories_nothing_is_passed_and_the_way_out_is_said()
    {
        var app = App(Lock(("own", "1.0.0", "", "")));
        using var session = Offline();
        var options = new ScanOptions { NoAdvisories = "there are no advisories on this machine; run ecoscanner advisories update" };
        var report = await ScannerRuns.RunAsync(app, session, options, new ForgeDependenciesScanner());
        Assert.All(report.Verdicts, verdict => Assert.Equal(Verdict.Inconclusive, verdict.Verdict));
        Assert.Contains("ecoscanner advisories update", report.ReasonOf("dependency-vulnerable"), StringComparison.Ordinal);
        Assert.True(report.Complete);
        Assert.Null(report.AdvisorySnapshot);
    }

    [Fact]
    public async Task An_app_without_a_lockfile_is_not_passed()
    {
        var report = await ScanAsync(null, Advisory("own"));
        Assert.Equal(Verdict.Inconclusive, report.VerdictOf("dependency-vulnerable"));
        Assert.Contains("npm install --package-lock-only", report.ReasonOf("dependency-vulnerable"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sound_packages_pass_and_what_development_needs_is_not_shipped()
    {
        var report = await ScanAsync(Lock(("own", "2.0.0", "", ""), ("tool", "1.0.0", "", "dev")), Advisory("own"), Advisory("tool", "CVE-2026-0002"));
        Assert.Empty(report.Findings);
        Assert.All(report.Verdicts, verdict => Assert.Equal(Verdict.Pass, verdict.Verdict));
        Assert.StartsWith("1 library, held against", report.ReasonOf("dependency-vulnerable"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_no_source_scores_is_for_a_person_to_look_at()
    {
        var report = await ScanAsync(Lock(("own", "1.0.0", "", "")), Advisory("own") with { Score = null });
        Assert.Empty(report.Findings);
        Assert.Equal(Verdict.Inconclusive, report.VerdictOf("dependency-vulnerable"));
        Assert.Equal("pkg:npm/own", Open(report).Single().About);
    }

    [Fact]
    public async Task What_stays_open_of_one_package_is_about_that_package()
    {
        var report = await ScanAsync(Lock(("own", "not-a-version", "", ""), ("bad", "1.0.0", "", "")), Advisory("own"), Advisory("bad", "CVE-2026-0002"));
        Assert.Equal(["pkg:npm/own"], Open(report).Select(place => place.About));
    }

    [Fact]
    public async Task More_open_packages_than_are_told_may_be_any()
    {
        var packages = Enumerable.Range(0, 25).Select(i => $"own{i}").ToList();
        var report = await ScanAsync(
            Lock([.. packages.Select(name => (name, "not-a-version", "", ""))]),
            [.. packages.Select((name, i) => Advisory(name, $"CVE-2026-{i + 1000}"))]
        );
        Assert.Equal(21, Open(report).Count);
        var rest = Open(report)[^1];
        Assert.Equal((null, null, "5 more places could not be judged; the coverage names them"), (rest.Place, rest.About, rest.Reason));
    }

    [Theory]
    [InlineData(VexStatus.NotAffected, 0, "own", true)]
    [InlineData(VexStatus.Fixed, 0, "own", true)]
    [InlineData(VexStatus.NotAffected, 366, "own", false)] // a year old: it has to be said again
    [InlineData(VexStatus.Affected, 0, "own", false)]
    [InlineData(VexStatus.UnderInvestigation, 0, "own", false)]
    [InlineData(VexStatus.NotAffected, 0, "other", false)]
    public async Task A_claim_is_honoured_at_the_desk_and_shown_with_who_makes_it(VexStatus status, int days, string package, bool isHonoured)
    {
        var claim = new VexStatement
        {
            Vulnerabilities = ["CVE-2026-0001"],
            Products = [new VexProduct(null, new PackageUrl(Ecosystem.Npm, package, null), null)],
            Status = status,
            Justification = VexJustification.VulnerableCodeNotInExecutePath,
            Author = "security@example.com",
            Timestamp = DateTimeOffset.UtcNow.AddDays(-days),
            Place = "claims.json#/statements/0",
        };
        using var session = Offline();
        var options = new ScanOptions { Advisories = made.Of(Advisory("own")), Claims = [claim] };
        var report = await ScannerRuns.RunAsync(App(Lock(("own", "1.0.0", "", ""))), session, options, new ForgeDependenciesScanner());
        var finding = Assert.Single(report.Findings);
        Assert.Equal(isHonoured ? ExemptionSource.Desk : null, finding.ExemptedBy?.Source);
        Assert.Equal(
            package == "own",
            finding.Evidence.Facts.Any(fact => fact.Name == "Claim" && fact.Says.Contains("says security@example.com", StringComparison.Ordinal))
        );
    }

    public void Dispose()
    {
        made.Dispose();
        folder.Delete(recursive: true);
    }

    private static IReadOnlyList<PlaceVerdict> Open(AppReport report) =>
        [.. report.Verdicts.Single(verdict => verdict.Rule.Id == "dependency-vulnerable").Places.Where(place => place.Verdict is Verdict.Inconclusive)];

    private static Advisory Advisory(string package, string id = "CVE-2026-0001") =>
        MadeIndex.Npm(id, package, "(,2.0.0)") with
        {
            Score = new(9.8, null, "made"),
            Summary = "it runs what it reads.",
        };

    private static ProbeSession Offline() => new(new ProbeOptions { RunId = "test", Offline = true }, TimeProvider.System);

    private static ScanReport Whole(AppReport report) =>
        new()
        {
            ToolVersion = "0",
            RunId = "0",
            Apps = [report],
        };

    /// <summary>A lockfile: name, version, the one dependency, and a flag of each package; what no other asks for, the app does.</summary>
    private static string Lock(params (string Name, string Version, string Needs, string Flag)[] packages)
    {
        var needed = packages.Select(package => package.Needs).ToHashSet(StringComparer.Ordinal);
        string Asked(bool dev) =>
            string.Join(
                ",",
                packages.Where(package => !needed.Contains(package.Name) && package.Flag == "dev" == dev).Select(package => $"\"{package.Name}\":\"*\"")
            );
        var entries = packages.Select(package =>
            $"\"node_modules/{package.Name}\":{{\"version\":\"{package.Version}\",\"resolved\":\"https://registry.npmjs.org/{package.Name}/-/x.tgz\""
            + $"{(package.Needs.Length > 0 ? $",\"dependencies\":{{\"{package.Needs}\":\"*\"}}" : "")}{(package.Flag == "dev" ? ",\"dev\":true" : "")}}}"
        );
        return $"{{\"name\":\"a\",\"lockfileVersion\":3,\"packages\":{{\"\":{{\"name\":\"a\",\"dependencies\":{{{Asked(false)}}},\"devDependencies\":{{{Asked(true)}}}}},{string.Join(",", entries)}}}}}";
    }

    private static string RootOf(string lockfile)
    {
        using var json = JsonDocument.Parse(lockfile);
        return json.RootElement.GetProperty("packages").GetProperty("").GetRawText();
    }

    private async Task<AppReport> ScanAsync(string? lockfile, params Advisory[] advisories)
    {
        var app = App(lockfile);
        using var session = Offline();
        return await ScannerRuns.RunAsync(app, session, new ScanOptions { Advisories = made.Of(advisories) }, new ForgeDependenciesScanner());
    }

    private ForgeApp App(string? lockfile)
    {
        File.WriteAllText(
            Path.Combine(folder.FullName, "manifest.yml"),
            "app:\n  id: ari:cloud:ecosystem::app/5d2f4a52-6f0e-4b6e-9a57-0d3c2f1b7a32\nmodules: {}\n"
        );
        var asked = lockfile is null ? """{ "name": "a", "dependencies": { "own": "*" } }""" : RootOf(lockfile);
        File.WriteAllText(Path.Combine(folder.FullName, "package.json"), asked);
        if (lockfile is not null)
        {
            File.WriteAllText(Path.Combine(folder.FullName, "package-lock.json"), lockfile);
        }

        return ForgeAppReader.Read(Path.Combine(folder.FullName, "manifest.yml"));
    }
}
