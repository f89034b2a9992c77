using System.Globalization;
using System.Text.Json;

namespace Ecoscanner.Advisories.Reading;

/// <summary>Reads fields that may be missing, null or of another type than the format says: all that is nothing.</summary>
internal static class JsonFields
{
    public static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    public static string? Text(this JsonElement element, string name) => element.Field(name, JsonValueKind.String)?.GetString();

    public static JsonElement? Object(this JsonElement element, string name) => element.Field(name, JsonValueKind.Object);

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Field(name, JsonValueKind.Array)?.EnumerateArray() ?? Enumerable.Empty<JsonElement>();

    public static IEnumerable<string> Texts(this JsonElement element, string name) =>
        element.Items(name).Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!);

    public static DateTimeOffset? Time(this JsonElement element, string name) => Time(element.Text(name));

    /// <summary>UTC where the text has no zone; null where it is no time.</summary>
    public static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;

    private static JsonElement? Field(this JsonElement element, string name, JsonValueKind kind) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == kind ? value : null;
}
