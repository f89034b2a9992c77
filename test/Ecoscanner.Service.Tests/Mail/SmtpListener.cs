using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Ecoscanner.Service.Tests.Mail;

/// <summary>A mail server on this machine that answers as the test says, and keeps what it took.</summary>
internal sealed class SmtpListener : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly TcpListener listener;
    private readonly Task serving;

    public SmtpListener(int port = 0)
    {
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>With it, STARTTLS is offered, or TLS spoken from the first byte.</summary>
    public X509Certificate2? Certificate { get; init; }

    public bool IsTls { get; init; }

    public bool WantsLogin { get; init; }

    /// <summary>The answer to a command; null for the usual one. Empty: the connection is closed.</summary>
    public Func<string, Task<string?>> OnCommand { get; set; } = static _ => Task.FromResult<string?>(null);

    /// <summary>The answer to a whole message; null takes it.</summary>
    public Func<string, Task<string?>> OnMessage { get; set; } = static _ => Task.FromResult<string?>(null);

    public ConcurrentQueue<string> Commands { get; } = [];

    /// <summary>What was taken, as it came.</summary>
    public ConcurrentQueue<string> Taken { get; } = [];

    public async ValueTask DisposeAsync()
    {
        if (stop.IsCancellationRequested)
        {
            return;
        }

        await stop.CancelAsync();
        listener.Stop();
        await serving;
        listener.Dispose();
    }

    private async Task ServeAsync()
    {
        var sessions = new List<Task>();
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                sessions.Add(Task.Run(() => TalkAsync(client)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(sessions);
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var _ = client;
        Stream stream = client.GetStream();
        try
        {
            if (IsTls)
            {
                stream = await SecureAsync(stream);
            }

            await WriteAsync(stream, "220 test");
            var isSecure = IsTls;
            while (await LineAsync(stream) is { } command)
            {
                Commands.Enqueue(command);
                var verb = command.Split(' ')[0].ToUpperInvariant();
                var answer = await OnCommand(command) ?? Usual(verb, command, isSecure);
                if (answer.Length == 0)
                {
                    return;
                }

                await WriteAsync(stream, answer);
                if (verb == "QUIT")
                {
                    return;
                }

                if (verb == "STARTTLS" && answer[0] == '2')
                {
                    stream = await SecureAsync(stream);
                    isSecure = true;
                }

                if (verb == "DATA" && answer[0] == '3')
                {
                    var message = await MessageAsync(stream);
                    var end = await OnMessage(message) ?? "250 taken";
                    if (end.Length > 0 && end[0] == '2')
                    {
                        Taken.Enqueue(message);
                    }

                    if (end.Length == 0)
                    {
                        return;
                    }

                    await WriteAsync(stream, end);
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            // The client went, or the test ends.
        }
        finally
        {
            await stream.DisposeAsync();
        }
    }

    private string Usual(string verb, string command, bool isSecure) =>
        verb switch
        {
            "EHLO" =>
                $"250-test\r\n250-SIZE 1000000\r\n{(Certificate is not null && !isSecure ? "250-STARTTLS\r\n" : "")}{(WantsLogin ? "250-AUTH PLAIN\r\n" : "")}250 8BITMIME",
            "STARTTLS" => "220 go on",
            "AUTH" => command.EndsWith(Convert.ToBase64String("\0us\0secret"u8), StringComparison.Ordinal) ? "235 welcome" : "535 5.7.8 no",
            "MAIL" or "RCPT" or "RSET" or "NOOP" => "250 ok",
            "DATA" => "354 go on",
            "QUIT" => "221 bye",
            _ => "500 what",
        };

    private async Task<Stream> SecureAsync(Stream stream)
    {
        var secure = new SslStream(stream);
        await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Certificate }, stop.Token);
        return secure;
    }

    private async Task<string> MessageAsync(Stream stream)
    {
        var message = new StringBuilder();
        while (await LineAsync(stream) is { } line && line != ".")
        {
            message.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        return message.ToString();
    }

    private async Task<string?> LineAsync(Stream stream)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await stream.ReadAsync(one, stop.Token) == 1)
        {
            if (one[0] == '\n')
            {
                return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            }

            line.Add(one[0]);
        }

        return null;
    }

    private async Task WriteAsync(Stream stream, string answer) => await stream.WriteAsync(Encoding.ASCII.GetBytes($"{answer}\r\n"), stop.Token);
}
