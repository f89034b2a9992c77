using Ecoscanner.Service.Access;
using Ecoscanner.Service.Audit;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Policies;

/// <summary>What each partner may take: the policy's quotas, but for those that people decided otherwise for a time.</summary>
public static class PartnerQuotas
{
    public static readonly IReadOnlyList<string> Names = ["uploads", "upload-bytes", "cpu-seconds", "rescans", "streams", "storage"];

    public static Quotas Of(Session session, long partnerId)
    {
        var decided = session
            .List<Decided>("select quota, value from partner_quota where partner_id = @partnerId and until_at > @Clock", new { partnerId, session.Clock })
            .ToDictionary(row => row.Quota, row => row.Value, StringComparer.Ordinal);
        var usual = PolicyBook.OperationInForce(session).Quotas;
        return new Quotas(
            decided.GetValueOrDefault("uploads", usual.UploadsPerDay),
            decided.GetValueOrDefault("upload-bytes", usual.UploadBytesPerDay),
            decided.GetValueOrDefault("cpu-seconds", usual.CpuSecondsPerDay),
            decided.GetValueOrDefault("rescans", usual.RescansPerDay),
            decided.GetValueOrDefault("streams", usual.StreamsAtOnce),
            decided.GetValueOrDefault("storage", usual.StorageBytes)
        );
    }

    /// <returns>Why it cannot be; null where it was done.</returns>
    public static string? Decide(Session session, Principal by, long partnerId, string quota, long value, DateTimeOffset until, string reason)
    {
        if (!by.MayEverywhere(Capability.ManagePolicy))
        {
            return "only who manages policies may change a quota";
        }

        if (!Names.Contains(quota, StringComparer.Ordinal))
        {
            return $"there is no quota {quota}; there are {string.Join(", ", Names)}";
        }

        if (value < 0 || until <= session.Now || string.IsNullOrWhiteSpace(reason))
        {
            return "a quota is 0 or more, ends in the future, and has a reason";
        }

        session.Execute(
            """
            insert into partner_quota (partner_id, quota, value, until_at, decided_by, decided_at, reason)
            values (@partnerId, @quota, @value, @until, @by, @Clock, @reason)
            on conflict (partner_id, quota) do update
            set value = excluded.value, until_at = excluded.until_at, decided_by = excluded.decided_by, decided_at = excluded.decided_at, reason = excluded.reason
            """,
            new
            {
                partnerId,
                quota,
                value,
                until = until.ToUnixTimeMilliseconds(),
                by = by.Name,
                session.Clock,
                reason,
            }
        );
        AuditLog.Record(session, new AuditEntry(partnerId, by.Kind, by.Id, "quota.decide", $"quota:{quota}", reason));
        return null;
    }

    private sealed record Decided(string Quota, long Value);
}
