using System.Security.Cryptography;
using Ecoscanner.Findings;

namespace Ecoscanner.Probing;

/// <summary>Makes of a request and its answer what may be kept: no value of a body, no cookie, no genuine credential.</summary>
internal static class Record
{
    /// <summary>The number, the time and the duration are the caller's to fill.</summary>
    public static Exchange Of(ProbeRequest request, HttpAttempt attempt, ProbeFailure? failure, bool plainVersion)
    {
        var exchange = Blank(request, failure) with { Curl = CurlLine.Of(request, plainVersion, attempt.IsStrange) };
        if (attempt.Status is null)
        {
            return exchange;
        }

        var body = attempt.Body;
        return exchange with
        {
            Status = attempt.Status,
            Headers = KeptHeaders.Of(attempt.Headers, request.Secrets),
            Length = body.Length,
            Hash = Convert.ToHexStringLower(SHA256.HashData(body.Span)),
            JsonKeys = [.. JsonKeys.Of(body.Span).Select(key => Redaction.Of(key, request.Secrets))],
        };
    }

    /// <summary>A request that never left; its number is 0.</summary>
    public static Exchange Unsent(ProbeRequest request, ProbeFailure failure, DateTimeOffset now) => Blank(request, failure) with { Sent = now };

    private static Exchange Blank(ProbeRequest request, ProbeFailure? failure) =>
        new()
        {
            Number = 0,
            Purpose = request.Purpose,
            Method = request.Method,
            Url = Redaction.Of(request.Url.IsAbsoluteUri ? request.Url.AbsoluteUri : request.Url.OriginalString, request.Secrets),
            Sent = default,
            Duration = TimeSpan.Zero,
            Curl = "",
            Failure = failure is null ? null : Redaction.Of(failure.Message, request.Secrets),
        };
}
