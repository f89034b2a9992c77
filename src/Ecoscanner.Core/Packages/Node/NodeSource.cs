using Ecoscanner.Findings;

namespace Ecoscanner.Packages.Node;

/// <summary>Tells from what lockfiles say whether a package is the registry's, and by which name.</summary>
/// <param name="Name">The package's own name.</param>
/// <param name="Origin">As in <see cref="Component.Origin"/>.</param>
internal readonly record struct NodeSource(string Name, string? Origin)
{
    /// <summary>npm ends names at 214; versions and ranges end soon after.</summary>
    public const int MaximumTextLength = 512;

    private const string FilePrefix = "file:";
    private const string Tarballs = "/-/";

    /// <summary>By the address that a package was fetched from, whose name counts: that is what lies in the folder.</summary>
    /// <param name="resolved">Null or empty where the lockfile leaves it out, as npm may for its own registry.</param>
    public static NodeSource Of(string name, string? resolved)
    {
        if (string.IsNullOrEmpty(resolved))
        {
            return new NodeSource(name, null);
        }

        if (!resolved.StartsWith("https://", StringComparison.Ordinal) && !resolved.StartsWith("http://", StringComparison.Ordinal))
        {
            return new NodeSource(name, Plain(resolved));
        }

        // GitHub's registry hands tarballs out under this path.
        if (resolved.StartsWith("https://npm.pkg.github.com/download/", StringComparison.Ordinal))
        {
            return new NodeSource(name, null);
        }

        // Any registry or mirror: …/@scope/name/-/name-1.0.0.tgz
        var path = resolved.Split('#', '?')[0];
        var at = path.LastIndexOf(Tarballs, StringComparison.Ordinal);
        return at > 0 && path.EndsWith(".tgz", StringComparison.Ordinal) ? new NodeSource(NameIn(path[..at]) ?? name, null) : new NodeSource(name, resolved);
    }

    /// <summary>The path that it comes from in the app's own source; null where it comes from elsewhere.</summary>
    public string? Folder => Origin is { } origin && origin.StartsWith(FilePrefix, StringComparison.Ordinal) ? origin[FilePrefix.Length..] : null;

    /// <summary>What an alias stands for: <c>npm:@scope/name@^1.0.0</c>.</summary>
    /// <returns>Null where it is no alias.</returns>
    public static (string Name, string Wanted)? Alias(string wanted)
    {
        if (!wanted.StartsWith("npm:", StringComparison.Ordinal))
        {
            return null;
        }

        var rest = wanted["npm:".Length..];
        var at = rest.LastIndexOf('@');
        return at > 0 ? (rest[..at], rest[(at + 1)..])
            : rest.Length > 0 && !IsRange(rest) ? (rest, "")
            : null;
    }

    /// <summary>The component.</summary>
    /// <param name="says">What the lockfile says, for a person.</param>
    /// <returns>Null where a name or a version is none that a registry has, so that nothing can be said of it.</returns>
    public Component? Component(string? version, string place, string says)
    {
        if (!IsSound(Name) || (version is not null && !IsSound(version)))
        {
            return null;
        }

        return new Component
        {
            Package = new PackageUrl(Ecosystem.Npm, Name, version),
            Placement = Placement.Bundled,
            Confidence = Origin is null && version is not null ? Confidence.High : Confidence.Low,
            Places = [place],
            Clues = [new Clue(ClueKind.Lockfile, Origin is null ? says : $"{says} from {Origin}, which is not the registry")],
            Origin = Origin,
        };
    }

    private static bool IsSound(string text) =>
        text.Length is > 0 and <= MaximumTextLength && !text.Any(static letter => char.IsControl(letter) || char.IsWhiteSpace(letter));

    private static string? NameIn(string path)
    {
        var segments = path.Replace("%2f", "/", StringComparison.OrdinalIgnoreCase).Replace("%40", "@", StringComparison.Ordinal).Split('/');
        return segments is [.., ['@', _, ..] scope, { Length: > 0 } scoped] ? $"{scope}/{scoped}"
            : segments is [.., { Length: > 0 } plain] ? plain
            : null;
    }

    /// <summary>Paths as npm writes them, without yarn's digests and ways to say who asks.</summary>
    private static string Plain(string origin)
    {
        if (origin.StartsWith("./", StringComparison.Ordinal) || origin.StartsWith("../", StringComparison.Ordinal))
        {
            origin = FilePrefix + origin;
        }

        if (!origin.StartsWith(FilePrefix, StringComparison.Ordinal))
        {
            return origin;
        }

        var path = origin[FilePrefix.Length..].Split("::")[0].Split('#')[0];
        return FilePrefix + (path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path);
    }

    // npm:^1.0.0 is berry's way to write the range itself.
    private static bool IsRange(string text) => text[0] is '^' or '~' or '*' or '<' or '>' or '=' || char.IsAsciiDigit(text[0]) || text == "latest";
}
