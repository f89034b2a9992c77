using Microsoft.AspNetCore.Http;

namespace Ecoscanner.Bench;

/// <summary>Requests counted at the server, for answers that tempt a scanner to ask again.</summary>
internal static class Budgets
{
    private const int Links = 20;

    // 2 for the scan, 6 a link, 3 a host.
    private const int Budget = 2 + (6 * Links) + 3;

    public static async Task<bool> RunAsync(Scanner scanner)
    {
        var answers = new (string Name, RequestDelegate Answer)[]
        {
            ("refuses all with 401", context => Say(context, 401, "no")),
            ("opens all, each page its own", context => Say(context, 200, $"<h1>{context.Request.Path} alpha beta gamma</h1>")),
            ("soft 404", context => Say(context, 200, "<h1>we are sorry</h1>")),
            ("redirects to itself with a slash", context => Redirect(context, context.Request.Path + "/")),
            ("redirects to a login page", context => Redirect(context, "/login")),
            ("503 with Retry-After 0", context => Busy(context, "0")),
            ("429 with Retry-After 1", context => Busy(context, "1")),
            ("refuses no token, takes any", context => Say(context, context.Request.Query.ContainsKey("jwt") ? 200 : 401, "welcome to the board")),
            ("resets each connection", Abort),
        };
        var good = true;
        Console.WriteLine($"{"the app", -36} {"sent", 6} {"budget", 7} {"most a page", 12} {"exit", 5}");
        foreach (var (name, answer) in answers)
        {
            await using var server = await TargetServer.StartAsync(Links, answer);
            var run = await scanner.RunAsync(
                "scan",
                server.Descriptor,
                "--allow-private",
                server.BaseUrl.Authority,
                "--rate",
                "500",
                "--burst",
                "500",
                "-f",
                "json",
                "--timeout",
                "5"
            );
            var page = server
                .ByPath.Where(path => path.Key.Contains("/page/", StringComparison.Ordinal))
                .GroupBy(path => path.Key.TrimEnd('/'), StringComparer.Ordinal)
                .Select(group => group.Sum(path => path.Value))
                .DefaultIfEmpty()
                .Max();
            good &= server.Requests <= Budget && page <= 6 && run.ExitCode is 0 or 1 or 4;
            Console.WriteLine($"{name, -36} {server.Requests, 6} {Budget, 7} {page, 12} {run.ExitCode, 5}");
        }

        return good;
    }

    private static Task Say(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsync(text);
    }

    private static Task Redirect(HttpContext context, string target)
    {
        context.Response.Redirect(target);
        return Task.CompletedTask;
    }

    private static Task Busy(HttpContext context, string seconds)
    {
        context.Response.StatusCode = seconds == "0" ? 503 : 429;
        context.Response.Headers.RetryAfter = seconds;
        return Task.CompletedTask;
    }

    private static Task Abort(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }
}
