using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Access;

/// <summary>Somebody with a role, as lists show them.</summary>
/// <param name="Role">As <see cref="CapabilityWords"/> writes it.</param>
public sealed record AccountRole(
    string AccountId,
    string Email,
    string Name,
    string Role,
    long PartnerId,
    long GrantedAt,
    string GrantedBy,
    bool HasSecondFactor,
    bool IsDisabled
);

/// <summary>What people may: roles are given and taken, accounts disabled. Each change ends the account's sessions, so that none goes on with what was.</summary>
public sealed class Accounts(Database database, AccessOptions options, AccessTold tell, AccessNoticed notice)
{
    /// <summary>Accounts with a role for that partner; 0 for the staff. For who may manage them.</summary>
    public static IReadOnlyList<AccountRole> List(Session session, long partnerId, int limit) =>
        [
            .. session
                .List<Row>(
                    """
                    select a.id, a.email, a.name, r.role, r.partner_id, r.granted_at, r.granted_by, a.totp_last_step, a.disabled_at
                    from account_role r join account a on a.id = r.account_id where r.partner_id = @partnerId order by a.name, a.id, r.role limit @limit
                    """,
                    new { partnerId, limit }
                )
                .Select(row => new AccountRole(
                    row.Id,
                    row.Email,
                    row.Name,
                    row.Role,
                    row.PartnerId,
                    row.GrantedAt,
                    row.GrantedBy,
                    row.TotpLastStep > 0,
                    row.DisabledAt is not null
                )),
        ];

    /// <summary>Takes a role from an account. The last administrator of a partner stays.</summary>
    public Outcome<bool> Remove(Principal principal, string accountId, Role role, long partnerId) =>
        database.Write<Outcome<bool>>(session =>
        {
            if (MayManage(session, principal, partnerId, gives: false) is { } refused)
            {
                return refused;
            }

            if (role == Role.PartnerAdmin && !IsStaff(principal, partnerId) && IsLastAdmin(session, accountId, partnerId))
            {
                return new Refused(Refusal.Conflict, "this is the partner's last administrator; invite another one first");
            }

            var word = CapabilityWords.Of(role);
            var removed = session.Execute(
                "delete from account_role where account_id = @accountId and role = @word and partner_id = @partnerId",
                new
                {
                    accountId,
                    word,
                    partnerId,
                }
            );
            if (removed == 0)
            {
                return Refused.NotFound;
            }

            Sessions.EndAll(session, accountId);
            tell(session, new AccessEvent(partnerId, principal, "role-removed", $"account:{accountId}", Detail.Of(("role", word))));
            TellContacts(session, notice, principal, partnerId, "role-removed");
            return Outcomes.Done(true);
        });

    /// <summary>Gives an account that has a role for that partner another one beside it; who has none is invited.</summary>
    public Outcome<bool> Give(Principal principal, string accountId, Role role, long partnerId) =>
        database.Write<Outcome<bool>>(session =>
        {
            if (MayManage(session, principal, partnerId, gives: true) is { } refused)
            {
                return refused;
            }

            if (!Principals.Fits(role, partnerId))
            {
                return Refused.Invalid($"{CapabilityWords.Of(role)} is no role that people have there");
            }

            if (
                session.Find<string>("select role from account_role where account_id = @accountId and partner_id = @partnerId", new { accountId, partnerId })
                is null
            )
            {
                return Refused.NotFound;
            }

            Grant(session, accountId, role, partnerId, principal.Name);
            tell(session, new AccessEvent(partnerId, principal, "role-given", $"account:{accountId}", Detail.Of(("role", CapabilityWords.Of(role)))));
            return Outcomes.Done(true);
        });

