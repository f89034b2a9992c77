using System.Text;
using Ecoscanner.Apps;

namespace Ecoscanner.Tests.Core.Apps;

public sealed class ConnectDescriptorReaderTests
{
    private const string JiraDescriptor = """
        {
          "key": "com.example.planner",
          "name": "Planner for Jira",
          "description": "Plans",
          "baseUrl": "https://planner.example.com/jira",
          "vendor": {"name": "Example", "url": "https://www.example.com"},
          "links": {"self": "https://planner.example.com/jira/atlassian-connect.json"},
          "authentication": {"type": "jwt"},
          "lifecycle": {"installed": "/installed", "uninstalled": "/uninstalled", "enabled": "/enabled", "dare-migration": "/dare"},
          "scopes": ["READ", "WRITE"],
          "apiVersion": 1,
          "apiMigrations": {"signed-install": true, "context-qsh": true, "gdpr": false},
          "regionBaseUrls": {"EU": "https://eu.planner.example.com/jira", "US": "https://us.planner.example.com/jira"},
          "cloudAppMigration": {"migrationWebhookPath": "/migration"},
          "modules": {
            "generalPages": [{"key": "board", "name": {"value": "Board"}, "url": "/board?project={project.key}&issue={issue.id}", "icon": {"width": 16, "height": 16, "url": "/icon.svg"}}],
            "adminPages": [{"key": "settings", "name": {"value": "Settings"}, "url": "/settings"}],
            "configurePage": {"key": "configure", "name": {"value": "Configure"}, "url": "/configure"},
            "webhooks": [{"event": "jira:issue_updated", "url": "/hooks/issue"}],
            "jiraIssueGlances": [{"key": "glance", "content": {"type": "label"}, "target": {"type": "web_panel", "url": "/glance"}}],
            "webPanels": [{"key": "help", "location": "atl.jira.view.issue.right.context", "url": "/help.html", "cacheable": true}],
            "jiraEntityProperties": [{"key": "index", "entityType": "issue", "keyConfigurations": []}]
          }
        }
        """;

    private const string ConfluenceDescriptor = """
        {
          "key": "com.example.charts",
          "baseUrl": "https://charts.example.com",
          "authentication": {"type": "jwt"},
          "lifecycle": {"installed": "/lifecycle/installed"},
          "modules": {
            "dynamicContentMacros": [{
              "key": "chart", "name": {"value": "Chart"}, "url": "/macro?page={page.id}&v={page.version}", "icon": {"url": "/img/chart.png"},
              "documentation": {"url": "https://docs.example.net/chart"},
              "editor": {"url": "/editor", "cacheable": true}, "propertyPanel": {"url": "/panel"},
              "renderModes": {"pdf": {"url": "/macro/pdf"}, "default": {"url": "/macro/plain"}},
              "parameters": [{"identifier": "url", "type": "string"}]
            }],
            "spaceToolsTabs": [{"key": "tab", "location": "contenttools", "url": "/space?key={space.key}"}],
            "blueprints": [{"key": "plan", "template": {"url": "/blueprint.xml", "blueprintContext": {"url": "/blueprint/context"}}}]
          }
        }
        """;

