using System.Globalization;
using Ecoscanner.Service.Catalogue;
using Ecoscanner.Service.Storage;
using Microsoft.AspNetCore.Http.Features;

namespace Ecoscanner.Service.Api;

/// <summary>Around every request: whatever goes wrong inside becomes a problem, and the service stays up.</summary>
internal sealed partial class Fence(RequestDelegate next, ILogger<Fence> logger)
{
    // When a full disk may have been seen to.
    private static readonly TimeSpan RoomAgain = TimeSpan.FromMinutes(5);

    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
            if (http.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null })
            {
                await AnswerAsync(http, ProblemKind.OfStatus(http.Response.StatusCode), Words(http));
            }
        }
        catch (ProblemException e)
        {
            await AnswerAsync(http, e.Kind, e.Message, e.Errors, e.RetryAfter);
        }
        catch (CatalogueException e)
        {
            await AnswerAsync(http, ProblemKind.Invalid, e.Message);
        }
        catch (BadHttpRequestException e)
        {
            // The server's own words: they quote nothing.
            await AnswerAsync(http, ProblemKind.OfStatus(e.StatusCode), e.Message);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
            http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        // The other side went away in the middle of its body.
        catch (IOException e) when (e is Microsoft.AspNetCore.Connections.ConnectionResetException || http.RequestAborted.IsCancellationRequested)
        {
            http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (DatabaseException e) when (e.IsFull)
        {
            Log.Full(logger, e.Message);
            await AnswerAsync(http, ProblemKind.DiskFull, "the service's disk is full; nothing was half written, ask again later", null, RoomAgain);
        }
        // ERROR_DISK_FULL, ENOSPC and EDQUOT.
        catch (IOException e) when (e.HResult is unchecked((int)0x80070070) or 28 or 122)
        {
            Log.Full(logger, e.Message);
            await AnswerAsync(http, ProblemKind.DiskFull, "the service's disk is full; nothing was half written, ask again later", null, RoomAgain);
        }
#pragma warning disable CA1031 // One request must not end the service.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.Broken(logger, http.TraceIdentifier, e);
            await AnswerAsync(http, ProblemKind.Internal, $"the service's log says more at {http.TraceIdentifier}");
        }
    }

    private static async Task AnswerAsync(
        HttpContext http,
        ProblemKind kind,
        string detail,
        IReadOnlyList<MemberError>? errors = null,
        TimeSpan? retryAfter = null
    )
    {
        if (http.Response.HasStarted)
        {
            // Half an answer must not look like a whole one.
            http.Abort();
            return;
        }

        var allow = http.Response.Headers.Allow;
        http.Response.Clear();
        SecurityHeaders.Set(http.Response.Headers);
        if (kind == ProblemKind.MethodNotAllowed)
        {
            http.Response.Headers.Allow = allow;
        }

        if (retryAfter is { } wait)
        {
            http.Response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        // What is still coming is not read.
        if (http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody is true && kind.Status is 408 or 413 or 507)
        {
            http.Response.Headers.Connection = "close";
        }

        await Problem.WriteAsync(http, kind, detail, errors);
    }

    private static string Words(HttpContext http) =>
        http.Response.StatusCode switch
        {
            404 => "nothing is at this path; /api/v1/openapi.json lists what is",
            405 => $"{http.Request.Method} is not among what this path takes: {http.Response.Headers.Allow}",
            _ => ProblemKind.OfStatus(http.Response.StatusCode).Title,
        };

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "request {TraceId} broke")]
        public static partial void Broken(ILogger logger, string traceId, Exception e);

        [LoggerMessage(2, LogLevel.Critical, "no room left: {Why}")]
        public static partial void Full(ILogger logger, string why);
    }
}
