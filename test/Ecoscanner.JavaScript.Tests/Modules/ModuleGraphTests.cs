using System.Globalization;
using Ecoscanner.JavaScript.Modules;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Tests.Modules;

public sealed class ModuleGraphTests
{
    [Theory]
    // What `forge create` makes.
    [InlineData(
        "index.js",
        "handler",
        "index.js: export { handler } from './resolvers' | resolvers/index.js: const r = 1; export const handler = r",
        "Found resolvers/index.js#handler by index.js resolvers/index.js"
    )]
    [InlineData("a.js", "f", "a.js: import { f } from './b'; export { f } | b.js: export function f() {}", "Found b.js#f by a.js b.js")]
    [InlineData("a.js", "f", "a.js: export * from './b' | b.js: export * from './c' | c.js: export const f = 1", "Found c.js#f by a.js b.js c.js")]
    [InlineData("a.js", "default", "a.js: export * from './b' | b.js: export default 1", "NotFound by a.js")]
    [InlineData("a.js", "f", "a.js: export { default as f } from './b' | b.js: export default function () {}", "Found b.js FunctionDeclaration by a.js b.js")]
    [InlineData("a.js", "default", "a.js: import f from './b'; export default f | b.js: const g = 1; export { g as default }", "Found b.js#g by a.js b.js")]
    [InlineData("a.js", "ns", "a.js: export * as ns from './b' | b.js: export {}", "Found b.js namespace by a.js b.js")]
    [InlineData("a.js", "ns", "a.js: import * as ns from './b'; export { ns } | b.js: export {}", "Found b.js namespace by a.js b.js")]
    // Stars: what is named holds, one thing by two ways is no conflict, two things are one.
    [InlineData("a.js", "f", "a.js: export * from './b'; export const f = 1 | b.js: export const f = 2", "Found a.js#f by a.js")]
    [InlineData(
        "a.js",
        "f",
        "a.js: export * from './b'; export * from './c' | b.js: export const f = 1 | c.js: export const f = 2",
        "Ambiguous b.js#f c.js#f by a.js b.js"
    )]
    [InlineData(
        "a.js",
        "f",
        "a.js: export * from './b'; export * from './c' | b.js: export * from './d' | c.js: export { f } from './d' | d.js: export let f",
        "Found d.js#f by a.js b.js d.js"
    )]
    [InlineData(
        "a.js",
        "f",
        "a.js: export * from './b'; export * from './c' | b.js: export * from './d'; export let f | c.js: export * from './d' | d.js: export let f",
        "Ambiguous b.js#f d.js#f by a.js b.js"
    )]
    // Circles.
    [InlineData("a.js", "f", "a.js: export { f } from './b' | b.js: export { f } from './a'", "Cycle by a.js b.js a.js")]
    [InlineData("a.js", "f", "a.js: export { g as f } from './b' | b.js: export { f as g } from './a'", "Cycle by a.js b.js a.js")]
    [InlineData("a.js", "f", "a.js: export * from './b' | b.js: export * from './a'; export let f", "Found b.js#f by a.js b.js")]
    [InlineData("a.js", "g", "a.js: export * from './b' | b.js: export * from './a'; export let f", "NotFound by a.js")]
    [InlineData("a.js", "f", "a.js: export * from './a'; export { f } from './a'", "Cycle by a.js")]
    [InlineData("a.js", "f", "a.js: export * from './a'", "NotFound by a.js")]
    // Outside.
    [InlineData("a.js", "f", "a.js: export { f } from 'pack'", "External pack f by a.js")]
    [InlineData("a.js", "f", "a.js: export * from 'pack'", "External pack f by a.js")]
    [InlineData("a.js", "f", "a.js: export * from 'pack'; export * from './b' | b.js: export let f", "Found b.js#f by a.js b.js")]
    [InlineData("a.js", "fs", "a.js: export * as fs from 'node:fs'", "External node:fs * by a.js")]
    [InlineData("a.js", "f", "a.js: export { f } from './gone'", "External unresolved f by a.js")]
    // CommonJS.
    [InlineData("a.js", "f", "a.js: exports.f = async () => {}", "Found a.js ArrowFunctionExpression by a.js")]
    [InlineData(
        "a.js",
        "f",
        "a.js: module.exports = require('./b') | b.js: module.exports = { ...require('./c') } | c.js: exports.f = function () {}",
        "Found c.js FunctionExpression by a.js b.js c.js"
    )]
    [InlineData(
        "a.js",
        "f",
        "a.js: const { f } = require('./b'); module.exports = { f } | b.js: module.exports = { f }; function f() {}",
        "Found b.js#f by a.js b.js"
    )]
    [InlineData("a.js", "f", "a.js: exports.f = require('./b') | b.js: module.exports = function () {}", "Found b.js FunctionExpression by a.js b.js")]
    [InlineData("a.js", "f", "a.js: if (p) { exports.f = 1 } else { exports.f = '2' }", "Found a.js NumericLiteral a.js StringLiteral by a.js")]
    [InlineData(
        "a.js",
        "f",
        "a.js: module.exports = p ? require('./b') : require('./c') | b.js: exports.f = 1 | c.js: exports.f = '2'",
        "Found b.js NumericLiteral c.js StringLiteral by a.js c.js"
    )]
    [InlineData("a.js", "f", "a.js: module.exports = make()", "Unknown by a.js")]
    [InlineData("a.js", "f", "a.js: export { f } from './b' | b.js: exports[n] = 1", "Unknown by a.js b.js")]
    [InlineData("a.js", "f", "a.js: export { f } from './b' | b.js: exports[n] = 1; exports.f = 2", "Found b.js NumericLiteral by a.js b.js")]
    // Between the two.
    [InlineData(
        "a.js",
        "default",
        "a.js: import b from './b'; export default b | b.js: module.exports = function f() {}",
        "Found b.js FunctionExpression by a.js b.js"
    )]
    [InlineData("a.js", "default", "a.js: export { default } from './b' | b.js: exports.f = 1", "Found b.js namespace by a.js b.js")]
    [InlineData(
        "a.js",
        "default",
        "a.js: export { default } from './b' | b.js: exports.__esModule = true; exports.default = 1",
        "Found b.js NumericLiteral by a.js b.js"
    )]
    [InlineData("a.js", "default", "a.js: export { default } from './b' | b.js: exports.__esModule = true; exports.f = 1", "NotFound by a.js b.js")]
    [InlineData("a.js", "f", "a.js: export { f } from './b' | b.js: exports.f = 1", "Found b.js NumericLiteral by a.js b.js")]
    [InlineData("a.js", "f", "a.js: exports.f = require('./b').default | b.js: export default function () {}", "Found b.js FunctionDeclaration by a.js b.js")]
    [InlineData("a.js", "f", "a.js: exports.f = require('./b').default | b.js: module.exports = 1", "NotFound by a.js b.js")]
    [InlineData(
        "a.js",
        "f",
        "a.js: var b_1 = __importDefault(require('./b')); exports.f = b_1.default | b.js: module.exports = 1",
        "Found b.js NumericLiteral by a.js b.js"
    )]
    [InlineData("a.js", "f", "a.js: exports.f = require('./b') | b.js: export const x = 1", "Found b.js namespace by a.js b.js")]
    [InlineData("a.ts", "f", "a.ts: import b = require('./b'); export const f = 1; export { b } | b.ts: export = c; class c {}", "Found a.ts#f by a.ts")]
    [InlineData("a.ts", "b", "a.ts: import b = require('./b'); export { b } | b.ts: export = c; class c {}", "Found b.ts#c by a.ts b.ts")]
    // JSON.
    [InlineData("a.js", "x", "a.js: export { name as x } from './b.json' | b.json: {\"name\": 1}", "Found b.json json name by a.js b.json")]
    [InlineData("a.js", "x", "a.js: import x from './b.json'; export { x } | b.json: [1]", "Found b.json json by a.js b.json")]
    [InlineData("a.js", "x", "a.js: exports.x = require('./b.json').gone | b.json: {}", "NotFound by a.js b.json")]
    // import() with a pattern that only one file has.
    [InlineData("a.js", "f", "a.js: export const f = await import(`./x/${n}.js`) | x/b.js: export let f", "Found a.js#f by a.js")]
    public void An_export_is_followed(string module, string name, string files, string expected)
    {
        var graph = Graph(files);
        Assert.Equal(expected, Describe(graph.ResolveExport(graph.ModuleAt(module)!, name)));
    }

