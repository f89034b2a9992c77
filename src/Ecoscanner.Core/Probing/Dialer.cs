using System.Net.Sockets;

namespace Ecoscanner.Probing;

/// <summary>Opens connections: the only place in the product where a socket is made.</summary>
public sealed class Dialer(ProbeOptions options, Scope scope)
{
    /// <summary>A connection to an allowed address of a host in scope.</summary>
    /// <exception cref="ProbeException">Scope, deny-list, guard, name resolution or the network said no.</exception>
    public async Task<Stream> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        if (scope.Refusal(host, port) is { } refusal)
        {
            throw new ProbeException(refusal);
        }

        _ = options;
#pragma warning disable RS0030 // The one place.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new ProbeException(new ProbeFailure(ProbeFailureKind.ConnectionFailed, $"{host}:{port}: {e.Message}"), e);
        }
#pragma warning restore RS0030
    }
}
