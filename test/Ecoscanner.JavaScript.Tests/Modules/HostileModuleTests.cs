using System.Diagnostics;
using System.Globalization;
using System.Text;
using Ecoscanner.JavaScript.Modules;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.JavaScript.Tests.Modules;

/// <summary>Modules that nobody writes but who wants to see the reader fall.</summary>
public sealed class HostileModuleTests(ITestOutputHelper output)
{
    // Each of these takes well below a second; what is exponential or quadratic takes hours.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public void A_ring_of_ten_thousand_modules_ends()
    {
        const int Count = 10_000;
        var named = Graph(Count, n => $"export {{ x }} from './m{(n + 1) % Count}'");
        Assert.Equal(ExportResolutionKind.Cycle, named.ResolveExport(named.Modules[0], "x").Kind);
        var stars = Graph(Count, n => $"export * from './m{(n + 1) % Count}'{(n == Count - 1 ? "; export const x = 1" : "")}");
        var first = stars.ModuleAt("m0.js")!;
        Assert.Equal(ExportResolutionKind.Found, stars.ResolveExport(first, "x").Kind);
        Assert.Equal(Count, stars.ResolveExport(first, "x").Way.Length);
        Assert.Equal(ExportResolutionKind.NotFound, stars.ResolveExport(first, "y").Kind);
        Assert.Equal("x", Assert.Single(stars.ExportsOf(first)).Name);
        var required = Graph(Count, n => $"module.exports = {{ ...require('./m{(n + 1) % Count}') }}");
        Assert.Equal(ExportResolutionKind.NotFound, required.ResolveExport(required.Modules[0], "y").Kind);
    }

    [Fact]
    public void A_diamond_of_stars_is_walked_once()
    {
        const int Depth = 30;
        var graph = Graph(Depth * 2, n => n >= (Depth - 1) * 2 ? "export const x = 1" : $"export * from './m{(n | 1) + 1}'; export * from './m{(n | 1) + 2}'");
        Assert.Equal(ExportResolutionKind.Ambiguous, graph.ResolveExport(graph.ModuleAt("m0.js")!, "x").Kind);
        Assert.Equal(ExportResolutionKind.NotFound, graph.ResolveExport(graph.ModuleAt("m0.js")!, "y").Kind);
        Assert.Empty(graph.ExportsOf(graph.ModuleAt("m0.js")!));
    }

    [Fact]
    public void A_hundred_thousand_exports_are_found()
    {
        const int Count = 100_000;
        var source = new StringBuilder();
        for (var n = 0; n < Count; n++)
        {
            source.Append(CultureInfo.InvariantCulture, $"export const x{n} = {n};\n");
        }

        var graph = ModuleGraph.Of(Files([("a.js", "export * from './b'"), ("b.js", "export * from './c'"), ("c.js", source.ToString())]));
        Assert.Equal(Count, graph.ExportsOf(graph.ModuleAt("a.js")!).Count(export => export.Resolution.Definition!.Module.Path == "c.js"));
    }

    [Fact]
    public void Ten_files_pass_an_export_on()
    {
        var graph = Graph(
            10,
            n =>
                (n % 3) switch
                {
                    0 => $"export * from './m{n + 1}'",
                    1 => $"import {{ x }} from './m{n + 1}'; export {{ x }}",
                    _ => $"module.exports = require('./m{n + 1}')",
                },
            last: "exports.x = () => {}"
        );
        var found = graph.ResolveExport(graph.ModuleAt("m0.js")!, "x");
        Assert.Equal("m10.js", found.Definition!.Module.Path);
        Assert.Equal(11, found.Way.Length);
    }

