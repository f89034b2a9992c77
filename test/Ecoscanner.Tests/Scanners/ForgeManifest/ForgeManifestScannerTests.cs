using Ecoscanner.Apps.Forge;
using Ecoscanner.Findings;
using Ecoscanner.Probing;
using Ecoscanner.Scanners.ForgeManifest;
using Ecoscanner.Scanning;
using Ecoscanner.Tests.Core.Apps.Forge;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Scanners.ForgeManifest;

public sealed class ForgeManifestScannerTests
{
    private const string External = "permissions: {external: ";

    [Theory]
    [InlineData("{fetch: {backend: [{address: '*'}]}}", Verdict.Fail)]
    [InlineData("{fetch: {client: ['*']}}", Verdict.Fail)]
    [InlineData("{images: ['https://*']}", Verdict.Fail)]
    [InlineData("{scripts: ['*://*/path']}", Verdict.Fail)]
    [InlineData("{scripts: ['https:']}", Verdict.Fail)]
    [InlineData("{frames: ['https://example.*']}", Verdict.Fail)]
    [InlineData("{fetch: {backend: ['https://api.example.com/*']}}", Verdict.Pass)]
    [InlineData("{fetch: {backend: ['*.example.com']}}", Verdict.Pass)]
    [InlineData("{navigation: ['mailto:']}", Verdict.Pass)]
    [InlineData("{fetch: {backend: [{remote: mine}]}}", Verdict.Pass)]
    [InlineData("{fetch: {backend: []}}", Verdict.Pass)]
    [InlineData("{fetch: {backend: ['https://${HOST}']}}", Verdict.Inconclusive)]
    [InlineData("{fetch: {backend: ['https://${HOST}.example.com']}}", Verdict.Pass)]
    [InlineData("{fetch: {backend: ['https://${HOST}.com']}}", Verdict.Inconclusive)]
    [InlineData("{fetch: {backend: ['https://${UNDECLARED}']}}", Verdict.Pass)]
    public async Task Egress_names_hosts(string external, Verdict verdict) => await CheckAsync("egress-wildcard", External + external + "}\n", verdict);

    [Theory]
    [InlineData("*.com", Verdict.Fail)]
    [InlineData("https://*.co.uk/x", Verdict.Fail)]
    [InlineData("https://*.HerokuApp.com:443", Verdict.Fail)]
    [InlineData("https://*example.com", Verdict.Fail)]
    [InlineData("https://*.*.com", Verdict.Fail)]
    [InlineData("https://*.example.com", Verdict.Pass)]
    [InlineData("https://*-dev.example.com", Verdict.Pass)]
    [InlineData("https://my-app.herokuapp.com", Verdict.Pass)]
    [InlineData("https://*.my-app.herokuapp.com", Verdict.Pass)]
    [InlineData("https://*.localhost", Verdict.Pass)]
    [InlineData("https://example.com/*.com", Verdict.Pass)]
    public async Task Wildcards_stay_within_a_domain_of_one_owner(string address, Verdict verdict) =>
        await CheckAsync("egress-shared-domain", $"{External}{{fetch: {{backend: ['{address}']}}}}}}\n", verdict);

    [Theory]
    [InlineData("remotes: [{key: a, baseUrl: 'http://a.example.com'}]", Verdict.Fail)]
    [InlineData("remotes: [{key: a, baseUrl: {EU: 'https://a.example.com', US: 'HTTP://a.example.com'}}]", Verdict.Fail)]
    [InlineData("permissions: {external: {fetch: {client: ['ws://a.example.com']}}}", Verdict.Fail)]
    [InlineData("permissions: {external: {scripts: ['http://localhost.example.com/x.js']}}", Verdict.Fail)]
    [InlineData("remotes: [{key: a, baseUrl: 'http://${HOST}'}]", Verdict.Fail)]
    [InlineData("remotes: [{key: a, baseUrl: 'https://${HOST}'}]", Verdict.Pass)]
    [InlineData("remotes: [{key: a, baseUrl: '${HOST}'}]", Verdict.Inconclusive)]
    [InlineData("remotes: [{key: a, baseUrl: 'http://localhost:8080'}]", Verdict.NotApplicable)]
    [InlineData("remotes: [{key: a, baseUrl: 'http://127.0.0.1:8080'}]", Verdict.NotApplicable)]
    [InlineData("remotes: [{key: a, baseUrl: 'http://[::1]:8080/x'}]", Verdict.NotApplicable)]
    [InlineData("permissions: {external: {navigation: ['http://a.example.com']}}", Verdict.Pass)]
    [InlineData("permissions: {external: {fetch: {backend: ['a.example.com/http://']}}}", Verdict.Pass)]
    [InlineData("remotes: []", Verdict.Pass)]
    public async Task What_leaves_the_platform_uses_TLS(string part, Verdict verdict) => await CheckAsync("manifest-plain-http", part + "\n", verdict);

