using System.Text.Json.Nodes;
using Ecoscanner.Apps;

namespace Ecoscanner.Tests.Core.Apps;

/// <summary>The modules of Jira and Confluence with URLs, copied row by row from Atlassian's schema, apart from the product's own table.</summary>
public sealed class ConnectModulesTests
{
    private const string Modules = """
        jiraIssueTabPanels url
        jiraProjectAdminTabPanels url
        jiraProjectTabPanels url
        jiraSearchRequestViews url
        serviceDeskOrganizationActions url
        serviceDeskOrganizationPanels url
        serviceDeskPortalFooters url
        serviceDeskPortalHeaders url
        serviceDeskPortalProfileActions url
        serviceDeskPortalProfilePanels url
        serviceDeskPortalRequestCreatePropertyPanels url
        serviceDeskPortalRequestViewActions url
        serviceDeskPortalRequestViewDetailsPanels url
        serviceDeskPortalRequestViewPanels url
        serviceDeskPortalSubHeaders url
        serviceDeskPortalUserMenuActions url
        serviceDeskQueues url
        serviceDeskReports url
        webhooks url
        adminPages url
        configurePage url
        generalPages url
        postInstallPage url
        webItems url
        webPanels url
        dialogs url
        assetPanels url
        jiraBackgroundScripts url
        jiraJqlFunctions url
        automationActions webhook.url configForm.url
        jiraBuildInfoProvider homeUrl documentationUrl logoUrl
        jiraDashboardItems url thumbnailUrl
        jiraDeploymentGating callback.url
        jiraDeploymentInfoProvider homeUrl documentationUrl actions.listDeployments.templateUrl logoUrl
        jiraDevOpsComponentProvider homeUrl logoUrl documentationUrl actions.associate.templateUrl actions.disassociate.templateUrl actions.onEntityAssociated.templateUrl actions.onEntityDisassociated.templateUrl
        jiraDevelopmentTool actions.createBranch.templateUrl actions.searchConnectedWorkspaces.templateUrl actions.searchRepositories.templateUrl actions.associateRepository.templateUrl url logoUrl
        jiraFeatureFlagInfoProvider homeUrl documentationUrl actions.linkFlag.templateUrl actions.createFlag.templateUrl actions.listFlags.templateUrl logoUrl
        jiraIssueContents target.url
        jiraIssueContexts target.url
        jiraIssueGlances target.url
        jiraOperationsInfoProvider homeUrl logoUrl documentationUrl actions.fetchWorkspaces.templateUrl actions.searchContainers.templateUrl actions.onEntityAssociated.templateUrl actions.onEntityDisassociated.templateUrl
        jiraProjectPages iconUrl url
        jiraRemoteLinkInfoProvider homeUrl documentationUrl actions[].templateUrl logoUrl
        jiraReports url thumbnailUrl
        jiraSecurityInfoProvider homeUrl logoUrl documentationUrl actions.fetchWorkspaces.templateUrl actions.fetchContainers.templateUrl actions.searchContainers.templateUrl actions.onEntityAssociated.templateUrl actions.onEntityDisassociated.templateUrl
        jiraWorkflowConditions view.url edit.url create.url
        jiraWorkflowPostFunctions view.url triggered.url edit.url create.url
        jiraWorkflowValidators view.url edit.url create.url
        cloudAppMigration migrationWebhookPath
        spaceToolsTabs url
        contentBylineItems url
        blueprints template.blueprintContext.url template.url
        confluenceThemes routes.spaceview.url
        dynamicContentMacros editor.url renderModes.default.url renderModes.pdf.url renderModes.word.url renderModes.email.url documentation.url url propertyPanel.url imagePlaceholder.url
        publishConditions dialog.url
        staticContentMacros editor.url documentation.url url propertyPanel.url imagePlaceholder.url
        """;

    public static TheoryData<string, string[]> Rows() =>
        [.. Modules.Split('\n').Select(row => row.Trim().Split(' ')).Select(row => new TheoryDataRow<string, string[]>(row[0], row[1..]))];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_URL_of_a_module_is_found_whether_it_stands_in_a_list_or_alone(string module, string[] fields)
    {
        foreach (
            var modules in new[]
            {
                new JsonObject { [module] = Module(fields) },
                new JsonObject { [module] = new JsonArray(Module(fields)) },
            }
        )
        {
            var app = Descriptors.ReadModules(modules.ToJsonString());

            Assert.Empty(app.Problems);
            Assert.Equal(fields.Select(field => $"/ctx/{field}").Order(StringComparer.Ordinal), app.Links.Select(Path).Order(StringComparer.Ordinal));
            Assert.All(app.Links, link => Assert.True(link.Known && link.Component == $"{module}/k", link.Pointer));
        }
    }

