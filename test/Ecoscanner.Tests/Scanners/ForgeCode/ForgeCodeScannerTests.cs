using Ecoscanner.Findings;
using Ecoscanner.Scanners.ForgeCode;
using Ecoscanner.Scanning;
using Ecoscanner.Tests.Infrastructure;
using Ecoscanner.Tests.Scanners.ForgeCases;

namespace Ecoscanner.Tests.Scanners.ForgeCode;

public sealed class ForgeCodeScannerTests(ITestOutputHelper output)
{
    private static readonly HashSet<string> Ids = new ForgeCodeScanner().Rules.Select(rule => rule.Id).ToHashSet(StringComparer.Ordinal);

    private const string Manifest = """
        app: {id: 'ari:cloud:ecosystem::app/1', runtime: {name: nodejs22.x}}
        modules:
          webtrigger: [{key: hook, function: hook}]
          function: [{key: hook, handler: index.hook}]
        == app
        -- src/index.js --

        """;

    [Fact]
    public async Task A_rule_without_a_place_to_look_at_is_not_about_the_app()
    {
        var report = await ScanAsync("export const hook = async () => ({ statusCode: 204 });");
        Assert.Empty(report.Findings);
        Assert.Equal(Verdict.NotApplicable, report.VerdictOf("sql-injection"));
        Assert.Contains("runs no SQL", report.ReasonOf("sql-injection"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_callers_send_to_no_place_passes_with_the_number_of_places()
    {
        var report = await ScanAsync("import { fetch } from '@forge/api'; export const hook = async () => fetch('https://api.example.com');");
        Assert.Equal(Verdict.Pass, report.VerdictOf("server-side-request-forgery"));
        Assert.Contains("none of 1 place", report.ReasonOf("server-side-request-forgery"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("export const hook = async () => ({ statusCode: 204 }); function ( {", "")]
    [InlineData("import { run } from './other'; export const hook = run;", "hook")]
    public async Task Code_that_was_not_read_lets_no_rule_pass(string source, string gap)
    {
        var report = await ScanAsync(source);
        Assert.All(report.Verdicts, verdict => Assert.Equal(Verdict.Inconclusive, verdict.Verdict));
        Assert.Contains(report.Coverage.Gaps, each => each.Place.Contains(gap, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_finding_is_the_same_when_lines_move_and_has_its_way()
    {
        const string Source =
            "import { fetch } from '@forge/api';\nexport const hook = async (request) => {\n  const url = request.body;\n  return fetch(url);\n};";
        var before = Assert.Single((await ScanAsync(Source)).Findings);
        var after = Assert.Single((await ScanAsync("// moved\n\n" + Source)).Findings);
        Assert.Equal(before.Fingerprint, after.Fingerprint);
        Assert.Equal(("src/index.js", 4, 10), (before.Location.Path, before.Location.Line!.Value, before.Location.Column!.Value));
        Assert.Equal("src/index.js#hook/fetch()", before.Location.Identity);
        Assert.Equal("src/index.js:2:28", before.Evidence.Steps[0].ToString());
        Assert.Contains("by anybody by HTTP", before.Evidence.Observed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_secret_that_stands_in_the_source_gets_into_a_finding()
    {
        var report = await ScanAsync(
            "import { fetch } from '@forge/api'; export const hook = async (request) => { const url = `${request.body}?key=abcd1234efgh`; await fetch(url); await fetch(url + 'abcd1234efgh'); };"
        );
        Assert.Equal(2, report.Findings.Count);
        Assert.All(
            report.Findings,
            finding =>
                Assert.DoesNotContain(
                    "abcd1234",
                    finding.ToString() + string.Join(' ', finding.Evidence.Steps.Select(step => step.Says)),
                    StringComparison.Ordinal
                )
        );
        Assert.Equal(2, report.Findings.Select(finding => finding.Fingerprint).Distinct(StringComparer.Ordinal).Count());
    }

    private static Task<AppReport> ScanAsync(string source) =>
        ForgeCaseRun.ScanAsync(ForgeCase.Read("made", Manifest + source, Ids)[0], [new ForgeCodeScanner()]);

    [Theory]
    [InlineData("Code", 0.95)]
    [InlineData("CodeHoldout", 0.85)] // Some rules have eight flaws there: one miss is allowed.
    public async Task Cases_are_found_and_their_repaired_twins_are_not(string folder, double least)
    {
        var cases = ForgeCase.InFolder(folder, Ids);
        var score = await ForgeCaseRun.MeasureAsync(cases, Ids, [new ForgeCodeScanner()], TestContext.Current.CancellationToken);
        output.WriteLine($"{cases.Length} cases, {cases.Sum(each => each.Annotations.Length)} annotations\n{score}");
        Assert.DoesNotContain(score.Complaints, line => line.StartsWith("failed", StringComparison.Ordinal));
        Assert.All(Ids, rule => Assert.True(score[rule].Recall >= least && score[rule].Precision >= least, $"{rule}\n{score}"));
    }
}
