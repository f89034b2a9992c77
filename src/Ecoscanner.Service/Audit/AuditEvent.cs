using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Audit;

/// <summary>An event of a chain, as it is kept and exported.</summary>
/// <param name="At">Milliseconds since 1970, UTC. The order is that of the sequence: clocks may jump back.</param>
public sealed record AuditEvent(
    long PartnerId,
    long Sequence,
    long At,
    string ActorKind,
    string Actor,
    string Action,
    string Object,
    string Purpose,
    string Detail,
    byte[] PreviousHash,
    byte[] Hash
)
{
    public AuditEntry Entry => new(PartnerId, ActorKind, Actor, Action, Object, Purpose, Detail);

    /// <summary>Events of a chain after a sequence, the oldest first: what partners export and follow.</summary>
    public static IReadOnlyList<AuditEvent> List(Session session, long partnerId, long after, int limit) =>
        session.List<AuditEvent>(
            $"{Columns} where partner_id = @partnerId and sequence > @after order by sequence limit @limit",
            new
            {
                partnerId,
                after,
                limit,
            }
        );

    /// <summary>Who did what, the latest first: before a sequence, or from the end.</summary>
    public static IReadOnlyList<AuditEvent> Latest(Session session, long partnerId, long? before, int limit) =>
        session.List<AuditEvent>(
            $"{Columns} where partner_id = @partnerId and sequence < @before order by sequence desc limit @limit",
            new
            {
                partnerId,
                before = before ?? long.MaxValue,
                limit,
            }
        );

    private const string Columns = "select partner_id, sequence, at, actor_kind, actor, action, object, purpose, detail, previous_hash, hash from audit_event";
}
