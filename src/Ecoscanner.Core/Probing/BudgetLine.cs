namespace Ecoscanner.Probing;

/// <summary>The allowance a request is paid from.</summary>
/// <param name="Name">What it is for: the scan's start, one link, one host.</param>
/// <param name="Limit">Most requests it pays for, redirects and retries included.</param>
public sealed record BudgetLine(string Name, int Limit)
{
    /// <summary>Requests that fetch the descriptor and the base URL, a scan.</summary>
    public const int InitialLimit = 2;

    /// <summary>Requests without genuine credentials, a link.</summary>
    public const int LinkLimit = 6;

    /// <summary>Further requests with a test tenant's credentials, a link.</summary>
    public const int SignedLinkLimit = 8;

    /// <summary>Requests for HSTS, the plain-HTTP redirect and the control path, a host.</summary>
    public const int HostLimit = 3;

    /// <summary>Requests for data planted in a test tenant at a URL that is no link of the app: each tenant, and nobody.</summary>
    public const int PlantedLimit = 3;

    /// <summary>Requests without genuine credentials, a route of a Forge remote: no token, five forged ones, a text that is none, a path that cannot exist.</summary>
    public const int RouteLimit = 8;

    public static BudgetLine Initial { get; } = new("initial", InitialLimit);

    public static BudgetLine Link(string method, Uri url) => new($"link {method} {url.AbsoluteUri}", LinkLimit);

    public static BudgetLine Route(Uri url) => new($"route {url.AbsoluteUri}", RouteLimit);

    public static BudgetLine SignedLink(string method, Uri url) => new($"signed link {method} {url.AbsoluteUri}", SignedLinkLimit);

    public static BudgetLine Planted(Uri url) => new($"planted data {url.AbsoluteUri}", PlantedLimit);

    /// <summary>One of a host's requests, set aside for one use, so that a retry for another cannot eat it.</summary>
    /// <param name="use">What it is for: "first HTTPS answer".</param>
    public static BudgetLine HostShare(string host, string use) => new($"host {host.ToLowerInvariant()}: {use}", 1);
}
