using Ecoscanner.Findings;
using Ecoscanner.Rules;
using Ecoscanner.Scanning;
using Ecoscanner.Tests.Infrastructure;
using static Ecoscanner.Scanners.ConnectAuthentication.ConnectAuthenticationScanner;
using static Ecoscanner.Tests.Scanners.ConnectAuthentication.ConnectAuthenticationScannerTests;

namespace Ecoscanner.Tests.Scanners.ConnectAuthentication;

/// <summary>What a test tenant's tokens get: each flaw beside an app that does everything right.</summary>
public sealed class SignedProbesTests
{
    internal static readonly Rule[] Decided =
    [
        AuthenticationNone,
        PageUnauthenticated,
        TokenForgedAccepted,
        TokenExpiredAccepted,
        QshIgnored,
        AdminPageOpen,
        TenantDataExposed,
    ];

    [Fact]
    public async Task An_app_that_does_everything_right_passes_everything()
    {
        var report = await ScanAsync(new TenantApp());
        Assert.Empty(report.Findings);
        Assert.All(Decided, rule => Assert.Equal(Verdict.Pass, Of(report, rule)));
    }

    [Fact]
    public async Task A_page_that_gives_a_stranger_what_the_tenant_gets_fails() =>
        await OnlyAsync(new TenantApp { IgnoresToken = true }, second: false, PageUnauthenticated, PageUnauthenticated);

    [Fact]
    public async Task A_signature_that_nobody_checks_fails() =>
        await OnlyAsync(new TenantApp { IgnoresSignature = true }, second: true, TokenForgedAccepted, TokenForgedAccepted);

    [Fact]
    public async Task A_signature_that_nobody_checks_fails_although_unknown_tenants_get_an_error_page() =>
        await OnlyAsync(new TenantApp { IgnoresSignature = true, GreetsStrangers = true }, second: true, TokenForgedAccepted, TokenForgedAccepted);

    [Fact]
    public async Task An_error_page_for_unknown_tenants_is_no_finding() => await OnlyAsync(new TenantApp { GreetsStrangers = true }, second: true);

    [Fact]
    public async Task A_token_that_never_dies_fails() =>
        await OnlyAsync(new TenantApp { IgnoresExpiry = true }, second: true, TokenExpiredAccepted, TokenExpiredAccepted);

    [Fact]
    public async Task A_token_that_opens_another_url_fails() => await OnlyAsync(new TenantApp { IgnoresHash = true }, second: true, QshIgnored, QshIgnored);

    [Fact]
    public async Task A_context_token_that_opens_a_page_fails() =>
        await OnlyAsync(new TenantApp { TakesContextTokens = true }, second: true, QshIgnored, QshIgnored);

    [Fact]
    public async Task An_admin_page_that_opens_for_an_ordinary_user_fails() =>
        await OnlyAsync(new TenantApp { IgnoresRoles = true }, second: true, AdminPageOpen);

    [Fact]
    public async Task Data_of_one_tenant_that_comes_back_to_another_fails() =>
        await OnlyAsync(new TenantApp { MixesTenants = true }, second: true, TenantDataExposed);

    [Fact]
    public async Task A_page_in_which_two_tenants_see_the_same_is_possibly_public_and_no_finding()
    {
        await using var server = await StartAsync(new TenantApp { IgnoresToken = true, IsStatic = true });
        var report = await ConnectScan.RunAsync(server, new ScanOptions { Tenant = TenantApp.Tenant(server) });
        Assert.Equal(Verdict.Inconclusive, Places(report, PageUnauthenticated, "/page?issue=ECO-1").Verdict);
    }

    [Fact]
    public async Task Without_a_test_tenant_what_only_it_can_tell_stays_open_and_says_what_is_missing()
    {
        await using var server = await StartAsync(new TenantApp { IgnoresExpiry = true });
        var report = await ConnectScan.RunAsync(server);
        foreach (var rule in (Rule[])[TokenForgedAccepted, TokenExpiredAccepted, QshIgnored, AdminPageOpen, TenantDataExposed])
        {
            var verdict = report.Verdicts.Single(verdict => verdict.Rule == rule);
            Assert.Equal(Verdict.Inconclusive, verdict.Verdict);
            Assert.Contains("--tenant", verdict.Reason, StringComparison.Ordinal);
        }

        Assert.True(report.Complete);
    }

