using System.Text.RegularExpressions;
using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Flow;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Tests.Flow;

/// <summary>Which writing of a variable a reading of it sees.</summary>
public sealed partial class DefinitionsTests
{
    private const int RunsEach = 3;

    private const SymbolKinds Lexical =
        SymbolKinds.Let | SymbolKinds.Const | SymbolKinds.Class | SymbolKinds.Function | SymbolKinds.Parameter | SymbolKinds.CatchParameter;

    private static int Count => Environment.GetEnvironmentVariable("ECOSCANNER_SLOW") == "1" ? 50_000 : 2_000;

    // Of each reading of x, in the order of the source, the writes of x that it may see, numbered in the order of the source; 0 is the start.
    [Theory]
    [InlineData("const x = 1; f(x); f(x)", "1 1")]
    [InlineData("var x; f(x); x = 1; f(x)", "0 1")]
    [InlineData("let x; if (c) x = 1; f(x)", "1|2")]
    [InlineData("let x = 1; if (c) x = 2; else x = 3; f(x)", "2|3")]
    [InlineData("var x; if (c) x = 1; f(x)", "0|1")]
    [InlineData("let x = 1; x += x; f(x)", "1 1 2")]
    [InlineData("let x = 1; x++; --x; f(x)", "1 2 3")]
    [InlineData("let x = 1; (x as any) += 1; f(x); (x as any) = 2; f(x)", "1 2 3")]
    [InlineData("let x = 1; x ||= 2; f(x); x &&= 3; f(x); x ??= 4; f(x)", "1 1|2 1|2 1|2|3 1|2|3 1|2|3|4")]
    [InlineData("let x = 1; c && (x = 2); f(x)", "1|2")]
    [InlineData("let x = 1; c ? x = 2 : x = 3; f(x)", "2|3")]
    [InlineData("let x = 1; c?.[x = 2](x); f(x)", "2 1|2")]
    [InlineData("let x = 1; while (f(x)) x = 2; f(x)", "1|2 1|2")]
    [InlineData("let x = 1; do { f(x); x = 2 } while (f(x)); f(x)", "1|2 2 2")]
    [InlineData("for (let x = 1; x < 2; x++) f(x)", "1|2 1|2 1|2")]
    [InlineData("let x = 1; for (;;) { if (c) { x = 2; continue } if (d) { x = 3; break } f(x) } f(x)", "1|2 3")]
    [InlineData("let x = 1; a: for (;;) { for (;;) { if (c) { x = 2; continue a } if (d) break a; x = 3; f(x) } }; f(x)", "3 1|2|3")]
    [InlineData("let x = 1; a: { if (c) break a; x = 2 } f(x)", "1|2")]
    [InlineData("let x = 1; for (x of c) f(x); f(x)", "2 1|2")]
    [InlineData("let x = 1; for (x in c) { f(x); x = 3 } f(x)", "2 1|3")]
    [InlineData("for (const x of c) f(x)", "1")]
    [InlineData("var x; for (var x of c) f(x); f(x)", "1 0|1")]
    [InlineData("let x = 1; switch (c) { case x: x = 2; case 2: f(x); x = 3; break; default: f(x); x = 4 } f(x)", "1 1|2 1 3|4")]
    [InlineData("let x = 1; switch (c) { case 1: x = 2; break; case 2: x = 3 } f(x)", "1|2|3")]
    [InlineData("let x = 1; try { x = 2; f(); x = 3 } catch { f(x) } f(x)", "1|2|3 1|2|3")]
    [InlineData("let x = 1; try { f(); } catch { f(x) } f(x)", "1 1")]
    [InlineData("var x; try { x = f() } catch { f(x) } f(x)", "0|1 0|1")]
    [InlineData("let x = 1; try { x = 2 } finally { f(x) } f(x)", "1|2 1|2")]
    [InlineData("let x = 1; try { x = 2; f() } catch { x = 3 } finally { f(x); x = 4 } f(x)", "1|2|3 4")]
    [InlineData("let x = 1; try { if (c) return; x = 2 } finally { f(x) } f(x)", "1|2 1|2")]
    [InlineData("try { c() } catch (x) { f(x); x = 2; f(x) }", "1 2")]
    [InlineData("let x = 1; for (;;) { try { x = 2; if (c) break; x = 3 } finally { f(x) } } f(x)", "1|2|3 1|2|3")]
    [InlineData("let x; [x = 1] = c; f(x)", "2")]
    [InlineData("let x = 1; [c = x, x, d = x] = e; f(x)", "1 2 2")]
    [InlineData("let x = 1; ({ a: x, [x]: c, ...x } = d); f(x)", "2 3")]
    [InlineData("let { x, y = x } = c; f(x)", "1 1")]
    [InlineData("let x = 1; const y = { x }; ({ x } = y); f(x)", "1 2")]
    [InlineData("let x = 1; const y = () => x; x = 2; f(x)", "2")]
    [InlineData("let x = 1; const y = () => { x = 2 }; f(x)", "-")]
    [InlineData("let x = 1; class A { static { x = 2 } } f(x)", "-")]
    [InlineData("let x = 1; class A { y = x++ } f(x)", "-")]
    [InlineData("let x = 1; class A { static [x = 2] = x } f(x)", "2")]
    [InlineData("let x = 1; x = 2; eval(c); f(x)", "-")]
    [InlineData("let x = 1; x = 2; (() => eval(c)); f(x)", "-")]
    [InlineData("let x = 1; { const y = () => eval(c); } { let z = 2 } f(x)", "-")]
    [InlineData("let x = 1; x = 2; with (c) { x = 3 } f(x)", "-")]
    [InlineData("function x() {} f(x); x = 2; f(x)", "1 2")]
    [InlineData("f(x); function x() {} function x() {} f(x)", "2 2")]
    [InlineData("f(x); var x = 2; function x() {} f(x)", "2 1")]
    [InlineData("{ function x() {} f(x) } f(x)", "1 -")]
    [InlineData("class x {} f(x); x = 2; f(x)", "1 2")]
    [InlineData("if (c) { let x = 1; f(x) } else { let x = 2; f(x); x = 3; f(x) }", "1 2 3")]
    [InlineData("for (;;) { let x; f(x); if (c) x = 1; f(x) }", "1 1|2")]
    [InlineData("for (;;) { var x; f(x); if (c) x = 1; f(x) }", "0|1 0|1")]
    [InlineData("let x = 1; return; f(x); x = 2; f(x)", "")]
    [InlineData("for (var x = 1 in c) f(x); f(x)", "- -")]
    [InlineData("try { c() } catch (x) { var x = 2; f(x) } f(x)", "- -")]
    [InlineData("let x = 1; if (c) { x = 2; throw x } f(x)", "2 1")]
    [InlineData("let x = 1; typeof x; delete x.y; x.y = 2; x().z += x; f(x)", "1 1 1 1 1 1")]
    [InlineData("using x = c; f(x)", "1")]
    [InlineData("var x = 1; { using y = c; x = 2; f(); x = 3 } f(x)", "1|2|3")]
    public void Each_reading_sees_what_may_have_been_written(string body, string expected) => Assert.Equal(expected, Shown($"function g(a, b) {{ {body} }}"));

