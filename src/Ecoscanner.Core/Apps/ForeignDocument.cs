using System.Text;
using System.Text.Json;

namespace Ecoscanner.Apps;

/// <summary>Documents that people name by mistake where a Connect descriptor is meant, and what to name instead.</summary>
internal static class ForeignDocument
{
    // The words that tell a format stand at its start.
    private const int BytesLookedAt = 4096;

    /// <summary>What a document is that cannot be JSON, and the way out; null where it may be a descriptor.</summary>
    public static string? Describe(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("PK\u0003\u0004"u8))
        {
            return "this is a zip or jar file, not a Connect descriptor; name the URL of the app's atlassian-connect.json";
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]))
        {
            return "this is gzip-compressed; unpack it first";
        }

        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xff, 0xfe]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xfe, 0xff]))
        {
            return "the text is UTF-16; save or serve the descriptor as UTF-8";
        }

        var text = Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, BytesLookedAt)]).Trim();
        return text switch
        {
            "" => "the document is empty; name the URL or file of the app's descriptor",
            ['<', ..] => Markup(text),
            ['{' or '[', ..] => null,
            _ when text.Contains("ari:cloud:ecosystem::app/", StringComparison.Ordinal) || IsForgeManifest(text) =>
                "this is a Forge manifest, not a Connect descriptor; name the URL of a Connect app's atlassian-connect.json",
            _ => null,
        };
    }

    /// <summary>What a JSON object is that has no base URL, and the way out; null where it may be a descriptor that lacks it.</summary>
    public static string? Describe(JsonElement root)
    {
        bool Has(string name) => root.TryGetProperty(name, out _);
        return Has("key") || Has("modules") ? null
            : Has("dependencies") || Has("devDependencies") ? "this is a package.json of npm; name the app's atlassian-connect.json beside it"
            : Has("_links") || Has("_embedded") ? "this is an answer of the Marketplace's API; name the descriptor's own URL"
            : Has("errorMessages") || Has("error") || Has("message")
                ? "this is an error answer of a server, not a descriptor; open the URL in a browser and correct it"
            : null;
    }

    private static string Markup(string text) =>
        text.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase) || text.Contains("<atlassian-plugin", StringComparison.OrdinalIgnoreCase)
            ? "this is XML, not a Connect descriptor; name the URL of a Connect app's atlassian-connect.json"
        : text.Contains("password", StringComparison.OrdinalIgnoreCase) || text.Contains("login", StringComparison.OrdinalIgnoreCase)
            ? "this is an HTML page that looks like a login, not a descriptor; serve the descriptor without login or name its file"
        : "this is an HTML page, not a descriptor; name the URL that answers with the descriptor's JSON";

    private static bool IsForgeManifest(string text) =>
        (text.StartsWith("modules:", StringComparison.Ordinal) || text.Contains("\nmodules:", StringComparison.Ordinal))
        && (text.StartsWith("app:", StringComparison.Ordinal) || text.Contains("\napp:", StringComparison.Ordinal));
}