    [Theory]
    [InlineData("import { f } from './b'; f()", "Found b.js#f by a.js b.js")]
    [InlineData("import * as b from './b'; b.f()", "Found b.js#f by a.js b.js")]
    [InlineData("import * as b from './b'; b.g.h()", "Found c.js#h by c.js")]
    [InlineData("import * as b from './b'; b.default.k()", "none")]
    [InlineData("import * as b from './b'; b?.['f']()", "Found b.js#f by a.js b.js")]
    [InlineData("const b = require('./b'); b.f()", "Found b.js#f by a.js b.js")]
    [InlineData("const { g: { h } } = require('./b'); h()", "Found a.js#h by a.js")]
    [InlineData("require('./b').f()", "Found b.js#f by a.js b.js")]
    [InlineData("var b_1 = require('./b'); (0, b_1.f)()", "Found b.js#f by a.js b.js")]
    [InlineData("const b = await import('./b'); b.default()", "Found b.js FunctionDeclaration by a.js b.js")]
    [InlineData("function f() {} f()", "Found a.js#f by a.js")]
    [InlineData("fetch()", "none")]
    [InlineData("import api from '@forge/api'; api.asApp.x()", "External @forge/api default.asApp.x by a.js")]
    [InlineData("exports.f = function () {}; exports.f()", "Found a.js FunctionExpression by a.js")]
    [InlineData("import x from './d'; x.y()", "Found d.js NumericLiteral by d.js")]
    public void What_a_call_calls_is_found_across_files(string source, string expected)
    {
        var graph = Graph(
            $"a.js: {source} | b.js: export function f() {{}} export * as g from './c'; export default function () {{}} | c.js: export let h | d.js: module.exports = z; function z() {{}} z.y = 1"
        );
        var tree = graph.ModuleAt("a.js")!.Record!.Tree;
        var call = Enumerable.Range(1, tree.NodeCount).Select(tree.NodeAt).Last(node => node.Kind == NodeKind.CallExpression);
        Assert.Equal(expected, graph.DefinitionOf(call.Callee) is { } found ? Describe(found) : "none");
    }

