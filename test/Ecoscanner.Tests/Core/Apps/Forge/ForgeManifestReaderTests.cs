using Ecoscanner.Apps.Forge;

namespace Ecoscanner.Tests.Core.Apps.Forge;

public sealed class ForgeManifestReaderTests
{
    [Theory]
    [InlineData("[read:jira-work, 'storage:app']", "read:jira-work/ storage:app/")]
    [InlineData("{read:jira-work: {allowImpersonation: true}, 'storage:app': }", "read:jira-work/True storage:app/")]
    [InlineData("{read:jira-work: {}, 'storage:app': {allowImpersonation: false}}", "read:jira-work/ storage:app/False")]
    [InlineData("storage:app", "storage:app/")]
    [InlineData("[]", "")]
    [InlineData("", "")]
    [InlineData("[[a], b]", "b/")]
    public void Scopes_are_a_list_or_a_mapping(string scopes, string read) =>
        Assert.Equal(read, string.Join(' ', Permissions($"  scopes: {scopes}\n").Scopes.Select(scope => $"{scope.Name}/{scope.AllowsImpersonation}")));

    [Fact]
    public void Addresses_are_texts_objects_or_remotes_and_each_has_its_place()
    {
        var permissions = Permissions(
            """
              external:
                fetch:
                  backend:
                    - '*.example.com'
                    - address: https://api.example.com
                      category: analytics
                      inScopeEUD: false
                    - remote: server
                  client: [https://c.example.com]
                images: ['*']
                navigation: [{address: https://n.example.com}]
                configurable: {enabled: true}
              content: {scripts: [unsafe-inline, 'sha256-x'], styles: [unsafe-inline]}
              enforcement: app-managed
              sandbox: [allow-storage-access-by-user-activation]
            """
        );
        Assert.Equal(
            [
                "fetch.backend *.example.com   plain 6:11",
                "fetch.backend https://api.example.com  analytics False 7:20",
                "fetch.backend  server  10:19",
                "fetch.client https://c.example.com   plain 11:16",
                "images *   plain 12:14",
                "navigation https://n.example.com   13:28",
            ],
            permissions.Egress.Select(egress =>
                $"{egress.Use} {egress.Address} {egress.Remote} {egress.Category}{(egress.HoldsUserData is null ? "" : " " + egress.HoldsUserData)}{(egress.IsPlain ? " plain" : "")} {egress.Place}"
            )
        );
        Assert.Equal(["unsafe-inline", "sha256-x"], permissions.ContentScripts.Select(word => word.Value));
        Assert.Equal(
            (true, "app-managed", 1, 1),
            (permissions.IsEgressConfigurable, permissions.Enforcement!.Value, permissions.Sandbox.Count, permissions.ContentStyles.Count)
        );
    }

