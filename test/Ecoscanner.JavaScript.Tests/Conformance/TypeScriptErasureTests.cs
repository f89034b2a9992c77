using System.Diagnostics;
using System.Text.Json;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Text;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.JavaScript.Tests.Conformance;

/// <summary>What runs of TypeScript that people wrote is what TypeScript's compiler makes of it.</summary>
public sealed class TypeScriptErasureTests(ITestOutputHelper output)
{
    private const int FilesOfPackage = 50;
    private const int FewestCompared = 197;
    private const int DifferencesShown = 30;
    private static readonly string[] Folders = ["rxjs/src", "zod/src", "apache-arrow/src", "@blueprintjs/core/src"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // What the compiler turns into code instead of erasing it. A file that has some is left out.
    private static readonly NodeKind[] Rewritten =
    [
        NodeKind.TSEnumDeclaration,
        NodeKind.TSModuleDeclaration,
        NodeKind.TSParameterProperty,
        NodeKind.TSImportEqualsDeclaration,
        NodeKind.TSExportAssignment,
    ];

    // All in one: most of the time goes to starting the compiler.
    [Fact]
    public void What_runs_is_what_TypeScript_emits()
    {
        Assert.SkipWhen(Suites.FindPackage(Corpus.Package) is null, Suites.HowToInstall(Corpus.Package));
        var trees = Folders.SelectMany(Sample).Select(file => SyntaxTree.Parse(new SourceText(File.ReadAllText(file), file))).ToList();
        var compared = trees.Where(tree => !HasRewritten(tree)).ToList();
        var different = compared
            .Zip(Emitted(compared))
            .Select(pair => (pair.First.Source.Path, Difference: Difference(pair.First, pair.Second)))
            .Where(pair => pair.Difference is not null)
            .ToList();
        output.WriteLine($"{trees.Count} files, {compared.Count} compared, {different.Count} different");
        Assert.True(different.Count == 0, string.Join('\n', different.Take(DifferencesShown).Select(pair => $"{pair.Path} {pair.Difference}")));
        Assert.True(compared.Count >= FewestCompared);
    }

    private static string? Difference(SyntaxTree tree, string emitted)
    {
        var printed = SyntaxTree.Parse(new SourceText(emitted), ParseOptions.For("a.mjs"));
        return RuntimeTree.Difference(RuntimeTree.Of(tree, IsEmptyExport), RuntimeTree.Of(printed, IsEmptyExport));
    }

    // Added where nothing else would say that it is a module.
    private static bool IsEmptyExport(Node node) =>
        node is { Kind: NodeKind.ExportNamedDeclaration, Declaration.Exists: false, Specifiers.Count: 0, Source.Exists: false };

    private static bool HasRewritten(SyntaxTree tree) =>
        Enumerable.Range(1, tree.NodeCount).Select(tree.NodeAt).Any(node => Rewritten.Contains(node.Kind) && !node.IsErased);

    // Spread over the package and not only its first folders.
    private static List<string> Sample(string folder)
    {
        var root = Path.GetFullPath(Suites.FindPackage(folder)!);
        var all = Corpus.Written().Where(file => file.StartsWith(root, StringComparison.Ordinal) && IsSource(file)).ToList();
        var step = Math.Max(1, all.Count / FilesOfPackage);
        return [.. all.Where((_, index) => index % step == 0)];
    }

    private static bool IsSource(string file) => Path.GetExtension(file) is ".ts" or ".tsx" && !file.EndsWith(".d.ts", StringComparison.Ordinal);

    private static List<string> Emitted(List<SyntaxTree> trees)
    {
        var file = Path.Combine(Path.GetTempPath(), $"ecoscanner-{Guid.NewGuid():N}.txt");
        File.WriteAllLines(file, trees.Select(tree => tree.Source.Path!));
        try
        {
            var script = Path.Combine(Repository.Root, "test", "node", "typescript-erase.mjs");
            using var node = Process.Start(
                new ProcessStartInfo("node", [script, file])
                {
                    UseShellExecute = false,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                }
            )!;
            var errors = node.StandardError.ReadToEndAsync();
            var lines = node.StandardOutput.ReadToEndAsync();
            if (!node.WaitForExit(Patience))
            {
                node.Kill();
                Assert.Fail("node did not answer");
            }

            Assert.True(node.ExitCode == 0, errors.Result);
            return [.. lines.Result.TrimEnd().Split('\n').Select(line => JsonSerializer.Deserialize<string>(line)!)];
        }
        finally
        {
            File.Delete(file);
        }
    }
}
