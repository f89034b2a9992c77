using System.Collections.Frozen;
using Ecoscanner.Scanners.ForgePrograms;

namespace Ecoscanner.Scanners.ForgeScopes;

/// <summary>What the name of a scope tells.</summary>
/// <param name="Product">Whose API it is for; null of what is no product's whose operations are known.</param>
/// <param name="IsClassic">Whether it is one of few words, such as <c>write:jira-work</c>, and gives what many granular ones give.</param>
internal sealed record ScopeName(string Text, ForgeProduct? Product, bool IsClassic)
{
    public const string Storage = "storage:app";
    public const string UserToken = "read:app-user-token";
    public const string SystemToken = "read:app-system-token";

    private static readonly FrozenDictionary<string, ForgeProduct> Products = new Dictionary<string, ForgeProduct>(StringComparer.Ordinal)
    {
        ["jira"] = ForgeProduct.Jira,
        ["jira-software"] = ForgeProduct.Jira,
        ["jira-service-management"] = ForgeProduct.Jira,
        ["cmdb"] = ForgeProduct.Jira,
        ["confluence"] = ForgeProduct.Confluence,
        ["bitbucket"] = ForgeProduct.Bitbucket,
        ["compass"] = ForgeProduct.Compass,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // Those of the platform and of Connect, which bear a product's name.
    private static readonly FrozenSet<string> Foreign = FrozenSet.Create(
        StringComparer.Ordinal,
        "graph",
        "agent-interface",
        "connect-jira",
        "connect-confluence",
        "app-notification",
        "app-data",
        "forge-app",
        "jira-data-provider"
    );

    private static readonly FrozenDictionary<string, ForgeProduct> Classic = new Dictionary<string, ForgeProduct>(StringComparer.Ordinal)
    {
        ["manage:confluence-configuration"] = ForgeProduct.Confluence,
        ["manage:jira-configuration"] = ForgeProduct.Jira,
        ["manage:jira-project"] = ForgeProduct.Jira,
        ["manage:jira-webhook"] = ForgeProduct.Jira,
        ["manage:servicedesk-customer"] = ForgeProduct.Jira,
        ["read:confluence-content.all"] = ForgeProduct.Confluence,
        ["read:confluence-content.permission"] = ForgeProduct.Confluence,
        ["read:confluence-content.summary"] = ForgeProduct.Confluence,
        ["read:confluence-groups"] = ForgeProduct.Confluence,
        ["read:confluence-props"] = ForgeProduct.Confluence,
        ["read:confluence-space.summary"] = ForgeProduct.Confluence,
        ["read:confluence-user"] = ForgeProduct.Confluence,
        ["read:jira-user"] = ForgeProduct.Jira,
        ["read:jira-work"] = ForgeProduct.Jira,
        ["read:servicedesk-request"] = ForgeProduct.Jira,
        ["read:servicemanagement-insight-objects"] = ForgeProduct.Jira,
        ["search:confluence"] = ForgeProduct.Confluence,
        ["write:confluence-content"] = ForgeProduct.Confluence,
        ["write:confluence-file"] = ForgeProduct.Confluence,
        ["write:confluence-groups"] = ForgeProduct.Confluence,
        ["write:confluence-props"] = ForgeProduct.Confluence,
        ["write:confluence-space"] = ForgeProduct.Confluence,
        ["write:jira-work"] = ForgeProduct.Jira,
        ["write:servicedesk-request"] = ForgeProduct.Jira,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether it only lets the app look.</summary>
    public bool IsRead => IsReading(Text);

    /// <summary>The scope of the same things that only lets the app look.</summary>
    public string Reading => $"read:{Text[(Text.IndexOf(':', StringComparison.Ordinal) + 1)..]}";

    public static ScopeName Of(string text) =>
        Classic.TryGetValue(text, out var product) ? new(text, product, IsClassic: true)
        : text.Split(':') is [_, var things, var owner] && !Foreign.Contains(things) && Products.TryGetValue(owner, out product)
            ? new(text, product, IsClassic: false)
        : new(text, null, IsClassic: false);

    public static bool IsReading(string scope) => scope.Split(':')[0] is "read" or "readonly" or "search" or "view";
}
