using Ecoscanner.Apps.Forge;

namespace Ecoscanner.Tests.Core.Apps.Forge;

public sealed class ForgeEntryPointTests
{
    [Theory]
    [InlineData("jira:issuePanel: [{key: m, resolver: {function: run}}]", "resolver.function Resolver licensed Always High")]
    [InlineData("jira:issuePanel: [{key: m, function: run}]", "function View licensed Always High")]
    [InlineData("xen:macro: [{key: m, config: {function: run}}]", "config.function Handler licensed Always High")]
    [InlineData("macro: [{key: m, resource: r, adfExport: {function: run}}]", "adfExport.function Handler licensed,platform Sometimes High")]
    [InlineData(
        "macro: [{key: m, resolver: {function: run}, unlicensedAccess: [unlicensed, anonymous]}]",
        "resolver.function Resolver anonymous,unlicensed,licensed Sometimes High"
    )]
    [InlineData(
        "jiraServiceManagement:portalFooter: [{key: m, resolver: {function: run}, unlicensedAccess: [customer]}]",
        "resolver.function Resolver portal-customer,licensed Always High"
    )]
    [InlineData("jiraServiceManagement:portalFooter: [{key: m, resolver: {function: run}}]", "resolver.function Resolver licensed Always High")]
    [InlineData(
        "confluence:globalSettings: [{key: m, resolver: {function: run}, unlicensedAccess: [anonymous]}]",
        "resolver.function Resolver site-admin Always High"
    )]
    [InlineData("jira:adminPage: [{key: m, resolver: {function: run}}]", "resolver.function Resolver site-admin Always High")]
    [InlineData("jira:projectSettingsPage: [{key: m, resolver: {function: run}}]", "resolver.function Resolver container-admin Always High")]
    [InlineData("jira:customField: [{key: m, value: {function: run}}]", "value.function Handler licensed,platform Sometimes High")]
    [InlineData("jira:customField: [{key: m, edit: {function: run}}]", "edit.function View licensed Always High")]
    [InlineData("jira:dashboardGadget: [{key: m, edit: {function: run}}]", "edit.function View licensed Always High")]
    [InlineData("jira:workflowValidator: [{key: m, function: run}]", "function Handler licensed,platform Sometimes High")]
    [InlineData("jira:workflowPostFunction: [{key: m, function: run, edit: {resource: r}}]", "function Handler licensed,platform Sometimes High")]
    [InlineData(
        "confluence:contentBylineItem: [{key: m, resource: r, dynamicProperties: {function: run}}]",
        "dynamicProperties.function Handler licensed Always High"
    )]
    [InlineData(
        "jiraServiceManagement:assetsImportType: [{key: m, startImport: {function: run}}]",
        "startImport.function Handler container-admin,platform Sometimes High"
    )]
    [InlineData("action: [{key: m, function: run, inputs: {function: {title: x}}}]", "function Handler licensed,platform Sometimes High")]
    [InlineData("automation:condition: [{key: m, function: run}]", "function Handler platform Sometimes High")]
    [InlineData("apiRoute: [{key: m, path: /x, operation: GET, function: run, scopes: ['read:x:custom']}]", "function Handler licensed Always High")]
    [InlineData("scheduledTrigger: [{key: m, function: run, interval: hour}]", "function Handler platform Never High")]
    [InlineData("trigger: [{key: m, function: run, events: [{type: 'avi:jira:created:issue'}]}]", "function Handler platform Never High")]
    [InlineData("consumer: [{key: m, queue: q, function: run}]", "function Handler platform Never High")]
    [InlineData("consumer: [{key: m, queue: q, resolver: {function: run, method: work}}]", "resolver.function Resolver platform Never High work")]
    [InlineData(
        "workflow: [{key: m, startAt: a, states: [{key: a, resolver: {function: run, method: work}}]}]",
        "states.resolver.function Resolver platform Never High work"
    )]
    [InlineData("preUninstall: [{key: m, function: run}]", "function Handler platform Never High")]
    [InlineData("migration: [{key: m, listenerTriggered: {function: run}}]", "listenerTriggered.function Handler platform Never High")]
    [InlineData("webtrigger: [{key: m, function: run}]", "function Handler external-http Never High")]
    [InlineData("webtrigger: [{key: m, function: run, request: {authentication: none}}]", "function Handler external-http Never High")]
    [InlineData(
        "webtrigger: [{key: m, function: run, request: {authentication: hmacSharedSecret}}]",
        "function Handler external-http Never High hmacSharedSecret"
    )]
    [InlineData("macro: [{key: m, resource: r, export: {function: run}}]", "export.function Handler licensed Sometimes Low")]
    [InlineData("jira:nothing: [{key: m, deep: [{resolver: {function: run}}]}]", "deep.resolver.function Resolver licensed Sometimes Low")]
    [InlineData("jira:workflowCondition: [{key: m, function: run}]", "function Handler licensed,platform Sometimes Low")]
    [InlineData("jira:entityProperty: [{key: m, new: {function: run}}]", "new.function Handler licensed Sometimes Low")]
    public void Who_calls_a_function_is_told(string module, string expected)
    {
        var manifest = Manifests.Modules($"  {module}\n  function: [{{key: run, handler: a/index.run}}]\nresources: [{{key: r, path: static}}]\n");
        var entry = Assert.Single(manifest.EntryPoints);
        var use = Assert.Single(entry.Uses);
        Assert.Equal(
            expected,
            $"{use.Path} {use.Role} {string.Join(',', entry.Callers.Words())} {entry.User} {entry.Confidence} {use.Method}{use.Authentication}".TrimEnd()
        );
        Assert.Equal(("m", "a/index", true), (use.ModuleKey, entry.Function!.Handler!.File, entry.IsDefined));
        Assert.DoesNotContain(manifest.Problems, problem => problem.Kind is ManifestProblemKind.Dangling or ManifestProblemKind.Unused);
    }

