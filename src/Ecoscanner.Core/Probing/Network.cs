using System.Net;
using System.Net.Sockets;

namespace Ecoscanner.Probing;

/// <summary>Resolves a name to addresses, in the order of preference.</summary>
internal delegate Task<IPAddress[]> NameResolver(string host, CancellationToken cancellationToken);

/// <summary>Connects to one address.</summary>
internal delegate Task<Stream> Connector(IPEndPoint endPoint, CancellationToken cancellationToken);

/// <summary>The machine's network as the dialer uses it: the only place in the product where a name is resolved and a socket made.</summary>
internal sealed record Network(NameResolver Resolve, Connector Connect)
{
    public static Network Machine { get; } = new(ResolveAsync, ConnectAsync);

#pragma warning disable RS0030 // The one place.
    private static Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) => Dns.GetHostAddressesAsync(host, cancellationToken);

    private static async Task<Stream> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
#pragma warning restore RS0030
}
