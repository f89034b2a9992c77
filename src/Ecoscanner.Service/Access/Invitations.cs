using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Access;

/// <summary>Somebody is to have a role.</summary>
/// <param name="PartnerId">0 for a role of the platform.</param>
/// <param name="Provider">The provider of identities that has to vouch for the e-mail; null for a password.</param>
public sealed record InvitationRequest(string Email, Role Role, long PartnerId, string? Provider = null);

/// <summary>A link's secret: for the mail, shown to nobody else, kept nowhere.</summary>
public sealed record NewInvitation(string Token, DateTimeOffset Until);

/// <summary>An invitation that nobody took yet.</summary>
public sealed record OpenInvitation(string Email, string Role, string? Provider, long CreatedAt, string CreatedBy, long ExpiresAt);

/// <summary>Invites people, makes their accounts, and lets them set their password anew.</summary>
public sealed class Invitations(Database database, AccessOptions options, AccessTold tell, AccessNoticed notice)
{
    // Of a partner, unused.
    private const int Most = 100;

    private const int MaximumName = 100;

    /// <param name="isTold">False where whoever asks takes it at once, and nobody is to be sent its link.</param>
    public Outcome<NewInvitation> Invite(Principal principal, InvitationRequest ask, bool isTold = true)
    {
        if (database.Read(session => Accounts.MayManage(session, principal, ask.PartnerId, gives: true)) is { } refused)
        {
            return refused;
        }

        if (!Principals.Fits(ask.Role, ask.PartnerId))
        {
            return Refused.Invalid($"{CapabilityWords.Of(ask.Role)} is no role that people have {(ask.PartnerId == 0 ? "of the platform" : "for a partner")}");
        }

        return EmailAddress.TryParse(ask.Email, out var email)
            ? database.Write(session => Invite(session, principal, ask, email, isTold))
            : Refused.Invalid("that is no e-mail address");
    }

    /// <summary>Invitations of a partner, or of the platform (0), that nobody took yet. For who may manage accounts.</summary>
    public static IReadOnlyList<OpenInvitation> List(Session session, long partnerId) =>
        session.List<OpenInvitation>(
            """
            select email, role, provider, created_at, created_by, expires_at from invitation
            where partner_id = @partnerId and kind = 'invitation' and used_at is null and expires_at > @Clock order by email limit @Most
            """,
            new
            {
                partnerId,
                session.Clock,
                Most,
            }
        );

    /// <summary>Takes back what was sent to an e-mail and not taken yet.</summary>
    public Outcome<bool> Cancel(Principal principal, string email, long partnerId) =>
        database.Write<Outcome<bool>>(session =>
        {
            if (Accounts.MayManage(session, principal, partnerId, gives: false) is { } refused)
            {
                return refused;
            }

            var values = new { email = EmailAddress.Normal(email), partnerId };
            if (session.Execute("delete from invitation where email = @email and partner_id = @partnerId and used_at is null", values) == 0)
            {
                return Refused.NotFound;
            }

            tell(session, new AccessEvent(partnerId, principal, "invitation-cancelled", $"email:{values.email}"));
            return Outcomes.Done(true);
        });

    /// <summary>Sends an account a link to set its password anew; the second factor stays.</summary>
    public Outcome<NewInvitation> Reset(Principal principal, string accountId) =>
        database.Write<Outcome<NewInvitation>>(session =>
        {
            if (Accounts.MayManageAccount(session, principal, accountId, gives: true, out var account, out var partnerId) is { } refused)
            {
                return refused;
            }

            tell(session, new AccessEvent(partnerId, principal, "password-reset-sent", $"account:{accountId}"));
            return Outcomes.Done(Send(session, principal, "reset", account!.Email, null, partnerId, null, isTold: true));
        });

    /// <summary>Takes an invitation that needs a password, or sets one anew. An account that is there takes a role only where its person is signed in.</summary>
    /// <param name="signedIn">Who is signed in in that browser, if anybody.</param>
    public async Task<Outcome<string>> AcceptAsync(string token, string name, string? password, SignedIn? signedIn, CancellationToken cancellationToken)
    {
        var hash = Secret.Hash(token);
        if (database.Read(session => Find(session, hash)) is not { Provider: null } invitation)
        {
            return new Refused(Refusal.NotFound, "this link was used or is too old; ask for another");
        }

        if (invitation.Kind == "invitation" && signedIn is not null && signedIn.Email == invitation.Email)
        {
            return database.Write(session => Take(session, hash, name, null, signedIn));
        }

        if (invitation.Kind == "invitation" && database.Read(session => Account.ByEmail(session, invitation.Email)) is not null)
        {
            return new Refused(Refusal.SignInAgain, "there is an account with this e-mail; sign in with it, and open the link again");
        }

        if (Passwords.Objection(password ?? "", invitation.Email) is { } objection)
        {
            return Refused.Invalid(objection);
        }

        var passwordHash = await Passwords.HashAsync(password!, options.PasswordIterations, cancellationToken);
        return database.Write(session => Take(session, hash, name, passwordHash, signedIn));
    }

