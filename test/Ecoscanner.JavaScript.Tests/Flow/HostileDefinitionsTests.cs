using System.Diagnostics;
using System.Text;
using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Flow;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Text;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.JavaScript.Tests.Flow;

/// <summary>Variables in sources made to be slow or deep, and in sources that are hardly any.</summary>
public sealed class HostileDefinitionsTests
{
    private const int Many = 100_000;

    // Generous on a busy machine; what is not linear takes minutes.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public void A_hundred_thousand_branches_that_write() => Solves($"let x = 1;{Repeated(Many, _ => "if(a)x=2;")}f(x)");

    [Fact]
    public void A_hundred_thousand_loops_in_one_another()
    {
        Solves($"let x = 1;{Repeated(Many, _ => "while(a){f(x);")}x=2;{Repeated(Many, _ => "}")}f(x)");
        Solves($"let x = 1;{Repeated(Many, _ => "do{f(x);")}x=2;{Repeated(Many, _ => "}while(a);")}f(x)");
    }

    [Fact]
    public void A_hundred_thousand_writings_in_one_block_that_may_throw() => Solves($"let x = 1;try{{{Repeated(Many, _ => "x=f(x);")}}}catch{{f(x)}}");

    [Fact]
    public void A_hundred_thousand_blocks_that_may_throw() => Solves($"let x = 1;try{{{Repeated(Many, _ => "if(a)x=f(x);")}}}catch{{f(x)}}");

    [Fact]
    public void Ten_thousand_trys_in_one_another() =>
        Solves($"let x = 1;{Repeated(10_000, _ => "try{x=f(x);")}{Repeated(10_000, _ => "}catch{f(x)}finally{x=f(x)}")}f(x)");

    [Fact]
    public void A_hundred_thousand_variables() =>
        Solves($"{Repeated(Many, number => $"var x{number}=1;")}if(a){{{Repeated(Many, number => $"f(x{number});")}}}");

    [Fact]
    public void A_hundred_thousand_variables_that_are_written_twice() =>
        Solves($"{Repeated(Many, number => $"let x{number}=1;if(a)x{number}=2;f(x{number});")}");

    [Fact]
    public void Thousand_variables_that_live_through_a_hundred_thousand_branches_are_too_many()
    {
        var cases = Repeated(Many, number => $"case {number}:f();");
        var source = $"{Variables("let x#=1;")}const y=1;for(;;){{switch(a){{{cases}}}{Variables("f(x#);x#=f();")}f(y)}}";
        var definitions = Solves(source, mayGiveUp: true);
        Assert.True(definitions.GaveUp);
        var scope = SymbolsOf(definitions);
        Assert.True(definitions.Tracks(scope.Find("x0")) && definitions.Tracks(scope.Find("y")));
        Assert.False(definitions.Tracks(scope.Find("x999")));

        static string Variables(string each) => Repeated(1_000, number => each.Replace("#", $"{number}", StringComparison.Ordinal));
    }

