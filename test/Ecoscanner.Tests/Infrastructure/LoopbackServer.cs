using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Ecoscanner.Findings;

namespace Ecoscanner.Tests.Infrastructure;

/// <summary>A server on loopback that does whatever a test wants with each connection, and counts them.</summary>
public sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener listener;
    private readonly Func<Stream, CancellationToken, Task> serve;
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<LoopbackRequest> requests = new();
    private readonly Task accepting;
    private readonly string scheme;
    private int connections;

    private LoopbackServer(Func<LoopbackServer, Stream, CancellationToken, Task> serve, string scheme, IPAddress? address)
    {
        this.serve = (stream, token) => serve(this, stream, token);
        this.scheme = scheme;
        listener = new TcpListener(address ?? IPAddress.Loopback, 0);
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Connections accepted so far.</summary>
    public int Connections => Volatile.Read(ref connections);

    /// <summary>Whole requests read so far, for servers made by <see cref="Http"/>.</summary>
    public IReadOnlyList<LoopbackRequest> Requests => [.. requests];

    /// <summary>A server of raw bytes. The stream is closed when the function ends; exceptions of the network end it silently.</summary>
    public static LoopbackServer Tcp(Func<Stream, CancellationToken, Task> serve, IPAddress? address = null) =>
        new((_, stream, token) => serve(stream, token), "http", address);

    /// <summary>A server of raw bytes inside TLS.</summary>
    public static LoopbackServer Tls(SslServerAuthenticationOptions tls, Func<SslStream, CancellationToken, Task> serve) =>
        new(
            async (_, stream, token) =>
            {
                await using var secure = new SslStream(stream);
                await secure.AuthenticateAsServerAsync(tls, token);
                await serve(secure, token);
            },
            "https",
            null
        );

    /// <summary>A server of HTTP/1.1, inside TLS where options are given.</summary>
    public static LoopbackServer Http(Func<LoopbackRequest, LoopbackAnswer> answer, SslServerAuthenticationOptions? tls = null, IPAddress? address = null) =>
        new(
            async (server, stream, token) =>
            {
                if (tls is null)
                {
                    await server.AnswerAsync(stream, answer, token);
                    return;
                }

                await using var secure = new SslStream(stream);
                await secure.AuthenticateAsServerAsync(tls, token);
                await server.AnswerAsync(secure, answer, token);
            },
            tls is null ? "http" : "https",
            address
        );

    /// <summary>A URL of the server, on <c>localhost</c> for TLS (the name in test certificates) and on the address otherwise.</summary>
    public Uri Url(string pathAndQuery = "/") =>
        new($"{scheme}://{(scheme == "https" ? "localhost" : ((IPEndPoint)listener.LocalEndpoint).Address)}:{Port}{pathAndQuery}");

    /// <summary>Reads one request head, up to the empty line; empty where the connection ended before.</summary>
    public static async Task<string> ReadHeadAsync(Stream stream, CancellationToken token)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, token) == 0)
            {
                return "";
            }

            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                Interlocked.Increment(ref connections);
                serving.Add(Task.Run(() => ServeAsync(client)));
            }
        }
        catch (Exception e)
            when (e is OperationCanceledException or SocketException or ObjectDisposedException
                || (e is InvalidOperationException && stop.IsCancellationRequested)
            )
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                await serve(client.GetStream(), stop.Token);
            }
            catch (Exception e)
                when (e
                        is IOException
                            or OperationCanceledException
                            or SocketException
                            or System.Security.Authentication.AuthenticationException
                            or ObjectDisposedException
                )
            {
                // The client went away, as many tests make it do.
            }
        }
    }

    private async Task AnswerAsync(Stream stream, Func<LoopbackRequest, LoopbackAnswer> answer, CancellationToken token)
    {
        while (await ReadHeadAsync(stream, token) is { Length: > 0 } head)
        {
            var lines = head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
            var start = lines[0].Split(' ');
            var headers = lines.Skip(1).Select(line => line.Split(':', 2)).Select(pair => new HeaderField(pair[0], pair[1].Trim())).ToList();
            var length = headers
                .Where(header => header.Name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
                .Select(header => header.Value)
                .FirstOrDefault("0");
            var body = new byte[int.Parse(length, CultureInfo.InvariantCulture)];
            await stream.ReadExactlyAsync(body, token);
            var request = new LoopbackRequest(start[0], start[1], headers, body);
            requests.Enqueue(request);
            await stream.WriteAsync(answer(request).ToBytes(), token);
        }
    }
}

/// <summary>A request as the server read it.</summary>
public sealed record LoopbackRequest(string Method, string Target, IReadOnlyList<HeaderField> Headers, byte[] Body)
{
    /// <summary>The first value of a header, or null.</summary>
    public string? Header(string name) =>
        Headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).FirstOrDefault();
}

/// <summary>What the server answers; the length is added.</summary>
public sealed record LoopbackAnswer(int Status, byte[] Body, params IReadOnlyList<HeaderField> Headers)
{
    public LoopbackAnswer(int status, string body = "", params IReadOnlyList<HeaderField> headers)
        : this(status, Encoding.UTF8.GetBytes(body), headers) { }

    public byte[] ToBytes()
    {
        var head = new StringBuilder($"HTTP/1.1 {Status} Because\r\n");
        foreach (var header in Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{header.Name}: {header.Value}\r\n");
        }

        head.Append(CultureInfo.InvariantCulture, $"Content-Length: {Body.Length}\r\n\r\n");
        return [.. Encoding.Latin1.GetBytes(head.ToString()), .. Body];
    }
}
