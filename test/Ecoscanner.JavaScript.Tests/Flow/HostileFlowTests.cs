using System.Diagnostics;
using System.Text;
using Ecoscanner.JavaScript.Flow;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Text;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.JavaScript.Tests.Flow;

/// <summary>Sources made to be slow or deep, and sources that are hardly any.</summary>
public sealed class HostileFlowTests
{
    // Generous on a busy machine; what is not linear takes minutes.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public void A_hundred_thousand_blocks_in_one_another() => Builds(Nested(100_000, _ => "{a;", _ => "}"), 3);

    [Fact]
    public void A_hundred_thousand_conditions_in_one_another() => Builds(Nested(100_000, _ => "if(a){", _ => "}else b;"), 200_002);

    [Fact]
    public void A_hundred_thousand_loops_in_one_another() => Builds(Nested(100_000, _ => "while(a){", _ => "}"), 200_003);

    [Fact]
    public void A_sum_of_a_hundred_thousand_terms() => Builds("a" + string.Concat(Enumerable.Repeat("+a", 100_000)), 3);

    [Fact]
    public void A_hundred_thousand_operands_that_may_not_be_needed()
    {
        Builds("a" + string.Concat(Enumerable.Repeat("&&a", 100_000)), 100_004);
        Builds("a" + string.Concat(Enumerable.Repeat("??a", 100_000)), 100_004);
        Builds("if(a" + string.Concat(Enumerable.Repeat("||a", 100_000)) + ")b", 100_004);
        Builds("a" + string.Concat(Enumerable.Repeat("?.a", 100_000)), 100_004);
    }

    [Fact]
    public void A_switch_with_a_hundred_thousand_cases() =>
        Builds($"switch(a){{{string.Concat(Enumerable.Range(0, 100_000).Select(number => $"case {number}:b;"))}default:c}}", 200_003);

    [Fact]
    public void A_try_with_a_hundred_thousand_branches() => Builds($"try{{{string.Concat(Enumerable.Repeat("if(a)b;", 100_000))}}}catch{{c}}", 200_004);

    [Fact]
    public void Ten_thousand_finallys_that_each_hold_up_ten_thousand_jumps()
    {
        const int Depth = 10_000;
        var jumps = string.Concat(Enumerable.Range(0, Depth).Select(number => $"if(b)break a{number};"));
        Builds(Nested(Depth, number => $"a{number}:{{try{{", _ => "}finally{c}}", jumps), (Depth * 4) + 2);
    }

    [Fact]
    public void Ten_thousand_labels_and_closings()
    {
        Builds(Nested(10_000, number => $"a{number}:for(const b of c)", _ => "", "{break a0}"));
        Builds(Nested(10_000, number => $"a{number}:", _ => "", "for(;;)continue a0"));
    }

    [Fact]
    public void Deep_patterns() => Builds($"let {Nested(20_000, _ => "[", _ => "]", "a")} = b", 3);

    [Fact]
    public void Any_text_has_graphs_in_which_each_evaluated_node_stands_once()
    {
        string[] good =
        [
            "import a from 'm'; export default class A extends B { [c] = d; static e; static { for (const [f = 1] of g) { if (h) break; } } constructor() { super(); } }",
            "function* f({ a = b, ...c }, [d] = e) { l: for (;;) { try { if (yield a) continue l; return; } catch ({ g }) { break l; } finally { h ??= i; } } }",
            "async () => { for await (using a of b) { switch (a?.b?.[c]) { case 1: let d; default: e && !f || (await g); case h: break; } } }",
            "label: do { with (a) { b ? c : d, e = [...f]; } if (!(g && h) ?? i) break label; } while (j?.k()); { function l() {} using m = n; }",
            "enum A { b = c } namespace D { export const e = <F>g; } abstract class H { constructor(private i: J = k) {} declare l; m! = n!; } export = o",
            "const a = <A.b c={d} {...e}>{f && <g />}</A.b>; `${h}`; i`${j}`; ({ [k]: l.m = n, o } = p); (delete q?.r, typeof s, new.target)",
        ];
        Fuzz.Run(random =>
        {
            var source = Fuzzing.Mutate(good[random.Next(good.Length)], random);
            var options = new ParseOptions
            {
                TypeScript = random.Next(2) == 0,
                Jsx = random.Next(2) == 0,
                Goal = (SourceGoal)random.Next(3),
            };
            var tree = SyntaxTree.Parse(new SourceText(source), options);
            foreach (var graph in ControlFlowGraph.RootsOf(tree).Select(root => ControlFlowGraph.Of(tree, root)))
            {
                FlowRules.Check(graph);
                Assert.NotEmpty(FlowPrinter.Text(graph));
                Assert.NotEmpty(FlowPrinter.Dot([graph]));
                FlowPrinter.WriteJson([graph], Stream.Null);
            }
        });
    }

    private static void Builds(string source, int? blocks = null)
    {
        var tree = SyntaxTree.Parse(new SourceText(source));
        Assert.Empty(tree.Diagnostics);
        var time = Stopwatch.StartNew();
        var graph = ControlFlowGraph.Of(tree, tree.Root);
        var (dominators, post) = (Dominators.Of(graph), Dominators.PostOf(graph));
        Assert.True(time.Elapsed < Patience, $"it took {time.Elapsed}");
        Assert.True(dominators.Dominates(graph.Entry, graph.Entry) && post.Dominates(graph.Exit, graph.Exit));
        Assert.Equal(blocks ?? graph.BlockCount, graph.BlockCount);
    }

    private static string Nested(int count, Func<int, string> open, Func<int, string> close, string middle = "")
    {
        var text = new StringBuilder();
        for (var number = 0; number < count; number++)
        {
            text.Append(open(number));
        }

        text.Append(middle);
        for (var number = 0; number < count; number++)
        {
            text.Append(close(number));
        }

        return text.ToString();
    }
}
