using System.Net;
using System.Text.Json;
using Ecoscanner.Cli.Samples;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Cli.Samples;

/// <summary>Each sample has its flaw and no other.</summary>
public sealed class ConnectSampleTests(SampleFleetFixture fixture)
{
    // Which samples answer a page to a request that a sound app refuses.
    private static readonly Dictionary<string, string[]> Accepting = new(StringComparer.Ordinal)
    {
        ["no token"] = ["no-jwt-check", "spa-shell"],
        ["wrong secret"] = ["spa-shell", "signature-unverified"],
        ["unknown tenant"] = ["spa-shell", "signature-unverified"],
        ["alg none"] = ["spa-shell", "alg-none"],
        ["expired"] = ["spa-shell", "expired-accepted"],
        ["another URL"] = ["spa-shell", "qsh-ignored"],
        ["context token"] = ["spa-shell", "qsh-ignored"],
    };

    private static readonly string[] OpenToUsers = ["admin-open", "admin-unauthenticated", "spa-shell"];
    private static readonly string[] OpenToAnyone = ["admin-unauthenticated", "spa-shell"];

    [Theory]
    [InlineData("no token")]
    [InlineData("wrong secret")]
    [InlineData("unknown tenant")]
    [InlineData("alg none")]
    [InlineData("expired")]
    [InlineData("another URL")]
    [InlineData("context token")]
    public async Task Only_the_app_that_forgot_the_check_answers_a_page_to(string mistake)
    {
        var accepting = new List<string>();
        foreach (var (sample, tenant, visitor) in await InstalledAsync())
        {
            using (visitor)
            {
                var refused = await visitor.SendAsync("GET", "/notes", Mistaken(mistake, tenant, "/notes"));
                if (refused.StatusCode == HttpStatusCode.OK)
                {
                    accepting.Add(sample.Name);
                }
            }
        }

        Assert.Equal(Accepting[mistake].Order(StringComparer.Ordinal), accepting);
    }

    [Fact]
    public async Task Every_app_answers_its_pages_to_a_genuine_token()
    {
        foreach (var (sample, tenant, visitor) in await InstalledAsync())
        {
            using (visitor)
            {
                foreach (var path in new[] { "/notes", "/panel?issue=10001" })
                {
                    var status = await visitor.StatusAsync("GET", path, tenant.Token("GET", path, tenant.User));
                    Assert.True(status == 200, $"{sample.Name} answered {status} to {path}");
                }
            }
        }
    }

    [Fact]
    public async Task Only_the_apps_with_an_open_administration_let_users_in()
    {
        var (users, anyone) = (new List<string>(), new List<string>());
        foreach (var (sample, tenant, visitor) in await InstalledAsync())
        {
            using (visitor)
            {
                Assert.Equal(
                    (sample.Name, 200),
                    (sample.Name, await visitor.StatusAsync("GET", "/admin", tenant.Token("GET", "/admin", tenant.Administrator)))
                );
                if (await visitor.StatusAsync("GET", "/admin", tenant.Token("GET", "/admin", tenant.User)) == 200)
                {
                    users.Add(sample.Name);
                }

                if (await visitor.StatusAsync("GET", "/admin") == 200)
                {
                    anyone.Add(sample.Name);
                }
            }
        }

        Assert.Equal(OpenToUsers, users);
        Assert.Equal(OpenToAnyone, anyone);
    }

    [Fact]
    public async Task Only_one_app_shows_a_tenant_what_belongs_to_the_other()
    {
        var exposed = new List<string>();
        foreach (var (sample, tenant, visitor) in await InstalledAsync())
        {
            using (visitor)
            {
                Assert.NotEmpty(tenant.PlantedInSecond);
                foreach (var (path, marker) in tenant.PlantedInSecond)
                {
                    Assert.Contains(marker, await visitor.TextAsync(path, tenant.SecondToken("GET", path)), StringComparison.Ordinal);
                    if ((await visitor.TextAsync(path, tenant.Token("GET", path))).Contains(marker, StringComparison.Ordinal))
                    {
                        exposed.Add($"{sample.Name} {path}");
                    }
                }
            }
        }

        Assert.Equal(["cross-tenant /panel?issue=20002"], exposed);
    }

