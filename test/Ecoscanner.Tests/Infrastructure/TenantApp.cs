using System.Collections.Concurrent;
using System.Text.Json;
using Ecoscanner.Apps;
using Microsoft.AspNetCore.Http;

namespace Ecoscanner.Tests.Infrastructure;

/// <summary>A Connect app in memory that does everything right, but for the flaws a test gives it.</summary>
internal sealed class TenantApp
{
    public const string Modules = """
        "modules":{"generalPages":[{"key":"page","url":"/page?issue={issue.key}","name":{"value":"Page"}}],"adminPages":[{"key":"admin","url":"/admin","name":{"value":"Admin"}}]},
        "lifecycle":{"installed":"/installed","uninstalled":"/uninstalled"}
        """;

    private const string Administrator = "account-admin";
    private const string Marker = "beta-secret-4711";

    private readonly ConcurrentDictionary<string, string> secrets = new(StringComparer.Ordinal)
    {
        ["tenant-alpha"] = "secret-alpha",
        ["tenant-beta"] = "secret-beta",
    };

    /// <summary>The app's base URL; set once its server runs.</summary>
    public Uri BaseUrl { get; set; } = new("http://127.0.0.1");

    public bool IgnoresToken { get; init; }

    public bool IgnoresSignature { get; init; }

    /// <summary>Answers a well-formed token of a tenant it does not know with a friendly 200, the same at each page.</summary>
    public bool GreetsStrangers { get; init; }

    public bool IgnoresExpiry { get; init; }

    public bool IgnoresHash { get; init; }

    public bool TakesContextTokens { get; init; }

    public bool IgnoresRoles { get; init; }

    public bool MixesTenants { get; init; }

    /// <summary>Shows nothing of a tenant.</summary>
    public bool IsStatic { get; init; }

    /// <summary>What an install that Atlassian did not sign is accepted with; null accepts none.</summary>
    public Func<string?, bool>? TakesInstall { get; init; }

    /// <summary>Says 204 to an install it does not store.</summary>
    public bool OnlySaysYes { get; init; }

    public bool RefusesUninstall { get; init; }

    public IEnumerable<string> ClientKeys => secrets.Keys;

    public static TestTenant Tenant(ConnectAppServer server, bool second = true) =>
        new()
        {
            AppKey = "test-app",
            Host = server.BaseUrl.Host,
            ClientKey = "tenant-alpha",
            SharedSecret = "secret-alpha",
            AdminAccountId = Administrator,
            UserAccountId = "account-user",
            Second = second
                ? new SecondTenant
                {
                    ClientKey = "tenant-beta",
                    SharedSecret = "secret-beta",
                    Planted = [new PlantedData("/data?board=77", Marker)],
                }
                : null,
        };

    public Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value;
        return path switch
        {
            "/installed" or "/uninstalled" => Lifecycle(context, path == "/installed"),
            "/page" or "/admin" or "/data" => Page(context, path),
            _ => Say(context, 404, "nothing here"),
        };
    }

    private Task Page(HttpContext context, string path)
    {
        if (IgnoresToken)
        {
            return Say(context, 200, Text(path, "all"));
        }

        var text = context.Request.Query["jwt"].FirstOrDefault();
        if (text is null || !Jwt.TryRead(text, out var jwt) || !jwt.Claims.TryGetProperty("iss", out var issuer))
        {
            return Say(context, 401, "no token");
        }

        if (!secrets.TryGetValue(issuer.GetString()!, out var secret))
        {
            return GreetsStrangers ? Say(context, 200, "We do not know your site. Install the app again.") : Say(context, 401, "unknown tenant");
        }

        var url = new Uri(BaseUrl, $"{context.Request.Path}{context.Request.QueryString}");
        var hash = jwt.Claims.TryGetProperty("qsh", out var claim) ? claim.GetString() : null;
        var signed = IgnoresSignature || jwt.IsSignedBy(JwtKey.Shared(secret));
        var fresh = IgnoresExpiry || jwt.Claims.GetProperty("exp").GetInt64() > TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var bound = IgnoresHash || hash == QueryStringHash.Of("GET", url, BaseUrl) || (TakesContextTokens && hash == QueryStringHash.OfContextToken);
        var user = jwt.Claims.TryGetProperty("sub", out var sub) ? sub.GetString() : null;
        return (signed && fresh && bound) switch
        {
            false => Say(context, 401, "bad token"),
            true when path == "/admin" && user != Administrator && !IgnoresRoles => Say(context, 403, "administrators only"),
            _ => Say(context, 200, Text(path, issuer.GetString()!)),
        };
    }

    private string Text(string path, string tenant) =>
        path == "/data" && (MixesTenants || tenant is "tenant-beta" or "all") ? $"board 77 says {Marker}"
        : IsStatic ? $"<h1>About {path}</h1> for everybody"
        : $"<h1>The {path} of {tenant}</h1><p>payroll, offers and plans, seen at {DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}</p>";

    private async Task Lifecycle(HttpContext context, bool install)
    {
        var token = context.Request.Headers.Authorization.FirstOrDefault()?.Replace("JWT ", "", StringComparison.Ordinal);
        if (OnlySaysYes)
        {
            await Say(context, 204, "");
            return;
        }

        if (TakesInstall?.Invoke(token) != true || (!install && RefusesUninstall))
        {
            await Say(context, 401, "no");
            return;
        }

        using var body = JsonDocument.Parse((string)context.Items["body"]!);
        var clientKey = body.RootElement.GetProperty("clientKey").GetString()!;
        if (install)
        {
            secrets[clientKey] = body.RootElement.GetProperty("sharedSecret").GetString()!;
        }
        else
        {
            secrets.TryRemove(clientKey, out _);
        }

        await Say(context, 204, "");
    }

    private static Task Say(HttpContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        return status == 204 ? Task.CompletedTask : context.Response.WriteAsync(body);
    }
}