    [Fact]
    public void Ten_thousand_functions_in_one_another()
    {
        const int Depth = 10_000;
        var source =
            $"{Repeated(Depth, number => $"function f{number}(a){{let x{number}=1;if(a)x{number}=2;f(x{number});")}eval(a);{Repeated(Depth, _ => "}")}";
        var tree = SyntaxTree.Parse(source);
        var time = Stopwatch.StartNew();
        var model = SemanticModel.Of(tree);
        foreach (var root in ControlFlowGraph.RootsOf(tree))
        {
            Assert.Equal(0, Definitions.Of(ControlFlowGraph.Of(tree, root), model).Count);
        }

        Assert.True(time.Elapsed < Patience, $"it took {time.Elapsed}");
    }

    [Fact]
    public void Any_text_has_definitions_that_fit_together()
    {
        string[] good =
        [
            "import a from 'm'; let b = a; export default class c extends b { [b = c] = d; static e = b++; static { for (const [f = b] of g) { if (f) b = f; } } constructor() { super(b); } }",
            "function* f({ a = b, ...c }, [d] = a) { l: for (;;) { try { if (yield a) { a = d; continue l } return c; } catch ({ d }) { d = a; break l; } finally { a ??= c; } } }",
            "async (x) => { var a; for await (using a of x) { x = a; switch (a?.b?.[x]) { case x: let d; default: d && !x || (await (d = x)); case h: break; } } return a; }",
            "label: do { var a, b = a; with (a) { b ? a = b : d, e = [...a]; } if (!(a && b) ?? i) break label; } while (a?.k(b)); { function a() {} using m = a; a = m } eval(b)",
            "enum A { b = c } namespace D { export let e = <F>g; e = A; } function g(a?): void; function g(a: A) { a = <A>a; (a as any) += a!; for (var i = a in a) i++; } export = g",
            "let a = <A.b c={d} {...a}>{a && <g />}</A.b>; `${a = b}`; a`${a}`; ({ [a]: a.m = n, a } = a); (delete a?.r, typeof a, new.target); catch (a) { var a = a }",
        ];
        Fuzz.Run(random =>
        {
            var options = new ParseOptions
            {
                TypeScript = random.Next(2) == 0,
                Jsx = random.Next(2) == 0,
                Goal = (SourceGoal)random.Next(3),
            };
            var tree = SyntaxTree.Parse(new SourceText(Fuzzing.Mutate(good[random.Next(good.Length)], random)), options);
            var model = SemanticModel.Of(tree);
            foreach (var root in ControlFlowGraph.RootsOf(tree))
            {
                Check(Definitions.Of(ControlFlowGraph.Of(tree, root), model), model);
            }
        });
    }

    private static void Check(Definitions definitions, SemanticModel model)
    {
        for (var index = 0; index < definitions.Count; index++)
        {
            var definition = definitions.At(index);
            Assert.Equal(definition.Kind == DefinitionKind.Merge, definition.Operands.Length > 0);
            Assert.True(definitions.Tracks(definition.Symbol));
            Assert.All(definition.Operands, operand => Assert.True(operand != index && definitions.At(operand).Symbol == definition.Symbol));
            Assert.Equal(definition.Kind == DefinitionKind.Write ? index : Definitions.None, definitions.WriteOf(definition.Node));
        }

        foreach (var node in definitions.Graph.Blocks.Where(block => block.IsReachable).SelectMany(block => block.Nodes))
        {
            var isRead = node.Kind == NodeKind.Identifier && model.ReferenceOf(node).IsRead && definitions.Tracks(model.SymbolOf(node));
            Assert.Equal(isRead, node.Kind != NodeKind.JSXIdentifier && definitions.DefinitionOf(node) != Definitions.None);
        }
    }

    private static Scope SymbolsOf(Definitions definitions) => definitions.At(0).Symbol.Scope;

    private static Definitions Solves(string source, bool mayGiveUp = false)
    {
        var tree = SyntaxTree.Parse(source);
        Assert.Empty(tree.Diagnostics);
        var model = SemanticModel.Of(tree);
        var graph = ControlFlowGraph.Of(tree, tree.Root);
        var time = Stopwatch.StartNew();
        var definitions = Definitions.Of(graph, model);
        Assert.True(time.Elapsed < Patience, $"it took {time.Elapsed}");
        Assert.True(mayGiveUp || !definitions.GaveUp);
        TestContext.Current.SendDiagnosticMessage($"{time.ElapsedMilliseconds} ms, {definitions.Count} definitions, {graph.BlockCount} blocks");
        return definitions;
    }

    private static string Repeated(int count, Func<int, string> each)
    {
        var text = new StringBuilder();
        for (var number = 0; number < count; number++)
        {
            text.Append(each(number));
        }

        return text.ToString();
    }
}
