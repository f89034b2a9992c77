using System.Collections.Frozen;

namespace Ecoscanner.Apps;

/// <summary>One module type: which of its fields are URLs and what its flags mean.</summary>
/// <param name="AcceptsConditions">False where the products ignore <c>conditions</c>, so that they hide nothing.</param>
/// <param name="AdministratorsOnly">True where the products show it to administrators only.</param>
/// <param name="HasUrlContext">True where <c>context</c> may say that the URL belongs to the product instead of the app.</param>
internal sealed record ConnectModule(bool AcceptsConditions, bool AdministratorsOnly, bool HasUrlContext, FrozenDictionary<string, ConnectField> Fields);

/// <summary>Who asks for a URL field and how.</summary>
/// <param name="Audience">Users for what a browser frames; the module may narrow it.</param>
/// <param name="MayBeCacheable">False where the products ignore <c>cacheable</c>, so that it excuses nothing.</param>
/// <param name="OfProduct">True where a relative URL belongs to the product instead of the app.</param>
internal sealed record ConnectField(LinkKind Kind, LinkAudience Audience, bool MayBeCacheable = false, bool OfProduct = false);

/// <summary>The modules of Jira and Confluence and their URL fields, after the schema of Forge's manifest 13.7.0, which holds all of Connect's.</summary>
internal static class ConnectModules
{
    // module, flags, fields. Lists are transparent: "actions.templateUrl" is also in each of "actions": [{}, {}].
    // Flags: c accepts conditions, a administrators only, u has a context for its URL.
    // Fields: $ may be cacheable, ! server sends POST, ? server sends GET, ~ static, ^ static and relative to the product.
    // Actions are POST unless a page or a public app of Atlassian's partners shows otherwise; security's search and renderModes are
    // taken to be like operations' search and the static macro.
    private const string Table = """
        adminPages                                    ca  url$
        assetPanels                                   -   url
        automationActions                             -   webhook.url! configForm.url
        blueprints                                    -   template.blueprintContext.url! template.url~
        cloudAppMigration                             -   migrationWebhookPath!
        configurePage                                 ca  url$
        confluenceContentProperties                   -
        confluenceThemes                              -   routes.spaceview.url
        contentBylineItems                            cu  url$
        customContent                                 -
        dialogs                                       u   url$
        dynamicContentMacros                          -   url$ editor.url$ propertyPanel.url$ renderModes.default.url? renderModes.pdf.url? renderModes.word.url? renderModes.email.url? documentation.url~ imagePlaceholder.url~
        generalPages                                  c   url$
        jiraBackgroundScripts                         -   url
        jiraBuildInfoProvider                         -   homeUrl~ documentationUrl~ logoUrl~
        jiraDashboardItems                            c   url thumbnailUrl~
        jiraDeploymentGating                          -   callback.url!
        jiraDeploymentInfoProvider                    -   homeUrl~ documentationUrl~ logoUrl~ actions.listDeployments.templateUrl!
        jiraDevOpsComponentProvider                   -   homeUrl~ documentationUrl~ logoUrl~ actions.associate.templateUrl! actions.disassociate.templateUrl! actions.onEntityAssociated.templateUrl! actions.onEntityDisassociated.templateUrl!
        jiraDevelopmentTool                           -   url~ logoUrl~ actions.createBranch.templateUrl actions.searchConnectedWorkspaces.templateUrl? actions.searchRepositories.templateUrl? actions.associateRepository.templateUrl!
        jiraEntityProperties                          -
        jiraFeatureFlagInfoProvider                   -   homeUrl~ documentationUrl~ logoUrl~ actions.linkFlag.templateUrl! actions.createFlag.templateUrl! actions.listFlags.templateUrl!
        jiraGlobalPermissions                         -
        jiraIssueContents                             c   target.url
        jiraIssueContexts                             c   target.url
        jiraIssueFields                               -   template.url^
        jiraIssueGlances                              c   target.url
        jiraIssueTabPanels                            c   url
        jiraIssueTypes                                -
        jiraJqlFunctions                              -   url!
        jiraOperationsInfoProvider                    -   homeUrl~ documentationUrl~ logoUrl~ actions.fetchWorkspaces.templateUrl! actions.searchContainers.templateUrl? actions.onEntityAssociated.templateUrl! actions.onEntityDisassociated.templateUrl!
        jiraProjectAdminTabPanels                     ca  url
        jiraProjectPages                              c   url iconUrl~
        jiraProjectPermissions                        c
        jiraProjectTabPanels                          c   url
        jiraRemoteLinkInfoProvider                    -   homeUrl~ documentationUrl~ logoUrl~ actions.templateUrl!
        jiraReports                                   -   url thumbnailUrl~
        jiraSearchRequestViews                        c   url
        jiraSecurityInfoProvider                      -   homeUrl~ documentationUrl~ logoUrl~ actions.fetchWorkspaces.templateUrl! actions.fetchContainers.templateUrl! actions.searchContainers.templateUrl? actions.onEntityAssociated.templateUrl! actions.onEntityDisassociated.templateUrl!
        jiraTimeTrackingProviders                     -
        jiraWorkflowConditions                        -   view.url edit.url create.url
        jiraWorkflowPostFunctions                     -   view.url edit.url create.url triggered.url!
        jiraWorkflowValidators                        -   view.url edit.url create.url
        keyboardShortcuts                             -
        postInstallPage                               c   url$
        publishConditions                             cu  dialog.url
        serviceDeskOrganizationActions                c   url
        serviceDeskOrganizationPanels                 c   url
        serviceDeskPortalFooters                      c   url
        serviceDeskPortalHeaders                      c   url
        serviceDeskPortalProfileActions               c   url
        serviceDeskPortalProfilePanels                c   url
        serviceDeskPortalRequestCreatePropertyPanels  c   url
        serviceDeskPortalRequestViewActions           c   url
        serviceDeskPortalRequestViewDetailsPanels     c   url
        serviceDeskPortalRequestViewPanels            c   url
        serviceDeskPortalSubHeaders                   c   url
        serviceDeskPortalUserMenuActions              c   url
        serviceDeskQueueGroups                        c
        serviceDeskQueues                             c   url
        serviceDeskReportGroups                       c
        serviceDeskReports                            c   url
        spaceToolsTabs                                c   url
        staticContentMacros                           -   url? editor.url$ propertyPanel.url$ documentation.url~ imagePlaceholder.url~
        translations                                  -
        webItems                                      cu  url$
        webPanels                                     c   url$
        webSections                                   c
        webhooks                                      c   url!
        """;

