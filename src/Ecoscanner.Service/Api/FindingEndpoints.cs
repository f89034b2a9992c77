using Ecoscanner.Service.Access;
using Ecoscanner.Service.Findings;
using Ecoscanner.Service.Storage;
using Ecoscanner.Service.Tickets;

namespace Ecoscanner.Service.Api;

/// <summary>Findings: lists, one with its history, its evidence, and what people decide of it.</summary>
internal static class FindingEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var findings = api.MapGroup("/findings").WithTags("findings");
        findings
            .MapGet("/", List)
            .WithSummary("Findings, the worst first, then the newest.")
            .Needs(Capability.ReadFindings)
            .Lists<FindingView>()
            .Filters("partner", "Those of one partner, by its key.")
            .Filters("app", "Those of one app, by its key or id.")
            .Filters("hosting", "connect, forge or datacenter.")
            .Filters("rule", "Those of one rule.")
            .Filters("requirement", "Those of one requirement.")
            .Filters("severity", "Those of one severity.")
            .Filters("state", "open, closed, decided, all, or one state; open where nothing is said.")
            .Problems(404);
        findings
            .MapGet("/{id:long}", One)
            .WithSummary("A finding with its history, who reports it, what its partner says of it, and why it has no ticket.")
            .Needs(Capability.ReadFindings)
            .Answers<FindingDetail>()
            .Problems(404);
        findings
            .MapGet("/{id:long}/evidence", Evidence)
            .WithSummary("What shows a finding. All of it may be text of the app.")
            .Needs(Capability.ReadFindings)
            .Answers<FindingEvidence>()
            .Problems(404, 410);
        findings
            .MapPost("/{id:long}/decision", Decide)
            .WithSummary("Decides that a finding is false-positive, accepted, platform-caused or a duplicate; confirmed takes a decision back.")
            .Needs(Capability.DecideTickets)
            .ChangesVersion()
            .Takes<FindingDecisionAsk>()
            .Answers<FindingDetail>()
            .Problems(404, 409);
    }

    private static async Task<Reply> List(HttpContext http, Platform platform)
    {
        var principal = Caller.Of(http);
        var page = platform.Page(http);
        var scope = principal.ScopeOf(Capability.ReadFindings);
        var (part, count) = platform.Database.Read(session =>
        {
            var filter = FilterOf(session, principal, http.Request.Query);
            return (FindingList.Part(session, scope, filter, page.After, page.Limit), page.WantsCount ? FindingList.Count(session, scope, filter) : null);
        });
        await platform.ReadAudit.RecordAsync(
            principal,
            part.Rows.Select(row => row.PartnerId),
            "findings.list",
            $"list:findings{http.Request.QueryString}".Truncated()
        );
        return page.Answer<FindingView>([.. part.Rows.Select(View)], part.Next, count);
    }

    private static async Task<Reply> One(HttpContext http, Platform platform, long id)
    {
        var principal = Caller.Of(http);
        var page = platform.Database.Read(session => Of(session, platform, principal, id));
        await platform.ReadAudit.RecordAsync(principal, [page.Finding.PartnerId], "finding.read", $"finding:{id}");
        return Detail(platform, principal, page);
    }

    private static async Task<Reply> Evidence(HttpContext http, Platform platform, long id)
    {
        var principal = Caller.Of(http);
        var page = platform.Database.Read(session => Of(session, platform, principal, id));
        await platform.ReadAudit.RecordAsync(principal, [page.Finding.PartnerId], "evidence.read", $"finding:{id}");
        return page.Evidence is { } evidence ? Reply.Of(evidence) : throw new ProblemException(ProblemKind.Gone, "the evidence is no longer kept");
    }

    private static async Task<Reply> Decide(HttpContext http, Platform platform, long id)
    {
        var principal = Caller.Of(http);
        var version = EntityTag.Asked(http);
        var ask = await JsonBody.ReadAsync<FindingDecisionAsk>(http);
        var outcome = platform.Database.Write(session =>
        {
            var decided = FindingDecisions.Decide(session, principal, new FindingDecision(id, ask.State, ask.Reason, ask.DuplicateOf, version));
            if (decided == DecisionOutcome.Decided)
            {
                platform.Filing.Decided(session, principal, id, ask.Reason);
            }

            return decided;
        });
        return outcome switch
        {
            DecisionOutcome.Decided => Detail(platform, principal, platform.Database.Read(session => Of(session, platform, principal, id))),
            DecisionOutcome.Changed => throw EntityTag.Changed(),
            DecisionOutcome.Refused => throw new ProblemException(
                ProblemKind.Conflict,
                $"it cannot be: give a reason, and one of {string.Join(", ", FindingState.Decided)}, or confirmed to take a decision back; a duplicate is of another finding of the app"
            ),
            _ => throw ProblemException.NotFound("finding"),
        };
    }

    private static FindingPage Of(Session session, Platform platform, Principal principal, long id) =>
        FindingPage.Find(session, platform.Keys, principal.ScopeOf(Capability.ReadFindings), id) ?? throw ProblemException.NotFound("finding");

    private static FindingFilter FilterOf(Session session, Principal principal, IQueryCollection query)
    {
        string? Of(string name) => query[name].ToString() is { Length: > 0 } value ? value : null;
        return new FindingFilter
        {
            PartnerId = Of("partner") is { } partner ? PartnerEndpoints.Of(session, principal, partner).Id : null,
            AppId = Of("app") is { } app ? AppEndpoints.IdOf(session, principal, app) : null,
            Hosting = Of("hosting"),
            Rule = Of("rule"),
            Requirement = Of("requirement"),
            Severity = Of("severity") is { } word ? (long)SeverityWord.Parse(word, "?severity") : null,
            States = Of("state") switch
            {
                null or "open" => FindingState.Open,
                "closed" => FindingState.Closed,
                "decided" => FindingState.Decided,
                "all" => FindingState.All,
                var state when FindingState.All.Contains(state, StringComparer.Ordinal) => [state],
                _ => throw ProblemException.Wrong("?state", $"must be open, closed, decided, all, or one of {string.Join(", ", FindingState.All)}"),
            },
        };
    }

    private static Reply Detail(Platform platform, Principal principal, FindingPage page)
    {
        var why = platform.Database.Read(session => StaffQueues.WhyUnfiled(session, principal, page.Finding.Id));
        var tickets = platform.Database.Read(session =>
            session.List<string>(
                "select t.key from ticket_finding f join ticket t on t.id = f.ticket_id where f.finding_id = @Id order by t.id",
                new { page.Finding.Id }
            )
        );
        var detail = new FindingDetail(
            View(page.Finding),
            tickets,
            why,
            [
                .. page.Events.Select(told => new FindingEventView(
                    Moment.Of(told.At),
                    told.Kind,
                    told.RunId,
                    told.Actor,
                    told.Detail.Why,
                    told.Detail.Before,
                    told.Detail.After
                )),
            ],
            page.Attributions,
            page.Claims,
            page.Fingerprints,
            // The seed of all trust: the same is found at the desk.
            $"ecoscanner scan TARGET --rule {page.Finding.Rule}"
        );
        return Reply.Of(detail) with { Tag = EntityTag.Of(page.Finding.RowVersion) };
    }

    private static FindingView View(FindingRow row) =>
        new(
            row.Id,
            row.Partner,
            row.App,
            row.AppId,
            row.Hosting,
            row.Rule,
            row.Requirement,
            SeverityWord.Of((Rules.Severity)row.Severity),
            row.Cvss,
            row.Confidence switch
            {
                0 => "low",
                1 => "medium",
                _ => "high",
            },
            row.Place,
            row.State,
            row.Verified,
            row.PlatformForced,
            row.RaisesTickets,
            row.Fingerprint,
            row.Scanner,
            row.ScannerVersion,
            Moment.Of(row.FirstSeenAt),
            Moment.Of(row.ChangedAt),
            Moment.Of(row.ClosedAt),
            row.ClosedWhy,
            row.DuplicateOf,
            EntityTag.Of(row.RowVersion)
        );
}

