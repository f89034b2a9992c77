namespace Ecoscanner.JavaScript.Resolution;

/// <summary>Names of files below a root, relative and separated by <c>/</c>; the root is the empty name.</summary>
internal static class ModulePath
{
    /// <summary>Longer names are no names: Linux has the same limit for a path.</summary>
    public const int MaximumLength = 4096;

    // Longest first, so that `.d.ts` is not taken for `.ts`; otherwise in the order in which TypeScript strips them.
    private static readonly string[] Extensions = [".d.ts", ".d.mts", ".d.cts", ".mjs", ".mts", ".cjs", ".cts", ".ts", ".js", ".tsx", ".jsx", ".json"];

    /// <summary>A name seen from a directory, without <c>.</c> and <c>..</c>; null where it leaves the root, is absolute, or is too long.</summary>
    public static string? Combine(string directory, string relative)
    {
        if (relative is ['/' or '\\', ..] or [_, ':', '/' or '\\', ..] || relative.Contains('\0') || directory.Length + relative.Length >= MaximumLength)
        {
            return null;
        }

        var segments = new List<string>(directory.Length == 0 ? [] : directory.Split('/'));
        foreach (var segment in relative.Split('/', '\\'))
        {
            switch (segment)
            {
                case "" or ".":
                    break;
                case ".." when segments.Count == 0:
                    return null;
                case "..":
                    segments.RemoveAt(segments.Count - 1);
                    break;
                default:
                    segments.Add(segment);
                    break;
            }
        }

        return string.Join('/', segments);
    }

    /// <summary>Whether a name needs no tidying: what a tree of files may be asked for.</summary>
    public static bool IsPlain(string path) =>
        path.Length == 0
        || (
            path.Length < MaximumLength
            && !path.AsSpan().ContainsAny('\0', '\\')
            && Array.TrueForAll(path.Split('/'), segment => segment is not ("" or "." or ".."))
        );

    public static string DirectoryOf(string path) => path.LastIndexOf('/') is >= 0 and var slash ? path[..slash] : "";

    public static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    /// <summary>A plain name in a directory.</summary>
    public static string Join(string directory, string name) => directory.Length == 0 ? name : $"{directory}/{name}";

    /// <summary>The directory itself and those above it, the root last.</summary>
    public static IEnumerable<string> Upwards(string directory)
    {
        for (var current = directory; ; current = DirectoryOf(current))
        {
            yield return current;
            if (current.Length == 0)
            {
                yield break;
            }
        }
    }

    public static bool IsBelow(string path, string directory) =>
        directory.Length == 0 || (path.Length > directory.Length && path[directory.Length] == '/' && path.StartsWith(directory, StringComparison.Ordinal));

    public static bool IsInPackages(string path) =>
        path.StartsWith("node_modules/", StringComparison.Ordinal) || path.Contains("/node_modules/", StringComparison.Ordinal);

    /// <summary>The extension of a source, declaration or JSON file; null where it has another or none.</summary>
    public static string? SourceExtension(string path) => Array.Find(Extensions, extension => HasExtension(path, extension));

    public static bool IsDeclaration(string path) =>
        SourceExtension(path) is ".d.ts" or ".d.mts" or ".d.cts" || (HasExtension(path, ".ts") && NameOf(path).Contains(".d.", StringComparison.Ordinal));

    public static bool IsTypeScript(string path) => !IsDeclaration(path) && SourceExtension(path) is (".ts" or ".tsx" or ".mts" or ".cts");

    /// <summary>Whether a specifier starts with <c>./</c> or <c>../</c>, or is one of the two without the slash.</summary>
    public static bool IsRelative(string specifier) => specifier is "." or ".." or ['.', '/' or '\\', ..] or ['.', '.', '/' or '\\', ..];

    private static bool HasExtension(string path, string extension) => path.Length > extension.Length && path.EndsWith(extension, StringComparison.Ordinal);
}
