using System.Globalization;
using System.Net;
using System.Text;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Api;
using Ecoscanner.Service.Storage;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Ecoscanner.Service.Tests.Api;

/// <summary>Asks every endpoint that there is, as the router knows them, on behalf of everybody who should get nothing.</summary>
public sealed class AccessMatrixTests
{
    private static readonly Role[] People = [Role.PartnerViewer, Role.PartnerResponder, Role.PartnerAdmin, Role.Triager, Role.Engineer, Role.Auditor];

    // Who did that is nobody afterwards.
    private const string SignOut = "DELETE /api/v1/session/";

    // What is given to whoever knows its unguessable address.
    private static readonly string[] ByAddress = ["/api/v1/gates/{id}"];

    [Fact]
    public async Task Every_endpoint_says_who_may_call_it()
    {
        await using var site = await ApiSite.StartAsync();
        Assert.Empty(All(site).Where(endpoint => endpoint.Metadata.GetMetadata<EndpointAccess>() is null).Select(endpoint => endpoint.DisplayName));
        Assert.True(All(site).Count > 60);
    }

    [Fact]
    public async Task Who_sends_nothing_gets_nothing_but_what_is_public()
    {
        await using var site = await ApiSite.StartAsync();
        var town = await Neighbours.MoveInAsync(site);
        var before = Everything(site);
        using var nobody = site.As(null);
        foreach (var endpoint in All(site).Where(endpoint => Of(endpoint) is { IsPublic: false }))
        {
            using var answer = await AskAsync(nobody, endpoint, town);
            Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{Name(endpoint)} answers {answer.StatusCode} to nobody");
        }

        Assert.Equal(before, Everything(site));
    }

    [Fact]
    public async Task A_foreign_partner_is_never_told_anything_and_changes_nothing()
    {
        await using var site = await ApiSite.StartAsync();
        var town = await Neighbours.MoveInAsync(site);
        var before = Everything(site);
        using var token = site.As(site.Token(town.Other));
        using var admin = await site.PersonAsync("admin@example.net", Role.PartnerAdmin, town.Other);
        foreach (var client in new[] { token, admin })
        {
            foreach (
                var endpoint in All(site)
                    .Where(endpoint => !ByAddress.Contains(endpoint.RoutePattern.RawText, StringComparer.Ordinal) && Name(endpoint) != SignOut)
            )
            {
                using var answer = await AskAsync(client, endpoint, town);
                var body = await answer.Content.ReadAsStringAsync(ApiSite.Stop);
                Assert.DoesNotContain(Neighbours.Mark, body, StringComparison.OrdinalIgnoreCase);
                Assert.True((int)answer.StatusCode < 500, $"{Name(endpoint)} answers {answer.StatusCode}: {body}");
                if (HasId(endpoint) && Of(endpoint) is { IsPublic: false })
                {
                    Assert.True(
                        answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Forbidden,
                        $"{Name(endpoint)} answers {answer.StatusCode} about what is a stranger's: {body}"
                    );
                }

                if (answer.StatusCode == HttpStatusCode.Forbidden)
                {
                    // The same as for what is not there at all: else it would tell that it is.
                    using var nothing = await AskAsync(client, endpoint, Nowhere(town));
                    Assert.True(
                        nothing.StatusCode == HttpStatusCode.Forbidden,
                        $"{Name(endpoint)} answers {nothing.StatusCode} where there is nothing, and Forbidden where there is"
                    );
                }
            }
        }

        Assert.Equal(before, Everything(site));
    }

    [Fact]
    public async Task A_role_that_lacks_the_capability_is_refused_and_one_that_has_it_is_not()
    {
        await using var site = await ApiSite.StartAsync();
        var town = await Neighbours.MoveInAsync(site);
        foreach (var role in People)
        {
            var isStaff = role is Role.Triager or Role.Engineer or Role.Auditor;
            using var person = await site.PersonAsync($"{role}@example.com".ToLowerInvariant(), role, isStaff ? 0 : town.Partner);
            foreach (
                var endpoint in All(site)
                    .Where(endpoint => Of(endpoint).Capability is not null && endpoint.RoutePattern.RawText != "/api/v1/partners/{partner}/offboard")
            )
            {
                var access = Of(endpoint);
                var may = RoleCapabilities.Has(role, access.Capability!.Value) && (isStaff || !access.IsEverywhere);
                using var answer = await AskAsync(person, endpoint, Nowhere(town));
                Assert.True(
                    may ? answer.StatusCode is not (HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized) : answer.StatusCode == HttpStatusCode.Forbidden,
                    $"{Name(endpoint)} answers {answer.StatusCode} to {role}, which {(may ? "may" : "may not")}"
                );
            }
        }
    }

