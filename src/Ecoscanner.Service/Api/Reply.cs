using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Ecoscanner.Service.Api;

/// <summary>An answer with a body of JSON, made before anything is sent: it can be kept for a repeated request.</summary>
internal sealed record Reply(int Status, ReadOnlyMemory<byte> Body) : IResult
{
    /// <summary>Where what was made is found; null where nothing was.</summary>
    public string? Location { get; init; }

    /// <summary>The version of what is answered; null where it has none.</summary>
    public string? Tag { get; init; }

    /// <summary>The body as it may be kept, where the body itself tells a secret that is shown once.</summary>
    public ReadOnlyMemory<byte>? Kept { get; init; }

    public bool IsSuccess => Status is >= 200 and < 300;

    public static Reply Of<T>(T value, int status = StatusCodes.Status200OK) => new(status, Bytes(value));

    public static Reply Created<T>(string location, T value) => Of(value, StatusCodes.Status201Created) with { Location = location };

    public static Reply Accepted<T>(string location, T value) => Of(value, StatusCodes.Status202Accepted) with { Location = location };

    public static Reply Done { get; } = new(StatusCodes.Status204NoContent, ReadOnlyMemory<byte>.Empty);

    public static byte[] Bytes<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, (JsonTypeInfo<T>)ApiJson.Default.GetTypeInfo(typeof(T))!);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        if (Location is not null)
        {
            response.Headers.Location = Location;
        }

        if (Tag is not null)
        {
            response.Headers.ETag = Tag;
            // What was seen may be held against what is there, but never used without asking.
            response.Headers.CacheControl = "private, no-cache";
            if (HttpMethods.IsGet(httpContext.Request.Method) && EntityTag.IsKnown(httpContext, Tag))
            {
                response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }

        response.StatusCode = Status;
        if (Body.Length > 0)
        {
            response.ContentType = "application/json; charset=utf-8";
            response.ContentLength = Body.Length;
            await response.Body.WriteAsync(Body, httpContext.RequestAborted);
        }
    }
}
