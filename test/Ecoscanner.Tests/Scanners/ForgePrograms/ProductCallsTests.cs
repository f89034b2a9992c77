using System.Text;
using Ecoscanner.Apps.Forge;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.Scanners.ForgePrograms;

namespace Ecoscanner.Tests.Scanners.ForgePrograms;

public sealed class ProductCallsTests
{
    private const string Imports = """
        import api, { route, assumeTrustedRoute, asApp, asUser, requestJira } from '@forge/api';
        import * as bridge from '@forge/bridge';
        import graphqlGateway from '@atlassian/forge-graphql';

        """;

    [Theory]
    [InlineData("api.asApp().requestJira(route`/rest/api/3/issue/${x.key}`)", "Jira App GET /rest/api/3/issue/*")]
    [InlineData("asUser().requestConfluence(route`/wiki/api/v2/pages?limit=${x}&a=b`, { method: 'POST' })", "Confluence User POST /wiki/api/v2/pages?limit&a")]
    [InlineData("requestJira(assumeTrustedRoute('/rest/api/3/myself'))", "Jira User GET /rest/api/3/myself")]
    [InlineData("bridge.requestJira('/rest/api/3/myself')", "Jira User page GET /rest/api/3/myself")]
    [InlineData("api.asApp().requestBitbucket(route`/2.0/repositories/${x.a}/${x.b}`)", "Bitbucket App GET /2.0/repositories/*/*")]
    [InlineData("asUser(x.id).requestJira(route`/rest/api/3/myself`)", "Jira Impersonated GET /rest/api/3/myself")]
    [InlineData("const me = asUser(x.id); me.requestJira(route`/a`); api.asUser().requestJira(route`/b`)", "Jira User, Impersonated GET /a | Jira User GET /b")]
    [InlineData("(x.a ? api.asUser() : api.asApp()).requestJira(route`/a`)", "Jira App, User GET /a")]
    [InlineData("const { requestJira: ask } = asApp(); ask(route`/a`, { method: 'put' })", "Jira App PUT /a")]
    [InlineData("api.asApp().withContext(x).requestJira(route`/a`)", "Jira App GET /a")]
    [InlineData("api.asUser().requestGraph(`query { me }`)", "Graph User POST")]
    [InlineData("graphqlGateway.compass.asApp().getComponent({ componentId: x })", "Compass App POST /getComponent")]
    [InlineData("const gw = graphqlGateway.default ?? graphqlGateway; gw.compass.asUser().unlinkComponent(x)", "Compass User POST /unlinkComponent")]
    [InlineData("asApp().requestJira(route`${x.path}`)", "Jira App GET")]
    [InlineData("asApp().requestJira(assumeTrustedRoute(x.path), x.options)", "Jira App ?")]
    [InlineData("asApp().requestJira(route`/rest/api/3/${x.what}`)", "Jira App GET /rest/api/3/…")]
    [InlineData("asApp().requestJira(route`/rest/api/3/search${x.query}`)", "Jira App GET /rest/api/3/search*/…")]
    [InlineData("asApp().requestJira(route`/rest/api/3/search?${new URLSearchParams({ jql: x })}`)", "Jira App GET /rest/api/3/search?*")]
    [InlineData("const at = route`/rest/api/3/issue/${x}`; asApp().requestJira(route`${at}/comment`)", "Jira App GET /rest/api/3/issue/*/comment")]
    [InlineData("const at = '/rest/api/3/' + 'field'; bridge.requestJira(at + '?a=' + x.b)", "Jira User page GET /rest/api/3/field?a")]
    [InlineData("asApp().requestJira(route`/a`, { ...x.options })", "Jira App ? /a")]
    [InlineData("asApp().requestJira(route`/a`, { ...x.options, method: 'DELETE' })", "Jira App DELETE /a")]
    [InlineData("asApp().requestJira(route`/a`, { ...(x.body && { method: 'POST' }) })", "Jira App GET,POST /a")]
    [InlineData("asApp().requestJira(route`/a`, { headers: {} })", "Jira App GET /a")]
    [InlineData("const o = {}; if (x.b) { o.method = 'POST'; } asApp().requestJira(route`/a`, o)", "Jira App GET,POST /a")]
    [InlineData("asApp().requestJira(route`/a`, { method: x.b ? 'POST' : 'PUT' })", "Jira App POST,PUT /a")]
    [InlineData("asApp().requestJira(route`/a`, { [x.b]: 'PUT' })", "Jira App ? /a")]
    [InlineData("asApp().requestJira(...x.all)", "Jira App ?")]
    [InlineData("x.list.map(asApp().requestJira)", "Jira App ?")]
    [InlineData("asApp().requestRemote('a'); api.fetch('https://example.com'); bridge.invoke('a')", "")]
    public void A_call_has_its_product_accounts_methods_and_routes(string code, string expected) =>
        Assert.Equal(expected, Shown($"{Imports}export async function run(x) {{ {code}; }}"));