    [Fact]
    public void A_variable_stays_a_piece_with_its_name()
    {
        var manifest = Manifests.Read(
            Manifests.App
                + """
                modules: {}
                environment:
                  variables:
                    - HOST
                    - key: REGION
                      default: eu
                remotes:
                  - key: server
                    baseUrl: https://${REGION}.${HOST}/x
                  - key: other
                    baseUrl: https://${UNKNOWN}.example.com
                """
        );
        Assert.Equal(["HOST ", "REGION eu"], manifest.Variables.Select(variable => $"{variable.Key} {variable.Default}"));
        var url = manifest.Remotes[0].BaseUrls[0].Text;
        Assert.Equal((false, "https://|REGION|.|HOST|/x"), (url.IsFixed, string.Join('|', url.Pieces.Select(piece => piece.Text))));
        Assert.Equal(["REGION", "HOST"], url.Variables);
        Assert.True(manifest.Remotes[1].BaseUrls[0].Text.IsFixed);
        Assert.StartsWith("Dangling 12:14 ${UNKNOWN} is not among environment.variables", Assert.Single(manifest.Problems()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("baseUrl: https://a.example.com", "default=https://a.example.com")]
    [InlineData("baseUrl: {default: https://a.example.com, EU: https://eu.example.com}", "default=https://a.example.com EU=https://eu.example.com")]
    [InlineData("configurable: {name: n, description: d, supportedPatterns: ['https://*.example.com']}", "")]
    public void A_remote_has_a_URL_or_one_for_each_region(string spelling, string read)
    {
        var manifest = Manifests.Read(
            Manifests.App + $"modules: {{}}\nremotes: [{{key: server, {spelling}, operations: [fetch], auth: {{appUserToken: {{enabled: true}}}}}}]\n"
        );
        var remote = Assert.Single(manifest.Remotes);
        Assert.Equal(read, string.Join(' ', remote.BaseUrls.Select(url => $"{url.Name}={url.Text}")));
        Assert.Equal(new ForgeTokens(AppUser: true, AppSystem: null), remote.Tokens);
        Assert.Empty(manifest.Problems);
    }

    [Theory]
    [InlineData("title: Panel", "Panel", null)]
    [InlineData("title: {i18n: panel.title}", null, "panel.title")]
    [InlineData("title__i18n: panel.title", null, "panel.title")]
    public void A_title_is_a_text_or_the_key_of_its_translations(string spelling, string? text, string? key)
    {
        var title = Assert.Single(Manifests.Modules($"  jira:globalPage: [{{key: page, {spelling}}}]\n").Modules).Title!;
        Assert.Equal((text, key), (title.Text?.Value, title.TranslationKey?.Value));
    }

    [Theory]
    [InlineData("resource: main, render: native", ForgeInterface.UiKit)]
    [InlineData("resource: main", ForgeInterface.CustomUi)]
    [InlineData("function: main", ForgeInterface.UiKit1)]
    [InlineData("title: none", ForgeInterface.None)]
    public void How_a_module_shows_is_told(string properties, ForgeInterface shown) =>
        Assert.Equal(shown, Assert.Single(Manifests.Modules($"  jira:issuePanel: [{{key: page, {properties}}}]\n").Modules).Interface);

    [Fact]
    public void What_is_of_the_wrong_kind_is_told_and_the_rest_is_read()
    {
        var manifest = Manifests.Read(
            """
            app: [a]
            modules:
              function: {key: run, handler: index.run}
              webtrigger:
                - hook
                - key: [x]
                  function: run
              trigger:
            permissions: yes
            remotes: [{baseUrl: https://a.example.com}]
            resources: [{key: main}]
            providers: {auth: [{key: p, actions: x}]}
            translations: {resources: [{key: en-US}]}
            environment: {variables: [[a]]}
            """
        );
        Assert.Equal(
            [
                "Invalid 1:6 app is no mapping and was not read; write its keys below it",
                "Invalid 3:13 modules.function is no list; write each entry after a dash",
                "Invalid 5:7 an entry of modules.webtrigger is no mapping and was not read; write its keys after the dash",
                "Invalid 6:12 modules.webtrigger.key is no text and was not read; write one value",
                "Invalid 9:14 permissions is no mapping and was not read; write its keys below it",
                "Invalid 10:11 remotes has no key; add key: my-server",
                "Invalid 11:13 resources has no path; add path: static/main/build",
                "Invalid 12:38 providers.auth.actions is no mapping and was not read; write its keys below it",
                "Invalid 13:28 translations.resources has no path; add path: locales/en-US.json",
                "Invalid 14:27 an entry of environment.variables is neither a name nor has a key, and was not read; write a name, or key: and default:",
            ],
            manifest.Problems()
        );
        Assert.Equal("run", Assert.Single(manifest.EntryPoints).Key);
    }

    [Fact]
    public void Keys_that_the_schema_does_not_have_are_listed_and_kept()
    {
        var manifest = Manifests.Read(
            """
            app: {id: 'ari:cloud:ecosystem::app/1', runtime: {name: nodejs22.x, snapshots: true}, licencing: {}}
            permissions: {extrenal: {images: []}}
            functions: []
            modules:
              jira:issuePanel: [{key: panel, colour: red, unlicensedAccess: [anonymous]}]
              jira:nothing: [{key: nothing, anything: 1}]
            """
        );
        Assert.Equal(
            ["app.runtime.snapshots", "app.licencing", "modules.jira:issuePanel.colour", "modules.jira:nothing", "permissions.extrenal", "functions"],
            manifest.UnknownKeys.Select(key => key.Path)
        );
        Assert.Equal("red", manifest.Modules[0].Text("colour"));
        Assert.NotNull(manifest.Root.At("permissions.extrenal.images"));
    }

    [Theory]
    [InlineData("modules: {}\n", "the manifest has no app")]
    [InlineData("app: {id: 'ari:cloud:ecosystem::app/', runtime: {name: x}}\nmodules: {}\n", "is no app's ARI")]
    [InlineData("app: {runtime: {name: x}}\nmodules: {}\n", "app has no id")]
    [InlineData("app: {id: x, runtime: {}}\nmodules: {}\n", "app.runtime has no name")]
    [InlineData(Manifests.App, "neither modules nor connectModules")]
    public void What_is_missing_is_told(string yaml, string problem) =>
        Assert.Contains(Manifests.Read(yaml).Problems, found => found.Message.Contains(problem, StringComparison.Ordinal));

    [Fact]
    public void App_settings_are_read()
    {
        var app = Manifests
            .Read(
                """
                app:
                  id: ari:cloud:ecosystem::app/1
                  runtime: {name: nodejs22.x, memoryMB: 512, architecture: arm64}
                  licensing: {enabled: true}
                  access: {userAccess: false}
                  features: {autoUserConsent: true}
                  storage: {classifications: [ugc, pii], entities: [{name: note, attributes: {text: {type: string}}}]}
                  connect: {key: com.example.app, remote: server}
                  compatibility: {jira: {required: true}}
                """
            )
            .App;
        Assert.Equal((512, "arm64", true, false, true), (app.MemoryMb, app.Architecture!.Value, app.IsLicensed, app.HasUserAccess, app.AutoUserConsent));
        Assert.Equal(["ugc", "pii"], app.StorageClasses.Select(name => name.Value));
        Assert.Equal(
            ("note", "text", "com.example.app", "jira"),
            (app.Entities[0].Name!.Value, app.Entities[0].Attributes[0], app.Connect!.Key!.Value, app.Products[0])
        );
    }

    private static ForgePermissions Permissions(string yaml) =>
        Manifests.Read("app: {id: 'ari:cloud:ecosystem::app/1', runtime: {name: nodejs22.x}}\npermissions:\n" + yaml).Permissions;
}
