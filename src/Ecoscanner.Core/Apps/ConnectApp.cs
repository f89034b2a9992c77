namespace Ecoscanner.Apps;

/// <summary>A Connect app as its descriptor tells it.</summary>
public sealed record ConnectApp(string Key, string Name, Uri BaseUrl) : App(Key, Name)
{
    public override string Hosting => "Connect";

    /// <summary>Pages that a browser merely opens (documentation, pictures) count only on the app's own hosts.</summary>
    public override IEnumerable<AppUrl> Urls => BaseUrlTemplate is null ? AllUrls : AllUrls.Where(url => url.Url.Host != BaseUrl.Host);

    public override bool IsLive => DescriptorUrl is not null;

    public override string WayToAsk =>
        IsLive ? base.WayToAsk
        : BaseUrlTemplate is null ? $"scan the descriptor that the app serves: ecoscanner scan {BaseUrl.AbsoluteUri.TrimEnd('/')}/atlassian-connect.json"
        : "scan the descriptor that the app serves: ecoscanner scan https://HOST/atlassian-connect.json";

    private IEnumerable<AppUrl> AllUrls =>
        [
            .. DescriptorUrl is null ? (AppUrl[])[] : [new AppUrl(DescriptorUrl, "descriptor", AppUrlKind.Descriptor)],
            new AppUrl(BaseUrl, "baseUrl", AppUrlKind.Base),
            .. RegionBaseUrls.Select(region => new AppUrl(region.Value, $"region {region.Key}", AppUrlKind.Other)),
            .. OwnLinks.Select(link => new AppUrl(link.Url, link.Component, AppUrlKind.Other)),
        ];

    /// <summary>Where the descriptor was fetched from; null where it came from a file, and then no host is proven to be the app's.</summary>
    public Uri? DescriptorUrl { get; init; }

    /// <summary><c>baseUrl</c> as written where the app fills it when it runs; then <see cref="BaseUrl"/> is a placeholder at which nothing is asked. Null elsewhere.</summary>
    public string? BaseUrlTemplate { get; init; }

    /// <summary><c>authentication.type</c> as written; null where the descriptor has none.</summary>
    public string? AuthenticationType { get; init; }

    /// <summary>Base URLs of the data residency regions, by region name.</summary>
    public IReadOnlyDictionary<string, Uri> RegionBaseUrls { get; init; } = new Dictionary<string, Uri>(StringComparer.Ordinal);

    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>True where <c>apiMigrations</c> says so: <c>signed-install</c>, <c>context-qsh</c>.</summary>
    public IReadOnlyDictionary<string, bool> Migrations { get; init; } = new Dictionary<string, bool>(StringComparer.Ordinal);

    /// <summary>Every URL that modules, lifecycle and webhooks name, in the order of the descriptor, each URL and method once.</summary>
    public IReadOnlyList<ConnectLink> Links { get; init; } = [];

    /// <summary>What in the descriptor could not be read, and where: bad URLs, unknown shapes. Becomes coverage gaps.</summary>
    public IReadOnlyList<DescriptorProblem> Problems { get; init; } = [];

    public override ConnectApp AsConnect() => this;

    public override ConnectApp Only(AskedPlaces places) =>
        this with
        {
            Links = [.. Links.Where(places.Has)],
            RegionBaseUrls = RegionBaseUrls.Where(region => places.Has(region.Value)).ToDictionary(StringComparer.Ordinal),
        };

    /// <summary>Of a descriptor that was fetched, and left nothing out.</summary>
    public override Extent? Extent =>
        DescriptorUrl is not null && BaseUrlTemplate is null && !Problems.Any(problem => problem.LeavesOut) ? Apps.Extent.Of(this, DescriptorUrl) : null;

    internal IEnumerable<ConnectLink> OwnLinks => Links.Where(link => link.Kind != LinkKind.Static || IsOwn(link.Url));

    private bool IsOwn(Uri url) => RegionBaseUrls.Values.Append(BaseUrl).Append(DescriptorUrl ?? BaseUrl).Any(own => own.IdnHost == url.IdnHost);
}

/// <summary>What in a descriptor could not be read.</summary>
/// <param name="Pointer">JSON pointer (RFC 6901) of the place.</param>
/// <param name="Reason">What is wrong with it and the way out.</param>
public sealed record DescriptorProblem(string Pointer, string Reason)
{
    /// <summary>False where every URL of the descriptor was read all the same.</summary>
    public bool LeavesOut { get; init; } = true;
}
