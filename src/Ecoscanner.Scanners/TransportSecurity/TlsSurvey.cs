using System.Net.Security;
using Ecoscanner.Probing;

namespace Ecoscanner.Scanners.TransportSecurity;

/// <summary>What one host and port offers: versions, suites that it should not, and its certificates.</summary>
internal sealed class TlsSurvey
{
    // The versions that should be refused come first: a later one that is taken shows that the refusals were meant, and were not a host that had had enough of us.
    private static readonly TlsVersion[] Order = [TlsVersion.Ssl30, TlsVersion.Tls10, TlsVersion.Tls11, TlsVersion.Tls13, TlsVersion.Tls12];

    private readonly TlsProbe probe;
    private readonly string host;
    private readonly int port;
    private readonly Dictionary<TlsVersion, TlsAnswer> answers = [];
    private readonly List<TlsAnswer> shown = [];
    private readonly List<WeakSuite> weakSuites = [];

    private TlsSurvey(TlsProbe probe, string host, int port) => (this.probe, this.host, this.port) = (probe, host, port);

    /// <summary>The versions it negotiates, oldest first.</summary>
    public IReadOnlyList<TlsVersion> Offered => [.. answers.Values.Select(answer => answer.Version).OfType<TlsVersion>().Distinct().Order()];

    /// <summary>Suites outside of Mozilla's recommendation that it negotiates, newest version first.</summary>
    public IReadOnlyList<WeakSuite> WeakSuites => weakSuites;

    /// <summary>Why more suites may be negotiated than <see cref="WeakSuites"/> names; null where these are all.</summary>
    public string? SuitesProblem { get; private set; } = "the host's suites were not tried";

    /// <summary>The answers that its certificates stand in, or that say why there are none. More than one where TLS 1.3 does not show the certificate of older versions.</summary>
    public IReadOnlyList<TlsAnswer> Shown => shown is [] ? [Last] : shown;

    /// <summary>What was said to the version that was tried last.</summary>
    public TlsAnswer Last { get; private set; } = new(TlsOutcome.Unanswered, "no handshake was made");

    /// <summary>Why nothing was sent at all: scope, guard, deny-list. Null where something was.</summary>
    public ProbeFailure? Refusal => answers.Count == 1 && Last.Failure is { Refused: true } refusal ? refusal : null;

    /// <summary>What was said to a version.</summary>
    public TlsAnswer AnswerTo(TlsVersion version) =>
        answers.GetValueOrDefault(version) ?? new TlsAnswer(TlsOutcome.Unanswered, $"{version.Name()} was not tried");

    public static async Task<TlsSurvey> RunAsync(TlsProbe probe, string host, int port, CancellationToken cancellationToken)
    {
        var survey = new TlsSurvey(probe, host, port);
        if (await survey.TryVersionsAsync(cancellationToken))
        {
            await survey.ReadCertificatesAsync(cancellationToken);
            await survey.TryWeakSuitesAsync(cancellationToken);
        }

        return survey;
    }

    private async Task<bool> TryVersionsAsync(CancellationToken cancellationToken)
    {
        foreach (var version in Order)
        {
            var answer = await probe.GreetAsync(host, port, version, TlsSuites.For(version), cancellationToken);
            answers[version] = Last = answer;
            if (answer.Failure is { Kind: <= ProbeFailureKind.ConnectionFailed or ProbeFailureKind.AskedToWait })
            {
                // Where no connection is made, another hello makes none either.
                return false;
            }
        }

        return Offered.Count > 0;
    }

    private async Task ReadCertificatesAsync(CancellationToken cancellationToken)
    {
        if (answers.Values.Where(answer => answer.Version < TlsVersion.Tls13).MaxBy(answer => answer.Version) is { } newestInTheClear)
        {
            shown.Add(newestInTheClear);
        }

        // A host may have one certificate for TLS 1.3 and another for the rest, such as a proxy's and its own.
        if (Offered.Contains(TlsVersion.Tls13))
        {
            var newest = await probe.FinishAsync(host, port, cancellationToken);
            if (!shown.Exists(answer => ShowsSameLeaf(answer, newest)))
            {
                shown.Add(newest);
            }
        }
    }

    private static bool ShowsSameLeaf(TlsAnswer one, TlsAnswer other) =>
        one.Certificates is [var leaf, ..] && other.Certificates is [var otherLeaf, ..] && leaf.Span.SequenceEqual(otherLeaf.Span);

    private async Task TryWeakSuitesAsync(CancellationToken cancellationToken)
    {
        SuitesProblem = null;
        foreach (var version in Offered.Reverse())
        {
            var left = TlsSuites.For(version).Where(suite => !MozillaIntermediate.Allows(suite)).ToList();
            while (left.Count > 0)
            {
                var answer = await probe.GreetAsync(host, port, version, left, cancellationToken);
                if (answer.Outcome == TlsOutcome.Unanswered)
                {
                    SuitesProblem = answer.Reason;
                    return;
                }

                if (answer.Version != version || answer.Suite is not { } suite)
                {
                    break;
                }

                weakSuites.Add(new WeakSuite(version, suite));
                left.Remove(suite);
            }
        }

        // As in the order of versions: a host that has had enough of us closes connections too.
        var newest = Offered[^1];
        var control = await probe.GreetAsync(host, port, newest, TlsSuites.For(newest), cancellationToken);
        if (control.Outcome != TlsOutcome.Negotiated)
        {
            SuitesProblem = $"the host may have refused us and not the suites: {control.Reason}";
        }
    }
}

/// <summary>A suite outside of Mozilla's recommendation that a server negotiates in a version.</summary>
internal sealed record WeakSuite(TlsVersion Version, TlsCipherSuite Suite);
