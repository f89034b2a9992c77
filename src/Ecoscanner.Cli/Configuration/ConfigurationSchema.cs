using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Ecoscanner.Cli.Configuration;

/// <summary>The JSON schema of ecoscanner.yaml (draft 7, which editors' YAML support knows best).</summary>
internal static class ConfigurationSchema
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Text()
    {
        var properties = new JsonObject
        {
            ["targets"] = ListOf(Described(Type("string"), "a descriptor's URL, its file, or a folder with atlassian-connect.json")),
        };
        foreach (var setting in Settings.All.Where(setting => setting.InFile))
        {
            properties[setting.Key] = Of(setting);
        }

        properties["ignores"] = Described(new JsonObject { ["type"] = "array", ["items"] = Ignore() }, "findings that need not be acted on");
        var schema = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = ConfigurationFile.FileName,
            ["type"] = new JsonArray("object", "null"),
            ["additionalProperties"] = false,
            ["properties"] = properties,
        };
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Readable))
        {
            schema.WriteTo(writer);
        }

        return System.Text.Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static JsonObject Of(Setting setting)
    {
        var value = setting switch
        {
            { Kind: SettingKind.Switch } => Type("boolean"),
            { Choices.Count: > 0 } => new JsonObject { ["enum"] = Texts(setting.Choices) },
            { Value: "NUMBER" } => Type("number"),
            _ => Type("string"),
        };
        return Described(setting.Kind == SettingKind.Many ? ListOf(value) : value, setting.Help);
    }

    private static JsonObject Ignore() =>
        new()
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["required"] = Texts(["reason", "expires"]),
            ["anyOf"] = new JsonArray(new JsonObject { ["required"] = Texts(["rule"]) }, new JsonObject { ["required"] = Texts(["fingerprint"]) }),
            ["properties"] = new JsonObject
            {
                ["rule"] = Described(Type("string"), "the rule's id"),
                ["fingerprint"] = Described(Type("string"), "the finding's fingerprint, as reports show it"),
                ["path"] = Described(Type("string"), "only at this path of a URL or file, and below it"),
                ["reason"] = Described(Type("string"), "why nobody need act on it"),
                ["expires"] = Described(
                    new JsonObject { ["type"] = "string", ["pattern"] = @"^\d{4}-\d{2}-\d{2}$" },
                    "the first day on which it no longer holds"
                ),
                ["by"] = Described(Type("string"), "who decided"),
            },
        };

    private static JsonObject Type(string type) => new() { ["type"] = type };

    private static JsonObject ListOf(JsonObject item) =>
        new() { ["oneOf"] = new JsonArray(item.DeepClone(), new JsonObject { ["type"] = "array", ["items"] = item }) };

    private static JsonObject Described(JsonObject schema, string description)
    {
        schema["description"] = description;
        return schema;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => (JsonNode)text)];
}
