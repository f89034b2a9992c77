using System.Collections.Immutable;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.Scanners.ForgePrograms;

/// <summary>A call of a product's API, with everything that it may be.</summary>
public sealed record ProductCall
{
    public required Node Call { get; init; }

    public required ForgeProduct Product { get; init; }

    /// <summary>Whose rights it has; several where which is only known when it runs.</summary>
    public required ProductAccounts Accounts { get; init; }

    /// <summary>In upper case; none where they are not all known.</summary>
    public ImmutableArray<string> Methods { get; init; } = [];

    /// <summary>What the route may be, <see cref="ProductRoute.Anything"/> among it where there may be more; none where nothing of it is known, and of GraphQL.</summary>
    public ImmutableArray<ProductRoute> Routes { get; init; } = [];

    /// <summary>The expression of the route, or of the query; it does not exist where there is none.</summary>
    public Node Route { get; init; }

    /// <summary>Whether a page makes the call, in the browser.</summary>
    public bool IsOfPage { get; init; }

    /// <summary>Whether nothing is called but what the method and the routes say.</summary>
    public bool IsKnown => !Methods.IsEmpty && !Routes.IsEmpty && Routes.All(route => route.IsWhole);
}

/// <summary>A product, or a service of Atlassian's, that an app calls.</summary>
public enum ForgeProduct
{
    Jira,
    Confluence,
    Bitbucket,

    /// <summary>By its own client: the route's only segment is the name of the client's method.</summary>
    Compass,

    /// <summary>GraphQL, over all products.</summary>
    Graph,
    TeamworkGraph,
    ConnectedData,

    /// <summary>Any of Atlassian's, by its path.</summary>
    Atlassian,
}

/// <summary>Whose rights a call has.</summary>
[Flags]
public enum ProductAccounts
{
    None = 0,

    /// <summary>Those of the app, whoever caused the call.</summary>
    App = 1,

    /// <summary>Those of the user who caused it.</summary>
    User = 2,

    /// <summary>Those of a user that the app names.</summary>
    Impersonated = 4,
}
