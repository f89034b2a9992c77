namespace Ecoscanner.Apps.Forge;

/// <summary>The servers of the partner that a Forge app uses, as far as its manifest tells their addresses.</summary>
public sealed record ForgeServers
{
    /// <summary>Base URLs of the remotes, of each region, then what is called there.</summary>
    public IReadOnlyList<AppUrl> Urls { get; init; } = [];

    /// <summary>What Atlassian's platform calls with a Forge Invocation Token.</summary>
    public IReadOnlyList<ForgeRoute> Routes { get; init; } = [];

    /// <summary>The app that its Connect modules are; null where it has none, or none whose address is known.</summary>
    public ConnectApp? Connect { get; init; }

    /// <summary>Addresses that are not known, and why.</summary>
    public IReadOnlyList<ForgeServerProblem> Problems { get; init; } = [];

    /// <summary>Those that are asked.</summary>
    public ForgeServers Only(AskedPlaces places) =>
        this with
        {
            Urls = [.. Urls.Where(url => places.Has(url.Url))],
            Routes = [.. Routes.Where(route => places.Has(route.Url))],
            Connect = Connect?.Only(places),
        };

    /// <summary>What a manifest tells of them.</summary>
    /// <param name="name">The app's name.</param>
    internal static ForgeServers Of(ForgeManifest manifest, string name)
    {
        var problems = new List<ForgeServerProblem>();
        var bases = manifest.Remotes.Select(remote => (Remote: remote, Urls: Bases(remote, problems))).ToList();
        var byKey = bases.Where(pair => pair.Remote.Key is not null).ToLookup(pair => pair.Remote.Key!.Value, pair => pair.Urls, StringComparer.Ordinal);
        var routes = manifest.Endpoints.Select(endpoint => Route(endpoint, byKey, problems)).OfType<ForgeRoute>().ToList();
        var connect = manifest.ConnectModules.Count == 0 ? null : ConnectOnForge.Of(manifest, name, key => byKey[key].FirstOrDefault() ?? [], problems);
        return new ForgeServers
        {
            Urls =
            [
                .. bases.SelectMany(pair => pair.Urls.Select(url => new AppUrl(url.Url, Named(pair.Remote, url), AppUrlKind.Base))),
                .. routes.Select(route => new AppUrl(route.Url, route.Component, AppUrlKind.Other)),
                .. connect?.Urls.Where(url => url.Kind == AppUrlKind.Other) ?? [],
            ],
            Routes = routes,
            Connect = connect,
            Problems = problems,
        };
    }

    private static IReadOnlyList<ForgeBase> Bases(ForgeRemote remote, List<ForgeServerProblem> problems)
    {
        var found = new List<ForgeBase>();
        foreach (var (region, text) in remote.BaseUrls)
        {
            var (url, wrong) = text.IsFixed ? DescriptorUrl.Absolute(text.Value) : (null, "is known at deployment only");
            if (url is not null)
            {
                found.Add(new ForgeBase(region, url));
            }
            else
            {
                problems.Add(new ForgeServerProblem(text.Place, $"the base URL {Quoted.Of(text.Value)} of a remote {wrong}, so its server is not asked"));
            }
        }

        // The one of no region comes first: it is the one whose routes are asked.
        return [.. found.OrderBy(one => one.Region == ForgeBase.Default ? 0 : 1)];
    }

    private static ForgeRoute? Route(ForgeEndpoint endpoint, ILookup<string, IReadOnlyList<ForgeBase>> bases, List<ForgeServerProblem> problems)
    {
        // A container runs on Atlassian's platform, and what is not defined is a problem of the manifest already.
        if (endpoint.Remote is not { } remote || bases[remote.Value].FirstOrDefault() is not [var first, ..])
        {
            return null;
        }

        var path = endpoint.Route?.Value ?? "";
        var (url, wrong) =
            endpoint.Route is { IsFixed: false } ? (null, "is known at deployment only")
            : DescriptorUrl.HasHost(path) ? (null, "names a host of its own")
            : DescriptorUrl.Join(first.Url, path, static part => part);
        if (url is null)
        {
            problems.Add(new ForgeServerProblem(endpoint.Route!.Place, $"the route {Quoted.Of(path)} {wrong}, so it is not asked"));
            return null;
        }

        return new ForgeRoute(endpoint, url);
    }

    private static string Named(ForgeRemote remote, ForgeBase url) =>
        $"remote {remote.Key?.Value ?? "without key"}{(url.Region == ForgeBase.Default ? "" : $", region {url.Region}")}";
}

/// <summary>A remote's base URL for a region.</summary>
internal sealed record ForgeBase(string Region, Uri Url)
{
    /// <summary>The region that stands for all that have no URL of their own.</summary>
    public const string Default = "default";
}

/// <summary>A route of a remote, as an <c>endpoint</c> module names it.</summary>
public sealed record ForgeRoute(ForgeEndpoint Endpoint, Uri Url)
{
    /// <summary>For people.</summary>
    public string Component => $"endpoint/{Endpoint.Key?.Value}";

    /// <summary>Method and URL, for people: the platform calls routes with POST.</summary>
    public string Place => $"POST {Url.AbsoluteUri}";
}

/// <summary>An address of a server that is not known.</summary>
public sealed record ForgeServerProblem(ManifestPlace Place, string Reason);
