using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Catalogue;
using Ecoscanner.Service.Findings;
using Ecoscanner.Service.Runs;
using Ecoscanner.Service.Tests.Findings;

namespace Ecoscanner.Service.Tests.Api;

/// <summary>Tickets as people answer and decide them over HTTP; every answer is held against the document of the API.</summary>
public sealed partial class TicketApiTests
{
    private const string Vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N";

    [Fact]
    public async Task Who_asks_twice_to_have_a_fix_looked_at_is_led_to_the_scan_that_is_under_way()
    {
        await using var site = await ApiSite.StartAsync();
        var town = await Neighbours.MoveInAsync(site);
        using var responder = await site.PersonAsync("responder@example.org", Role.PartnerResponder, town.Partner);
        var first = await AskAsync();
        Assert.Equal(HttpStatusCode.Accepted, first.Status);
        Assert.Equal(first, await AskAsync());

        async Task<(HttpStatusCode Status, string Scan)> AskAsync()
        {
            using var seen = await responder.GetAsync($"/api/v1/tickets/{town.Ticket}", ApiSite.Stop);
            var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/tickets/{town.Ticket}/verification");
            request.Headers.TryAddWithoutValidation("If-Match", seen.Headers.ETag!.ToString());
            using var answer = await responder.SendAsync(request, ApiSite.Stop);
            return (answer.StatusCode, answer.Headers.Location?.ToString() ?? await answer.Content.ReadAsStringAsync(ApiSite.Stop));
        }
    }

    [Fact]
    public async Task A_ticket_is_moved_by_who_may_move_it_and_by_nobody_else()
    {
        await using var site = await ApiSite.StartAsync();
        var (partner, key) = await TicketAsync(site);
        site.Partner("other", "com.example.other");
        using var responder = await site.PersonAsync("responder@example.org", Role.PartnerResponder, partner);
        using var viewer = await site.PersonAsync("viewer@example.org", Role.PartnerViewer, partner);
        using var foreign = await site.PersonAsync("foreign@example.org", Role.PartnerAdmin, partner + 1);
        using var triager = await site.PersonAsync("triager@example.org", Role.Triager, 0);
        using var engineer = await site.PersonAsync("engineer@example.org", Role.Engineer, 0);
        using var auditor = await site.PersonAsync("auditor@example.org", Role.Auditor, 0);

        await RefusedAsync(foreign, key, """{"transition":"patched"}""", HttpStatusCode.NotFound);
        await RefusedAsync(engineer, key, """{"transition":"not-applicable","reason":"x"}""", HttpStatusCode.Forbidden);
        await RefusedAsync(auditor, key, """{"transition":"not-applicable","reason":"x"}""", HttpStatusCode.Forbidden);
        await RefusedAsync(viewer, key, """{"transition":"patched"}""", HttpStatusCode.Conflict);
        await RefusedAsync(triager, key, """{"transition":"patched"}""", HttpStatusCode.Conflict);
        await RefusedAsync(triager, key, """{"transition":"verified","reason":"x"}""", HttpStatusCode.Conflict);
        await RefusedAsync(responder, key, """{"transition":"not-applicable","reason":"x"}""", HttpStatusCode.Conflict);
        await RefusedAsync(responder, key, """{"transition":"uphold","reason":"x"}""", HttpStatusCode.Conflict);
        await RefusedAsync(responder, key, """{"transition":"nothing"}""", HttpStatusCode.Conflict);
        Assert.Empty((await GetAsync(viewer, key)).Ticket["transitions"]!.AsArray());
        Assert.Equal(["dispute", "request-extension", "wait-for-release", "patched"], Offered((await GetAsync(responder, key)).Ticket));

        await MovedAsync(responder, key, """{"transition":"wait-for-release","reason":"it is in the store's queue"}""", "waiting-for-release");
        await MovedAsync(responder, key, """{"transition":"take-back"}""", "needs-patch");
        await MovedAsync(triager, key, """{"transition":"not-applicable","reason":"the host is a test's"}""", "not-applicable");
        await MovedAsync(triager, key, """{"transition":"reconsider","reason":"it is not"}""", "needs-patch");
        await RefusedAsync(triager, key, """{"transition":"accept-risk","reason":"x"}""", HttpStatusCode.UnprocessableEntity, "/until");
        var until = DateTimeOffset.UtcNow.AddDays(90);
        await MovedAsync(triager, key, $$"""{"transition":"accept-risk","reason":"x","until":"{{until:O}}"}""", "risk-accepted");
        await MovedAsync(triager, key, """{"transition":"reconsider","reason":"x"}""", "needs-patch");
        await RefusedAsync(
            triager,
            key,
            $$"""{"transition":"duplicate","reason":"x","duplicateOf":"{{key}}"}""",
            HttpStatusCode.UnprocessableEntity,
            "/duplicateOf"
        );
        await MovedAsync(responder, key, """{"transition":"patched"}""", "patched", "verifying");
        await RefusedAsync(responder, key, """{"transition":"confirm-fix","reason":"x"}""", HttpStatusCode.Conflict);
        var closed = await MovedAsync(triager, key, """{"transition":"confirm-fix","reason":"seen by hand"}""", "verified");
        Assert.NotNull(closed["closedAt"]);
    }