    [Fact]
    public void A_wrapper_has_what_all_its_callers_give() =>
        Assert.Equal(
            "Jira App GET,POST /a /b/*",
            Shown(
                Imports
                    + """
                    const send = async (path, method) => {
                      const response = await api.asApp().requestJira(path, { method });
                      return response.json();
                    };
                    export const run = async (x) => [await send(route`/a`), await send(route`/b/${x.id}`, 'POST')];
                    """
            )
        );

    [Fact]
    public void A_route_of_another_file_is_known() =>
        Assert.Equal(
            "Jira App GET /rest/api/3/issue/*/properties/mark",
            Shown(
                Imports + "import { API, property } from './routes';\nexport const run = (x) => asApp().requestJira(route`${property(x.id)}/${API.mark}`);",
                "import { route } from '@forge/api';\nexport const API = { mark: 'mark' };\nexport const property = (id) => route`/rest/api/3/issue/${id}/properties`;"
            )
        );

    [Fact]
    public void A_class_with_a_client_is_seen_through() =>
        Assert.Equal(
            "Confluence User GET,PUT /wiki/api/v2/pages/*",
            Shown(
                Imports
                    + """
                    class Client {
                      constructor(account) { this.account = account; }
                      async send(path, options = {}) { return this.account.requestConfluence(path, { headers: {}, ...options }); }
                      read(id) { return this.send(route`/wiki/api/v2/pages/${id}`); }
                      write(id, body) { return this.send(route`/wiki/api/v2/pages/${id}`, { method: 'PUT', body }); }
                    }
                    export const run = async (x) => { const c = new Client(asUser()); await c.read(x.id); await c.write(x.id, x.body); };
                    """
            )
        );

    [Fact]
    public void CommonJs_and_what_compilers_make_is_read() =>
        Assert.Equal(
            "Jira App GET /rest/api/3/issue/*",
            Shown(
                """
                "use strict";
                var __importDefault = (this && this.__importDefault) || function (mod) { return (mod && mod.__esModule) ? mod : { "default": mod }; };
                Object.defineProperty(exports, "__esModule", { value: true });
                const api_1 = __importDefault(require("@forge/api"));
                const api_2 = require("@forge/api");
                exports.run = async (x) => api_1.default.asApp().requestJira((0, api_2.route) `/rest/api/3/issue/${x.key}`);
                """
            )
        );

    private static string Shown(string index, string routes = "") =>
        string.Join(
            " | ",
            ProductCalls
                .Of(
                    ForgeProgram.Of(
                        ForgeManifestReader.Read(Encoding.UTF8.GetBytes("app: {id: 'ari:cloud:ecosystem::app/1'}")),
                        new MemoryFiles([KeyValuePair.Create("src/index.js", index), KeyValuePair.Create("src/routes.js", routes)]),
                        TestContext.Current.CancellationToken
                    )
                )
                .Select(Shown)
        );

    private static string Shown(ProductCall call) =>
        $"{call.Product} {call.Accounts}{(call.IsOfPage ? " page" : "")} {(call.Methods.IsEmpty ? "?" : string.Join(',', call.Methods))} {string.Join(' ', call.Routes.Select(route => route.ToString()).Order(StringComparer.Ordinal))}".TrimEnd();
}
