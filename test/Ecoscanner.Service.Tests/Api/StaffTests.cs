using System.Net;
using System.Text.Json.Nodes;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Findings;
using Ecoscanner.Service.Runs;
using Ecoscanner.Service.Tests.Findings;

namespace Ecoscanner.Service.Tests.Api;

/// <summary>What staff decides over HTTP: shares, policies, stages of scanners, ownership, and what waits in their queues.</summary>
public sealed class StaffTests
{
    [Fact]
    public async Task Staff_gives_a_partner_another_share_and_the_partner_reads_it_with_the_reason()
    {
        await using var site = await ApiSite.StartAsync();
        var (partner, app) = site.Partner("acme", "com.example.app", "forge");
        using var engineer = await site.PersonAsync("engineer@example.com", Role.Engineer, 0);
        using var viewer = await site.PersonAsync("viewer@example.org", Role.PartnerViewer, partner);
        const string Path = "/api/v1/partners/acme/quotas";
        var before = Item(await GetAsync(viewer, Path), "quota", "uploads");
        Assert.Equal(("day", 0, 500), ((string)before["per"]!, (int)before["used"]!, (int)before["most"]!));

        var told = await ChangeAsync(
            engineer,
            HttpMethod.Put,
            $"{Path}/uploads",
            """{"most":1,"reason":"a loop in their pipeline"}""",
            (string)before["eTag"]!
        );
        Assert.Equal("\"1\"", (string)told["eTag"]!);
        await ChangeAsync(engineer, HttpMethod.Put, $"{Path}/uploads", """{"most":2,"reason":"why"}""", "\"0\"", HttpStatusCode.PreconditionFailed);
        await ChangeAsync(engineer, HttpMethod.Put, $"{Path}/uploads", """{"most":2,"reason":" "}""", "\"1\"", HttpStatusCode.UnprocessableEntity);
        await ChangeAsync(engineer, HttpMethod.Put, $"{Path}/uploads", """{"most":-1,"reason":"why"}""", "\"1\"", HttpStatusCode.UnprocessableEntity);
        await ChangeAsync(engineer, HttpMethod.Put, $"{Path}/lunches", """{"most":1,"reason":"why"}""", "\"0\"", HttpStatusCode.NotFound);
        await ChangeAsync(viewer, HttpMethod.Put, $"{Path}/uploads", """{"most":9,"reason":"please"}""", "\"1\"", HttpStatusCode.Forbidden);

        using var uploader = site.As(site.Token(partner));
        using var first = await ApiSite.UploadAsync(uploader, [1], "app.zip", "com.example.app");
        using var second = await ApiSite.UploadAsync(uploader, [1], "app.zip", "com.example.app");
        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.TooManyRequests), (first.StatusCode, second.StatusCode));
        var used = Item(await GetAsync(viewer, Path), "quota", "uploads");
        Assert.Equal((1, 1, "a loop in their pipeline"), ((int)used["used"]!, (int)used["most"]!, (string)used["reason"]!));

        await ChangeAsync(engineer, HttpMethod.Put, $"{Path}/uploads", """{"reason":"mended"}""", "\"1\"");
        Assert.Equal(500, (int)Item(await GetAsync(viewer, Path), "quota", "uploads")["most"]!);
        Assert.Equal(2, Audited(site, partner).Count(action => action == "quota.changed"));
        // A token of one app has no business with the partner's whole.
        using var narrow = site.As(site.Token(partner, app));
        using var hidden = await narrow.GetAsync(Path, ApiSite.Stop);
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
    }

    [Fact]
    public async Task What_another_version_of_the_policy_would_change_is_read_before_it_is_in_force_and_the_read_is_audited()
    {
        await using var site = await ApiSite.StartAsync();
        var town = await Neighbours.MoveInAsync(site);
        using var engineer = await site.PersonAsync("engineer@example.com", Role.Engineer, 0);
        using var triager = await site.PersonAsync("triager@example.com", Role.Triager, 0);
        Assert.Empty(await AllAsync(engineer, "/api/v1/policies/bug-fix/2023/changes"));
        site.Platform.Database.Write(session => session.Execute("update app_hosting set hosting = 'datacenter'"));
        var changes = await AllAsync(engineer, "/api/v1/policies/bug-fix/2022/changes");
        var change = Assert.Single(changes, change => (string)change["ticket"]! == town.Ticket);
        Assert.NotEqual((string)change["due"]!, (string)change["wouldBeDue"]!);
        Assert.Contains("policy.changes", Audited(site, town.Partner));
        using var none = await engineer.GetAsync("/api/v1/policies/bug-fix/1999/changes", ApiSite.Stop);
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        using var refused = await triager.GetAsync("/api/v1/policies/bug-fix/2022/changes", ApiSite.Stop);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task A_partner_has_as_many_streams_as_it_was_given()
    {
        await using var site = await ApiSite.StartAsync();
        var town = await Neighbours.MoveInAsync(site);
        using var engineer = await site.PersonAsync("engineer@example.com", Role.Engineer, 0);
        await ChangeAsync(engineer, HttpMethod.Put, $"/api/v1/partners/{Neighbours.Mark}/quotas/streams", """{"most":0,"reason":"a test"}""", "\"0\"");
        using var token = site.As(site.Token(town.Partner));
        using var stream = await token.GetAsync($"/api/v1/scans/{town.Scan}/events", HttpCompletionOption.ResponseHeadersRead, ApiSite.Stop);
        Assert.Equal(HttpStatusCode.TooManyRequests, stream.StatusCode);
    }

    [Fact]
    public async Task Everybody_reads_the_policies_and_staff_puts_a_version_in_force_for_a_day_to_come()
    {
        await using var site = await ApiSite.StartAsync();
        var (partner, _) = site.Partner("acme", "com.example.app", "forge");
        using var viewer = await site.PersonAsync("viewer@example.org", Role.PartnerViewer, partner);
        using var engineer = await site.PersonAsync("engineer@example.com", Role.Engineer, 0);
        var now = await GetAsync(viewer, "/api/v1/policies/now?partner=acme");
        Assert.Equal(2023, (int)now["bugFix"]!["version"]!);
        var critical = now["bugFix"]!["times"]!.AsArray().First(time => (string)time!["severity"]! == "critical" && (string)time["hosting"]! == "data-center")!;
        Assert.Equal((84, "hide"), ((int)critical["days"]!, (string)critical["proposal"]!));
        Assert.Equal(100, (int)now["operation"]!["ticketsPerAppAndDay"]!);
        Assert.Equal(365, (double)Item(now, "kind", "evidence", "kept")["days"]!);
        Assert.Equal(90, (int)(await GetAsync(viewer, "/api/v1/policies/bug-fix/2022"))["times"]!.AsArray()[^1]!["days"]! / 2);
        Assert.True((bool)Item(await GetAsync(viewer, "/api/v1/policies"), "version", 2023)["inForce"]!);

        const string Decisions = "/api/v1/policies/decisions";
        var body = $$"""{"policy":"bug-fix","version":2022,"from":"{{DateTimeOffset.UtcNow.AddDays(1):O}}","reason":"a trial"}""";
        var told = await ChangeAsync(engineer, HttpMethod.Post, Decisions, body, null, HttpStatusCode.Created);
        Assert.Equal(("bug-fix", 2022, "a trial"), ((string)told["policy"]!, (int)told["version"]!, (string)told["reason"]!));
        foreach (
            var wrong in new[]
            {
                """{"policy":"bug-fix","version":1999,"reason":"why"}""",
                """{"policy":"bug-fix","version":2022,"reason":""}""",
                """{"policy":"bug-fix","version":2022,"reason":"why","from":"2020-01-01T00:00:00Z"}""",
            }
        )
        {
            await ChangeAsync(engineer, HttpMethod.Post, Decisions, wrong, null, HttpStatusCode.UnprocessableEntity);
        }

        await ChangeAsync(viewer, HttpMethod.Post, Decisions, body, null, HttpStatusCode.Forbidden);
        var pages = await AllAsync(viewer, $"{Decisions}?limit=1");
        Assert.Equal(4, pages.Count);
        Assert.Equal("a trial", (string)pages[0]["reason"]!);
        Assert.Equal(2023, (int)(await GetAsync(viewer, "/api/v1/policies/now"))["bugFix"]!["version"]!);
        Assert.Contains("policy.in-force", Audited(site, 0));
    }

    [Fact]
    public async Task Staff_puts_a_scanner_into_a_stage_with_a_reason_and_sees_its_budget()
    {
        await using var site = await ApiSite.StartAsync();
        using var engineer = await site.PersonAsync("engineer@example.com", Role.Engineer, 0);
        using var triager = await site.PersonAsync("triager@example.com", Role.Triager, 0);
        var all = await AllAsync(triager, "/api/v1/scanners?limit=5");
        Assert.Equal(site.Platform.Rules.Scanners.Select(scanner => scanner.Name), all.Select(scanner => (string)scanner["name"]!));
        Assert.All(all, scanner => Assert.Equal("enforced", (string)scanner["stage"]!));

        const string Path = "/api/v1/scanners/transport-security";
        const string Canary = """{"stage":"canary","cohort":500,"reason":"a new certificate check"}""";
        var told = await ChangeAsync(engineer, HttpMethod.Put, $"{Path}/stage", Canary, "\"0\"");
        Assert.Equal(("canary", 500, 0), ((string)told["stage"]!, (int)told["cohort"]!, (int)told["failures"]!));
        await ChangeAsync(engineer, HttpMethod.Put, $"{Path}/stage", Canary, "\"0\"", HttpStatusCode.PreconditionFailed);
        await ChangeAsync(engineer, HttpMethod.Put, $"{Path}/stage", """{"stage":"half","reason":"why"}""", "\"1\"", HttpStatusCode.UnprocessableEntity);
        await ChangeAsync(triager, HttpMethod.Put, $"{Path}/stage", Canary, "\"1\"", HttpStatusCode.Forbidden);
        await ChangeAsync(engineer, HttpMethod.Put, "/api/v1/scanners/none/stage", Canary, "\"0\"", HttpStatusCode.NotFound);

        var version = (long)told["version"]!;
        for (var i = 0; i < 11; i++)
        {
            site.Platform.Database.Write(session => Service.Scheduling.Rollouts.Count(session, "transport-security", version, failed: true));
        }

        var paused = await GetAsync(triager, Path);
        Assert.Equal((11, 10, true), ((int)paused["failures"]!, (int)paused["budgetFailures"]!, paused["pausedAt"] is not null));
        // Who decides must have seen the pause.
        const string Enforced = """{"stage":"enforced","reason":"mended"}""";
        await ChangeAsync(engineer, HttpMethod.Put, $"{Path}/stage", Enforced, "\"1\"", HttpStatusCode.PreconditionFailed);
        var enforced = await ChangeAsync(engineer, HttpMethod.Put, $"{Path}/stage", Enforced, (string)paused["eTag"]!);
        Assert.Equal((0, true), ((int)enforced["failures"]!, enforced["pausedAt"] is null));
        Assert.Equal(
            ["scanner.staged", "scanner.paused", "scanner.staged"],
            Audited(site, 0).Where(action => action.StartsWith("scanner.", StringComparison.Ordinal))
        );
    }

    [Fact]
    public async Task What_waits_for_staff_stands_in_a_queue_until_it_is_decided()
    {
        await using var site = await ApiSite.StartAsync();
        var town = await Neighbours.MoveInAsync(site);
        using var triager = await site.PersonAsync("triager@example.com", Role.Triager, 0);
        using var responder = await site.PersonAsync("responder@example.org", Role.PartnerResponder, town.Partner);
        var ticket = $"/api/v1/tickets/{town.Ticket}";
        await ChangeAsync(responder, HttpMethod.Post, $"{ticket}/dispute", """{"reason":"r","evidence":"e"}""", await TagAsync(responder, ticket));
        var dispute = Assert.Single(await AllAsync(triager, "/api/v1/queues/disputes"));
        Assert.Equal(town.Ticket, (string)dispute["ticket"]!);
        await ChangeAsync(triager, HttpMethod.Post, $"{ticket}/transitions", """{"transition":"uphold","reason":"it is one"}""", (string)dispute["eTag"]!);
        Assert.Empty(await AllAsync(triager, "/api/v1/queues/disputes"));

        var due = DateTimeOffset.UtcNow.AddDays(300);
        await ChangeAsync(responder, HttpMethod.Post, $"{ticket}/extension", $$"""{"plan":"p","proposedDue":"{{due:O}}"}""", await TagAsync(responder, ticket));
        var extension = Assert.Single(await AllAsync(triager, "/api/v1/queues/extensions"));
        Assert.Equal(due.ToUnixTimeMilliseconds(), ((DateTimeOffset)extension["proposedDueAt"]!).ToUnixTimeMilliseconds());
        await ChangeAsync(triager, HttpMethod.Post, $"{ticket}/transitions", """{"transition":"deny-extension","reason":"r"}""", (string)extension["eTag"]!);
        Assert.Empty(await AllAsync(triager, "/api/v1/queues/extensions"));

        site.Platform.Database.Write(session =>
            session.Execute(
                """
                insert into enforcement (ticket_id, partner_id, app_id, due_at, severity, proposal, explanation, policy, proposed_at)
                select id, partner_id, app_id, 1, severity, 'hide', 'overdue', 2023, @Clock from ticket where key = @Ticket
                """,
                new { session.Clock, town.Ticket }
            )
        );
        var breach = Assert.Single(await AllAsync(triager, "/api/v1/queues/breaches"));
        Assert.Equal("hide", (string)breach["proposal"]!);
        var decision = ApiSite.Json(HttpMethod.Post, $"/api/v1/enforcements/{breach["id"]}/decision", """{"decision":"none","reason":"they work on it"}""");
        decision.Headers.TryAddWithoutValidation("If-Match", (string)breach["eTag"]!);
        using var decided = await triager.SendAsync(decision, ApiSite.Stop);
        Assert.Equal(HttpStatusCode.NoContent, decided.StatusCode);
        Assert.Empty(await AllAsync(triager, "/api/v1/queues/breaches"));

        foreach (var queue in new[] { "disputes", "extensions", "breaches", "duplicates" })
        {
            using var refused = await responder.GetAsync($"/api/v1/queues/{queue}", ApiSite.Stop);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        Assert.Equal(3, Audited(site, town.Partner).Count(action => action == "queue.list"));
    }

    [Fact]
    public async Task What_was_not_filed_is_listed_with_the_reason_for_staff_and_for_the_partner_itself()
    {
        await using var site = await ApiSite.StartAsync();
        var town = await Neighbours.MoveInAsync(site);
        var run = site.Platform.Database.Write(session =>
        {
            var id = RunLog.Queue(session, new RunRequest(session.One<long>("select min(id) from app_hosting"), "again", RunReason.Scheduled, "again"));
            RunLog.Start(session, id);
            return id;
        });
        var report = new MadeReport().With(MadeReport.OfTls(), MadeReport.OfAuth(), MadeReport.OfAuth(Ecoscanner.Findings.Confidence.High, "/b")).Build();
        await site.Platform.Ingestion.IngestAsync(run, report, IngestOptions.None, ApiSite.Stop);
        using var triager = await site.PersonAsync("triager@example.com", Role.Triager, 0);
        using var viewer = await site.PersonAsync("viewer@example.org", Role.PartnerViewer, town.Partner);
        using var stranger = await site.PersonAsync("viewer@example.net", Role.PartnerViewer, town.Other);
        var all = await AllAsync(triager, $"/api/v1/queues/unfiled?partner={Neighbours.Mark}&limit=1");
        Assert.NotEmpty(all);
        Assert.All(all, row => Assert.Equal("unconfirmed", (string)row["cause"]!));
        Assert.Equal(all.Select(row => (long)row["finding"]!), (await AllAsync(viewer, "/api/v1/queues/unfiled")).Select(row => (long)row["finding"]!));
        Assert.Empty(await AllAsync(stranger, "/api/v1/queues/unfiled"));
    }

    [Fact]
    public async Task What_an_operator_takes_back_is_unproven_and_uploads_of_it_are_only_read()
    {
        await using var site = await ApiSite.StartAsync();
        var (partner, app) = site.Partner("acme", "com.example.app", "forge");
        using var engineer = await site.PersonAsync("engineer@example.com", Role.Engineer, 0);
        using var admin = await site.PersonAsync("admin@example.org", Role.PartnerAdmin, partner);
        var grant = await ChangeAsync(
            engineer,
            HttpMethod.Post,
            "/api/v1/ownership/grants",
            """{"partner":"acme","host":"app.example.com","reason":"a contract"}""",
            null,
            HttpStatusCode.Created
        );
        await ChangeAsync(admin, HttpMethod.Post, $"/api/v1/ownership/{grant["id"]}/revoke", """{"reason":"r"}""", null, HttpStatusCode.Forbidden);
        await ChangeAsync(engineer, HttpMethod.Post, $"/api/v1/ownership/{grant["id"]}/revoke", """{"reason":""}""", null, HttpStatusCode.UnprocessableEntity);
        var revoked = await ChangeAsync(engineer, HttpMethod.Post, $"/api/v1/ownership/{grant["id"]}/revoke", """{"reason":"it ended"}""", null);
        Assert.Equal("revoked", (string)revoked["state"]!);
        await ChangeAsync(engineer, HttpMethod.Post, $"/api/v1/ownership/{grant["id"]}/revoke", """{"reason":"again"}""", null, HttpStatusCode.NotFound);

        var taken = await ChangeAsync(engineer, HttpMethod.Post, $"/api/v1/apps/{app}/revoke", """{"reason":"sold to another partner"}""", null);
        Assert.Equal("unproven", (string)taken["ownership"]!);
        await ChangeAsync(engineer, HttpMethod.Post, $"/api/v1/apps/{app}/revoke", """{"reason":"again"}""", null, HttpStatusCode.Conflict);
        using var uploader = site.As(site.Token(partner));
        using var upload = await ApiSite.UploadAsync(uploader, [1], "app.zip", "com.example.app");
        Assert.Equal(HttpStatusCode.Accepted, upload.StatusCode);
        using var live = await uploader.SendAsync(
            ApiSite.Json(HttpMethod.Post, "/api/v1/scans", $$"""{"appId":{{app}},"descriptorUrl":"https://app.example.com/d.json"}"""),
            ApiSite.Stop
        );
        Assert.Equal(HttpStatusCode.Conflict, live.StatusCode);
        Assert.Equal("unproven", (string)(await GetAsync(admin, $"/api/v1/apps/{app}"))["ownership"]!);
        // Now it can be another partner's.
        site.Partner("other", "com.example.app", "forge");
        Assert.Subset(Audited(site, partner).ToHashSet(), new HashSet<string> { "ownership.revoked", "app.ownership-lost" });

        var asked = await ChangeAsync(
            admin,
            HttpMethod.Post,
            "/api/v1/ownership",
            """{"host":"mine.example.com","method":"dns-txt"}""",
            null,
            HttpStatusCode.Created
        );
        using var givenUp = await admin.DeleteAsync($"/api/v1/ownership/{asked["id"]}", ApiSite.Stop);
        Assert.Equal(HttpStatusCode.NoContent, givenUp.StatusCode);
    }

    private static async Task<JsonNode> GetAsync(HttpClient client, string path) => await ApiSite.JsonAsync(await client.GetAsync(path, ApiSite.Stop));

    private static async Task<string> TagAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path, ApiSite.Stop);
        return response.Headers.ETag!.ToString();
    }

    private static async Task<JsonNode> ChangeAsync(
        HttpClient client,
        HttpMethod method,
        string path,
        string body,
        string? tag,
        HttpStatusCode expected = HttpStatusCode.OK
    )
    {
        var request = ApiSite.Json(method, path, body);
        if (tag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", tag);
        }

        using var response = await client.SendAsync(request, ApiSite.Stop);
        return await ApiSite.JsonAsync(response, expected);
    }

    /// <summary>All parts of a list.</summary>
    private static async Task<IReadOnlyList<JsonNode>> AllAsync(HttpClient client, string path)
    {
        var items = new List<JsonNode>();
        for (string? next = path; next is not null; )
        {
            var part = await GetAsync(client, next);
            items.AddRange(part["items"]!.AsArray().Select(item => item!));
            next = (string?)part["next"];
        }

        return items;
    }

    private static JsonNode Item(JsonNode list, string name, object value, string items = "items") =>
        list[items]!.AsArray().First(item => item![name]!.ToString() == value.ToString())!;

    private static IReadOnlyList<string> Audited(ApiSite site, long partner) =>
        site.Platform.Database.Read(session =>
            session.List<string>("select action from audit_event where partner_id = @partner order by sequence", new { partner })
        );
}
