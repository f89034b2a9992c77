using Ecoscanner.JavaScript.Modules;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Tests.Values;

/// <summary>What the argument of the call <c>is(…)</c> may be.</summary>
public sealed class ValuesTests
{
    private static readonly ValueOptions Options = new() { Models = ["require(\"routes\").route: return = template; return <~ args"] };

    [Theory]
    [InlineData("""is("a");""", "\"a\"")]
    [InlineData("is(1);", "1")]
    [InlineData("is(1n);", "1n")]
    [InlineData("is(null);", "null")]
    [InlineData("is(true);", "true")]
    [InlineData("is(undefined);", "undefined")]
    [InlineData("""const a = "a"; is(a);""", "\"a\"")]
    [InlineData("""const a = "a"; const b = a; const c = b; is(c);""", "\"a\"")]
    [InlineData("""is("a" + "b");""", "\"ab\"")]
    [InlineData("""is("a" + 1);""", "\"a1\"")]
    [InlineData("""is(1 + 2);""", "3")]
    [InlineData("""is("a" + 1.5 + null + true);""", "\"a1.5nulltrue\"")]
    [InlineData("""const host = "h"; is(`https://${host}/a`);""", "\"https://h/a\"")]
    [InlineData("""is(`https://${unknown()}/a`);""", "`https://${…}/a`")]
    [InlineData("""is("https://" + unknown());""", "`https://${…}`")]
    [InlineData("""is(unknown() + "/a");""", "`${…}/a`")]
    [InlineData("""is(`${unknown()}${unknown()}`);""", "any string")]
    [InlineData("""is({ a: "x" }.a);""", "\"x\"")]
    [InlineData("""const o = { a: "x", b: "y" }; is(o.b);""", "\"y\"")]
    [InlineData("""const o = { a: { b: "x" } }; is(o.a.b);""", "\"x\"")]
    [InlineData("""const o = { a: "x" }; is(o["a"]);""", "\"x\"")]
    [InlineData("""const o = { a: "x" }; const k = "a"; is(o[k]);""", "\"x\"")]
    [InlineData("""const o = { a: "x", b: "y" }; is(o[unknown()]);""", "\"x\" | \"y\"")]
    [InlineData("""const { a } = { a: "x" }; is(a);""", "\"x\"")]
    [InlineData("""const { a: { b } } = { a: { b: "x" } }; is(b);""", "\"x\"")]
    [InlineData("""const { a = "d" } = {}; is(a);""", "\"d\"")]
    [InlineData("""const [a, b] = ["x", "y"]; is(b);""", "\"y\"")]
    [InlineData("""is(["x", "y"][1]);""", "\"y\"")]
    [InlineData("""const list = []; list.push("x"); is(list[0]);""", "\"x\"")]
    [InlineData("""for (const a of ["x", "y"]) is(a);""", "\"x\" | \"y\"")]
    [InlineData("""["x"].forEach((a) => is(a));""", "\"x\"")]
    [InlineData("""is(["x"].map((a) => a + "y")[0]);""", "\"xy\"")]
    [InlineData("""is(cond() ? "x" : "y");""", "\"x\" | \"y\"")]
    [InlineData("""is(null ?? "y");""", "\"y\"")]
    [InlineData("""is(process.env.X || "local");""", "\"local\" | process.env.X")]
    [InlineData("""is(process.env.X ?? "local");""", "\"local\" | process.env.X")]
    [InlineData("""let a = "x"; if (cond()) a = "y"; is(a);""", "\"x\" | \"y\"")]
    [InlineData("""let a = "x"; a = "y"; is(a);""", "\"y\"")]
    [InlineData("""function f() { return "x"; } is(f());""", "\"x\"")]
    [InlineData("""const f = (a) => a; is(f("x")); f("y");""", "\"x\"")]
    [InlineData("""const f = (a) => `/${a}`; is(f("x")); f("y");""", "\"/x\"")]
    [InlineData("""function f(a = "d") { is(a); } f();""", "\"d\"")]
    [InlineData("""function f(...all) { is(all[1]); } f("x", "y");""", "\"y\"")]
    [InlineData("""function f() { is(arguments[0]); } f("x");""", "\"x\"")]
    [InlineData("""class A { b = "x"; } is(new A().b);""", "\"x\"")]
    [InlineData("""class A { constructor(b) { this.b = b; } } is(new A("x").b);""", "\"x\"")]
    [InlineData("""class A { static b = "x"; } is(A.b);""", "\"x\"")]
    [InlineData("""class A { get b() { return "x"; } } is(new A().b);""", "\"x\"")]
    [InlineData("""is(Object.freeze({ a: "x" }).a);""", "\"x\"")]
    [InlineData("""is(Object.assign({}, { a: "x" }).a);""", "\"x\"")]
    [InlineData("""is({ ...{ a: "x" } }.a);""", "\"x\"")]
    [InlineData("""is("A".toLowerCase());""", "\"a\"")]
    [InlineData("""is(" a ".trim());""", "\"a\"")]
    [InlineData("""is("a".concat("b", "c"));""", "\"abc\"")]
    [InlineData("""is(String(1));""", "\"1\"")]
    [InlineData("""is(typeof 1);""", "\"number\"")]
    [InlineData("""is("a" === unknown());""", "false | true")]
    [InlineData("""is(!unknown());""", "false | true")]
    [InlineData("""is("a".length);""", "any number")]
    [InlineData("""is(new Map([["k", "x"]]).get("k"));""", "\"x\"")]
    [InlineData("""Promise.resolve("x").then((a) => is(a));""", "\"x\"")]
    [InlineData("""(async () => is(await (async () => "x")()))();""", "\"x\"")]
    [InlineData("""const fs = require("node:fs"); is(fs.readFile);""", "require(\"fs\").readFile")]
    [InlineData("""is(require("x").a().b);""", "require(\"x\").a().b")]
    [InlineData("""is(window.location.href);""", "location.href")]
    [InlineData("""is(JSON.parse("1"));""", "unknown")]
    [InlineData("""is(eval("1"));""", "unknown")]
    [InlineData("""exports.f = (a) => is(a);""", "unknown")]
    [InlineData("""class A { run(p) { is(p); } } eval("list").map(() => new A()); new A().run("x");""", "\"x\" | unknown")]
    [InlineData("""Promise.resolve().then(() => nowhere).catch((e) => is(e));""", "object at main.js:1:1")]
    public void An_expression_may_be(string source, string expected) => Assert.Equal(expected, Values(("main.js", source)));

