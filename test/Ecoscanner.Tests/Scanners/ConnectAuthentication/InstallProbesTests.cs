using Ecoscanner.Apps;
using Ecoscanner.Findings;
using Ecoscanner.Scanning;
using Ecoscanner.Tests.Infrastructure;
using static Ecoscanner.Scanners.ConnectAuthentication.ConnectAuthenticationScanner;
using static Ecoscanner.Tests.Scanners.ConnectAuthentication.ConnectAuthenticationScannerTests;

namespace Ecoscanner.Tests.Scanners.ConnectAuthentication;

/// <summary>Fake installs: only when allowed, no further than the first acceptance, and undone.</summary>
public sealed class InstallProbesTests
{
    private static readonly ScanOptions Allowed = new() { AllowStateChange = true, InstallBaseUrl = new Uri("https://owned.atlassian.net") };

    [Fact]
    public async Task Nothing_is_sent_to_lifecycle_urls_unless_a_person_allows_it()
    {
        await using var server = await SignedProbesTests.StartAsync(new TenantApp { TakesInstall = _ => true });
        var report = await ConnectScan.RunAsync(server, new ScanOptions { InstallBaseUrl = Allowed.InstallBaseUrl });
        Assert.DoesNotContain(server.Requests, request => request.Target.Contains("install", StringComparison.Ordinal));
        Assert.Equal(Verdict.Inconclusive, Of(report, InstallUnsigned));
        Assert.Contains("--allow-state-change", report.Verdicts.Single(verdict => verdict.Rule == InstallUnsigned).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_installed_without_a_site_that_the_operator_owns()
    {
        await using var server = await SignedProbesTests.StartAsync(new TenantApp { TakesInstall = _ => true });
        var report = await ConnectScan.RunAsync(server, Allowed with { InstallBaseUrl = null });
        Assert.DoesNotContain(server.Requests, request => request.Target.Contains("install", StringComparison.Ordinal));
        Assert.Contains("--install-base-url", report.Verdicts.Single(verdict => verdict.Rule == InstallUnsigned).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_that_refuses_all_unsigned_installs_passes()
    {
        await using var server = await SignedProbesTests.StartAsync(new TenantApp());
        var report = await ConnectScan.RunAsync(server, Allowed);
        Assert.Equal(Verdict.Pass, Of(report, InstallUnsigned));
        Assert.All(
            server.Requests.Where(request => request.Method == "POST"),
            request => Assert.Contains("ecoscanner-fake-", request.Body, StringComparison.Ordinal)
        );
    }

    public static TheoryData<string, Func<string?, bool>> Mistakes =>
        new()
        {
            { "takes anything", _ => true },
            { "takes any token", token => token is not null },
            { "takes any RS256 token, for this app or not", token => Read(token)?.Algorithm == "RS256" },
            {
                "takes the token that names this app, whoever signed it",
                token =>
                    Read(token) is { Algorithm: "RS256" } jwt
                    && jwt.Claims.GetProperty("aud")[0].GetString()!.StartsWith("http://127.", StringComparison.Ordinal)
            },
            { "takes alg none", token => Read(token)?.Algorithm == "none" },
        };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task An_unsigned_install_that_is_accepted_fails_and_is_undone(string mistake, Func<string?, bool> takes)
    {
        var app = new TenantApp { TakesInstall = takes };
        await using var server = await SignedProbesTests.StartAsync(app);
        var report = await ConnectScan.RunAsync(server, Allowed);
        var finding = Assert.Single(report.Findings);
        Assert.Equal((InstallUnsigned, Confidence.High), (finding.Rule, finding.Confidence));
        Assert.Contains("clean-up answered 204", finding.Evidence.Observed, StringComparison.Ordinal);
        Assert.True(app.ClientKeys.Order(StringComparer.Ordinal).SequenceEqual(["tenant-alpha", "tenant-beta"]), mistake);
    }

    [Fact]
    public async Task A_refusal_that_may_be_for_the_site_alone_is_no_pass()
    {
        await using var server = await SignedProbesTests.StartAsync(new TenantApp());
        var report = await ConnectScan.RunAsync(server, Allowed with { InstallBaseUrl = new Uri("https://scans.example.com") });
        Assert.Equal(Verdict.Inconclusive, Of(report, InstallUnsigned));
    }

    [Fact]
    public async Task A_wall_that_refuses_everything_is_no_pass()
    {
        await using var server = await ConnectAppServer.StartAsync(TenantApp.Modules, context => Say(context, 403, "blocked"));
        var report = await ConnectScan.RunAsync(server, Allowed);
        Assert.Equal(Verdict.Inconclusive, Of(report, InstallUnsigned));
        Assert.Equal(Verdict.Inconclusive, Of(report, PageUnauthenticated));
    }

    [Fact]
    public async Task An_app_that_says_400_to_a_wrong_key_and_401_to_the_rest_refuses_as_the_frameworks_do()
    {
        await using var server = await ConnectAppServer.StartAsync(
            TenantApp.Modules,
            context =>
                Say(
                    context,
                    context.Request.Method != "POST" ? 404
                        : Read(Token(context))?.Algorithm == "RS256" ? 400
                        : 401,
                    "no"
                )
        );
        Assert.Equal(Verdict.Pass, Of(await ConnectScan.RunAsync(server, Allowed), InstallUnsigned));
    }

    [Fact]
    public async Task A_yes_to_an_install_whose_tenant_is_then_refused_where_a_genuine_one_is_let_in_is_no_finding()
    {
        await using var server = await SignedProbesTests.StartAsync(new TenantApp { OnlySaysYes = true });
        var report = await ConnectScan.RunAsync(server, Allowed with { Tenant = TenantApp.Tenant(server) });
        Assert.DoesNotContain(report.Findings, finding => finding.Rule == InstallUnsigned);
    }

    [Fact]
    public async Task The_first_acceptance_ends_probing()
    {
        await using var server = await SignedProbesTests.StartAsync(new TenantApp { TakesInstall = token => token is not null });
        await ConnectScan.RunAsync(server, Allowed);
        Assert.Equal(
            ["/installed", "/installed", "/uninstalled"],
            server.Requests.Where(request => request.Target is "/installed" or "/uninstalled").Select(request => request.Target)
        );
    }

    [Fact]
    public async Task A_clean_up_that_fails_names_the_tenant_to_remove()
    {
        var app = new TenantApp { TakesInstall = _ => true, RefusesUninstall = true };
        await using var server = await SignedProbesTests.StartAsync(app);
        var report = await ConnectScan.RunAsync(server, Allowed);
        var left = app.ClientKeys.Single(key => key.StartsWith(FakeIdentity.Prefix, StringComparison.Ordinal));
        Assert.Contains(left, Assert.Single(report.Findings).Evidence.Observed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_that_only_says_yes_to_an_install_fails_with_less_confidence()
    {
        await using var server = await SignedProbesTests.StartAsync(new TenantApp { OnlySaysYes = true });
        var finding = Assert.Single((await ConnectScan.RunAsync(server, Allowed)).Findings);
        Assert.Equal((InstallUnsigned, Confidence.Medium), (finding.Rule, finding.Confidence));
    }

    [Fact]
    public async Task An_app_that_says_204_to_every_post_has_accepted_nothing()
    {
        await using var server = await ConnectAppServer.StartAsync(
            TenantApp.Modules,
            context => Say(context, context.Request.Method == "POST" ? 204 : 401, "no")
        );
        var report = await ConnectScan.RunAsync(server, Allowed);
        Assert.Empty(report.Findings);
        Assert.Equal(Verdict.Inconclusive, Of(report, InstallUnsigned));
    }

    [Fact]
    public async Task An_open_finding_is_probed_again_only_when_asked()
    {
        await using var server = await SignedProbesTests.StartAsync(new TenantApp { TakesInstall = _ => true });
        var open = Assert.Single((await ConnectScan.RunAsync(server, Allowed)).Findings).Fingerprint;
        server.Requests.Clear();

        var again = Allowed with { KnownOpen = new HashSet<string>(StringComparer.Ordinal) { open } };
        await ConnectScan.RunAsync(server, again);
        Assert.DoesNotContain(server.Requests, request => request.Target == "/installed");

        var asked = await ConnectScan.RunAsync(server, again with { Rules = [InstallUnsigned.Id] });
        Assert.Single(asked.Findings);
    }

    [Fact]
    public async Task The_secret_of_the_fake_tenant_stays_in_memory()
    {
        await using var server = await SignedProbesTests.StartAsync(new TenantApp { TakesInstall = _ => true });
        var report = await ConnectScan.RunAsync(server, Allowed);
        var body = server.Requests.First(request => request.Target == "/installed").Body;
        using var json = System.Text.Json.JsonDocument.Parse(body);
        var secret = json.RootElement.GetProperty("sharedSecret").GetString()!;
        var kept = string.Join('\n', report.Traffic.Exchanges.Select(exchange => $"{exchange.Curl} {exchange.Url}"));
        Assert.DoesNotContain(secret, kept, StringComparison.Ordinal);
    }

    private static Jwt? Read(string? token) => token is not null && Jwt.TryRead(token, out var jwt) ? jwt : null;
}