    [Theory]
    [InlineData("function g(x) { f(x); x = 2; f(x) }", "1 2")]
    [InlineData("function g(x, y = x) { f(x) }", "1 1")]
    [InlineData("function g(x = 1) { f(x); if (c) x = 2; f(x) }", "1 1|2")]
    [InlineData("function g({ x }, [...y] = x) { f(x) }", "1 1")]
    [InlineData("function g(x) { var x; f(x); }", "1")]
    [InlineData("function g(x) { f(x); function x() {} }", "2")]
    [InlineData("function g(x, y = 1) { var x; f(x); }", "-")]
    [InlineData("function g(x) { x = 2; f(x, arguments) }", "-")]
    [InlineData("function g(x) { 'use strict'; x = 2; f(x, arguments) }", "2")]
    [InlineData("function g(...x) { x = 2; f(x, arguments) }", "2")]
    [InlineData("function g(x) { x = 2; f(x); return () => arguments }", "-")]
    [InlineData("function g(x) { x = 2; f(x); return function () { arguments } }", "2")]
    [InlineData("(function x() { f(x) })", "-")]
    [InlineData("let x; function g() { x = 1; f(x); }", "-")]
    [InlineData("function* g(x) { try { yield x; x = 2; yield x } finally { f(x) } }", "1 2 1|2")]
    [InlineData("async function g(x) { try { x = 2; await c; x = 3 } catch { } f(x) }", "1|2|3")]
    [InlineData("class A { private constructor(private x = 1) { f(x); x = 2 } }", "1")]
    [InlineData("const g = x => x && (x = 2) && x", "1 2")]
    public void Parameters_are_written_where_they_stand(string source, string expected) => Assert.Equal(expected, Shown(source));

    [Theory]
    [InlineData("export let x = 1; f(x); x = 2; f(x)", "1 2")]
    [InlineData("import x from 'y'; f(x)", "-")]
    [InlineData("import y from 'y'; var x = y; export { x }; f(x); export function z() { x }", "1")]
    [InlineData("import y from 'y'; let x = Y; f(<x.Y />, <A b={x} />); function A() {}", "1 1")]
    [InlineData("f(x); export default function x() {}", "1")]
    [InlineData("namespace N { export let x = 1; f(x) }", "-")]
    [InlineData("enum x { a } f(x)", "-")]
    [InlineData("function x(): void; function x(a?: any) {} f(x)", "1")]
    public void A_program_has_variables_too(string source, string expected) => Assert.Equal(expected, Shown(source, ofProgram: true));