    [Fact]
    public async Task Who_changes_a_ticket_says_which_version_they_saw()
    {
        await using var site = await ApiSite.StartAsync();
        var (partner, key) = await TicketAsync(site);
        using var responder = await site.PersonAsync("responder@example.org", Role.PartnerResponder, partner);
        var seen = (await GetAsync(responder, key)).Tag;
        await MovedAsync(responder, key, """{"transition":"wait-for-release"}""", "waiting-for-release");
        using var none = await SendAsync(responder, $"tickets/{key}/transitions", """{"transition":"take-back"}""", null);
        Assert.Equal(HttpStatusCode.PreconditionRequired, none.StatusCode);
        foreach (var old in new[] { seen, "\"x\"", "*", "W/\"1\"" })
        {
            using var stale = await SendAsync(responder, $"tickets/{key}/transitions", """{"transition":"take-back"}""", old);
            Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        }

        Assert.Equal("waiting-for-release", (string?)(await GetAsync(responder, key)).Ticket["status"]);
    }

    [Fact]
    public async Task A_dispute_says_why_and_shows_it_and_staff_answers_with_a_reason()
    {
        await using var site = await ApiSite.StartAsync();
        var (partner, key) = await TicketAsync(site);
        using var responder = await site.PersonAsync("responder@example.org", Role.PartnerResponder, partner);
        using var viewer = await site.PersonAsync("viewer@example.org", Role.PartnerViewer, partner);
        using var triager = await site.PersonAsync("triager@example.org", Role.Triager, 0);
        foreach (
            var (body, pointer) in new[]
            {
                ("""{"reason":"no"}""", "/evidence"),
                ("""{"evidence":"x"}""", "/reason"),
                ("""{"reason":"","evidence":"x"}""", "/reason"),
            }
        )
        {
            await WrongAsync(await SendAsync(responder, $"tickets/{key}/dispute", body, (await GetAsync(responder, key)).Tag), pointer);
        }

        using (var not = await SendAsync(viewer, $"tickets/{key}/dispute", """{"reason":"a","evidence":"b"}""", (await GetAsync(viewer, key)).Tag))
        {
            Assert.Equal(HttpStatusCode.Forbidden, not.StatusCode);
        }

        var body1 = """{"reason":"the host is not ours","evidence":"`dig` says so"}""";
        using var disputed = await SendAsync(responder, $"tickets/{key}/dispute", body1, (await GetAsync(responder, key)).Tag);
        var ticket = await ApiSite.JsonAsync(disputed);
        Assert.Equal(("needs-security-review", "ours"), ((string?)ticket["status"], (string?)ticket["move"]));
        Assert.Equal(["reason", "evidence"], ticket["comments"]!.AsArray().Select(comment => (string?)comment!["kind"]));
        Assert.Contains("<code>dig</code>", (string?)ticket["comments"]![1]!["html"], StringComparison.Ordinal);
        // The partner's words are not in the history, which is not sealed.
        Assert.DoesNotContain("not ours", ticket["events"]!.ToJsonString(), StringComparison.Ordinal);

        var forStaff = (await GetAsync(triager, key)).Ticket;
        Assert.Equal("yours", (string?)forStaff["move"]);
        Assert.Contains("uphold", Offered(forStaff));
        await RefusedAsync(triager, key, """{"transition":"uphold"}""", HttpStatusCode.UnprocessableEntity, "/reason");
        var upheld = await MovedAsync(triager, key, """{"transition":"uphold","reason":"it answers under your key"}""", "needs-patch");
        Assert.Equal("it answers under your key", (string?)upheld["statusReason"]);
    }

