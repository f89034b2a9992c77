using System.Text.RegularExpressions;

namespace Ecoscanner.Apps.Forge;

/// <summary>A function's <c>handler</c>: a file without ending, a dot, and the name of an export.</summary>
/// <param name="File">Relative to the source folder, with forward slashes; empty where there is a refusal.</param>
/// <param name="Refusal">Why no file can be looked for; null where it can.</param>
public sealed partial record ForgeHandler(ForgeText Text, string Folder, string File, string Export, string? Refusal)
{
    /// <summary>Where Forge's own bundler looks; <c>app.package.path</c> names another folder for a manual one.</summary>
    public const string DefaultFolder = "src";

    // The first five in the order of Forge's own tool, which takes no others; then what people write all the same.
    private static readonly string[] Endings = [".tsx", ".jsx", ".ts", ".js", ".cjs", ".mjs", ".mts", ".cts"];

    private const int ForgeEndings = 5;

    // As Forge's schema.
    private const int MaximumLength = 1024;

    /// <summary>The files that may hold it, relative to the manifest's folder, the first that exists wins.</summary>
    public IReadOnlyList<ForgeHandlerFile> Candidates => Refusal is null ? [.. Files()] : [];

    internal static ForgeHandler Of(ForgeText text, string folder)
    {
        var value = text.Value.Trim();
        var dot = value.LastIndexOf('.');
        return Wrong(text, value) is { } refusal
            ? new ForgeHandler(text, folder, "", "", refusal)
            : new ForgeHandler(text, folder, value[..dot], value[(dot + 1)..], null);
    }

    /// <summary>True where Forge would take a folder or file name of the manifest: below it, and nowhere else.</summary>
    internal static bool IsBelow(string path) =>
        path.Length > 0
        && path[0] != '/'
        && !path.Contains('\\', StringComparison.Ordinal)
        && !path.Contains(':', StringComparison.Ordinal)
        && !path.Any(char.IsControl)
        && !path.Split('/').Any(part => part is ".." or ".");

    private static string? Wrong(ForgeText text, string value) =>
        !text.IsFixed ? "holds an environment variable, so its file is known at deployment only"
        : value.Length > MaximumLength ? $"has more than {MaximumLength} characters"
        : value.Contains('\\', StringComparison.Ordinal) ? "has a backslash; write forward slashes"
        : value.StartsWith('/') || value.Contains(':', StringComparison.Ordinal) ? "is an absolute path; write it relative to the source folder"
        : value.Split('/').Any(part => part is "." or ".." or "") || value.Contains("..", StringComparison.Ordinal)
            ? "has a part that is empty or dots only; write the path below the source folder"
        : !Shape().IsMatch(value) ? "is no file and export such as index.handler"
        : null;

    private IEnumerable<ForgeHandlerFile> Files()
    {
        var whole = $"{Folder}/{File}";
        // "src/index.run" means src/src/index to Forge; who writes it means src/index.
        string[] stems = File.StartsWith(Folder + "/", StringComparison.Ordinal) ? [whole, File] : [whole];
        foreach (var stem in stems)
        {
            for (var ending = 0; ending < Endings.Length; ending++)
            {
                yield return new ForgeHandlerFile(stem + Endings[ending], ending < ForgeEndings && ReferenceEquals(stem, whole));
            }
        }

        foreach (var stem in stems)
        {
            foreach (var ending in Endings)
            {
                yield return new ForgeHandlerFile($"{stem}/index{ending}", IsForges: false);
            }
        }
    }

    // Forge's own takes no dot in the file's name; index.resolver.run is read as export run of index.resolver.
    [GeneratedRegex(
        @"^[\p{L}\p{Nd}_-]+([./][\p{L}\p{Nd}_-]+)*\.[\p{L}\p{Nd}_$-]+$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Shape();
}

/// <summary>A file that may hold a handler.</summary>
/// <param name="IsForges">True where Forge's own tool would find it; the others are what people write all the same.</param>
public sealed record ForgeHandlerFile(string Path, bool IsForges);
