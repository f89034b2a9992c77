using System.Text.Json;

namespace Ecoscanner.Packages.Node;

/// <summary>What a package.json says of dependencies.</summary>
internal sealed record PackageManifest
{
    // npm's own publishing ends far below.
    private const int MaximumDepth = 64;

    public string? Name { get; private init; }

    public string? Version { get; private init; }

    /// <summary>Such as <c>pnpm@9.1.0</c>; null where it does not say.</summary>
    public string? PackageManager { get; private init; }

    /// <summary>Folders of its workspaces, as patterns.</summary>
    public IReadOnlyList<string> Workspaces { get; private init; } = [];

    /// <summary>Each name once; what is needed and for development as well is needed.</summary>
    public IReadOnlyList<NodeDependency> Dependencies { get; private init; } = [];

    /// <summary>yarn's <c>resolutions</c>: what replaces the wanted version of a name, wherever it is asked for.</summary>
    public IReadOnlyDictionary<string, string> Resolutions { get; private init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Reads one.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static PackageManifest Read(ReadOnlySpan<byte> bytes)
    {
        var reader = JsonTokens.Reader(bytes, MaximumDepth);
        try
        {
            return reader.Read() && reader.TokenType is JsonTokenType.StartObject ? Read(ref reader) : throw new JsonException("it is no object");
        }
        catch (InvalidOperationException e)
        {
            // Half a surrogate pair in a text.
            throw new JsonException(e.Message, e);
        }
    }

    private static PackageManifest Read(ref Utf8JsonReader reader)
    {
        var manifest = new PackageManifest();
        var dependencies = new NodeDependencies();
        while (JsonTokens.Property(ref reader, out var name))
        {
            switch (name)
            {
                case "name":
                    manifest = manifest with { Name = JsonTokens.Text(ref reader) };
                    break;
                case "version":
                    manifest = manifest with { Version = JsonTokens.Text(ref reader) };
                    break;
                case "packageManager":
                    manifest = manifest with { PackageManager = JsonTokens.Text(ref reader) };
                    break;
                case "workspaces":
                    manifest = manifest with { Workspaces = ReadWorkspaces(ref reader) };
                    break;
                case "resolutions":
                    List<NodeDependency> resolutions = [];
                    JsonTokens.Dependencies(ref reader, Need.Required, resolutions);
                    manifest = manifest with
                    {
                        Resolutions = resolutions
                            .GroupBy(one => one.Name, StringComparer.Ordinal)
                            .ToDictionary(same => same.Key, same => same.Last().Wanted, StringComparer.Ordinal),
                    };
                    break;
                default:
                    if (!dependencies.Read(name, ref reader))
                    {
                        reader.Skip();
                    }

                    break;
            }
        }

        return manifest with
        {
            Dependencies = [.. dependencies.All(isTop: true)],
        };
    }

    // A list, or yarn's object with the list in it.
    private static List<string> ReadWorkspaces(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            return JsonTokens.Texts(ref reader);
        }

        List<string> patterns = [];
        while (JsonTokens.Property(ref reader, out var name))
        {
            if (name == "packages")
            {
                patterns = JsonTokens.Texts(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return patterns;
    }
}