    [Fact]
    public async Task A_page_of_another_site_can_change_nothing()
    {
        await using var site = await ApiSite.StartAsync();
        var town = await Neighbours.MoveInAsync(site);
        using var person = await site.PersonAsync("admin@example.com", Role.PartnerAdmin, town.Partner);
        person.DefaultRequestHeaders.Remove("X-Csrf-Token");
        var before = Everything(site);
        foreach (var endpoint in All(site).Where(endpoint => Of(endpoint) is { IsPublic: false } && Method(endpoint) != "GET"))
        {
            using var answer = await AskAsync(person, endpoint, town);
            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{Name(endpoint)} answers {answer.StatusCode} without the session's token");
        }

        Assert.Equal(before, Everything(site));
    }

    internal static IReadOnlyList<RouteEndpoint> All(ApiSite site) =>
        [
            .. site
                .App.Services.GetRequiredService<EndpointDataSource>()
                .Endpoints.OfType<RouteEndpoint>()
                .OrderBy(endpoint => endpoint.RoutePattern.RawText, StringComparer.Ordinal),
        ];

    private static EndpointAccess Of(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<EndpointAccess>()!;

    private static string Method(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0] ?? "GET";

    private static string Name(RouteEndpoint endpoint) => $"{Method(endpoint)} {endpoint.RoutePattern.RawText}";

    private static bool HasId(RouteEndpoint endpoint) => endpoint.RoutePattern.Parameters.Any(parameter => parameter.Name is not "documentName");

    private static Neighbours Nowhere(Neighbours town) =>
        town with
        {
            App = 987654,
            Scan = "0197f0a0-0000-7000-8000-000000000000",
            Artifact = "0197f0a0-0000-7000-8000-000000000000",
            Finding = 987654,
            Ticket = "AMS-987654",
            Token = "0197f0a0-0000-7000-8000-000000000000",
            Contact = 987654,
            Secret = 987654,
            Proof = 987654,
            Account = "0197f0a0-0000-7000-8000-000000000000",
        };

    private static async Task<HttpResponseMessage> AskAsync(HttpClient client, RouteEndpoint endpoint, Neighbours town)
    {
        var route = endpoint.RoutePattern.RawText!;
        var path = route;
        foreach (var parameter in endpoint.RoutePattern.Parameters)
        {
            var value = Uri.EscapeDataString(Value(route, parameter.Name, town));
            path = path.Replace($"{{{parameter.Name}}}", value, StringComparison.Ordinal)
                .Replace($"{{{parameter.Name}:long}}", value, StringComparison.Ordinal);
        }

        var query =
            route.EndsWith("/artifacts/", StringComparison.Ordinal) ? $"?partner={Neighbours.Mark}&name=a.jar&app=com.example.x"
            : route.EndsWith("/search", StringComparison.Ordinal) ? "?q=pkg:npm/lodash"
            : Method(endpoint) == "GET" && !HasId(endpoint) && !route.Contains("openapi", StringComparison.Ordinal) ? $"?partner={Neighbours.Mark}"
            : "";
        var request = new HttpRequestMessage(new HttpMethod(Method(endpoint)), path + query);
        if (request.Method != HttpMethod.Get)
        {
            request.Content = new StringContent(Body(route, town), Encoding.UTF8, "application/json");
            request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        }

        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ApiSite.Stop);
    }

    private static string Value(string route, string name, Neighbours town) =>
        route switch
        {
            _ when name == "documentName" => "v1",
            _ when name == "partner" => Neighbours.Mark,
            _ when name == "provider" => "none",
            "/api/v1/apps/{app:long}/secrets/{id:long}" when name == "id" => Text(town.Secret),
            _ when name == "app" => Text(town.App),
            "/api/v1/apps/{key}" => "com.example.granted",
            _ when route.StartsWith("/api/v1/apps", StringComparison.Ordinal) => Text(town.App),
            _ when route.StartsWith("/api/v1/scans", StringComparison.Ordinal) => town.Scan,
            _ when route.StartsWith("/api/v1/artifacts", StringComparison.Ordinal) => town.Artifact,
            _ when route.StartsWith("/api/v1/findings", StringComparison.Ordinal) => Text(town.Finding),
            _ when route.StartsWith("/api/v1/tickets", StringComparison.Ordinal) => town.Ticket,
            _ when route.StartsWith("/api/v1/gates", StringComparison.Ordinal) => town.Gate,
            _ when route.StartsWith("/api/v1/tokens", StringComparison.Ordinal) => town.Token,
            _ when route.StartsWith("/api/v1/contacts", StringComparison.Ordinal) => Text(town.Contact),
            _ when route.StartsWith("/api/v1/accounts", StringComparison.Ordinal) => town.Account,
            _ when route.StartsWith("/api/v1/enforcements", StringComparison.Ordinal) => "1",
            _ when route.StartsWith("/api/v1/rules", StringComparison.Ordinal) => "hsts-missing",
            _ when route.StartsWith("/api/v1/ownership", StringComparison.Ordinal) => Text(town.Proof),
            _ when name == "quota" => "uploads",
            _ when route.StartsWith("/api/v1/scanners", StringComparison.Ordinal) => "transport-security",
            // Everybody may read those that there are.
            _ when route.StartsWith("/api/v1/policies", StringComparison.Ordinal) => "999",
            _ => throw new InvalidOperationException($"say what {name} of {route} is, so that a stranger's can be asked for"),
        };