    private static readonly FrozenDictionary<string, ConnectModule> All = Table
        .Split('\n')
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        .ToFrozenDictionary(row => row[0], row => Module(row[1], row[2..]), StringComparer.Ordinal);

    /// <summary>A module type by its name in the descriptor; null where the table does not know it.</summary>
    public static ConnectModule? Find(string name) => All.GetValueOrDefault(name);

    private static ConnectModule Module(string flags, string[] fields) =>
        new(
            flags.Contains('c', StringComparison.Ordinal),
            flags.Contains('a', StringComparison.Ordinal),
            flags.Contains('u', StringComparison.Ordinal),
            fields.ToFrozenDictionary(field => field.TrimEnd('$', '!', '?', '~', '^'), Field, StringComparer.Ordinal)
        );

    private static ConnectField Field(string field) =>
        field[^1] switch
        {
            '$' => new ConnectField(LinkKind.Frame, LinkAudience.Users, MayBeCacheable: true),
            '!' => new ConnectField(LinkKind.Webhook, LinkAudience.Product),
            '?' => new ConnectField(LinkKind.Frame, LinkAudience.Product),
            '~' => new ConnectField(LinkKind.Static, LinkAudience.Anyone),
            '^' => new ConnectField(LinkKind.Static, LinkAudience.Anyone, OfProduct: true),
            _ => new ConnectField(LinkKind.Frame, LinkAudience.Users),
        };
}
