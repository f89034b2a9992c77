using System.Security.Cryptography;

namespace Ecoscanner.Service.Audit;

/// <summary>Checks an exported chain against the heads that were fetched: with nothing but what the partner holds, so it needs no trust in the platform.</summary>
public static class AuditChain
{
    /// <param name="events">In order; from the first one, or from the one after <paramref name="anchor"/>.</param>
    /// <param name="heads">Those that were kept, of any times; those beyond the events prove that some are missing.</param>
    /// <param name="publicKeys">In PEM, by name, as they were served.</param>
    /// <param name="anchor">A head that a former check proved; null to begin at the beginning.</param>
    public static AuditVerdict Check(
        long partnerId,
        IEnumerable<AuditEvent> events,
        IEnumerable<AuditHead> heads,
        IReadOnlyDictionary<string, string> publicKeys,
        AuditHead? anchor = null
    )
    {
        var signed = new SortedDictionary<long, AuditHead>();
        foreach (var head in anchor is null ? heads : heads.Append(anchor))
        {
            if (Refusal(head, partnerId, publicKeys) is { } refusal)
            {
                return AuditVerdict.Broken(head.Sequence, refusal);
            }

            if (!signed.TryAdd(head.Sequence, head) && !signed[head.Sequence].Hash.AsSpan().SequenceEqual(head.Hash))
            {
                return AuditVerdict.Broken(head.Sequence, "two heads that were signed for the same event tell of different ones: the chain was made anew");
            }
        }

        var (sequence, hash, proven) = (anchor?.Sequence ?? 0, anchor?.Hash ?? AuditLog.Beginning, anchor?.Sequence ?? 0);
        foreach (var audited in events)
        {
            sequence++;
            if (audited.PartnerId != partnerId || audited.Sequence != sequence)
            {
                return AuditVerdict.Broken(sequence, $"event {sequence} is missing, or events are not in order");
            }

            if (!audited.PreviousHash.AsSpan().SequenceEqual(hash))
            {
                return AuditVerdict.Broken(sequence, $"event {sequence} does not follow the one before it");
            }

            hash = AuditLog.Hash(hash, sequence, audited.At, audited.Entry);
            if (!audited.Hash.AsSpan().SequenceEqual(hash))
            {
                return AuditVerdict.Broken(sequence, $"event {sequence} is not the one that was recorded: its content was changed");
            }

            if (signed.TryGetValue(sequence, out var head))
            {
                if (!head.Hash.AsSpan().SequenceEqual(hash))
                {
                    return AuditVerdict.Broken(sequence, $"event {sequence} is not the one whose head was signed: the chain was made anew");
                }

                proven = sequence;
            }
        }

        return signed.Count > 0 && signed.Keys.Last() is var last && last > sequence
            ? AuditVerdict.Broken(
                sequence + 1,
                $"a head was signed for event {last}, and the events end at {sequence}: the end was cut off, or export it again"
            )
            : new AuditVerdict(null, sequence, proven, null);
    }

    private static string? Refusal(AuditHead head, long partnerId, IReadOnlyDictionary<string, string> publicKeys)
    {
        if (head.PartnerId != partnerId)
        {
            return $"head {head.Sequence} is of another chain";
        }

        if (!publicKeys.TryGetValue(head.KeyId, out var pem))
        {
            return $"head {head.Sequence} is signed by key {head.KeyId}, which is not among those given; fetch the keys again";
        }

        try
        {
            using var key = ECDsa.Create();
            key.ImportFromPem(pem);
            return
                AuditKeys.IdOf(key) == head.KeyId
                && key.VerifyData(head.Message(), head.Signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)
                ? null
                : $"the signature of head {head.Sequence} is not by key {head.KeyId}";
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException or NotSupportedException)
        {
            return $"key {head.KeyId} is no public key in PEM";
        }
    }
}

/// <summary>What a check of a chain came to.</summary>
/// <param name="BrokenAt">The first event that is not as it was, or null where all are.</param>
/// <param name="Last">The last event that was looked at.</param>
/// <param name="Proven">Up to this event signed heads prove it; those after it only follow each other.</param>
/// <param name="Reason">What is wrong, for a person; null where nothing is.</param>
public sealed record AuditVerdict(long? BrokenAt, long Last, long Proven, string? Reason)
{
    public bool IsIntact => BrokenAt is null;

    internal static AuditVerdict Broken(long at, string reason) => new(at, at, 0, reason);
}
