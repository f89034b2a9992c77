using System.Buffers.Text;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Ecoscanner.Probing;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Access.OpenId;

/// <summary>A sign-in that goes to a provider.</summary>
/// <param name="Url">Where the browser is sent.</param>
/// <param name="BrowserToken">For a cookie (HttpOnly, Secure, SameSite=Lax, ten minutes): the sign-in ends in this browser or nowhere.</param>
public sealed record OpenIdStart(Uri Url, string BrowserToken);

/// <summary>What the browser brings back.</summary>
/// <param name="Issuer">The parameter <c>iss</c> (RFC 9207); null where the provider sends none.</param>
/// <param name="BrowserToken">The cookie of the start.</param>
/// <param name="Replaced">The session token that the browser sent, if any.</param>
public sealed record OpenIdReturn(string? State, string? Code, string? Issuer, string? BrowserToken, string? Replaced = null);

/// <summary>
/// Signs people in who are known to a provider of identities: authorization code, PKCE, state and nonce. Who they are is the provider's subject, never an e-mail;
/// an e-mail that the provider vouches for only takes an invitation that names this provider.
/// </summary>
public sealed class OpenIdSignIn
{
    private const int MaximumParameter = 2048;

    // So that nobody fills the disk with sign-ins that they never end.
    private const int MostUnderWay = 10_000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private static readonly SignInOutcome Refused = new(SignInResult.Refused);

    private readonly Database database;
    private readonly PartnerKeys keys;
    private readonly Sessions sessions;
    private readonly Invitations invitations;
    private readonly AccessTold tell;
    private readonly TimeProvider time;
    private readonly Action<string> report;
    private readonly FrozenDictionary<string, (OpenIdProvider Provider, OpenIdClient Client)> providers;

    /// <param name="way">The operator's options of the way out: trusted roots, denied hosts.</param>
    /// <param name="report">Takes, for the operator's log, why a provider cannot be asked.</param>
    /// <exception cref="ArgumentException">An issuer or redirect is neither https nor this machine.</exception>
    public OpenIdSignIn(
        Database database,
        PartnerKeys keys,
        Sessions sessions,
        Invitations invitations,
        IEnumerable<OpenIdProvider> providers,
        ProbeOptions way,
        AccessTold tell,
        TimeProvider time,
        Action<string>? report = null
    )
    {
        this.report = report ?? (_ => { });
        this.database = database;
        this.keys = keys;
        this.sessions = sessions;
        this.invitations = invitations;
        this.tell = tell;
        this.time = time;
        var pace = new Pace(time);
        // Not an app's host: people wait. None of our signatures belongs there.
        var ours = way with
        {
            Rate = 50,
            Burst = 100,
            Signer = null,
            SignedAs = null,
            KeepBodiesIn = null,
            LedgerFolder = null,
            RunId = "sign-in",
        };
        this.providers = providers.ToFrozenDictionary(
            provider => provider.Key,
            provider =>
                provider.Issuer.Scheme == Uri.UriSchemeHttps || provider.Issuer.IsLoopback
                    ? (provider, new OpenIdClient(provider, ours, pace, time))
                    : throw new ArgumentException($"issuer {provider.Issuer} is no https URL"),
            StringComparer.Ordinal
        );
    }

    /// <summary>The providers that one can sign in with: key and name.</summary>
    public IReadOnlyList<(string Key, string Name)> Providers => [.. providers.Values.Select(entry => (entry.Provider.Key, entry.Provider.Name))];

    /// <summary>Begins a sign-in; null where there is no such provider, it does not answer, or too many are under way.</summary>
    /// <param name="returnTo">A path of ours to go to afterwards; anything else becomes <c>/</c>.</param>
    /// <param name="fresh">True where the person has to prove anew who they are, whatever session they have there.</param>
    public async Task<OpenIdStart?> BeginAsync(string provider, string returnTo, bool fresh, CancellationToken cancellationToken)
    {
        if (!providers.TryGetValue(provider, out var entry))
        {
            return null;
        }

        OpenIdMetadata metadata;
        try
        {
            metadata = await entry.Client.MetadataAsync(cancellationToken);
        }
        catch (OpenIdException e)
        {
            report(e.Message);
            return null;
        }

        var (state, nonce, verifier, browser) = (Secret.New(), Secret.New(), Secret.New(), Secret.New());
        var isKept = database.Write(session => Keep(session, state, nonce, verifier, browser, provider, fresh, LocalPath(returnTo)));
        return isKept ? new OpenIdStart(Url(entry.Provider, metadata, state, nonce, verifier, fresh), browser) : null;
    }

