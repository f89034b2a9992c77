using System.Net.Security;

namespace Ecoscanner.Probing;

/// <summary>The cipher suites that a web server may be asked for, out of IANA's registry as the platform knows it.</summary>
public static class TlsSuites
{
    // What needs a shared secret, Kerberos, a DSA or a fixed Diffie-Hellman certificate is no web server's. Without them
    // a hello stays below the 128 suites and the one packet at which old servers and middleboxes give up.
    private static readonly string[] NotOnTheWeb = ["PSK", "KRB5", "SRP", "ECCPWD", "_DSS_", "TLS_DH_RSA", "TLS_ECDH_RSA", "TLS_ECDH_ECDSA"];

    // The newest first: many servers take the client's first, and one without encryption or certificate would show nothing more of itself.
    private static readonly TlsCipherSuite[] OnTheWeb =
    [
        .. Enum.GetValues<TlsCipherSuite>()
            .Where(suite =>
                suite != TlsCipherSuite.TLS_NULL_WITH_NULL_NULL && !NotOnTheWeb.Any(part => suite.ToString().Contains(part, StringComparison.Ordinal))
            )
            .OrderDescending(),
    ];

    private static readonly TlsCipherSuite[] Tls13 = [.. OnTheWeb.Where(IsTls13)];
    private static readonly TlsCipherSuite[] Tls12 = [.. OnTheWeb.Where(suite => !IsTls13(suite))];
    private static readonly TlsCipherSuite[] BeforeTls12 = [.. Tls12.Where(IsOlderThanTls12)];

    /// <summary>The suites that can be negotiated in a version, weak ones included.</summary>
    public static IReadOnlyList<TlsCipherSuite> For(TlsVersion version) =>
        version switch
        {
            TlsVersion.Tls13 => Tls13,
            TlsVersion.Tls12 => Tls12,
            _ => BeforeTls12,
        };

    private static bool IsTls13(TlsCipherSuite suite) => (int)suite >> 8 == 0x13;

    // Authenticated encryption and SHA-2 came with TLS 1.2 (RFC 5246, RFC 5288).
    private static bool IsOlderThanTls12(TlsCipherSuite suite) =>
        suite.ToString().EndsWith("_SHA", StringComparison.Ordinal) || suite.ToString().EndsWith("_MD5", StringComparison.Ordinal);
}
