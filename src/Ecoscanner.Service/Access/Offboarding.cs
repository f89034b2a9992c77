using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Access;

/// <summary>A partner leaves: its keys are destroyed, so that nothing of its content can be read any more, wherever a copy lies.</summary>
public sealed class Offboarding(Database database, PartnerKeys keys, Blobs blobs, AccessTold tell)
{
    /// <summary>Ends everything of a partner. It can be done again where it broke off.</summary>
    /// <param name="key">The partner's key, typed by a person who means it.</param>
    public Outcome<bool> Offboard(Principal principal, long partnerId, string key, string reason)
    {
        if (!principal.MayEverywhere(Capability.ManageCatalogue))
        {
            return Refused.NotFound;
        }

        if (!principal.IsFresh)
        {
            return Refused.SignInAgain;
        }

        if (string.IsNullOrWhiteSpace(reason))
        {
            return Refused.Invalid("say why; it stands in the audit");
        }

        var marked = database.Write(session => Mark(session, principal, partnerId, key, reason));
        if (!marked.IsDone)
        {
            return marked;
        }

        // From here on nothing can be read; the rest only makes room.
        keys.Destroy(partnerId);
        blobs.DeleteAll(partnerId);
        database.Write(session =>
        {
            session.Execute(
                """
                delete from evidence where partner_id = @partnerId;
                delete from vault_secret where partner_id = @partnerId;
                delete from fetched_archive where artifact_id in (select id from artifact where partner_id = @partnerId and deleted_at is null);
                update artifact set deleted_at = @Clock where partner_id = @partnerId and deleted_at is null;
                update run set report_digest = null where partner_id = @partnerId and report_digest is not null
                """,
                new { partnerId, session.Clock }
            );
            tell(session, new AccessEvent(partnerId, principal, "keys-destroyed", $"partner:{partnerId}"));
        });
        database.Scrub();
        return marked;
    }

    private Outcome<bool> Mark(Session session, Principal principal, long partnerId, string key, string reason)
    {
        if (session.Find<string>("select key from partner where id = @partnerId", new { partnerId }) is not { } known)
        {
            return Refused.NotFound;
        }

        if (known != key)
        {
            return Refused.Invalid($"this destroys everything of a partner; type its key to show that you mean it");
        }

        var values = new { partnerId, session.Clock };
        var isFirst = session.Execute("update partner set offboarded_at = @Clock where id = @partnerId and offboarded_at is null", values) == 1;
        session.Execute("update api_token set revoked_at = @Clock where partner_id = @partnerId and revoked_at is null", values);
        session.Execute("update break_glass set closed_at = @Clock where partner_id = @partnerId and closed_at is null", values);
        session.Execute("delete from invitation where partner_id = @partnerId", values);
        session.Execute("delete from session where account_id in (select account_id from account_role where partner_id = @partnerId)", values);
        session.Execute(
            """
            update account set disabled_at = @Clock where disabled_at is null
            and id in (select account_id from account_role where partner_id = @partnerId)
            and id not in (select account_id from account_role where partner_id <> @partnerId)
            """,
            values
        );
        session.Execute("delete from account_role where partner_id = @partnerId", values);
        if (isFirst)
        {
            tell(session, new AccessEvent(partnerId, principal with { Purpose = reason }, "offboarded", $"partner:{partnerId}"));
        }

        return Outcomes.Done(true);
    }
}