    [Fact]
    public async Task An_extension_has_a_plan_and_a_later_day_and_staff_grants_it()
    {
        await using var site = await ApiSite.StartAsync();
        var (partner, key) = await TicketAsync(site);
        using var responder = await site.PersonAsync("responder@example.org", Role.PartnerResponder, partner);
        using var triager = await site.PersonAsync("triager@example.org", Role.Triager, 0);
        var due = (DateTimeOffset)(await GetAsync(responder, key)).Ticket["dueAt"]!;
        var later = due.AddDays(14);
        foreach (
            var (body, pointer) in new[]
            {
                ($$"""{"proposedDue":"{{later:O}}"}""", "/plan"),
                ("""{"plan":"in two steps"}""", "/proposedDue"),
                ("""{"plan":"in two steps","proposedDue":"soon"}""", "/proposedDue"),
                ($$"""{"plan":"   ","proposedDue":"{{later:O}}"}""", "/plan"),
                ($$"""{"plan":"in two steps","proposedDue":"{{DateTimeOffset.UtcNow.AddDays(-1):O}}"}""", "/proposedDue"),
                ($$"""{"plan":"in two steps","proposedDue":"{{due.AddDays(-1):O}}"}""", "/proposedDue"),
                ($$"""{"plan":"in two steps","proposedDue":"{{DateTimeOffset.UtcNow.AddYears(3):O}}"}""", "/proposedDue"),
            }
        )
        {
            await WrongAsync(await SendAsync(responder, $"tickets/{key}/extension", body, (await GetAsync(responder, key)).Tag), pointer);
        }

        using var asked = await SendAsync(
            responder,
            $"tickets/{key}/extension",
            $$"""{"plan":"in two steps","proposedDue":"{{later:O}}"}""",
            (await GetAsync(responder, key)).Tag
        );
        Assert.Equal("extension-requested", (string?)(await ApiSite.JsonAsync(asked))["status"]);
        await RefusedAsync(responder, key, $$"""{"transition":"grant-extension","reason":"x","due":"{{later:O}}"}""", HttpStatusCode.Conflict);
        await RefusedAsync(triager, key, """{"transition":"grant-extension","reason":"x"}""", HttpStatusCode.UnprocessableEntity, "/due");
        var granted = await MovedAsync(triager, key, $$"""{"transition":"grant-extension","reason":"the plan holds","due":"{{later:O}}"}""", "needs-patch");
        Assert.Equal(later.ToUnixTimeMilliseconds(), ((DateTimeOffset)granted["dueAt"]!).ToUnixTimeMilliseconds());
        Assert.Contains("extended", (string?)granted["dueExplanation"], StringComparison.OrdinalIgnoreCase);
        Assert.False((bool)granted["overdue"]!);
    }

