using Ecoscanner.Apps.Forge;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Apps.Forge;

public sealed class ForgeModuleTableTests
{
    [Fact]
    public void The_table_says_where_it_is_from() => Assert.Equal("@forge/manifest 13.7.0, 2026-11-26", ForgeModuleTable.Version);

    [Theory]
    [InlineData("trigger", ForgeCallers.Platform, ForgeUserContext.Never, false)]
    [InlineData("scheduledTrigger", ForgeCallers.Platform, ForgeUserContext.Never, false)]
    [InlineData("consumer", ForgeCallers.Platform, ForgeUserContext.Never, false)]
    [InlineData("webtrigger", ForgeCallers.ExternalHttp, ForgeUserContext.Never, false)]
    [InlineData("action", ForgeCallers.LicensedUser | ForgeCallers.Platform, ForgeUserContext.Sometimes, false)]
    [InlineData("jira:issuePanel", ForgeCallers.LicensedUser, ForgeUserContext.Always, true)]
    [InlineData("jira:adminPage", ForgeCallers.SiteAdministrator, ForgeUserContext.Always, true)]
    [InlineData("jira:projectSettingsPage", ForgeCallers.ContainerAdministrator, ForgeUserContext.Always, true)]
    [InlineData("confluence:spaceSettings", ForgeCallers.ContainerAdministrator, ForgeUserContext.Always, true)]
    [InlineData("bitbucket:repoSettingsMenuPage", ForgeCallers.ContainerAdministrator, ForgeUserContext.Always, true)]
    [InlineData("jira:entityProperty", ForgeCallers.None, ForgeUserContext.Never, false)]
    public void Who_calls_a_module_is_known(string name, ForgeCallers callers, ForgeUserContext user, bool shows)
    {
        var type = ForgeModuleTable.Find(name)!;
        Assert.Equal((callers, user, shows), (type.Callers, type.User, type.ShowsOnPage));
    }

    [Theory]
    [InlineData("jira:customField", "value.function", ForgeCallers.LicensedUser | ForgeCallers.Platform)]
    [InlineData("jira:customField", "edit.function", ForgeCallers.LicensedUser)]
    [InlineData("jira:workflowValidator", "resolver.function", ForgeCallers.SiteAdministrator | ForgeCallers.ContainerAdministrator)]
    [InlineData("macro", "adfExport.function", ForgeCallers.LicensedUser | ForgeCallers.Platform)]
    [InlineData("compass:dataProvider", "callback.function", ForgeCallers.Platform)]
    public void A_path_may_have_callers_of_its_own(string name, string path, ForgeCallers callers) =>
        Assert.Equal(callers, ForgeModuleTable.Find(name)!.Code[path].Callers);

    [Fact]
    public void Modules_that_name_code_have_callers_and_those_on_a_page_have_users()
    {
        Assert.True(ForgeModuleTable.All.Count > 120);
        Assert.All(ForgeModuleTable.All, type => Assert.True(type.Code.Count == 0 || type.Callers != ForgeCallers.None, type.Name));
        Assert.All(ForgeModuleTable.All, type => Assert.False(type.ShowsOnPage && type.User is ForgeUserContext.Never, type.Name));
    }

    [Fact]
    public void The_documentation_names_no_module_that_the_table_lacks()
    {
        var pages = Path.Combine(Repository.Root, "..", "shared", "data", "forge-modules.tsv");
        Assert.SkipUnless(File.Exists(pages), "the shared data does not stand beside this checkout");
        var names = File.ReadLines(pages)
            .Skip(1)
            .SelectMany(line => line.Split('\t')[1..3])
            .SelectMany(cell => cell.Split(',', StringSplitOptions.RemoveEmptyEntries));
        // Slips of two pages.
        Assert.Equal(["core:action", "graph:smartLinks"], names.Where(name => ForgeModuleTable.Find(name) is null).Distinct());
    }

    [Fact]
    public void An_unknown_module_is_not_there() => Assert.Null(ForgeModuleTable.Find("jira:nothing"));
}
