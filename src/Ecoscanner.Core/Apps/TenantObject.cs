using System.Globalization;
using System.Text.Json;

namespace Ecoscanner.Apps;

/// <summary>One object in a test tenant's JSON, read strictly: an unknown key is a slip that would silently weaken the scan.</summary>
internal sealed class TenantObject
{
    private readonly JsonElement element;
    private readonly string pointer;
    private readonly string source;

    public TenantObject(JsonElement element, string pointer, string source, string[] keys)
    {
        (this.element, this.pointer, this.source) = (element, pointer, source);
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Wrong("", "must be a JSON object");
        }

        foreach (var property in element.EnumerateObject())
        {
            if (!keys.Contains(property.Name, StringComparer.Ordinal))
            {
                throw Wrong(property.Name, $"is unknown; the keys here are {string.Join(", ", keys)}");
            }
        }
    }

    public string Text(string key) => OptionalText(key) ?? throw Wrong(key, "is missing; add it");

    public string? OptionalText(string key) => element.TryGetProperty(key, out var value) ? String(key, value) : null;

    /// <summary>An object of texts; empty where it is missing.</summary>
    public Dictionary<string, string> Texts(string key) =>
        !element.TryGetProperty(key, out var value) ? new(StringComparer.Ordinal)
        : value.ValueKind != JsonValueKind.Object ? throw Wrong(key, "must be a JSON object of texts")
        : value.EnumerateObject().ToDictionary(entry => entry.Name, entry => String($"{key}/{entry.Name}", entry.Value), StringComparer.Ordinal);

    public TenantObject? Inside(string key, string[] keys) =>
        element.TryGetProperty(key, out var value) ? new TenantObject(value, $"{pointer}/{key}", source, keys) : null;

    /// <summary>A list of objects; empty where it is missing.</summary>
    public IEnumerable<TenantObject> List(string key, string[] keys) =>
        !element.TryGetProperty(key, out var value) ? []
        : value.ValueKind != JsonValueKind.Array ? throw Wrong(key, "must be a JSON list")
        : value
            .EnumerateArray()
            .Select((item, index) => new TenantObject(item, $"{pointer}/{key}/{index.ToString(CultureInfo.InvariantCulture)}", source, keys));

    private string String(string key, JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : throw Wrong(key, "must be a text that is not empty");

    private TestTenantException Wrong(string key, string what) => new($"{Quoted.Bare(source)}: {Quoted.Bare($"{pointer}/{key}")} {what}");
}
