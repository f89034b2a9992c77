namespace Ecoscanner.Probing;

/// <summary>Speaks TLS handshakes that carry no application data, in scope and at the host's pace.</summary>
public sealed class TlsProbe(ProbeOptions options, Dialer dialer, TimeProvider time)
{
    internal (ProbeOptions, Dialer, TimeProvider) Parts => (options, dialer, time);
}
