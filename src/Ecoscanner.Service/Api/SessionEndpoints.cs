using Ecoscanner.Service.Access;
using Ecoscanner.Service.Access.OpenId;

namespace Ecoscanner.Service.Api;

/// <summary>Signing in and out, the second factor, and who one is.</summary>
internal static class SessionEndpoints
{
    // The start of a sign-in at a provider ends in the same browser.
    private const string ProviderCookie = "__Host-ecoscanner-sign-in";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/me", Me).WithTags("access").WithSummary("Who asks, and what they may.").SignedIn().Answers<CallerView>();
        var session = api.MapGroup("/session").WithTags("access");
        session
            .MapPost("/", SignIn)
            .WithSummary("Signs in with password and, where one is set up, the code of an authenticator app. Sets the cookie of the session.")
            .Public()
            .Takes<SignInAsk>()
            .Answers<SessionView>()
            .Problems(401, 403);
        session.MapGet("/", Current).WithSummary("The session, with the token that changes need.").SignedIn().Answers<SessionView>().Problems(403);
        session.MapDelete("/", SignOut).WithSummary("Signs out.").SignedIn().Produces(204).Problems(403);
        session
            .MapPost("/second-factor", BeginSecondFactor)
            .WithSummary("Begins to set up an authenticator app; its secret is shown once.")
            .SignedIn()
            .Answers<SecondFactorSetup>()
            .Problems(403);
        session
            .MapPut("/second-factor", ConfirmSecondFactor)
            .WithSummary("Proves the new authenticator app by its first code.")
            .SignedIn()
            .Takes<CodeAsk>()
            .Answers<SessionView>()
            .Problems(403);
        session
            .MapPost("/code", Prove)
            .WithSummary("Gives the code of the authenticator app after a sign-in without one.")
            .SignedIn()
            .Takes<CodeAsk>()
            .Answers<SessionView>()
            .Problems(403);
        session
            .MapPut("/password", ChangePassword)
            .WithSummary("Sets another password; all sessions end.")
            .SignedIn()
            .Takes<PasswordAsk>()
            .Produces(204)
            .Problems(403);
        var providers = api.MapGroup("/sign-in").WithTags("access");
        providers
            .MapGet("/", (Platform platform) => Reply.Of(new ProviderList([.. platform.OpenId.Providers.Select(one => new ProviderView(one.Key, one.Name))])))
            .WithSummary("The providers of identities that one can sign in with.")
            .Public()
            .Answers<ProviderList>();
        providers
            .MapGet("/{provider}", BeginAtProvider)
            .WithSummary("Sends the browser to a provider.")
            .Public()
            .Produces(302)
            .Filters("returnTo", "A path of this service to go to afterwards.")
            .Problems(404);
        providers.MapGet("/return", Return).WithSummary("Where the browser comes back from a provider.").Public().Produces(302).Problems(401);
        api.MapPost("/setup", Setup)
            .WithTags("access")
            .WithSummary("Makes the first account, with the code that the service printed at its first start.")
            .Public()
            .Takes<SetupAsk>()
            .Produces(204)
            .Problems(401, 409);
    }

    private static Reply Me(HttpContext http, Platform platform)
    {
        var principal = Caller.Of(http);
        return platform.Database.Read(session =>
            Reply.Of(
                new CallerView(
                    principal.Kind,
                    principal.Id,
                    [
                        .. principal.Grants.Select(grant => new GrantView(
                            CapabilityWords.Of(grant.Role),
                            grant.PartnerId is { } partner ? PartnerEndpoints.KeyOf(session, partner) : null,
                            grant.AppId is { } app ? session.One<string>("select key from app where id = @app", new { app }) : null,
                            [.. Enum.GetValues<Capability>().Where(grant.Gives).Select(CapabilityWords.Of)]
                        )),
                    ]
                )
            )
        );
    }

    private static async Task<Reply> SignIn(HttpContext http, Platform platform)
    {
        var ask = await JsonBody.ReadAsync<SignInAsk>(http);
        var outcome = await platform.SignIn.WithPasswordAsync(
            new PasswordSignIn(ask.Email, ask.Password, ask.Code, Caller.Address(http), http.Request.Cookies[Authentication.Cookie]),
            http.RequestAborted
        );
        return outcome switch
        {
            { Result: SignInResult.SignedIn, Session: { } begun } => Begun(http, platform, begun),
            { Result: SignInResult.SecondFactorNeeded } => throw new ProblemException(
                ProblemKind.NotSignedIn,
                "the code of the authenticator app is needed too",
                [new MemberError("/code", "is missing")]
            ),
            { Result: SignInResult.TooManyAttempts } => throw new ProblemException(ProblemKind.TooMany, "too many sign-ins failed; wait, and try again")
            {
                RetryAfter = outcome.Wait,
            },
            _ => throw new ProblemException(ProblemKind.NotSignedIn, "e-mail, password or code is wrong"),
        };
    }

    private static Reply Current(HttpContext http) => View(Caller.Person(http));

    private static Reply SignOut(HttpContext http, Platform platform)
    {
        _ = Caller.Person(http);
        platform.Sessions.End(http.Request.Cookies[Authentication.Cookie]!);
        http.Response.Cookies.Delete(Authentication.Cookie, Options(null));
        return Reply.Done;
    }

    private static Reply BeginSecondFactor(HttpContext http, Platform platform) => Reply.Of(platform.SecondFactor.Begin(Caller.Person(http)).Granted());

    private static async Task<Reply> ConfirmSecondFactor(HttpContext http, Platform platform)
    {
        var ask = await JsonBody.ReadAsync<CodeAsk>(http);
        return Begun(http, platform, platform.SecondFactor.Confirm(Caller.Person(http), ask.Code, Caller.Address(http)).Granted());
    }

    private static async Task<Reply> Prove(HttpContext http, Platform platform)
    {
        var ask = await JsonBody.ReadAsync<CodeAsk>(http);
        var token = http.Request.Cookies[Authentication.Cookie] ?? "";
        return Begun(http, platform, platform.SecondFactor.Prove(Caller.Person(http), token, ask.Code, Caller.Address(http)).Granted());
    }

    private static async Task<Reply> ChangePassword(HttpContext http, Platform platform)
    {
        var ask = await JsonBody.ReadAsync<PasswordAsk>(http);
        _ = (await platform.Accounts.ChangePasswordAsync(Caller.Person(http), ask.Password, http.RequestAborted)).Granted();
        http.Response.Cookies.Delete(Authentication.Cookie, Options(null));
        return Reply.Done;
    }

    private static async Task<IResult> BeginAtProvider(HttpContext http, Platform platform, string provider, string? returnTo)
    {
        var start =
            await platform.OpenId.BeginAsync(provider, returnTo ?? "/", fresh: false, http.RequestAborted) ?? throw ProblemException.NotFound("provider");
        // Lax: the provider's page leads back here.
        http.Response.Cookies.Append(ProviderCookie, start.BrowserToken, Options(platform.Options.Time.GetUtcNow().AddMinutes(10), SameSiteMode.Lax));
        return Results.Redirect(start.Url.AbsoluteUri);
    }

    private static async Task<IResult> Return(HttpContext http, Platform platform, string? state, string? code, string? iss)
    {
        var back = new OpenIdReturn(state, code, iss, http.Request.Cookies[ProviderCookie], http.Request.Cookies[Authentication.Cookie]);
        var outcome = await platform.OpenId.FinishAsync(back, http.RequestAborted);
        http.Response.Cookies.Delete(ProviderCookie, Options(null));
        if (outcome is not { Result: SignInResult.SignedIn, Session: { } begun })
        {
            throw new ProblemException(ProblemKind.NotSignedIn, "the provider did not vouch for an account that is known here");
        }

        Begun(http, platform, begun);
        return Results.LocalRedirect(outcome.ReturnTo ?? "/");
    }

    private static async Task<Reply> Setup(HttpContext http, Platform platform)
    {
        var ask = await JsonBody.ReadAsync<SetupAsk>(http);
        await platform.SetupAsync(ask, http.RequestAborted);
        return Reply.Done;
    }

    private static Reply Begun(HttpContext http, Platform platform, NewSession begun)
    {
        http.Response.Cookies.Append(Authentication.Cookie, begun.Token, Options(begun.Until));
        return View(platform.Sessions.Find(begun.Token)!);
    }

    private static Reply View(SignedIn who) =>
        Reply.Of(
            new SessionView(who.AccountId, who.Email, who.Name, who.CsrfToken, who.Until, who.HasSecondFactor, who.NeedsSecondFactor, who.Principal.IsFresh)
        );

    private static CookieOptions Options(DateTimeOffset? until, SameSiteMode sites = SameSiteMode.Strict) =>
        new()
        {
            HttpOnly = true,
            Secure = true,
            SameSite = sites,
            Path = "/",
            Expires = until,
            IsEssential = true,
        };
}

