namespace Ecoscanner.Bench;

/// <summary>How long a person waits for an answer that needs no work.</summary>
internal static class ColdStart
{
    private const int Runs = 15;
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(150);

    public static async Task<bool> RunAsync(Scanner scanner)
    {
        var good = true;
        Console.WriteLine($"{"command", -20} {"min", 8} {"median", 8} {"max", 8}   limit {Limit.TotalMilliseconds} ms");
        foreach (var command in (string[])["--version", "rules", "explain hsts-missing"])
        {
            var times = new List<double>();
            for (var i = 0; i <= Runs; i++)
            {
                var run = await scanner.RunAsync(command.Split(' '));
                if (run.ExitCode != 0)
                {
                    Console.WriteLine($"{command}: exit {run.ExitCode}: {run.Errors}");
                    return false;
                }

                // The first is the warm-up of the file cache.
                if (i > 0)
                {
                    times.Add(run.Elapsed.TotalMilliseconds);
                }
            }

            times.Sort();
            good &= times[Runs / 2] <= Limit.TotalMilliseconds;
            Console.WriteLine($"{command, -20} {times[0], 5:0} ms {times[Runs / 2], 5:0} ms {times[^1], 5:0} ms");
        }

        return good;
    }
}