    [Fact]
    public void What_cannot_be_reached_writes_but_is_not_read()
    {
        var (tree, definitions) = Of("function g() { let x = 1; return x; x = 2; f(x) }");
        var uses = Named(tree, "x");
        Assert.Equal([0, 1], new[] { uses[0], uses[2] }.Select(definitions.WriteOf));
        Assert.Equal([0, Definitions.None], new[] { uses[1], uses[3] }.Select(definitions.DefinitionOf));
        Assert.Equal(DefinitionKind.Write, definitions.At(1).Kind);
        Assert.Equal(2, definitions.Count);
    }

    [Fact]
    public void Only_what_is_read_later_is_merged()
    {
        var (_, definitions) = Of("function g() { let x = 1, y = 1; if (c) { x = 2; y = 2 } f(x); y = 3; f(y); for (;;) { if (d) x = 3 } }");
        var merge = Assert.Single(Enumerable.Range(0, definitions.Count).Select(definitions.At), definition => definition.Kind == DefinitionKind.Merge);
        Assert.Equal("x", merge.Symbol.Name);
        Assert.Equal([0, 1], merge.Operands.Select(operand => definitions.At(operand).Node.Start > 40 ? 1 : 0));
        Assert.False(definitions.GaveUp);
    }

    [Fact]
    public void A_symbol_that_is_written_elsewhere_or_unknown_is_not_followed()
    {
        var (tree, definitions) = Of("let o; function g(a) { var unused; let seen = 1; o = a; return () => seen + (unused = 1) }");
        var model = SemanticModel.Of(tree);
        Assert.True(definitions.Tracks(Symbol("seen")) && definitions.Tracks(Symbol("a")));
        Assert.False(definitions.Tracks(Symbol("o")) || definitions.Tracks(Symbol("unused")) || definitions.Tracks(Symbol("g")) || definitions.Tracks(default));
        Assert.Throws<ArgumentException>(() => Definitions.Of(definitions.Graph, SemanticModel.Of(SyntaxTree.Parse(""))));

        Symbol Symbol(string name) => model.SymbolOf(Named(tree, name)[0]);
    }

    [Fact]
    public void They_are_what_reaches_by_the_long_way()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var (reads, merged) = (0, 0);
        for (var number = 0; number < Count; number++)
        {
            var source = MadeUpFunction.Of(random, hasVariables: true).Source;
            var (tree, definitions) = Of(source);
            var model = SemanticModel.Of(tree);
            foreach (var (node, expected) in new ReachingWrites(definitions.Graph, model).Solve())
            {
                var symbol = model.SymbolOf(node);
                if (!definitions.Tracks(symbol))
                {
                    Assert.Equal(Definitions.None, definitions.DefinitionOf(node));
                    continue;
                }

                var seen = Seen(definitions, node);
                reads++;
                merged += seen.Count > 1 ? 1 : 0;
                // What is read before its one writing throws.
                var isOnce = symbol.Is(Lexical) && symbol.IsConstant;
                Assert.True(
                    isOnce ? seen.Count == 1 && expected.IsSubsetOf([0, .. seen]) : seen.SetEquals(expected),
                    $"seed {seed}: {node.Text} at {node.Start} sees {string.Join(' ', seen)}, not {string.Join(' ', expected)}\n{source}\n{FlowPrinter.Text(definitions.Graph)}"
                );
            }

            for (var index = 0; index < definitions.Count; index++)
            {
                var definition = definitions.At(index);
                Assert.True(
                    (definition.Kind == DefinitionKind.Merge) == (definition.Operands.Length > 1) && definition.Operands.Length != 1,
                    $"seed {seed}\n{source}"
                );
            }
        }

