using Ecoscanner.Service.Access;
using Ecoscanner.Service.Catalogue;
using Ecoscanner.Service.Runs;
using Ecoscanner.Service.Scheduling;
using Ecoscanner.Service.Storage;
using Ecoscanner.Service.Tickets;

namespace Ecoscanner.Service.Api;

/// <summary>Puts the runs that prove fixes into their lanes: against the newest released version, or the app where it is served.</summary>
internal static class Verifications
{
    public static string Queue(Session session, VerificationOrder order)
    {
        var served = session.Find<string>("select descriptor_url from app_hosting where id = @HostingId", new { order.Ticket.HostingId });
        var newest = served is not null ? null : VersionList.NewestToScan(session, order.Ticket.HostingId);
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
}
