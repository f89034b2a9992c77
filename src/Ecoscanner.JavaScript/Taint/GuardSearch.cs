using Ecoscanner.JavaScript.Flow;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Taint;

/// <summary>
/// Whether every way to a place passes a guard of a value. An edge of the control flow that a guard's answer decides counts as guarded, and so does going on after a
/// call that throws otherwise; what is left decides. Functions of the program are guards where they give the answer, or return at all, only past a guard.
/// </summary>
internal sealed partial class GuardSearch(ProgramIndex index, TaintRules rules, ValueKeys keys, IGuardJudge? judge = null)
{
    // Guards within guards, and conditions within conditions; deeper ones count as no guard.
    private const int MaximumDepth = 12;
    private const int MaximumExpressionDepth = 64;

    // Functions that are asked whether they are guards, for one place: an entry that calls a function of each of 400 folders takes 1,000.
    private const int MaximumQuestions = 2_000;

    // And for a whole program.
    private const int MaximumQuestionsInAll = 50_000;

    // Expressions that are read for one function that is asked; people write a hundred.
    private const int MaximumReadings = 5_000;

    // And for a whole program; an app of 3,000 files takes a million.
    private const int MaximumReadingsInAll = 20_000_000;

    private readonly ILookup<Node, TaintTest> tests = rules.Tests.ToLookup(test => test.Test);

    private readonly GuardTrace trace = new();
    private readonly Dictionary<(Question Question, int Instance, Outcome Outcome, bool IsAwaited), int> asked = [];
    private readonly Dictionary<(string Rule, int Instance), bool> mayGuard = [];
    private GuardMemory<FunctionKey, bool> Answers => field ??= new(trace);
    private GuardMemory<(string Rule, int Instance, Node Place), FlowWitness?> Ways => field ??= new(trace);
    private int questions;
    private int questionsInAll;
    private int readings;
    private int readingsInAll;
    private readonly Dictionary<(int Module, int Function, int Block), FlowWitness?> unguardedWays = [];

    /// <summary>Whether some guards were not followed to their end, so that what they stand before may be safe.</summary>
    public bool GaveUp { get; private set; }

    /// <summary>The guards that have been accepted since the list was last emptied.</summary>
    public List<Node> Accepted => trace.Accepted;

    /// <summary>A way from the begin of the function to the place that passes no guard of the value; null where there is none.</summary>
    /// <param name="rule">The rule of the sink.</param>
    /// <param name="place">An expression of the function.</param>
    /// <param name="subject">The key of the value; null where it has none, so that only guards of anything count.</param>
    public FlowWitness? Unguarded(string rule, Frame frame, Node place, string? subject)
    {
        var question = new Question(rule, subject);
        Restart();
        if (index.FlowOf(frame.Instance) is not { } flow || flow.Evaluated(place) is not { Exists: true } node)
        {
            return new FlowWitness([]);
        }

        if (MayGuard(rule, frame.Instance))
        {
            return WayOf(question, frame, flow, node);
        }

        // Where no guard can be, all places of a block are reached alike.
        var key = (frame.Instance.Module, frame.Instance.Function.Index, flow.Graph.BlockOf(node).Index);
        if (!unguardedWays.TryGetValue(key, out var way))
        {
            way = Way(question, frame, flow, node, 0);
            unguardedWays.Add(key, way);
        }

        return way;
    }

    private FlowWitness? WayOf(Question question, Frame frame, FunctionFlow flow, Node node)
    {
        var key = (question.Rule, frame.Instance.Index, node);
        if (!Ways.TryRecall(key, question.Subject, frame, out var way))
        {
            var mark = trace.Begin();
            way = Way(question, frame, flow, node, 0);
            var (uses, accepted) = trace.End(mark, 0);
            Ways.Remember(key, question.Subject, frame, way, uses, accepted);
        }

        return way;
    }

    // Questions within the one that is asked from outside share its limits.
    private void Restart()
    {
        trace.Restart();
        (questions, readings) = (0, 0);
    }

    private bool IsReadEnough()
    {
        if (readings++ < MaximumReadings && readingsInAll++ < MaximumReadingsInAll)
        {
            return false;
        }

        GaveUp = true;
        trace.Uses |= GuardUses.Around;
        return true;
    }

    private bool IsTooDeep(int depth)
    {
        if (depth < MaximumDepth)
        {
            return false;
        }

        trace.Uses |= GuardUses.Around;
        return true;
    }

