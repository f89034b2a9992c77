using System.Diagnostics;
using Ecoscanner.JavaScript.Lowering;
using Ecoscanner.JavaScript.Modules;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.JavaScript.Taint;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Bench;

/// <summary>Values and calls of apps of 50, 500 and 5,000 files: ten times the files take ten times as long.</summary>
internal static class FlowOfApp
{
    private const int Rounds = 3;

    // Of 500 files, in milliseconds, warm: values, calls and taint.
    private const double Limit = 1_000;

    // Once is enough for what takes long.
    private const int LongCount = 5_000;

    private const string Rules = """
        source location
        source fetch
        sink code eval(0)
        sink html document.write(0)
        effect storage localStorage.setItem(0)
        guard storage confirm() true
        """;

    public static bool Run()
    {
        var files = Inputs.All().Where(set => set.Name is "ts-sources" or "tsx").SelectMany(set => set.Files).ToList();
        var isGood = true;
        Console.WriteLine(
            "| files | MB | | lower, ms | values, calls and taint, ms | of it taint, ms | steps | instances | nodes | links | sets | memory, MB | load |"
        );
        Console.WriteLine("|--:|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var count in (int[])[50, 500, 5_000])
        {
            var graph = ModuleGraph.Of(App(files, count));
            var bytes = graph.Modules.Sum(module => (long)(module.Record?.Tree.Source.Length ?? 0));
            var best = double.MaxValue;
            var rounds = count == LongCount ? 1 : Rounds;
            for (var round = 0; round < rounds; round++)
            {
                var time = Stopwatch.StartNew();
                foreach (var module in graph.Modules)
                {
                    _ = module.Record is { } record ? LoweredModule.Of(record) : null;
                }

                var lowering = time.Elapsed.TotalMilliseconds;
                time.Restart();
                var values = ProgramValues.Of(graph);
                var taint = time.Elapsed.TotalMilliseconds;
                _ = TaintAnalysis.Of(values, TaintRules.Parse(Rules));
                var milliseconds = time.Elapsed.TotalMilliseconds;
                taint = milliseconds - taint;
                best = Math.Min(best, milliseconds);
                if (round == 0 || round == rounds - 1)
                {
                    var solver = values.Solver;
                    Console.WriteLine(
                        $"| {graph.Modules.Length} | {Timing.Number(bytes / 1e6)} | {(round == 0 ? "first" : "again")} | {Timing.Number(lowering, "0")} | {Timing.Number(milliseconds, "0")} | {Timing.Number(taint, "0")} | {solver.Steps} | {solver.Instances.Count} | {solver.Flow.NodeCount} | {solver.Flow.LinkCount} | {solver.Sets.Count} | {Process.GetCurrentProcess().PeakWorkingSet64 / 1_000_000} | {Timing.Load} |"
                    );
                    foreach (var gap in values.Gaps.Where(gap => gap.Kind != ValueGapKind.Source))
                    {
                        Console.WriteLine($"  {gap.Reason}");
                    }
                }
            }

            isGood &= count != 500 || best <= Limit;
        }

        return isGood;
    }

    // Real sources in the folders they had, as often as it takes.
    private static MemoryFiles App(List<string> files, int count)
    {
        var app = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var index = 0; index < count; index++)
        {
            var file = files[index % files.Count];
            app[$"copy{index / files.Count}/{Path.GetRelativePath(Inputs.Root, file).Replace('\\', '/')}"] = File.ReadAllText(file);
        }

        return new(app);
    }
}
