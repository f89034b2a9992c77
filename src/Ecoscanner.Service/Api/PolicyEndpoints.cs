using System.Globalization;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Policies;
using Ecoscanner.Service.Storage;
using Ecoscanner.Service.Tickets;

namespace Ecoscanner.Service.Api;

/// <summary>The policies: their versions, what holds now, and since when by whose decision. Everybody who is signed in may know them.</summary>
internal static class PolicyEndpoints
{
    private const string BugFix = "bug-fix";
    private const string Operation = "operation";

    public static void Map(RouteGroupBuilder api)
    {
        var policies = api.MapGroup("/policies").WithTags("policies");
        policies
            .MapGet("/", List)
            .WithSummary("The versions that this program carries of each policy, and which are in force.")
            .SignedIn()
            .Answers<PolicyList>();
        policies
            .MapGet("/now", Now)
            .WithSummary("What holds now: days and proposals at breach by severity and hosting, limits of tickets, and how long what is kept.")
            .SignedIn()
            .Answers<PoliciesNow>()
            .Filters("partner", "Its own choices of how long what is kept, by its key.")
            .Problems(404);
        policies
            .MapGet("/bug-fix/{version:long}", One)
            .WithSummary("One version of the Security Bug Fix Policy.")
            .SignedIn()
            .Answers<BugFixView>()
            .Problems(404);
        policies
            .MapGet("/bug-fix/{version:long}/changes", Changes)
            .WithSummary("What that version would change of open tickets, before anybody puts it in force. A page may be short, or empty, and yet have a next.")
            .NeedsEverywhere(Capability.ManagePolicy)
            .Lists<PolicyChangeView>()
            .Problems(404);
        policies
            .MapGet("/operation/{version:long}", OneOfOperation)
            .WithSummary("One version of how the platform is run.")
            .SignedIn()
            .Answers<OperationView>()
            .Problems(404);
        policies
            .MapGet("/decisions", Decisions)
            .WithSummary("Which version holds from when, by whom and why; the latest decision first.")
            .SignedIn()
            .Lists<PolicyDecisionView>();
        policies
            .MapPost("/decisions", Decide)
            .WithSummary(
                "Puts a version in force from now or from a day to come, with a reason. What is due already keeps the version by which it was computed."
            )
            .NeedsEverywhere(Capability.ManagePolicy)
            .Once()
            .Takes<PolicyDecisionAsk>()
            .Answers<PolicyDecisionView>(201);
    }

    private static Reply List(Platform platform) =>
        platform.Database.Read(session =>
        {
            var (bugFix, operation) = (PolicyBook.BugFixInForce(session, session.Now).Version, PolicyBook.OperationInForce(session).Version);
            return Reply.Of(
                new PolicyList([
                    .. PolicyBook.BugFixPolicies.Select(policy => new PolicyItem(BugFix, policy.Version, policy.Name, policy.Version == bugFix)),
                    .. PolicyBook.OperationPolicies.Select(policy => new PolicyItem(Operation, policy.Version, policy.Name, policy.Version == operation)),
                ])
            );
        });

    private static Reply Now(HttpContext http, Platform platform, string? partner)
    {
        var principal = Caller.Of(http);
        return platform.Database.Read(session =>
        {
            var partnerId = string.IsNullOrEmpty(partner) ? 0 : PartnerEndpoints.Of(session, principal, partner).Id;
            return Reply.Of(
                new PoliciesNow(
                    View(PolicyBook.BugFixInForce(session, session.Now)),
                    View(PolicyBook.OperationInForce(session)),
                    [.. Retention.All(session, partnerId).Select(kept => new KeptView(kept.Class, kept.Keep.TotalDays, kept.IsOwn))]
                )
            );
        });
    }

    private static Reply One(long version) =>
        PolicyBook.BugFixPolicies.FirstOrDefault(policy => policy.Version == version) is { } policy
            ? Reply.Of(View(policy))
            : throw ProblemException.NotFound("version of the policy");

    private static async Task<Reply> Changes(HttpContext http, Platform platform, long version)
    {
        var principal = Caller.Of(http);
        var page = platform.Page(http);
        var part =
            platform.Database.Read(session => PolicySimulation.Part(session, principal, version, page.AfterId ?? 0, page.Limit))
            ?? throw ProblemException.NotFound("version of the policy");
        await platform.ReadAudit.RecordAsync(principal, part.Changes.Select(change => change.PartnerId), "policy.changes", $"list:bug-fix {version}");
        return page.Answer(
            [
                .. part.Changes.Select(change => new PolicyChangeView(
                    change.Key,
                    SeverityWord.Of(change.Severity),
                    Moment.Of(change.DueNow),
                    change.PolicyNow,
                    Moment.Of(change.DueThen),
                    change.ExplanationThen,
                    change.ProposalNow,
                    change.ProposalThen
                )),
            ],
            part.Next?.ToString(CultureInfo.InvariantCulture)
        );
    }

    private static Reply OneOfOperation(long version) =>
        PolicyBook.OperationPolicies.FirstOrDefault(policy => policy.Version == version) is { } policy
            ? Reply.Of(View(policy))
            : throw ProblemException.NotFound("version of the policy");

