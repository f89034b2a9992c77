using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Ecoscanner.Probing;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Audit;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Catalogue;

/// <summary>What proves, or is to prove, that a host is a partner's.</summary>
public sealed record ProofRow
{
    public long Id { get; init; }
    public long PartnerId { get; init; }
    public string Kind { get; init; } = "";
    public string Subject { get; init; } = "";

    /// <summary><c>dns-txt</c>, <c>well-known</c> or <c>grant</c>.</summary>
    public string Method { get; init; } = "";
    public string? Challenge { get; init; }

    /// <summary><c>pending</c>, <c>proven</c>, <c>expired</c> or <c>revoked</c>.</summary>
    public string State { get; init; } = "";
    public long AskedAt { get; init; }
    public long? ProvenAt { get; init; }
    public long? RenewAt { get; init; }

    /// <summary>What was seen instead, the last time.</summary>
    public string? Failure { get; init; }
}

/// <summary>
/// Hosts belong to a partner by an operator's grant, or by a proof that is looked for again and again. A Connect app whose descriptor lies on such a host is
/// the partner's as long as that holds.
/// </summary>
public static class OwnershipProofs
{
    /// <summary>The name below the host whose text says it.</summary>
    public const string RecordPrefix = "_ecoscanner-challenge.";

    /// <summary>The path on the host that says it.</summary>
    public const string WellKnownPath = "/.well-known/ecoscanner-challenge";

    /// <summary>A proof holds so long; then it must be there again.</summary>
    public static readonly TimeSpan Holds = TimeSpan.FromDays(90);

    /// <summary>It is looked for from so long before, and the partner sees what was found instead.</summary>
    public static readonly TimeSpan RenewedBefore = TimeSpan.FromDays(14);

    /// <summary>What nobody answers to is given up.</summary>
    public static readonly TimeSpan AnsweredWithin = TimeSpan.FromDays(7);

    /// <summary>Between two looks.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromHours(6);

    private const int MaximumProofs = 500;

    private const string Columns = "id, partner_id, kind, subject, method, challenge, state, asked_at, proven_at, renew_at, failure";

    /// <summary>A partner's, newest first.</summary>
    public static IReadOnlyList<ProofRow> List(Session session, Principal principal, long partnerId) =>
        session.List<ProofRow>(
            $"""
            select {Columns} from ownership_proof where partner_id = @partnerId and {principal.ScopeOf(Capability.ReadApps).Sql("partner_id", null)}
            order by id desc limit {MaximumProofs}
            """,
            new { partnerId }
        );

    /// <summary>Asks for a proof of a host: the challenge to put there; null where they may not. Asking again gives the same one as long as it is open.</summary>
    /// <exception cref="CatalogueException">It is no host, no method, or there are too many.</exception>
    public static ProofRow? Ask(Session session, Principal principal, long partnerId, string host, string method)
    {
        if (!principal.May(Capability.ManageSecrets, partnerId) && !principal.MayEverywhere(Capability.ManageCatalogue))
        {
            return null;
        }

        if (method is not ("dns-txt" or "well-known"))
        {
            throw new CatalogueException("there is no such proof; ask for dns-txt or well-known");
        }

        // A name alone: who has an address today has another one tomorrow.
        var subject =
            HostName.Canonical(host) is { } name && name.Contains('.', StringComparison.Ordinal) && !System.Net.IPAddress.TryParse(name, out _)
                ? name
                : throw new CatalogueException("this is no host name; name one such as app.example.com");
        if (session.One<int>("select count(*) from ownership_proof where partner_id = @partnerId", new { partnerId }) >= MaximumProofs)
        {
            throw new CatalogueException($"a partner has at most {MaximumProofs} proofs; revoke those that are not used");
        }

        var proof = session.One<ProofRow>(
            $"""
            insert into ownership_proof (partner_id, kind, subject, method, challenge, state, asked_at, asked_by, check_at)
            values (@partnerId, 'host', @subject, @method, @challenge, 'pending', @Clock, @by, @Clock)
            on conflict (partner_id, kind, subject, method) do update set
              challenge = case when ownership_proof.state in ('pending', 'proven') then ownership_proof.challenge else excluded.challenge end,
              asked_at = case when ownership_proof.state in ('pending', 'proven') then ownership_proof.asked_at else excluded.asked_at end,
              state = case when ownership_proof.state in ('pending', 'proven') then ownership_proof.state else 'pending' end,
              check_at = excluded.check_at, asked_by = excluded.asked_by
            returning {Columns}
            """,
            new
            {
                partnerId,
                subject,
                method,
                challenge = $"ecoscanner-{RandomNumberGenerator.GetHexString(40, lowercase: true)}",
                by = principal.Name,
                session.Clock,
            }
        );
        Audit(session, principal, proof, "ownership.asked");
        return proof;
    }

    /// <summary>An operator's word that a host is a partner's; null where they may not.</summary>
    /// <exception cref="CatalogueException">It is no host.</exception>
    public static ProofRow? Grant(Session session, Principal principal, long partnerId, string host, string reason)
    {
        if (!principal.MayEverywhere(Capability.ManageCatalogue))
        {
            return null;
        }

        var subject = HostName.Canonical(host) ?? throw new CatalogueException("this is no host name; name one such as app.example.com");
        var proof = session.One<ProofRow>(
            $"""
            insert into ownership_proof (partner_id, kind, subject, method, state, asked_at, asked_by, proven_at, reason)
            values (@partnerId, 'host', @subject, 'grant', 'proven', @Clock, @by, @Clock, @reason)
            on conflict (partner_id, kind, subject, method) do update set state = 'proven', proven_at = excluded.proven_at, reason = excluded.reason
            returning {Columns}
            """,
            new
            {
                partnerId,
                subject,
                reason = Words.Name(reason, "the reason"),
                by = principal.Name,
                session.Clock,
            }
        );
        Audit(session, principal, proof, "ownership.granted");
        ProveApps(session, proof);
        return proof;
    }

