using Ecoscanner.Service.Access;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Findings;

/// <summary>All that is known of one finding.</summary>
/// <param name="Evidence">Null where it was deleted, or the partner's keys are destroyed.</param>
/// <param name="Events">The oldest first.</param>
/// <param name="Attributions">Who reports it, and who did.</param>
/// <param name="Claims">What the app or its partner says of it.</param>
/// <param name="Fingerprints">All that it ever went by.</param>
public sealed record FindingPage(
    FindingRow Finding,
    FindingEvidence? Evidence,
    IReadOnlyList<FindingEvent> Events,
    IReadOnlyList<Attribution> Attributions,
    IReadOnlyList<Claim> Claims,
    IReadOnlyList<string> Fingerprints
)
{
    // A finding that comes and goes each day for a year.
    private const int MostEvents = 1000;

    /// <summary>The finding; null where there is none or it is not in the scope.</summary>
    /// <remarks>Whoever gives it to a person audits the read first.</remarks>
    public static FindingPage? Find(Session session, PartnerKeys keys, RowScope scope, long id)
    {
        var row = session.Find<FindingRow>(
            $"select {FindingRow.Columns} from finding f {FindingRow.Joins} where f.id = @id and {scope.SqlOfOwned("f.partner_id", "f.app_id")}",
            new { id }
        );
        return row is null
            ? null
            : new FindingPage(
                row,
                EvidenceOf(session, keys, row),
                [
                    .. session
                        .List<FindingEventRow>(
                            "select at, kind, run_id, actor, detail from finding_event where finding_id = @id order by id limit @MostEvents",
                            new { id, MostEvents }
                        )
                        .Select(row => new FindingEvent(row.At, row.Kind, row.RunId, row.Actor, EventDetail.Read(row.Detail))),
                ],
                session.List<Attribution>(
                    "select source, tool_rule, severity, cvss, first_seen_at, gone_at from finding_attribution where finding_id = @id order by source, tool_rule",
                    new { id }
                ),
                session.List<Claim>(
                    """
                    select id, kind, says, reason, expires_at, made_by, made_at, run_id, decision, decided_by, decided_at, decision_reason
                    from claim where finding_id = @id order by id
                    """,
                    new { id }
                ),
                session.List<string>("select fingerprint from finding_alias where finding_id = @id order by fingerprint", new { id })
            );
    }

    private static FindingEvidence? EvidenceOf(Session session, PartnerKeys keys, FindingRow row)
    {
        var box = session.Find<byte[]>(
            "select sealed from evidence where partner_id = @PartnerId and digest = @EvidenceDigest",
            new { row.PartnerId, row.EvidenceDigest }
        );
        return box is null || keys.IsDestroyed(row.PartnerId) ? null : FindingEvidence.Read(keys.Open(row.PartnerId, FindingEvidence.Purpose, box));
    }

    private sealed record FindingEventRow
    {
        public long At { get; init; }
        public string Kind { get; init; } = "";
        public string? RunId { get; init; }
        public string Actor { get; init; } = "";
        public string Detail { get; init; } = "{}";
    }
}

/// <summary>Something that happened to a finding.</summary>
public sealed record FindingEvent(long At, string Kind, string? RunId, string Actor, EventDetail Detail);

/// <summary>That a tool or people report a finding, by a rule of their own.</summary>
/// <param name="GoneAt">When it stopped; null while it does.</param>
public sealed record Attribution(string Source, string ToolRule, long Severity, double Cvss, long FirstSeenAt, long? GoneAt);

/// <summary>What the app or its partner says of a finding.</summary>
/// <param name="Kind"><c>ignore</c>, <c>vex</c> or <c>configuration</c>.</param>
/// <param name="Decision"><c>accepted</c> or <c>rejected</c>; null where nobody decided.</param>
public sealed record Claim(
    long Id,
    string Kind,
    string Says,
    string Reason,
    long? ExpiresAt,
    string MadeBy,
    long MadeAt,
    string? RunId,
    string? Decision,
    string? DecidedBy,
    long? DecidedAt,
    string? DecisionReason
);