    [Theory]
    [InlineData("unsafe-inline", Verdict.Fail)]
    [InlineData("unsafe-eval", Verdict.Fail)]
    [InlineData("unsafe-hashes", Verdict.Fail)]
    [InlineData("\"'unsafe-inline'\"", Verdict.Fail)]
    [InlineData("sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", Verdict.Pass)]
    [InlineData("'blob:'", Verdict.Pass)]
    [InlineData("'${HOST}'", Verdict.Inconclusive)]
    public async Task The_policy_for_scripts_is_kept(string value, Verdict verdict) =>
        await CheckAsync("script-policy-unsafe", $"permissions: {{content: {{scripts: [{value}]}}}}\n", verdict);

    [Theory]
    [InlineData("{styles: [unsafe-inline]}", Verdict.Fail)]
    [InlineData("{scripts: [unsafe-inline]}", Verdict.Pass)]
    public async Task The_policy_for_styles_is_kept(string content, Verdict verdict) =>
        await CheckAsync("style-policy-unsafe", $"permissions: {{content: {content}}}\n", verdict);

    [Theory]
    [InlineData("['*']", Verdict.Fail)]
    [InlineData("['ari:cloud:ecosystem::app/2', '*']", Verdict.Fail)]
    [InlineData("['ari:cloud:ecosystem::app/2']", Verdict.Pass)]
    [InlineData("[]", Verdict.Pass)]
    public async Task Events_go_to_named_apps(string recipients, Verdict verdict) =>
        await CheckAsync("event-recipients-wildcard", $"modules: {{event: [{{key: e, name: e, allowedRecipients: {recipients}}}]}}\n", verdict);

    [Theory]
    [InlineData("resolver: {function: f}, unlicensedAccess: [unlicensed, anonymous]", Verdict.Fail)]
    [InlineData("resolver: {endpoint: f}, unlicensedAccess: [anonymous]", Verdict.Fail)]
    [InlineData("resolver: {function: f}, unlicensedAccess: [unlicensed]", Verdict.Pass)]
    [InlineData("resolver: {function: f}", Verdict.Pass)]
    [InlineData("title: help, unlicensedAccess: [anonymous]", Verdict.Pass)]
    public async Task Code_that_anybody_can_call_is_named(string module, Verdict verdict) =>
        await CheckAsync(
            "anonymous-access",
            $"modules: {{'confluence:globalPage': [{{key: p, resource: r, {module}}}], function: [{{key: f, handler: index.f}}]}}\nresources: [{{key: r, path: s}}]\n",
            verdict
        );

    [Theory]
    [InlineData("", Verdict.Fail, Verdict.Fail)]
    [InlineData(", request: {authentication: none}", Verdict.Fail, Verdict.Fail)]
    [InlineData(", response: {type: dynamic}", Verdict.Fail, Verdict.Fail)]
    [InlineData(", response: {type: static}", Verdict.Fail, Verdict.Pass)]
    [InlineData(", request: {authentication: hmacSharedSecret}", Verdict.Pass, Verdict.Pass)]
    [InlineData(", request: {authentication: hmacSharedSecret}, response: {type: dynamic}", Verdict.Pass, Verdict.Pass)]
    [InlineData(", request: {authentication: '${HOST}'}", Verdict.Inconclusive, Verdict.Inconclusive)]
    [InlineData(", response: {type: odd}", Verdict.Fail, Verdict.Inconclusive)]
    public async Task Web_triggers_know_their_callers_or_tell_them_nothing(string more, Verdict authentication, Verdict answer)
    {
        var modules = $"modules: {{webtrigger: [{{key: t, function: f{more}}}], function: [{{key: f, handler: index.f}}]}}\n";
        await CheckAsync("webtrigger-unauthenticated", modules, authentication);
        await CheckAsync("webtrigger-answer-dynamic", modules, answer);
    }

