using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Ecoscanner.Bench;

/// <summary>Servers that want to keep a scanner for ever, or to fill its memory.</summary>
internal static class Hostile
{
    private const int TimeoutSeconds = 3;
    private const long AllowedBytes = 200L * 1024 * 1024;

    // A page is asked once and its failure is the end of it; the rest is start, TLS attempts and the base URL.
    private static readonly TimeSpan AllowedTime = TimeSpan.FromSeconds(40);

    public static async Task<bool> RunAsync(Scanner scanner)
    {
        var bomb = Bomb();
        var servers = new (string Name, RequestDelegate Answer)[]
        {
            ("one byte a second", context => DripAsync(context, TimeSpan.FromSeconds(1), "a")),
            ("a body of 1 GB", context => FloodAsync(context, 1024)),
            ("a body without end", context => FloodAsync(context, int.MaxValue)),
            ("a gzip bomb of 1 GB", context => GzipAsync(context, bomb)),
            ("a redirect loop", Loop),
            ("a reset in the middle", ResetAsync),
            ("never answers", context => Task.Delay(Timeout.Infinite, context.RequestAborted)),
        };
        var good = true;
        Console.WriteLine(
            $"{"the server", -24} {"exit", 5} {"time", 8} {"peak", 8}  (limits: {AllowedTime.TotalSeconds} s, 200 MB, --timeout {TimeoutSeconds})"
        );
        foreach (var (name, answer) in servers)
        {
            await using var server = await TargetServer.StartAsync(links: 3, answer);
            var run = await scanner.RunAsync(
                "scan",
                server.Descriptor,
                "--allow-private",
                server.BaseUrl.Authority,
                "--rate",
                "100",
                "--burst",
                "100",
                "-f",
                "json",
                "--fail-on",
                "none",
                "--timeout",
                $"{TimeoutSeconds}"
            );
            good &= run.Elapsed <= AllowedTime && run.PeakBytes <= AllowedBytes && run.ExitCode is 0 or 4;
            Console.WriteLine($"{name, -24} {run.ExitCode, 5} {run.Elapsed.TotalSeconds, 6:0.0} s {run.PeakBytes / 1048576, 5} MB");
        }

        return good;
    }

    private static async Task DripAsync(HttpContext context, TimeSpan pause, string text)
    {
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.WriteAsync(text, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(pause, context.RequestAborted);
        }
    }

    private static async Task FloodAsync(HttpContext context, int megabytes)
    {
        var block = new byte[1024 * 1024];
        for (var i = 0; i < megabytes; i++)
        {
            await context.Response.Body.WriteAsync(block, context.RequestAborted);
        }
    }

    private static async Task GzipAsync(HttpContext context, byte[] bomb)
    {
        context.Response.Headers.ContentEncoding = "gzip";
        await context.Response.Body.WriteAsync(bomb, context.RequestAborted);
    }

    private static Task Loop(HttpContext context)
    {
        context.Response.Redirect(context.Request.Path.Value!.EndsWith('/') ? context.Request.Path.Value.TrimEnd('/') : context.Request.Path + "/");
        return Task.CompletedTask;
    }

    private static async Task ResetAsync(HttpContext context)
    {
        context.Response.ContentLength = 1_000_000;
        await context.Response.Body.WriteAsync(Encoding.ASCII.GetBytes("the beginning"), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        context.Abort();
    }

    private static byte[] Bomb()
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.SmallestSize))
        {
            var block = new byte[1024 * 1024];
            for (var i = 0; i < 1024; i++)
            {
                gzip.Write(block);
            }
        }

        return buffer.ToArray();
    }
}
