using System.Net;
using System.Net.Sockets;

namespace Ecoscanner.Probing;

/// <summary>Opens connections: in scope, and only to addresses that the guard has judged.</summary>
public sealed class Dialer
{
    /// <summary>Time for one address; the next one is tried after it.</summary>
    internal static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Time for the DNS.</summary>
    internal static readonly TimeSpan ResolveTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Addresses of one name that are tried.</summary>
    private const int MaximumAddresses = 6;

    private readonly Scope scope;
    private readonly Toll toll;
    private readonly Transcript transcript;
    private readonly TimeProvider time;
    private readonly Network network;

    internal Dialer(Scope scope, Toll toll, Transcript transcript, TimeProvider time, Network network)
    {
        this.scope = scope;
        this.toll = toll;
        this.transcript = transcript;
        this.time = time;
        this.network = network;
    }

    /// <summary>
    /// A connection for a handshake that carries no request: to an allowed address of a host in scope, at the host's pace for handshakes, paid from the
    /// host's day budget, and counted in the traffic.
    /// </summary>
    /// <exception cref="ProbeException">Scope, deny-list, guard, budget, name resolution or the network said no.</exception>
    public async Task<Stream> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        var canonical = HostName.Canonical(host) ?? "invalid host";
        try
        {
            if ((scope.Refusal(host, port) ?? await toll.HandshakeAsync(canonical, cancellationToken)) is { } refusal)
            {
                throw new ProbeException(refusal);
            }

            var route = await RouteAsync(canonical, port, cancellationToken);
            transcript.CountHandshake();
            return (await ConnectAsync(route, cancellationToken)).Stream;
        }
        catch (ProbeException e) when (e.Failure.Refused)
        {
            transcript.Refuse(HostPort.Of(canonical, port), e.Failure.Message);
            throw;
        }
    }

    /// <summary>The allowed addresses of a host in scope. The resolver is asked once: what it answered is judged and dialled, so it cannot answer twice.</summary>
    /// <param name="host">In its canonical form.</param>
    /// <exception cref="ProbeException">Scope, deny-list, guard or name resolution said no.</exception>
    internal async Task<Route> RouteAsync(string host, int port, CancellationToken cancellationToken) =>
        scope.Refusal(host, port) is { } refusal
            ? throw new ProbeException(refusal)
            : new Route(host, port, Judged(host, port, await AddressesAsync(host, cancellationToken)));

    /// <summary>A connection to the first address of a route that answers.</summary>
    /// <exception cref="ProbeException">None answered.</exception>
    internal async Task<(Stream Stream, IPAddress Address)> ConnectAsync(Route route, CancellationToken cancellationToken)
    {
        Exception? last = null;
        foreach (var address in route.Addresses.Take(MaximumAddresses))
        {
            using var limit = new CancellationTokenSource(ConnectTimeout, time);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            try
            {
                return (await network.Connect(new IPEndPoint(address, route.Port), stop.Token), address);
            }
            catch (SocketException e)
            {
                last = e;
            }
            catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
            {
                last = e;
            }
        }

        var why = last is SocketException socket ? socket.Message : $"no answer within {ConnectTimeout.TotalSeconds} s";
        throw Failed(ProbeFailureKind.ConnectionFailed, $"{HostPort.Of(route.Host, route.Port)}: {why}", last);
    }

    private async Task<IReadOnlyList<IPAddress>> AddressesAsync(string host, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(host, out var literal))
        {
            return [literal];
        }

        using var limit = new CancellationTokenSource(ResolveTimeout, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await network.Resolve(host, stop.Token);
        }
        catch (SocketException e)
        {
            throw Failed(ProbeFailureKind.NameNotResolved, $"{host}: {e.Message}", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failed(ProbeFailureKind.NameNotResolved, $"{host}: no answer of the DNS within {ResolveTimeout.TotalSeconds} s", e);
        }
    }

    private List<IPAddress> Judged(string host, int port, IReadOnlyList<IPAddress> addresses)
    {
        string? refusal = null;
        var allowed = new List<IPAddress>();
        foreach (var address in addresses.Distinct())
        {
            if (scope.Denies(address.ToString(), port))
            {
                throw Failed(ProbeFailureKind.Denied, $"{host} is at {address}, which is on the operator's deny-list");
            }

            if (AddressGuard.Refusal(address) is { } reason && !Excepted(host, port, address))
            {
                refusal ??= AddressGuard.IsMetadata(address)
                    ? $"{host} is at {address}: {reason}; no request goes there"
                    : $"{host} is at {address}: {reason}; at a desk, --allow-private {HostPort.Of(host, port)} excepts it";
                continue;
            }

            allowed.Add(address);
        }

        return (allowed, refusal) switch
        {
            ({ Count: > 0 }, _) => allowed,
            (_, { } reason) => throw Failed(ProbeFailureKind.PrivateAddress, reason),
            _ => throw Failed(ProbeFailureKind.NameNotResolved, $"{host} has no address"),
        };
    }

    /// <summary>An exception names a host as written. A metadata service is excepted by its own address only, so that no name can lead there.</summary>
    private bool Excepted(string host, int port, IPAddress address) =>
        scope.AllowsPrivate(host, port) && (!AddressGuard.IsMetadata(address) || host == address.ToString());

    private static ProbeException Failed(ProbeFailureKind kind, string message, Exception? inner = null) => new(new ProbeFailure(kind, message), inner);
}

/// <summary>The addresses of a host that the guard has judged.</summary>
internal sealed record Route(string Host, int Port, IReadOnlyList<IPAddress> Addresses);
