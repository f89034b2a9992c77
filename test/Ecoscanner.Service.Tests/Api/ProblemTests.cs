using System.Net;
using System.Text;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Api;

namespace Ecoscanner.Service.Tests.Api;

public sealed class ProblemTests
{
    [Theory]
    [InlineData("""{"nmae":"n"}""", "/nmae", "did you mean \"name\"?")]
    [InlineData("""{}""", "/name", "is missing")]
    [InlineData("""{"name":7}""", "/name", "another type or value")]
    [InlineData("""{"name":null}""", "/name", "must not be null")]
    [InlineData("""{"name":"n","capabilities":"upload"}""", "/capabilities", "must be a list")]
    [InlineData("""{"name":"n","capabilities":["uplod"]}""", "/capabilities", "did you mean \"upload\"?")]
    public async Task What_is_wrong_in_a_body_is_told_member_by_member(string body, string pointer, string says)
    {
        await using var site = await ApiSite.StartAsync();
        var (partner, _) = site.Partner("acme", "com.example.app");
        using var person = await site.PersonAsync("a@example.org", Role.PartnerAdmin, partner);
        using var answer = await person.SendAsync(ApiSite.Json(HttpMethod.Post, "/api/v1/tokens", body), ApiSite.Stop);
        var problem = await ApiSite.JsonAsync(answer, HttpStatusCode.UnprocessableEntity);
        Assert.Equal(Problem.MediaType, answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("urn:ecoscanner:problem:invalid", (string?)problem["type"]);
        Assert.Equal(pointer, (string?)problem["errors"]![0]!["pointer"]);
        Assert.Contains(says, (string?)problem["errors"]![0]!["detail"], StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty((string?)problem["traceId"]));
    }

    [Theory]
    [InlineData("{", HttpStatusCode.BadRequest)]
    [InlineData("""{"name":"a","name":"b"}""", HttpStatusCode.BadRequest)]
    [InlineData("null", HttpStatusCode.UnprocessableEntity)]
    [InlineData("[]", HttpStatusCode.UnprocessableEntity)]
    public async Task What_is_no_JSON_or_another_thing_is_refused(string body, HttpStatusCode expected)
    {
        await using var site = await ApiSite.StartAsync();
        var (partner, _) = site.Partner("acme", "com.example.app");
        using var person = await site.PersonAsync("a@example.org", Role.PartnerAdmin, partner);
        using var answer = await person.SendAsync(ApiSite.Json(HttpMethod.Post, "/api/v1/tokens", body), ApiSite.Stop);
        await ApiSite.JsonAsync(answer, expected);
    }

    [Fact]
    public async Task A_body_that_is_too_deep_or_too_long_is_refused()
    {
        await using var site = await ApiSite.StartAsync();
        var (partner, _) = site.Partner("acme", "com.example.app");
        using var person = await site.PersonAsync("a@example.org", Role.PartnerAdmin, partner);
        var deep = $"{{\"name\":{new string('[', 5000)}{new string(']', 5000)}}}";
        using var first = await person.SendAsync(ApiSite.Json(HttpMethod.Post, "/api/v1/tokens", deep), ApiSite.Stop);
        Assert.Equal(HttpStatusCode.BadRequest, first.StatusCode);
        using var second = await person.SendAsync(
            ApiSite.Json(HttpMethod.Post, "/api/v1/tokens", $"{{\"name\":\"{new string('x', 400_000)}\"}}"),
            ApiSite.Stop
        );
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, second.StatusCode);
    }

