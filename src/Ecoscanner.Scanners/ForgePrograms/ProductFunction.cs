namespace Ecoscanner.Scanners.ForgePrograms;

/// <summary>A function that calls a product, by its path.</summary>
/// <param name="Method">The method of a client that has one for each operation; null of those that take a route.</param>
internal sealed record ProductFunction(ForgeProduct Product, ProductAccounts Accounts, bool IsOfPage, string? Method)
{
    private const string Api = "require(\"@forge/api\")";
    private const string Bridge = "require(\"@forge/bridge";
    private const string Client = "require(\"@atlassian/forge-graphql\")";

    /// <summary>Whether it comes of <c>asUser</c>, which may be asked for a user.</summary>
    public bool IsAsUser { get; init; }

    public bool IsGraph => Product is ForgeProduct.Graph or ForgeProduct.TeamworkGraph;

    /// <summary>Null where the path is no such function's.</summary>
    public static ProductFunction? Of(string? path)
    {
        if (path?.IndexOf(')', StringComparison.Ordinal) is not (> 0 and var bracket))
        {
            return null;
        }

        var names = path[(bracket + 1)..]
            .Split('.', StringSplitOptions.RemoveEmptyEntries)
            // What compilers put between, and what chooses a site and no account.
            .Where(name => name is not ("default" or "withContext()"))
            .ToList();
        var function = path[..(bracket + 1)] switch
        {
            Api => names switch
            {
                ["asApp()", var name] => Request(name, ProductAccounts.App, isOfPage: false),
                ["asUser()", var name] => Request(name, ProductAccounts.User, isOfPage: false),
                ["__requestAtlassianAsApp" or "createRequestStargateAsApp()"] => Request("requestAtlassian", ProductAccounts.App, isOfPage: false),
                ["__requestAtlassianAsUser"] => Request("requestAtlassian", ProductAccounts.User, isOfPage: false),
                [var name] => Request(name, ProductAccounts.User, isOfPage: false),
                _ => null,
            },
            Client => names switch
            {
                [.., "asApp()", var name] when IsName(name) => new(ForgeProduct.Compass, ProductAccounts.App, IsOfPage: false, name),
                [.., "asUser()", var name] when IsName(name) => new(ForgeProduct.Compass, ProductAccounts.User, IsOfPage: false, name),
                _ => null,
            },
            var module when module.StartsWith(Bridge, StringComparison.Ordinal) && names is [var name] => Request(name, ProductAccounts.User, isOfPage: true),
            _ => null,
        };
        return function is null ? null : function with { IsAsUser = names.Contains("asUser()") };
    }

    /// <summary>Whether a path is that of <c>asUser</c>.</summary>
    public static bool IsAsUserItself(string? path) =>
        path is not null
        && path.EndsWith(".asUser", StringComparison.Ordinal)
        && (path.StartsWith(Api, StringComparison.Ordinal) || path.StartsWith(Client, StringComparison.Ordinal));

    private static ProductFunction? Request(string name, ProductAccounts accounts, bool isOfPage) =>
        name switch
        {
            "requestJira" => new(ForgeProduct.Jira, accounts, isOfPage, null),
            "requestConfluence" => new(ForgeProduct.Confluence, accounts, isOfPage, null),
            "requestBitbucket" => new(ForgeProduct.Bitbucket, accounts, isOfPage, null),
            "requestGraph" => new(ForgeProduct.Graph, accounts, isOfPage, null),
            "requestTeamworkGraph" => new(ForgeProduct.TeamworkGraph, accounts, isOfPage, null),
            "requestConnectedData" => new(ForgeProduct.ConnectedData, accounts, isOfPage, null),
            "requestAtlassian" => new(ForgeProduct.Atlassian, accounts, isOfPage, null),
            _ => null,
        };

    private static bool IsName(string name) => name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');
}
