using System.Globalization;
using System.Text.Json;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Audit;

namespace Ecoscanner.Service.Api;

/// <summary>What was done and read, by whom; who can read; and the signed heads that prove that nothing was changed.</summary>
internal static class AuditEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var audit = api.MapGroup("/audit").WithTags("audit");
        audit
            .MapGet("/events", Events)
            .WithSummary("A partner's chain of audit events, the oldest first. The field hash is of the one before it and of all others.")
            .Needs(Capability.ReadAudit)
            .Lists<AuditEventView>()
            .Filters("partner", "The partner's key; platform is the platform's own chain, for auditors.");
        audit
            .MapGet("/heads", Heads)
            .WithSummary("Signed heads of the chain: keep them, and nobody can change what was before them unseen.")
            .Needs(Capability.ReadAudit)
            .Lists<AuditHeadView>()
            .Filters("partner", "The partner's key; platform is the platform's own chain, for auditors.");
        audit
            .MapGet("/readers", WhoCanRead)
            .WithSummary("Who can read a partner's findings now: accounts, tokens, staff, opened glasses.")
            .Needs(Capability.ReadAudit)
            .Answers<ReaderList>()
            .Filters("partner", "The partner's key.")
            .Problems(404, 422);
        api.MapGet("/keys", (Platform platform) => Reply.Of(new KeyList(platform.AuditKeys.PublicKeys)))
            .WithTags("audit")
            .WithSummary("The public keys that sign heads and gates, by name, in PEM.")
            .Public()
            .Answers<KeyList>();
    }

    private static Reply Events(HttpContext http, Platform platform, string? partner)
    {
        var principal = Caller.Of(http);
        var page = platform.Page(http);
        return platform.Database.Read(session =>
        {
            var id = PartnerOf(session, principal, partner);
            return page.Answer(
                AuditEvent.List(session, id, page.AfterId ?? 0, page.Limit + 1),
                row => row.Sequence.ToString(CultureInfo.InvariantCulture),
                row => new AuditEventView(
                    row.Sequence,
                    Moment.Of(row.At),
                    row.At,
                    row.ActorKind,
                    row.Actor,
                    row.Action,
                    row.Object,
                    row.Purpose,
                    JsonDocument.Parse(row.Detail).RootElement,
                    row.Detail,
                    Convert.ToHexStringLower(row.PreviousHash),
                    Convert.ToHexStringLower(row.Hash)
                )
            );
        });
    }

    private static Reply Heads(HttpContext http, Platform platform, string? partner)
    {
        var principal = Caller.Of(http);
        var page = platform.Page(http);
        return platform.Database.Read(session =>
        {
            var id = PartnerOf(session, principal, partner);
            return page.Answer(
                AuditHeads.List(session, id, page.AfterId ?? 0, page.Limit + 1),
                row => row.Sequence.ToString(CultureInfo.InvariantCulture),
                row => new AuditHeadView(id, row.Sequence, Convert.ToHexStringLower(row.Hash), row.SignedAt, row.KeyId, Convert.ToBase64String(row.Signature))
            );
        });
    }

    private static Reply WhoCanRead(HttpContext http, Platform platform, string? partner)
    {
        var principal = Caller.Of(http);
        return platform.Database.Read(session => Reply.Of(new ReaderList(Readers.List(session, PartnerOf(session, principal, partner)))));
    }

    // 0 is the platform's own chain, of which no partner has a part.
    private static long PartnerOf(Storage.Session session, Principal principal, string? key)
    {
        if (key == "platform")
        {
            return principal.MayEverywhere(Capability.ReadAudit) ? 0 : throw ProblemException.NotFound("partner");
        }

        var id = PartnerEndpoints.IdOf(session, principal, Capability.ReadAudit, key);
        return principal.May(Capability.ReadAudit, id) ? id : throw ProblemException.NotFound("partner");
    }
}

/// <param name="Clock">The same time in milliseconds since 1970, as it stands in the hash.</param>
/// <param name="DetailText">The detail byte by byte, as it stands in the hash.</param>
public sealed record AuditEventView(
    long Sequence,
    DateTimeOffset At,
    long Clock,
    string ActorKind,
    string Actor,
    string Action,
    string Object,
    string Purpose,
    JsonElement Detail,
    string DetailText,
    string PreviousHash,
    string Hash
);

/// <param name="Partner">The number that stands in what is signed.</param>
/// <param name="SignedAt">Milliseconds since 1970.</param>
/// <param name="Signature">ECDSA P-256 with SHA-256, 64 bytes, in base64.</param>
public sealed record AuditHeadView(long Partner, long Sequence, string Hash, long SignedAt, string KeyId, string Signature);

public sealed record ReaderList(IReadOnlyList<Reader> Items);

public sealed record KeyList(IReadOnlyDictionary<string, string> Keys);
