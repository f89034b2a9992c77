using Ecoscanner.Findings;
using Ecoscanner.Rules;
using Ecoscanner.Scanning;
using Ecoscanner.Tests.Infrastructure;
using Microsoft.AspNetCore.Http;
using static Ecoscanner.Scanners.ConnectAuthentication.ConnectAuthenticationScanner;

namespace Ecoscanner.Tests.Scanners.ConnectAuthentication;

/// <summary>What strangers get: no token, forged tokens. The names tell in whose place the public tester errs.</summary>
public sealed class ConnectAuthenticationScannerTests
{
    private const string Pages = """
        "modules":{"generalPages":[{"key":"page","url":"/page","name":{"value":"Page"}}],"adminPages":[{"key":"admin","url":"/admin","name":{"value":"Admin"}}]}
        """;

    private const string Webhook = """
        "modules":{"webhooks":[{"event":"jira:issue_created","url":"/hook"}]}
        """;

    private const string Board = "<h1>Payroll board</h1><p>Quarterly numbers of the people team, for their eyes only</p>";

    [Fact]
    public async Task An_app_that_refuses_every_stranger_passes_what_a_stranger_can_ask()
    {
        var report = await ScanAsync(Pages, context => Say(context, 401, "Unauthorized"));
        Assert.Empty(report.Findings);
        Assert.Equal(Verdict.Pass, Of(report, AuthenticationNone));
        Assert.Equal(Verdict.Pass, Of(report, PageUnauthenticated));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("")]
    public async Task A_descriptor_that_does_not_ask_for_jwt_fails(string authentication)
    {
        var report = await ScanAsync(Pages, context => Say(context, 401, "no"), authentication: authentication);
        Assert.Equal(Verdict.Fail, Of(report, AuthenticationNone));
    }

    [Fact]
    public async Task An_admin_page_that_opens_without_a_token_fails_although_it_says_error_and_500()
    {
        var report = await ScanAsync(
            Pages,
            context => Known(context, context.Request.Path == "/admin" ? $"<p style='font-weight:500'>error 404 invalid</p>{Board}" : null)
        );
        var finding = Assert.Single(report.Findings);
        Assert.Equal(PageUnauthenticated, finding.Rule);
        Assert.Equal("GET /admin", finding.Location.Identity);
        Assert.Equal("adminPages/admin", finding.Location.Component);
    }

