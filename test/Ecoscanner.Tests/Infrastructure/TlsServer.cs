using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Ecoscanner.Tests.Infrastructure;

/// <summary>A loopback server that hands each connection to the test.</summary>
internal sealed class TlsServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Task running;
    private int connections;

    private TlsServer(Func<NetworkStream, CancellationToken, Task> serve)
    {
        listener.Start();
        running = RunAsync(serve);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public int Connections => connections;

    public static TlsServer Raw(Func<NetworkStream, CancellationToken, Task> serve) => new(serve);

    /// <summary>Reads the hello and sends these bytes, whatever was said.</summary>
    public static TlsServer Saying(byte[] answer) =>
        new(
            async (stream, stop) =>
            {
                await ReadHelloAsync(stream, stop);
                await stream.WriteAsync(answer, stop);
            }
        );

    /// <summary>Shows the certificate and what else is given, and only that.</summary>
    public static TlsServer Showing(X509Certificate2 leaf, X509Certificate2[] others, SslProtocols protocols = SslProtocols.None)
    {
        var shown = SslStreamCertificateContext.Create(TlsCertificates.ForServer(leaf), [.. others], offline: true);
        return new TlsServer(
            async (stream, stop) =>
            {
                await using var tls = new SslStream(stream);
                await tls.AuthenticateAsServerAsync(
                    new SslServerAuthenticationOptions { ServerCertificateContext = shown, EnabledSslProtocols = protocols },
                    stop
                );
                await tls.CopyToAsync(Stream.Null, stop);
            }
        );
    }

    /// <summary>Takes the whole hello: closing with unread bytes would reset the connection and lose the answer.</summary>
    public static async Task ReadHelloAsync(Stream stream, CancellationToken stop)
    {
        var header = new byte[5];
        await stream.ReadExactlyAsync(header, stop);
        await stream.ReadExactlyAsync(new byte[(header[3] << 8) | header[4]], stop);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        listener.Stop();
        stop.Dispose();
    }

    private async Task RunAsync(Func<NetworkStream, CancellationToken, Task> serve)
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                Interlocked.Increment(ref connections);
                open.Add(ServeAsync(client, serve));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ServeAsync(TcpClient client, Func<NetworkStream, CancellationToken, Task> serve)
    {
        using (client)
        {
            try
            {
                await serve(client.GetStream(), stop.Token);
            }
            catch (Exception e) when (e is IOException or AuthenticationException or OperationCanceledException or SocketException)
            {
                // The client may leave at any time.
            }
        }
    }
}
