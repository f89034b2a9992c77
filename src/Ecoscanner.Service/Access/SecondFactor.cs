using System.Security.Cryptography;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Access;

/// <summary>A second factor that is to be set up.</summary>
/// <param name="Secret">In base32, for those who type it; shown once.</param>
/// <param name="Link">The same for authenticator apps, to be shown as a picture.</param>
public sealed record SecondFactorSetup(string Secret, string Link);

/// <summary>Sets up authenticator apps and checks their codes. Each code works once.</summary>
public sealed class SecondFactor(Database database, PartnerKeys keys, Sessions sessions, AccessOptions options, AccessTold tell)
{
    // Codes of an account that are remembered as used: years of sign-ins.
    private const int MostUsed = 1000;

    private readonly SignInLimits limits = new(keys, options);

    /// <summary>Makes a secret for who is signed in; it counts once its first code was given. To replace one needs a fresh sign-in with it.</summary>
    public Outcome<SecondFactorSetup> Begin(SignedIn who) =>
        database.Write<Outcome<SecondFactorSetup>>(session =>
        {
            var account = Account.ById(session, who.AccountId)!;
            if (!who.Principal.IsFresh || (account.TotpSecret is not null && !who.HasSecondFactor))
            {
                return Refused.SignInAgain;
            }

            var secret = Totp.NewSecret();
            session.Execute(
                "update account set totp_pending = @pending where id = @Id",
                new { pending = keys.Seal(PartnerKeys.Platform, Purpose(account.Id), secret), account.Id }
            );
            return Outcomes.Done(new SecondFactorSetup(Totp.Text(secret), Totp.Link(options.Issuer, account.Email, secret)));
        });

    /// <summary>Proves the new secret by its first code. All other sessions of the account end; this one is replaced by one that has the factor.</summary>
    public Outcome<NewSession> Confirm(SignedIn who, string code, string address) =>
        Attempt(
            who,
            address,
            (session, account) =>
            {
                if (account.TotpPending is not { } pending)
                {
                    return Refused.Invalid("no second factor is being set up; begin again");
                }

                if (!who.Principal.IsFresh)
                {
                    return Refused.SignInAgain;
                }

                var secret = keys.Open(PartnerKeys.Platform, Purpose(account.Id), pending);
                if (Totp.Match(secret, code, session.Now, lastStep: 0) is not { } step)
                {
                    return Refused.Invalid("that is not the code that the app shows now; look at the clock of the phone, and try the next code");
                }

                // Of the secret before.
                session.Execute("delete from totp_used where account_id = @Id", new { account.Id });
                session.Execute("insert into totp_used (account_id, step) values (@Id, @step)", new { account.Id, step });
                session.Execute(
                    "update account set totp_secret = totp_pending, totp_pending = null, totp_last_step = @step where id = @Id",
                    new { step, account.Id }
                );
                tell(session, new AccessEvent(0, who.Principal, "second-factor-set", $"account:{account.Id}"));
                Sessions.EndAll(session, account.Id);
                return Outcomes.Done(sessions.Begin(session, account.Id, hasSecondFactor: true, session.Clock, replaced: null));
            }
        );

    /// <summary>Gives the code after a sign-in that had none: at a provider that asks for none. The session is replaced.</summary>
    /// <param name="token">Of the session that is replaced.</param>
    public Outcome<NewSession> Prove(SignedIn who, string token, string code, string address) =>
        Attempt(
            who,
            address,
            (session, account) =>
            {
                if (!Use(session, keys, account, code))
                {
                    return Refused.Invalid("that is not the code that the app shows now; try the next code");
                }

                var authenticated = session.Find<long?>(
                    "select authenticated_at from session where token_hash = @hash and account_id = @Id",
                    new { hash = Secret.Hash(token), account.Id }
                );
                return authenticated is { } at ? Outcomes.Done(sessions.Begin(session, account.Id, hasSecondFactor: true, at, token)) : Refused.SignInAgain;
            }
        );

    /// <summary>Uses a code up: true where it is the account's and was not used before.</summary>
    internal static bool Use(Session session, PartnerKeys keys, Account account, string code)
    {
        if (account.TotpSecret is not { } box)
        {
            return false;
        }

        var secret = keys.Open(PartnerKeys.Platform, Purpose(account.Id), box);
        // The last one lies ahead where the clock did: then only those that were used are used up, or nobody could sign in until it is as late again.
        var isAhead = account.TotpLastStep > Totp.StepOf(session.Now) + Totp.Drift;
        var step = Totp.Match(secret, code, session.Now, isAhead ? 0 : account.TotpLastStep);
        CryptographicOperations.ZeroMemory(secret);
        // The condition again, for two who come with the same code at once.
        if (
            step is not { } used
            || session.Execute(
                "insert into totp_used (account_id, step) values (@Id, @used) on conflict (account_id, step) do nothing",
                new { used, account.Id }
            ) == 0
            || session.Execute(
                "update account set totp_last_step = @used where id = @Id and totp_last_step = @TotpLastStep",
                new
                {
                    used,
                    account.Id,
                    account.TotpLastStep,
                }
            ) == 0
        )
        {
            return false;
        }

        session.Execute(
            """
            delete from totp_used where account_id = @Id and id not in (select id from totp_used where account_id = @Id order by id desc limit @MostUsed)
            """,
            new { account.Id, MostUsed }
        );
        return true;
    }

    private Outcome<NewSession> Attempt(SignedIn who, string address, Func<Session, Account, Outcome<NewSession>> check) =>
        database.Write<Outcome<NewSession>>(session =>
        {
            if (Account.ById(session, who.AccountId) is not { DisabledAt: null } account)
            {
                return Refused.SignInAgain;
            }

            if (limits.Enter(session, account.Email, address).Attempt is not { } attempt)
            {
                return new Refused(Refusal.TooMany, "too many codes were wrong; wait a quarter of an hour");
            }

            var outcome = check(session, account);
            if (outcome.IsDone)
            {
                SignInLimits.Succeeded(session, attempt);
            }

            return outcome;
        });

    // Another account's secret, copied in the database, does not open.
    private static string Purpose(string accountId) => $"totp {accountId}";
}
