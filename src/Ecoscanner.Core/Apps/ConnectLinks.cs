namespace Ecoscanner.Apps;

/// <summary>The links and problems of one descriptor while it is read: URLs made absolute, each method and URL once.</summary>
internal sealed class ConnectLinks(Uri baseUrl, IReadOnlyDictionary<string, string> context)
{
    // Beyond what any app has by two orders; each link costs requests, so a scan of more would never end.
    public const int MaximumLinks = 20_000;

    // A descriptor that is wrong a thousand times is told enough.
    private const int MaximumProblems = 1_000;

    private readonly List<ConnectLink> links = [];
    private readonly Dictionary<(string Method, string Url), int> places = [];
    private readonly List<DescriptorProblem> problems = [];

    public IReadOnlyList<ConnectLink> Links => links;

    public IReadOnlyList<DescriptorProblem> Problems => problems;

    /// <param name="leavesOut">False where every URL was read all the same.</param>
    public void Problem(string pointer, string reason, bool leavesOut = true)
    {
        if (problems.Count < MaximumProblems)
        {
            problems.Add(
                problems.Count == MaximumProblems - 1
                    ? new DescriptorProblem("", $"more than {MaximumProblems - 1} problems; correct these first")
                    : new DescriptorProblem(pointer, reason) { LeavesOut = leavesOut }
            );
        }
    }

    /// <summary>Adds a link by its URL as written.</summary>
    /// <param name="link">Makes the link of its absolute URL.</param>
    public void Add(string template, string pointer, Func<Uri, ConnectLink> link)
    {
        if (links.Count >= MaximumLinks)
        {
            Problem(pointer, $"the descriptor names more than {MaximumLinks} URLs, and this one is left out; split the app");
            return;
        }

        if (template.Length == 0)
        {
            Problem(pointer, "the URL is empty; write a path below the base URL or remove it");
            return;
        }

        var (url, wrong) = DescriptorUrl.Join(baseUrl, template, part => ContextVariables.Fill(part, context));
        if (url is null)
        {
            Problem(pointer, $"the URL {wrong}, so nothing is sent to it; write a path below the base URL or a full https URL");
            return;
        }

        Note(url, template, pointer);
        var added = link(url);
        if (places.TryGetValue((added.Method, url.AbsoluteUri), out var place))
        {
            links[place] = Merged(links[place], added);
            return;
        }

        places.Add((added.Method, url.AbsoluteUri), links.Count);
        links.Add(added);
    }

    private void Note(Uri url, string template, string pointer)
    {
        if (template.StartsWith("//", StringComparison.Ordinal))
        {
            Problem(
                pointer,
                "the URL starts with //, which browsers take for a host and the products for a path; write one slash or a full https URL",
                leavesOut: false
            );
        }

        if (DescriptorUrl.HasDotSegments(url))
        {
            Problem(pointer, "the URL has . or .. segments, which browsers remove after it was signed; write the path it means", leavesOut: false);
        }
    }

    /// <summary>
    /// One link for two modules that name the same URL. The kind is the one that must be guarded most; users go before administrators,
    /// because a page that any user's module opens is not for administrators only; and what one module loads without a token is public.
    /// </summary>
    private static ConnectLink Merged(ConnectLink first, ConnectLink second)
    {
        var (kept, other) = Guard(second) > Guard(first) ? (second, first) : (first, second);
        var open =
            first.Cacheable ? first
            : second.Cacheable ? second
            : kept.Kind == LinkKind.Frame && other.Kind == LinkKind.Frame && Openness(other.Audience) > Openness(kept.Audience) ? other
            : kept;
        return kept with
        {
            Audience = open.Audience,
            AudienceReason = open.AudienceReason,
            Cacheable = first.Cacheable || second.Cacheable,
            IsUninstallToo =
                first.IsUninstallToo
                || second.IsUninstallToo
                || (kept.Kind, other.Kind, other.ModuleKey) is (LinkKind.Install, LinkKind.Install, "uninstalled"),
            Known = first.Known || second.Known,
        };
    }

    private static int Guard(ConnectLink link) =>
        link.Kind switch
        {
            LinkKind.Static => 0,
            LinkKind.Frame or LinkKind.Webhook => 1,
            LinkKind.Lifecycle => 2,
            LinkKind.Install => link.ModuleKey == "installed" ? 4 : 3,
            _ => throw new ArgumentOutOfRangeException(nameof(link), link.Kind, message: null),
        };

    private static int Openness(LinkAudience audience) =>
        audience switch
        {
            LinkAudience.Product => 0,
            LinkAudience.Administrators => 1,
            LinkAudience.Users => 2,
            LinkAudience.Anyone => 3,
            _ => throw new ArgumentOutOfRangeException(nameof(audience), audience, message: null),
        };
}