    [Fact]
    public void A_Jira_app_is_read_whole()
    {
        var app = Descriptors.Read(JiraDescriptor);

        Assert.Equal(("com.example.planner", "Planner for Jira", "jwt"), (app.Key, app.Name, app.AuthenticationType));
        Assert.Equal("https://planner.example.com/jira", app.BaseUrl.AbsoluteUri);
        Assert.Equal(["READ", "WRITE"], app.Scopes);
        Assert.Equal((true, true, false), (app.Migrations["signed-install"], app.Migrations["context-qsh"], app.Migrations["gdpr"]));
        Assert.Equal("https://eu.planner.example.com/jira", app.RegionBaseUrls["EU"].AbsoluteUri);
        Assert.Empty(app.Problems);
        Assert.Equal(
            [
                "POST Install Product https://planner.example.com/jira/installed lifecycle/installed",
                "POST Install Product https://planner.example.com/jira/uninstalled lifecycle/uninstalled",
                "POST Lifecycle Product https://planner.example.com/jira/enabled lifecycle/enabled",
                "POST Lifecycle Product https://planner.example.com/jira/dare lifecycle/dare-migration",
                "POST Webhook Product https://planner.example.com/jira/migration cloudAppMigration",
                "GET Frame Users https://planner.example.com/jira/board?project=ECO&issue=10000 generalPages/board",
                "GET Static Anyone https://planner.example.com/jira/icon.svg generalPages/board",
                "GET Frame Administrators https://planner.example.com/jira/settings adminPages/settings",
                "GET Frame Administrators https://planner.example.com/jira/configure configurePage/configure",
                "POST Webhook Product https://planner.example.com/jira/hooks/issue webhooks/jira:issue_updated",
                "GET Frame Users https://planner.example.com/jira/glance jiraIssueGlances/glance",
                "GET Frame Anyone https://planner.example.com/jira/help.html webPanels/help",
            ],
            app.Links.Select(Line)
        );
        var board = app.Link("/jira/board");
        Assert.Equal("/board?project={project.key}&issue={issue.id}", board.Template);
        Assert.Equal("/modules/generalPages/0/url", board.Pointer);
        Assert.Equal("module adminPages", app.Link("/jira/settings").AudienceReason);
        Assert.True(app.Link("/jira/help.html").Cacheable);
        Assert.All(app.Links, link => Assert.True(link.Known, link.Pointer));
    }

    [Fact]
    public void A_Confluence_app_is_read_whole()
    {
        var app = Descriptors.Read(ConfluenceDescriptor);

        Assert.Equal("com.example.charts", app.Name);
        Assert.Equal("/name", Assert.Single(app.Problems).Pointer);
        Assert.Equal(
            [
                "POST Install Product https://charts.example.com/lifecycle/installed lifecycle/installed",
                "GET Frame Users https://charts.example.com/macro?page=10000&v=1 dynamicContentMacros/chart",
                "GET Static Anyone https://charts.example.com/img/chart.png dynamicContentMacros/chart",
                "GET Static Anyone https://docs.example.net/chart dynamicContentMacros/chart",
                "GET Frame Anyone https://charts.example.com/editor dynamicContentMacros/chart",
                "GET Frame Users https://charts.example.com/panel dynamicContentMacros/chart",
                "GET Frame Product https://charts.example.com/macro/pdf dynamicContentMacros/chart",
                "GET Frame Product https://charts.example.com/macro/plain dynamicContentMacros/chart",
                "GET Frame Users https://charts.example.com/space?key=ECO spaceToolsTabs/tab",
                "GET Static Anyone https://charts.example.com/blueprint.xml blueprints/plan",
                "POST Webhook Product https://charts.example.com/blueprint/context blueprints/plan",
            ],
            app.Links.Select(Line)
        );
    }

    [Fact]
    public void One_admin_web_item_does_not_make_its_siblings_admin_pages()
    {
        // W4 and N11: CSRT takes the whole list.
        var app = Descriptors.ReadModules(
            """{"webItems": [{"key": "a", "url": "/admin-only", "conditions": [{"condition": "user_is_admin"}]}, {"key": "u", "url": "/user-page"}]}"""
        );

        Assert.Equal(LinkAudience.Administrators, app.Link("/ctx/admin-only").Audience);
        Assert.Equal(LinkAudience.Users, app.Link("/ctx/user-page").Audience);
    }

    [Fact]
    public void Variables_are_filled_one_by_one()
    {
        // W7: CSRT's greedy braces make "?i=test&z=2" of it.
        var link = Descriptors.ReadPage("/user-page?i={issue.id}&fixed=1&p={project.key}&z=2");

        Assert.Equal("https://app.example.com/ctx/user-page?i=10000&fixed=1&p=ECO&z=2", link.Url.AbsoluteUri);
    }

    [Fact]
    public void Every_URL_field_counts_and_not_only_those_named_url()
    {
        // W8: CSRT misses templateUrl, homeUrl, migrationWebhookPath and children of lists.
        var app = Descriptors.ReadModules(
            """
            {
              "jiraRemoteLinkInfoProvider": {"key": "r", "homeUrl": "/home", "actions": [{"templateUrl": "/first"}, {"templateUrl": "/second"}]},
              "jiraDevelopmentTool": {"key": "d", "actions": {"associateRepository": {"templateUrl": "/repository"}}},
              "cloudAppMigration": {"migrationWebhookPath": "/migration"}
            }
            """
        );

        Assert.Equal(["/ctx/home", "/ctx/first", "/ctx/second", "/ctx/repository", "/ctx/migration"], app.Links.Select(link => link.Url.AbsolutePath));
        Assert.Equal("/modules/jiraRemoteLinkInfoProvider/actions/1/templateUrl", app.Link("/ctx/second").Pointer);
    }

