using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Audit;

/// <summary>What was done or read, by whom, to what.</summary>
/// <param name="PartnerId">Whose chain it stands in; 0 for the platform's own.</param>
/// <param name="ActorKind">As <c>Principal.Kind</c>.</param>
/// <param name="Object">Such as <c>finding:12</c> or <c>ticket:AMS-7</c>.</param>
/// <param name="Purpose">Why, where the role needs a reason; else empty.</param>
/// <param name="Detail">JSON, without content of findings.</param>
public sealed record AuditEntry(long PartnerId, string ActorKind, string Actor, string Action, string Object, string Purpose = "", string Detail = "{}")
{
    /// <summary>What somebody did or read, with their reason where they need one.</summary>
    public static AuditEntry By(Principal actor, long partnerId, string action, string @object, string detail = "{}") =>
        new(partnerId, actor.Kind, actor.Id, action, @object, actor.PurposeFor(partnerId), detail);
}

/// <summary>Writes audit events: in each partner's chain, an event holds the digest of the one before it.</summary>
public static class AuditLog
{
    /// <summary>What the first event of a chain follows.</summary>
    public static readonly byte[] Beginning = new byte[SHA256.HashSizeInBytes];

    /// <summary>Adds it to its chain, in the transaction of what it tells.</summary>
    public static void Record(Session session, AuditEntry entry)
    {
        var last = session.Find<Link>(
            "select sequence, hash from audit_event where partner_id = @PartnerId order by sequence desc limit 1",
            new { entry.PartnerId }
        );
        var (sequence, previous) = last is null ? (1, Beginning) : (last.Sequence + 1, last.Hash);
        var at = session.Clock;
        session.Execute(
            """
            insert into audit_event (partner_id, sequence, at, actor_kind, actor, action, object, purpose, detail, previous_hash, hash)
            values (@PartnerId, @sequence, @at, @ActorKind, @Actor, @Action, @Object, @Purpose, @Detail, @previous, @hash)
            """,
            new
            {
                entry.PartnerId,
                sequence,
                at,
                entry.ActorKind,
                entry.Actor,
                entry.Action,
                entry.Object,
                entry.Purpose,
                entry.Detail,
                previous,
                hash = Hash(previous, sequence, at, entry),
            }
        );
    }

    /// <summary>The same for what somebody did to accounts, tokens or rights: <see cref="AccessTold"/>.</summary>
    public static void Record(Session session, AccessEvent told) =>
        Record(session, AuditEntry.By(told.By, told.PartnerId, told.Action, told.Object, told.Detail));

    /// <summary>An event's digest: of the one before it, and of each of its parts with its length, so that no two events give the same bytes.</summary>
    public static byte[] Hash(ReadOnlySpan<byte> previous, long sequence, long at, AuditEntry entry)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(previous);
        Span<byte> number = stackalloc byte[sizeof(long)];
        foreach (var value in (ReadOnlySpan<long>)[entry.PartnerId, sequence, at])
        {
            BinaryPrimitives.WriteInt64BigEndian(number, value);
            digest.AppendData(number);
        }

        foreach (var text in (ReadOnlySpan<string>)[entry.ActorKind, entry.Actor, entry.Action, entry.Object, entry.Purpose, entry.Detail])
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            BinaryPrimitives.WriteInt64BigEndian(number, bytes.Length);
            digest.AppendData(number);
            digest.AppendData(bytes);
        }

        return digest.GetHashAndReset();
    }

    private sealed record Link(long Sequence, byte[] Hash);
}
