using Ecoscanner.Service.Runs;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Findings;

/// <summary>What the last complete run of a hosting said, and how its findings stood then: the same again changes nothing while they stand so.</summary>
internal static class Settled
{
    // Whatever changes a finding, tickets and people too, raises its version.
    private const string Stamp = "(select count(*) + coalesce(sum(row_version), 0) from finding where hosting_id = @HostingId)";

    /// <summary>True where the same again changes nothing.</summary>
    public static bool Has(Session session, RunRow run, string digest) =>
        session.Find<long?>(
            $"select 1 from settled where hosting_id = @HostingId and source = @Source and digest = @digest and stamp = {Stamp}",
            new
            {
                run.HostingId,
                run.Source,
                digest,
            }
        )
            is not null;

    public static void Keep(Session session, RunRow run, string digest) =>
        session.Execute(
            $"insert into settled (hosting_id, source, digest, run_id, stamp) values (@HostingId, @Source, @digest, @Id, {Stamp})",
            new
            {
                run.HostingId,
                run.Source,
                digest,
                run.Id,
            }
        );

    /// <summary>Another run said something else.</summary>
    public static void Forget(Session session, long hostingId) => session.Execute("delete from settled where hosting_id = @hostingId", new { hostingId });
}
