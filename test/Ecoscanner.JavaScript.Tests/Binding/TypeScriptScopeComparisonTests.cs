using System.Diagnostics;
using System.Text.Json;
using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Tests.Conformance;
using Ecoscanner.JavaScript.Text;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.JavaScript.Tests.Binding;

/// <summary>Holds the binder against TypeScript's checker, on what people wrote: which declaration in its file does each identifier refer to?</summary>
public sealed class TypeScriptScopeComparisonTests(ITestOutputHelper output)
{
    private const int FilesOfPackage = 80;
    private const int DifferencesShown = 30;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData("rxjs/src")]
    [InlineData("zod/src")]
    [InlineData("apache-arrow/src")]
    [InlineData("@blueprintjs/core/src")]
    [InlineData("three/src")]
    public void Identifiers_refer_to_the_declarations_that_TypeScript_finds(string folder)
    {
        Assert.SkipWhen(Suites.FindPackage(Corpus.Package) is null, Suites.HowToInstall(Corpus.Package));
        var files = Sample(folder);
        var models = files.ConvertAll(file => SemanticModel.Of(SyntaxTree.Parse(new SourceText(File.ReadAllText(file), file))));
        var (same, unknown, merged) = (0, 0, 0);
        var different = new List<string>();
        foreach (var (model, theirs) in models.Zip(Ask(models)))
        {
            foreach (var (reference, declarations) in model.References.Zip(theirs))
            {
                var ours = reference.Symbol.Exists ? reference.Symbol.Declarations.Select(node => node.Start).Distinct().Order().ToArray() : [];
                if (ours.SequenceEqual(declarations))
                {
                    same++;
                    unknown += ours.Length == 0 ? 1 : 0;
                }
                else if (reference.Symbol.Is(SymbolKinds.TypeParameter) && ours.All(declarations.Contains))
                {
                    // The type parameters of an interface and a class of one name are one for the checker.
                    merged++;
                }
                else
                {
                    var place = model.Tree.Source.Lines.PositionOf(reference.Node.Start);
                    different.Add(
                        $"{model.Tree.Source.Path}:{place} {reference.Name}: TypeScript [{Places(model, declarations)}], here [{Places(model, ours)}]"
                    );
                }
            }
        }

        output.WriteLine(
            $"{files.Count} files, {same} identifiers alike ({unknown} of them declared elsewhere), {merged} merged type parameters, {different.Count} different"
        );
        Assert.True(different.Count == 0, $"{different.Count} of {same + different.Count} differ\n{string.Join('\n', different.Take(DifferencesShown))}");
        Assert.True(same > 1_000);
    }

    // Spread over the package and not only its first folders.
    private static List<string> Sample(string folder)
    {
        var root = Path.GetFullPath(Suites.FindPackage(folder)!);
        var all = Corpus.Written().Where(file => file.StartsWith(root, StringComparison.Ordinal)).ToList();
        var step = Math.Max(1, all.Count / FilesOfPackage);
        return [.. all.Where((_, index) => index % step == 0)];
    }

    private static List<int[][]> Ask(List<SemanticModel> models)
    {
        var file = Path.Combine(Path.GetTempPath(), $"ecoscanner-{Guid.NewGuid():N}.jsonl");
        File.WriteAllLines(
            file,
            models.Select(model =>
                JsonSerializer.Serialize(new { file = model.Tree.Source.Path, references = model.References.Select(reference => reference.Node.Start) })
            )
        );
        try
        {
            var script = Path.Combine(Repository.Root, "test", "node", "typescript-scopes.mjs");
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
            return [.. lines.Result.TrimEnd().Split('\n').Select(line => JsonSerializer.Deserialize<int[][]>(line)!)];
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Places(SemanticModel model, int[] starts) => string.Join(", ", starts.Select(start => model.Tree.Source.Lines.PositionOf(start)));
}