    [Fact]
    public void Exports_of_a_module_are_named_with_where_they_are_defined()
    {
        var graph = Graph(
            "a.js: export * from './b'; export * from './c'; export * from 'pack'; export let own | b.js: export let one, both; export default 1 | c.js: export let two, both"
        );
        var names = graph.ExportsOf(graph.ModuleAt("a.js")!).Select(export => $"{export.Name}: {Describe(export.Resolution)}");
        Assert.Equal(
            ["one: Found b.js#one by a.js b.js", "own: Found a.js#own by a.js", "two: Found c.js#two by a.js c.js", "*: External pack * by a.js"],
            names
        );
    }

    [Fact]
    public void A_pattern_leads_to_the_files_that_may_be_meant()
    {
        var graph = Graph("a.js: import(`./x/${n}.js`); require('./y/' + n) | x/b.js: 1 | x/c.ts: 1 | x/d/e.js: 1 | y/f/index.ts: 1 | y/g.json: {} | z.js: 1");
        var targets = graph.ModuleAt("a.js")!.Targets;
        Assert.Equal(["x/b.js", "x/d/e.js"], targets[0].Candidates.Select(module => module.Path));
        Assert.Equal(["y/f/index.ts", "y/g.json"], targets[1].Candidates.Select(module => module.Path));
        Assert.Equal(["a.js"], graph.ModuleAt("x/b.js")!.Importers.Select(module => module.Path));
    }

