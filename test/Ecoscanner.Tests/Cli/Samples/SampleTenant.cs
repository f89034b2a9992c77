using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Ecoscanner.Tests.Cli.Samples;

/// <summary>A test tenant of a sample, read from its tenant file, that can sign requests the way Jira does, and the wrong way.</summary>
internal sealed class SampleTenant
{
    private readonly JsonElement file;

    public SampleTenant(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        file = document.RootElement.Clone();
    }

    public string ClientKey => Text(file, "clientKey");

    public string Administrator => Text(file, "adminAccountId");

    public string User => Text(file, "userAccountId");

    /// <summary>Where the second tenant finds its own data, and a text in it.</summary>
    public IReadOnlyList<(string Path, string Marker)> PlantedInSecond =>
        [.. file.GetProperty("second").GetProperty("planted").EnumerateArray().Select(planted => (Text(planted, "path"), Text(planted, "marker")))];

    /// <summary>A token as Jira makes it, but for what a test changes.</summary>
    public string Token(
        string method,
        string path,
        string? subject = null,
        string? issuer = null,
        string? secret = null,
        string? hash = null,
        string algorithm = "HS256",
        int ageMinutes = 0
    )
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - (60 * ageMinutes);
        var claims = new Dictionary<string, object>
        {
            ["iss"] = issuer ?? ClientKey,
            ["sub"] = subject ?? Administrator,
            ["iat"] = now,
            ["exp"] = now + 180,
            ["qsh"] = hash ?? Hash(method, path),
            ["context"] = new { },
        };
        var text = $"{Part(new { typ = "JWT", alg = algorithm })}.{Part(claims)}";
        var key = Encoding.UTF8.GetBytes(secret ?? Text(file, "sharedSecret"));
        return algorithm == "none" ? $"{text}." : $"{text}.{Base64Url(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)))}";
    }

    /// <summary>A genuine token of the second tenant.</summary>
    public string SecondToken(string method, string path)
    {
        var second = file.GetProperty("second");
        return Token(method, path, issuer: Text(second, "clientKey"), secret: Text(second, "sharedSecret"));
    }

    /// <summary>The query string hash of a path whose query is in order and needs no encoding.</summary>
    public static string Hash(string method, string pathAndQuery)
    {
        var parts = pathAndQuery.Split('?');
        var canonical = $"{method}&{parts[0]}&{parts.ElementAtOrDefault(1)}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    private static string Part(object value) => Base64Url(JsonSerializer.SerializeToUtf8Bytes(value));

    private static string Base64Url(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