    [Fact]
    public void Modules_that_share_a_function_join_their_callers()
    {
        var manifest = Manifests.Modules(
            """
              jira:adminPage: [{key: admin, resource: r, resolver: {function: run}}]
              jira:issuePanel: [{key: panel, resource: r, resolver: {function: run}, displayConditions: {isAdmin: true}}]
              webtrigger: [{key: hook, function: run}]
              function: [{key: run, handler: index.run}]
            resources: [{key: r, path: static}]
            """
        );
        var entry = Assert.Single(manifest.EntryPoints);
        Assert.Equal(ForgeCallers.SiteAdministrator | ForgeCallers.LicensedUser | ForgeCallers.ExternalHttp, entry.Callers);
        Assert.Equal(ForgeUserContext.Sometimes, entry.User);
        Assert.Equal(
            ["jira:adminPage admin False", "jira:issuePanel panel True", "webtrigger hook False"],
            entry.Uses.Select(use => $"{use.Module} {use.HasConditions}")
        );
        Assert.Equal("licensed users, administrators of the site and anybody by HTTP", entry.Callers.Sentence());
    }

    [Fact]
    public void An_endpoint_leads_to_its_remote_or_service()
    {
        var manifest = Manifests.Modules(
            """
              jira:issuePanel: [{key: panel, resource: r, resolver: {endpoint: api}}]
              trigger: [{key: event, endpoint: queue, events: []}]
              endpoint:
                - {key: api, remote: server, route: {path: /api}, auth: {appUserToken: {enabled: true}, appSystemToken: {enabled: false}}}
                - {key: queue, service: worker}
            resources: [{key: r, path: static}]
            remotes: [{key: server, baseUrl: https://a.example.com}]
            """
        );
        Assert.Equal(
            ["Endpoint api server /api licensed", "Endpoint queue   platform"],
            manifest.EntryPoints.Select(entry =>
                $"{entry.Kind} {entry.Key} {entry.Remote?.Key} {entry.Endpoint!.Route} {string.Join(',', entry.Callers.Words())}"
            )
        );
        Assert.Equal(new ForgeTokens(AppUser: true, AppSystem: false), manifest.EntryPoints[0].Endpoint!.Tokens);
        Assert.Empty(manifest.Problems);
    }

    [Fact]
    public void A_remote_that_takes_calls_can_be_called_from_pages()
    {
        var manifest = Manifests.Read(
            Manifests.App.Replace("}}", "}, connect: {key: c, remote: gone}}", StringComparison.Ordinal)
                + """
                modules:
                  confluence:globalPage: [{key: page, resource: r, unlicensedAccess: [anonymous]}]
                  migration:dataResidency: [{key: move, remote: server, path: /move}]
                connectModules:
                  jira:lifecycle: [{key: life, event: installed, remote: server, url: /installed}]
                resources: [{key: r, path: static}]
                remotes: [{key: server, baseUrl: https://a.example.com, operations: [fetch]}]
                permissions: {external: {fetch: {backend: [{remote: missing}]}}}
                """
        );
        var entry = Assert.Single(manifest.EntryPoints);
        Assert.Equal((ForgeReferenceKind.Remote, "server", true), (entry.Kind, entry.Key, entry.IsDefined));
        Assert.Equal(
            ["migration:dataResidency move remote", "jira:lifecycle life remote", "confluence:globalPage page"],
            entry.Uses.Select(use => $"{use.Module} {use.Path}".Trim())
        );
        Assert.Equal(ForgeCallers.Anonymous | ForgeCallers.LicensedUser | ForgeCallers.Platform, entry.Callers);
        Assert.Equal(
            ["gone", "missing"],
            manifest.Problems.Where(problem => problem.Kind is ManifestProblemKind.Dangling).Select(problem => problem.Message.Split('"')[1])
        );
    }

