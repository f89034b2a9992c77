using System.Net.Sockets;
using System.Security.Authentication;

namespace Ecoscanner.Probing;

/// <summary>Names what went wrong on the network in our own words: messages of the platform may quote the target.</summary>
internal static class NetworkFailure
{
    /// <summary>The class of a failure, and what to tell a person.</summary>
    /// <param name="place">Scheme, host and port.</param>
    public static ProbeFailure Of(Exception exception, string place)
    {
        // The outermost exceptions are wrapping; what is ours, or the cause, stands inside.
        var chain = Chain(exception).ToList();
        return chain.OfType<ProbeException>().FirstOrDefault()?.Failure
            ?? chain.Select(e => Known(e, place)).FirstOrDefault(failure => failure is not null)
            ?? chain.Select(e => Known(Error(e), place)).FirstOrDefault(failure => failure is not null)
            ?? new ProbeFailure(ProbeFailureKind.ConnectionReset, $"{place} broke the connection");
    }

    private static IEnumerable<Exception> Chain(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            yield return e;
        }
    }

    private static ProbeFailure? Known(Exception exception, string place) =>
        exception switch
        {
            AuthenticationException broken => new ProbeFailure(ProbeFailureKind.TlsFailed, BrokenHandshake.Message(broken, place)),
            SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown } => new ProbeFailure(
                ProbeFailureKind.ConnectionReset,
                $"{place} reset the connection"
            ),
            InvalidDataException => new ProbeFailure(ProbeFailureKind.ProtocolError, $"{place}: the body is not what its Content-Encoding says"),
            _ => null,
        };

    private static HttpRequestError Error(Exception exception) =>
        exception switch
        {
            // The platform gives some errors of syntax no name of their own, such as a chunk line that is too long.
            HttpIOException { HttpRequestError: HttpRequestError.Unknown } => HttpRequestError.InvalidResponse,
            HttpRequestException { HttpRequestError: HttpRequestError.Unknown, InnerException: null } => HttpRequestError.InvalidResponse,
            HttpIOException http => http.HttpRequestError,
            HttpRequestException http => http.HttpRequestError,
            _ => HttpRequestError.Unknown,
        };

    private static ProbeFailure? Known(HttpRequestError error, string place) =>
        error switch
        {
            HttpRequestError.Unknown => null,
            HttpRequestError.ResponseEnded => new ProbeFailure(ProbeFailureKind.ConnectionReset, $"{place} closed the connection before its answer was whole"),
            HttpRequestError.SecureConnectionError => new ProbeFailure(ProbeFailureKind.TlsFailed, $"{place} broke the TLS handshake off"),
            HttpRequestError.ConfigurationLimitExceeded => new ProbeFailure(
                ProbeFailureKind.TooLarge,
                $"{place}: the answer's headers are larger than {HttpAttempt.MaximumHeaderKilobytes} KB"
            ),
            HttpRequestError.ConnectionError => new ProbeFailure(ProbeFailureKind.ConnectionFailed, $"{place}: no connection"),
            _ => new ProbeFailure(ProbeFailureKind.ProtocolError, $"{place} does not answer in correct HTTP ({error})"),
        };
}
