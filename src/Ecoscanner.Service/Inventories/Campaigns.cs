using Ecoscanner.Findings;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Audit;
using Ecoscanner.Service.Findings;
using Ecoscanner.Service.Runs;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Inventories;

/// <summary>Searches that become findings and, as policy says, tickets: first seen, then started.</summary>
public sealed class Campaigns(Database database, Ingestion ingestion, TimeProvider time)
{
    /// <summary>Which apps it is about and what starting it does to each: a part of the newest versions that ship it.</summary>
    public static ListPart<CampaignTarget> Preview(Session session, RowScope scope, CampaignRequest campaign, string? after, int rows)
    {
        var part = InventorySearch.Part(session, scope, campaign.Query, onlyNewest: true, after, rows);
        return new([.. part.Rows.Select(library => TargetOf(session, campaign, library))], part.Next);
    }

    /// <summary>Starts it; started again it goes on with apps that came since, and closes the findings of apps that do not ship it any more.</summary>
    /// <param name="who">Needs <see cref="Capability.RunCampaigns"/> over all partners.</param>
    /// <exception cref="UnauthorizedAccessException">They may not.</exception>
    /// <exception cref="ArgumentException">The request has a <see cref="CampaignRequest.Problem"/>.</exception>
    public async Task<CampaignResult> StartAsync(Principal who, CampaignRequest campaign, CancellationToken cancellationToken)
    {
        if (!who.MayEverywhere(Capability.RunCampaigns))
        {
            throw new UnauthorizedAccessException("campaigns are for those who may run them over all partners");
        }

        if (campaign.Problem is { } problem)
        {
            throw new ArgumentException(problem, nameof(campaign));
        }

        database.Write(session => Record(session, who, campaign));
        var everything = who.ScopeOf(Capability.RunCampaigns);
        var targets = database.Read(session =>
            InventorySearch
                .All(session, everything, campaign.Query, onlyNewest: true)
                .Where(library => library is { IsCertain: true, IsShipped: true })
                .GroupBy(library => library.HostingId)
                .Select(group => group.ToList())
                .ToList()
        );
        var (opened, closed) = (0, 0);
        var gaps = new List<string>();
        var shipping = targets.Select(libraries => libraries[0].HostingId).ToHashSet();
        var clean = campaign.Query.AdvisoryId is null
            ? database.Read(session => OpenOf(session, campaign)).Where(target => !shipping.Contains(target.HostingId))
            : [];
        foreach (
            var (hostingId, versionId, app, hosting, libraries) in targets
                .Select(found => (found[0].HostingId, (long?)found[0].VersionId, found[0].App, found[0].Hosting, found))
                .Concat(clean.Select(target => (target.HostingId, target.VersionId, target.App, target.Hosting, new List<ShippedLibrary>())))
        )
        {
            cancellationToken.ThrowIfCancellationRequested();
            var run = database.Write(session => Begin(session, who, campaign, hostingId, versionId, hosting, libraries.Count > 0));
            if (run is null)
            {
                continue;
            }

            try
            {
                var report = CampaignReport.Of(campaign, app, hosting, libraries, time.GetUtcNow());
                var result = await ingestion.IngestAsync(run, report, IngestOptions.None, cancellationToken);
                (opened, closed) = (opened + result.Opened, closed + result.Closed);
            }
            catch (IngestException e)
            {
                gaps.Add(e.Message);
            }
        }

        return new CampaignResult(targets.Count, opened, closed, gaps);
    }

    private static CampaignTarget TargetOf(Session session, CampaignRequest campaign, ShippedLibrary library)
    {
        if (library is not { IsCertain: true, IsShipped: true })
        {
            return new CampaignTarget(library, CampaignEffect.IsUncertain, null);
        }

        var rule = CampaignReport.RuleOf(campaign, library.Hosting);
        var known = session.Find<KnownState>(
            "select f.id, f.state from finding_alias l join finding f on f.id = l.finding_id where l.hosting_id = @HostingId and l.fingerprint = @fingerprint",
            new { library.HostingId, fingerprint = Fingerprint.Of(library.App, rule, CampaignReport.PlaceOf(campaign, library)) }
        );
        return known is null
            ? new CampaignTarget(library, CampaignEffect.Opens, null)
            : new CampaignTarget(
                library,
                FindingState.IsOpen(known.State) ? CampaignEffect.IsOpen
                    : FindingState.IsDecided(known.State) ? CampaignEffect.IsDecided
                    : CampaignEffect.Reopens,
                known.Id
            );
    }

    // One run for each version of an app: started again, it goes on where it was broken off.
    private static string? Begin(Session session, Principal who, CampaignRequest campaign, long hostingId, long? versionId, string hosting, bool isShipping)
    {
        var id = RunLog.Queue(
            session,
            new RunRequest(hostingId, $"campaign:{campaign.Key}:{versionId}{(isShipping ? "" : ":clean")}", RunReason.Campaign, who.Name)
            {
                VersionId = versionId,
                Source = RunSource.Campaign,
                OnlyRules = [CampaignReport.RuleOf(campaign, hosting).Id],
            }
        );
        return RunLog.Start(session, id) ? id : null;
    }

    private static IReadOnlyList<OpenTarget> OpenOf(Session session, CampaignRequest campaign) =>
        session.List<OpenTarget>(
            """
            select f.hosting_id, a.key as app, h.hosting,
                (select i.version_id from inventory i where i.hosting_id = f.hosting_id order by i.id desc limit 1) as version_id
            from finding f join app a on a.id = f.app_id join app_hosting h on h.id = f.hosting_id
            where f.rule = @rule and f.state in ('new', 'confirmed', 'ticketed')
            """,
            new { rule = CampaignReport.OwnRule(campaign.Key) }
        );

    private static void Record(Session session, Principal who, CampaignRequest campaign)
    {
        session.Execute(
            """
            insert into campaign (key, title, library, cvss, reason, started_at, started_by, checked_at)
            values (@Key, @Title, @library, @Cvss, @Reason, @Clock, @Name, @Clock)
            on conflict (key) do update set checked_at = excluded.checked_at
            """,
            new
            {
                campaign.Key,
                campaign.Title,
                library = campaign.Query.Text,
                campaign.Cvss,
                campaign.Reason,
                session.Clock,
                who.Name,
            }
        );
        AuditLog.Record(session, new AuditEntry(0, who.Kind, who.Id, "campaign.started", $"campaign:{campaign.Key}", campaign.Reason));
    }

    private sealed record KnownState
    {
        public long Id { get; init; }
        public string State { get; init; } = "";
    }

    private sealed record OpenTarget
    {
        public long HostingId { get; init; }
        public long? VersionId { get; init; }
        public string App { get; init; } = "";
        public string Hosting { get; init; } = "";
    }
}
