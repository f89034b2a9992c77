using System.Diagnostics;
using System.Text;
using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Bench;

/// <summary>Ten times the source takes ten times as long; and a hundred megabytes on all processors.</summary>
internal static class Growth
{
    private const double MixedLimit = 4_000;

    public static bool Run()
    {
        var sample = Inputs.All().First(set => set.Name == "ts-sources").Files.Select(File.ReadAllText).ToList();
        Console.WriteLine("| one source of | parse, ms | ms/MB | bind, ms | ms/MB | load |");
        Console.WriteLine("|--:|--:|--:|--:|--:|--:|");
        foreach (var megabytes in (int[])[1, 10, 100])
        {
            var source = new SourceText(Repeated(sample, megabytes * 1_000_000), "growth.ts");
            var (parse, bind) = Best(source);
            Console.WriteLine(
                $"| {megabytes} MB | {Timing.Number(parse, "0")} | {Timing.Number(parse / megabytes, "0.0")} | {Timing.Number(bind, "0")} | {Timing.Number(bind / megabytes, "0.0")} | {Timing.Load} |"
            );
        }

        return Mixed();
    }

    private static (double Parse, double Bind) Best(SourceText source)
    {
        var best = (Parse: double.MaxValue, Bind: double.MaxValue);
        for (var round = 0; round < 3; round++)
        {
            var time = Stopwatch.StartNew();
            var tree = SyntaxTree.Parse(source);
            var parse = time.Elapsed.TotalMilliseconds;
            time.Restart();
            SemanticModel.Of(tree);
            best = (Math.Min(best.Parse, parse), Math.Min(best.Bind, time.Elapsed.TotalMilliseconds));
        }

        return best;
    }

    // Each file becomes a function's body, without its imports and exports, so that names stay apart.
    private static string Repeated(List<string> sample, int length)
    {
        var text = new StringBuilder(length + 100_000);
        for (var index = 0; text.Length < length; index++)
        {
            text.Append("namespace N").Append(index).Append(" {\n").Append(sample[index % sample.Count]).Append("\n}\n");
        }

        return text.ToString();
    }

    private static bool Mixed()
    {
        const long Wanted = 100_000_000;
        var sources = new List<SourceText>();
        long bytes = 0;
        while (bytes < Wanted)
        {
            foreach (var file in Inputs.All().SelectMany(set => set.Files))
            {
                var content = File.ReadAllBytes(file);
                bytes += content.Length;
                sources.Add(SourceText.Decode(content, file));
                if (bytes >= Wanted)
                {
                    break;
                }
            }
        }

        // The largest first, so that no processor waits for the other's last file.
        sources.Sort((left, right) => right.Length.CompareTo(left.Length));
        Parallel.ForEach(sources.Take(50), source => SemanticModel.Of(SyntaxTree.Parse(source)));
        var time = Stopwatch.StartNew();
        Parallel.ForEach(sources, new ParallelOptions { MaxDegreeOfParallelism = 2 }, source => SemanticModel.Of(SyntaxTree.Parse(source)));
        time.Stop();
        Console.WriteLine(
            $"\n{Timing.Number(bytes / 1e6, "0")} MB in {sources.Count} sources, parsed and bound on two processors: {Timing.Number(time.Elapsed.TotalMilliseconds, "0")} ms (limit {MixedLimit}), load {Timing.Load}"
        );
        return time.Elapsed.TotalMilliseconds <= MixedLimit;
    }
}
