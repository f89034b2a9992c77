using System.Text.Json.Nodes;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Cli;

public sealed class DevCommandTests : IDisposable
{
    // Something of everything that the formats say.
    private const string Source = """
        import type { User } from "./user";
        declare const enum Level { Low = 1 }
        export abstract class Store<in T extends object = {}> extends Base<T> implements Closeable {
          private static readonly names?: Map<string, T[]>;
          async *[Symbol.iterator]() { yield* this.items!; }
        }
        const view = (props: { readonly [K in keyof T]-?: T[K] }) => (
          <Row key="a&amp;b" {...props}>Hello, {`${props as any} \u{1F600}`}!</Row>
        );
        let [first, , ...rest] = list, pattern = /[a-z]+\/x/giu;
        for await (const x of y) { ++x; }
        const broken = 1 +;
        """;

    // Colours, a right-to-left override, a command to a build server, half a pair, and what would end a label of Graphviz.
    private const string Hostile = "const s = \"\u001b[31mred \u202e back\";\n`::error::pwned \"];`;\n`\\ud800 \ud83d\ude00`; a\u009b";

    private readonly Desk desk = new();

    [Fact]
    public async Task A_tree_is_shown_with_places_roles_and_what_is_wrong()
    {
        desk.Write("store.tsx", Source);
        var outcome = await desk.RunAsync("dev", "ast", "store.tsx");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Golden.Matches(outcome.Output, ".txt");
    }

    [Fact]
    public async Task A_tree_is_drawn_for_Graphviz()
    {
        desk.Write("small.js", "a = `\"\\n`, [, b]");
        var outcome = await desk.RunAsync("dev", "ast", "small.js", "--format", "dot");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Golden.Matches(outcome.Output, ".dot");
    }

    [Fact]
    public async Task As_JSON_a_tree_has_the_same_as_text()
    {
        desk.Write("store.tsx", Source);
        var page = await desk.RunAsync("dev", "ast", "store.tsx", "--format", "json");
        Assert.Equal((0, ""), (page.ExitCode, page.Error));
        var tree = JsonNode.Parse(page.Output)!;
        Assert.Equal(
            ("store.tsx", "typescript", true, true),
            ((string)tree["path"]!, (string)tree["language"]!, (bool)tree["isJsx"]!, (bool)tree["isModule"]!)
        );
        var diagnostic = Assert.Single(tree["diagnostics"]!.AsArray())!;
        Assert.Equal(("token-expected", "error", 12), ((string)diagnostic["code"]!, (string)diagnostic["severity"]!, (int)diagnostic["line"]!));
        var nodes = Below(tree["root"]!).ToList();
        var text = (await desk.RunAsync("dev", "ast", "store.tsx")).Output.Split('\n');
        Assert.Equal(text.Count(line => line.Length > 0 && !line.EndsWith(": hole", StringComparison.Ordinal)) - 1, nodes.Count);
        var field = Assert.Single(nodes, node => (string)node["kind"]! == "PropertyDefinition");
        Assert.Equal(("body", 4, 3), ((string)field["role"]!, (int)field["line"]!, (int)field["column"]!));
        Assert.Equal(["optional", "static", "readonly", "private"], field["flags"]!.AsArray().Select(flag => (string)flag!));
    }

