namespace Ecoscanner.Probing;

/// <summary>The way out for the scan of one app: its scope, budgets, probes and transcript.</summary>
public sealed class ProbeSession : IDisposable
{
    private readonly Transcript transcript = new();
    private readonly DayLedger ledger;

    /// <summary>Nothing is in scope until it is named, proven or approved.</summary>
    /// <param name="pace">Shared by all sessions of the process, so that two scans of one host together keep its pace; null for a process with one session.</param>
    /// <exception cref="ArgumentException">The options name what is no host, or values that cannot be sent.</exception>
    public ProbeSession(ProbeOptions options, TimeProvider time, Pace? pace = null)
        : this(options, time, pace ?? new Pace(time), Network.Machine) { }

    internal ProbeSession(ProbeOptions options, TimeProvider time, Pace pace, Network network)
    {
        Identification.Check(options);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Rate, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Burst, 1);
        Options = options;
        Scope = new Scope(options);
        ledger = new DayLedger(options.LedgerFolder, time, transcript.Note);
        var toll = new Toll(options, pace, ledger);
        Dialer = new Dialer(Scope, toll, transcript, time, network);
        Http = new HttpProbe(options, Scope, Dialer, toll, pace, transcript, time);
        Tls = new TlsProbe(options, Dialer, time);
    }

    public ProbeOptions Options { get; }

    public Scope Scope { get; }

    /// <summary>Opens connections for those who speak something else than HTTP on them.</summary>
    internal Dialer Dialer { get; }

    public HttpProbe Http { get; }

    public TlsProbe Tls { get; }

    /// <summary>What was sent so far.</summary>
    /// <param name="planned">The most requests the plan allowed.</param>
    public Traffic Traffic(int planned) => transcript.Traffic(planned, Options.SignedAs);

    public void Dispose() => ledger.Dispose();
}
