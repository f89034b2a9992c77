using Ecoscanner.Service.Access;
using Ecoscanner.Service.Findings;
using Ecoscanner.Service.Runs;
using Ecoscanner.Service.Scheduling;
using Ecoscanner.Service.Storage;
using Ecoscanner.Service.Tests.Scheduling;
using Ecoscanner.Service.Tests.Tickets;
using Ecoscanner.Service.Tickets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ecoscanner.Service.Tests.Findings;

/// <summary>Findings and their tickets as the very program sees an app that changes.</summary>
public sealed class RealRunTests : IAsyncLifetime
{
    private const string Page = "page-unauthenticated";

    private static readonly IReadOnlyList<string> Mended = [Page, "referrer-policy-weak", "cache-control-weak", "cookie-attributes-weak"];

    private readonly IngestSite site = new();
    private readonly System.Collections.Concurrent.ConcurrentBag<string> asked = [];
    private readonly List<(string Run, VerificationOrder Order)> orders = [];
    private readonly TicketFiling filing = new(TicketWorld.Catalog);
    private readonly TicketVerification verification;
    private readonly TicketTransitions transitions;
    private readonly Ingestion ingestion;
    private WebApplication app = null!;
    private bool names = true;
    private bool isMended;

    public RealRunTests()
    {
        verification = new TicketVerification(Queue);
        transitions = new TicketTransitions(new TicketComments((_, text) => text, (_, text) => text), verification);
        ingestion = new Ingestion(
            site.Database,
            site.Keys,
            site.Blobs,
            (session, run, changes) =>
            {
                site.Changes.AddRange(changes);
                filing.Apply(session, run.Id, changes);
            }
        );
    }

    private string Url => $"{app.Urls.First()}/atlassian-connect.json";

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Use(
            (http, next) =>
            {
                asked.Add(http.Request.Path);
                return next(http);
            }
        );
        app.MapGet(
            "/atlassian-connect.json",
            (HttpRequest request) =>
            {
                var page = names ? "\"adminPages\": [{\"key\": \"page\", \"url\": \"/page?issue={issue.id}\", \"name\": {\"value\": \"Page\"}}], " : "";
                return $$$"""
                    {"key": "{{{IngestSite.AppKey}}}", "name": "App", "baseUrl": "http://{{{request.Host}}}", "authentication": {"type": "jwt"},
                     "modules": {{{{page}}}"generalPages": [{"key": "kept", "url": "/kept", "name": {"value": "Kept"}}]}}
                    """;
            }
        );
        // It answers as before when no descriptor names it any more.
        app.MapGet("/page", (HttpResponse response) => isMended ? Refuse(response) : Answer(response));
        app.MapGet("/kept", Refuse);
        await app.StartAsync(TestContext.Current.CancellationToken);
        site.Database.Write(session => session.Execute("update app_hosting set descriptor_url = @Url", new { Url }));

        static IResult Refuse(HttpResponse response)
        {
            response.Headers.CacheControl = "no-store";
            response.Headers["Referrer-Policy"] = "no-referrer";
            return Results.Content("<html>who are you?</html>", "text/html", statusCode: 401);
        }