    [Fact]
    public void Enumerations_are_constants() => Assert.Equal("\"r\"", Values(("main.ts", """enum E { A = "r", B = "s" } is(E.A);""")));

    [Fact]
    public void Modules_of_configuration_are_looked_through() =>
        Assert.Equal(
            "\"https://a/x\"",
            Values(("main.js", """import { base } from "./config.js"; is(`${base}/x`);"""), ("config.js", """export const base = "https://a";"""))
        );

    [Fact]
    public void Json_is_looked_through() =>
        Assert.Equal(
            "\"x\"",
            Values(("main.js", """const config = require("./config.json"); is(config.a.b);"""), ("config.json", """{ "a": { "b": "x" } }"""))
        );

    [Theory]
    [InlineData("""is(route`/a/b`);""", "\"/a/b\"")]
    [InlineData("""const b = "b"; is(route`/a/${b}/c`);""", "\"/a/b/c\"")]
    [InlineData("""is(route`/a/${unknown()}`);""", "`/a/${…}`")]
    [InlineData("""const a = route`/a/${unknown()}`; is(route`${a}/b/${unknown()}`);""", "`/a/${…}/b/${…}`")]
    [InlineData("""const tag = (...all) => route(...all); is(tag`/a/b`);""", "any string")]
    [InlineData("""is(route());""", "any string")]
    public void A_tag_that_writes_its_template_gives_its_text(string source, string expected) =>
        Assert.Equal(expected, Values(("main.js", $"import {{ route }} from \"routes\"; {source}")));

    [Fact]
    public void Too_many_texts_are_any_text()
    {
        var items = string.Join(", ", Enumerable.Range(0, SetTable.MaximumStrings + 1).Select(number => $"\"t{number}\""));
        Assert.Equal("any string", Values(("main.js", $"for (const a of [{items}]) is(a);")));
    }

    private static string Values(params (string Name, string Text)[] files)
    {
        var graph = ModuleGraph.From(new MemoryFiles(files.Select(file => KeyValuePair.Create(file.Name, file.Text))), [files[0].Name]);
        var tree = graph.Modules.Single(module => module.Path == files[0].Name).Record!.Tree;
        var call = Enumerable
            .Range(1, tree.NodeCount)
            .Select(tree.NodeAt)
            .First(node => node.Kind == NodeKind.CallExpression && node.Callee.Kind == NodeKind.Identifier && node.Callee.Name == "is");
        var values = ProgramValues.Of(graph, Options, TestContext.Current.CancellationToken).Of(call.Arguments[0]);
        return string.Join(" | ", values.Select(value => value.ToString()).Order(StringComparer.Ordinal));
    }
}
