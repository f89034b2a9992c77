using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Access;

/// <summary>A session that was just begun.</summary>
/// <param name="Token">For the cookie; kept nowhere.</param>
/// <param name="CsrfToken">To be sent with everything that changes something.</param>
public sealed record NewSession(string Token, string CsrfToken, DateTimeOffset Until);

/// <summary>Somebody who is signed in.</summary>
/// <param name="NeedsSecondFactor">True where roles of theirs give nothing before they give, or set up, a second factor.</param>
/// <param name="HasSecondFactor">Given in this session.</param>
public sealed record SignedIn(
    string AccountId,
    string Email,
    string Name,
    string CsrfToken,
    DateTimeOffset Until,
    bool HasSecondFactor,
    bool NeedsSecondFactor,
    Principal Principal
)
{
    /// <summary>True where the header holds the session's token: a page of another site cannot know it.</summary>
    public bool Accepts(string? csrfToken) => Secret.Same(CsrfToken, csrfToken);
}

/// <summary>Sessions of people: 256 random bits in a cookie, a digest of them here; ended by time, by idleness, and where roles change.</summary>
public sealed class Sessions(Database database, AccessOptions options)
{
    // Written no more often than that: a write for each read would be too many.
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);

    /// <summary>Who is signed in by that token; null where nobody is.</summary>
    public SignedIn? Find(string token)
    {
        var hash = Secret.Hash(token);
        var (signedIn, isStale) = database.Read(session => Find(session, hash));
        if (isStale)
        {
            database.TryWrite(session => session.Execute("update session set seen_at = @Clock where token_hash = @hash", new { session.Clock, hash }));
        }

        return signedIn;
    }

    /// <summary>Ends it: signing out.</summary>
    public void End(string token) =>
        database.Write(session => session.Execute("delete from session where token_hash = @hash", new { hash = Secret.Hash(token) }));

    /// <summary>Deletes what has ended, attempts to sign in of long ago, and links that were never used; once a day.</summary>
    public void Sweep() =>
        database.Write(session =>
            session.Execute(
                """
                delete from session where expires_at <= @Clock or seen_at <= @idle;
                delete from sign_in_attempt where at < @old;
                delete from open_id_attempt where expires_at < @Clock;
                delete from invitation where expires_at < @old
                """,
                new
                {
                    session.Clock,
                    idle = session.Clock - (long)options.SessionIdle.TotalMilliseconds,
                    old = session.Clock - (long)SignInLimits.KnownFor.TotalMilliseconds,
                }
            )
        );

    /// <summary>Begins one in place of another: what was known of the one before is worth nothing after it.</summary>
    /// <param name="replaced">The token that the browser held, whoever gave it that.</param>
    internal NewSession Begin(Session session, string accountId, bool hasSecondFactor, long authenticatedAt, string? replaced)
    {
        if (replaced is not null)
        {
            session.Execute("delete from session where token_hash = @hash", new { hash = Secret.Hash(replaced) });
        }

        var until = session.Now + options.SessionLifetime;
        var begun = new NewSession(Secret.New(), Secret.New(), until);
        session.Execute(
            """
            insert into session (token_hash, account_id, authenticated_at, has_second_factor, csrf_token, created_at, seen_at, expires_at)
            values (@hash, @accountId, @authenticatedAt, @factor, @CsrfToken, @Clock, @Clock, @expires)
            """,
            new
            {
                hash = Secret.Hash(begun.Token),
                accountId,
                authenticatedAt,
                factor = hasSecondFactor ? 1 : 0,
                begun.CsrfToken,
                session.Clock,
                expires = until.ToUnixTimeMilliseconds(),
            }
        );
        return begun;
    }

    /// <summary>Ends all of an account: its roles, password or second factor changed.</summary>
    internal static void EndAll(Session session, string accountId) => session.Execute("delete from session where account_id = @accountId", new { accountId });

    private (SignedIn? SignedIn, bool IsStale) Find(Session session, byte[] hash)
    {
        var row = session.Find<Row>(
            """
            select s.account_id, a.email, a.name, s.csrf_token, s.authenticated_at, s.has_second_factor, s.seen_at, s.expires_at
            from session s join account a on a.id = s.account_id where s.token_hash = @hash and a.disabled_at is null
            """,
            new { hash }
        );
        var idle = session.Clock - row?.SeenAt;
        if (row is null || row.ExpiresAt <= session.Clock || idle >= options.SessionIdle.TotalMilliseconds)
        {
            return (null, false);
        }

        var age = session.Clock - row.AuthenticatedAt;
        var isFresh = age >= 0 && age < options.Freshness.TotalMilliseconds;
        var principal = Principals.Of(session, row.AccountId, row.HasSecondFactor != 0, isFresh, out var needs);
        var until = DateTimeOffset.FromUnixTimeMilliseconds(row.ExpiresAt);
        var signedIn = new SignedIn(row.AccountId, row.Email, row.Name, row.CsrfToken, until, row.HasSecondFactor != 0, needs, principal);
        // Also where it was seen by a clock that was ahead: idleness counts from now.
        return (signedIn, Math.Abs(idle ?? 0) >= SeenEvery.TotalMilliseconds);
    }

    private sealed record Row(
        string AccountId,
        string Email,
        string Name,
        string CsrfToken,
        long AuthenticatedAt,
        long HasSecondFactor,
        long SeenAt,
        long ExpiresAt
    );
}