    /// <summary>Ends an account: it cannot sign in, and the tokens that it made are revoked, for it knows them.</summary>
    public Outcome<bool> Disable(Principal principal, string accountId) =>
        database.Write<Outcome<bool>>(session =>
        {
            if (MayManageAccount(session, principal, accountId, gives: false, out var account, out var partnerId) is { } refused)
            {
                return refused;
            }

            if (partnerId != 0 && !IsStaff(principal, partnerId) && IsLastAdmin(session, accountId, partnerId))
            {
                return new Refused(Refusal.Conflict, "this is the partner's last administrator; invite another one first");
            }

            session.Execute("update account set disabled_at = @Clock where id = @accountId and disabled_at is null", new { session.Clock, accountId });
            Sessions.EndAll(session, accountId);
            session.Execute("delete from invitation where email = @Email and used_at is null", new { account!.Email });
            var tokens = session.Execute(
                "update api_token set revoked_at = @Clock where created_by = @by and revoked_at is null",
                new { session.Clock, by = account.Principal.Name }
            );
            tell(session, new AccessEvent(partnerId, principal, "account-disabled", $"account:{accountId}", Detail.Of(("tokens-revoked", $"{tokens}"))));
            TellContacts(session, notice, principal, partnerId, "account-disabled");
            return Outcomes.Done(true);
        });

    /// <summary>Takes the second factor from who lost it; where it is needed they set up another one at the next sign-in.</summary>
    public Outcome<bool> ResetSecondFactor(Principal principal, string accountId) =>
        database.Write<Outcome<bool>>(session =>
        {
            if (MayManageAccount(session, principal, accountId, gives: true, out var account, out var partnerId) is { } refused)
            {
                return refused;
            }

            session.Execute("update account set totp_secret = null, totp_pending = null where id = @accountId", new { accountId });
            Sessions.EndAll(session, accountId);
            tell(session, new AccessEvent(partnerId, principal, "second-factor-reset", $"account:{accountId}"));
            notice(session, new AccessNotice(partnerId, [account!.Email], "second-factor-reset", Detail.Of(("by", principal.Name))));
            return Outcomes.Done(true);
        });

    /// <summary>Sets another password for who is signed in freshly. All other sessions end, this one too.</summary>
    public async Task<Outcome<bool>> ChangePasswordAsync(SignedIn who, string password, CancellationToken cancellationToken)
    {
        if (!who.Principal.IsFresh)
        {
            return Refused.SignInAgain;
        }

        if (Passwords.Objection(password, who.Email) is { } objection)
        {
            return Refused.Invalid(objection);
        }

        var hash = await Passwords.HashAsync(password, options.PasswordIterations, cancellationToken);
        return database.Write<Outcome<bool>>(session =>
        {
            // Who signs in at a provider has none, and gets none beside it.
            if (
                session.Execute("update account set password_hash = @hash where id = @AccountId and password_hash is not null", new { hash, who.AccountId })
                == 0
            )
            {
                return new Refused(Refusal.Conflict, "this account signs in at its provider of identities; it has no password here");
            }

            Sessions.EndAll(session, who.AccountId);
            tell(session, new AccessEvent(0, who.Principal, "password-changed", $"account:{who.AccountId}"));
            notice(session, new AccessNotice(0, [who.Email], "password-changed", "{}"));
            return Outcomes.Done(true);
        });
    }

    /// <summary>Says whether all accounts need a second factor for that partner.</summary>
    public Outcome<bool> RequireSecondFactor(Principal principal, long partnerId, bool isRequired) =>
        database.Write<Outcome<bool>>(session =>
        {
            if (Refused.Of(principal, Capability.ManageAccounts, partnerId) is { } refused)
            {
                return refused;
            }

            session.Execute("update partner set requires_second_factor = @required where id = @partnerId", new { required = isRequired ? 1 : 0, partnerId });
            tell(session, new AccessEvent(partnerId, principal, isRequired ? "second-factor-required" : "second-factor-optional", $"partner:{partnerId}"));
            return Outcomes.Done(true);
        });

