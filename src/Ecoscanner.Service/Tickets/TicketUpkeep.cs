using Ecoscanner.Service.Access;
using Ecoscanner.Service.Policies;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Tickets;

/// <summary>What comes with time: reminders, breaches, ends of exemptions and accepted risks, what could not be filed yet, runs to be tried again.</summary>
public sealed class TicketUpkeep(TicketFiling filing, TicketVerification verification)
{
    // The most that is done at a time; the rest comes with the next call.
    private const int Rounds = 100;
    private const int Batch = 200;

    /// <summary>To be called every minute; each step is a transaction of its own, and doing it twice changes nothing.</summary>
    /// <param name="endsThings">False where the clock is not believed: nothing that was accepted ends, and nobody is told that they are late.</param>
    public void Run(Database database, bool endsThings, CancellationToken cancellation)
    {
        Func<Session, int>[] steps = [filing.TryAgain, filing.Adopt, verification.Sweep];
        foreach (var step in endsThings ? [TicketFiling.EndExemptions, EndRisks, .. steps, Notices.Remind] : steps)
        {
            for (var round = 0; round < Rounds && !cancellation.IsCancellationRequested && database.Write(step) >= Batch; round++)
            {
                // Until less than a batch is left.
            }
        }

        database.Write(session => Notices.Collect(session).Count);
    }

    private static int EndRisks(Session session)
    {
        var ended = session.List<long>(
            $"select id from ticket where accepted_until <= @Clock and status = 'risk-accepted' order by accepted_until limit {Batch}",
            new { session.Clock }
        );
        foreach (var id in ended)
        {
            var actor = Principal.Platform.Name;
            var ticket = TicketMoves.ByPlatform(
                session,
                TicketRows.ById(session, id)!,
                "risk-ends",
                "the day has come until which the risk was accepted",
                row => row with { AcceptedUntil = null }
            );
            TicketFinding.Mark(session, id, "ticketed", "('accepted')", actor, "the accepted risk ended");
            TicketClock.Restart(
                session,
                ticket,
                PolicyBook.BugFixInForce(session, session.Now),
                new DueClock(session.Now, "when the accepted risk ended"),
                actor,
                "the accepted risk ended"
            );
        }

        return ended.Count;
    }
}
