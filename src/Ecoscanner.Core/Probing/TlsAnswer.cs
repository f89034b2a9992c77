using System.Net.Security;

namespace Ecoscanner.Probing;

/// <summary>How a server took a ClientHello.</summary>
public enum TlsOutcome
{
    /// <summary>It answered with a ServerHello.</summary>
    Negotiated,

    /// <summary>It answered with a fatal alert, be it after a ServerHello, or closed the connection without a byte. Means something only where another hello was taken.</summary>
    Refused,

    /// <summary>No connection, silence, or something that is not TLS: nothing is known.</summary>
    Unanswered,
}

/// <summary>What came back for one ClientHello.</summary>
/// <param name="Outcome">How the server took it.</param>
/// <param name="Reason">The same in words, for a person.</param>
public sealed record TlsAnswer(TlsOutcome Outcome, string Reason)
{
    /// <summary>The version the server chose; null where it chose none.</summary>
    public TlsVersion? Version { get; init; }

    /// <summary>The cipher suite the server chose; null where it chose none.</summary>
    public TlsCipherSuite? Suite { get; init; }

    /// <summary>The certificates as sent, in DER, the server's own first; empty in TLS 1.3, which encrypts them.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Certificates { get; init; } = [];

    /// <summary>Why there are no certificates although the version sends them in the clear; null where there are.</summary>
    public string? CertificateProblem { get; init; }

    /// <summary>The stapled OCSP response (RFC 6066, section 8) in DER; empty where none was sent.</summary>
    public ReadOnlyMemory<byte> StapledResponse { get; init; }

    /// <summary>Why no connection was made; null where one was.</summary>
    public ProbeFailure? Failure { get; init; }

    internal static TlsAnswer None(ProbeFailure failure) => new(TlsOutcome.Unanswered, failure.Message) { Failure = failure };
}
