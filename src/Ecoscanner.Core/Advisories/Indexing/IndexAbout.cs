using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ecoscanner.Advisories.Indexing;

/// <summary>The section that tells people what an index was made of, and by what.</summary>
/// <param name="Program">Version of the program that read the records.</param>
internal sealed partial record IndexAbout(string Program, IReadOnlyList<IndexSource> Sources)
{
    private const int MaximumDepth = 8;

    /// <summary>This program's version.</summary>
    public static string ThisProgram { get; } = typeof(IndexAbout).Assembly.GetName().Version!.ToString(3);

    public static byte[] Write(IReadOnlyList<IndexSource> sources) =>
        JsonSerializer.SerializeToUtf8Bytes(new IndexAbout(ThisProgram, sources), AboutJson.Default.IndexAbout);

    public static IndexAbout Read(IndexFile file)
    {
        try
        {
            return JsonSerializer.Deserialize(file.Section(IndexSection.About), AboutJson.Default.IndexAbout) is { } about && !about.Sources.Contains(null!)
                ? about
                : throw file.Damaged("it names no sources");
        }
        catch (JsonException)
        {
            throw file.Damaged("what it says of itself is no JSON");
        }
    }

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
        MaxDepth = MaximumDepth,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true
    )]
    [JsonSerializable(typeof(IndexAbout))]
    private sealed partial class AboutJson : JsonSerializerContext;
}