    [Fact]
    public async Task A_tenant_whose_secret_no_longer_holds_is_refused_like_a_forger_and_proves_nothing()
    {
        await using var server = await ConnectAppServer.StartAsync(TenantApp.Modules, context => Say(context, 401, "no"));
        var report = await ConnectScan.RunAsync(server, new ScanOptions { Tenant = TenantApp.Tenant(server) });
        Assert.Empty(report.Findings);
        Assert.Equal(Verdict.Inconclusive, Of(report, TokenForgedAccepted));
    }

    [Fact]
    public async Task A_tenant_of_another_host_signs_nothing()
    {
        await using var server = await StartAsync(new TenantApp());
        var tenant = TenantApp.Tenant(server);
        var other = new Apps.TestTenant
        {
            AppKey = tenant.AppKey,
            Host = "other.example.com",
            ClientKey = tenant.ClientKey,
            SharedSecret = tenant.SharedSecret,
        };
        var report = await ConnectScan.RunAsync(server, new ScanOptions { Tenant = other });
        Assert.Empty(report.Findings);
        Assert.DoesNotContain(server.Requests, request => request.Target.Contains("tenant-alpha", StringComparison.Ordinal));
        Assert.Equal(Verdict.Inconclusive, Of(report, TokenExpiredAccepted));
    }

    [Fact]
    public async Task No_genuine_token_is_kept_and_each_can_be_made_anew()
    {
        await using var server = await StartAsync(new TenantApp { IgnoresExpiry = true });
        var report = await ConnectScan.RunAsync(server, new ScanOptions { Tenant = TenantApp.Tenant(server) });
        var genuine = report
            .Traffic.Exchanges.Where(exchange =>
                exchange.Purpose.Contains("sign", StringComparison.Ordinal) && !exchange.Purpose.Contains("made-up", StringComparison.Ordinal)
            )
            .ToList();
        Assert.NotEmpty(genuine);
        Assert.All(genuine, exchange => Assert.Contains("$(ecoscanner connect token ", exchange.Curl, StringComparison.Ordinal));
        Assert.All(genuine, exchange => Assert.DoesNotContain("eyJ", exchange.Curl + exchange.Url, StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_a_test_tenant_no_link_gets_more_than_eight_requests_more()
    {
        await using var server = await StartAsync(new TenantApp());
        var report = await ConnectScan.RunAsync(server, new ScanOptions { Tenant = TenantApp.Tenant(server) });
        Assert.All(server.Requests.GroupBy(request => request.Target.Split('?')[0]), link => Assert.InRange(link.Count(), 1, 6 + 8));
        Assert.InRange(report.Traffic.Requests, 1, report.Traffic.Planned);
    }

    internal static async Task<ConnectAppServer> StartAsync(TenantApp app)
    {
        var server = await ConnectAppServer.StartAsync(TenantApp.Modules, app.AnswerAsync);
        app.BaseUrl = server.BaseUrl;
        return server;
    }

    private static async Task<AppReport> ScanAsync(TenantApp app, bool second = true)
    {
        await using var server = await StartAsync(app);
        return await ConnectScan.RunAsync(server, new ScanOptions { Tenant = TenantApp.Tenant(server, second) });
    }

    /// <summary>Exactly these findings, one for each rule named, and nothing else.</summary>
    private static async Task OnlyAsync(TenantApp app, bool second, params Rule[] expected)
    {
        var report = await ScanAsync(app, second);
        Assert.Equal(
            expected.Select(rule => rule.Id).Order(StringComparer.Ordinal),
            report.Findings.Select(finding => finding.Rule.Id).Order(StringComparer.Ordinal)
        );
        Assert.All(report.Findings, finding => Assert.InRange(finding.Confidence, second ? Confidence.High : Confidence.Medium, Confidence.High));
    }
}
