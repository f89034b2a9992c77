using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Ecoscanner.Probing;

/// <summary>
/// A connection to the one server that the operator named for a protocol that is not HTTP, such as mail. It asks no app anything, so pace, budgets and
/// transcript do not hold for it; and it may lie in a private network, for nobody else chose it.
/// </summary>
public static class NamedServer
{
    // Addresses of one name that are tried.
    private const int MaximumAddresses = 6;

    /// <exception cref="ProbeException">Its name has no address, or none of them answered.</exception>
    public static async Task<Stream> ConnectAsync(string host, int port, TimeProvider time, CancellationToken cancellationToken)
    {
        Exception? last = null;
        foreach (var address in (await AddressesAsync(host, time, cancellationToken)).Take(MaximumAddresses))
        {
            using var limit = new CancellationTokenSource(Dialer.ConnectTimeout, time);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            try
            {
                return await Network.Machine.Connect(new IPEndPoint(address, port), stop.Token);
            }
            catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                last = e;
            }
        }

        var why = last is SocketException socket ? socket.Message : $"no answer within {Dialer.ConnectTimeout.TotalSeconds} s";
        throw new ProbeException(new ProbeFailure(ProbeFailureKind.ConnectionFailed, $"{HostPort.Of(host, port)}: {why}"), last);
    }

    /// <summary>Why its certificate is not trusted, in words of ours; null where the system's roots or those given vouch for it.</summary>
    public static string? Refusal(
        X509Certificate2Collection trustedRoots,
        X509Certificate? certificate,
        X509Chain? chain,
        SslPolicyErrors errors,
        TimeProvider time
    ) => new CertificateTrust(trustedRoots, time).Refusal(certificate, chain, errors);

    private static async Task<IReadOnlyList<IPAddress>> AddressesAsync(string host, TimeProvider time, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var literal))
        {
            return [literal];
        }

        using var limit = new CancellationTokenSource(Dialer.ResolveTimeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await Network.Machine.Resolve(host, stop.Token);
        }
        catch (Exception e) when (e is SocketException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            var why = e is SocketException socket ? socket.Message : $"no answer of the DNS within {Dialer.ResolveTimeout.TotalSeconds} s";
            throw new ProbeException(new ProbeFailure(ProbeFailureKind.NameNotResolved, $"{host}: {why}"), e);
        }
    }
}