    [Theory]
    [InlineData("https://dev.example/panel", "dev.example")]
    [InlineData("//other.example/panel", "other.example")]
    [InlineData("https://app.example.com.evil.example/", "app.example.com.evil.example")]
    public void A_URL_of_another_host_keeps_its_host(string url, string host)
    {
        // W9: the scope refuses it then; joined to the base URL it would be probed at the wrong place.
        Assert.Equal(host, Descriptors.ReadPage(url).Url.Host);
    }

    [Fact]
    public void A_page_is_no_install_callback_because_of_a_word_in_its_URL()
    {
        // W10.
        var app = Descriptors.Read(
            """
            {"key": "app", "name": "App", "baseUrl": "https://installer.example.com", "lifecycle": {"installed": "/hello", "enabled": "/install-enabled"},
             "modules": {"generalPages": [{"key": "g", "url": "/installation-guide"}]}}
            """
        );

        Assert.Equal(LinkKind.Install, app.Link("/hello").Kind);
        Assert.Equal(LinkKind.Lifecycle, app.Link("/install-enabled").Kind);
        Assert.Equal(LinkKind.Frame, app.Link("/installation-guide").Kind);
    }

    [Theory]
    [InlineData("https://app.example.com/atlassian-connect.json", false)]
    [InlineData("http://app.example.com/atlassian-connect.json", false)]
    [InlineData("http://app.example.com:8080/atlassian-connect.json", false)]
    [InlineData("https://app.example.com:8443/atlassian-connect.json", true)]
    public void A_descriptor_on_a_port_that_the_Marketplace_refuses_is_noted(string url, bool noted)
    {
        // W19.
        var app = ConnectDescriptorReader.Read("""{"key": "a", "name": "A", "baseUrl": "https://app.example.com:9443"}"""u8.ToArray(), url, new Uri(url));

        Assert.Equal(noted, app.Problems.Any(problem => problem.Reason.Contains("port 8443", StringComparison.Ordinal)));
        Assert.Equal(9443, app.BaseUrl.Port);
        Assert.Equal(new Uri(url), app.DescriptorUrl);
    }

    [Fact]
    public void A_page_of_users_and_administrators_is_a_page_of_users()
    {
        var app = Descriptors.ReadModules("""{"adminPages": [{"key": "a", "url": "/both"}], "generalPages": [{"key": "g", "url": "/both"}]}""");

        var link = Assert.Single(app.Links);
        Assert.Equal((LinkAudience.Users, "", "adminPages/a"), (link.Audience, link.AudienceReason, link.Component));
    }

    [Fact]
    public void A_URL_that_one_module_loads_without_token_is_public()
    {
        var app = Descriptors.ReadModules("""{"generalPages": [{"key": "g", "url": "/p"}], "dialogs": [{"key": "d", "url": "/p", "cacheable": true}]}""");

        var link = Assert.Single(app.Links);
        Assert.Equal((LinkAudience.Anyone, true), (link.Audience, link.Cacheable));
    }

    [Fact]
    public void A_page_does_not_become_static_because_it_is_also_called_documentation()
    {
        var app = Descriptors.ReadModules("""{"jiraBuildInfoProvider": {"documentationUrl": "/p"}, "adminPages": [{"key": "a", "url": "/p"}]}""");

        var link = Assert.Single(app.Links);
        Assert.Equal((LinkKind.Frame, LinkAudience.Administrators, "module adminPages"), (link.Kind, link.Audience, link.AudienceReason));
    }

