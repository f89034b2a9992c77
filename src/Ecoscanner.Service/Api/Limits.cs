using System.Globalization;
using System.Threading.RateLimiting;
using Ecoscanner.Service.Access;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Ecoscanner.Service.Api;

/// <summary>What one client, and all together, can take of the service.</summary>
internal static class Limits
{
    // A browser tab holds a few, a pipeline one.
    private const int Connections = 1000;

    // Ours have a dozen headers and 2 KB.
    private const int HeaderBytes = 16 * 1024;
    private const int Headers = 64;
    private const int LineBytes = 8 * 1024;

    // Slower ones hold a connection and give nothing; a telephone sends a hundred times that.
    private const double BytesPerSecond = 1024;
    private static readonly TimeSpan IdleFor = TimeSpan.FromSeconds(75);

    public static void Apply(KestrelServerOptions server, RequestPatience patience)
    {
        server.AddServerHeader = false;
        server.Limits.MaxConcurrentConnections = Connections;
        server.Limits.MaxConcurrentUpgradedConnections = 0;
        server.Limits.MaxRequestBodySize = JsonBody.MaximumBytes;
        server.Limits.MaxRequestHeadersTotalSize = HeaderBytes;
        server.Limits.MaxRequestHeaderCount = Headers;
        server.Limits.MaxRequestLineSize = LineBytes;
        server.Limits.RequestHeadersTimeout = patience.Headers;
        server.Limits.KeepAliveTimeout = IdleFor;
        server.Limits.MinRequestBodyDataRate = new MinDataRate(BytesPerSecond, patience.Slow);
        server.Limits.MinResponseDataRate = new MinDataRate(BytesPerSecond, patience.Slow);
    }

    /// <summary>Requests by who sends them: strangers by their address.</summary>
    public static void Apply(RateLimiterOptions limiter, RequestRates rates)
    {
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http =>
            http.Features.Get<Principal>() is { } principal
                ? RateLimitPartition.GetTokenBucketLimiter(principal.Name, _ => Bucket(rates.PerPrincipal))
                : RateLimitPartition.GetTokenBucketLimiter($"address:{http.Connection.RemoteIpAddress}", _ => Bucket(rates.PerStranger))
        );
        limiter.OnRejected = (rejected, _) =>
        {
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromSeconds(1);
            throw new ProblemException(
                ProblemKind.TooMany,
                string.Create(CultureInfo.InvariantCulture, $"wait {Math.Max(1, Math.Ceiling(wait.TotalSeconds))} s, and send fewer requests")
            )
            {
                RetryAfter = wait,
            };
        };
    }

    private static TokenBucketRateLimiterOptions Bucket(int perSecond) =>
        new()
        {
            TokenLimit = perSecond * RequestRates.BurstSeconds,
            TokensPerPeriod = perSecond,
            ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            QueueLimit = 0,
        };
}

/// <summary>Requests a second, on average; ten seconds' worth may come at once.</summary>
/// <param name="PerPrincipal">Of one account or token.</param>
/// <param name="PerStranger">Of one address that is not signed in.</param>
public sealed record RequestRates(int PerPrincipal = 50, int PerStranger = 10)
{
    public const int BurstSeconds = 10;
}

/// <summary>How long is waited for what comes slowly.</summary>
public sealed record RequestPatience
{
    /// <summary>Until the headers are there.</summary>
    public TimeSpan Headers { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>While a body or an answer moves slower than a kilobyte a second; a second at least.</summary>
    public TimeSpan Slow { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Until an upload is whole: the largest over a line of a hotel.</summary>
    public TimeSpan Upload { get; init; } = TimeSpan.FromMinutes(30);
}
