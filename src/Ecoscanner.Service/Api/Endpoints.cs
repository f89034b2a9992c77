namespace Ecoscanner.Service.Api;

/// <summary>All endpoints.</summary>
internal static class Endpoints
{
    public const string Root = "/api/v1";

    public static void Map(WebApplication site)
    {
        site.MapOpenApi("/api/{documentName}/openapi.json").WithMetadata(new EndpointAccess(null, IsPublic: true));
        var all = site.MapGroup("");
        all.MapGet("/healthz", (Platform platform) => Reply.Of(HealthOf(platform)))
            .WithTags("service")
            .WithSummary("Whether the service answers and its database can be read, and what an operator should look at.")
            .Public()
            .Answers<Health>();
        TrafficEndpoints.Map(all);
        var api = all.MapGroup(Root);
        ArtifactEndpoints.Map(api);
        ScanOrderEndpoints.Map(api);
        ScanEndpoints.Map(api);
        AppEndpoints.Map(api);
        FindingEndpoints.Map(api);
        TicketEndpoints.Map(api);
        TicketMoveEndpoints.Map(api);
        InventoryEndpoints.Map(api);
        RuleEndpoints.Map(api);
        GateEndpoints.Map(api);
        SessionEndpoints.Map(api);
        AccountEndpoints.Map(api);
        TokenEndpoints.Map(api);
        AuditEndpoints.Map(api);
        PartnerEndpoints.Map(api);
        OwnershipEndpoints.Map(api);
        QuotaEndpoints.Map(api);
        PolicyEndpoints.Map(api);
        ScannerEndpoints.Map(api);
        QueueEndpoints.Map(api);
    }

    // Whoever asks is nobody: numbers and words of ours only.
    private static Health HealthOf(Platform platform)
    {
        var (clock, mail) = platform.Database.Read(session => (session.Clock, Outbox.Count(session)));
        return new Health(
            "up",
            Moment.Of(clock),
            platform.Clock.Doubt is null,
            new MailHealth(
                platform.Options.Mail is null ? "folder"
                    : platform.MailFailure is null ? "sent"
                    : "failing",
                mail.Waiting,
                mail.Undeliverable
            )
        );
    }
}

/// <param name="Status"><c>up</c>.</param>
/// <param name="Clock">The service's time.</param>
/// <param name="Deletes">False where the clock jumped or the service was stopped for long: nothing is deleted until the clock is believed.</param>
public sealed record Health(string Status, DateTimeOffset Clock, bool Deletes, MailHealth Mail);

/// <param name="State"><c>folder</c> where no mail server was named, <c>sent</c>, or <c>failing</c>: the log says why.</param>
/// <param name="Waiting">Mails that were not sent yet.</param>
/// <param name="Undeliverable">Of the last 30 days; the audit says whose.</param>
public sealed record MailHealth(string State, long Waiting, long Undeliverable);