    [Fact]
    public void Packages_are_read_only_where_that_is_wanted()
    {
        var files = "a.js: export { f } from 'pack' | node_modules/pack/package.json: {} | node_modules/pack/index.js: exports.f = 1";
        Assert.Equal("External node_modules/pack/index.js f by a.js", Describe(Resolve(new())));
        Assert.Equal("Found node_modules/pack/index.js NumericLiteral by a.js node_modules/pack/index.js", Describe(Resolve(new() { FollowsPackages = true })));

        ExportResolution Resolve(ModuleGraphOptions options)
        {
            var graph = ModuleGraph.From(Files(files), ["a.js"], options);
            return graph.ResolveExport(graph.ModuleAt("a.js")!, "f");
        }
    }

    [Fact]
    public void What_does_not_fit_is_said()
    {
        var files = Files(
            "a.js: import './b'; import './c' | b.js: export const long = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' | c.js: export {}"
        );
        var few = ModuleGraph.From(files, ["a.js"], new() { MaximumFiles = 2 });
        Assert.Equal("The modules have more than 2 files, which is as many as are read; c.js and what follows it were left out.", Assert.Single(few.Problems));
        var small = ModuleGraph.From(files, ["a.js"], new() { MaximumFileBytes = 40 });
        Assert.Contains("at most", small.ModuleAt("b.js")!.Problem, StringComparison.Ordinal);
        Assert.Equal(ExportResolutionKind.Unknown, small.ResolveExport(small.ModuleAt("b.js")!, "long").Kind);
        var little = ModuleGraph.From(files, ["a.js"], new() { MaximumBytes = 60 });
        Assert.Contains("was left out", little.ModuleAt("b.js")!.Problem, StringComparison.Ordinal);
        Assert.NotNull(little.ModuleAt("c.js")!.Record);
    }

    [Fact]
    public void A_file_that_is_broken_takes_part_with_what_was_read()
    {
        var graph = Graph("a.js: export { f } from './b' | b.js: export function f() {} ; export const = (");
        Assert.Equal("Found b.js#f by a.js b.js", Describe(graph.ResolveExport(graph.ModuleAt("a.js")!, "f")));
        Assert.Contains("syntax error", graph.ModuleAt("b.js")!.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Reading_ends_when_it_is_cancelled() =>
        Assert.Throws<OperationCanceledException>(() => ModuleGraph.Of(Files("a.js: 1"), cancellation: new CancellationToken(canceled: true)));

    [Fact]
    public void The_graph_is_the_same_whatever_the_parallelism()
    {
        var files = new MemoryFiles(
            Enumerable
                .Range(0, 300)
                .Select(n => KeyValuePair.Create(Name(n), $"import './m{(n * 7) % 300}.js'; export * from './m{(n + 1) % 300}.js'; export let x{n}"))
        );
        var texts = new[] { 1, 2, 8 }
            .Select(parallelism => ModulePrinter.Text(ModuleGraph.From(files, ["m5.js"], new() { Parallelism = parallelism })))
            .Distinct();
        Assert.Single(texts);

        static string Name(int n) => $"m{n.ToString(CultureInfo.InvariantCulture)}.js";
    }

    private static ModuleGraph Graph(string files) => ModuleGraph.Of(Files(files));

    private static MemoryFiles Files(string files) =>
        new(files.Split(" | ").Select(file => file.Split(": ", 2)).Select(parts => KeyValuePair.Create(parts[0].Trim(), parts[1])));

    private static string Describe(ExportResolution resolution)
    {
        var definitions = resolution.Definitions.Select(definition =>
            definition.Kind switch
            {
                ExportDefinitionKind.Namespace => $" {definition.Module} namespace",
                ExportDefinitionKind.Json => $" {definition.Module} json{(definition.JsonName is null ? "" : $" {definition.JsonName}")}",
                _ when definition.Symbol.Exists => $" {definition.Module}#{definition.Symbol.Name}",
                _ => $" {definition.Module} {definition.Node.Kind}",
            }
        );
        var external = resolution.External switch
        {
            null => "",
            ExternalModule package => $" {package.Package} {resolution.ExternalName}",
            BuiltInModule builtIn => $" node:{builtIn.Name} {resolution.ExternalName}",
            ResolvedModule file => $" {file.Path} {resolution.ExternalName}",
            _ => $" unresolved {resolution.ExternalName}",
        };
        return $"{resolution.Kind}{string.Concat(definitions)}{external} by {string.Join(' ', resolution.Way)}";
    }
}
