using System.Globalization;
using System.Net;
using Ecoscanner.Probing;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Ecoscanner.Service.Mail;

/// <summary>One mail to one person.</summary>
/// <param name="Id">Random; the same whenever it is sent again, so that a second copy is known as one.</param>
public sealed record OutgoingMail(string Id, DateTimeOffset At, string Recipient, MailText Text);

/// <summary>The server did not take one mail.</summary>
/// <param name="IsFinal">True where it never will.</param>
/// <param name="Why">Its words, for a person.</param>
public sealed record MailRefusal(bool IsFinal, string Why);

/// <summary>The server takes no mail at all now; the message names the place, the reason and the way out.</summary>
public sealed class MailException(string message, Exception inner) : Exception(message, inner);

/// <summary>A session with the mail server.</summary>
internal sealed class MailConnection : IDisposable
{
    // RFC 5321, 4.5.3.2 lets a server take five minutes for most commands and ten for a whole mail; one that is cut off early may have taken it.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    // Greeting, TLS and sign-in.
    private static readonly TimeSpan PatienceToBegin = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan PatienceToEnd = TimeSpan.FromSeconds(10);

    private readonly MailServer server;
    private readonly TimeProvider time;
    private readonly SmtpClient client = new();
    private string? distrust;

    private MailConnection(MailServer server, TimeProvider time)
    {
        this.server = server;
        this.time = time;
        // It would fetch what a certificate names.
        client.CheckCertificateRevocation = false;
        client.ServerCertificateValidationCallback = (_, certificate, chain, errors) =>
            (distrust = NamedServer.Refusal(server.TrustedRoots, certificate, chain, errors, time)) is null;
    }

    /// <exception cref="MailException">There is none.</exception>
    public static async Task<MailConnection> OpenAsync(MailServer server, TimeProvider time, CancellationToken cancellationToken)
    {
        var connection = new MailConnection(server, time);
        try
        {
            await connection.WithinAsync(PatienceToBegin, connection.BeginAsync, cancellationToken);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Gives a mail; null where the server took it.</summary>
    /// <exception cref="MailException">The server fails, not the mail: whether it took it is not known.</exception>
    public async Task<MailRefusal?> SendAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        using var message = Message(mail);
        MailRefusal? refusal = null;
        await WithinAsync(
            Patience,
            async stop =>
            {
                try
                {
                    await client.SendAsync(message, stop);
                }
                catch (SmtpCommandException e) when (IsOfTheMail(e))
                {
                    refusal = new MailRefusal(IsFinal(e), Words(e, mail.Recipient));
                }
            },
            cancellationToken
        );
        return refusal;
    }

    /// <summary>Says goodbye; what was sent is sent whatever comes of it.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        try
        {
            await WithinAsync(PatienceToEnd, stop => client.DisconnectAsync(quit: true, stop), cancellationToken);
        }
        catch (MailException)
        {
            // It is gone.
        }
    }

    public void Dispose() => client.Dispose();

    internal MimeMessage Message(OutgoingMail mail)
    {
        var message = new MimeMessage
        {
            Subject = mail.Text.Subject,
            MessageId = $"{mail.Id}@{server.From[(server.From.IndexOf('@', StringComparison.Ordinal) + 1)..]}",
            Date = mail.At,
            Body = new TextPart("plain") { Text = mail.Text.Body },
        };
        message.From.Add(new MailboxAddress("Ecoscanner", server.From));
        message.To.Add(new MailboxAddress("", mail.Recipient));
        // RFC 3834: nobody's absence answers it.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    private async Task BeginAsync(CancellationToken stop)
    {
        var stream = await NamedServer.ConnectAsync(server.Host, server.Port, time, stop);
        var security = server.Security switch
        {
            MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
            MailSecurity.StartTls => SecureSocketOptions.StartTls,
            _ => SecureSocketOptions.None,
        };
        await client.ConnectAsync(stream, server.Host, server.Port, security, stop);
        if (server.Login is { } login)
        {
            await client.AuthenticateAsync(new NetworkCredential(login.User, login.Password), stop);
        }
    }

    private async Task WithinAsync(TimeSpan patience, Func<CancellationToken, Task> action, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(patience, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await action(stop.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MailException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{server.Place} did not answer within {patience.TotalMinutes:0.#} min; look whether it is overloaded"
                ),
                e
            );
        }
        catch (Exception e)
            when (e
                    is SslHandshakeException
                        or AuthenticationException
                        or CommandException
                        or ProtocolException
                        or ServiceNotConnectedException
                        or ServiceNotAuthenticatedException
                        or ProbeException
                        or IOException
                        or NotSupportedException
            )
        {
            throw new MailException(Failure(e), e);
        }
    }

    private string Failure(Exception e) =>
        e switch
        {
            SslHandshakeException =>
                $"{server.Place}: {(distrust is null ? "the TLS handshake failed" : $"its certificate is not trusted: {distrust}")}; mend it there, or put its root into this system's",
            NotSupportedException when server.Security == MailSecurity.StartTls =>
                $"{server.Place} offers no STARTTLS; use smtps://, or --mail-plain where nobody else can read the network",
            NotSupportedException or AuthenticationException => $"{server.Place} does not accept the user and password; mend the file of --mail-login",
            SmtpCommandException { ErrorCode: SmtpErrorCode.SenderNotAccepted } sender =>
                $"{server.Place} takes no mail from {server.From} ({Words(sender, "")}); name an address of yours with --mail-from",
            SmtpCommandException { StatusCode: SmtpStatusCode.AuthenticationRequired } or ServiceNotAuthenticatedException =>
                $"{server.Place} wants a user and a password; name their file with --mail-login",
            SmtpCommandException command => $"{server.Place} takes no mail now ({Words(command, "")}); look at its log",
            ProbeException unreached => $"{unreached.Failure.Message}; look whether {server.Place} runs",
            _ => $"{server.Place} broke the connection off or does not speak SMTP; look at its log",
        };

    // What concerns this person or this text. The rest concerns all: who we are, and whether the server serves.
    private static bool IsOfTheMail(SmtpCommandException e) =>
        e.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted
        && e.StatusCode is not (SmtpStatusCode.ServiceNotAvailable or SmtpStatusCode.AuthenticationRequired);

    // Policies (RFC 3463, X.7), such as "relaying denied", are mended on the server: such a mail waits for it.
    private static bool IsFinal(SmtpCommandException e) => (int)e.StatusCode >= 500 && !e.Message.StartsWith("5.7.", StringComparison.Ordinal);

    private static string Words(SmtpCommandException e, string recipient)
    {
        var text = MailText.Plain(recipient.Length > 0 ? e.Message.Replace(recipient, "…", StringComparison.OrdinalIgnoreCase) : e.Message);
        return string.Create(CultureInfo.InvariantCulture, $"{(int)e.StatusCode} {text}");
    }
}
