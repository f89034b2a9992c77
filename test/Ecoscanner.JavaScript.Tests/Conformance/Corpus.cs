namespace Ecoscanner.JavaScript.Tests.Conformance;

/// <summary>Real JavaScript and TypeScript: the npm packages in <c>test/node</c>, which other parsers accept without exception.</summary>
internal static class Corpus
{
    /// <summary>A package that is there whenever any is.</summary>
    public const string Package = "typescript";

    /// <summary>Folders with what people wrote, of packages that ship their sources.</summary>
    private static readonly string[] Sources = ["@blueprintjs/core/src", "apache-arrow/src", "rxjs/src", "three/examples/jsm", "three/src", "zod/src"];

    private static readonly HashSet<string> Extensions = new([".js", ".cjs", ".mjs", ".jsx", ".ts", ".cts", ".mts", ".tsx"], StringComparer.Ordinal);

    /// <summary>Sources as people write them; none where the packages are not installed.</summary>
    public static IEnumerable<string> Written() => Sources.SelectMany(Below);

    /// <summary>The same and what compilers and minifiers made of it, declaration files too, in order of the path.</summary>
    public static IEnumerable<string> All() =>
        // The parser tests hold what must not parse.
        Below(".").Where(file => !file.Contains($"/{ParserTests.Package}/", StringComparison.Ordinal));

    private static IEnumerable<string> Below(string folder) =>
        Suites.FindPackage(folder) is { } found
            ? Directory
                .EnumerateFiles(Path.GetFullPath(found), "*", SearchOption.AllDirectories)
                .Where(file => Extensions.Contains(Path.GetExtension(file)))
                .Order(StringComparer.Ordinal)
            : [];
}
