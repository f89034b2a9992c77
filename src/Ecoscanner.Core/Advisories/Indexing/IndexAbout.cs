using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ecoscanner.Advisories.Indexing;

/// <summary>The section that tells people what an index was made of.</summary>
internal static partial class IndexAbout
{
    private const int MaximumDepth = 8;

    public static byte[] Write(IReadOnlyList<IndexSource> sources) => JsonSerializer.SerializeToUtf8Bytes(sources, AboutJson.Default.IReadOnlyListIndexSource);

    public static IReadOnlyList<IndexSource> Read(IndexFile file)
    {
        try
        {
            return
                JsonSerializer.Deserialize(file.Section(IndexSection.About), AboutJson.Default.IReadOnlyListIndexSource) is { } sources
                && !sources.Contains(null!)
                ? sources
                : throw file.Damaged("it names no sources");
        }
        catch (JsonException)
        {
            throw file.Damaged("its list of sources is no JSON");
        }
    }

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
        MaxDepth = MaximumDepth,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true
    )]
    [JsonSerializable(typeof(IReadOnlyList<IndexSource>))]
    private sealed partial class AboutJson : JsonSerializerContext;
}