    [Theory]
    [InlineData("""{"enabled": "/l", "installed": "/l"}""", false)]
    [InlineData("""{"installed": "/l", "uninstalled": "/l"}""", true)]
    [InlineData("""{"uninstalled": "/l", "disabled": "/l", "installed": "/l"}""", true)]
    public void A_callback_of_several_events_is_guarded_as_an_install(string lifecycle, bool uninstallToo)
    {
        var app = Descriptors.Read(
            $$"""{"key": "a", "name": "A", "baseUrl": "https://a.example", "lifecycle": {{lifecycle}}, "modules": {"webhooks": {"event": "e", "url": "/l"} } }"""
        );

        var link = Assert.Single(app.Links);
        Assert.Equal((LinkKind.Install, "installed", uninstallToo), (link.Kind, link.ModuleKey, link.IsUninstallToo));
    }

    [Fact]
    public void A_page_and_a_callback_at_one_path_stay_two()
    {
        var app = Descriptors.ReadModules("""{"generalPages": [{"key": "g", "url": "/p"}], "webhooks": [{"event": "e", "url": "/p"}]}""");

        Assert.Equal(["GET", "POST"], app.Links.Select(link => link.Method));
    }

    [Theory]
    [InlineData("webhooks")]
    [InlineData("jiraProjectPages")]
    [InlineData("jiraIssueTabPanels")]
    public void Cacheable_excuses_nothing_where_the_products_ignore_it(string module)
    {
        var app = Descriptors.ReadModules($$"""{"{{module}}": [{"key": "m", "url": "/p", "cacheable": true}]}""");

        Assert.False(Assert.Single(app.Links).Cacheable);
    }

    [Fact]
    public void Cacheable_holds_for_its_own_URL_and_not_for_those_below()
    {
        var app = Descriptors.ReadModules("""{"dynamicContentMacros": [{"key": "m", "url": "/macro", "cacheable": true, "editor": {"url": "/editor"}}]}""");

        Assert.True(app.Link("/ctx/macro").Cacheable);
        Assert.False(app.Link("/ctx/editor").Cacheable);
    }

    [Fact]
    public void URLs_of_a_module_that_nobody_knows_are_found_by_name_and_believed_less()
    {
        var app = Descriptors.ReadModules(
            """
            {"jiraQuantumPanels": [{"key": "q", "deep": [{"deeper": {"url": "/a", "someUrl": "/b", "templateUrl": "/c", "hookPath": "/d", "jsonPath": "label.color", "text": "/e"}}], "icon": {"url": "/i.png"}}],
             "generalPages": [{"key": "g", "url": "/known", "newUrl": "/new"}]}
            """
        );

        Assert.Equal(["/ctx/a", "/ctx/b", "/ctx/c", "/ctx/d", "/ctx/i.png", "/ctx/known", "/ctx/new"], app.Links.Select(link => link.Url.AbsolutePath));
        Assert.Equal(["/ctx/known"], app.Links.Where(link => link.Known).Select(link => link.Url.AbsolutePath));
        Assert.Equal(LinkKind.Static, app.Link("/ctx/i.png").Kind);
    }

    [Fact]
    public void URLs_that_belong_to_the_product_are_not_the_apps()
    {
        var app = Descriptors.ReadModules(
            """
            {"webItems": [{"key": "p", "url": "/browse/ECO-1", "context": "product"}, {"key": "m", "url": "my-page", "context": "page"},
                          {"key": "a", "url": "/mine", "context": "addon"}, {"key": "f", "url": "https://app.example.com/full", "context": "product"}],
             "jiraIssueFields": [{"key": "f", "template": {"type": "link", "url": "/browse/{issue.key}"}}],
             "webPanels": [{"key": "w", "url": "/panel", "context": "product"}]}
            """
        );

        Assert.Equal(["/ctx/mine", "/full", "/ctx/panel"], app.Links.Select(link => link.Url.AbsolutePath));
    }

    [Theory]
    [InlineData("""{"installed": 7}""", "/lifecycle/installed")]
    [InlineData("""{"installed": ""}""", "/lifecycle/installed")]
    [InlineData("""{"installed": "javascript:alert(1)"}""", "/lifecycle/installed")]
    [InlineData("""["/installed"]""", "/lifecycle")]
    public void A_callback_that_cannot_be_read_is_a_gap_and_not_an_error(string lifecycle, string pointer)
    {
        var app = Descriptors.Read($$"""{"key": "a", "name": "A", "baseUrl": "https://a.example", "lifecycle": {{lifecycle}}}""");

        Assert.Empty(app.Links);
        Assert.Equal(pointer, Assert.Single(app.Problems).Pointer);
    }

