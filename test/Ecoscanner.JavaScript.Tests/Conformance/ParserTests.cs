namespace Ecoscanner.JavaScript.Tests.Conformance;

/// <summary>A program of test262-parser-tests.</summary>
/// <param name="Path">The file.</param>
/// <param name="Group">A folder of the package: pass, pass-explicit (the same programs, fully parenthesised), fail (no grammar) or early (errors beyond it).</param>
/// <param name="Module">To be parsed as a module, else as a sloppy script.</param>
internal sealed record ParserTest(string Path, string Group, bool Module)
{
    /// <summary>What the language says today: the package is of 2017.</summary>
    public bool Valid => Group.StartsWith("pass", StringComparison.Ordinal) || ParserTests.LegalToday.Contains($"{Group}/{System.IO.Path.GetFileName(Path)}");

    /// <summary>The other writing of the same program, whose tree must be equal but for parentheses and positions.</summary>
    public string Explicit => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, "..", "pass-explicit", System.IO.Path.GetFileName(Path));
}

/// <summary>Reads the npm package test262-parser-tests.</summary>
internal static class ParserTests
{
    public const string Package = "test262-parser-tests";

    public static readonly IReadOnlyList<string> Groups = ["pass", "pass-explicit", "fail", "early"];

    /// <summary>Programs of fail and early that the language has come to allow since, each with its reason.</summary>
    public static readonly IReadOnlySet<string> LegalToday = new HashSet<string>(StringComparer.Ordinal)
    {
        // Annex B gives sloppy strings the escapes \8 and \9 (ES2021).
        "fail/0d5e450f1da8a92a.js",
        "fail/748656edbfb2d0bb.js",
        "fail/79f882da06f88c9f.js",
        "fail/92b6af54adef3624.js",
        // Strings may hold U+2028 and U+2029 (ES2019).
        "fail/647e21f8f157c338.js",
        "fail/8af69d8f15295ed2.js",
        // Class fields (ES2022).
        "fail/98204d734f8c72b3.js",
        "fail/ef81b93cf9bdb4ec.js",
        // Sloppy code may assign to what a call returns, which fails when it runs (annex B, adopted lately).
        "fail/a8beb1480f385441.js",
        // Annex B lets a sloppy for-in initialise its var (ES2017).
        "fail/e3fbcf63d7e43ead.js",
        // A catch parameter may be declared again by for-of's var too (ES2020, annex B).
        "early/0f5f47108da5c34e.js",
        // Annex B lets sloppy blocks declare a function twice.
        "early/12a74c60f52a60de.js",
        "early/1aff49273f3e3a98.js",
        "early/be7329119eaa3d47.js",
        "early/ec31fa5e521c5df4.js",
    };

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