    [Fact]
    public async Task What_is_not_there_is_a_problem_too()
    {
        await using var site = await ApiSite.StartAsync();
        using var nobody = site.As(null);
        Assert.Equal(
            "urn:ecoscanner:problem:not-found",
            (string?)(await ApiSite.JsonAsync(await nobody.GetAsync("/nothing", ApiSite.Stop), HttpStatusCode.NotFound))["type"]
        );
        using var wrong = await nobody.PatchAsync("/healthz", new StringContent(""), ApiSite.Stop);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, wrong.StatusCode);
        Assert.Equal(Problem.MediaType, wrong.Content.Headers.ContentType?.MediaType);
        using var health = await nobody.GetAsync("/healthz", ApiSite.Stop);
        Assert.Equal("nosniff", health.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("frame-ancestors 'none'", health.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.False(health.Headers.Contains("Server"));
        Assert.False(health.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Who_asks_too_much_is_told_when_to_ask_again()
    {
        await using var site = await ApiSite.StartAsync(change: options => options with { Rates = new RequestRates(1, 1) });
        using var nobody = site.As(null);
        HttpResponseMessage? last = null;
        for (var i = 0; i < 2 * RequestRates.BurstSeconds && last?.StatusCode != HttpStatusCode.TooManyRequests; i++)
        {
            last = await nobody.GetAsync("/healthz", ApiSite.Stop);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last!.StatusCode);
        Assert.True(last.Headers.RetryAfter?.Delta >= TimeSpan.FromSeconds(1));
        Assert.Equal("urn:ecoscanner:problem:too-many", (string?)(await ApiSite.JsonAsync(last, HttpStatusCode.TooManyRequests))["type"]);
    }

    [Fact]
    public async Task A_cursor_that_was_changed_or_is_another_lists_is_refused()
    {
        await using var site = await ApiSite.StartAsync();
        var (partner, _) = site.Partner("acme", "com.example.a");
        site.Platform.Database.Write(session =>
        {
            for (var i = 0; i < 5; i++)
            {
                Ecoscanner.Service.Catalogue.AppList.Grant(session, Principal.Platform, partner, $"com.example.{i}", "App");
            }
        });
        using var client = site.As(site.Token(partner));
        var seen = new List<string>();
        string? next = "/api/v1/apps?limit=2";
        var first = await ApiSite.JsonAsync(await client.GetAsync(next, ApiSite.Stop));
        var cursor = (string)first["next"]!;
        while (next is not null)
        {
            var page = await ApiSite.JsonAsync(await client.GetAsync(next, ApiSite.Stop));
            seen.AddRange(page["items"]!.AsArray().Select(item => (string)item!["key"]!));
            next = (string?)page["next"];
        }

        Assert.Equal(6, seen.Distinct().Count());
        Assert.Equal(6, seen.Count);
        var changed = new StringBuilder(cursor);
        var at = cursor.IndexOf("cursor=", StringComparison.Ordinal) + "cursor=".Length + 5;
        changed[at] = changed[at] == 'A' ? 'B' : 'A';
        foreach (var wrong in new[] { changed.ToString(), cursor.Replace("/apps", "/partners", StringComparison.Ordinal), "/api/v1/apps?cursor=xyz" })
        {
            using var answer = await client.GetAsync(wrong, ApiSite.Stop);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_request_that_is_sent_twice_with_one_key_is_done_once()
    {
        await using var site = await ApiSite.StartAsync();
        using var staff = await site.PersonAsync("staff@example.org", Role.Engineer, 0);
        staff.DefaultRequestHeaders.Add("Idempotency-Key", "one");
        using var first = await staff.SendAsync(ApiSite.Json(HttpMethod.Post, "/api/v1/partners", """{"key":"acme","name":"Acme"}"""), ApiSite.Stop);
        var made = await ApiSite.JsonAsync(first, HttpStatusCode.Created);
        using var again = await staff.SendAsync(ApiSite.Json(HttpMethod.Post, "/api/v1/partners", """{"key":"acme","name":"Acme"}"""), ApiSite.Stop);
        Assert.Equal(made.ToJsonString(), (await ApiSite.JsonAsync(again, HttpStatusCode.Created)).ToJsonString());
        Assert.Equal(first.Headers.Location, again.Headers.Location);
        using var other = await staff.SendAsync(ApiSite.Json(HttpMethod.Post, "/api/v1/partners", """{"key":"other","name":"Other"}"""), ApiSite.Stop);
        Assert.Equal("urn:ecoscanner:problem:key-reused", (string?)(await ApiSite.JsonAsync(other, HttpStatusCode.UnprocessableEntity))["type"]);
        Assert.Equal(1, site.Platform.Database.Read(session => session.One<long>("select count(*) from partner")));
    }
}
