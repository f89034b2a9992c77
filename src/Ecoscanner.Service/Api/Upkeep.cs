using Ecoscanner.Service.Storage;
using Ecoscanner.Service.Tickets;

namespace Ecoscanner.Service.Api;

/// <summary>What comes with time, beside scans: signed heads, reminders, deletions, mail.</summary>
internal sealed partial class Upkeep(Platform platform, TimeProvider time, ILogger<Upkeep> logger) : BackgroundService
{
    // People wait for their invitations.
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly Dictionary<string, DateTimeOffset> last = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The service answers first.
        await Task.Yield();
        using var timer = new PeriodicTimer(Tick, time);
        try
        {
            do
            {
                Every(Tick, "mail", Mail);
                Every(Minute, "tickets", () => Tickets(stoppingToken));
                Every(Hour, "heads", () => platform.AuditHeads.SignAll());
                Every(Hour, "retention", () => platform.Retention.Sweep());
                Every(Hour, "repeated requests", platform.Idempotency.Forget);
                Every(Day, "files that nothing names", () => platform.Retention.SweepUnnamed());
                Every(Day, "sessions", platform.Sessions.Sweep);
                Every(Day, "secrets", () => platform.Vault.Sweep());
            } while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }

    private void Mail()
    {
        platform.Outbox.Clear();
        // Where there is a server, MailDelivery gives it to that.
        if (platform.Options.Mail is null)
        {
            platform.Outbox.Give();
        }
    }

    private void Tickets(CancellationToken stop)
    {
        platform.TicketUpkeep.Run(platform.Database, stop);
        if (platform.Database.Read(session => Notices.Waiting(session).Count) > 0)
        {
            foreach (var partner in platform.Database.Write(session => TicketDigests.Put(session, platform.Outbox)))
            {
                Log.Untold(logger, partner);
            }
        }
    }

    private void Every(TimeSpan interval, string what, Action action)
    {
        var now = time.GetUtcNow();
        // A clock that jumps back must not stop it for as long.
        if (last.TryGetValue(what, out var before) && now - before < interval && now >= before)
        {
            return;
        }

        last[what] = now;
        try
        {
            action();
        }
        catch (Exception e) when (e is DatabaseException or IOException or SealedException or UnauthorizedAccessException)
        {
            Log.NotDone(logger, what, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "upkeep of {What} failed; it is tried again")]
        public static partial void NotDone(ILogger logger, string what, Exception e);

        [LoggerMessage(2, LogLevel.Warning, "partner {Partner} has neither contacts nor administrators: nobody could be told of its tickets; invite one")]
        public static partial void Untold(ILogger logger, string partner);
    }
}
