using Ecoscanner.Apps.Forge;
using Ecoscanner.Scanners.ForgePrograms;
using Manifest = Ecoscanner.Apps.Forge.ForgeManifest;

namespace Ecoscanner.Scanners.ForgeScopes;

/// <summary>What the manifest has that needs scopes by itself, without a call in the app's code.</summary>
internal static class ManifestNeeds
{
    private const string ProductEvent = "avi:";

    // What has a page, and needs scopes for what it is all the same, or is not documented to need none.
    private static readonly HashSet<string> Needy = new(StringComparer.Ordinal)
    {
        "jira:uiModifications",
        "jira:customField",
        "jira:customFieldType",
        "confluence:customContent",
        "jiraServiceManagement:assetsImportType",
        "jiraServiceManagement:assetsSchemaPage",
    };

    // What has no page, and runs code of the app or describes it, and nothing more.
    private static readonly HashSet<string> Plain = new(StringComparer.Ordinal)
    {
        "action",
        "apiRoute",
        "consumer",
        "endpoint",
        "event",
        "fifoConsumer",
        "function",
        "macro",
        "objectStore",
        "preUninstall",
        "remote",
        "rovo:agent",
        "scheduledTrigger",
        "sql",
        "trigger",
        "webtrigger",
    };

    // Events about what Jira's users work on, which need the reading of that.
    private static readonly HashSet<string> WorkObjects = new(StringComparer.Ordinal) { "issue", "comment", "attachment", "worklog", "issuelink" };

    public static IEnumerable<OpenNeed> Of(Manifest manifest)
    {
        if (manifest.ConnectModules.Count > 0 || manifest.App.Connect is not null)
        {
            yield return OpenNeed.OfAll("the app has parts of Connect, whose server may call any API");
        }

        if (manifest.Services.Count > 0)
        {
            yield return OpenNeed.OfAll("the app has a container service, which may call any API");
        }

        if (manifest.Remotes.Any(remote => HasTokens(remote.Tokens)) || manifest.Endpoints.Any(endpoint => HasTokens(endpoint.Tokens)))
        {
            yield return OpenNeed.OfAll("a remote gets tokens, with which it may call any API");
        }

        foreach (
            var module in manifest.Modules.Where(module => Needy.Contains(module.Type) || (module.Known?.ShowsOnPage != true && !Plain.Contains(module.Type)))
        )
        {
            var product = ProductOf(module.Type);
            yield return new(
                scope => product is null || scope.Product == product,
                $"the module {module.Type} may need scopes for what the platform does with it"
            );
        }

        foreach (var name in manifest.Modules.Where(module => module.Type == "trigger").SelectMany(EventsOf).Distinct(StringComparer.Ordinal))
        {
            yield return OfEvent(name);
        }
    }

    /// <summary>Whether the events of an app are such that a scope is needed for certain.</summary>
    public static bool IsNeeded(Manifest manifest, ScopeName scope) =>
        scope.Text == "read:jira-work" && manifest.Modules.Where(module => module.Type == "trigger").SelectMany(EventsOf).Any(IsOfWork);

    public static bool HasTokens(ForgeTokens tokens) => tokens.AppUser == true || tokens.AppSystem == true;

    private static OpenNeed OfEvent(string name)
    {
        var parts = name.Split(':');
        var product =
            parts[1].StartsWith("jira", StringComparison.Ordinal) || parts[1].StartsWith("jsm", StringComparison.Ordinal) ? ForgeProduct.Jira
            : parts[1] == "confluence" ? ForgeProduct.Confluence
            : parts[1] == "bitbucket" ? ForgeProduct.Bitbucket
            : parts[1] == "compass" ? ForgeProduct.Compass
            : (ForgeProduct?)null;
        var isOfWork = IsOfWork(name);
        return new(
            scope =>
                parts[1] != "forge"
                && (
                    product is null
                    || (
                        scope.Product == product
                        && (
                            scope.IsRead
                            || (!isOfWork && scope.Text.StartsWith("manage:jira-", StringComparison.Ordinal) && scope.Text != "manage:jira-webhook")
                        )
                    )
                ),
            $"the event {name} comes only with a scope to read what it tells"
        );
    }

    private static bool IsOfWork(string name) => name.Split(':') is ["avi", "jira", _, var thing, ..] && WorkObjects.Contains(thing);

    private static ForgeProduct? ProductOf(string module) =>
        module.StartsWith("jira", StringComparison.Ordinal) || module.StartsWith("devops:", StringComparison.Ordinal) ? ForgeProduct.Jira
        : module.StartsWith("confluence:", StringComparison.Ordinal) ? ForgeProduct.Confluence
        : module.StartsWith("bitbucket:", StringComparison.Ordinal) ? ForgeProduct.Bitbucket
        : module.StartsWith("compass:", StringComparison.Ordinal) ? ForgeProduct.Compass
        : null;

    // An event is a name, or a mapping that has one.
    private static IEnumerable<string> EventsOf(ForgeModule module) =>
        module.Node.Find("events") is ManifestList list
            ? list
                .Items.SelectMany(item => item is ManifestMap map ? map.Entries.Select(entry => entry.Value).Prepend(item) : [item])
                .OfType<ManifestText>()
                .Select(text => text.Value)
                .Where(text => text.StartsWith(ProductEvent, StringComparison.Ordinal) && text.Count(letter => letter == ':') > 1)
            : [];
}