    [Theory]
    [InlineData("export * from './a'; export { a } from './a'; import * as a from './a'")]
    [InlineData("module.exports = { ...require('./a') }")]
    [InlineData("const o = { ...o, ...p }, p = { ...o }; module.exports = o; o.o = o")]
    [InlineData("module.exports = module.exports; exports = exports; module.exports = exports = module.exports")]
    [InlineData("var a = exports, b = a, c = b; c.x = 1; a = c; exports = a")]
    [InlineData("const p = p + p; require(p); import(`${p}${p}`)")]
    [InlineData("import a = a.a; export import b = b.b; export default b")]
    public void A_module_may_speak_of_itself(string source)
    {
        var graph = ModuleGraph.Of(Files([("a.ts", source)]));
        _ = ModulePrinter.Text(graph);
        _ = graph.ResolveExport(graph.Modules[0], "x");
        Ask(graph);
    }

    [Theory]
    [InlineData("a.b", "")]
    [InlineData("(0, a).b", "")]
    [InlineData("__importStar(", ")")]
    [InlineData("exports = ", "")]
    [InlineData("module.exports = ", "")]
    [InlineData("'./a' + ", "")]
    [InlineData("exports.a = x ? 1 : ", "")]
    [InlineData("require(", ")")]
    [InlineData("{ a: { ...", "}}")]
    public void Nesting_may_be_deep(string open, string close)
    {
        const int Depth = 20_000;
        var inner = open == "a.b" ? "require('x')" + string.Concat(Enumerable.Repeat(".b", Depth)) : null;
        var repeated = inner ?? string.Concat(Enumerable.Repeat(open, Depth)) + "require('x')" + string.Concat(Enumerable.Repeat(close, Depth));
        var watch = Stopwatch.StartNew();
        var graph = ModuleGraph.Of(Files([("a.js", $"module.exports = {repeated}; const a = exports; require({repeated})")]));
        _ = graph.ResolveExport(graph.Modules[0], "x");
        Assert.True(watch.Elapsed < Patience, $"{watch.Elapsed}");
    }

    [Fact]
    public void Changed_sources_are_read_without_failing()
    {
        string[] sources =
        [
            "import d, { b as c } from './b'; export { d, c as 'x y' }; export * from './a'; export default class { static m() {} }",
            "const e = module.exports = { a, ...require('./b'), get f() { return 1 } }; e.g = (0, _m.h); Object.defineProperty(exports, 'x', { get: () => y }); exports.z = exports.w = void 0",
            "var src_exports = {}; __export(src_exports, { a: () => a }); module.exports = __toCommonJS(src_exports); __exportStar(require('./a'), exports); Object.keys(_x).forEach(function (k) { exports[k] = _x[k] })",
            "import x = require('./a'); export = x; import(`./b/${n}.js`).then(({ y }) => y); type T = import('./a').B; const { q = 1, ...r } = await import('./' + 'b')",
        ];
        var random = new Random(20260);
        var count = 0;
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Fuzzing.Time; count++)
        {
            var files = Files([
                ("a.ts", Fuzzing.Mutate(sources[random.Next(sources.Length)], random)),
                ("b.js", Fuzzing.Mutate(sources[random.Next(sources.Length)], random)),
            ]);
            var graph = ModuleGraph.Of(files, new() { Parallelism = 1 });
            _ = ModulePrinter.Text(graph);
            Ask(graph);
        }

        output.WriteLine($"{count} graphs");
    }

    private static void Ask(ModuleGraph graph)
    {
        foreach (var module in graph.Modules)
        {
            var tree = module.Record!.Tree;
            for (var index = 1; index <= tree.NodeCount; index++)
            {
                _ = graph.DefinitionOf(tree.NodeAt(index));
            }
        }
    }

    private static ModuleGraph Graph(int count, Func<int, string> source, string? last = null)
    {
        var files = Enumerable.Range(0, count).Select(n => ($"m{n.ToString(CultureInfo.InvariantCulture)}.js", source(n)));
        return ModuleGraph.Of(Files(last is null ? files : files.Append(($"m{count.ToString(CultureInfo.InvariantCulture)}.js", last))));
    }

    private static MemoryFiles Files(IEnumerable<(string Name, string Text)> files) => new(files.Select(file => KeyValuePair.Create(file.Name, file.Text)));
}