    /// <summary>Why somebody may not manage accounts of a partner, or of the platform (0); null where they may.</summary>
    /// <param name="gives">True for what lets somebody in: an invitation, a role, a password or second factor set anew.</param>
    internal static Refused? MayManage(Session session, Principal principal, long partnerId, bool gives)
    {
        if (partnerId != 0 && !IsStaff(principal, partnerId))
        {
            return Refused.Of(principal, Capability.ManageAccounts, partnerId);
        }

        if (!principal.MayEverywhere(Capability.ManageCatalogue))
        {
            return Refused.NotFound;
        }

        if (!principal.IsFresh)
        {
            return Refused.SignInAgain;
        }

        // Staff sets up a partner's first administrator. Otherwise whoever may see no content could let themselves in.
        return partnerId != 0 && gives && Admins(session, partnerId).Count > 0
            ? new Refused(
                Refusal.NotAllowed,
                "the partner has an administrator, who can do this; where none can be reached, take that role away first, of which its contacts are told"
            )
            : null;
    }

    /// <summary>The same for a whole account: all its roles have to be theirs to manage.</summary>
    internal static Refused? MayManageAccount(Session session, Principal principal, string accountId, bool gives, out Account? account, out long partnerId)
    {
        account = Account.ById(session, accountId);
        var partners = session.List<long>("select distinct partner_id from account_role where account_id = @accountId order by partner_id", new { accountId });
        partnerId = partners.Count > 0 ? partners[0] : 0;
        if (account is null || partners.Count == 0)
        {
            return Refused.NotFound;
        }

        var refusals = partners.Select(partner => MayManage(session, principal, partner, gives)).ToList();
        if (refusals.TrueForAll(refusal => refusal is null))
        {
            return null;
        }

        return refusals.Contains(null)
            ? new Refused(Refusal.NotAllowed, "this account has roles elsewhere too; take its role here, or ask the platform's staff")
            : refusals[0];
    }

    /// <summary>Tells a partner's contacts what staff did to its accounts.</summary>
    internal static void TellContacts(Session session, AccessNoticed notice, Principal principal, long partnerId, string action)
    {
        if (partnerId != 0 && IsStaff(principal, partnerId) && Contacts.List(session, partnerId) is { Count: > 0 } contacts)
        {
            var detail = Detail.Of(("action", action), ("by", principal.Name));
            notice(session, new AccessNotice(partnerId, [.. contacts.Select(contact => contact.Email)], "staff-changed-accounts", detail));
        }
    }

    // Of the platform, and not the partner's own.
    private static bool IsStaff(Principal principal, long partnerId) =>
        principal.MayEverywhere(Capability.ManageCatalogue) && !principal.May(Capability.ManageAccounts, partnerId);

    internal static void Grant(Session session, string accountId, Role role, long partnerId, string by)
    {
        session.Execute(
            """
            insert into account_role (account_id, role, partner_id, granted_at, granted_by) values (@accountId, @role, @partnerId, @Clock, @by)
            on conflict (account_id, role, partner_id) do nothing
            """,
            new
            {
                accountId,
                role = CapabilityWords.Of(role),
                partnerId,
                session.Clock,
                by,
            }
        );
        Sessions.EndAll(session, accountId);
    }

    private static bool IsLastAdmin(Session session, string accountId, long partnerId) => Admins(session, partnerId) is [var only] && only == accountId;

    private static IReadOnlyList<string> Admins(Session session, long partnerId) =>
        session.List<string>(
            """
            select a.id from account_role r join account a on a.id = r.account_id
            where r.partner_id = @partnerId and r.role = @role and a.disabled_at is null limit 2
            """,
            new { partnerId, role = CapabilityWords.Of(Role.PartnerAdmin) }
        );

    private sealed record Row(
        string Id,
        string Email,
        string Name,
        string Role,
        long PartnerId,
        long GrantedAt,
        string GrantedBy,
        long TotpLastStep,
        long? DisabledAt
    );
}
