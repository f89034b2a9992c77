using Microsoft.AspNetCore.Http;

namespace Ecoscanner.Bench;

/// <summary>A large slow app: the pace alone may set the time.</summary>
internal static class Pace
{
    private const int Links = 200;
    private const int Rate = 50;
    private const double AllowedRatio = 1.3;
    private const long AllowedBytes = 200L * 1024 * 1024;

    public static async Task<bool> RunAsync(Scanner scanner)
    {
        await using var server = await TargetServer.StartAsync(
            Links,
            async context =>
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200), context.RequestAborted);
                context.Response.StatusCode = 401;
                await context.Response.WriteAsync("no");
            }
        );
        var run = await scanner.RunAsync(
            "scan",
            server.Descriptor,
            "--allow-private",
            server.BaseUrl.Authority,
            "--rate",
            $"{Rate}",
            "--burst",
            "6",
            "-f",
            "json",
            "--exit-zero"
        );
        var ideal = (double)server.Requests / Rate;
        var ratio = run.Elapsed.TotalSeconds / ideal;
        Console.WriteLine($"{Links} links, 200 ms an answer, {Rate} requests a second: exit {run.ExitCode}");
        Console.WriteLine(
            $"requests {server.Requests}, pace allows {ideal:0.0} s, took {run.Elapsed.TotalSeconds:0.0} s, ratio {ratio:0.00} (limit {AllowedRatio}), peak memory {run.PeakBytes / 1048576} MB (limit 200)"
        );
        return run.ExitCode == 0 && ratio <= AllowedRatio && run.PeakBytes <= AllowedBytes;
    }
}