    private static Reply Decisions(HttpContext http, Platform platform)
    {
        var page = platform.Page(http);
        return platform.Database.Read(session =>
            page.Answer(PolicyBook.History(session, page.AfterId ?? long.MaxValue, page.Limit + 1), row => row.Id.ToString(CultureInfo.InvariantCulture), View)
        );
    }

    private static async Task<Reply> Decide(HttpContext http, Platform platform)
    {
        var principal = Caller.Of(http);
        var ask = await JsonBody.ReadAsync<PolicyDecisionAsk>(http);
        return platform.Database.Write(session =>
            PolicyBook.PutInForce(session, principal, ask.Policy, ask.Version, ask.From ?? session.Now, ask.Reason) is { } why
                ? throw new ProblemException(ProblemKind.Invalid, why)
                : Reply.Created($"{Endpoints.Root}/policies/decisions", View(PolicyBook.History(session, long.MaxValue, 1)[0]))
        );
    }

    private static PolicyDecisionView View(PolicyBook.InForce row) =>
        new(row.Policy, row.Version, Moment.Of(row.FromAt), row.DecidedBy, Moment.Of(row.DecidedAt), row.Reason);

    private static BugFixView View(BugFixPolicy policy) =>
        new(
            policy.Version,
            policy.Name,
            [
                .. policy.Breaches.Select(breach => new FixTimeView(
                    SeverityWord.Of(breach.Severity),
                    breach.Hosting == Hosting.Cloud ? "cloud" : "data-center",
                    policy.Duration(breach.Severity, breach.Hosting) is { } time ? (long)time.TotalDays : null,
                    breach.Proposal.Word(),
                    breach.Why
                )),
            ],
            policy.Triage,
            policy.ReopenedKeepsClockDays,
            policy.RescoredLeavesDays
        );

    private static OperationView View(OperationPolicy policy) =>
        new(
            policy.Version,
            policy.Name,
            policy.Hygiene.TicketsPerAppAndDay,
            policy.Hygiene.QuietHoursAfterFix,
            new UnstableView(policy.Unstable.Runs, policy.Unstable.HoursApart, policy.Unstable.Why, policy.Unstable.Rules)
        );
}

public sealed record PolicyList(IReadOnlyList<PolicyItem> Items);

/// <param name="Policy"><c>bug-fix</c> or <c>operation</c>.</param>
public sealed record PolicyItem(string Policy, long Version, string Name, bool InForce);

public sealed record PoliciesNow(BugFixView BugFix, OperationView Operation, IReadOnlyList<KeptView> Kept);

/// <param name="Times">For each severity and hosting.</param>
/// <param name="Triage">What comes before the clock starts, by source.</param>
/// <param name="ReopenedKeepsClockDays">What comes back within these days of its fix was never fixed: its clock goes on.</param>
/// <param name="RescoredLeavesDays">A new score leaves at least these days, unless it is critical.</param>
public sealed record BugFixView(
    long Version,
    string Name,
    IReadOnlyList<FixTimeView> Times,
    IReadOnlyList<TriageTime> Triage,
    int ReopenedKeepsClockDays,
    int RescoredLeavesDays
);

/// <param name="Hosting"><c>cloud</c> or <c>data-center</c>.</param>
/// <param name="Days">To fix it; null where nothing is due.</param>
/// <param name="Proposal">At breach: <c>hide</c>, <c>delist</c> or <c>none</c>; people decide.</param>
public sealed record FixTimeView(string Severity, string Hosting, long? Days, string Proposal, string Why);

/// <summary>An open ticket that a version of the policy would change.</summary>
/// <param name="Due">Now, by the version <paramref name="Policy"/>; null where nothing is due.</param>
/// <param name="Explanation">Of the day that it would have.</param>
/// <param name="Proposal">At breach, now.</param>
public sealed record PolicyChangeView(
    string Ticket,
    string Severity,
    DateTimeOffset? Due,
    long Policy,
    DateTimeOffset? WouldBeDue,
    string Explanation,
    string Proposal,
    string WouldPropose
);

public sealed record OperationView(long Version, string Name, int TicketsPerAppAndDay, int QuietHoursAfterFix, UnstableView Unstable);

/// <summary>Checks whose answer may change by itself: so many runs, so many hours apart, before it counts.</summary>
public sealed record UnstableView(int Runs, int HoursApart, string Why, IReadOnlyList<string> Rules);

/// <param name="Days">0: as soon as nothing needs it. Evidence counts from the closing of its finding.</param>
/// <param name="Own">True where the partner chose it.</param>
public sealed record KeptView(string Kind, double Days, bool Own);

public sealed record PolicyDecisionView(string Policy, long Version, DateTimeOffset From, string DecidedBy, DateTimeOffset DecidedAt, string Reason);

/// <param name="Policy"><c>bug-fix</c> or <c>operation</c>.</param>
/// <param name="From">Null for now.</param>
public sealed record PolicyDecisionAsk(string Policy, int Version, string Reason, DateTimeOffset? From = null);