    /// <summary>Ends a proof or grant: the partner's own, or any by an operator. Null where there is none that holds or is open, or they may not.</summary>
    /// <exception cref="CatalogueException">There is no reason.</exception>
    public static ProofRow? Revoke(Session session, Principal principal, long proofId, string reason)
    {
        var scope = principal.MayEverywhere(Capability.ManageCatalogue) ? "(1 = 1)" : principal.ScopeOf(Capability.ManageSecrets).Sql("partner_id", null);
        var proof = session.Find<ProofRow>(
            $"""
            update ownership_proof set state = 'revoked', check_at = null, renew_at = null, reason = @reason
            where id = @proofId and state in ('pending', 'proven') and {scope} returning {Columns}
            """,
            new { proofId, reason = Words.Name(reason, "the reason") }
        );
        if (proof is not null)
        {
            Audit(session, principal, proof, "ownership.revoked", new JsonObject { ["why"] = reason });
            LoseApps(session, proof);
        }

        return proof;
    }

    internal static IReadOnlyList<ProofRow> Due(Session session, int limit) =>
        session.List<ProofRow>($"select {Columns} from ownership_proof where check_at <= @Clock order by check_at limit @limit", new { session.Clock, limit });

    /// <summary>Takes in what a look at a host showed.</summary>
    /// <param name="failure">What was seen instead of the challenge; null where it was there.</param>
    internal static void Take(Session session, ProofRow proof, string? failure)
    {
        var state =
            failure is null ? "proven"
            : proof.State == "pending" ? (session.Clock - proof.AskedAt > AnsweredWithin.TotalMilliseconds ? "expired" : "pending")
            : proof.RenewAt <= session.Clock ? "expired"
            : "proven";
        var renew = failure is null ? session.Clock + (long)Holds.TotalMilliseconds : proof.RenewAt;
        long? check =
            state == "expired" ? null
            : failure is null ? renew - (long)RenewedBefore.TotalMilliseconds
            : session.Clock + (long)Every.TotalMilliseconds;
        // Not where it was revoked meanwhile.
        var changed = session.Execute(
            """
            update ownership_proof set state = @state, renew_at = @renew, check_at = @check, failure = @failure,
              proven_at = case when @failure is null then @Clock else proven_at end
            where id = @Id and state in ('pending', 'proven')
            """,
            new
            {
                proof.Id,
                state,
                renew,
                check,
                failure,
                session.Clock,
            }
        );
        if (changed == 0)
        {
            return;
        }

        if (state != proof.State)
        {
            Audit(session, Principal.Platform, proof, $"ownership.{state}");
        }

        if (state == "proven")
        {
            ProveApps(session, proof);
        }
        else if (state == "expired")
        {
            LoseApps(session, proof);
        }
    }

    // Of a key that somebody owns already nobody else becomes the owner.
    private static void ProveApps(Session session, ProofRow proof)
    {
        foreach (var app in AppsOf(session, proof).Where(app => app.Ownership == "unproven"))
        {
            var isOwned = session.Find<long?>("select id from app where key = @Key and ownership in ('proven', 'granted')", app) is not null;
            if (!isOwned && session.Execute("update app set ownership = 'proven' where id = @Id", app) == 1)
            {
                AuditLog.Record(session, new AuditEntry(proof.PartnerId, "system", "ecoscanner", "app.proven", $"app:{app.Key}"));
            }
        }
    }

    private static void LoseApps(Session session, ProofRow proof)
    {
        var isProven = session.Find<long?>(
            "select id from ownership_proof where partner_id = @PartnerId and kind = 'host' and subject = @Subject and state = 'proven' limit 1",
            proof
        );
        if (isProven is not null)
        {
            return;
        }

        foreach (var app in AppsOf(session, proof).Where(app => app.Ownership == "proven"))
        {
            AppList.Lose(session, Principal.Platform, app, $"no proof of {proof.Subject} holds any more");
        }
    }

    private static IEnumerable<AppRow> AppsOf(Session session, ProofRow proof) =>
        session
            .List<AppOnHost>(
                """
                select a.id, a.partner_id, a.key, a.ownership, h.descriptor_url from app a join app_hosting h on h.app_id = a.id
                where a.partner_id = @PartnerId and h.hosting = 'connect' and h.descriptor_url is not null limit 10000
                """,
                proof
            )
            .Where(app => Uri.TryCreate(app.DescriptorUrl, UriKind.Absolute, out var url) && HostName.Of(url) == proof.Subject)
            .Select(app => new AppRow
            {
                Id = app.Id,
                PartnerId = app.PartnerId,
                Key = app.Key,
                Ownership = app.Ownership,
            });

    private static void Audit(Session session, Principal principal, ProofRow proof, string action, JsonObject? detail = null) =>
        AuditLog.Record(session, AuditEntry.By(principal, proof.PartnerId, action, $"host:{proof.Subject}", detail?.ToJsonString() ?? "{}"));

    private sealed record AppOnHost
    {
        public long Id { get; init; }
        public long PartnerId { get; init; }
        public string Key { get; init; } = "";
        public string Ownership { get; init; } = "";
        public string DescriptorUrl { get; init; } = "";
    }
}
