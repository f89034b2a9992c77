using Ecoscanner.Service.Policies;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Tickets;

/// <summary>What keeps a finding from having a ticket, and the note that says so: nobody has to guess why none was filed.</summary>
internal static class FilingGate
{
    private const long Hour = 60L * 60 * 1000;
    private const long Day = 24 * Hour;

    /// <summary>Null where nothing about the finding itself stands against a ticket.</summary>
    public static Refusal? Closed(Session session, string runId, FiledFinding finding)
    {
        if (finding.State is "new")
        {
            var unstable = PolicyBook.OperationInForce(session).Unstable;
            var why = unstable.Holds(finding.Rule)
                ? $"seen once; this check counts after {unstable.Runs} runs {unstable.HoursApart} hours apart, because {unstable.Why}"
                : "seen, and not confirmed yet";
            return new("unconfirmed", why, null);
        }

        if (finding.Ownership is "unproven")
        {
            return new("unproven", "that the app is its uploader's is not proven, so what is found is theirs alone to see", session.Clock + Day);
        }

        if (finding.IsArchived)
        {
            return new("archived", "the app or its partner is no longer on the platform", session.Clock + Day);
        }

        return Stage(session, runId, finding) is { } stage and not "enforced"
            ? new("stage", $"the scanner is in its {stage} stage: what it finds is measured, and raises no ticket", session.Clock + Day)
            : null;
    }

    /// <summary>Null where a new ticket would not be one too many.</summary>
    public static Refusal? Flooded(Session session, FiledFinding finding)
    {
        var hygiene = PolicyBook.OperationInForce(session).Hygiene;
        var fixedAt = session.Find<long?>(
            """
            select closed_at from ticket where hosting_id = @HostingId and family = @Family and closed_at > @since and status = 'verified'
            order by closed_at desc limit 1
            """,
            new
            {
                finding.HostingId,
                finding.Family,
                since = session.Clock - (hygiene.QuietHoursAfterFix * Hour),
            }
        );
        if (fixedAt is { } at)
        {
            var until = at + (hygiene.QuietHoursAfterFix * Hour);
            return new(
                "quiet",
                $"a similar one was fixed less than {hygiene.QuietHoursAfterFix} hours ago; it is filed after that if it is still there",
                until
            );
        }

        var nth = session.Find<long?>(
            "select created_at from ticket where app_id = @AppId and created_at > @since and workflow = 'ecoscanner-vulnerability' order by created_at desc limit 1 offset @most",
            new
            {
                finding.AppId,
                since = session.Clock - Day,
                most = hygiene.TicketsPerAppAndDay - 1,
            }
        );
        return nth is { } oldest
            ? new("limit", $"the app got {hygiene.TicketsPerAppAndDay} tickets within a day; the rest follows when that day has passed", oldest + Day)
            : null;
    }

    public static void Refuse(Session session, string runId, FiledFinding finding, Refusal refusal, bool isForced) =>
        session.Execute(
            """
            insert into ticket_unfiled (finding_id, partner_id, app_id, run_id, cause, reason, platform_forced, at, retry_at)
            values (@Id, @PartnerId, @AppId, @runId, @Cause, @Reason, @forced, @Clock, @RetryAt)
            on conflict (finding_id) do update
            set run_id = excluded.run_id, cause = excluded.cause, reason = excluded.reason, platform_forced = excluded.platform_forced, at = excluded.at,
                retry_at = excluded.retry_at
            """,
            new
            {
                finding.Id,
                finding.PartnerId,
                finding.AppId,
                runId,
                refusal.Cause,
                refusal.Reason,
                forced = isForced ? 1L : 0L,
                session.Clock,
                refusal.RetryAt,
            }
        );

    // A scanner moves on to its next stage without the finding changing: what checked the rule last says where it is.
    private static string? Stage(Session session, string runId, FiledFinding finding) =>
        session.Find<string>(
            "select r.stage from rule_state s join run r on r.id = s.run_id where s.hosting_id = @HostingId and s.rule = @Rule",
            new { finding.HostingId, finding.Rule }
        ) ?? session.Find<string>("select stage from run where id = @runId", new { runId });
}

/// <param name="Cause">A word.</param>
/// <param name="Reason">For people.</param>
/// <param name="RetryAt">When it is tried again by itself.</param>
internal sealed record Refusal(string Cause, string Reason, long? RetryAt);
