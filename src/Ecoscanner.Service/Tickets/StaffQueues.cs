using Ecoscanner.Rules;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Tickets;

/// <summary>What waits for staff, oldest first; each list goes on after an id.</summary>
public static class StaffQueues
{
    /// <summary>Disputes (<c>dispute</c>) or requests for a later due date (<c>extension</c>) that nobody decided.</summary>
    public static IReadOnlyList<WaitingRequest> Requests(Session session, Principal by, string kind, long after, int limit) =>
        session.List<WaitingRequest>(
            RequestsSql(by),
            new
            {
                kind,
                after,
                limit,
            }
        );

    /// <summary>Proposals of enforcement that nobody decided.</summary>
    public static IReadOnlyList<EnforcementLine> Breaches(Session session, Principal by, long after, int limit) =>
        session.List<EnforcementLine>(BreachesSql(by), new { after, limit });

    /// <summary>Findings without a ticket that could have one, and why: for partners too, of their own.</summary>
    public static IReadOnlyList<UnfiledLine> Unfiled(Session session, Principal by, long? partnerId, long after, int limit) =>
        session.List<UnfiledLine>(
            UnfiledSql(by, partnerId),
            new
            {
                partnerId,
                after,
                limit,
            }
        );

    /// <summary>Why a finding has no ticket, in words; null where it has one, or is not theirs to know of.</summary>
    public static string? WhyUnfiled(Session session, Principal by, long findingId)
    {
        var finding = session.Find<Why>(
            $"""
            select f.raises_tickets, f.state, u.reason, (select count(*) from ticket_finding tf where tf.finding_id = f.id) as tickets
            from finding f left join ticket_unfiled u on u.finding_id = f.id
            where f.id = @findingId and {by.ScopeOf(Capability.ReadFindings).Sql("f.partner_id", "f.app_id")}
            """,
            new { findingId }
        );
        return finding is null || finding.Tickets > 0 ? null
            : !finding.RaisesTickets ? "its rule is advice, and never raises a ticket"
            : finding.Reason ?? $"it is {finding.State}";
    }

    /// <summary>Open tickets of one app and requirement that came from different sources: perhaps the same flaw.</summary>
    public static IReadOnlyList<PossibleDuplicate> Duplicates(Session session, Principal by, (long Ticket, long Other) after, int limit) =>
        session.List<PossibleDuplicate>(
            DuplicatesSql(by),
            new
            {
                after.Ticket,
                after.Other,
                limit,
            }
        );

    // The statements; a test holds their plans against the indices.
    internal static string RequestsSql(Principal by) =>
        $"""
            select q.id, q.kind, q.asked_at, q.asked_by, q.proposed_due_at, t.key, t.title, t.partner_id, t.severity, t.due_at, t.row_version, a.key as app_key
            from ticket_request q join ticket t on t.id = q.ticket_id join app a on a.id = t.app_id
            where q.kind = @kind and q.decided_at is null and q.id > @after and {Scope(by, Capability.DecideTickets)} order by q.id limit @limit
            """;

    internal static string BreachesSql(Principal by) =>
        $"""
            select e.id, t.key, e.partner_id, e.app_id, e.due_at, e.severity, e.proposal as proposed, e.explanation, e.proposed_at, e.decision, e.decided_at,
                e.decided_by, e.reason, e.lapsed_at, e.row_version, a.key as app_key
            from enforcement e join ticket t on t.id = e.ticket_id join app a on a.id = e.app_id
            where e.decided_at is null and e.lapsed_at is null and e.id > @after and {Scope(by, Capability.DecideEnforcement)} order by e.id limit @limit
            """;

    internal static string UnfiledSql(Principal by, long? partnerId) =>
        $"""
            select u.finding_id, u.partner_id, u.app_id, a.key as app_key, f.rule, f.severity, u.cause, u.reason, u.at, u.retry_at
            from ticket_unfiled u join finding f on f.id = u.finding_id join app a on a.id = u.app_id
            where {(partnerId is null ? "" : "u.partner_id = @partnerId and ")}u.finding_id > @after and {by.ScopeOf(Capability.ReadFindings).Sql(
                "u.partner_id",
                "u.app_id"
            )} order by u.finding_id limit @limit
            """;

    internal static string DuplicatesSql(Principal by) =>
        $"""
        select t.id, t.partner_id, o.id as other_id, t.key, t.title, t.source, o.key as other_key, o.title as other_title, o.source as other_source, t.requirement, a.key as app_key
        from ticket t join ticket o on o.app_id = t.app_id and o.requirement = t.requirement and o.id < t.id and o.closed_at is null and o.source <> t.source
        join app a on a.id = t.app_id
        where t.closed_at is null and t.id >= @Ticket and (t.id > @Ticket or o.id > @Other) and t.workflow = 'security-vulnerability' and {Scope(
            by,
            Capability.DecideTickets
        )} order by t.id, o.id limit @limit
        """;

    private static string Scope(Principal by, Capability capability) => by.ScopeOf(capability).Sql("t.partner_id", "t.app_id");

    private sealed record Why
    {
        public bool RaisesTickets { get; init; }
        public string State { get; init; } = "";
        public string? Reason { get; init; }
        public long Tickets { get; init; }
    }
}

/// <summary>A dispute or a request for a later due date, with its ticket.</summary>
public sealed record WaitingRequest
{
    public long Id { get; init; }
    public string Kind { get; init; } = "";
    public long AskedAt { get; init; }
    public string AskedBy { get; init; } = "";
    public long? ProposedDueAt { get; init; }
    public string Key { get; init; } = "";
    public string Title { get; init; } = "";
    public Severity Severity { get; init; }
    public long? DueAt { get; init; }
    public long RowVersion { get; init; }
    public string AppKey { get; init; } = "";
    public long PartnerId { get; init; }
}

/// <summary>A finding that could have a ticket and has none.</summary>
public sealed record UnfiledLine
{
    public long FindingId { get; init; }
    public long PartnerId { get; init; }
    public long AppId { get; init; }
    public string AppKey { get; init; } = "";
    public string Rule { get; init; } = "";
    public Severity Severity { get; init; }

    /// <summary><c>unconfirmed</c>, <c>unproven</c>, <c>stage</c>, <c>archived</c>, <c>limit</c>, <c>quiet</c>, <c>decided</c>.</summary>
    public string Cause { get; init; } = "";
    public string Reason { get; init; } = "";
    public long At { get; init; }
    public long? RetryAt { get; init; }
}

/// <summary>Two tickets that may be about the same.</summary>
public sealed record PossibleDuplicate(
    long Id,
    long PartnerId,
    long OtherId,
    string Key,
    string Title,
    string Source,
    string OtherKey,
    string OtherTitle,
    string OtherSource,
    string Requirement,
    string AppKey
);