    [Fact]
    public async Task A_bounty_report_is_triaged_by_staff_and_made_by_nobody_else()
    {
        await using var site = await ApiSite.StartAsync();
        var (partner, _) = await TicketAsync(site);
        using var responder = await site.PersonAsync("responder@example.org", Role.PartnerResponder, partner);
        using var triager = await site.PersonAsync("triager@example.org", Role.Triager, 0);
        var body = $$"""
            {"hostingId":1,"source":"bounty","title":"Pages of others can be read","requirement":"Connect 1.4","rule":null,"cvssVector":"{{Vector}}",
            "reportedAt":"{{DateTimeOffset.UtcNow.AddHours(-1):O}}","description":"**How**: ask for it","findings":[]}
            """;
        using (var not = await SendAsync(responder, "tickets", body, null))
        {
            Assert.Equal(HttpStatusCode.Forbidden, not.StatusCode);
        }

        using var made = await SendAsync(triager, "tickets", body, null, "k");
        using var again = await SendAsync(triager, "tickets", body, null, "k");
        var ticket = await ApiSite.JsonAsync(made, HttpStatusCode.Created);
        Assert.Equal(ticket.ToJsonString(), (await ApiSite.JsonAsync(again, HttpStatusCode.Created)).ToJsonString());
        Assert.Equal("triage", (string?)ticket["status"]);
        var key = (string)ticket["key"]!;
        await RefusedAsync(responder, key, """{"transition":"confirm","reason":"x"}""", HttpStatusCode.Conflict);
        await MovedAsync(triager, key, """{"transition":"confirm","reason":"it is so"}""", "needs-patch");
        Assert.Equal(2, site.Platform.Database.Read(session => session.One<long>("select count(*) from ticket")));
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("![x](https://evil.example/pixel.png)")]
    [InlineData("[x](javascript:alert(1)) [y](JAVASCRIPT:alert(1)) [z](data:text/html;base64,PHNjcmlwdD4=)")]
    [InlineData("[x](/api/v1/session) [y](//evil.example/) <javascript:alert(1)>")]
    [InlineData("<iframe src=//evil.example></iframe><svg/onload=alert(1)>")]
    [InlineData("# a {#csrf onclick=alert(1)}\n\n|a|\n|-|\n|<style>*{}</style>|")]
    [InlineData("[x](https://a.example/ \"t\\\" onmouseover=\\\"alert(1)\")")]
    [InlineData("\u202e\u0000 </p></div>&#60;script&#62;")]
    public async Task A_comment_comes_back_as_HTML_that_can_stand_in_a_page(string markdown)
    {
        await using var site = await ApiSite.StartAsync();
        var (partner, key) = await TicketAsync(site);
        using var responder = await site.PersonAsync("responder@example.org", Role.PartnerResponder, partner);
        using var triager = await site.PersonAsync("triager@example.org", Role.Triager, 0);
        var body = new JsonObject { ["markdown"] = markdown }.ToJsonString();
        using var said = await SendAsync(responder, $"tickets/{key}/comments", body, null, "k");
        await ApiSite.JsonAsync(said, HttpStatusCode.Created);
        using var again = await SendAsync(responder, $"tickets/{key}/comments", body, null, "k");
        await ApiSite.JsonAsync(again, HttpStatusCode.Created);
        var comment = Assert.Single((await GetAsync(triager, key)).Ticket["comments"]!.AsArray())!;
        Assert.Equal((markdown, "partner"), ((string?)comment["markdown"], (string?)comment["side"]));
        var tags = Tag().Matches((string)comment["html"]!).Select(tag => tag.Value).ToList();
        Assert.All(
            tags,
            tag =>
                Assert.Matches(
                    "^</?(p|h1|code|pre|table|thead|tbody|tr|th|td|a)( (href=\"https://[^\"<>]*\"|title=\"[^\"<>]*\"|rel=\"nofollow noopener\"))*>$",
                    tag
                )
        );
    }