    /// <summary>Whether a guard of what a writing gives a variable stands on every way from it to the places where several writings meet.</summary>
    public bool IsPastGuard(string rule, Frame frame, FunctionFlow flow, int definition)
    {
        var written = flow.Definitions.At(definition);
        if (keys.Of(frame, written.Node) is not { } subject)
        {
            return false;
        }

        Restart();
        var question = new Question(rule, subject);
        var merges = Enumerable
            .Range(0, flow.Definitions.Count)
            .Where(number => flow.Definitions.At(number).Operands is { IsDefault: false } operands && operands.Contains(definition))
            .ToList();
        return merges.Count > 0 && merges.TrueForAll(merge => IsPastGuard(question, frame, flow, definition, merge, 0));
    }

    // Whether what a writing gives comes to the place where several meet past a guard only.
    private bool IsPastGuard(Question question, Frame frame, FunctionFlow flow, int definition, int merge, int depth)
    {
        var written = flow.Definitions.At(definition);
        var target = flow.Definitions.At(merge).Block;
        var leads = new Leads(start => Reachability.Find(start.Block, target, start.IsCut, static _ => false) is not null);
        return written.Block.Exists
            && Reachability.Find(
                written.Block,
                target,
                edge => IsCut(question, frame, edge, depth, leads),
                node =>
                    (flow.Definitions.WriteOf(node) is >= 0 and var other && other != definition && flow.Definitions.At(other).Symbol == written.Symbol)
                    || IsBarrier(question, frame, node, depth)
            )
                is null;
    }

    /// <summary>Whether guards of the rule stand in the function, or in what it calls.</summary>
    public bool MayGuard(string rule, Instance instance)
    {
        if (mayGuard.Count == 0)
        {
            FindGuards();
        }

        return mayGuard.ContainsKey((rule, instance.Index));
    }

    private void FindGuards()
    {
        mayGuard[("", -1)] = false;
        foreach (var rule in rules.Guards.Select(guard => guard.Rule).Concat(rules.Tests.Select(test => test.Rule)).Distinct(StringComparer.Ordinal))
        {
            var paths = rules.Guards.Where(guard => guard.Rule == rule).Select(guard => guard.Path).ToHashSet(StringComparer.Ordinal);
            var testing = rules.Tests.Where(test => test.Rule == rule).Select(test => FunctionAround(test.Test)).ToHashSet();
            FindCallers(rule, testing.Count == 0 ? [] : index.Solver.Instances.Where(instance => testing.Contains(instance.Function.Node)));
            FindCallers(
                rule,
                index
                    .Solver.ExternalEdges.Where(edge => paths.Contains(index.Solver.Externals.TextOf(edge.External)))
                    .Select(edge => index.Solver.PlaceAt(edge.Site).Instance)
            );
        }

        if (judge is not null)
        {
            FindCallers(judge.Rule, judge.Places);
        }
    }

    private void FindCallers(string rule, IEnumerable<Instance> places)
    {
        var work = new Stack<Instance>(places);
        while (work.TryPop(out var instance))
        {
            if (mayGuard.TryAdd((rule, instance.Index), true))
            {
                foreach (var caller in index.CallersOf(instance))
                {
                    work.Push(index.Solver.PlaceAt(caller).Instance);
                }
            }
        }

        // A function within sees what the one around has found out.
        foreach (var instance in index.Solver.Instances)
        {
            if (instance.Parent is { } parent && mayGuard.ContainsKey((rule, parent.Index)))
            {
                mayGuard.TryAdd((rule, instance.Index), true);
            }
        }
    }

    private static Node FunctionAround(Node node)
    {
        while (node.Exists && !ControlFlowGraph.HasGraph(node.Kind))
        {
            node = node.Tree.ParentOf(node);
        }

        return node;
    }

    private FlowWitness? Way(Question question, Frame frame, FunctionFlow flow, Node node, int depth, Leads? towards = null)
    {
        var leads = towards ?? new Leads(start => Reachability.Find(start.Block, node, start.IsCut, static _ => false) is not null);
        return Reachability.Find(
            flow.Graph,
            node,
            edge => IsCut(question, frame, edge, depth, leads),
            step => step != node && IsBarrier(question, frame, step, depth)
        );
    }

