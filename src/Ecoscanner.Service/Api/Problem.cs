namespace Ecoscanner.Service.Api;

/// <summary>What is answered where something cannot be done (RFC 9457).</summary>
/// <param name="Type">The kind's stable URI.</param>
/// <param name="Detail">What is wrong here, and the way out.</param>
/// <param name="Errors">What is wrong in the request, member by member; null where it is not one member's affair.</param>
/// <param name="TraceId">What the service's log calls this request.</param>
public sealed record Problem(string Type, string Title, int Status, string Detail, IReadOnlyList<MemberError>? Errors, string TraceId)
{
    public const string MediaType = "application/problem+json";

    public static Task WriteAsync(HttpContext http, ProblemKind kind, string detail, IReadOnlyList<MemberError>? errors = null)
    {
        http.Response.StatusCode = kind.Status;
        http.Response.Headers.CacheControl = "no-store";
        if (kind == ProblemKind.NotSignedIn)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer realm=\"ecoscanner\"";
        }

        var problem = new Problem(kind.Type, kind.Title, kind.Status, detail, errors, http.TraceIdentifier);
        return http.Response.WriteAsJsonAsync(problem, ApiJson.Default.Problem, MediaType, http.RequestAborted);
    }
}

/// <param name="Pointer">The member, as a JSON pointer (RFC 6901); for parameters <c>?name</c>, for headers the header's name.</param>
/// <param name="Detail">What is wrong with it.</param>
public sealed record MemberError(string Pointer, string Detail);

/// <summary>Ends a request with a problem.</summary>
public sealed class ProblemException(ProblemKind kind, string detail, IReadOnlyList<MemberError>? errors = null, Exception? inner = null)
    : Exception(detail, inner)
{
    public ProblemKind Kind { get; } = kind;

    public IReadOnlyList<MemberError>? Errors { get; } = errors;

    /// <summary>When to ask again; null where that would not help.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What does not exist and what is somebody else's look the same.</summary>
    public static ProblemException NotFound(string what) => new(ProblemKind.NotFound, $"there is no {what}, or it is not yours");

    /// <summary>One member or parameter is wrong.</summary>
    public static ProblemException Wrong(string pointer, string detail) => new(ProblemKind.Invalid, $"{pointer} {detail}", [new MemberError(pointer, detail)]);
}
