using Ecoscanner.Service.Scheduling;
using Ecoscanner.Service.Storage;
using Ecoscanner.Service.Tickets;

namespace Ecoscanner.Service.Api;

/// <summary>What comes with time, beside scans: signed heads, reminders, deletions, mail.</summary>
internal sealed partial class Upkeep(Platform platform, TimeProvider time, ILogger<Upkeep> logger) : BackgroundService
{
    // People wait for their invitations.
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan HalfMinute = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    // False where the clock could not be looked at: then it is not believed.
    private bool hasLooked;

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
                Turn(stoppingToken);
            } while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }

    /// <summary>Does what is due.</summary>
    internal void Turn(CancellationToken stop)
    {
        // First, for what follows deletes by it.
        Every(Tick, "the clock", Clock);
        Every(HalfMinute, "what a clock put ahead", () => Mend());
        Every(Tick, "mail", Mail);
        Every(Minute, "tickets", () => Tickets(stop));
        Every(Hour, "heads", () => platform.AuditHeads.SignAll());
        Every(Day, "sessions", platform.Sessions.Sweep);
        if (hasLooked && platform.Clock.Doubt is null)
        {
            Every(Hour, "contacts", () => platform.Contacts.Remind());
            // What nobody can make anew.
            Every(Hour, "retention", () => platform.Retention.Sweep());
            Every(Hour, "repeated requests", platform.Idempotency.Forget);
            Every(Day, "files that nothing names", () => platform.Retention.SweepUnnamed());
            Every(Day, "secrets", () => platform.Vault.Sweep());
        }
    }

    private void Clock()
    {
        var before = platform.Clock.Doubt;
        hasLooked = false;
        platform.Clock.Look();
        hasLooked = true;
        switch (before, platform.Clock.Doubt)
        {
            case (null, { } doubt):
                Log.Doubted(logger, doubt.Why, (long)Math.Ceiling(doubt.Left.TotalHours));
                break;
            case ({ }, null):
                Log.Believed(logger);
                break;
        }
    }

    private void Mend()
    {
        if (ClockJumps.Mend(platform.Database))
        {
            platform.WakeScheduler();
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
        platform.TicketUpkeep.Run(platform.Database, hasLooked && platform.Clock.Doubt is null, stop);
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

        [LoggerMessage(
            3,
            LogLevel.Error,
            "{Why}: nothing is deleted and nothing ends by it. Put the clock right; or, where it is right, wait {Hours} h or start with --clock-is-right"
        )]
        public static partial void Doubted(ILogger logger, string why, long hours);

        [LoggerMessage(4, LogLevel.Warning, "the clock is believed again; what is due is deleted")]
        public static partial void Believed(ILogger logger);

        [LoggerMessage(2, LogLevel.Warning, "partner {Partner} has neither contacts nor administrators: nobody could be told of its tickets; invite one")]
        public static partial void Untold(ILogger logger, string partner);
    }
}