    [Fact]
    public async Task Only_one_app_can_be_installed_by_anyone()
    {
        var accepting = new List<string>();
        foreach (var (sample, _, visitor) in await InstalledAsync())
        {
            using (visitor)
            {
                var payload = new
                {
                    key = sample.Key,
                    clientKey = "made-up",
                    sharedSecret = "made-up",
                    baseUrl = "http://127.0.0.1",
                };
                if (await visitor.StatusAsync("POST", "/installed", body: payload) == 204)
                {
                    accepting.Add(sample.Name);
                }

                Assert.Equal(401, await visitor.StatusAsync("POST", "/uninstalled", body: payload));
            }
        }

        Assert.Equal(["install-unsigned"], accepting);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b.c")]
    [InlineData("e30.e30.")]
    [InlineData("bnVsbA.bnVsbA.bnVsbA")]
    [InlineData("eyJhbGciOiJSUzI1NiJ9.e30.AA")]
    public async Task Garbage_stops_no_app(string token)
    {
        foreach (var (sample, tenant, visitor) in await InstalledAsync())
        {
            using (visitor)
            {
                foreach (var path in new[] { "/installed", "/uninstalled", "/enabled", "/webhooks/issue-deleted", "/api/notes" })
                {
                    await visitor.StatusAsync("POST", path, token, new { clientKey = "made-up", baseUrl = "http://127.0.0.1" });
                }

                await visitor.StatusAsync("GET", "/notes?jwt[]=1&jwt[]=2");
                await visitor.StatusAsync("GET", "/notes", token);
                Assert.Equal((sample.Name, 200), (sample.Name, await visitor.StatusAsync("GET", "/notes", tenant.Token("GET", "/notes"))));
            }
        }
    }

    [Theory]
    [InlineData("sound", 401)]
    [InlineData("webhook-204", 204)]
    public async Task A_webhook_without_a_signature_changes_nothing(string name, int status)
    {
        var sample = await fixture.SampleAsync(name);
        using var visitor = new SampleVisitor(sample);
        var tenant = new SampleTenant(sample.TenantFile!);
        var deleted = new { issue = new { id = "30003" } };
        await visitor.StatusAsync("POST", "/api/notes", tenant.Token("POST", "/api/notes"), new { issue = "30003", text = "short-lived" });

        Assert.Equal(status, await visitor.StatusAsync("POST", "/webhooks/issue-deleted", body: deleted));
        Assert.Contains("short-lived", await visitor.TextAsync("/notes", tenant.Token("GET", "/notes")), StringComparison.Ordinal);

        var token = tenant.Token("POST", "/webhooks/issue-deleted");
        Assert.Equal(204, await visitor.StatusAsync("POST", "/webhooks/issue-deleted", token, deleted));
        Assert.DoesNotContain("short-lived", await visitor.TextAsync("/notes", tenant.Token("GET", "/notes")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("public-page", "/help", 200)]
    [InlineData("soft-404", "/no-such-page", 200)]
    [InlineData("spa-shell", "/no-such-page", 200)]
    [InlineData("spa-shell", "/api/notes", 401)]
    [InlineData("sound", "/no-such-page", 404)]
    [InlineData("login-redirect", "/notes", 302)]
    [InlineData("login-redirect", "/login", 200)]
    [InlineData("auth-none", "/notes", 200)]
    public async Task Without_a_token_an_app_answers(string name, string path, int status)
    {
        using var visitor = new SampleVisitor(await fixture.SampleAsync(name));

        Assert.Equal(status, await visitor.StatusAsync("GET", path));
    }

    [Fact]
    public async Task Every_descriptor_but_one_asks_for_jwt_and_names_its_own_origin()
    {
        foreach (var sample in (await fixture.FleetAsync()).Samples)
        {
            using var visitor = new SampleVisitor(sample);
            using var descriptor = JsonDocument.Parse(await visitor.TextAsync("/atlassian-connect.json"));

            var authentication = descriptor.RootElement.GetProperty("authentication").GetProperty("type").GetString();
            Assert.Equal(sample.Name == "auth-none" ? "none" : "jwt", authentication);
            Assert.Equal(sample.Key, descriptor.RootElement.GetProperty("key").GetString());
            Assert.Equal(sample.Origins[0], new Uri(descriptor.RootElement.GetProperty("baseUrl").GetString()!));
        }
    }

    [Fact]
    public async Task Every_app_but_the_flawed_ones_sends_hsts_for_a_year_over_tls()
    {
        var without = new List<string>();
        foreach (var sample in (await fixture.FleetAsync()).Samples)
        {
            using var visitor = new SampleVisitor(sample);
            using var answer = await visitor.SendAsync("GET", "/atlassian-connect.json");
            if (
                !answer.Headers.TryGetValues("Strict-Transport-Security", out var values)
                || !values.Single().StartsWith("max-age=31536000", StringComparison.Ordinal)
            )
            {
                without.Add(sample.Name);
            }
        }

        Assert.Equal(["hsts-missing", "plain-http"], without);
    }

    [Fact]
    public async Task Only_one_certificate_names_another_host()
    {
        var mismatched = new List<string>();
        foreach (var sample in (await fixture.FleetAsync()).Samples)
        {
            using var visitor = new SampleVisitor(sample, blindToNames: false);
            try
            {
                await visitor.StatusAsync("GET", "/atlassian-connect.json");
            }
            catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.SecureConnectionError)
            {
                mismatched.Add(sample.Name);
            }
        }

        Assert.Equal(["wrong-certificate"], mismatched);
    }

    [Fact]
    public async Task Only_one_app_offers_old_tls()
    {
        var offering = new List<string>();
        foreach (var sample in (await fixture.FleetAsync()).Samples)
        {
            var origin = sample.Origins[0];
            Assert.Equal((sample.Name, origin.Scheme == "https"), (sample.Name, await TlsHello.IsAnsweredAsync(origin, minorVersion: 3)));
            if (await TlsHello.IsAnsweredAsync(origin, minorVersion: 1) && await TlsHello.IsAnsweredAsync(origin, minorVersion: 2))
            {
                offering.Add(sample.Name);
            }
        }

        Assert.Equal(["tls-old"], offering);
    }

    private async Task<IReadOnlyList<(Sample, SampleTenant, SampleVisitor)>> InstalledAsync() =>
        [
            .. (await fixture.FleetAsync())
                .Samples.Where(sample => sample.TenantFile is not null)
                .Select(sample => (sample, new SampleTenant(sample.TenantFile!), new SampleVisitor(sample))),
        ];

    private static string? Mistaken(string mistake, SampleTenant tenant, string path) =>
        mistake switch
        {
            "no token" => null,
            "wrong secret" => tenant.Token("GET", path, secret: "guessed"),
            "unknown tenant" => tenant.Token("GET", path, issuer: "made-up", secret: "guessed"),
            "alg none" => tenant.Token("GET", path, algorithm: "none"),
            "expired" => tenant.Token("GET", path, ageMinutes: 60),
            "another URL" => tenant.Token("GET", "/elsewhere"),
            "context token" => tenant.Token("GET", path, hash: "context-qsh"),
            _ => throw new ArgumentOutOfRangeException(nameof(mistake), mistake, "no such mistake"),
        };
}