    /// <summary>Ends it. Each start ends once; a code is given back once.</summary>
    public async Task<SignInOutcome> FinishAsync(OpenIdReturn back, CancellationToken cancellationToken)
    {
        if (
            back is not { State: { Length: > 0 and <= MaximumParameter } state, Code: { Length: > 0 and <= MaximumParameter } code, BrowserToken: { } browser }
            || database.Write(session => Take(session, state, browser)) is not { } attempt
            || !providers.TryGetValue(attempt.Provider, out var entry)
        )
        {
            return Refused with { Reason = "no sign-in of this browser is under way" };
        }

        if (back.Issuer is { } issuer && issuer.TrimEnd('/') != entry.Provider.Issuer.AbsoluteUri.TrimEnd('/'))
        {
            return Refused with { Reason = "the answer is another provider's" };
        }

        try
        {
            var verifier = Encoding.ASCII.GetString(keys.Open(PartnerKeys.Platform, "openid verifier", attempt.Verifier));
            var metadata = await entry.Client.MetadataAsync(cancellationToken);
            var token = await entry.Client.RedeemAsync(metadata, code, verifier, cancellationToken);
            var (identity, reason, isKeyMissing) = await IdToken.CheckAsync(token, entry.Provider, metadata.Keys, attempt.Nonce, time.GetUtcNow());
            if (isKeyMissing)
            {
                metadata = await entry.Client.NewerMetadataAsync(cancellationToken);
                (identity, reason, _) = await IdToken.CheckAsync(token, entry.Provider, metadata.Keys, attempt.Nonce, time.GetUtcNow());
            }

            return identity is null
                ? Refused with
                {
                    Reason = $"{attempt.Provider}: id token: {reason}",
                }
                : database.Write(session => Begin(session, entry.Provider, identity, attempt, back.Replaced));
        }
        catch (OpenIdException e)
        {
            return Refused with { Reason = e.Message };
        }
    }

    private SignInOutcome Begin(Session session, OpenIdProvider provider, Identity identity, Attempt attempt, string? replaced)
    {
        var account =
            Account.BySubject(session, provider.Key, identity.Subject)
            ?? (identity.Email is { } email ? invitations.TakeByProvider(session, provider.Key, email, identity.Name, identity.Subject) : null);
        if (account is not { DisabledAt: null })
        {
            return Refused with { Reason = $"{provider.Key}: nobody with this subject may sign in" };
        }

        // A provider that keeps people signed in proves no presence: only a time that it states does.
        var authenticated = identity.AuthenticatedAt?.ToUnixTimeMilliseconds() ?? 0;
        if (attempt.WantsFresh != 0 && session.Clock - authenticated > Lifetime.TotalMilliseconds)
        {
            return Refused with { Reason = $"{provider.Key}: it did not ask the person anew" };
        }

        var hasSecondFactor = identity.Methods.Any(provider.SecondFactorMethods.Contains);
        var begun = sessions.Begin(session, account.Id, hasSecondFactor, authenticated, replaced);
        tell(session, new AccessEvent(0, account.Principal, "sign-in", $"account:{account.Id}", Detail.Of(("with", provider.Key))));
        return new SignInOutcome(SignInResult.SignedIn, begun, ReturnTo: attempt.ReturnTo);
    }

    private bool Keep(Session session, string state, string nonce, string verifier, string browser, string provider, bool fresh, string returnTo)
    {
        session.Execute("delete from open_id_attempt where expires_at <= @Clock", new { session.Clock });
        if (session.One<long>("select count(*) from open_id_attempt") >= MostUnderWay)
        {
            return false;
        }

        session.Execute(
            """
            insert into open_id_attempt (state_hash, browser_hash, provider, nonce, verifier, wants_fresh, return_to, expires_at)
            values (@state, @browser, @provider, @nonce, @box, @fresh, @returnTo, @expires)
            """,
            new
            {
                state = Secret.Hash(state),
                browser = Secret.Hash(browser),
                provider,
                nonce,
                box = keys.Seal(PartnerKeys.Platform, "openid verifier", Encoding.ASCII.GetBytes(verifier)),
                fresh = fresh ? 1 : 0,
                returnTo,
                expires = (session.Now + Lifetime).ToUnixTimeMilliseconds(),
            }
        );
        return true;
    }

    private static Attempt? Take(Session session, string state, string browser)
    {
        var attempt = session.Find<Attempt>(
            """
            delete from open_id_attempt where state_hash = @hash returning browser_hash, provider, nonce, verifier, wants_fresh, return_to, expires_at
            """,
            new { hash = Secret.Hash(state) }
        );
        return attempt is not null && attempt.ExpiresAt > session.Clock && CryptographicOperations.FixedTimeEquals(attempt.BrowserHash, Secret.Hash(browser))
            ? attempt
            : null;
    }

    private static Uri Url(OpenIdProvider provider, OpenIdMetadata metadata, string state, string nonce, string verifier, bool fresh)
    {
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
        var parameters = new List<(string Name, string Value)>
        {
            ("response_type", "code"),
            ("client_id", provider.ClientId),
            ("redirect_uri", provider.RedirectUri.AbsoluteUri),
            ("scope", "openid email profile"),
            ("state", state),
            ("nonce", nonce),
            ("code_challenge", challenge),
            ("code_challenge_method", "S256"),
        };
        if (fresh)
        {
            parameters.AddRange([("prompt", "login"), ("max_age", "0")]);
        }

        var query = string.Join('&', parameters.Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value)}"));
        var separator = metadata.Authorization.Query.Length > 0 ? '&' : '?';
        return new Uri($"{metadata.Authorization.AbsoluteUri}{separator}{query}");
    }

    /// <summary>Only a path on this very site: a link to elsewhere would be ours in name only.</summary>
    private static string LocalPath(string path) =>
        path is { Length: <= MaximumParameter }
        && path.StartsWith('/')
        && !path.StartsWith("//", StringComparison.Ordinal)
        && !path.Contains('\\')
        && !path.Any(char.IsControl)
            ? path
            : "/";

    private sealed record Attempt(byte[] BrowserHash, string Provider, string Nonce, byte[] Verifier, long WantsFresh, string ReturnTo, long ExpiresAt);
}