/// <param name="Kind"><c>account</c> or <c>token</c>.</param>
public sealed record CallerView(string Kind, string Id, IReadOnlyList<GrantView> Grants);

/// <param name="Partner">Null for a role of the platform.</param>
/// <param name="App">Null for all apps of the partner.</param>
public sealed record GrantView(string Role, string? Partner, string? App, IReadOnlyList<string> Capabilities);

/// <param name="CsrfToken">To be sent as X-Csrf-Token with everything that changes something.</param>
/// <param name="NeedsSecondFactor">True where roles give nothing before a second factor is set up or given.</param>
/// <param name="IsFresh">True for some minutes after the sign-in: contacts, accounts, tokens and secrets may be changed.</param>
public sealed record SessionView(
    string Account,
    string Email,
    string Name,
    string CsrfToken,
    DateTimeOffset Until,
    bool HasSecondFactor,
    bool NeedsSecondFactor,
    bool IsFresh
);

public sealed record SignInAsk(string Email, string Password, string? Code = null);

public sealed record CodeAsk(string Code);

public sealed record PasswordAsk(string Password);

/// <param name="Code">As the service printed it.</param>
public sealed record SetupAsk(string Code, string Email, string Name, string Password);

public sealed record ProviderList(IReadOnlyList<ProviderView> Items);

public sealed record ProviderView(string Key, string Name);
