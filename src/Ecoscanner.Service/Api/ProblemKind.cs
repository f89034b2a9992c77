namespace Ecoscanner.Service.Api;

/// <summary>A kind of problem by its stable name: programs go by it, people read the rest.</summary>
/// <param name="Name">The last part of the <c>type</c> URI.</param>
public sealed record ProblemKind(string Name, int Status, string Title)
{
    public static readonly ProblemKind Malformed = new("malformed", 400, "The request cannot be understood");
    public static readonly ProblemKind NotSignedIn = new("not-signed-in", 401, "Sign in, or send a token");
    public static readonly ProblemKind NotAllowed = new("not-allowed", 403, "The account or token may not do this");
    public static readonly ProblemKind NotFresh = new("not-fresh", 403, "Sign in again to do this");
    public static readonly ProblemKind NotFound = new("not-found", 404, "There is no such thing, or it is not yours");
    public static readonly ProblemKind MethodNotAllowed = new("method-not-allowed", 405, "This cannot be done to it");
    public static readonly ProblemKind NotAcceptable = new("not-acceptable", 406, "It is not written in that format");
    public static readonly ProblemKind TooSlow = new("too-slow", 408, "The request came too slowly");
    public static readonly ProblemKind Conflict = new("conflict", 409, "It is not in a state for that");
    public static readonly ProblemKind Gone = new("gone", 410, "It was deleted");
    public static readonly ProblemKind Changed = new("changed", 412, "Somebody changed it meanwhile");
    public static readonly ProblemKind TooLarge = new("too-large", 413, "The request is too large");
    public static readonly ProblemKind UnknownMediaType = new("unknown-media-type", 415, "The body has another type than is read here");
    public static readonly ProblemKind Invalid = new("invalid", 422, "The request is understood, and wrong");
    public static readonly ProblemKind KeyReused = new("key-reused", 422, "The Idempotency-Key was used for another request");
    public static readonly ProblemKind NeedsIfMatch = new("needs-if-match", 428, "Say which version you change");
    public static readonly ProblemKind TooMany = new("too-many", 429, "Too many requests");
    public static readonly ProblemKind QuotaUsed = new("quota-used", 429, "The quota is used up");
    public static readonly ProblemKind HeadersTooLarge = new("headers-too-large", 431, "The headers are too large");
    public static readonly ProblemKind Internal = new("internal", 500, "Something of ours is broken");
    public static readonly ProblemKind Unavailable = new("unavailable", 503, "Not now");
    public static readonly ProblemKind DiskFull = new("disk-full", 507, "The service has no room left");

    /// <summary>Where <c>type</c> URIs begin; they are names, and nothing need lie there.</summary>
    public const string TypePrefix = "urn:ecoscanner:problem:";

    public static IReadOnlyList<ProblemKind> All { get; } =
    [
        Malformed,
        NotSignedIn,
        NotAllowed,
        NotFresh,
        NotFound,
        MethodNotAllowed,
        NotAcceptable,
        TooSlow,
        Conflict,
        Gone,
        Changed,
        TooLarge,
        UnknownMediaType,
        Invalid,
        KeyReused,
        NeedsIfMatch,
        TooMany,
        QuotaUsed,
        HeadersTooLarge,
        Internal,
        Unavailable,
        DiskFull,
    ];

    public string Type => TypePrefix + Name;

    /// <summary>The first kind of that status, for what the server itself refuses.</summary>
    public static ProblemKind OfStatus(int status) => All.FirstOrDefault(kind => kind.Status == status) ?? (status >= 500 ? Internal : Malformed);
}
