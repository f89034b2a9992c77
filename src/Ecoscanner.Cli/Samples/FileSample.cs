using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ecoscanner.Cli.Samples;

/// <summary>A sample app that is scanned from its files and not started: the source of a Forge app, or the folder of which a Data Center app's archive is made.</summary>
/// <param name="Hosting">As <c>App.Hosting</c>.</param>
/// <param name="Name">Its folder below <c>samples/HOSTING/apps</c>.</param>
/// <param name="Flaw">The planted mistake, for people.</param>
/// <param name="Fails">Ids of the rules that must fail; any other that does is a false alarm.</param>
internal sealed partial record FileSample(string Hosting, string Name, string Folder, string Flaw, IReadOnlyList<string> Fails)
{
    public const string Forge = "Forge";
    public const string DataCenter = "Data Center";

    /// <summary>The folder that an archive is made of; null where the files are scanned as they lie.</summary>
    public string? Packed => Hosting == DataCenter ? Directory.EnumerateDirectories(Folder).FirstOrDefault(SampleArchive.IsArchive) : null;

    /// <summary>All of them, those of Forge first, in the order of their names.</summary>
    /// <param name="samplesFolder">The repository's <c>samples</c>.</param>
    /// <exception cref="SampleException">They are not there, or what is expected of one cannot be read.</exception>
    public static IReadOnlyList<FileSample> All(string samplesFolder) => [.. Of(samplesFolder, "forge", Forge), .. Of(samplesFolder, "datacenter", DataCenter)];

    private static IEnumerable<FileSample> Of(string samplesFolder, string folder, string hosting)
    {
        var apps = Path.Combine(samplesFolder, folder, "apps");
        return Directory.Exists(apps)
            ? Directory.GetDirectories(apps).Order(StringComparer.Ordinal).Select(app => Of(app, hosting))
            : throw new SampleException($"{apps} is not there, so the {hosting} samples cannot be scanned; take the samples out of the repository whole");
    }

    private static FileSample Of(string folder, string hosting)
    {
        var file = Path.Combine(folder, "expected.json");
        try
        {
            var expected = JsonSerializer.Deserialize(File.ReadAllBytes(file), ExpectationShapes.Default.Expectation)!;
            return new FileSample(hosting, Path.GetFileName(folder), folder, expected.Flaw, expected.Fails);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            throw new SampleException($"{file} cannot be used: {e.Message}; the README of the samples shows what stands in it", e);
        }
    }

    // What expected.json says.
    private sealed record Expectation([property: JsonRequired] string Flaw, [property: JsonRequired] IReadOnlyList<string> Fails);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Expectation))]
    private sealed partial class ExpectationShapes : JsonSerializerContext;
}
