using System.Text.Json;

namespace Ecoscanner.Packages.Sbom;

/// <summary>Values of any kind from documents of strangers, where another kind is as good as none.</summary>
internal static class JsonElements
{
    /// <summary>The larger of public SBOMs have 30 MB.</summary>
    public const int MaximumBytes = 100 * 1024 * 1024;

    // Components in components; real ones end at 6.
    private const int MaximumDepth = 64;

    /// <summary>The document; null where it is no JSON, too large or nested too deep.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > MaximumBytes)
        {
            return null;
        }

        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        try
        {
            return JsonDocument.Parse(bytes.Span.StartsWith(mark) ? bytes[mark.Length..] : bytes, new JsonDocumentOptions { MaxDepth = MaximumDepth });
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static JsonElement? At(this JsonElement element, string property)
    {
        try
        {
            return element.ValueKind is JsonValueKind.Object && element.TryGetProperty(property, out var value) ? value : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair in a name.
            return null;
        }
    }

    /// <summary>A text that is not empty; null for anything else.</summary>
    public static string? Text(this JsonElement element, string property) => element.At(property)?.AsText();

    /// <summary>The same of the element itself.</summary>
    public static string? AsText(this JsonElement element)
    {
        if (element.ValueKind is not JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return element.GetString() is { Length: > 0 } text ? text : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair.
            return null;
        }
    }

    public static double? Number(this JsonElement element, string property) =>
        element.At(property) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) ? number : null;

    /// <summary>The elements of a list, or the one that stands alone.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string property) =>
        element.At(property) switch
        {
            { ValueKind: JsonValueKind.Array } list => list.EnumerateArray(),
            { ValueKind: JsonValueKind.Object or JsonValueKind.String } only => [only],
            _ => [],
        };

    /// <summary>The value of a property as CycloneDX has them, by its name.</summary>
    public static IEnumerable<string> Properties(this JsonElement element, string name) =>
        element.Items("properties").Where(one => one.Text("name") == name).Select(one => one.Text("value")).OfType<string>();
}