    [Theory]
    [InlineData("webhooks", "url", "POST")]
    [InlineData("jiraWorkflowPostFunctions", "triggered.url", "POST")]
    [InlineData("automationActions", "webhook.url", "POST")]
    [InlineData("jiraJqlFunctions", "url", "POST")]
    [InlineData("jiraDeploymentGating", "callback.url", "POST")]
    [InlineData("blueprints", "template.blueprintContext.url", "POST")]
    [InlineData("jiraSecurityInfoProvider", "actions.fetchWorkspaces.templateUrl", "POST")]
    [InlineData("jiraRemoteLinkInfoProvider", "actions[].templateUrl", "POST")]
    [InlineData("jiraDevelopmentTool", "actions.associateRepository.templateUrl", "POST")]
    [InlineData("cloudAppMigration", "migrationWebhookPath", "POST")]
    // Asked by GET: so say Jira's page on operations actions, the schema of macros, and the routes of GitLab's app for its two searches.
    [InlineData("jiraOperationsInfoProvider", "actions.searchContainers.templateUrl", "GET")]
    [InlineData("jiraDevelopmentTool", "actions.searchRepositories.templateUrl", "GET")]
    [InlineData("jiraDevelopmentTool", "actions.searchConnectedWorkspaces.templateUrl", "GET")]
    [InlineData("staticContentMacros", "url", "GET")]
    // No page says how these are asked; they are taken to be like their siblings above.
    [InlineData("jiraSecurityInfoProvider", "actions.searchContainers.templateUrl", "GET")]
    [InlineData("dynamicContentMacros", "renderModes.pdf.url", "GET")]
    public void What_the_products_servers_call_is_for_the_product(string module, string field, string method)
    {
        var link = Assert.Single(Descriptors.ReadModules(new JsonObject { [module] = Module([field]) }.ToJsonString()).Links);

        Assert.Equal((LinkAudience.Product, method), (link.Audience, link.Method));
    }

    [Fact]
    public void A_page_on_which_a_user_creates_a_branch_is_a_page_of_users()
    {
        var link = Assert.Single(
            Descriptors.ReadModules(new JsonObject { ["jiraDevelopmentTool"] = Module(["actions.createBranch.templateUrl"]) }.ToJsonString()).Links
        );

        Assert.Equal((LinkKind.Frame, LinkAudience.Users), (link.Kind, link.Audience));
    }

    [Theory]
    [InlineData("jiraBuildInfoProvider", "logoUrl")]
    [InlineData("jiraReports", "thumbnailUrl")]
    [InlineData("jiraProjectPages", "iconUrl")]
    [InlineData("staticContentMacros", "documentation.url")]
    [InlineData("staticContentMacros", "imagePlaceholder.url")]
    [InlineData("customContent", "uiSupport.icons.item.url")]
    [InlineData("webItems", "icon.url")]
    public void Pictures_and_documents_are_for_anyone(string module, string field)
    {
        var link = Assert.Single(Descriptors.ReadModules(new JsonObject { [module] = Module([field]) }.ToJsonString()).Links);

        Assert.Equal((LinkKind.Static, LinkAudience.Anyone, true), (link.Kind, link.Audience, link.Known));
    }

    private static string Path(ConnectLink link) => Uri.UnescapeDataString(link.Url.AbsolutePath);

    private static JsonObject Module(string[] fields)
    {
        var module = new JsonObject { ["key"] = "k", ["event"] = "k" };
        foreach (var field in fields)
        {
            var place = module;
            var steps = field.Split('.');
            foreach (var step in steps[..^1])
            {
                var inside = new JsonObject();
                var name = step.Replace("[]", "", StringComparison.Ordinal);
                if (place[name] is JsonObject there)
                {
                    place = there;
                    continue;
                }

                place[name] = step == name ? inside : new JsonArray(inside);
                place = inside;
            }

            place[steps[^1]] = $"/{field}";
        }

        return module;
    }
}
