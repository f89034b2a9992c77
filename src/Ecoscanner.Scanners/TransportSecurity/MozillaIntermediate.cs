using System.Collections.Frozen;
using System.Net.Security;

namespace Ecoscanner.Scanners.TransportSecurity;

/// <summary>The cipher suites of Mozilla's recommendation "Intermediate", for services whose clients are of many kinds.</summary>
internal static class MozillaIntermediate
{
    /// <summary>Version of the guideline (wiki.mozilla.org/Security/Server_Side_TLS).</summary>
    public const string Version = "5.7";

    private static readonly FrozenSet<TlsCipherSuite> Suites = new[]
    {
        TlsCipherSuite.TLS_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
        TlsCipherSuite.TLS_DHE_RSA_WITH_AES_128_GCM_SHA256,
        TlsCipherSuite.TLS_DHE_RSA_WITH_AES_256_GCM_SHA384,
        TlsCipherSuite.TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    }.ToFrozenSet();

    public static bool Allows(TlsCipherSuite suite) => Suites.Contains(suite);
}