    [Fact]
    public async Task A_page_of_users_that_opens_without_a_token_is_possibly_public_and_no_finding()
    {
        var report = await ScanAsync(Pages, context => Known(context, context.Request.Path == "/page" ? Board : null));
        Assert.Empty(report.Findings);
        Assert.Equal(Verdict.Inconclusive, Of(report, PageUnauthenticated));
        Assert.Contains("possibly public", Places(report, PageUnauthenticated, "/page").Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<!doctype html><html><head><title>App</title></head><body><div id='root'></div><script src='/a.js'></script></body></html>")]
    [InlineData("<html><body>The very same page of many words at whatever path you ask for, because nothing is found here</body></html>")]
    public async Task A_single_page_shell_and_a_soft_404_are_no_findings(string body)
    {
        var report = await ScanAsync(Pages, context => Say(context, 200, body));
        Assert.Empty(report.Findings);
        Assert.Equal(Verdict.Inconclusive, Of(report, PageUnauthenticated));
    }

    [Fact]
    public async Task A_page_that_asks_to_sign_in_at_every_link_is_no_finding()
    {
        var report = await ScanAsync(Pages, context => Known(context, "<h1>Please open this app from within Jira, where you are signed in</h1>"));
        Assert.Empty(report.Findings);
    }

    [Fact]
    public async Task A_redirect_to_a_login_page_is_a_refusal()
    {
        var report = await ScanAsync(
            Pages,
            context =>
            {
                if (context.Request.Path == "/login")
                {
                    return Say(context, 200, "<form>Sign in</form>");
                }

                if (context.Request.Path.Value is not "/page" and not "/admin")
                {
                    return Say(context, 404, "nothing here");
                }

                context.Response.Redirect("/login");
                return Task.CompletedTask;
            }
        );
        Assert.Empty(report.Findings);
        Assert.Equal(Verdict.Pass, Of(report, PageUnauthenticated));
    }

    [Fact]
    public async Task A_redirect_to_somewhere_of_its_own_is_no_pass()
    {
        var report = await ScanAsync(
            Pages,
            context =>
            {
                context.Response.Redirect($"{context.Request.Path}/settings");
                return context.Request.Path.Value!.EndsWith("settings", StringComparison.Ordinal) ? Say(context, 200, Board) : Task.CompletedTask;
            }
        );
        Assert.Equal(Verdict.Inconclusive, Of(report, PageUnauthenticated));
    }

    [Theory]
    [InlineData("<form action='/login?return=/admin'><h1>Sign in to see the boards of your team</h1><input type='password' name='p'></form>")]
    [InlineData("<html><head><meta http-equiv=\"refresh\" content=\"0; url=/login\"></head><body>You are being taken to where you can sign in</body></html>")]
    public async Task A_login_page_in_place_of_an_admin_page_is_no_finding(string body)
    {
        var report = await ScanAsync(Pages, context => Known(context, context.Request.Path == "/admin" ? body : null));
        Assert.Empty(report.Findings);
    }

    [Fact]
    public async Task An_error_page_for_unknown_tenants_at_every_page_is_no_accepted_forgery()
    {
        var report = await ScanAsync(
            Pages,
            context =>
                Say(
                    context,
                    Token(context) is null ? 401
                        : Token(context)!.Contains('.', StringComparison.Ordinal) ? 200
                        : 401,
                    "<p>We do not know your site. Install the app again.</p>"
                )
        );
        Assert.Empty(report.Findings);
    }

    [Fact]
    public async Task A_redirect_that_only_adds_a_slash_is_followed_to_the_open_page()
    {
        var report = await ScanAsync(
            Pages,
            context =>
            {
                if (context.Request.Path == "/admin")
                {
                    context.Response.Redirect("/admin/");
                    return Task.CompletedTask;
                }

                return context.Request.Path == "/admin/" ? Say(context, 200, Board) : Say(context, 401, "no");
            }
        );
        Assert.Equal(PageUnauthenticated, Assert.Single(report.Findings).Rule);
    }

    [Fact]
    public async Task A_cacheable_page_opens_without_a_token_by_design()
    {
        var report = await ScanAsync(
            """ "modules":{"adminPages":[{"key":"a","url":"/a","cacheable":true,"name":{"value":"A"}}]} """,
            context => Known(context, context.Request.Path == "/a" ? Board : null)
        );
        Assert.Empty(report.Findings);
        Assert.Equal(Verdict.Pass, Of(report, PageUnauthenticated));
    }

    [Theory]
    [InlineData(204, "")]
    [InlineData(200, "{\"ok\":true}")]
    public async Task A_webhook_that_says_yes_to_everything_is_inconclusive(int status, string body)
    {
        var report = await ScanAsync(Webhook, context => Say(context, status, body));
        Assert.Empty(report.Findings);
        Assert.Equal(Verdict.Inconclusive, Of(report, PageUnauthenticated));
    }

    [Theory]
    [InlineData(Pages)]
    [InlineData(Webhook)]
    public async Task A_forged_token_that_opens_what_no_token_opens_fails(string modules)
    {
        var report = await ScanAsync(
            modules,
            context => Say(context, Token(context)?.Count(c => c == '.') == 2 ? 200 : 401, $"{Board} {context.Request.Path}")
        );
        Assert.All(report.Findings, finding => Assert.Equal(TokenForgedAccepted, finding.Rule));
        Assert.NotEmpty(report.Findings);
    }

    [Fact]
    public async Task A_token_without_algorithm_that_is_accepted_fails()
    {
        var report = await ScanAsync(Pages, context => Say(context, Token(context)?.EndsWith('.') == true ? 200 : 401, $"{Board}{context.Request.Path}"));
        Assert.Equal(2, report.Findings.Count(finding => finding.Rule == TokenForgedAccepted));
    }

    [Fact]
    public async Task A_friendly_error_page_for_any_text_in_place_of_a_token_is_no_finding()
    {
        var report = await ScanAsync(
            Pages,
            context => Say(context, Token(context) is null ? 401 : 200, "<p>Your session cannot be verified, open the app again</p>")
        );
        Assert.Empty(report.Findings);
        Assert.Equal(Verdict.Inconclusive, Of(report, TokenForgedAccepted));
    }

    [Fact]
    public async Task An_app_whose_every_link_fails_has_passed_nothing()
    {
        var report = await ScanAsync(
            Pages,
            context =>
            {
                context.Abort();
                return Task.CompletedTask;
            }
        );
        Assert.Empty(report.Findings);
        Assert.Equal(Verdict.Inconclusive, Of(report, PageUnauthenticated));
        Assert.False(report.Complete);
        Assert.NotEmpty(report.Coverage.Gaps);
    }

    [Fact]
    public async Task An_app_whose_every_page_is_on_a_foreign_host_has_passed_nothing()
    {
        var report = await ScanAsync(
            """ "modules":{"generalPages":[{"key":"p","url":"https://elsewhere.example.com/p","name":{"value":"P"}}]} """,
            context => Say(context, 200, Board)
        );
        Assert.Equal(Verdict.Inconclusive, Of(report, PageUnauthenticated));
        Assert.False(report.Complete);
        Assert.Contains(report.Coverage.Gaps, gap => gap.Reason.Contains("--approve-host elsewhere.example.com", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_app_without_pages_and_webhooks_has_none_to_protect()
    {
        var report = await ScanAsync(""" "modules":{} """, context => Say(context, 404, ""));
        Assert.Equal(Verdict.NotApplicable, Of(report, PageUnauthenticated));
        Assert.True(report.Complete);
    }

    [Fact]
    public async Task A_cookie_of_one_answer_is_not_brought_to_the_next()
    {
        var cookies = 0;
        await ScanAsync(
            Pages,
            context =>
            {
                cookies += context.Request.Headers.Cookie.Count;
                context.Response.Headers.SetCookie = "session=1; Path=/";
                return Say(context, 401, "no");
            }
        );
        Assert.Equal(0, cookies);
    }

    [Fact]
    public async Task Nothing_of_an_answer_that_should_have_been_refused_is_kept()
    {
        var report = await ScanAsync(Pages, context => Known(context, context.Request.Path == "/admin" ? Board : null));
        var kept = string.Join('\n', report.Traffic.Exchanges.Select(exchange => $"{exchange}")) + report.Findings[0].Evidence;
        Assert.DoesNotContain("Payroll", kept, StringComparison.Ordinal);
        Assert.NotEmpty(report.Findings[0].Evidence.Exchanges);
    }

    [Fact]
    public async Task Each_link_has_a_verdict_of_its_own()
    {
        var report = await ScanAsync(Pages, context => Known(context, context.Request.Path == "/admin" ? Board : null));
        Assert.Equal(Verdict.Fail, Places(report, PageUnauthenticated, "/admin").Verdict);
        Assert.Equal(Verdict.Pass, Places(report, PageUnauthenticated, "/page").Verdict);
    }

    [Theory]
    [InlineData(200, false)]
    [InlineData(200, true)]
    [InlineData(401, false)]
    [InlineData(302, false)]
    [InlineData(503, false)]
    public async Task No_more_requests_arrive_than_the_plan_allows(int status, bool tokenOpens)
    {
        await using var server = await ConnectAppServer.StartAsync(
            Pages,
            context =>
            {
                context.Response.Headers.Location = context.Request.Path + "/";
                context.Response.Headers.RetryAfter = "0";
                return Say(context, tokenOpens && Token(context) is null ? 401 : status, Board);
            }
        );
        var report = await ConnectScan.RunAsync(server);
        Assert.InRange(server.Requests.Count, 1, report.Traffic.Planned);
        Assert.All(server.Requests.GroupBy(request => request.Target.Split('?')[0].TrimEnd('/')), link => Assert.InRange(link.Count(), 1, 6));
        Assert.Equal(server.Requests.Count + 1, report.Traffic.Requests);
    }

    internal static Verdict Of(AppReport report, Rule rule) => report.Verdicts.Single(verdict => verdict.Rule == rule).Verdict;

    internal static PlaceVerdict Places(AppReport report, Rule rule, string path) =>
        report.Verdicts.Single(verdict => verdict.Rule == rule).Places.Single(place => place.Place!.EndsWith(path, StringComparison.Ordinal));

    internal static string? Token(HttpContext context) =>
        context.Request.Query["jwt"].FirstOrDefault() ?? context.Request.Headers.Authorization.FirstOrDefault()?.Replace("JWT ", "", StringComparison.Ordinal);

    internal static Task Say(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        return status == 204 ? Task.CompletedTask : context.Response.WriteAsync(body);
    }

    /// <summary>A known path gets the body, or 401 where there is none; an unknown one 404.</summary>
    internal static Task Known(HttpContext context, string? body) =>
        context.Request.Path.Value is "/page" or "/admin" or "/a" ? Say(context, body is null ? 401 : 200, body ?? "no") : Say(context, 404, "nothing here");

    private static async Task<AppReport> ScanAsync(string modules, RequestDelegate answer, string authentication = "jwt")
    {
        await using var server = await ConnectAppServer.StartAsync(modules, answer, authentication);
        return await ConnectScan.RunAsync(server);
    }
}