    [Fact]
    public async Task As_ESTree_a_tree_has_the_names_that_other_tools_know()
    {
        desk.Write("store.tsx", Source);
        var outcome = await desk.RunAsync("dev", "ast", "store.tsx", "--format", "estree");
        Assert.Equal("store.tsx:12:19: error token-expected: expected an expression, found \";\"\n", outcome.Error);
        var program = JsonNode.Parse(outcome.Output)!;
        Assert.Equal(("Program", "module", "type"), ((string)program["type"]!, (string)program["sourceType"]!, (string)program["body"]![0]!["importKind"]!));
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("dot")]
    [InlineData("estree")]
    public async Task Nothing_in_a_source_steers_a_terminal(string format)
    {
        desk.Write("hostile.js", Hostile);
        var outcome = await desk.RunAsync("dev", "ast", "hostile.js", "--format", format);
        Assert.Equal(0, outcome.ExitCode);
        Assert.DoesNotContain(outcome.Output + outcome.Error, character => character is (< ' ' and not '\n') or (>= '\u007f' and < '\u00a0') or '\u202e');
        Assert.DoesNotContain(outcome.Output.Split('\n'), line => line.TrimStart().StartsWith("::", StringComparison.Ordinal));
        if (format == "text")
        {
            Golden.Matches(outcome.Output, ".hostile.txt");
        }
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("dot")]
    [InlineData("estree")]
    public async Task A_tree_may_be_deep(string format)
    {
        desk.Write("deep.js", $"a{string.Concat(Enumerable.Repeat("+a", 100_000))}");
        var outcome = await desk.RunAsync("dev", "ast", "deep.js", "--format", format, "--quiet");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Assert.NotEmpty(outcome.Output);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_a_mistake()
    {
        var outcome = await desk.RunAsync("dev", "ast", "missing.js");
        Assert.Equal((2, ""), (outcome.ExitCode, outcome.Output));
        Assert.StartsWith("ecoscanner: missing.js cannot be read: there is no such file", outcome.Error);
    }

    [Fact]
    public async Task Modules_are_shown_with_where_their_exports_are()
    {
        WriteApp();
        var outcome = await desk.RunAsync("dev", "modules", "app");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Golden.Matches(outcome.Output, ".modules.txt");
    }

    [Fact]
    public async Task Of_one_file_the_modules_are_those_that_it_leads_to()
    {
        WriteApp();
        var outcome = await desk.RunAsync("dev", "modules", "app/src/resolvers.js", "--format", "dot");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Assert.Equal(
            """
            digraph modules {
              rankdir=LR;
              node [shape=box];
              "src/resolvers.js";
              "src/resolvers.js" -> "@forge/resolver";
            }

            """,
            outcome.Output
        );
    }

    [Fact]
    public async Task Modules_are_data_too()
    {
        WriteApp();
        var outcome = await desk.RunAsync("dev", "modules", "app", "--format", "json");
        var export = JsonNode.Parse(outcome.Output)!["modules"]![0]!["exports"]![0]!;
        Assert.Equal(("handler", "src/resolvers.js"), ((string)export["name"]!, (string)export["definitions"]![0]!["path"]!));
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("dot")]
    public async Task Scopes_of_a_file_are_shown(string format)
    {
        desk.Write("small.js", "function f(a) { return a + b; }");
        var outcome = await desk.RunAsync("dev", "scopes", "small.js", "--format", format);
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Assert.Contains("f", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Control_flow_is_shown_with_what_decides()
    {
        desk.Write("small.js", "export async function load(url) {\n  try { return url && (await fetch(url)); } catch (error) { throw error; }\n}\n");
        var outcome = await desk.RunAsync("dev", "cfg", "small.js", "--function", "load");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Golden.Matches(outcome.Output, ".cfg.txt");
    }

    [Fact]
    public async Task Control_flow_is_drawn_for_Graphviz()
    {
        desk.Write("small.js", "if (a === \"\\n\") throw b; else c\n");
        var outcome = await desk.RunAsync("dev", "cfg", "small.js", "--format", "dot");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Golden.Matches(outcome.Output, ".cfg.dot");
    }

    [Fact]
    public async Task Control_flow_is_data_too()
    {
        desk.Write("small.js", "const f = () => a?.b;");
        var outcome = await desk.RunAsync("dev", "cfg", "small.js", "--format", "json");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        var graph = JsonNode.Parse(outcome.Output)![1]!;
        Assert.Equal(("ArrowFunctionExpression", "f", 5), ((string)graph["kind"]!, (string)graph["name"]!, graph["blocks"]!.AsArray().Count));
        Assert.Equal(["nullish", "not-nullish"], graph["blocks"]![0]!["edges"]!.AsArray().Select(edge => (string)edge!["kind"]!));
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("dot")]
    public async Task Nothing_in_a_graph_steers_a_terminal(string format)
    {
        desk.Write("hostile.js", Hostile);
        var outcome = await desk.RunAsync("dev", "cfg", "hostile.js", "--format", format);
        Assert.Equal(0, outcome.ExitCode);
        Assert.DoesNotContain(outcome.Output + outcome.Error, character => character is (< ' ' and not '\n') or (>= '\u007f' and < '\u00a0') or '\u202e');
        Assert.DoesNotContain(outcome.Output.Split('\n'), line => line.TrimStart().StartsWith("::", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_function_that_is_not_there_is_a_mistake()
    {
        desk.Write("small.js", "a");
        var outcome = await desk.RunAsync("dev", "cfg", "small.js", "--function", "f");
        Assert.Equal((2, ""), (outcome.ExitCode, outcome.Output));
        Assert.StartsWith("ecoscanner: small.js has no function or field named f", outcome.Error);
    }

    [Theory]
    [InlineData("calls")]
    [InlineData("values")]
    public async Task What_flows_through_an_app_is_shown(string command)
    {
        WriteFlows();
        var outcome = await desk.RunAsync("dev", command, "app");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Golden.Matches(outcome.Output, $".{command}.txt");
    }

    [Fact]
    public async Task Taint_is_shown_with_each_step_and_why_the_rest_is_safe()
    {
        WriteFlows();
        var outcome = await desk.RunAsync("dev", "taint", "app", "--rules", "rules.txt", "--safe");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Golden.Matches(outcome.Output, ".taint.txt");
    }

    [Theory]
    [InlineData("calls", "digraph calls {")]
    [InlineData("values", "digraph values {")]
    [InlineData("taint", "digraph taint {")]
    public async Task What_flows_is_data_and_a_graph_too(string command, string graph)
    {
        WriteFlows();
        string[] rules = command == "taint" ? ["--rules", "rules.txt"] : [];
        var json = await desk.RunAsync(["dev", command, "app", "--format", "json", .. rules]);
        Assert.Equal((0, ""), (json.ExitCode, json.Error));
        Assert.NotEmpty(JsonNode.Parse(json.Output)![command == "taint" ? "findings" : "functions"]!.AsArray());
        var dot = await desk.RunAsync(["dev", command, "app", "--format", "dot", .. rules]);
        Assert.Equal((0, ""), (dot.ExitCode, dot.Error));
        Assert.StartsWith(graph, dot.Output);
    }

    [Theory]
    [InlineData("calls")]
    [InlineData("values")]
    public async Task Of_one_file_flows_are_those_of_what_it_leads_to(string command)
    {
        WriteFlows();
        var outcome = await desk.RunAsync("dev", command, "app/src/send.js", "--function", "send");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Assert.StartsWith("src/send.js\n  1:8 send", outcome.Output);
        Assert.DoesNotContain("index.js", outcome.Output);
    }

    [Theory]
    [InlineData("calls")]
    [InlineData("values")]
    public async Task Flows_in_a_function_that_is_not_there_are_a_mistake(string command)
    {
        WriteFlows();
        var outcome = await desk.RunAsync("dev", command, "app", "--function", "gone");
        Assert.Equal((2, ""), (outcome.ExitCode, outcome.Output));
        Assert.StartsWith("ecoscanner: the program has no function or field named gone", outcome.Error);
    }

    [Theory]
    [InlineData("calls", "text")]
    [InlineData("calls", "json")]
    [InlineData("calls", "dot")]
    [InlineData("values", "text")]
    [InlineData("values", "json")]
    [InlineData("values", "dot")]
    [InlineData("taint", "text")]
    [InlineData("taint", "json")]
    [InlineData("taint", "dot")]
    public async Task Nothing_that_flows_steers_a_terminal(string command, string format)
    {
        WriteFlows();
        desk.Write("hostile.js", $"{Hostile}\nf(s); /* \u001b[2J */ log(secret(`\n::error::x`), \"\u202e\");");
        string[] rules = command == "taint" ? ["--rules", "rules.txt", "--safe"] : [];
        var outcome = await desk.RunAsync(["dev", command, "hostile.js", "--format", format, .. rules]);
        Assert.Equal(0, outcome.ExitCode);
        Assert.DoesNotContain(outcome.Output + outcome.Error, character => character is (< ' ' and not '\n') or (>= '\u007f' and < '\u00a0') or '\u202e');
        Assert.DoesNotContain(outcome.Output.Split('\n'), line => line.TrimStart().StartsWith("::", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("source a\n# fine\n\nsink here\n", "rules.txt:4: 'sink here' is no rule")]
    [InlineData("guard taint \u001b[31m(0) maybe", "rules.txt:1: 'guard taint \\u{1B}[31m(0) maybe' is no rule")]
    public async Task Rules_that_are_none_are_named_with_their_line(string rules, string message)
    {
        WriteFlows();
        desk.Write("rules.txt", rules);
        var outcome = await desk.RunAsync("dev", "taint", "app", "--rules", "rules.txt");
        Assert.Equal((2, ""), (outcome.ExitCode, outcome.Output));
        Assert.StartsWith($"ecoscanner: {message}", outcome.Error);
    }

    [Fact]
    public async Task Rules_are_needed_and_no_larger_than_people_write_them()
    {
        WriteFlows();
        Assert.Contains("--rules", (await desk.RunAsync("dev", "taint", "app")).Error, StringComparison.Ordinal);
        desk.Write("rules.txt", new string('#', 100_000));
        var outcome = await desk.RunAsync("dev", "taint", "app", "--rules", "rules.txt");
        Assert.Equal((2, ""), (outcome.ExitCode, outcome.Output));
        Assert.StartsWith("ecoscanner: rules.txt is larger than 64 KiB", outcome.Error);
    }

    [Fact]
    public async Task Modules_of_what_is_not_there_are_a_mistake()
    {
        var outcome = await desk.RunAsync("dev", "modules", "missing");
        Assert.Equal((2, ""), (outcome.ExitCode, outcome.Output));
        Assert.StartsWith("ecoscanner: missing cannot be read: there is no such file or folder", outcome.Error);
    }

    public void Dispose() => desk.Dispose();

    private void WriteApp()
    {
        desk.Write("app/package.json", "{}");
        desk.Write("app/src/index.js", "export { handler } from './resolvers';\nexport * from './triggers';\n");
        desk.Write("app/src/resolvers.js", "import Resolver from '@forge/resolver';\nexport const handler = new Resolver().getDefinitions();\n");
        desk.Write("app/src/triggers.cjs", "exports.run = async () => {};\nmodule.exports[require('./gone')] = 1;\n");
    }

    private void WriteFlows()
    {
        desk.Write("rules.txt", "# what must not be logged\nsource secret\nsink leak log(0)\nguard leak isPublic(0) true\n");
        desk.Write("app/package.json", "{}");
        desk.Write(
            "app/src/index.js",
            "import { send } from './send';\nimport { host } from 'config';\n\nsend(secret('key'), 'error');\nsend(host, 'info');\n"
        );
        desk.Write(
            "app/src/send.js",
            "export function send(text, level) {\n  if (isPublic(text)) {\n    log(text);\n  }\n  const line = `${level}: ${text}`;\n  return log(line);\n}\n"
        );
    }

    private static IEnumerable<JsonNode> Below(JsonNode node) => [node, .. node["children"]!.AsArray().OfType<JsonNode>().SelectMany(Below)];
}