    [Theory]
    [InlineData("modules: {trigger: [{key: t, function: f, events: [a]}]}", Verdict.Inconclusive)]
    [InlineData("modules: {trigger: [{key: t, function: f, events: [a]}], function: [{key: f, handler: ../x.run}]}", Verdict.Inconclusive)]
    [InlineData("modules: {trigger: [{key: t, function: f, events: [a]}], function: [{key: f}]}", Verdict.Inconclusive)]
    [InlineData("modules: {trigger: [{key: t, endpoint: e, events: [a]}]}", Verdict.Inconclusive)]
    [InlineData("modules: {trigger: [{key: t, function: f, events: [a]}], function: [{key: f, handler: x.run}]}", Verdict.Pass)]
    [InlineData("modules: {function: [{key: unused, handler: ../x.run}]}", Verdict.Pass)]
    public async Task Code_that_is_not_defined_is_never_silent(string modules, Verdict verdict)
    {
        var report = await CheckAsync("handler-unknown", modules + "\n", verdict);
        Assert.Equal(verdict is Verdict.Inconclusive, report.Coverage.Gaps.Any(gap => gap.Scanner == "forge-manifest"));
        Assert.Empty(report.Findings);
    }

    [Theory]
    [InlineData("[read:jira-work, storage:app]", Verdict.Pass)]
    [InlineData("[]", Verdict.Pass)]
    [InlineData("[read:mine:custom]", Verdict.Pass)]
    [InlineData("[read:jira-work, read:jira-work]", Verdict.Fail)]
    [InlineData("[read:jira-wrok]", Verdict.Fail)]
    [InlineData("[Read:Jira-Work]", Verdict.Fail)]
    [InlineData("[read:tomorrows-thing:jira]", Verdict.Inconclusive)]
    [InlineData("['${HOST}']", Verdict.Inconclusive)]
    public async Task Scopes_are_known_and_stand_once(string scopes, Verdict verdict) =>
        await CheckAsync("scope-invalid", $"permissions: {{scopes: {scopes}}}\n", verdict);

    [Theory]
    [InlineData(", runtime: {name: nodejs20.x}", Verdict.Pass)]
    [InlineData(", runtime: {name: nodejs26.x}", Verdict.Pass)]
    [InlineData(", runtime: {name: nodejs18.x}", Verdict.Fail)]
    [InlineData(", runtime: {name: nodejs8}", Verdict.Fail)]
    [InlineData(", runtime: {name: sandbox}", Verdict.Fail)]
    [InlineData("", Verdict.Fail)]
    [InlineData(", runtime: {name: bun}", Verdict.Inconclusive)]
    [InlineData(", runtime: {architecture: arm64}", Verdict.Inconclusive)]
    public async Task The_runtime_is_supported(string runtime, Verdict verdict) =>
        Assert.Equal(
            verdict,
            (
                await ScanAsync(
                    $"app: {{id: 'ari:cloud:ecosystem::app/1'{runtime}}}\nmodules: {{trigger: [{{key: t, function: f, events: [a]}}], function: [{{key: f, handler: x.run}}]}}\n"
                )
            ).VerdictOf("runtime-outdated")
        );

    [Fact]
    public async Task An_app_without_functions_needs_no_runtime() =>
        Assert.Equal(
            Verdict.NotApplicable,
            (await ScanAsync("app: {id: 'ari:cloud:ecosystem::app/1'}\nconnectModules: {'jira:generalPages': [{key: p}]}\n")).VerdictOf("runtime-outdated")
        );

    [Fact]
    public async Task A_part_that_was_not_read_lets_no_rule_pass()
    {
        var report = await ScanAsync(Manifests.App + "permissions:\n  scopes: [storage:app\n  external: {fetch: {backend: ['*']\nmodules: {}\n");
        Assert.DoesNotContain(report.Verdicts, verdict => verdict.Verdict is Verdict.Pass or Verdict.NotApplicable);
        Assert.False(report.Complete);
        Assert.All(report.Verdicts, verdict => Assert.Matches(@"manifest\.yml:\d+:\d+", verdict.Places[^1].Place));
        Assert.Contains(report.Coverage.Gaps, gap => gap.Scanner == "manifest");
    }

