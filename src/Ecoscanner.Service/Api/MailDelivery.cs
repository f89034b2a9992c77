using System.Globalization;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Mail;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Api;

/// <summary>
/// Sends what waits in the outbox, where the operator named a mail server: by itself, so that a slow server keeps nothing else waiting. A row goes only
/// after the server took it; who is killed between the two sends it once more, with the same Message-ID.
/// </summary>
internal sealed partial class MailDelivery(Platform platform, TimeProvider time, ILogger<MailDelivery> logger) : BackgroundService
{
    // People wait for their invitations.
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(5);

    // Of a server that fails: after the first time, the second, …; the last one as long as it fails.
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(10),
        TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(15),
    ];

    private int failures;
    private long failedAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (platform.Options is not { Mail: { } server, Origin: { } origin })
        {
            return;
        }

        // The service answers first.
        await Task.Yield();
        using var timer = new PeriodicTimer(Tick, time);
        try
        {
            do
            {
                await DeliverAsync(server, origin, stoppingToken);
            } while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }

    internal async Task DeliverAsync(MailServer server, Uri origin, CancellationToken cancellationToken)
    {
        // Elapsed time, not the clock: one that jumps neither stops mail nor hastens it.
        if (failures > 0 && time.GetElapsedTime(failedAt) < Pause)
        {
            return;
        }

        try
        {
            if (platform.Outbox.Due(origin) is { Count: > 0 } due)
            {
                await SendAsync(server, due, cancellationToken);
            }
        }
        catch (MailException e)
        {
            failures++;
            failedAt = time.GetTimestamp();
            platform.MailFailure = e.Message;
            Log.Failing(logger, e.Message, string.Create(CultureInfo.InvariantCulture, $"{Pause.TotalSeconds:0}"));
        }
        catch (Exception e) when (e is DatabaseException or SealedException)
        {
            Log.NotRead(logger, e);
        }
    }

    private async Task SendAsync(MailServer server, IReadOnlyList<DueMail> due, CancellationToken cancellationToken)
    {
        using var connection = await MailConnection.OpenAsync(server, time, cancellationToken);
        foreach (var mail in due)
        {
            await SendAsync(connection, mail, cancellationToken);
            if (failures > 0)
            {
                Log.Again(logger, server.Place);
                (failures, platform.MailFailure) = (0, null);
            }
        }

        await connection.EndAsync(cancellationToken);
    }

    private async Task SendAsync(MailConnection connection, DueMail mail, CancellationToken cancellationToken)
    {
        if (!EmailAddress.TryParse(mail.Mail.Recipient, out _))
        {
            platform.Outbox.Undeliverable(mail, "that is no e-mail address");
            return;
        }

        MailRefusal? refusal;
        try
        {
            refusal = await connection.SendAsync(mail.Mail, cancellationToken);
        }
        catch (MailException e)
        {
            // Others first when the server answers again: it may be this one that it breaks at.
            platform.Outbox.Later(mail, e.Message);
            throw;
        }

        switch (refusal)
        {
            case null:
                platform.Outbox.Sent(mail.Id);
                break;
            case { IsFinal: true }:
                platform.Outbox.Undeliverable(mail, refusal.Why);
                Log.Undeliverable(logger, mail.Mail.Id, mail.Kind, refusal.Why);
                break;
            default:
                if (platform.Outbox.Later(mail, refusal.Why))
                {
                    Log.Undeliverable(logger, mail.Mail.Id, mail.Kind, refusal.Why);
                }

                break;
        }
    }

    private TimeSpan Pause => Pauses[Math.Min(failures, Pauses.Length) - 1];

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "mail waits: {Why}. It is tried again in {Seconds} s")]
        public static partial void Failing(ILogger logger, string why, string seconds);

        [LoggerMessage(2, LogLevel.Information, "{Place} takes mail again")]
        public static partial void Again(ILogger logger, string place);

        [LoggerMessage(3, LogLevel.Warning, "mail {Id} ({Kind}) cannot be delivered: {Why}; to whom stands in the audit")]
        public static partial void Undeliverable(ILogger logger, string id, string kind, string why);

        [LoggerMessage(4, LogLevel.Error, "the outbox could not be read or written; it is tried again")]
        public static partial void NotRead(ILogger logger, Exception e);
    }
}
