using System.Text.Json;
using System.Text.Json.Serialization;
using Ecoscanner.Findings;

namespace Ecoscanner.Service.Scheduling;

/// <summary>One line on the standard input of a run's process, after the request: the fields that sign what it asked to be signed.</summary>
/// <param name="Number">That of <see cref="RunEvent.Number"/>.</param>
public sealed partial record RunSignature(int Number, IReadOnlyList<HeaderField> Fields)
{
    public string ToJson() => JsonSerializer.Serialize(this, SignatureJson.Default.RunSignature);

    /// <summary>The signature on a line; null where it is none.</summary>
    public static RunSignature? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, SignatureJson.Default.RunSignature);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = 4)]
    [JsonSerializable(typeof(RunSignature))]
    private sealed partial class SignatureJson : JsonSerializerContext;
}
