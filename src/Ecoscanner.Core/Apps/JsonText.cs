using System.Text.Json;
using System.Text.Unicode;

namespace Ecoscanner.Apps;

/// <summary>Texts in JSON whose shape nobody promised.</summary>
internal static class JsonText
{
    /// <summary>A property's text; null where the element is no object, lacks the property or holds something else there.</summary>
    public static string? Text(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    /// <summary>Whether the string or name that the reader stands on is text. Half of a surrogate pair is none, and taking it would throw.</summary>
    public static bool IsText(this ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return true;
        }

        try
        {
            _ = reader.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Whether everything in a JSON document is text, so that taking it never throws.</summary>
    /// <exception cref="JsonException">It is no JSON, or deeper than allowed.</exception>
    public static bool IsAllText(ReadOnlySpan<byte> json, int maximumDepth)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = maximumDepth });
        while (reader.Read())
        {
            if (!reader.IsText())
            {
                return false;
            }
        }

        return Utf8.IsValid(json);
    }
}
