using Ecoscanner.Apps;

namespace Ecoscanner.Tests.Core.Apps;

public sealed class ConnectConditionsTests
{
    [Theory]
    [InlineData("""[{"condition": "user_is_admin"}]""", "condition user_is_admin")]
    [InlineData("""{"condition": "user_is_sysadmin"}""", "condition user_is_sysadmin")]
    [InlineData("""[{"condition": "user_is_project_admin"}]""", "condition user_is_project_admin")]
    [InlineData("""[{"condition": "user_is_confluence_administrator"}]""", "condition user_is_confluence_administrator")]
    [InlineData("""[{"condition": "has_global_permission", "params": {"permission": "ADMINISTER"}}]""", "condition has_global_permission(ADMINISTER)")]
    [InlineData("""[{"condition": "has_global_permission", "params": {"permission": "SYSTEM_ADMIN"}}]""", "condition has_global_permission(SYSTEM_ADMIN)")]
    [InlineData(
        """[{"condition": "has_project_permission", "params": {"permission": "ADMINISTER_PROJECTS"}}]""",
        "condition has_project_permission(ADMINISTER_PROJECTS)"
    )]
    [InlineData(
        """[{"condition": "has_space_permission", "params": {"permission": "SETSPACEPERMISSIONS"}}]""",
        "condition has_space_permission(SETSPACEPERMISSIONS)"
    )]
    // The list is an AND.
    [InlineData("""[{"condition": "user_is_logged_in"}, {"condition": "user_is_admin"}]""", "condition user_is_admin")]
    [InlineData("""[{"and": [{"condition": "x"}, {"condition": "user_is_admin"}]}]""", "condition user_is_admin")]
    [InlineData("""[{"or": [{"condition": "user_is_admin"}, {"condition": "user_is_sysadmin"}]}]""", "condition user_is_admin")]
    [InlineData(
        """[{"type": "OR", "conditions": [{"condition": "user_is_sysadmin"}, {"condition": "user_is_project_admin"}]}]""",
        "condition user_is_sysadmin"
    )]
    [InlineData("""[{"type": "and", "conditions": [{"condition": "x"}, {"condition": "user_is_admin"}]}]""", "condition user_is_admin")]
    [InlineData("""[{"or": [{"and": [{"condition": "x"}, {"condition": "user_is_admin"}]}, {"condition": "user_is_sysadmin"}]}]""", "condition user_is_admin")]
    // The reason is what decided, not what stands first.
    [InlineData("""[{"or": [{"condition": "user_is_admin"}, {"condition": "x"}]}, {"condition": "user_is_sysadmin"}]""", "condition user_is_sysadmin")]
    public void A_module_that_only_administrators_ever_see_is_an_administrators_page(string conditions, string reason)
    {
        // W6: CSRT misses sysadmin inside or, and every and, typed or nested composite.
        var link = Read(conditions);

        Assert.Equal((LinkAudience.Administrators, reason), (link.Audience, link.AudienceReason));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""[{"condition": "user_is_logged_in"}]""")]
    // W5: CSRT ignores invert.
    [InlineData("""[{"condition": "user_is_admin", "invert": true}]""")]
    [InlineData("""[{"condition": "user_is_admin", "invert": "true"}]""")]
    [InlineData("""[{"or": [{"condition": "user_is_admin"}, {"condition": "user_is_logged_in"}]}]""")]
    [InlineData("""[{"or": [{"condition": "user_is_admin"}, {"condition": "user_is_sysadmin", "invert": true}]}]""")]
    [InlineData("""[{"or": []}]""")]
    [InlineData("""[{"type": "xor", "conditions": [{"condition": "user_is_admin"}]}]""")]
    [InlineData("""[{"condition": "has_project_permission", "params": {"permission": "BROWSE_PROJECTS"}}]""")]
    [InlineData("""[{"condition": "has_global_permission"}]""")]
    [InlineData("""[{"condition": "has_global_permission", "params": "ADMINISTER"}]""")]
    [InlineData("""[7, "user_is_admin", null, {"condition": ["user_is_admin"]}]""")]
    [InlineData("\"user_is_admin\"")]
    public void A_module_that_others_may_see_is_no_administrators_page(string conditions)
    {
        var link = Read(conditions);

        Assert.Equal((LinkAudience.Users, ""), (link.Audience, link.AudienceReason));
    }

    [Fact]
    public void Conditions_hide_nothing_in_a_module_that_the_products_take_none_for()
    {
        var app = Descriptors.ReadModules("""{"dialogs": [{"key": "d", "url": "/p", "conditions": [{"condition": "user_is_admin"}]}]}""");

        Assert.Equal(LinkAudience.Users, Assert.Single(app.Links).Audience);
    }

    [Theory]
    [InlineData("webItems", "system.admin/globalsettings", true)]
    [InlineData("webItems", "admin_plugins_menu/anything", true)]
    [InlineData("webPanels", "atl.jira.proj.config", true)]
    [InlineData("webItems", "own-section", true)]
    [InlineData("webItems", "admin_plugins_menu/own-section", true)]
    [InlineData("webItems", "nested-section", true)]
    [InlineData("webItems", "app__own-section", true)]
    [InlineData("webItems", "user-section", false)]
    [InlineData("webItems", "system.top.navigation.bar", false)]
    [InlineData("webItems", "my-system.admin-thing", false)]
    [InlineData("webItems", "", false)]
    // A general page opens by its URL wherever its link stands.
    [InlineData("generalPages", "system.admin/globalsettings", false)]
    public void A_web_item_in_an_administrators_menu_is_for_administrators(string module, string location, bool administrators)
    {
        var app = Descriptors.ReadModules(
            $$"""
            {"{{module}}": [{"key": "m", "url": "/p", "location": "{{location}}"}],
             "webSections": [{"key": "nested-section", "location": "own-section"}, {"key": "own-section", "location": "admin_plugins_menu"},
                             {"key": "user-section", "location": "system.top.navigation.bar"}, {"key": "loop", "location": "loop"}, {"location": "system.admin"}, 7]}
            """
        );

        Assert.Equal(administrators ? LinkAudience.Administrators : LinkAudience.Users, app.Link("/ctx/p").Audience);
    }

    private static ConnectLink Read(string conditions) =>
        Assert.Single(Descriptors.ReadModules($$"""{"webItems": [{"key": "i", "url": "/p", "conditions": {{conditions}}}]}""").Links);
}
