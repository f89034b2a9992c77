using System.Text.Json;
using Ecoscanner.Findings;
using Ecoscanner.Probing;

namespace Ecoscanner.Service.Catalogue;

/// <summary>Where the Marketplace is asked, and how.</summary>
/// <param name="Url">Such as <c>https://marketplace.atlassian.com</c>, or <c>https://api.atlassian.com/marketplace</c> for version 3.</param>
public sealed record MarketplaceOptions(Uri Url)
{
    /// <summary>2 or 3.</summary>
    public int ApiVersion { get; init; } = 2;

    /// <summary><c>email:token</c> for version 3, which answers nobody without; null asks anonymously.</summary>
    public string? Credentials { get; init; }

    /// <summary>Requests a second.</summary>
    public double Rate { get; init; } = 5;

    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>True where it is at a private address: tests and mirrors.</summary>
    public bool AllowPrivate { get; init; }
}

/// <summary>The Marketplace did not answer as it should; the message says what and where.</summary>
public sealed class MarketplaceException(string message, TimeSpan? pause = null, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>How long it wants not to be asked, where it said so.</summary>
    public TimeSpan? Pause { get; } = pause;
}

/// <summary>
/// Asks the Marketplace, through the one way out: at a pace, within limits, and no other host, whatever its answers link to.
/// </summary>
public sealed class MarketplaceClient
{
    /// <summary>Pages of one list: fifty apps each, and there are some ten thousand apps.</summary>
    public const int MaximumPages = 2_000;

    // Answers of HAL are less than ten deep.
    private const int MaximumDepth = 32;

    private static readonly BudgetLine Budget = new("marketplace", int.MaxValue);

    private readonly MarketplaceOptions options;
    private readonly TimeProvider time;
    private readonly Pace pace;

    public MarketplaceClient(MarketplaceOptions options, TimeProvider time)
    {
        this.options = options;
        this.time = time;
        pace = new Pace(time);
        Api = options.ApiVersion == 3 ? MarketplaceApi.Third : MarketplaceApi.Second;
    }

    /// <summary>False where its API has no list of all apps: they come from elsewhere.</summary>
    public bool ListsApps => Api.Apps is not null;

    internal MarketplaceApi Api { get; }

    /// <summary>A document; null where it is the same as that of the tag.</summary>
    /// <exception cref="MarketplaceException">It did not answer, or not with JSON.</exception>
    internal async Task<MarketplaceAnswer?> ReadAsync(Uri url, string? etag, CancellationToken cancellationToken)
    {
        // A session remembers all that it sent, so each request has one.
        using var session = new ProbeSession(Probing(), time, pace);
        var request = new ProbeRequest("GET", url)
        {
            Budget = Budget,
            Purpose = "marketplace",
            Headers =
            [
                new HeaderField("Accept", "application/json"),
                .. etag is null ? (HeaderField[])[] : [new HeaderField("If-None-Match", etag)],
                .. Authorization is { } basic ? [new HeaderField("Authorization", basic)] : (HeaderField[])[],
            ],
            Secrets = Authorization is { } secret ? [new ProbeSecret(secret, "$MARKETPLACE_CREDENTIALS")] : [],
        };
        var answer = await session.Http.SendAsync(request, cancellationToken);
        if (!answer.Answered)
        {
            throw new MarketplaceException($"the Marketplace did not answer: {answer.Failure.Message}");
        }

        if (answer.Status == 304)
        {
            return null;
        }

        if (answer.WaitUntil is { } until)
        {
            throw new MarketplaceException($"the Marketplace asks to wait until {until:u}", until - time.GetUtcNow());
        }

        if (!answer.Succeeded)
        {
            throw new MarketplaceException($"the Marketplace answers {answer.Status} to {url.AbsolutePath}");
        }

        try
        {
            return new MarketplaceAnswer(JsonDocument.Parse(answer.Body, new JsonDocumentOptions { MaxDepth = MaximumDepth }), Tag(answer));
        }
        catch (JsonException e)
        {
            throw new MarketplaceException($"the Marketplace's answer to {url.AbsolutePath} is no JSON", inner: e);
        }
    }

    /// <summary>A link of an answer, where it leads to the same Marketplace.</summary>
    /// <exception cref="MarketplaceException">It leads elsewhere, or is none.</exception>
    internal Uri Link(string href) =>
        Uri.TryCreate(options.Url, href, out var url) && url.Scheme == options.Url.Scheme && url.Authority == options.Url.Authority && url.UserInfo.Length == 0
            ? url
            : throw new MarketplaceException("the Marketplace's answer links to another host, which is not followed");

    internal Uri Path(string pathAndQuery) => new($"{options.Url.AbsoluteUri.TrimEnd('/')}{pathAndQuery}");

    private string? Authorization => options.Credentials is { } pair ? $"Basic {Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(pair))}" : null;

    // Only what can go back in a header.
    private static string? Tag(ProbeAnswer answer) =>
        answer.Header("ETag") is { Length: <= 200 } tag && !tag.AsSpan().ContainsAnyExceptInRange(' ', '~') ? tag : null;

    private ProbeOptions Probing()
    {
        var place = $"{options.Url.Host}:{options.Url.Port}";
        return new ProbeOptions
        {
            RunId = "marketplace",
            ApprovedHosts = [place],
            AllowedPrivate = options.AllowPrivate ? [place] : [],
            Rate = options.Rate,
            RequestTimeout = options.RequestTimeout,
            // It is asked for every app, which no app is.
            HostAndDayLimit = int.MaxValue,
        };
    }
}

/// <param name="ETag">Null where there is none.</param>
internal sealed record MarketplaceAnswer(JsonDocument Document, string? ETag);