    [Theory]
    [InlineData("modules", "[]", "/modules")]
    [InlineData("modules", """{"generalPages": "/page"}""", "/modules/generalPages")]
    [InlineData("modules", """{"generalPages": [7]}""", "/modules/generalPages/0")]
    [InlineData("authentication", "\"jwt\"", "/authentication")]
    [InlineData("authentication", "{}", "/authentication")]
    [InlineData("regionBaseUrls", "[]", "/regionBaseUrls")]
    [InlineData("regionBaseUrls", """{"EU/DE": "/relative"}""", "/regionBaseUrls/EU~1DE")]
    [InlineData("scopes", "\"READ\"", "/scopes")]
    public void A_part_of_the_wrong_shape_is_a_gap_that_names_its_place(string property, string value, string pointer)
    {
        var app = Descriptors.Read($$"""{"key": "a", "name": "A", "baseUrl": "https://a.example", "{{property}}": {{value}}}""");

        Assert.Equal(pointer, Assert.Single(app.Problems).Pointer);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData(""", "authentication": {"type": "none"}""", "none")]
    [InlineData(""", "authentication": {"type": "JWT"}""", "JWT")]
    public void The_authentication_type_is_kept_as_written(string property, string? type)
    {
        var app = Descriptors.Read($$"""{"key": "a", "name": "A", "baseUrl": "https://a.example"{{property}}}""");

        Assert.Equal(type, app.AuthenticationType);
    }

    [Fact]
    public void A_byte_order_mark_does_no_harm()
    {
        byte[] json = [0xEF, 0xBB, 0xBF, .. "{\"key\": \"a\", \"baseUrl\": \"https://a.example\"}"u8];

        Assert.Equal("a", ConnectDescriptorReader.Read(json, "file").Key);
    }

    [Fact]
    public void Ten_thousand_modules_are_read_in_a_small_multiple_of_their_parse()
    {
        var json = new StringBuilder("""{"key": "a", "name": "A", "baseUrl": "https://a.example", "modules": {"webItems": [""");
        for (var i = 0; i < 10_000; i++)
        {
            json.Append(i == 0 ? "" : ",")
                .Append(
                    $$"""
                    {"key": "i{{i}}", "location": "system.top", "url": "/item/{{i}}?p={project.key}", "icon": {"url": "/i{{i}}.png"},
                     "conditions": [{"or": [{"condition": "user_is_admin"}, {"condition": "x"}]}] }
                    """
                );
        }

        var bytes = Encoding.UTF8.GetBytes(json.Append("]}}").ToString());
        // A ratio, because a busy machine makes any time wrong. With both cores contended the read took about 15 times the parse (some
        // 100 ms of processor time in a debug build). This guards against reading that compares each link with each, which would take
        // thousands of times; it does not prove a time.
        var read = Best(() => Assert.Equal(20_000, ConnectDescriptorReader.Read(bytes, "file").Links.Count));
        var parse = Best(() => System.Text.Json.JsonDocument.Parse(bytes).Dispose());

        Assert.True(read < 60 * parse, $"{read.TotalMilliseconds:0} ms, and the mere parse {parse.TotalMilliseconds:0.0} ms");
    }

    private static TimeSpan Best(Action work) =>
        Enumerable
            .Range(0, 4)
            .Min(_ =>
            {
                var started = TimeProvider.System.GetTimestamp();
                work();
                return TimeProvider.System.GetElapsedTime(started);
            });

    [Fact]
    public void URLs_beyond_the_limit_are_a_gap_that_is_told_once_per_URL_and_then_no_more()
    {
        var items = string.Join(',', Enumerable.Range(0, 25_000).Select(i => $$"""{"url":"/{{i}}"}"""));
        var app = Descriptors.ReadModules($$"""{"webItems": [{{items}}]}""");

        Assert.Equal(20_000, app.Links.Count);
        Assert.Equal(1_000, app.Problems.Count);
        Assert.Contains("20000", app.Problems[0].Reason, StringComparison.Ordinal);
    }

    private static string Line(ConnectLink link) => $"{link.Method} {link.Kind} {link.Audience} {link.Url.AbsoluteUri} {link.Component}";
}