    private static string Body(string route, Neighbours town) =>
        route switch
        {
            "/api/v1/scans" => $$"""{"appId":{{town.App}}}""",
            "/api/v1/gates/" => $$"""{"scan":"{{town.Scan}}"}""",
            "/api/v1/tickets/{key}/transitions" => """{"transition":"patched"}""",
            "/api/v1/tickets/{key}/extension" => """{"plan":"p","proposedDue":"2030-01-01T00:00:00Z"}""",
            "/api/v1/tickets/{key}/dispute" => """{"reason":"r","evidence":"e"}""",
            "/api/v1/tickets/{key}/score" => """{"cvssVector":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N","reason":"r"}""",
            "/api/v1/tickets/{key}/comments" => """{"markdown":"m"}""",
            "/api/v1/findings/{id:long}/decision" => """{"state":"false-positive","reason":"r"}""",
            "/api/v1/enforcements/{id:long}/decision" => """{"decision":"none","reason":"r"}""",
            "/api/v1/tokens/" => $$"""{"name":"n","partner":"{{Neighbours.Mark}}"}""",
            "/api/v1/apps/{app:long}/secrets/" => """{"host":"a.example.com","kind":"test-tenant","name":"n","secret":"s","until":"2027-01-01T00:00:00Z"}""",
            "/api/v1/contacts/" => $$"""{"email":"x@example.net","name":"n","partner":"{{Neighbours.Mark}}"}""",
            "/api/v1/invitations/" => $$"""{"email":"x@example.net","role":"partner-admin","partner":"{{Neighbours.Mark}}"}""",
            "/api/v1/accounts/{id}/roles" or "/api/v1/accounts/{id}/roles/remove" => $$"""{"role":"partner-admin","partner":"{{Neighbours.Mark}}"}""",
            "/api/v1/partners/{partner}/offboard" => $$"""{"key":"{{Neighbours.Mark}}","reason":"r"}""",
            "/api/v1/ownership/{id:long}/revoke" or "/api/v1/apps/{id:long}/revoke" => """{"reason":"r"}""",
            "/api/v1/partners/{partner}/quotas/{quota}" => """{"most":1,"reason":"r"}""",
            "/api/v1/scanners/{scanner}/stage" => """{"stage":"shadow","reason":"r"}""",
            "/api/v1/policies/decisions" => """{"policy":"bug-fix","version":2022,"reason":"r"}""",
            _ => "{}",
        };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    // Everything of the victim's that a stranger might have changed; chains of audits grow by refused attempts of nobody.
    private static string Everything(ApiSite site) =>
        site.Platform.Database.Read(session =>
            string.Join(
                '\n',
                new[]
                {
                    "select id, state, row_version from finding",
                    "select key, status, row_version from ticket",
                    "select id, state from run",
                    "select id, revoked_at from api_token where partner_id = 1",
                    "select id, removed_at from security_contact where partner_id = 1",
                    "select id, deleted_at from vault_secret",
                    "select id, partner_id, archived_at from app",
                    "select id, offboarded_at from partner where id = 1",
                    "select account_id, role, partner_id from account_role where partner_id in (0, 1)",
                    "select count(*) from ticket_comment",
                    "select id, state from ownership_proof",
                    "select id, ownership from app",
                    "select partner_id, kind, most from quota_limit",
                    "select scanner, stage from scanner_rollout",
                    "select id from policy_in_force",
                    "select count(*) from audit_event where partner_id = 1",
                    "select id, deleted_at from artifact where partner_id = 1",
                }.SelectMany(sql => Rows(session, sql))
            )
        );

    private static IEnumerable<string> Rows(Session session, string sql) =>
        session.List<object>(sql).Select(row => string.Join('|', ((IDictionary<string, object>)row).Values));
}
