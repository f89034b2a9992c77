using System.Text.RegularExpressions;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.JavaScript.Tests.Resolution;

/// <summary>Holds the resolver against TypeScript's own, on trees made up here and on packages that are installed.</summary>
public sealed partial class TypeScriptComparisonTests(ITestOutputHelper output)
{
    // Files of installed packages that are read for specifiers: enough of each package, in reasonable time.
    private const int MaximumFilesOfPackage = 1500;
    private const int MaximumQuestions = 200_000;

    [Theory]
    [MemberData(nameof(MadeUpTrees.Names), MemberType = typeof(MadeUpTrees))]
    public void Made_up_trees_are_resolved_as_TypeScript_does(string name)
    {
        TypeScriptAnswers.SkipUnlessInstalled();
        var tree = MadeUpTrees.Named(name);
        using var folder = new TemporaryFolder();
        folder.Write(tree.Files);
        var questions =
            from @from in tree.From
            from specifier in tree.Specifiers
            from kind in Enum.GetValues<ImportKind>()
            from style in Enum.GetValues<ModuleStyle>()
            select new ModuleQuestion(@from, specifier, kind, style);
        Compare(folder.Path, tree.Files.ContainsKey("tsconfig.json") ? "tsconfig.json" : null, [.. questions]);
    }

    /// <summary>Packages of test/node, or of the folder that <c>ECOSCANNER_MODULE_TREE</c> names.</summary>
    [Fact]
    public void Installed_packages_are_resolved_as_TypeScript_does()
    {
        TypeScriptAnswers.SkipUnlessInstalled();
        var root = Environment.GetEnvironmentVariable("ECOSCANNER_MODULE_TREE") ?? Path.Combine(Repository.Root, "test", "node");
        var packages = Path.Combine(root, "node_modules");
        var folders = Directory
            .GetDirectories(packages)
            .SelectMany(folder => Path.GetFileName(folder).StartsWith('@') ? Directory.GetDirectories(folder) : [folder])
            .Order(StringComparer.Ordinal)
            .ToList();
        var questions = folders
            .SelectMany(folder => SpecifiersIn(root, folder))
            .Concat(folders.SelectMany(folder => Entries(root, folder)))
            .Distinct()
            .Take(MaximumQuestions)
            .ToList();
        Compare(root, null, questions);
    }

    private void Compare(string root, string? configuration, IReadOnlyList<ModuleQuestion> questions)
    {
        var answers = TypeScriptAnswers.To(root, configuration, questions);
        var files = new FolderFiles(root);
        var resolvers = Enum.GetValues<ModuleStyle>()
            .ToDictionary(
                style => style,
                style => new ModuleResolver(
                    files,
                    new ModuleOptions
                    {
                        Style = style,
                        Conditions = [],
                        IsStrict = true,
                    }
                )
            );
        var (same, found, builtIn, versioned) = (0, 0, 0, 0);
        var different = new List<string>();
        foreach (var (question, theirs) in questions.Zip(answers))
        {
            var resolution = resolvers[question.Style].Resolve(question.From, question.Specifier, question.Kind);
            var ours = (resolution as ResolvedModule)?.Path ?? (resolution as AssetModule)?.Path;
            if (resolution is BuiltInModule && theirs?.StartsWith("node_modules/", StringComparison.Ordinal) == true)
            {
                // Node's own modules hold before packages that stand in for them in a browser.
                builtIn++;
                continue;
            }

            if (ours == theirs)
            {
                same++;
                found += ours is null ? 0 : 1;
                continue;
            }

            if (
                ours is not null
                && question.Kind != ImportKind.Type
                && resolvers[question.Style].Manifests.Above(Path.GetDirectoryName(ours)!)?.TypesVersions.Count > 0
            )
            {
                // TypeScript looks for sources, too, where typesVersions says that types are. Neither Node nor bundlers do.
                versioned++;
                continue;
            }

            different.Add($"{question}: TypeScript {theirs ?? "nothing"}, here {ours ?? resolution.ToString()}");
        }

        output.WriteLine(
            $"{questions.Count} compared: {same} alike ({found} of them files), {builtIn} modules of Node, {versioned} by typesVersions, {different.Count} different"
        );
        Assert.True(different.Count == 0, $"{different.Count} of {questions.Count} differ\n{string.Join('\n', different.Take(40))}");
    }

    private static IEnumerable<ModuleQuestion> Entries(string root, string package)
    {
        var name = Path.GetRelativePath(Path.Combine(root, "node_modules"), package).Replace('\\', '/');
        return Questions("app.ts", [name, $"{name}/package.json"]);
    }

    private static IEnumerable<ModuleQuestion> SpecifiersIn(string root, string package) =>
        Directory
            .EnumerateFiles(package, "*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 6 })
            .Where(file =>
                file.EndsWith(".js", StringComparison.Ordinal)
                || file.EndsWith(".ts", StringComparison.Ordinal)
                || file.EndsWith(".mjs", StringComparison.Ordinal)
                || file.EndsWith(".cjs", StringComparison.Ordinal)
                || file.EndsWith(".tsx", StringComparison.Ordinal)
                || file.EndsWith(".mts", StringComparison.Ordinal)
                || file.EndsWith(".cts", StringComparison.Ordinal)
            )
            .Where(file => new FileInfo(file).Length < 500_000)
            .Order(StringComparer.Ordinal)
            // Spread over the package and not only its first folder.
            .GroupBy(Path.GetDirectoryName)
            .SelectMany(folder => folder.Take(12))
            .Take(MaximumFilesOfPackage)
            .SelectMany(file =>
                Questions(
                    Path.GetRelativePath(root, file).Replace('\\', '/'),
                    Specifier().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value).Distinct().Take(10)
                )
            );

    private static IEnumerable<ModuleQuestion> Questions(string file, IEnumerable<string> specifiers) =>
        from specifier in specifiers
        from kind in new[] { ImportKind.Import, ImportKind.Require, ImportKind.Type }
        from style in Enum.GetValues<ModuleStyle>()
        select new ModuleQuestion(file, specifier, kind, style);

    [GeneratedRegex(
        """(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\(\s*)["'](?<name>[^"'\s]{1,200})["']""",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 5000
    )]
    private static partial Regex Specifier();
}
