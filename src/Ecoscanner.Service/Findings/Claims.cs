using Ecoscanner.Findings;
using Ecoscanner.Service.Runs;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Findings;

/// <summary>What the app or its partner says of findings: stored beside our verdict, which it never changes; people decide.</summary>
internal static class Claims
{
    /// <summary>Stores the claims that a run's findings bring, each once.</summary>
    public static void Store(Session session, RunRow run, IEnumerable<(long FindingId, Exemption Exemption)> claims)
    {
        foreach (var (finding, exemption) in claims)
        {
            // Statements of VEX come as exemptions too, and name the statement.
            var kind = exemption.Path is null && exemption.Fingerprint is null && exemption.Rule is not null ? "vex" : "ignore";
            session.Execute(
                """
                insert into claim (app_id, finding_id, kind, says, reason, expires_at, made_by, made_at, run_id)
                select @AppId, @finding, @kind, 'not to be acted on', @reason, @expires, @by, @Clock, @Id
                where not exists (
                    select 1 from claim where finding_id = @finding and kind = @kind and reason = @reason and expires_at = @expires and made_by = @by
                )
                """,
                new
                {
                    run.AppId,
                    finding,
                    kind,
                    reason = SeenReport.Shortened(exemption.Reason),
                    expires = new DateTimeOffset(exemption.Expires.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeMilliseconds(),
                    by = SeenReport.Shortened(exemption.By ?? "the app"),
                    session.Clock,
                    run.Id,
                }
            );
        }
    }
}
