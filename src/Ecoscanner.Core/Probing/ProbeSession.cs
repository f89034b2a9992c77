namespace Ecoscanner.Probing;

/// <summary>The way out for the scan of one app: its scope, budgets, probes and transcript.</summary>
public sealed class ProbeSession : IDisposable
{
    public ProbeSession(ProbeOptions options, TimeProvider time)
    {
        Options = options;
        Scope = new Scope(options);
        var dialer = new Dialer(options, Scope);
        Http = new HttpProbe(options, Scope, dialer, time);
        Tls = new TlsProbe(options, dialer, time);
    }

    public ProbeOptions Options { get; }

    public Scope Scope { get; }

    public HttpProbe Http { get; }

    public TlsProbe Tls { get; }

    /// <summary>What was sent so far.</summary>
    /// <param name="planned">The most requests the plan allowed.</param>
    public Traffic Traffic(int planned) => throw new NotSupportedException($"planned {planned}");

    public void Dispose() { }
}
