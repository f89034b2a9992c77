using System.Diagnostics;
using System.Text.Json;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.JavaScript.Tests.Resolution;

/// <summary>Asks npm's typescript where modules are.</summary>
internal static class TypeScriptAnswers
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static string NodeFolder => Path.Combine(Repository.Root, "test", "node");

    public static void SkipUnlessInstalled() =>
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(NodeFolder, "node_modules", "typescript")),
            "typescript is not installed: run npm install --no-save typescript@5.9.3 in test/node"
        );

    /// <summary>The files, each below the root; null where TypeScript finds none.</summary>
    public static IReadOnlyList<string?> To(string root, string? configuration, IReadOnlyList<ModuleQuestion> questions)
    {
        SkipUnlessInstalled();
        var file = Path.Combine(Path.GetTempPath(), $"ecoscanner-{Guid.NewGuid():N}.jsonl");
        File.WriteAllLines(file, questions.Select(question => Line(root, configuration, question)));
        try
        {
            using var node = Process.Start(
                new ProcessStartInfo("node", [Path.Combine(NodeFolder, "typescript-resolve.mjs"), file])
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
            return [.. lines.Result.TrimEnd().Split('\n').Select(line => JsonSerializer.Deserialize<string?>(line))];
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string Line(string root, string? configuration, ModuleQuestion question) =>
        JsonSerializer.Serialize(
            new
            {
                root,
                from = question.From,
                specifier = question.Specifier,
                kind = question.Kind switch
                {
                    ImportKind.Import => "import",
                    ImportKind.Require => "require",
                    ImportKind.DynamicImport => "dynamic",
                    _ => "type",
                },
                options = new { moduleResolution = question.Style == ModuleStyle.Node16 ? "node16" : "bundler", config = configuration },
            }
        );
}

/// <summary>A specifier in a file, and by whose rules it is resolved.</summary>
internal sealed record ModuleQuestion(string From, string Specifier, ImportKind Kind, ModuleStyle Style);
