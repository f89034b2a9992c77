namespace Ecoscanner.JavaScript.Tests.Conformance;

/// <summary>A program of test262-parser-tests.</summary>
/// <param name="Path">The file.</param>
/// <param name="Group">A folder of the package: pass, pass-explicit (the same programs, fully parenthesised), fail (no grammar) or early (errors beyond it).</param>
/// <param name="Module">To be parsed as a module, else as a sloppy script.</param>
internal sealed record ParserTest(string Path, string Group, bool Module)
{
    public bool Valid => Group.StartsWith("pass", StringComparison.Ordinal);

    /// <summary>The other writing of the same program, whose tree must be equal but for parentheses and positions.</summary>
    public string Explicit => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, "..", "pass-explicit", System.IO.Path.GetFileName(Path));
}

/// <summary>Reads the npm package test262-parser-tests.</summary>
internal static class ParserTests
{
    public const string Package = "test262-parser-tests";

    public static readonly IReadOnlyList<string> Groups = ["pass", "pass-explicit", "fail", "early"];

    /// <summary>The programs of all groups, group by group.</summary>
    /// <param name="folder">Of the package, as <see cref="Suites.FindPackage"/> tells it.</param>
    public static IEnumerable<ParserTest> Read(string folder) =>
        Groups.SelectMany(group =>
            Directory
                .EnumerateFiles(Path.Combine(folder, group), "*.js")
                .Order(StringComparer.Ordinal)
                .Select(file => new ParserTest(file, group, Module: file.EndsWith(".module.js", StringComparison.Ordinal)))
        );
}
