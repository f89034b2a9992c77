using System.Diagnostics;
using System.Text.Json;
using Ecoscanner.JavaScript.Bench;
using Ecoscanner.JavaScript.Diagnostics;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Text;

if (args is ["extremes"])
{
    return Extremes.Run() ? 0 : 1;
}

// parse-time LIST [ROUNDS]: parses all files of the list once a round and prints one line of JSON, as bench/node/parse-time.mjs does.
// check LIST: prints what does not parse.
var files = File.ReadAllLines(args[1]).Where(line => line.Length > 0).ToArray();
var texts = files.Select(file => new SourceText(File.ReadAllText(file), file)).ToArray();
switch (args[0])
{
    case "check":
        var wrong = 0;
        foreach (var text in texts)
        {
            var tree = SyntaxTree.Parse(text);
            var errors = tree.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
            if (errors.Count > 0)
            {
                wrong++;
                Console.WriteLine($"{text.Path}:{text.Lines.PositionOf(errors[0].Span.Start)}: {errors[0].Message}");
            }
        }

        Console.WriteLine($"{texts.Length} files, {wrong} with errors");
        return wrong == 0 ? 0 : 1;
    default:
        var bytes = files.Sum(file => new FileInfo(file).Length);
        var rounds = args.Length > 2 ? int.Parse(args[2]) : 5;
        var times = new List<double>();
        var cpu = new List<double>();
        long allocated = 0;
        long nodes = 0;
        for (var round = -3; round < rounds; round++)
        {
            GC.Collect();
            var before = GC.GetAllocatedBytesForCurrentThread();
            var processor = Process.GetCurrentProcess().TotalProcessorTime;
            var time = Stopwatch.StartNew();
            nodes = 0;
            foreach (var text in texts)
            {
                nodes += SyntaxTree.Parse(text).NodeCount;
            }

            time.Stop();
            if (round >= 0)
            {
                times.Add(time.Elapsed.TotalMilliseconds);
                cpu.Add((Process.GetCurrentProcess().TotalProcessorTime - processor).TotalMilliseconds);
                allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            }
        }

        times.Sort();
        cpu.Sort();
        Console.WriteLine(
            JsonSerializer.Serialize(
                new
                {
                    parser = "ecoscanner",
                    files = files.Length,
                    bytes,
                    medianMs = Math.Round(times[times.Count / 2], 1),
                    minMs = Math.Round(times[0], 1),
                    cpuMs = Math.Round(cpu[cpu.Count / 2], 1),
                    nodes,
                    bytesPerNode = Math.Round((double)bytes / nodes, 2),
                    allocatedPerByte = Math.Round((double)allocated / bytes, 2),
                }
            )
        );
        return 0;
}
