namespace Ecoscanner.JavaScript.Tests.Conformance;

/// <summary>A file of test262 and what a parser must say of it.</summary>
/// <param name="Path">Below the checkout, with forward slashes.</param>
/// <param name="Module">To be parsed as a module, else as a script.</param>
/// <param name="Strict">To be parsed as strict code, which for a script has to be told to the parser: no directive says so in the file.</param>
/// <param name="Valid">False where parsing must fail, early errors included. Files that fail only when they run are valid.</param>
internal sealed record Test262Case(string Path, bool Module, bool Strict, bool Valid);

/// <summary>A file of test262 with all of its front matter that matters here.</summary>
/// <param name="Case">As it is parsed first.</param>
/// <param name="RunsTwice">The case holds for strict code too.</param>
/// <param name="Features">What it needs, by the names in <c>features.txt</c>.</param>
internal sealed record Test262File(Test262Case Case, bool RunsTwice, IReadOnlyList<string> Features)
{
    public bool NeedsAny(IReadOnlyList<string> features) => Features.Any(features.Contains);
}

/// <summary>Reads the language tests of TC39's conformance suite, of which each file's front matter says how it is to be parsed.</summary>
internal static class Test262Cases
{
    /// <summary>Features with syntax that the standard has not taken up yet, or whose files need a host that knows other module types.</summary>
    public static readonly IReadOnlyList<string> Proposals =
    [
        "decorators",
        "import-bytes",
        "import-defer",
        "import-text",
        "source-phase-imports",
        "source-phase-imports-module-source",
    ];

    /// <summary>Features that the standard took up lately. Published counts of other parsers leave them out, so they are counted apart.</summary>
    public static readonly IReadOnlyList<string> LatelyAdopted = ["explicit-resource-management", "regexp-modifiers"];

    private static readonly string[] Roots = ["test/annexB/language", "test/language"];

    /// <summary>The cases that parsers are compared by: those that need neither <see cref="Proposals"/> nor <see cref="LatelyAdopted"/>.</summary>
    public static IEnumerable<Test262Case> Read(string checkout) => Compared(checkout).Select(file => file.Case);

    /// <summary>The same cases once more as strict code, but those whose front matter rules it out or asks for nothing else.</summary>
    public static IEnumerable<Test262Case> ReadStrictly(string checkout) =>
        Compared(checkout).Where(file => file.RunsTwice).Select(file => file.Case with { Strict = true });

    /// <summary>The cases of <see cref="LatelyAdopted"/> features that need no proposal.</summary>
    public static IEnumerable<Test262Case> ReadLatelyAdopted(string checkout) =>
        ReadAll(checkout).Where(file => file.NeedsAny(LatelyAdopted) && !file.NeedsAny(Proposals)).Select(file => file.Case);

    /// <summary>Every file, in order of the path.</summary>
    public static IEnumerable<Test262File> ReadAll(string checkout) =>
        Roots
            .SelectMany(root => Directory.EnumerateFiles(Path.Combine(checkout, root), "*.js", SearchOption.AllDirectories))
            // Fixtures are modules that a test imports, no tests.
            .Where(file => !file.EndsWith("_FIXTURE.js", StringComparison.Ordinal))
            .Select(file => (File: file, Path: Path.GetRelativePath(checkout, file).Replace('\\', '/')))
            .OrderBy(found => found.Path, StringComparer.Ordinal)
            .Select(found => Parse(found.Path, FrontMatter(File.ReadAllText(found.File))));

    internal static Test262File Parse(string path, string[] frontMatter)
    {
        var flags = List(frontMatter, "flags:");
        var module = flags.Contains("module");
        var onlyStrict = flags.Contains("onlyStrict");
        // A test runs both as sloppy and as strict code where no flag says which; raw files, which nothing may be put before, are sloppy.
        var runsTwice = !module && !onlyStrict && !flags.Contains("noStrict") && !flags.Contains("raw");
        // The other phases are resolution (of imports) and runtime.
        var valid = !frontMatter.Any(line => line.Trim() is "phase: parse");
        return new(new(path, module, Strict: module || onlyStrict, valid), runsTwice, List(frontMatter, "features:"));
    }

    private static IEnumerable<Test262File> Compared(string checkout) =>
        ReadAll(checkout).Where(file => !file.NeedsAny(Proposals) && !file.NeedsAny(LatelyAdopted));

    /// <summary>The lines of YAML between <c>/*---</c> and <c>---*/</c>.</summary>
    private static string[] FrontMatter(string source)
    {
        const string Start = "/*---";
        var start = source.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
        var end = source.IndexOf("---*/", start, StringComparison.Ordinal);
        // Tests about line terminators are themselves written with carriage returns.
        return source[start..end].ReplaceLineEndings("\n").Split('\n');
    }

    /// <summary>A list of YAML, written <c>key: [a, b]</c> or with one <c>- a</c> a line below the key.</summary>
    private static List<string> List(string[] frontMatter, string key)
    {
        var at = Array.FindIndex(frontMatter, line => line.TrimStart().StartsWith(key, StringComparison.Ordinal));
        if (at < 0)
        {
            return [];
        }

        var inline = frontMatter[at][(frontMatter[at].IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        return inline is ['[', .. var items, ']']
            ? [.. items.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)]
            :
            [
                .. frontMatter[(at + 1)..]
                    .Select(line => line.Trim())
                    .TakeWhile(line => line.StartsWith("- ", StringComparison.Ordinal))
                    .Select(line => line[2..].Trim()),
            ];
    }
}
