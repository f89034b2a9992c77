using System.Diagnostics;
using System.Globalization;
using Ecoscanner.JavaScript.Flow;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Tests.Flow;

/// <summary>Ways past guards: <c>ok</c> is a condition that lets in where it is true, <c>guard()</c> throws where it does not, <c>sink</c> is where they lead.</summary>
public sealed class ReachabilityTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static int Count => Environment.GetEnvironmentVariable("ECOSCANNER_SLOW") == "1" ? 20_000 : 1_000;

    [Theory]
    [InlineData("if (ok) sink", null)]
    [InlineData("if (!ok) return; sink", null)]
    [InlineData("if (!ok) sink", "ok False")]
    [InlineData("if (ok) a; sink", "ok False")]
    [InlineData("if (a || ok) sink", "a True")]
    [InlineData("if (a && ok) sink", null)]
    [InlineData("if (!(a && ok)) return; sink", null)]
    [InlineData("ok && sink", null)]
    [InlineData("ok || sink", "ok False")]
    [InlineData("a ? ok && sink : b || sink2", null)]
    [InlineData("while (ok) sink", null)]
    [InlineData("while (!ok) { if (a) break } sink", "ok False, a True")]
    [InlineData("for (const a of b) { if (!ok) continue; sink }", null)]
    [InlineData("for (const a of b) { if (!ok) break } sink", "for Done")]
    [InlineData("switch (a) { case 1: if (!ok) break; case 2: sink }", "case 1 NoCase, case 2 Case")]
    [InlineData("guard(); sink", null)]
    [InlineData("sink; guard()", "")]
    [InlineData("guard(sink)", "")]
    [InlineData("guard(); if (a) sink", null)]
    [InlineData("if (a) guard(); sink", "a False")]
    [InlineData("a && guard(), sink", "a False")]
    [InlineData("await guard(); sink", null)]
    [InlineData("try { guard(); sink } catch { }", null)]
    [InlineData("try { guard() } catch { } sink", "")]
    [InlineData("try { guard() } catch { sink }", "")]
    [InlineData("try { guard() } catch { return } sink", null)]
    [InlineData("try { guard() } catch { throw a } sink", null)]
    [InlineData("try { guard() } finally { sink }", "")]
    [InlineData("try { guard() } finally { a } sink", null)]
    [InlineData("try { guard() } finally { try { a } finally { b } } sink", "")] // what is known of the outer is lost
    [InlineData("try { try { guard() } finally { a } } finally { b } sink", null)]
    [InlineData("try { if (!ok) return } finally { a() } sink", null)]
    [InlineData("a: try { if (!ok) return; if (b) break a; guard() } finally { a() } sink", null)]
    [InlineData("a: { try { if (!ok) break a } finally { a() } sink }", null)]
    [InlineData("a: { try { if (!ok) break a } finally { a() } b } sink", "ok False")]
    [InlineData("for (;;) { try { if (ok) break; } finally { if (a) b } } sink", null)]
    [InlineData("for (;;) { try { if (!ok) continue; c } finally { if (a) b } sink }", null)]
    [InlineData("try { a: { if (a) break a; guard() } } finally { b } sink", "a True")]
    [InlineData("try { switch (a) { default: break } } finally { b() } sink", "")]
    [InlineData("{ using a = b; if (!ok) return; c } sink", null)]
    [InlineData("for (const a of b) { for (const c of d) { if (!ok) return; break } sink }", "for Item, for Done")]
    [InlineData("for (const a of b) { for (const c of d) if (!ok) throw a; else break; if (c) sink }", "for Item, for Done, c True")]
    [InlineData("a: try { guard() } finally { break a } sink", "")]
    [InlineData("return; sink", null)]
    [InlineData("throw a; sink", null)]
    public void A_way_is_found_that_passes_no_guard(string body, string? conditions)
    {
        var tree = SyntaxTree.Parse($"async function f() {{ {body} }}");
        Assert.Empty(tree.Diagnostics);
        var graph = ControlFlowGraph.Of(tree, tree.Root.BodyItems[0]);
        var witness = Reachability.Find(graph, Named(graph, "sink"), IsAccepted, IsGuard);
        Assert.Equal(conditions, witness is null ? null : string.Join(", ", witness.Conditions.Select(pair => $"{Word(pair.Condition)} {pair.Outcome}")));
    }

    [Theory]
    [InlineData("sink", "")]
    [InlineData("if (a) sink", "a True")]
    [InlineData("if (a && !b) { if (c ?? d) sink }", "a True, b False, c ?? d True")]
    [InlineData("if (a || b) sink", "")]
    [InlineData("if (a) return; for (const c of d) sink", "a False, for Item")]
    [InlineData("while (a) { b } sink", "a False")]
    [InlineData("do { if (a) sink } while (b)", "a True")]
    [InlineData("switch (a) { case 1: sink; break; case 2: b }", "case 1 Case")]
    [InlineData("switch (a) { case 1: b; case 2: sink }", "")]
    [InlineData("try { if (a) b(); c() } catch { sink }", "")]
    [InlineData("if (a) { try { b() } catch { sink } }", "a True")]
    [InlineData("if (a) b; else c; if (d) e; else sink", "d False")]
    [InlineData("return; if (a) sink", "")]
    public void What_every_way_to_a_block_decides_holds_there(string body, string conditions)
    {
        var tree = SyntaxTree.Parse($"async function f() {{ {body} }}");
        var graph = ControlFlowGraph.Of(tree, tree.Root.BodyItems[0]);
        var held = Conditions.Of(graph).HeldAt(graph.BlockOf(Named(graph, "sink")));
        Assert.Equal(conditions, string.Join(", ", held.Select(edge => $"{Word(edge.From.Condition)} {edge.Kind}")));
    }

    [Fact]
    public void A_way_can_begin_anywhere_and_must_end_where_something_is_evaluated()
    {
        var tree = SyntaxTree.Parse("function f() { if (ok) { if (a) sink } if (b) {} }");
        var graph = ControlFlowGraph.Of(tree, tree.Root.BodyItems[0]);
        var start = graph.BlockOf(Named(graph, "a"));
        Assert.Equal(
            "a True",
            string.Join(
                ", ",
                Reachability.Find(start, Named(graph, "sink"), IsAccepted, IsGuard)!.Conditions.Select(pair => $"{Word(pair.Condition)} {pair.Outcome}")
            )
        );
        Assert.Null(Reachability.Find(graph.BlockOf(Named(graph, "b")), Named(graph, "sink"), IsAccepted, IsGuard));
        Assert.Throws<ArgumentException>(() => Reachability.Find(graph, tree.Root, IsAccepted, IsGuard));
    }

    [Fact]
    public void They_are_what_walking_all_ways_finds()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var (found, proven, held) = (0, 0, 0);
        for (var number = 0; number < Count; number++)
        {
            var source = MadeUpFunction.Of(random).Source;
            var tree = SyntaxTree.Parse(source);
            var graph = ControlFlowGraph.Of(tree, tree.Root.BodyItems[0]);
            var nodes = graph.Blocks.SelectMany(block => block.Nodes).ToList();
            var target = nodes[random.Next(nodes.Count)];
            var guards = nodes.Where(_ => random.Next(40) == 0).ToHashSet();
            var cut = graph.Blocks.SelectMany(block => block.Successors).Where(edge => edge.IsDecided && random.Next(15) == 0).ToHashSet();
            var witness = Reachability.Find(graph, target, cut.Contains, guards.Contains);
            var (every, feasible) = (Distances(graph, target, cut, guards, false), Distances(graph, target, cut, guards, true));
            var text =
                $"seed {seed}: to {target.Text} at {target.Start} past {string.Join(' ', guards.Select(node => node.Start))} and {string.Join(' ', cut)}: {witness}\n{source}\n{FlowPrinter.Text(graph)}";
            if (witness is null)
            {
                proven++;
                Assert.True(feasible is null, text);
            }
            else
            {
                found++;
                Assert.True(every is { } shortest && shortest <= witness.Edges.Length, text);
                Assert.True(feasible is not { } way || witness.Edges.Length <= way, text);
                var at = graph.Entry;
                foreach (var edge in witness.Edges)
                {
                    Assert.True(edge.From == at && !cut.Contains(edge) && at.Successors.Contains(edge), text);
                    Assert.True(edge.Kind == FlowEdgeKind.Exception || !at.Nodes.Any(guards.Contains), text);
                    at = edge.To;
                }

                Assert.Equal(graph.BlockOf(target), at);
            }

            held += number % 4 == 0 ? CheckHeld(graph, graph.BlockOf(target), text) : 0;
        }

        Assert.True(found > Count / 10 && proven > Count / 10 && held > Count / 10, $"{found} {proven} {held}");
    }

    [Theory]
    [InlineData("if(a)b;", "", 100_000)]
    [InlineData("if(a){", "}", 100_000)]
    [InlineData("try{if(a)return;b()}finally{c}", "", 50_000)]
    [InlineData("a:try{if(a)return;b()}finally{if(c)break a}", "", 20_000)]
    [InlineData("try{", "}finally{if(a)b}", 10_000)]
    [InlineData("try{}finally{", "}", 10_000)]
    [InlineData("for(const a of b){if(a)break;", "}", 10_000)]
    public void Long_functions_take_no_longer_than_their_length(string open, string close, int count)
    {
        var tree = SyntaxTree.Parse($"function f(){{{string.Concat(Enumerable.Repeat(open, count))}sink;{string.Concat(Enumerable.Repeat(close, count))}}}");
        var graph = ControlFlowGraph.Of(tree, tree.Root.BodyItems[0]);
        var sink = Named(graph, "sink");
        var time = Stopwatch.StartNew();
        Assert.NotNull(Reachability.Find(graph, sink, IsAccepted, IsGuard));
        Assert.Equal(open == "if(a){" ? count : 0, Conditions.Of(graph).HeldAt(graph.BlockOf(sink)).Count(edge => edge.Kind == FlowEdgeKind.True));
        Assert.True(time.Elapsed < Patience, $"it took {time.Elapsed}");
    }

    // Whatever has not been done before a call that Node ran is a guard that was not passed.
    [Fact]
    public void What_Node_does_is_never_proven_impossible()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var functions = Enumerable.Range(0, Count).Select(_ => MadeUpFunction.Of(random)).ToList();
        var traces = Trace.Run(
            functions.Select(function => new
            {
                source = function.Source,
                kind = function.Kind,
                seeds = (int[])[random.Next()],
            })
        );
        var guarded = 0;
        for (var index = 0; index < functions.Count; index++)
        {
            if (traces[index].Events is not { Count: > 0 } events)
            {
                continue;
            }

            var tree = SyntaxTree.Parse(functions[index].Source);
            var graph = ControlFlowGraph.Of(tree, tree.Root.BodyItems[0]);
            var calls = graph
                .Blocks.SelectMany(block => block.Nodes)
                .Where(node => node.Kind == NodeKind.CallExpression && node.Callee is { Kind: NodeKind.Identifier, Name: "t" })
                .ToDictionary(node => node, node => int.Parse(node.Arguments[0].Text, CultureInfo.InvariantCulture));
            for (var last = 0; last < events.Count; last++)
            {
                var before = events.Take(last).ToHashSet();
                var target = calls.Single(pair => pair.Value == events[last] / 8).Key;
                var witness = Reachability.Find(
                    graph,
                    target,
                    edge =>
                        edge.IsDecided
                        && calls.TryGetValue(edge.From.Condition, out var call)
                        && !Values(edge.Kind).Any(value => before.Contains((call * 8) + value)),
                    node => calls.TryGetValue(node, out var call) && !Enumerable.Range(0, 4).Any(value => before.Contains((call * 8) + value))
                );
                guarded++;
                var shown = string.Join(' ', events.Select(item => $"{item / 8}:{item % 8}"));
                Assert.True(witness is not null, $"seed {seed}: call {events[last] / 8}\n{functions[index].Source}\n{shown}\n{FlowPrinter.Text(graph)}");
            }
        }

        Assert.True(guarded > Count, "hardly anything ran");
    }

    // What a call may have given, as the events say it, where control goes that way.
    private static IEnumerable<int> Values(FlowEdgeKind kind) =>
        kind switch
        {
            FlowEdgeKind.True => [3],
            FlowEdgeKind.False => [0, 1, 2],
            FlowEdgeKind.Nullish => [0, 1],
            FlowEdgeKind.NotNullish => [2, 3],
            _ => [0, 1, 2, 3],
        };

    // An edge is held where without it nothing leads there.
    private static int CheckHeld(ControlFlowGraph graph, BasicBlock block, string text)
    {
        if (!block.IsReachable)
        {
            return 0;
        }

        var edges = graph.Blocks.SelectMany(from => from.Successors).Where(edge => edge.IsDecided && !Leads(edge)).ToHashSet();
        var held = Conditions.Of(graph).HeldAt(block);
        Assert.True(edges.SetEquals(held), $"{block}: {string.Join(' ', held)}, not {string.Join(' ', edges)}\n{text}");
        return edges.Count;

        bool Leads(FlowEdge without)
        {
            var met = new HashSet<BasicBlock> { graph.Entry };
            var waiting = new Queue<BasicBlock>(met);
            while (waiting.TryDequeue(out var at))
            {
                foreach (var edge in at.Successors.Where(edge => edge != without && met.Add(edge.To)))
                {
                    waiting.Enqueue(edge.To);
                }
            }

            return met.Contains(block);
        }
    }

    // How many edges a way has at least; with whole stacks of how each finally was entered, where only those ways count that go on so.
    private static int? Distances(ControlFlowGraph graph, Node target, HashSet<FlowEdge> cut, HashSet<Node> guards, bool isMatched)
    {
        var goal = graph.BlockOf(target);
        if (goal.Nodes.TakeWhile(node => node != target).Any(guards.Contains))
        {
            return null;
        }

        var met = new HashSet<(BasicBlock, string)> { (graph.Entry, "") };
        var waiting = new Queue<(BasicBlock Block, string Stack, int Distance)>([(graph.Entry, "", 0)]);
        while (waiting.TryDequeue(out var at))
        {
            if (at.Block == goal)
            {
                return at.Distance;
            }

            var isBarred = at.Block.Nodes.Any(guards.Contains);
            foreach (var edge in at.Block.Successors.Where(edge => !cut.Contains(edge) && (!isBarred || edge.Kind == FlowEdgeKind.Exception)))
            {
                var stack = isMatched ? Behind(edge, at.Stack) : "";
                if (stack is not null && met.Add((edge.To, stack)))
                {
                    waiting.Enqueue((edge.To, stack, at.Distance + 1));
                }
            }
        }

        return null;
    }

    // The stack is a word for each finally that the way is in: its block and how it was entered. Null where the edge does not fit.
    private static string? Behind(FlowEdge edge, string stack)
    {
        var finishes = edge.From.Graph.RecordOf(edge.From.Index).Finishes - 1;
        var words = stack.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList();
        var isOut = edge.Kind != FlowEdgeKind.Exception && finishes >= 0;
        if (isOut)
        {
            var word = words.FindLastIndex(word => word.StartsWith($"{finishes}:", StringComparison.Ordinal));
            if (word < 0 || words[word] != $"{finishes}:{edge.Kind}")
            {
                return null;
            }

            words.RemoveRange(word, words.Count - word);
        }

        if (edge.To.Kind is BlockKind.Finalizer or BlockKind.Disposal or BlockKind.Closing)
        {
            words.RemoveAll(word => word.StartsWith($"{edge.To.Index}:", StringComparison.Ordinal));
            var kind = edge.Kind switch
            {
                FlowEdgeKind.Exception or FlowEdgeKind.Throw => FlowEdgeKind.Throw,
                FlowEdgeKind.Return or FlowEdgeKind.Break or FlowEdgeKind.Continue => edge.Kind,
                _ => FlowEdgeKind.Next,
            };
            words.Add($"{edge.To.Index}:{kind}");
        }

        return string.Join(' ', words);
    }

    private static bool IsAccepted(FlowEdge edge) => edge.Kind == FlowEdgeKind.True && edge.From.Condition.Text is "ok";

    private static bool IsGuard(Node node) => (node.Kind == NodeKind.CallExpression && node.Callee.Text is "guard");

    private static Node Named(ControlFlowGraph graph, string name) =>
        graph.Blocks.SelectMany(block => block.Nodes).Single(node => node.Kind == NodeKind.Identifier && node.Name == name);

    private static string Word(Node condition) =>
        condition.Kind switch
        {
            NodeKind.ForOfStatement => "for",
            NodeKind.SwitchCase => $"case {condition.Test.Text}",
            _ => condition.Text.ToString(),
        };
}
