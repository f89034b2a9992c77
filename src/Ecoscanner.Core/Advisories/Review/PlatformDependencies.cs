using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ecoscanner.Advisories.Review;

/// <summary>The policy about what the platform forces on partners: dated data, in <c>platform-dependencies.json</c>.</summary>
public static partial class PlatformDependencies
{
    private const string Resource = "platform-dependencies.json";

    private static readonly Lazy<IReadOnlyList<PlatformDependency>> Ours = new(() =>
    {
        using var stream = typeof(PlatformDependencies).Assembly.GetManifestResourceStream(Resource)!;
        return JsonSerializer.Deserialize(stream, Shape.Default.IReadOnlyListPlatformDependency)!;
    });

    /// <summary>Those of the product.</summary>
    public static IReadOnlyList<PlatformDependency> All => Ours.Value;

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
        UseStringEnumConverter = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true
    )]
    [JsonSerializable(typeof(IReadOnlyList<PlatformDependency>))]
    private sealed partial class Shape : JsonSerializerContext;
}
