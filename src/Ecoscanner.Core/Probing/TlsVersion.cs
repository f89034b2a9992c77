namespace Ecoscanner.Probing;

/// <summary>A version of the protocol, by its number on the wire.</summary>
public enum TlsVersion
{
    Ssl30 = 0x0300,
    Tls10 = 0x0301,
    Tls11 = 0x0302,
    Tls12 = 0x0303,
    Tls13 = 0x0304,
}

/// <summary>What people call the versions.</summary>
public static class TlsVersionName
{
    /// <summary>Such as <c>TLS 1.2</c>.</summary>
    public static string Name(this TlsVersion version) =>
        version switch
        {
            TlsVersion.Ssl30 => "SSL 3.0",
            TlsVersion.Tls10 => "TLS 1.0",
            TlsVersion.Tls11 => "TLS 1.1",
            TlsVersion.Tls12 => "TLS 1.2",
            TlsVersion.Tls13 => "TLS 1.3",
            _ => throw new ArgumentOutOfRangeException(nameof(version), version, "no such version"),
        };
}
