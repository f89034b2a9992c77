using Ecoscanner.Service.Access;
using Ecoscanner.Service.Audit;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Findings;

/// <summary>What people decide of a finding. No run changes it; people do.</summary>
/// <param name="State">One of <see cref="FindingState.Decided"/>, or <see cref="FindingState.Confirmed"/> to take a decision back.</param>
/// <param name="DuplicateOf">The other finding of the same app, for <see cref="FindingState.Duplicate"/> only.</param>
/// <param name="RowVersion">What the person saw; null to decide whatever it is now.</param>
public sealed record FindingDecision(long FindingId, string State, string Reason, long? DuplicateOf = null, long? RowVersion = null);

/// <summary>What became of a decision.</summary>
public enum DecisionOutcome
{
    Decided,

    /// <summary>There is no such finding for that person.</summary>
    NotFound,

    /// <summary>It changed since the person saw it.</summary>
    Changed,

    /// <summary>It cannot be: no reason, an unknown state, a duplicate of itself or of another app's.</summary>
    Refused,
}

/// <summary>Decisions of people about findings and claims, each with its reason, its event and its audit.</summary>
public static class FindingDecisions
{
    private const int LongestReason = 4000;

    /// <param name="who">Needs <see cref="Capability.DecideTickets"/> for it.</param>
    public static DecisionOutcome Decide(Session session, Principal who, FindingDecision decision)
    {
        var scope = who.ScopeOf(Capability.DecideTickets);
        var found = session.Find<DecidedRow>(
            $"select f.state, f.partner_id, f.app_id, f.row_version from finding f where f.id = @FindingId and {scope.Sql("f.partner_id", "f.app_id")}",
            new { decision.FindingId }
        );
        if (found is null)
        {
            return DecisionOutcome.NotFound;
        }

        if (decision.RowVersion is { } version && version != found.RowVersion)
        {
            return DecisionOutcome.Changed;
        }

        var isUndone = decision.State == FindingState.Confirmed && FindingState.IsDecided(found.State);
        if (!IsReason(decision.Reason) || !(isUndone || FindingState.IsDecided(decision.State)) || !IsDuplicate(session, decision, found.AppId))
        {
            return DecisionOutcome.Refused;
        }

        session.Execute(
            """
            update finding set state = @State, duplicate_of = @DuplicateOf, changed_at = @Clock, closed_at = @closed, closed_why = @why, clean_runs = 0,
                confirmed_at = coalesce(confirmed_at, @confirmed), row_version = row_version + 1
            where id = @FindingId
            """,
            new
            {
                decision.FindingId,
                decision.State,
                decision.DuplicateOf,
                session.Clock,
                closed = isUndone ? (long?)null : session.Clock,
                why = isUndone ? null : decision.Reason,
                confirmed = isUndone ? session.Clock : (long?)null,
            }
        );
        session.Execute(
            "insert into finding_event (finding_id, at, kind, run_id, actor, detail) values (@FindingId, @Clock, 'decided', null, @Name, @detail)",
            new
            {
                decision.FindingId,
                session.Clock,
                who.Name,
                detail = EventDetail.Of(decision.Reason, found.State, decision.State),
            }
        );
        AuditLog.Record(session, new AuditEntry(found.PartnerId, who.Kind, who.Id, "finding.decided", $"finding:{decision.FindingId}", who.Purpose));
        return DecisionOutcome.Decided;
    }

    /// <summary>Accepts or rejects what a partner claims; the finding stays what it is.</summary>
    public static DecisionOutcome DecideClaim(Session session, Principal who, long claimId, bool isAccepted, string reason)
    {
        var scope = who.ScopeOf(Capability.DecideTickets);
        var partner = session.Find<long?>(
            $"select a.partner_id from claim c join app a on a.id = c.app_id where c.id = @claimId and {scope.Sql("a.partner_id", "a.id")}",
            new { claimId }
        );
        if (partner is null)
        {
            return DecisionOutcome.NotFound;
        }

        if (!IsReason(reason))
        {
            return DecisionOutcome.Refused;
        }

        session.Execute(
            "update claim set decision = @decision, decided_by = @Name, decided_at = @Clock, decision_reason = @reason where id = @claimId",
            new
            {
                claimId,
                decision = isAccepted ? "accepted" : "rejected",
                who.Name,
                session.Clock,
                reason,
            }
        );
        AuditLog.Record(session, new AuditEntry(partner.Value, who.Kind, who.Id, "claim.decided", $"claim:{claimId}", who.Purpose));
        return DecisionOutcome.Decided;
    }

    private static bool IsReason(string reason) => !string.IsNullOrWhiteSpace(reason) && reason.Length <= LongestReason;

    private static bool IsDuplicate(Session session, FindingDecision decision, long appId) =>
        decision.State != FindingState.Duplicate
            ? decision.DuplicateOf is null
            : decision.DuplicateOf is { } other
                && other != decision.FindingId
                && session.Find<long?>("select 1 from finding where id = @other and app_id = @appId", new { other, appId }) is not null;

    private sealed record DecidedRow
    {
        public string State { get; init; } = "";
        public long PartnerId { get; init; }
        public long AppId { get; init; }
        public long RowVersion { get; init; }
    }
}
