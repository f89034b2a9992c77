using System.Globalization;
using System.Security.Authentication;
using System.Text.RegularExpressions;

namespace Ecoscanner.Probing;

/// <summary>Says in our words how a TLS handshake failed. The platform has no codes for it, only text, which it never translates.</summary>
internal static partial class BrokenHandshake
{
    // What SslStream says where the first bytes are no TLS record.
    private const string NoRecord = "Cannot determine the frame size";

    // OpenSSL 3: the reason of an error is its low 23 bits (ERR_REASON_MASK), that of an alert from the server 1000 and its number (SSL_AD_REASON_OFFSET).
    private const int ReasonMask = 0x7FFFFF;
    private const int FirstAlert = 1000;

    /// <summary>What to tell a person.</summary>
    /// <param name="place">Scheme, host and port.</param>
    public static string Message(AuthenticationException exception, string place)
    {
        if (exception.Message.StartsWith(NoRecord, StringComparison.Ordinal))
        {
            return $"{place} speaks no TLS on this port; check the port, or whether it is a plain HTTP server";
        }

        var code = OpenSslError().Match(exception.GetBaseException().Message).Groups["code"].Value;
        return
            uint.TryParse(code, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var error)
            && (int)(error & ReasonMask) - FirstAlert is >= byte.MinValue and <= byte.MaxValue and var alert
            ? $"{place} refused the TLS handshake ({TlsAlert.Name((byte)alert)})"
            : $"{place}: the TLS handshake failed";
    }

    [GeneratedRegex("^error:(?<code>[0-9A-F]{8}):", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OpenSslError();
}