/// <param name="Place">Text of the app.</param>
/// <param name="Verified">Shown by a positive control, not only likely.</param>
public sealed record FindingView(
    long Id,
    string Partner,
    string App,
    long AppId,
    string Hosting,
    string Rule,
    string Requirement,
    string Severity,
    double Cvss,
    string Confidence,
    string Place,
    string State,
    bool Verified,
    bool PlatformForced,
    bool RaisesTickets,
    string Fingerprint,
    string Scanner,
    long ScannerVersion,
    DateTimeOffset FirstSeenAt,
    DateTimeOffset ChangedAt,
    DateTimeOffset? ClosedAt,
    string? ClosedWhy,
    long? DuplicateOf,
    string ETag
);

/// <param name="Tickets">Keys.</param>
/// <param name="WhyNoTicket">Null where there is one.</param>
/// <param name="Reproduce">The command that finds it at a desk.</param>
public sealed record FindingDetail(
    FindingView Finding,
    IReadOnlyList<string> Tickets,
    string? WhyNoTicket,
    IReadOnlyList<FindingEventView> Events,
    IReadOnlyList<Attribution> Attributions,
    IReadOnlyList<Claim> Claims,
    IReadOnlyList<string> Fingerprints,
    string Reproduce
);

public sealed record FindingEventView(DateTimeOffset At, string Kind, string? Scan, string Actor, string Why, string? Before, string? After);

public sealed record FindingDecisionAsk(string State, string Reason, long? DuplicateOf = null);
