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
        for (var e = exception; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case ProbeException probe:
                    return probe.Failure;
                case AuthenticationException:
                    return new ProbeFailure(ProbeFailureKind.TlsFailed, $"{place}: the TLS handshake failed: {e.GetBaseException().Message}");
                case SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown }:
                    return new ProbeFailure(ProbeFailureKind.ConnectionReset, $"{place} reset the connection");
            }
        }

        return exception switch
        {
            InvalidDataException => new ProbeFailure(ProbeFailureKind.ProtocolError, $"{place}: the body is not what its Content-Encoding says"),
            HttpRequestException http => Of(http.HttpRequestError, place),
            HttpIOException http => Of(http.HttpRequestError, place),
            _ => new ProbeFailure(ProbeFailureKind.ConnectionReset, $"{place} broke the connection"),
        };
    }

    private static ProbeFailure Of(HttpRequestError error, string place) =>
        error switch
        {
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
