using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Ecoscanner.Probing;

/// <summary>Speaks TLS handshakes that carry no application data, in scope and at the host's pace.</summary>
public sealed class TlsProbe(ProbeOptions options, Dialer dialer, TimeProvider time)
{
    /// <summary>Handshakes that a host and port gets in one scan.</summary>
    public const int HandshakesPerHost = 40;

    // A handshake is one round trip and one signature; what takes longer is not going to answer.
    private static readonly TimeSpan LongestHandshake = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, int> begun = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Says hello in one version with these suites, and hears what the server says in the clear. Never throws for what the network or the target does.</summary>
    /// <exception cref="OperationCanceledException">The scan was cancelled.</exception>
    public async Task<TlsAnswer> GreetAsync(
        string host,
        int port,
        TlsVersion version,
        IReadOnlyList<TlsCipherSuite> suites,
        CancellationToken cancellationToken
    )
    {
        var flight = new TlsFlight();
        var failure = await ConverseAsync(
            host,
            port,
            async (stream, stop) =>
            {
                await stream.WriteAsync(TlsClientHello.For(host, version, suites), stop);
                await flight.ReadAsync(stream, stop);
            },
            cancellationToken
        );
        // First, because a server may say hello and think better of it.
        if (flight.Alert is { } alert)
        {
            return new TlsAnswer(TlsOutcome.Refused, $"{version.Name()} was refused with the alert {TlsAlert.Name(alert)}");
        }

        if (flight.Version is { } chosen)
        {
            return Negotiated(flight, chosen, version, suites, failure);
        }

        if (flight.Problem is { } problem)
        {
            return new TlsAnswer(TlsOutcome.Unanswered, problem);
        }

        return failure is null or { Kind: ProbeFailureKind.ConnectionReset } && flight.Silent
            ? new TlsAnswer(TlsOutcome.Refused, $"the connection was closed on {version.Name()}")
            : TlsAnswer.None(failure ?? new ProbeFailure(ProbeFailureKind.ProtocolError, $"{host}:{port} closed the connection before its hello"));
    }

    /// <summary>Finishes a TLS 1.3 handshake and gives the certificates sent in it, which only the two ends of it can read. Trusts whatever is shown and sends nothing.</summary>
    /// <exception cref="OperationCanceledException">The scan was cancelled.</exception>
    public async Task<TlsAnswer> FinishAsync(string host, int port, CancellationToken cancellationToken)
    {
        var certificates = new List<ReadOnlyMemory<byte>>();
        var failure = await ConverseAsync(
            host,
            port,
            async (stream, stop) =>
            {
                await using var tls = new SslStream(stream);
                await tls.AuthenticateAsClientAsync(
                    new SslClientAuthenticationOptions
                    {
                        TargetHost = host,
                        EnabledSslProtocols = SslProtocols.Tls13,
                        // Set beforehand: in the callback the chain is built already, and missing certificates downloaded.
                        CertificateChainPolicy = new X509ChainPolicy { DisableCertificateDownloads = true, RevocationMode = X509RevocationMode.NoCheck },
                        RemoteCertificateValidationCallback = (_, leaf, chain, _) =>
                        {
                            if (leaf is not null)
                            {
                                certificates.Add(leaf.GetRawCertData());
                                // The store holds what was sent, on some systems the leaf too.
                                certificates.AddRange(
                                    chain?.ChainPolicy.ExtraStore.Where(sent => !sent.Equals(leaf)).Select(sent => (ReadOnlyMemory<byte>)sent.RawData) ?? []
                                );
                            }

                            return true;
                        },
                    },
                    stop
                );
            },
            cancellationToken
        );
        return certificates.Count == 0
            ? TlsAnswer.None(failure ?? new ProbeFailure(ProbeFailureKind.TlsFailed, $"{host}:{port} showed no certificate in TLS 1.3"))
            : new TlsAnswer(TlsOutcome.Negotiated, "TLS 1.3 was negotiated") { Version = TlsVersion.Tls13, Certificates = certificates };
    }

    private static TlsAnswer Negotiated(TlsFlight flight, TlsVersion chosen, TlsVersion asked, IReadOnlyList<TlsCipherSuite> suites, ProbeFailure? failure)
    {
        // A server may only step down, and only to a suite that it was offered (RFC 5246, appendix E.1).
        if (chosen > asked || (chosen == asked && !suites.Contains(flight.Suite)))
        {
            return new TlsAnswer(
                TlsOutcome.Unanswered,
                $"the server answered {asked.Name()} with {chosen.Name()} and suite 0x{(int)flight.Suite:x4}, which it was not offered"
            );
        }

        return new TlsAnswer(TlsOutcome.Negotiated, $"{chosen.Name()} was negotiated with {flight.Suite}")
        {
            Version = chosen,
            Suite = flight.Suite,
            Certificates = flight.Certificates,
            CertificateProblem =
                chosen < TlsVersion.Tls13 && flight.Certificates.Count == 0 ? flight.Problem ?? failure?.Message ?? "the server showed no certificate" : null,
            StapledResponse = flight.StapledResponse,
        };
    }

    /// <summary>Connects and lets a conversation run, within the limits. Null where it ran to its end, otherwise why not.</summary>
    private async Task<ProbeFailure?> ConverseAsync(
        string host,
        int port,
        Func<Stream, CancellationToken, Task> conversation,
        CancellationToken cancellationToken
    )
    {
        var place = HostPort.Of(host, port);
        if (begun.GetValueOrDefault(place) >= HandshakesPerHost)
        {
            return new ProbeFailure(ProbeFailureKind.BudgetSpent, $"{place} had its {HandshakesPerHost} handshakes");
        }

        var longest = options.RequestTimeout < LongestHandshake ? options.RequestTimeout : LongestHandshake;
        try
        {
            await using var stream = await dialer.ConnectAsync(host, port, cancellationToken);
            begun.AddOrUpdate(place, 1, (_, count) => count + 1);
            // From here, because waiting for the host's turn is no fault of the host.
            using var limit = new CancellationTokenSource(longest, time);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            await conversation(stream, stop.Token);
            return null;
        }
        catch (ProbeException e)
        {
            return e.Failure;
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            return NetworkFailure.Of(e, place);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ProbeFailure(ProbeFailureKind.TimedOut, $"{place} did not finish a handshake within {longest.TotalSeconds:0.#} s");
        }
    }
}
