using System.Text.Json.Nodes;
using Ecoscanner.Rules;
using Ecoscanner.Service.Findings;
using Ecoscanner.Service.Policies;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Tickets;

/// <summary>A finding under a ticket, with its own clock.</summary>
internal sealed record TicketFinding
{
    public const string OpenStates = "('new', 'confirmed', 'ticketed')";

    public const string Select = $"""
        select tf.ticket_id, f.id as finding_id, f.rule, f.place, f.severity, f.cvss, f.state, f.state in {OpenStates} as is_open, f.clean_runs, f.last_clean_at,
            tf.added_at, tf.clock_started_at, tf.clock_why, tf.due_at, tf.due_policy, tf.due_explanation, tf.due_severity, tf.platform_forced, tf.forced_until, tf.closed_at
        from ticket_finding tf join finding f on f.id = tf.finding_id
        """;

    public long TicketId { get; init; }
    public long FindingId { get; init; }
    public string Rule { get; init; } = "";
    public string Place { get; init; } = "";
    public Severity Severity { get; init; }
    public double Cvss { get; init; }
    public string State { get; init; } = "";

    /// <summary>Somebody has to mend it.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Decided to be the platform's: it stays listed, and nobody has to mend it.</summary>
    public bool IsForced => PlatformForced || State == FindingState.PlatformCaused;

    public long CleanRuns { get; init; }
    public long? LastCleanAt { get; init; }
    public long AddedAt { get; init; }
    public long ClockStartedAt { get; init; }
    public string ClockWhy { get; init; } = "";
    public long? DueAt { get; init; }
    public long DuePolicy { get; init; }
    public string DueExplanation { get; init; } = "";

    /// <summary>By which the due date was computed.</summary>
    public Severity DueSeverity { get; init; }

    public bool PlatformForced { get; init; }
    public long? ForcedUntil { get; init; }
    public long? ClosedAt { get; init; }

    public static IReadOnlyList<TicketFinding> Of(Session session, long ticketId) =>
        session.List<TicketFinding>($"{Select} where tf.ticket_id = @ticketId order by f.id", new { ticketId });

    /// <summary>The same with a due date computed anew, as of the severity that counts.</summary>
    public TicketFinding WithDue(Session session, Severity severity, Hosting hosting, DueClock clock, BugFixPolicy policy, DueDate? given = null)
    {
        // A clock that was set back must not make something due before it was known.
        var due = (given ?? DueDate.For(policy, severity, hosting, clock)).NotBefore(session.Now, "nothing is due before it is told");
        return this with
        {
            ClockStartedAt = clock.StartedAt.ToUnixTimeMilliseconds(),
            ClockWhy = clock.Why,
            DueAt = due.At?.ToUnixTimeMilliseconds(),
            DuePolicy = due.PolicyVersion,
            DueExplanation = due.Explanation,
            DueSeverity = severity,
        };
    }

    public void Save(Session session) =>
        session.Execute(
            """
            insert into ticket_finding (ticket_id, finding_id, added_at, clock_started_at, clock_why, due_at, due_policy, due_explanation, due_severity,
                platform_forced, forced_until, closed_at)
            values (@TicketId, @FindingId, @AddedAt, @ClockStartedAt, @ClockWhy, @DueAt, @DuePolicy, @DueExplanation, @Severity, @Forced, @ForcedUntil, @ClosedAt)
            on conflict (ticket_id, finding_id) do update
            set clock_started_at = excluded.clock_started_at, clock_why = excluded.clock_why, due_at = excluded.due_at, due_policy = excluded.due_policy,
                due_explanation = excluded.due_explanation, due_severity = excluded.due_severity, platform_forced = excluded.platform_forced, forced_until = excluded.forced_until,
                closed_at = excluded.closed_at
            """,
            new
            {
                TicketId,
                FindingId,
                AddedAt,
                ClockStartedAt,
                ClockWhy,
                DueAt,
                DuePolicy,
                DueExplanation,
                Severity = (long)DueSeverity,
                Forced = PlatformForced ? 1L : 0L,
                ForcedUntil,
                ClosedAt,
            }
        );

    /// <summary>Sets what a decision on the ticket makes of its findings, where they are in one of the states.</summary>
    public static void Mark(Session session, long ticketId, string state, string from, string actor, string why)
    {
        var isClosed = !OpenStates.Contains($"'{state}'", StringComparison.Ordinal);
        var met = session.List<long>(
            $"select f.id from ticket_finding tf join finding f on f.id = tf.finding_id where tf.ticket_id = @ticketId and f.state in {from}",
            new { ticketId }
        );
        foreach (var id in met)
        {
            session.Execute(
                """
                update finding set state = @state, changed_at = @Clock, closed_at = @closed, closed_why = @why, row_version = row_version + 1 where id = @id
                """,
                new
                {
                    id,
                    state,
                    session.Clock,
                    closed = isClosed ? session.Clock : (long?)null,
                    why = isClosed ? why : null,
                }
            );
            session.Execute(
                "insert into finding_event (finding_id, at, kind, run_id, actor, detail) values (@id, @Clock, @state, null, @actor, @detail)",
                new
                {
                    id,
                    session.Clock,
                    state,
                    actor,
                    detail = new JsonObject { ["ticket"] = $"AMS-{ticketId}", ["why"] = why }.ToJsonString(),
                }
            );
        }

        session.Execute(
            "update ticket_finding set closed_at = @closed where ticket_id = @ticketId and finding_id in (select id from finding where state = @state)",
            new
            {
                ticketId,
                state,
                closed = isClosed ? session.Clock : (long?)null,
            }
        );
    }
}
