using Ecoscanner.Service.Runs;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Findings;

/// <summary>What the last complete run of a hosting said, as long as nothing else touched its findings since.</summary>
internal static class Settled
{
    /// <summary>True where the same again changes nothing.</summary>
    public static bool Has(Session session, RunRow run, string digest) =>
        session.Find<string>("select digest from settled where hosting_id = @HostingId and source = @Source", new { run.HostingId, run.Source }) == digest;

    public static void Keep(Session session, RunRow run, string digest) =>
        session.Execute(
            "insert into settled (hosting_id, source, digest, run_id) values (@HostingId, @Source, @digest, @Id)",
            new
            {
                run.HostingId,
                run.Source,
                digest,
                run.Id,
            }
        );

    /// <summary>Whatever changes findings forgets it, so that the next run is looked at.</summary>
    public static void Forget(Session session, long hostingId) => session.Execute("delete from settled where hosting_id = @hostingId", new { hostingId });
}
