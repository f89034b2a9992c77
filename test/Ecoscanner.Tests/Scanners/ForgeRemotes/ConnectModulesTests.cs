using Ecoscanner.Apps.Forge;
using Ecoscanner.Findings;
using Ecoscanner.Scanners.ConnectAuthentication;
using Ecoscanner.Scanners.ResponseHeaders;
using Ecoscanner.Scanners.TransportSecurity;
using Ecoscanner.Scanning;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Scanners.ForgeRemotes;

/// <summary>Connect modules on Forge, and remotes, are asked by the scanners of Connect apps.</summary>
public sealed class ConnectModulesTests : IDisposable
{
    private static readonly IScanner[] Scanners = [new ConnectAuthenticationScanner(), new TransportSecurityScanner(), new ResponseHeadersScanner()];

    private readonly Desk desk = new();

    [Fact]
    public async Task A_page_for_administrators_that_opens_for_anybody_fails()
    {
        await using var server = LoopbackServer.Http(request =>
            request.Target.StartsWith("/settings", StringComparison.Ordinal)
                ? new(200, "<h1>Settings of the app</h1><p>Mail server, sender and key of the team</p>", new HeaderField("Content-Type", "text/html"))
                : new(401)
        );
        var report = await RemoteScan.RunAsync(App(server.Url(), "authentication: jwt"), new ScanOptions(), null, Scanners);
        var finding = Assert.Single(report.Findings, finding => finding.Rule.Id == "page-unauthenticated");
        Assert.Equal("adminPages/settings", finding.Location.Component);
        Assert.Equal(Verdict.Pass, report.VerdictOf("authentication-none"));
        Assert.Equal(Verdict.Inconclusive, report.VerdictOf("install-unsigned"));
        Assert.Contains(report.Findings, found => found.Rule.Id == "referrer-policy-weak");
        Assert.InRange(server.Requests.Count, 1, Scanners.Sum(scanner => scanner.PlannedRequests(report.App, new ScanOptions())));
    }

    [Fact]
    public async Task Fake_installs_go_to_the_lifecycle_of_the_Connect_modules_where_allowed()
    {
        await using var server = LoopbackServer.Http(request => new(request.Target == "/installed" ? 200 : 401));
        var options = new ScanOptions { AllowStateChange = true, InstallBaseUrl = new Uri("https://scans.atlassian.net") };
        var report = await RemoteScan.RunAsync(App(server.Url(), "authentication: jwt"), options, null, Scanners);
        Assert.Contains(report.Findings, finding => finding.Rule.Id == "install-unsigned");
        Assert.Contains(server.Requests, request => request.Target == "/uninstalled");
    }

    [Theory]
    [InlineData("authentication: none", Verdict.Fail)]
    [InlineData("", Verdict.Inconclusive)]
    public async Task How_the_modules_are_authenticated_stands_in_the_manifest(string authentication, Verdict verdict)
    {
        var report = await RemoteScan.RunAsync(App(new Uri("https://notes.example.com"), authentication), new ScanOptions(), [], Scanners);
        Assert.Equal(verdict, report.VerdictOf("authentication-none"));
        Assert.All(report.Findings, finding => Assert.EndsWith("manifest.yml", finding.Location.Path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Servers_that_nobody_approved_get_nothing_and_leave_the_scan_complete()
    {
        await using var server = LoopbackServer.Http(_ => new(200));
        var report = await RemoteScan.RunAsync(App(server.Url(), "authentication: jwt"), new ScanOptions(), [], Scanners);
        Assert.Equal(0, server.Connections);
        Assert.True(
            report.Complete,
            string.Join(
                '\n',
                report.Verdicts.SelectMany(verdict => verdict.Places).Where(place => place.WasCutShort).Select(place => $"{place.Rule.Id} {place.Reason}")
            )
        );
        Assert.Equal(Verdict.Inconclusive, report.VerdictOf("page-unauthenticated"));
    }

    [Fact]
    public async Task Connect_modules_whose_address_is_unknown_pass_nothing()
    {
        var app = RemoteScan.Read(
            desk,
            "app: {id: a, connect: {key: c, remote: r}}\nconnectModules: {'jira:generalPages': [{key: a, url: /a}]}\nremotes: [{key: r, baseUrl: 'https://${H}'}]\nenvironment: {variables: [H]}\n"
        );
        var report = await RemoteScan.RunAsync(app, new ScanOptions(), [], Scanners);
        Assert.All(
            report.Verdicts.Where(verdict => verdict.Rule.Requirement.Id.StartsWith("Connect 1", StringComparison.Ordinal)),
            verdict => Assert.Equal(Verdict.Inconclusive, verdict.Verdict)
        );
        Assert.Contains(report.Coverage.Gaps, gap => gap.Reason.Contains("known at deployment only", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_base_URL_of_a_remote_is_judged_for_its_transport()
    {
        var options = TestCertificates.Server(TestCertificates.Root.Leaf());
        await using var main = LoopbackServer.Http(_ => new(200, "{}", new HeaderField("Strict-Transport-Security", "max-age=31536000")), options);
        await using var europe = LoopbackServer.Http(_ => new(200, "{}"), options);
        var app = RemoteScan.Read(desk, $"app: {{id: a}}\nmodules: {{}}\nremotes: [{{key: r, baseUrl: {{default: '{main.Url()}', EU: '{europe.Url()}'}}}}]\n");
        var report = await RemoteScan.RunAsync(
            app,
            new ScanOptions { TrustedRoots = [TestCertificates.Root.Certificate] },
            null,
            new TransportSecurityScanner()
        );
        Assert.True(main.Connections > 0 && europe.Connections > 0);
        Assert.Equal(Verdict.NotApplicable, report.VerdictOf("tls-missing"));
        Assert.Equal(Verdict.Pass, report.VerdictOf("certificate-untrusted"));
    }

    public void Dispose() => desk.Dispose();

    private ForgeApp App(Uri server, string authentication) =>
        RemoteScan.Read(
            desk,
            $$"""
            app:
              id: ari:cloud:ecosystem::app/1
              connect:
                key: com.example.notes
                remote: server
                {{authentication}}
            connectModules:
              jira:lifecycle:
                - {key: l, installed: /installed, uninstalled: /uninstalled}
              jira:adminPages:
                - {key: settings, url: /settings, name: {value: Settings} }
              jira:generalPages:
                - {key: notes, url: /notes, name: {value: Notes} }
            remotes:
              - key: server
                baseUrl: '{{server.AbsoluteUri.TrimEnd('/')}}'
            """
        );
}
