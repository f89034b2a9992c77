using System.Text.Json;

namespace Ecoscanner.JavaScript.Bench;

/// <summary>The parser beside others in one run: the same files, warm, one thread, medians of five.</summary>
internal static class Peers
{
    // The limits on our share of oxc-parser's time, and on what is allocated for each byte of the source.
    private static readonly Dictionary<string, (double Ratio, double Allocated)> Limits = new(StringComparer.Ordinal)
    {
        ["typescript-js"] = (0.75, 8),
        ["ts-sources"] = (0.75, 8),
        ["tsx"] = (0.9, 8),
        ["minified"] = (0.9, 20),
    };

    public static bool Run()
    {
        var node = Path.Combine(Inputs.Root, "bench", "node");
        if (!Directory.Exists(Path.Combine(node, "node_modules")))
        {
            Inputs.Run(node, "npm", "ci", "--no-audit", "--no-fund", "--loglevel=error");
        }

        var good = true;
        Console.WriteLine("| input | files | MB | ours, ms | MB/s | oxc-parser, ms | ratio | limit | bytes allocated a byte | limit | bound too, ms | load |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var (name, title, files) in Inputs.All())
        {
            var ours = Timing.Of(files, binds: false);
            var theirs = PeerTime(node, "oxc", Inputs.ListOf(name, files));
            var bound = Timing.Of(files, binds: true);
            var ratio = ours.Milliseconds / theirs;
            var (ratioLimit, allocationLimit) = Limits[name];
            good &= ratio <= ratioLimit && ours.AllocatedPerByte <= allocationLimit;
            Console.WriteLine(
                $"| {title} | {files.Count} | {Timing.Number(ours.Bytes / 1e6)} | {Timing.Number(ours.Milliseconds, "0.0")} | {Timing.Number(ours.Bytes / ours.Milliseconds / 1000, "0")} "
                    + $"| {Timing.Number(theirs, "0.0")} | **{Timing.Number(ratio)}** | {Timing.Number(ratioLimit)} | {Timing.Number(ours.AllocatedPerByte, "0.0")} | {allocationLimit} "
                    + $"| {Timing.Number(bound.Milliseconds, "0.0")} | {Timing.Load} |"
            );
        }

        return good;
    }

    private static double PeerTime(string node, string parser, string list)
    {
        using var answer = JsonDocument.Parse(Inputs.Run(node, "node", "--expose-gc", "parse-time.mjs", parser, list));
        return answer.RootElement.GetProperty("medianMs").GetDouble();
    }
}
