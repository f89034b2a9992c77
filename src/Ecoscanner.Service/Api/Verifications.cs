using Ecoscanner.Service.Access;
using Ecoscanner.Service.Runs;
using Ecoscanner.Service.Scheduling;
using Ecoscanner.Service.Storage;
using Ecoscanner.Service.Tickets;

namespace Ecoscanner.Service.Api;

/// <summary>Puts the runs that prove fixes into their lanes: against the newest file that is there, or the app where it is served.</summary>
internal static class Verifications
{
    public static string Queue(Session session, VerificationOrder order)
    {
        var served = session.Find<string>("select descriptor_url from app_hosting where id = @HostingId", new { order.Ticket.HostingId });
        var newest = served is not null
            ? null
            : session.Find<Newest>(
                """
                select v.id, v.artifact_id from app_version v join artifact a on a.id = v.artifact_id
                where v.hosting_id = @HostingId and a.deleted_at is null order by v.released_at desc, v.id desc limit 1
                """,
                new { order.Ticket.HostingId }
            );
        return RunOrders.Place(
            session,
            new RunOrder(order.Ticket.HostingId, order.TriggerKey, RunReason.Verification, Priority.Asked, Principal.Platform.Name)
            {
                TicketId = order.Ticket.Id,
                VersionId = newest?.Id,
                ArtifactId = newest?.ArtifactId,
                OnlyRules = order.Rules,
                OnlyPlaces = order.Places,
                NotBefore = order.NotBefore,
            }
        );
    }

    private sealed record Newest
    {
        public long Id { get; init; }
        public string ArtifactId { get; init; } = "";
    }
}
