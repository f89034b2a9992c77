using System.Buffers.Binary;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Audit;

/// <summary>The end of a chain at some time, signed: who keeps it can prove later that nothing before it was changed.</summary>
/// <param name="SignedAt">Milliseconds since 1970, UTC.</param>
public sealed record AuditHead(long PartnerId, long Sequence, byte[] Hash, long SignedAt, string KeyId, byte[] Signature)
{
    private static ReadOnlySpan<byte> Label => "ecoscanner audit head 1\n"u8;

    /// <summary>What is signed: label, partner, sequence and time as 64 bits big-endian, hash.</summary>
    public byte[] Message()
    {
        var message = new byte[Label.Length + 3 * sizeof(long) + Hash.Length];
        Label.CopyTo(message);
        var rest = message.AsSpan(Label.Length);
        foreach (var number in (ReadOnlySpan<long>)[PartnerId, Sequence, SignedAt])
        {
            BinaryPrimitives.WriteInt64BigEndian(rest, number);
            rest = rest[sizeof(long)..];
        }

        Hash.CopyTo(rest);
        return message;
    }
}

/// <summary>Signs the heads of chains that grew; to be called every hour.</summary>
public sealed class AuditHeads(Database database, AuditKeys keys)
{
    // Partners in one transaction, so that others may write between.
    private const int Batch = 200;

    /// <summary>Signs a head of each chain that has events after its last one; how many.</summary>
    public int SignAll()
    {
        var (signed, after) = (0, -1L);
        while (true)
        {
            var partners = database.Read(session =>
                session.List<long>(
                    """
                    select id from (select 0 as id union all select id from partner) as chain where id > @after order by id limit @Batch
                    """,
                    new { after, Batch }
                )
            );
            if (partners.Count == 0)
            {
                return signed;
            }

            after = partners[^1];
            var grown = database.Read(session => partners.Where(partnerId => Grown(session, partnerId) is not null).ToList());
            if (grown.Count > 0)
            {
                signed += database.Write(session => grown.Count(partnerId => Sign(session, partnerId)));
            }
        }
    }

    /// <summary>Heads of a chain after a sequence, the oldest first.</summary>
    public static IReadOnlyList<AuditHead> List(Session session, long partnerId, long after, int limit) =>
        session.List<AuditHead>(
            """
            select partner_id, sequence, hash, signed_at, key_id, signature from audit_head
            where partner_id = @partnerId and sequence > @after order by sequence limit @limit
            """,
            new
            {
                partnerId,
                after,
                limit,
            }
        );

    private bool Sign(Session session, long partnerId)
    {
        if (Grown(session, partnerId) is not { } end)
        {
            return false;
        }

        var head = new AuditHead(partnerId, end.Sequence, end.Hash, session.Clock, keys.KeyId, []);
        head = head with { Signature = keys.Sign(head.Message()) };
        session.Execute(
            """
            insert into audit_head (partner_id, sequence, hash, signed_at, key_id, signature)
            values (@PartnerId, @Sequence, @Hash, @SignedAt, @KeyId, @Signature)
            """,
            head
        );
        return true;
    }

    private static End? Grown(Session session, long partnerId)
    {
        var last = session.Find<long?>("select sequence from audit_head where partner_id = @partnerId order by sequence desc limit 1", new { partnerId }) ?? 0;
        return session.Find<End>(
            "select sequence, hash from audit_event where partner_id = @partnerId and sequence > @last order by sequence desc limit 1",
            new { partnerId, last }
        );
    }

    private sealed record End(long Sequence, byte[] Hash);
}
