using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Ecoscanner.Bench;

/// <summary>
/// The verdict rules of the public tester (connect-security-req-tester), as its source states them: which requests, in which order, and words in the body.
/// Its TLS checks come from a library that finds old versions and bad certificates; they are granted where the sample has the flaw.
/// </summary>
internal static class PublicTester
{
    private static readonly string[] Innocent =
    [
        "invalid jwt",
        "unauthorized",
        "forbidden",
        "error",
        "unlicensed",
        "not licensed",
        "no license",
        "invalid",
        "401",
        "403",
        "404",
        "500",
    ];
    private static readonly string[] IgnoredModules = ["jiraBackgroundScripts", "postInstallPage"];
    private static readonly string[] IgnoredKeys = ["icon", "icons", "documentation", "imagePlaceholder", "template", "post-install-page"];

    /// <summary>The requirements it reports for an app, without its transport checks.</summary>
    public static async Task<IReadOnlyList<string>> ScanAsync(Uri descriptorUrl)
    {
#pragma warning disable MA0039 // As the public tester does.
        using var handler = new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator,
        };
#pragma warning restore MA0039
        using var client = new HttpClient(handler);
        using var response = await client.GetAsync(descriptorUrl);
        using var descriptor = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var root = descriptor.RootElement;
        var found = new SortedSet<string>(StringComparer.Ordinal);
        if (!response.Headers.Contains("Strict-Transport-Security"))
        {
            found.Add("Connect 3 (HSTS)");
        }

        if (!root.TryGetProperty("authentication", out var authentication) || authentication.GetProperty("type").GetString() != "jwt")
        {
            return [.. found];
        }

        var baseUrl = root.GetProperty("baseUrl").GetString()!;
        foreach (
            var link in Links(root)
                .Select(link => link.StartsWith("http", StringComparison.Ordinal) ? link : baseUrl.TrimEnd('/') + link)
                .Distinct(StringComparer.Ordinal)
        )
        {
            var installs = link.Contains("install", StringComparison.Ordinal);
            if (await AcceptsAsync(client, new Uri(link), installs))
            {
                found.Add(installs ? "Connect 1.4" : "Connect 1.1");
            }
        }

        return [.. found];
    }

    private static async Task<bool> AcceptsAsync(HttpClient client, Uri link, bool installs)
    {
        foreach (var method in installs ? (HttpMethod[])[HttpMethod.Post] : [HttpMethod.Get, HttpMethod.Post])
        {
            foreach (var token in (string?[])[null, Token("HS256"), Token("none"), .. installs ? (string?[])[Token("RS256")] : []])
            {
                using var request = new HttpRequestMessage(method, link);
                request.Headers.UserAgent.Add(new ProductInfoHeaderValue("CSRT", null));
                if (token is not null)
                {
                    request.Headers.Authorization = new AuthenticationHeaderValue("JWT", token);
                }

                if (installs)
                {
                    request.Content = new StringContent(
                        "{\"clientKey\":\"csrt\",\"sharedSecret\":\"csrt-fake-secret-ignore\",\"baseUrl\":\"https://csrt-scanner-1.atlassian.net\"}",
                        Encoding.UTF8,
                        "application/json"
                    );
                }

                using var answer = await client.SendAsync(request);
                if ((int)answer.StatusCode < 400)
                {
                    var body = await answer.Content.ReadAsStringAsync();
                    return !Innocent.Any(word => body.Contains(word, StringComparison.OrdinalIgnoreCase));
                }
            }
        }

        return false;
    }

    private static IEnumerable<string> Links(JsonElement root)
    {
        var links = new List<string>();
        if (root.TryGetProperty("lifecycle", out var lifecycle))
        {
            links.AddRange(lifecycle.EnumerateObject().Select(entry => entry.Value.GetString()!));
        }

        foreach (var module in root.GetProperty("modules").EnumerateObject().Where(module => !IgnoredModules.Contains(module.Name, StringComparer.Ordinal)))
        {
            foreach (var item in module.Value.ValueKind == JsonValueKind.Array ? module.Value.EnumerateArray().ToList() : [module.Value])
            {
                Collect(item, links);
            }
        }

        return links;
    }

    // As deep as a descriptor of ours.
    private static void Collect(JsonElement item, List<string> links)
    {
        if (item.ValueKind != JsonValueKind.Object || (item.TryGetProperty("cacheable", out var cacheable) && cacheable.ValueKind == JsonValueKind.True))
        {
            return;
        }

        foreach (var member in item.EnumerateObject().Where(member => !IgnoredKeys.Contains(member.Name, StringComparer.Ordinal)))
        {
            if (member.Name == "url" && member.Value.ValueKind == JsonValueKind.String)
            {
                links.Add(Regex.Replace(member.Value.GetString()!, @"\$?{.*}", "test", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)));
            }

            Collect(member.Value, links);
        }
    }

    private static string Token(string algorithm) =>
        $"{Encode($$"""{"typ":"JWT","alg":"{{algorithm}}"}""")}.{Encode("{\"iss\":\"csrt-fake-token-ignore\"}")}.{(algorithm == "none" ? "" : "c2lnbmF0dXJl")}";

    private static string Encode(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