    private bool IsCut(Question question, Frame frame, FlowEdge edge, int depth, Leads leads)
    {
        if (!edge.From.Condition.Exists || !HoldsOn(question, frame, edge, depth))
        {
            return false;
        }

        if (judge is null || question.IsStrict)
        {
            return true;
        }

        var others = edge.From.Successors.Where(other => other.IsDecided && other.To != edge.To).ToList();
        if (!others.Exists(other => HoldsOn(question, frame, other, depth)))
        {
            return true;
        }

        // What the answer means is not known. Where one way alone leads on, that tells; else what such an answer means as a rule.
        return !others.Exists(leads.LeadsOn) || (leads.LeadsOn(edge) && HoldsOn(question with { IsStrict = true }, frame, edge, depth));
    }

    private bool HoldsOn(Question question, Frame frame, FlowEdge edge, int depth)
    {
        var condition = edge.From.Condition;
        return edge.Kind switch
        {
            FlowEdgeKind.True => Holds(question, frame, condition, Outcome.Truthy, depth),
            FlowEdgeKind.False => Holds(question, frame, condition, Outcome.Falsy, depth),
            FlowEdgeKind.Nullish => Holds(question, frame, condition, Outcome.Nullish, depth),
            FlowEdgeKind.NotNullish => Holds(question, frame, condition, Outcome.NotNullish, depth),
            FlowEdgeKind.Case or FlowEdgeKind.NoCase when condition.Kind == NodeKind.SwitchCase => HoldsInCase(question, frame, condition, edge.Kind, depth),
            FlowEdgeKind.Default when condition.Kind == NodeKind.SwitchCase => HoldsInCase(question, frame, condition, FlowEdgeKind.NoCase, depth),
            _ => false,
        };
    }

    private bool HoldsInCase(Question question, Frame frame, Node condition, FlowEdgeKind kind, int depth)
    {
        var discriminant = ValueKeys.Unwrapped(condition.Tree.ParentOf(condition).Discriminant);
        var test = ValueKeys.Unwrapped(condition.Test);
        foreach (var (constant, other) in ((Node, Node)[])[(discriminant, test), (test, discriminant)])
        {
            if (ConstantOf(constant) is { } text)
            {
                var outcome = Outcome.EqualTo(text);
                return Holds(question, frame, other, kind == FlowEdgeKind.Case ? outcome : outcome.Not(), depth);
            }
        }

        return false;
    }

    // Control goes on after it only where a guard let it.
    private bool IsBarrier(Question question, Frame frame, Node node, int depth) =>
        node.Kind switch
        {
            NodeKind.CallExpression or NodeKind.NewExpression or NodeKind.TaggedTemplateExpression => Holds(question, frame, node, Outcome.Any, depth),
            NodeKind.AwaitExpression => Holds(question, frame, node.Argument, Outcome.Any, depth, isAwaited: true),
            _ => false,
        };

    private bool Holds(Question question, Frame frame, Node node, Outcome outcome, int depth, bool isAwaited = false) =>
        new ConditionReading(this, question, frame, depth).Implies(node, outcome, isAwaited, MaximumExpressionDepth);

    internal static string? ConstantOf(Node node) =>
        node.Kind switch
        {
            NodeKind.BooleanLiteral => node.BooleanValue ? "true" : "false",
            NodeKind.NullLiteral => "null",
            NodeKind.NumericLiteral => NumberText.Of(node.NumberValue),
            NodeKind.StringLiteral => $"\"{node.StringValue}\"",
            NodeKind.TemplateLiteral when node.Expressions.Count == 0 => $"\"{node.Quasis[0].CookedValue}\"",
            NodeKind.Identifier when node.Name == "undefined" => "undefined",
            NodeKind.UnaryExpression when node.Operator == TokenKind.Void => "undefined",
            _ => null,
        };

    /// <summary>What is asked for: a guard that is good for the rule, of the value of that key.</summary>
    internal sealed record Question(string Rule, string? Subject)
    {
        /// <summary>Whether answers of which only the meaning as a rule is known are taken to mean that.</summary>
        public bool IsStrict { get; init; }
    }

    /// <summary>Which ways lead to a place at all, once a block is behind.</summary>
    private sealed class Leads(Func<(BasicBlock Block, Func<FlowEdge, bool> IsCut), bool> find)
    {
        private readonly Dictionary<FlowEdge, bool> known = [];

        public bool LeadsOn(FlowEdge edge)
        {
            if (!known.TryGetValue(edge, out var answer))
            {
                known.Add(edge, answer = find((edge.To, other => other.From == edge.From)));
            }

            return answer;
        }
    }
}