        static IResult Answer(HttpResponse response)
        {
            response.Headers.SetCookie = "session=0123456789abcdef0123456789abcdef";
            return Results.Content(
                "<html><title>Settings</title><h1>Settings</h1><p>The key of the billing account is 17, and its owner is Ada.</p></html>",
                "text/html"
            );
        }
    }

    [Fact]
    public async Task A_page_that_leaves_the_descriptor_and_comes_back_is_one_finding_and_one_ticket()
    {
        await ScanAsync();
        await LaterAsync();
        var finding = Finding(Page);
        Assert.Equal("ticketed", finding.State);
        var ticket = TicketOf(finding.Id);
        Assert.Equal("needs-patch", ticket.Status);

        // The partner takes the module out and says so: that is known, and is no fix.
        names = false;
        Patched(ticket.Key);
        await RunAsync(orders[^1].Run, orders[^1].Order);
        Assert.Equal("unobserved", Finding(Page).State);
        ticket = TicketOf(finding.Id);
        Assert.Equal(
            ("removed", "the place is no part of the app any more; whether it still answers there was not asked"),
            (ticket.Status, ticket.StatusReason)
        );
        Assert.NotNull(ticket.ClosedAt);

        // It is looked at once more when nobody waits for it.
        var second = orders[^1];
        Assert.False(second.Order.Announced);
        site.Time.Advance(TimeSpan.FromHours(19));
        await RunAsync(second.Run, second.Order);
        Assert.Equal("removed", TicketOf(finding.Id).Status);

        // What a server answers is believed when it answers so twice.
        names = true;
        await LaterAsync();
        Assert.Equal((finding.Id, "new"), (Finding(Page).Id, Finding(Page).State));
        await LaterAsync();
        Assert.Equal((finding.Id, "ticketed"), (Finding(Page).Id, Finding(Page).State));
        Assert.Equal((ticket.Key, "needs-patch"), (TicketOf(finding.Id).Key, TicketOf(finding.Id).Status));
        Assert.Equal(1, site.Database.Read(session => session.One<long>("select count(*) from finding where rule = @Page", new { Page })));
    }

    [Fact]
    public async Task A_module_that_hides_from_one_look_only_is_ticketed_again_by_the_second()
    {
        await ScanAsync();
        await LaterAsync();
        var finding = Finding(Page);
        names = false;
        Patched(TicketOf(finding.Id).Key);
        await RunAsync(orders[^1].Run, orders[^1].Order);
        Assert.Equal("removed", TicketOf(finding.Id).Status);
        names = true;
        site.Time.Advance(TimeSpan.FromHours(19));
        await RunAsync(orders[^1].Run, orders[^1].Order);
        await LaterAsync();
        Assert.Equal("needs-patch", TicketOf(finding.Id).Status);
    }

    [Fact]
    public async Task Whatever_two_regular_runs_show_to_be_gone_is_closed_in_these_words()
    {
        await ScanAsync();
        await LaterAsync();
        names = false;
        await LaterAsync();
        Assert.Equal("ticketed", Finding(Page).State);
        await LaterAsync();
        Assert.Equal("removed", TicketOf(Finding(Page).Id).Status);
        // Only what the page itself was about: the host is the app's still.
        Assert.DoesNotContain(Open(), found => found.Place.Contains("/page", StringComparison.Ordinal));
        Assert.Contains("tls-missing", Open().Select(found => found.Rule));
    }

    [Fact]
    public async Task What_is_mended_where_it_is_is_held_fixed_whatever_rule_it_broke()
    {
        await ScanAsync();
        await LaterAsync();
        Assert.Subset(Open().Select(found => found.Rule).ToHashSet(), Mended.ToHashSet());
        isMended = true;
        await LaterAsync();
        await LaterAsync();
        Assert.Equal("verified", TicketOf(Finding(Page).Id).Status);
        Assert.DoesNotContain(Open(), found => Mended.Contains(found.Rule));
        Assert.All(All().Where(found => Mended.Contains(found.Rule)), found => Assert.Equal("fixed", found.State));
    }

    [Fact]
    public async Task A_fix_is_proven_by_asking_only_where_the_flaw_was()
    {
        await ScanAsync();
        await LaterAsync();
        var finding = Finding(Page);
        isMended = true;
        asked.Clear();
        Patched(TicketOf(finding.Id).Key);
        await RunAsync(orders[^1].Run, orders[^1].Order);
        Assert.Equal(("verified", "fixed"), (TicketOf(finding.Id).Status, Finding(Page).State));
        Assert.Equal(["/atlassian-connect.json", "/page"], Asked());
    }

    [Theory]
    [InlineData("referrer-policy-weak", "GET", "/page")]
    // What is wrong of a host is asked of all that it serves.
    [InlineData("cookie-attributes-weak", "", "/kept /page")]
    public async Task What_judges_the_answers_that_others_get_is_scanned_alone_too(string rule, string method, string paths)
    {
        await ScanAsync();
        isMended = true;
        asked.Clear();
        var place = method.Length == 0 ? app.Urls.First() : $"{method} {app.Urls.First()}/page";
        var run = site.Database.Write(session =>
            RunLog.Queue(session, new RunRequest(site.HostingId, rule, RunReason.Verification, "test") { OnlyRules = [rule], OnlyPlaces = [place] })
        );
        await RunAsync(run, [rule], [place]);
        Assert.Equal("fixed", Finding(rule).State);
        Assert.Equal(["/atlassian-connect.json", .. paths.Split(' ')], Asked());
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        site.Dispose();
    }

    private Task LaterAsync()
    {
        site.Time.Advance(TimeSpan.FromHours(24));
        return ScanAsync();
    }

    private Task ScanAsync() => RunAsync(site.Queue(), null);

    private IEnumerable<string> Asked() =>
        asked.Where(path => !path.StartsWith("/ecoscanner-control", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal);

    private Task RunAsync(string id, VerificationOrder? order) => RunAsync(id, order?.Rules ?? [], order?.Places ?? []);

    private async Task RunAsync(string id, IReadOnlyList<string> rules, IReadOnlyList<string> places)
    {
        site.Database.Write(session => RunLog.Start(session, id));
        var folder = Directory.CreateTempSubdirectory("ecoscanner-").FullName;
        try
        {
            var input = new RunInput
            {
                RunId = id,
                DescriptorUrl = Url,
                OnlyRules = rules,
                OnlyPlaces = places,
                AllowedPrivate = [new Uri(Url).Authority],
            };
            var run = new RunProcess(WorkerProgram.Of(), new RunLimits(), TimeProvider.System);
            var outcome = await run.RunAsync(input, folder, null, TestContext.Current.CancellationToken);
            Assert.True(outcome.Kind == RunOutcomeKind.Reported, outcome.Reason);
            Assert.Equal(Url, outcome.Report!.Apps[0].Extent?.Document);
            var options = new IngestOptions { Also = (session, row) => verification.Conclude(session, row.Id) };
            await ingestion.IngestAsync(id, outcome.Report, options, TestContext.Current.CancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private string Queue(Session session, VerificationOrder order)
    {
        var id = RunLog.Queue(
            session,
            new RunRequest(site.HostingId, order.TriggerKey, RunReason.Verification, "test") { OnlyRules = order.Rules, OnlyPlaces = order.Places }
        );
        orders.Add((id, order));
        return id;
    }

    private void Patched(string key) =>
        site.Database.Write(session =>
        {
            var seen = TicketLookup.Find(session, TicketWorld.Partner, key)!;
            Assert.IsType<TransitionOutcome.Done>(transitions.Move(session, TicketWorld.Partner, key, seen.RowVersion, "patched", TransitionFields.None));
        });

    private Found Finding(string rule) => Assert.Single(All(), found => found.Rule == rule);

    private IReadOnlyList<Found> Open() => [.. All().Where(found => FindingState.IsOpen(found.State))];

    private IReadOnlyList<Found> All() => site.Database.Read(session => session.List<Found>("select id, rule, state, place from finding order by id"));

    private TicketRow TicketOf(long finding) =>
        site.Database.Read(session =>
            TicketLookup.Find(
                session,
                Principal.Platform,
                session.One<string>(
                    "select t.key from ticket t join ticket_finding tf on tf.ticket_id = t.id where tf.finding_id = @finding order by t.id desc limit 1",
                    new { finding }
                )
            )!
        );

    private sealed record Found
    {
        public long Id { get; init; }
        public string Rule { get; init; } = "";
        public string State { get; init; } = "";
        public string Place { get; init; } = "";
    }
}
