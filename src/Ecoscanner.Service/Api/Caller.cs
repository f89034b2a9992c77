using Ecoscanner.Service.Access;

namespace Ecoscanner.Service.Api;

/// <summary>Who asks, as the edge found out.</summary>
internal static class Caller
{
    /// <summary>Whoever is signed in.</summary>
    /// <exception cref="ProblemException">Nobody is.</exception>
    public static Principal Of(HttpContext http) => http.Features.Get<Principal>() ?? throw NotSignedIn();

    /// <summary>The person who is signed in; a token is none.</summary>
    /// <exception cref="ProblemException">No person is.</exception>
    public static SignedIn Person(HttpContext http) =>
        http.Features.Get<SignedIn>()
        ?? throw (
            http.Features.Get<Principal>() is null
                ? NotSignedIn()
                : new ProblemException(ProblemKind.NotAllowed, "this is for people who are signed in, not for tokens")
        );

    /// <summary>Where it comes from, for limits.</summary>
    public static string Address(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "unknown";

    /// <summary>What was made, or the problem that it was refused for.</summary>
    public static T Granted<T>(this Outcome<T> outcome) =>
        outcome.Refusal switch
        {
            null => outcome.Value!,
            Refusal.NotFound => throw new ProblemException(ProblemKind.NotFound, "there is no such thing, or it is not yours"),
            Refusal.NotAllowed => throw new ProblemException(ProblemKind.NotAllowed, outcome.Message),
            Refusal.SignInAgain => throw new ProblemException(ProblemKind.NotFresh, outcome.Message),
            Refusal.Conflict => throw new ProblemException(ProblemKind.Conflict, outcome.Message),
            Refusal.TooMany => throw new ProblemException(ProblemKind.QuotaUsed, outcome.Message) { RetryAfter = TimeSpan.FromMinutes(1) },
            _ => throw new ProblemException(ProblemKind.Invalid, outcome.Message),
        };

    private static ProblemException NotSignedIn() => new(ProblemKind.NotSignedIn, "sign in, or send a token: Authorization: Bearer TOKEN");
}
