using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ecoscanner.Cli.Samples;

/// <summary>A sample Forge app, which is scanned from its source and not started.</summary>
/// <param name="Name">Its folder below <c>samples/forge/apps</c>.</param>
/// <param name="Flaw">The planted mistake, for people.</param>
/// <param name="Fails">Ids of the rules that must fail; any other that does is a false alarm.</param>
internal sealed partial record ForgeSample(string Name, string Folder, string Flaw, IReadOnlyList<string> Fails)
{
    /// <summary>All of them, in the order of their names.</summary>
    /// <param name="samplesFolder">The repository's <c>samples</c>.</param>
    /// <exception cref="SampleException">They are not there, or what is expected of one cannot be read.</exception>
    public static IReadOnlyList<ForgeSample> All(string samplesFolder)
    {
        var apps = Path.Combine(samplesFolder, "forge", "apps");
        return Directory.Exists(apps)
            ? [.. Directory.GetDirectories(apps).Order(StringComparer.Ordinal).Select(Of)]
            : throw new SampleException($"{apps} is not there, so the Forge samples cannot be scanned; take the samples out of the repository whole");
    }

    private static ForgeSample Of(string folder)
    {
        var file = Path.Combine(folder, "expected.json");
        try
        {
            var expected = JsonSerializer.Deserialize(File.ReadAllBytes(file), ExpectationShapes.Default.ForgeExpectation)!;
            return new ForgeSample(Path.GetFileName(folder), folder, expected.Flaw, expected.Fails);
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            throw new SampleException($"{file} cannot be used: {e.Message}; the README of the samples shows what stands in it", e);
        }
    }

    // What expected.json says.
    private sealed record ForgeExpectation([property: JsonRequired] string Flaw, [property: JsonRequired] IReadOnlyList<string> Fails);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(ForgeExpectation))]
    private sealed partial class ExpectationShapes : JsonSerializerContext;
}
