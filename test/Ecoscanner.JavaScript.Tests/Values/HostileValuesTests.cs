using System.Diagnostics;
using Ecoscanner.JavaScript.Modules;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Tests.Values;

/// <summary>No program takes the solver much longer than others of its size.</summary>
public sealed class HostileValuesTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static TheoryData<string, string> Programs =>
        new()
        {
            {
                "functions that call each other",
                string.Concat(Enumerable.Range(0, 1_000).Select(n => $"function f{n}(a) {{ return f{(n + 1) % 1_000}(a ?? f{(n * 7) % 1_000}); }}\n")) + "f0();"
            },
            { "a prototype that is its own", "const a = {}, b = {}; a.__proto__ = b; b.__proto__ = a; a.x; for (const k in a) a[k](); ({ ...a }).y;" },
            {
                "a loop along objects from outside",
                "let n = require('x'); while (n.more) { n = n.left || n.right || n.up || n.down || n.next || n.last || n.first || n.other; n.visit(n); }"
            },
            {
                "eval, with and proxies",
                "with (a) { b = eval('c'); } const p = new Proxy(function () {}, { get: (t, k) => p[k], apply: (t, s, l) => p(...l) }); p.a.b(p)(p);"
            },
            {
                "built-in functions that are replaced",
                "Array.prototype.map = Array.prototype.filter = function (f) { return this.map(f); }; Object.prototype.x = [].map; [1].map((a) => a.x); globalThis.Array = Object = Function;"
            },
            { "a long array", $"const a = [{string.Join(',', Enumerable.Range(0, 100_000))}]; a[unknown()];" },
            {
                "a large object",
                $"const a = {{{string.Join(',', Enumerable.Range(0, 100_000).Select(n => $"m{n}: () => m{n}"))}}}; a[unknown()](); ({{ ...a }}).m1();"
            },
            { "a long chain of members", $"a{string.Concat(Enumerable.Repeat(".b", 100_000))};" },
            { "a long chain of calls", $"a{string.Concat(Enumerable.Repeat(".b()", 50_000))};" },
            { "a long sum", $"const a = \"\"{string.Concat(Enumerable.Repeat(" + a", 50_000))};" },
            {
                "functions that are handed to themselves",
                string.Concat(Enumerable.Range(0, 200).Select(n => $"const h{n} = (f, ...r) => f(h{(n + 1) % 200}, f, ...r);\n")) + "h0(h1, h2, h3);"
            },
            { "a text that doubles", "let a = 'x'; for (;;) a = a + a + `${a}`;" },
        };

    [Theory]
    [MemberData(nameof(Programs))]
    public void It_ends(string what, string source)
    {
        var graph = ModuleGraph.From(new MemoryFiles([KeyValuePair.Create("main.js", source)]), ["main.js"]);
        var time = Stopwatch.StartNew();
        var values = ProgramValues.Of(graph, cancellation: TestContext.Current.CancellationToken);
        Assert.True(time.Elapsed < Limit, $"{what}: {time.Elapsed.TotalSeconds:F1} s, {values.Solver.Steps} steps");
        Assert.True(!values.Solver.GaveUp || values.Gaps.Any(gap => gap.Kind == ValueGapKind.Steps), "nothing is said of what was given up");
    }
}