    /// <summary>Takes the invitations of an e-mail for which a provider vouches; null where there is none for that provider.</summary>
    internal Account? TakeByProvider(Session session, string provider, string email, string name, string subject)
    {
        var open = session.List<Row>(
            $"{Select} where email = @email and provider = @provider and used_at is null and expires_at > @Clock limit 10",
            new
            {
                email,
                provider,
                session.Clock,
            }
        );
        // An account that is there keeps the way it signs in: another provider, or a password, is not added by a mail alone.
        if (open.Count == 0 || Account.ByEmail(session, email) is not null)
        {
            return null;
        }

        var account = Account.Create(session, email, Name(name, email), null, provider, subject);
        foreach (var invitation in open)
        {
            Use(session, invitation, account);
        }

        return account;
    }

    private Outcome<NewInvitation> Invite(Session session, Principal principal, InvitationRequest ask, string email, bool isTold)
    {
        var values = new { ask.PartnerId, session.Clock };
        if (ask.PartnerId != 0 && session.Find<long?>("select id from partner where id = @PartnerId and offboarded_at is null", values) is null)
        {
            return Refused.NotFound;
        }

        if (session.One<long>("select count(*) from invitation where partner_id = @PartnerId and used_at is null and expires_at > @Clock", values) >= Most)
        {
            return new Refused(Refusal.TooMany, $"{Most} invitations are open already; wait until some are taken or end");
        }

        tell(
            session,
            new AccessEvent(
                ask.PartnerId,
                principal,
                "invited",
                $"email:{email}",
                Detail.Of(("role", CapabilityWords.Of(ask.Role)), ("provider", ask.Provider))
            )
        );
        Accounts.TellContacts(session, notice, principal, ask.PartnerId, "invited");
        return Outcomes.Done(Send(session, principal, "invitation", email, ask.Role, ask.PartnerId, ask.Provider, isTold));
    }

    private NewInvitation Send(Session session, Principal principal, string kind, string email, Role? role, long partnerId, string? provider, bool isTold)
    {
        var word = role is { } given ? CapabilityWords.Of(given) : null;
        var sent = new NewInvitation(Secret.New(), session.Now + options.InvitationLifetime);
        session.Execute(
            """
            insert into invitation (token_hash, kind, email, role, partner_id, provider, created_at, created_by, expires_at)
            values (@hash, @kind, @email, @role, @partnerId, @provider, @Clock, @by, @expires)
            """,
            new
            {
                hash = Secret.Hash(sent.Token),
                kind,
                email,
                role = word,
                partnerId,
                provider,
                session.Clock,
                by = principal.Name,
                expires = sent.Until.ToUnixTimeMilliseconds(),
            }
        );
        if (isTold)
        {
            var until = Detail.Time(sent.Until.ToUnixTimeMilliseconds());
            var detail = Detail.Of(("token", sent.Token), ("provider", provider), ("role", word), ("until", until));
            notice(session, new AccessNotice(partnerId, [email], kind, detail));
        }

        return sent;
    }

    private Outcome<string> Take(Session session, byte[] hash, string name, string? passwordHash, SignedIn? signedIn)
    {
        if (Find(session, hash) is not { } invitation)
        {
            return new Refused(Refusal.NotFound, "this link was used or is too old; ask for another");
        }

        var account = Account.ByEmail(session, invitation.Email);
        if (invitation.Kind == "reset")
        {
            if (account is not { DisabledAt: null })
            {
                return Refused.NotFound;
            }

            session.Execute("update account set password_hash = @passwordHash where id = @Id", new { passwordHash, account.Id });
            Sessions.EndAll(session, account.Id);
            // One link was enough: what else was sent to set it is good no longer.
            session.Execute(
                "delete from invitation where email = @Email and kind = 'reset' and used_at is null and token_hash <> @hash",
                new { account.Email, hash }
            );
        }
        else if (account is not null && (signedIn?.AccountId != account.Id || account.DisabledAt is not null))
        {
            return new Refused(Refusal.SignInAgain, "there is an account with this e-mail; sign in with it, and open the link again");
        }

        account ??= Account.Create(session, invitation.Email, Name(name, invitation.Email), passwordHash);
        Use(session, invitation, account);
        return Outcomes.Done(account.Id);
    }

    private void Use(Session session, Row invitation, Account account)
    {
        session.Execute("update invitation set used_at = @Clock where token_hash = @TokenHash", new { session.Clock, invitation.TokenHash });
        if (invitation.Role is { } word && CapabilityWords.FindRole(word) is { } role)
        {
            Accounts.Grant(session, account.Id, role, invitation.PartnerId, invitation.CreatedBy);
        }

        var action = invitation.Kind == "reset" ? "password-reset" : "invitation-taken";
        tell(session, new AccessEvent(invitation.PartnerId, account.Principal, action, $"account:{account.Id}", Detail.Of(("role", invitation.Role))));
    }

    private static string Name(string name, string email) =>
        new string([
            .. name.Where(c => !char.IsControl(c) && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.Format).Take(MaximumName),
        ]).Trim()
            is { Length: > 0 } plain
            ? plain
            : email;

    private static Row? Find(Session session, byte[] hash) =>
        session.Find<Row>($"{Select} where token_hash = @hash and used_at is null and expires_at > @Clock", new { hash, session.Clock });

    private const string Select = "select token_hash, kind, email, role, partner_id, provider, created_by from invitation";

    private sealed record Row(byte[] TokenHash, string Kind, string Email, string? Role, long PartnerId, string? Provider, string CreatedBy);
}
