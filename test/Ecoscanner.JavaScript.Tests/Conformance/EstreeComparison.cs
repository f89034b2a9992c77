using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ecoscanner.JavaScript.Diagnostics;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Syntax.Printing;
using Ecoscanner.JavaScript.Text;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.JavaScript.Tests.Conformance;

/// <summary>What <c>test/node/estree-compare.mjs</c> says of some files.</summary>
/// <param name="Files">How many were compared.</param>
/// <param name="Equal">How many trees are equal.</param>
/// <param name="Differ">How many are not; those that only we reject are among them.</param>
/// <param name="Rejected">How many the other parser rejects.</param>
/// <param name="Lines">The first differences of each file.</param>
internal sealed partial record EstreeComparison(int Files, int Equal, int Differ, int Rejected, IReadOnlyList<string> Lines)
{
    public const string Package = "oxc-parser";

    // Trees are some twenty times as long as their sources, so they are not all kept.
    private const int BatchSize = 300;

    public string Summary => $"{Files} files, {Equal} equal, {Differ} differ, {Rejected} rejected by the peer";

    public static async Task<EstreeComparison> OfAsync(IEnumerable<EstreeSource> sources, CancellationToken cancellation)
    {
        var batches = sources.Chunk(BatchSize).ToList();
        var results = new EstreeComparison[batches.Count];
        await Parallel.ForAsync(
            0,
            batches.Count,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation },
            async (index, token) => results[index] = await OfBatchAsync(batches[index], token)
        );
        return new(
            results.Sum(result => result.Files),
            results.Sum(result => result.Equal),
            results.Sum(result => result.Differ),
            results.Sum(result => result.Rejected),
            [.. results.SelectMany(result => result.Lines)]
        );
    }

    private static async Task<EstreeComparison> OfBatchAsync(EstreeSource[] sources, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("estree");
        try
        {
            var list = sources.Select((source, index) => Dump(source, Path.Combine(folder.FullName, $"{index}.json")));
            return await CompareAsync([.. list], cancellation);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // Writes our tree, and says what the script has to know of it.
    private static string Dump(EstreeSource source, string path)
    {
        var tree = SyntaxTree.Parse(new SourceText(File.ReadAllText(source.File), source.File), source.Options);
        var entry = new JsonObject { ["file"] = source.File };
        if (source.Options is { } options)
        {
            entry["lang"] = (options.TypeScript, options.Jsx) switch
            {
                (true, true) => "tsx",
                (true, false) => "ts",
                (false, true) => "jsx",
                _ => "js",
            };
        }

        if (tree.Diagnostics.FirstOrDefault(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) is { } error)
        {
            entry["error"] = $"{error.Code}: {error.Message} at {tree.Source.Lines.PositionOf(error.Span.Start)}";
            return entry.ToJsonString();
        }

        if (tree.IsFlow)
        {
            // The peer knows no Flow, and of TypeScript what the two share.
            entry["lang"] = "tsx";
        }

        using var output = File.Create(path);
        EstreeWriter.Write(tree, output);
        entry["tree"] = path;
        // Either goal accepts most files; the trees differ in few.
        entry["sourceType"] = tree.IsModule ? "module" : "script";
        return entry.ToJsonString();
    }

    private static async Task<EstreeComparison> CompareAsync(IReadOnlyList<string> list, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(Repository.Root, "test", "node", "estree-compare.mjs")])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = Process.Start(start)!;
        var output = node.StandardOutput.ReadToEndAsync(cancellation);
        var errors = node.StandardError.ReadToEndAsync(cancellation);
        await node.StandardInput.WriteAsync(string.Join('\n', list).AsMemory(), cancellation);
        node.StandardInput.Close();
        await node.WaitForExitAsync(cancellation);
        var text = await output;
        var counts = Counts().Match(text);
        Assert.True(counts.Success, $"estree-compare.mjs ended with {node.ExitCode}: {await errors}{text}");
        int Count(string name) => int.Parse(counts.Groups[name].Value);
        return new(Count("files"), Count("equal"), Count("differ"), Count("rejected"), text[..counts.Index].Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [GeneratedRegex(@"(?<files>\d+) files, (?<equal>\d+) equal, (?<differ>\d+) differ, (?<rejected>\d+) rejected by the peer\s*$", RegexOptions.None, 10_000)]
    private static partial Regex Counts();
}

/// <summary>A source to be compared.</summary>
/// <param name="File">Where it is.</param>
/// <param name="Options">How it is read; null says that the ending of its name tells.</param>
internal sealed record EstreeSource(string File, ParseOptions? Options = null);
