using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ecoscanner.Service.Findings;

/// <summary>What an event of a finding says beside its kind.</summary>
/// <param name="Why">For a person; may be text of people or of the app, so escape it.</param>
public sealed partial record EventDetail(string Why = "", string? Before = null, string? After = null)
{
    internal static string Of(string why, string? before = null, string? after = null) =>
        JsonSerializer.Serialize(new EventDetail(why, before, after), DetailJson.Default.EventDetail);

    internal static EventDetail Read(string json) => JsonSerializer.Deserialize(json, DetailJson.Default.EventDetail)!;

    [JsonSerializable(typeof(EventDetail))]
    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    private sealed partial class DetailJson : JsonSerializerContext;
}