    [Fact]
    public async Task A_finding_stands_at_its_value_and_keeps_its_fingerprint_when_lines_move()
    {
        const string Permissions = "permissions:\n  external:\n    fetch:\n      backend:\n        - address: '*'\n";
        var finding = Assert.Single((await ScanAsync(Manifests.App + Permissions)).Findings);
        Assert.Equal("apps/notes/manifest.yml:6:20", finding.Location.ToString());
        var moved = Assert.Single((await ScanAsync(Manifests.App + "\n\n" + Permissions, "manifest.yaml")).Findings);
        Assert.Equal("manifest.yaml:8:20", moved.Location.ToString());
        Assert.Equal(finding.Fingerprint, moved.Fingerprint);
    }

    [Fact]
    public async Task Passwords_in_addresses_are_not_shown()
    {
        var report = await ScanAsync(Manifests.App + "remotes: [{key: a, baseUrl: 'http://me:s3cret@a.example.com'}]\n");
        var finding = Assert.Single(report.Findings);
        Assert.Equal("the base URL of remote a is \"http://a.example.com\"", finding.Evidence.Observed);
        Assert.DoesNotContain("s3cret", finding.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_rule_gets_a_verdict_and_nothing_is_sent()
    {
        var report = await ScanAsync("app: {}\n");
        Assert.All(report.Verdicts, verdict => Assert.NotEmpty(verdict.Places));
        Assert.Equal((0, 0), (report.Traffic.Planned, report.Traffic.Requests));
        Assert.All(report.Scanners, scanner => Assert.Null(scanner.Failure));
    }

    [Fact]
    public async Task A_page_for_anybody_that_may_call_a_remote_is_named() =>
        await CheckAsync(
            "anonymous-access",
            """
            modules: {'confluence:globalPage': [{key: p, resource: r, title: t, unlicensedAccess: [anonymous]}]}
            resources: [{key: r, path: s}]
            remotes: [{key: mine, baseUrl: 'https://a.example.com', operations: [fetch]}]

            """,
            Verdict.Fail
        );

    [Theory]
    [InlineData("permissions:\n  scopes:\n", "    - read:jira-work{0}x{0}\n")]
    [InlineData("permissions:\n  external:\n    images:\n", "    - '*.a{0}.com'\n")]
    [InlineData("modules:\n  event:\n", "    - {{key: e{0}, name: e, allowedRecipients: ['*']}}\n")]
    [InlineData("modules:\n  webtrigger:\n", "    - {{key: e{0}, function: f{0}}}\n")]
    [InlineData(
        "remotes: [{key: r, baseUrl: 'https://a.example', operations: [fetch]}]\nmodules:\n  confluence:globalPage:\n",
        "    - {{key: e{0}, title: t, resource: r, function: f{0}, unlicensedAccess: [anonymous]}}\n"
    )]
    public async Task A_manifest_of_thousands_is_judged_in_seconds(string head, string entry)
    {
        var entries = string.Concat(Enumerable.Range(0, 5_000).Select(i => string.Format(System.Globalization.CultureInfo.InvariantCulture, entry, i)));
        var begun = TimeProvider.System.GetTimestamp();
        var report = await ScanAsync(Manifests.App + head + entries);
        Assert.All(report.Scanners, scanner => Assert.Null(scanner.Failure));
        Assert.InRange(TimeProvider.System.GetElapsedTime(begun), TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    private static async Task<AppReport> CheckAsync(string rule, string part, Verdict verdict)
    {
        var report = await ScanAsync($"{Manifests.App}environment: {{variables: [HOST]}}\n{part}");
        Assert.True(verdict == report.VerdictOf(rule), $"{report.VerdictOf(rule)}: {report.ReasonOf(rule)}");
        return report;
    }

    private static async Task<AppReport> ScanAsync(string yaml, string source = "apps/notes/manifest.yml")
    {
        var app = new ForgeApp("notes", "Notes")
        {
            Source = source,
            Manifest = Manifests.Read(yaml),
            Folder = "/nowhere",
        };
        using var session = new ProbeSession(new ProbeOptions { RunId = "test", Offline = true }, TimeProvider.System);
        return await ScannerRuns.RunAsync(app, session, null, new ForgeManifestScanner());
    }
}
