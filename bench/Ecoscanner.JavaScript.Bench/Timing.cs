using System.Diagnostics;
using System.Globalization;
using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Bench;

/// <summary>How long a set of sources takes, warm, on one thread: the median of some rounds.</summary>
internal sealed record Timing(double Milliseconds, double AllocatedPerByte, long Bytes, long Nodes)
{
    private const int WarmUps = 3;
    private const int Rounds = 5;

    public static Timing Of(IReadOnlyList<string> files, bool binds)
    {
        var texts = files.Select(file => SourceText.Decode(File.ReadAllBytes(file), file)).ToList();
        return Of(texts, files.Sum(file => new FileInfo(file).Length), binds);
    }

    public static Timing Of(IReadOnlyList<SourceText> texts, long bytes, bool binds)
    {
        var times = new List<double>();
        long allocated = 0;
        long nodes = 0;
        for (var round = -WarmUps; round < Rounds; round++)
        {
            GC.Collect();
            var before = GC.GetAllocatedBytesForCurrentThread();
            var time = Stopwatch.StartNew();
            nodes = 0;
            foreach (var text in texts)
            {
                var tree = SyntaxTree.Parse(text);
                nodes += tree.NodeCount;
                if (binds)
                {
                    SemanticModel.Of(tree);
                }
            }

            time.Stop();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (round >= 0)
            {
                times.Add(time.Elapsed.TotalMilliseconds);
            }
        }

        times.Sort();
        return new(times[Rounds / 2], (double)allocated / bytes, bytes, nodes);
    }

    /// <summary>The machine's load average over the last minute.</summary>
    public static string Load => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    public static string Number(double value, string format = "0.00") => value.ToString(format, CultureInfo.InvariantCulture);
}
