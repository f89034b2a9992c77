using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Access;

/// <summary>Somebody wants in, or wants to be fresh again.</summary>
/// <param name="Code">Of the authenticator app; null where none was asked for yet.</param>
/// <param name="Address">The IP address that it comes from.</param>
/// <param name="Replaced">The session token that the browser sent, if any: it is worth nothing afterwards.</param>
public sealed record PasswordSignIn(string Email, string Password, string? Code, string Address, string? Replaced = null);

/// <summary>What a sign-in came to.</summary>
public enum SignInResult
{
    SignedIn,

    /// <summary>Unknown e-mail, wrong password, wrong code, disabled account, refused by the provider: which, is not told.</summary>
    Refused,

    /// <summary>The password is right; ask for the code, and send all again with it.</summary>
    SecondFactorNeeded,

    /// <summary>Too many failed; after a while again.</summary>
    TooManyAttempts,
}

/// <param name="Session">The new session; null where there is none.</param>
/// <param name="Wait">How long until the next attempt makes sense.</param>
/// <param name="ReturnTo">Where the browser wanted to go, where it came back from a provider; else null.</param>
/// <param name="Reason">For the operator's log, never for who asked; null where there is nothing to say.</param>
public sealed record SignInOutcome(SignInResult Result, NewSession? Session = null, TimeSpan Wait = default, string? ReturnTo = null, string? Reason = null);

/// <summary>Signs people in by password and authenticator app. Whether there is such an account, neither the answer nor the time it takes tells.</summary>
public sealed class SignIn(Database database, PartnerKeys keys, Sessions sessions, AccessOptions options, AccessTold tell)
{
    private static readonly SignInOutcome Refused = new(SignInResult.Refused);

    private readonly SignInLimits limits = new(keys, options);

    public async Task<SignInOutcome> WithPasswordAsync(PasswordSignIn ask, CancellationToken cancellationToken)
    {
        var email = EmailAddress.Normal(ask.Email);
        var (attempt, wait) = database.Write(session => limits.Enter(session, email, ask.Address));
        if (attempt is not { } entered)
        {
            return new SignInOutcome(SignInResult.TooManyAttempts, Wait: wait);
        }

        var account = database.Read(session => Account.ByEmail(session, email));
        var check = await Passwords.CheckAsync(ask.Password, account?.PasswordHash, options.PasswordIterations, cancellationToken);
        if (check == PasswordCheck.Wrong || account is null or { DisabledAt: not null })
        {
            return Refused;
        }

        var rehashed = check == PasswordCheck.Outdated ? await Passwords.HashAsync(ask.Password, options.PasswordIterations, cancellationToken) : null;
        return database.Write(session => Finish(session, account, ask, entered, rehashed));
    }

    private SignInOutcome Finish(Session session, Account account, PasswordSignIn ask, long attempt, string? rehashed)
    {
        // What was read before the slow part may have changed meanwhile.
        if (Account.ByEmail(session, account.Email) is not { DisabledAt: null } now || now.PasswordHash != account.PasswordHash)
        {
            return Refused;
        }

        if (now.TotpSecret is not null)
        {
            if (ask.Code is null)
            {
                // Nothing failed; a wrong code will count.
                SignInLimits.Forget(session, attempt);
                return new SignInOutcome(SignInResult.SecondFactorNeeded);
            }

            if (!SecondFactor.Use(session, keys, now, ask.Code))
            {
                return Refused;
            }
        }

        if (rehashed is not null)
        {
            session.Execute("update account set password_hash = @rehashed where id = @Id", new { rehashed, now.Id });
        }

        SignInLimits.Succeeded(session, attempt);
        var begun = sessions.Begin(session, now.Id, now.TotpSecret is not null, session.Clock, ask.Replaced);
        tell(session, new AccessEvent(0, now.Principal, "sign-in", $"account:{now.Id}", Detail.Of(("with", "password"))));
        return new SignInOutcome(SignInResult.SignedIn, begun);
    }
}
