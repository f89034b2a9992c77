using System.Diagnostics;
using Ecoscanner.Service.Access;

namespace Ecoscanner.Service.Api;

/// <summary>One line for each request: who, which route, what came of it. Neither paths with their values nor anything of the content.</summary>
internal sealed partial class RequestLog(RequestDelegate next, ILogger<RequestLog> logger, TimeProvider time)
{
    public async Task InvokeAsync(HttpContext http)
    {
        // A trace id of a client's choice would be text of a stranger in our log.
        http.TraceIdentifier = Guid.CreateVersion7(time.GetUtcNow()).ToString("N");
        Activity.Current = null;
        SecurityHeaders.Set(http.Response.Headers);
        var begun = time.GetTimestamp();
        try
        {
            await next(http);
        }
        finally
        {
            var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "no route";
            var who = http.Features.Get<Principal>()?.Name ?? "nobody";
            var took = (long)time.GetElapsedTime(begun).TotalMilliseconds;
            Log.Request(logger, Method(http.Request.Method), route, http.Response.StatusCode, took, who, http.TraceIdentifier);
        }
    }

    // Anything may stand there.
    private static string Method(string method) => method is "GET" or "HEAD" or "POST" or "PUT" or "PATCH" or "DELETE" or "OPTIONS" ? method : "other";

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "{Method} {Route} {Status} {Milliseconds} ms {Who} {TraceId}")]
        public static partial void Request(ILogger logger, string method, string route, int status, long milliseconds, string who, string traceId);
    }
}
