using System.Buffers;

namespace Ecoscanner.JavaScript.Resolution;

/// <summary>A specifier that names a package, taken apart.</summary>
/// <param name="Name">With its scope: <c>@forge/api</c>.</param>
/// <param name="Subpath">What follows, without the slash; empty where nothing does.</param>
internal sealed record PackageName(string Name, string Subpath)
{
    // npm's limit.
    private const int MaximumLength = 214;

    private static readonly SearchValues<char> Characters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!'()*");

    /// <summary>Null where it can be no package's name.</summary>
    public static PackageName? Of(string specifier)
    {
        var slash = specifier.IndexOf('/', StringComparison.Ordinal);
        if (specifier.StartsWith('@'))
        {
            slash = slash < 0 ? -1 : specifier.IndexOf('/', slash + 1);
            return Split(specifier, slash) is { } scoped && scoped.Name.Split('/') is [['@', .. var scope], var name] && IsName(scope) && IsName(name)
                ? scoped
                : null;
        }

        return Split(specifier, slash) is { } plain && IsName(plain.Name) ? plain : null;
    }

    private static PackageName? Split(string specifier, int slash) =>
        slash > MaximumLength || (slash < 0 && specifier.Length > MaximumLength) ? null
        : slash < 0 ? new PackageName(specifier, "")
        : new PackageName(specifier[..slash], specifier[(slash + 1)..]);

    private static bool IsName(string name) => name is [not ('.' or '_' or '~'), ..] && !name.AsSpan().ContainsAnyExcept(Characters);
}