    [Fact]
    public void A_reference_to_nothing_is_an_entry_point_whose_code_nobody_knows()
    {
        var manifest = Manifests.Modules(
            """
              webtrigger: [{key: hook, function: gone}]
              trigger: [{key: event, endpoint: gone-too}]
              jira:issuePanel: [{key: panel, resource: missing/entry}]
              function: [{key: unused, handler: index.run}]
              endpoint: [{key: lost, remote: nowhere}]
            """
        );
        Assert.All(manifest.EntryPoints, entry => Assert.False(entry.IsDefined));
        Assert.Equal(
            [
                "Dangling 3:38 webtrigger hook calls the function \"gone\", which is not defined; define it, or correct the name",
                "Dangling 4:36 trigger event calls the endpoint \"gone-too\", which is not defined; define it, or correct the name",
                "Dangling 5:44 jira:issuePanel panel shows the resource \"missing/entry\", which resources does not have; define it, or correct the name",
                "Unused 6:20 no module calls the function \"unused\"; remove it, or name it in a module",
                "Dangling 7:34 the endpoint \"lost\" names the remote \"nowhere\", which remotes does not have; define it, or correct the name",
            ],
            manifest.Problems()
        );
    }

    [Fact]
    public void Of_two_functions_with_one_key_both_can_be_meant()
    {
        var manifest = Manifests.Modules(
            """
              function:
                - {key: run, handler: a.run}
                - {key: run, handler: b.run}
              webtrigger: [{key: hook, function: run}, {key: hook, function: run}]
            """
        );
        Assert.Equal(["a", "b"], manifest.EntryPoints.Select(entry => entry.Function!.Handler!.File));
        Assert.Equal(
            ["run", "hook"],
            manifest.Problems.Where(problem => problem.Kind is ManifestProblemKind.Duplicate).Select(problem => problem.Message.Split('"')[1])
        );
    }

    [Fact]
    public void An_action_says_who_offers_it()
    {
        var manifest = Manifests.Modules(
            """
              action: [{key: find, function: run}, {key: hidden, function: run}]
              rovo:agent: [{key: agent, actions: [find, summarise]}]
              rovo:mcp: [{key: server, name: s, tools: [find]}]
              automation:actionProvider: [{key: rules, actions: [find]}]
              function: [{key: run, handler: index.run}]
            """
        );
        Assert.Equal(
            [
                ["rovo:agent agent", "rovo:mcp server", "automation:actionProvider rules"],
                [],
            ],
            Assert.Single(manifest.EntryPoints).Uses.Select(use => use.Through)
        );
    }

    [Fact]
    public void A_provider_calls_the_function_that_reads_the_profile()
    {
        var manifest = Manifests.Read(
            Manifests.App
                + """
                modules:
                  function: [{key: profile, handler: auth.profile, providers: {auth: [p, {provider: q}]}}]
                remotes: [{key: google, baseUrl: https://accounts.google.com}]
                providers:
                  auth:
                    - key: p
                      type: oauth2
                      clientId: abc
                      remotes: [google]
                      actions:
                        exchange: {remote: google, path: /token, overrides: {headers: {authorization: secret}, body: {a: b}}}
                        retrieveProfile: {remote: google, path: /me, function: profile}
                """
        );
        Assert.StartsWith("Dangling 3:85 a function uses the provider \"q\"", Assert.Single(manifest.Problems()), StringComparison.Ordinal);
        var action = manifest.Providers[0].Actions[0];
        Assert.Equal(("exchange", "authorization", "secret"), (action.Name, action.Headers[0].Name, action.Headers[0].Text.Value));
        Assert.Equal("providers.auth p", Assert.Single(Assert.Single(manifest.EntryPoints).Uses).Module);
        Assert.Equal(["p", "q"], manifest.Functions[0].Providers.Select(provider => provider.Value));
    }
}
