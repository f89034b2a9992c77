using Ecoscanner.Service.Access;
using Ecoscanner.Service.Scheduling;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Api;

/// <summary>Partners' shares: what they may take and what they took, and the operator's changes of them.</summary>
internal static class QuotaEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var quotas = api.MapGroup("/partners/{partner}/quotas").WithTags("catalogue");
        quotas
            .MapGet("/", List)
            .WithSummary("What a partner may take of the platform, and what it took. Days are UTC.")
            .Needs(Capability.ReadApps)
            .Answers<QuotaList>()
            .Problems(404);
        quotas
            .MapPut("/{quota}", Change)
            .WithSummary("Gives a partner another share than the usual, with a reason; without most it is the usual share again. If-Match is the share's eTag.")
            .NeedsEverywhere(Capability.ManagePolicy)
            .ChangesVersion()
            .Takes<QuotaAsk>()
            .Answers<QuotaView>()
            .Problems(404);
    }

    private static Reply List(HttpContext http, Platform platform, string partner)
    {
        var principal = Caller.Of(http);
        return platform.Database.Read(session =>
        {
            var row = PartnerEndpoints.Of(session, principal, partner);
            // Who sees one app of it has no business with all that the partner takes.
            return principal.May(Capability.ReadApps, row.Id)
                ? Reply.Of(new QuotaList([.. Enum.GetValues<QuotaKind>().Select(kind => View(session, platform.Quotas.ShareOf(session, row.Id, kind)))]))
                : throw ProblemException.NotFound("partner");
        });
    }

    private static async Task<Reply> Change(HttpContext http, Platform platform, string partner, string quota)
    {
        var principal = Caller.Of(http);
        var version = EntityTag.Asked(http);
        var ask = await JsonBody.ReadAsync<QuotaAsk>(http);
        return platform.Database.Write(session =>
        {
            var row = PartnerEndpoints.Of(session, principal, partner);
            var kind = QuotaWords.Parse(quota) ?? throw ProblemException.NotFound("quota");
            EntityTag.Check(version, platform.Quotas.ShareOf(session, row.Id, kind).RowVersion);
            if (Quotas.SetMost(session, principal, row.Id, kind, ask.Most, ask.Reason) is { } why)
            {
                throw new ProblemException(ProblemKind.Invalid, why);
            }

            var share = platform.Quotas.ShareOf(session, row.Id, kind);
            return Reply.Of(View(session, share)) with { Tag = EntityTag.Of(share.RowVersion) };
        });
    }

    private static QuotaView View(Session session, QuotaShare share) =>
        new(
            share.Kind.Word(),
            share.Kind.Per(),
            share.Used,
            share.Most,
            share.Usual,
            share.Kind.Per() == "day" ? new DateTimeOffset(session.Now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero) : null,
            Moment.Of(share.Decided?.At),
            share.Decided?.By,
            share.Decided?.Reason,
            EntityTag.Of(share.RowVersion)
        );
}

public sealed record QuotaList(IReadOnlyList<QuotaView> Items);

/// <param name="Per"><c>day</c> (UTC), <c>kept</c> or <c>at-once</c>.</param>
/// <param name="Most">Beyond it is 429.</param>
/// <param name="Usual">What partners may take for whom nothing else was decided.</param>
/// <param name="AgainAt">When the day's share begins anew; null where it is none of a day.</param>
public sealed record QuotaView(
    string Quota,
    string Per,
    long Used,
    long Most,
    long Usual,
    DateTimeOffset? AgainAt,
    DateTimeOffset? DecidedAt,
    string? DecidedBy,
    string? Reason,
    string ETag
);

/// <param name="Most">Null for the usual share.</param>
public sealed record QuotaAsk(string Reason, long? Most = null);