    [Fact]
    public async Task A_comment_that_says_nothing_or_too_much_or_is_a_viewers_is_refused()
    {
        await using var site = await ApiSite.StartAsync();
        var (partner, key) = await TicketAsync(site);
        using var responder = await site.PersonAsync("responder@example.org", Role.PartnerResponder, partner);
        using var viewer = await site.PersonAsync("viewer@example.org", Role.PartnerViewer, partner);
        foreach (var text in new[] { "", "  \n", new string('x', 20_001) })
        {
            await WrongAsync(await SendAsync(responder, $"tickets/{key}/comments", new JsonObject { ["markdown"] = text }.ToJsonString(), null), "/markdown");
        }

        using var not = await SendAsync(viewer, $"tickets/{key}/comments", """{"markdown":"x"}""", null);
        Assert.Equal(HttpStatusCode.Forbidden, not.StatusCode);
        // As deep as a parser would go that has no end.
        using var deep = await SendAsync(responder, $"tickets/{key}/comments", new JsonObject { ["markdown"] = new string('>', 19_000) }.ToJsonString(), null);
        await ApiSite.JsonAsync(deep, HttpStatusCode.Created);
        Assert.Single((await GetAsync(responder, key)).Ticket["comments"]!.AsArray());
    }

    /// <summary>A flaw that was seen twice, and so has its ticket.</summary>
    private static async Task<(long Partner, string Key)> TicketAsync(ApiSite site)
    {
        var (partner, app) = site.Partner("acme", IngestSite.AppKey, "connect");
        for (var round = 0; round < 2; round++)
        {
            var run = site.Platform.Database.Write(session =>
            {
                var hosting = AppList.Hosting(session, app, "connect")!;
                var id = RunLog.Queue(session, new RunRequest(hosting.Id, $"test:{round}", RunReason.Scheduled, "test"));
                RunLog.Start(session, id);
                return id;
            });
            await site.Platform.Ingestion.IngestAsync(run, new MadeReport().With(MadeReport.OfTls()).Build(), IngestOptions.None, ApiSite.Stop);
        }

        return (partner, site.Platform.Database.Read(session => session.One<string>("select key from ticket")));
    }

    private static IEnumerable<string?> Offered(JsonNode ticket) => ticket["transitions"]!.AsArray().Select(name => (string?)name);

    private static async Task<(JsonNode Ticket, string? Tag)> GetAsync(HttpClient client, string key)
    {
        using var answer = await client.GetAsync($"/api/v1/tickets/{key}", ApiSite.Stop);
        return answer.IsSuccessStatusCode ? (await ApiSite.JsonAsync(answer), answer.Headers.ETag!.ToString()) : (new JsonObject(), "\"1\"");
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string path, string body, string? tag, string? key = null)
    {
        var request = ApiSite.Json(HttpMethod.Post, $"/api/v1/{path}", body);
        if (tag is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", tag);
        }

        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return client.SendAsync(request, ApiSite.Stop);
    }

    private static async Task<JsonNode> MovedAsync(HttpClient client, string key, string body, params string[] to)
    {
        using var answer = await SendAsync(client, $"tickets/{key}/transitions", body, (await GetAsync(client, key)).Tag);
        var ticket = await ApiSite.JsonAsync(answer);
        Assert.Contains((string?)ticket["status"], to);
        return ticket;
    }

    private static async Task RefusedAsync(HttpClient client, string key, string body, HttpStatusCode expected, string? pointer = null)
    {
        var before = await GetAsync(client, key);
        using var answer = await SendAsync(client, $"tickets/{key}/transitions", body, before.Tag);
        var problem = await ApiSite.JsonAsync(answer, expected);
        Assert.Equal(pointer, (string?)problem["errors"]?[0]?["pointer"]);
        Assert.Equal(before.Tag, (await GetAsync(client, key)).Tag);
    }

    private static async Task WrongAsync(HttpResponseMessage answer, string pointer)
    {
        using (answer)
        {
            var problem = await ApiSite.JsonAsync(answer, HttpStatusCode.UnprocessableEntity);
            Assert.Equal(pointer, (string?)problem["errors"]![0]!["pointer"]);
        }
    }

    [GeneratedRegex("<[^>]*>", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Tag();
}
