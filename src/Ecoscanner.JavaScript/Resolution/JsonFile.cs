using System.Text;
using System.Text.Json;

namespace Ecoscanner.JavaScript.Resolution;

/// <summary>JSON that strangers wrote, with comments and trailing commas, read within limits.</summary>
internal static class JsonFile
{
    // The largest package.json on npm, of generated icon packages, have about 1 MB.
    public const int MaximumBytes = 4 * 1024 * 1024;

    // Longer lists are cut: each is walked for each import.
    public const int MaximumListed = 10_000;

    // Conditions inside conditions need about eight.
    public const int MaximumDepth = 64;

    private static readonly JsonDocumentOptions Options = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        MaxDepth = MaximumDepth,
    };

    /// <summary>Reads the object in a file.</summary>
    /// <param name="problem">A sentence where the result is null.</param>
    public static JsonDocument? Read(IModuleFiles files, string path, out string? problem, int maximumBytes = MaximumBytes)
    {
        var content = files.Read(path, maximumBytes);
        if (content.Problem is not null)
        {
            problem = $"{path} {content.Problem}.";
            return null;
        }

        try
        {
            var bytes = content.Bytes.Span is [0xEF, 0xBB, 0xBF, ..] or [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]
                ? Encoding.UTF8.GetBytes(content.Text)
                : content.Bytes;
            var document = JsonDocument.Parse(bytes, Options);
            problem = document.RootElement.ValueKind == JsonValueKind.Object ? null : $"{path} is JSON but no object; it must start with {{.";
            return problem is null ? document : null;
        }
        catch (JsonException e)
        {
            problem = $"{path} is not valid JSON at line {e.LineNumber + 1}, or nests deeper than {MaximumDepth} levels; correct it there.";
            return null;
        }
    }

    /// <summary>A member of an object; the last where it stands twice.</summary>
    public static JsonElement? Member(this JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        try
        {
            return element.TryGetProperty(name, out var member) ? member : null;
        }
        catch (InvalidOperationException)
        {
            // The name of another member is half of a surrogate pair; looking one by one steps over it.
            return element.Members().FirstOrDefault(member => member.Key == name) is { Key: not null } found ? found.Value : null;
        }
    }

    /// <summary>A member's text; null where there is none, or it is no string or no Unicode.</summary>
    public static string? Text(this JsonElement element, string name) => element.Member(name)?.Text();

    /// <summary>The text of a string; null where it is none, or no Unicode.</summary>
    public static string? Text(this JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, or bytes that are no UTF-8.
            return null;
        }
    }

    public static bool? Flag(this JsonElement element, string name) =>
        element.Member(name)?.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        };

    /// <summary>The strings of an array; null where it is none.</summary>
    public static IReadOnlyList<string>? Texts(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(Text).OfType<string>().Take(MaximumListed)] : null;

    /// <summary>The members of an object in their order, each name once with its last value.</summary>
    public static IReadOnlyList<KeyValuePair<string, JsonElement>> Members(this JsonElement element)
    {
        var members = new OrderedDictionary<string, JsonElement>(StringComparer.Ordinal);
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in element.EnumerateObject())
            {
                if (Name(property) is { } name)
                {
                    members[name] = property.Value;
                }
            }
        }

        return [.. members];
    }

    private static string? Name(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
