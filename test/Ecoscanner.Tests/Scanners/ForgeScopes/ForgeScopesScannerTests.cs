using System.Globalization;
using Ecoscanner.Apps.Forge;
using Ecoscanner.Findings;
using Ecoscanner.Probing;
using Ecoscanner.Scanners.ForgeScopes;
using Ecoscanner.Scanning;
using Ecoscanner.Tests.Infrastructure;
using Ecoscanner.Tests.Scanners.ForgeCases;

namespace Ecoscanner.Tests.Scanners.ForgeScopes;

public sealed class ForgeScopesScannerTests(ITestOutputHelper output)
{
    private const string Panel = """
        app: {id: 'ari:cloud:ecosystem::app/1', runtime: {name: nodejs22.x}}
        modules:
          scheduledTrigger: [{key: hourly, function: run, interval: hour}]
          function: [{key: run, handler: index.run}]
        """;

    private static readonly HashSet<string> Rules = new ForgeScopesScanner().Rules.Select(rule => rule.Id).ToHashSet(StringComparer.Ordinal);

    [Theory]
    [InlineData("Scopes")]
    [InlineData("ScopesHoldout")]
    public async Task Each_case_is_judged_as_its_annotations_say(string folder)
    {
        var cases = ForgeCase.InFolder(folder, Rules);
        var score = await ForgeCaseRun.MeasureAsync(cases, Rules, [new ForgeScopesScanner()], TestContext.Current.CancellationToken);
        output.WriteLine($"{cases.Length} cases, {cases.Count(each => each.IsFlawed)} flawed\n{score}");
        Assert.Empty(score.Complaints);
        Assert.All(Rules, rule => Assert.True(score[rule].Found > 0));
    }

    [Theory]
    [InlineData("", "", Verdict.NotApplicable, Verdict.NotApplicable)]
    [InlineData("read:jira-work", "asApp().requestJira(route`/rest/api/3/issue/${event.key}`)", Verdict.Pass, Verdict.Pass)]
    [InlineData("read:jira-work", "", Verdict.Fail, Verdict.Pass)]
    [InlineData("read:jira-work", "asApp().requestJira(event.path)", Verdict.Inconclusive, Verdict.Pass)]
    [InlineData("read:jira-work", "asApp().requestJira(", Verdict.Inconclusive, Verdict.Pass)]
    [InlineData("read:me", "", Verdict.Inconclusive, Verdict.Pass)]
    [InlineData("${SCOPE}", "", Verdict.Inconclusive, Verdict.Inconclusive)]
    [InlineData("write:jira-work", "asApp().requestJira(event.path, event.options)", Verdict.Inconclusive, Verdict.Inconclusive)]
    [InlineData("manage:jira-configuration", "asApp().requestJira(route`/rest/api/3/fieldconfiguration`)", Verdict.Pass, Verdict.Fail)]
    [InlineData(
        "manage:jira-configuration",
        "asApp().requestJira(route`/rest/api/3/fieldconfiguration`); asApp().requestGraph(event.query)",
        Verdict.Pass,
        Verdict.Inconclusive
    )]
    public async Task What_is_not_known_passes_no_rule(string scope, string code, Verdict unused, Verdict broad)
    {
        var scopes = scope.Length == 0 ? "" : $"permissions: {{scopes: ['{scope}']}}\nenvironment: {{variables: [{{key: SCOPE}}]}}\n";
        var report = await ScanAsync(Panel + "\n" + scopes, $"import {{ asApp, route }} from '@forge/api';\nexport async function run(event) {{ {code}; }}");
        Assert.Equal((unused, broad), (VerdictOf(report, "scope-unused"), VerdictOf(report, "scope-overbroad")));
    }

    [Fact]
    public async Task A_manifest_that_was_not_read_whole_is_inconclusive()
    {
        var report = await ScanAsync("app: {id: 'ari:cloud:ecosystem::app/1'}\npermissions: {scopes: [read:jira-work}\nmodules: {\n", "");
        Assert.Empty(report.Findings);
        Assert.Equal(Verdict.Inconclusive, VerdictOf(report, "scope-unused"));
    }

    [Fact]
    public async Task A_finding_says_what_calls_there_are_and_what_would_do()
    {
        var report = await ScanAsync(
            Panel + "\npermissions: {scopes: [manage:jira-configuration, write:jira-work, storage:app, write:page:confluence]}\n",
            "import { asApp, route } from '@forge/api';\nexport const run = () => asApp().requestJira(route`/rest/api/3/fieldconfiguration`);"
        );
        Assert.Equal(
            [
                "the scope \"manage:jira-configuration\" lets the app change what it only reads: GET /rest/api/3/fieldconfiguration, which is all it is needed for; \"read:field-configuration:jira\" instead of it",
                "the scope \"write:jira-work\" is declared, and the app's only call of Jira's API does not need it; only scopes that something needs; without this one nothing is lost",
                "the scope \"storage:app\" is declared, and the app stores nothing on the platform; only scopes that something needs; without this one nothing is lost",
                "the scope \"write:page:confluence\" is declared, and the app calls no API of Confluence; only scopes that something needs; without this one nothing is lost",
            ],
            report.Findings.OrderBy(finding => finding.Location.Column).Select(finding => $"{finding.Evidence.Observed}; {finding.Evidence.Expected}")
        );
    }

    [Fact]
    public async Task Many_scopes_and_many_calls_take_no_time_to_speak_of()
    {
        const int many = 3000;
        var scopes = string.Join(", ", Enumerable.Range(0, many).Select(index => string.Create(CultureInfo.InvariantCulture, $"read:thing{index}:jira")));
        var calls = string.Concat(
            Enumerable
                .Range(0, many)
                .Select(index => string.Create(CultureInfo.InvariantCulture, $"asApp().requestJira(route`/rest/api/3/x{index}/${{event.a}}`);\n"))
        );
        var report = await ScanAsync(
            $"{Panel}\npermissions: {{scopes: [{scopes}]}}\n",
            $"import {{ asApp, route }} from '@forge/api';\nexport async function run(event) {{\n{calls}}}"
        );
        Assert.All(report.Scanners, scanner => Assert.Null(scanner.Failure));
        Assert.Equal(Verdict.Inconclusive, VerdictOf(report, "scope-unused"));
    }

    private static Verdict VerdictOf(AppReport report, string rule) => report.Verdicts.Single(each => each.Rule.Id == rule).Verdict;

    private static async Task<AppReport> ScanAsync(string manifest, string source)
    {
        var folder = Directory.CreateTempSubdirectory("ecoscanner-scopes-");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "src"));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "manifest.yml"), manifest);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "src/index.js"), source);
            using var session = new ProbeSession(new ProbeOptions { RunId = "test", Offline = true }, TimeProvider.System);
            return await ScannerRuns.RunAsync(ForgeAppReader.Read(Path.Combine(folder.FullName, "manifest.yml")), session, null, new ForgeScopesScanner());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