        Assert.True(merged > Count && reads > merged, $"{merged} of {reads}");
    }

    [Fact]
    public void What_Node_reads_was_written_where_they_say()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var functions = Enumerable.Range(0, Count / 2).Select(_ => MadeUpFunction.Of(random, hasVariables: true)).ToList();
        var traces = Trace.Run(
            functions.Select(function => new
            {
                source = function.Source,
                kind = function.Kind,
                seeds = Enumerable.Range(0, RunsEach).Select(_ => random.Next()),
            })
        );
        var checks = 0;
        for (var index = 0; index < functions.Count; index++)
        {
            var source = functions[index].Source;
            var (tree, definitions) = Of(source);
            var reads = Reads(tree);
            foreach (
                var (read, number) in traces.Skip(index * RunsEach).Take(RunsEach).SelectMany(trace => trace.Reads).Select(pair => (reads[pair[0]], pair[1]))
            )
            {
                checks++;
                var allowed = Seen(definitions, read).Select(write => NumberOf(tree, write));
                Assert.True(
                    allowed.Contains(number),
                    $"seed {seed}: {read.Text} at {read.Start} had {number}, not {string.Join(' ', allowed)}\n{source}\n{FlowPrinter.Text(definitions.Graph)}"
                );
            }
        }

        Assert.True(checks > functions.Count, "hardly anything was read");
    }

    // By the number in r(number, v): that v.
    private static Dictionary<int, Node> Reads(SyntaxTree tree) =>
        Enumerable
            .Range(1, tree.NodeCount)
            .Select(tree.NodeAt)
            .Where(node => node.Kind == NodeKind.CallExpression && node.Callee is { Kind: NodeKind.Identifier, Name: "r" })
            .ToDictionary(node => int.Parse(node.Arguments[0].Text), node => node.Arguments[1]);

    // The number of the value that is written there; -1 where it is undefined.
    private static int NumberOf(SyntaxTree tree, int write)
    {
        var node = write == 0 ? default : tree.NodeAt(write);
        return !node.Exists || tree.ParentOf(node) is { Kind: NodeKind.VariableDeclarator, Init.Exists: false } declarator && !IsLoopHead(tree, declarator)
            ? -1
            : int.Parse(ValuePattern().Match(tree.Source.Content, node.End).Groups["number"].ValueSpan);
    }

    private static bool IsLoopHead(SyntaxTree tree, Node declarator) =>
        tree.ParentOf(tree.ParentOf(declarator)).Kind is NodeKind.ForOfStatement or NodeKind.ForInStatement;

    [GeneratedRegex(@"\bw[sk]?\((?<number>\d+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ValuePattern();

    private static (SyntaxTree Tree, Definitions Definitions) Of(string source)
    {
        var tree = SyntaxTree.Parse(source);
        Assert.True(tree.Diagnostics.Count == 0, source);
        var root = ControlFlowGraph.RootsOf(tree)[1];
        return (tree, Definitions.Of(ControlFlowGraph.Of(tree, root), SemanticModel.Of(tree)));
    }

    private static List<Node> Named(SyntaxTree tree, string name) =>
        [
            .. Enumerable
                .Range(1, tree.NodeCount)
                .Select(tree.NodeAt)
                .Where(node => node.Kind is NodeKind.Identifier or NodeKind.JSXIdentifier && node.Name == name)
                .OrderBy(node => node.Start),
        ];

    private static string Shown(string source, bool ofProgram = false)
    {
        var tree = SyntaxTree.Parse(source);
        tree = tree.Diagnostics.Count == 0 ? tree : SyntaxTree.Parse(new SourceText(source), new ParseOptions { TypeScript = true, Jsx = true });
        Assert.True(tree.Diagnostics.Count == 0, source);
        var model = SemanticModel.Of(tree);
        var root = ControlFlowGraph.RootsOf(tree).First(node => ofProgram || node.Kind is not (NodeKind.Program or NodeKind.PropertyDefinition));
        var graph = ControlFlowGraph.Of(tree, root);
        var definitions = Definitions.Of(graph, model);
        var uses = Named(tree, "x").Where(node => model.SymbolOf(node).Exists).ToList();
        var writes = uses.Where(node => definitions.WriteOf(node) != Definitions.None).Select(node => node.Index).Prepend(0).ToList();
        var reads = uses.Where(node => model.ReferenceOf(node).IsRead && graph.BlockOf(node) is { Exists: true, IsReachable: true });
        return string.Join(' ', reads.Select(read => definitions.DefinitionOf(read) == Definitions.None ? "-" : Numbers(read)));

        string Numbers(Node read) => string.Join('|', Seen(definitions, read).Select(write => writes.IndexOf(write)).Order());
    }

    private static SortedSet<int> Seen(Definitions definitions, Node read)
    {
        var first = definitions.DefinitionOf(read);
        var (met, writes) = (new HashSet<int> { first }, new SortedSet<int>());
        var waiting = new Stack<int>(met);
        while (waiting.TryPop(out var index))
        {
            var definition = definitions.At(index);
            if (definition.Kind != DefinitionKind.Merge)
            {
                writes.Add(definition.Node.Exists ? definition.Node.Index : 0);
            }

            foreach (var operand in definition.Operands.Where(met.Add))
            {
                waiting.Push(operand);
            }
        }

        return writes;
    }
}
