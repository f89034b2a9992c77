using Ecoscanner.JavaScript.Flow;
using Ecoscanner.JavaScript.Lowering;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Taint;

// Functions of the program that are guards: where they give an answer, or return at all, only past one.
internal sealed partial class GuardSearch
{
    private readonly record struct FunctionKey(string Rule, bool IsStrict, int Instance, Outcome Outcome, bool IsAwaited);

    // Functions that assert something are short.
    private const int LongestAssertion = 60;

    // Whether a function of the program gives such an answer only past a guard.
    private bool IsGuard(Question question, Frame frame, Outcome outcome, bool isAwaited, int depth)
    {
        if (IsGuardAtSight(question, frame.Instance, frame.Caller, frame.Call, outcome, isAwaited, depth) is { } told)
        {
            return told;
        }

        var key = new FunctionKey(question.Rule, question.IsStrict, frame.Instance.Index, outcome, isAwaited);
        if (Answers.TryRecall(key, question.Subject, frame, out var known))
        {
            return known;
        }

        // Within itself it is taken to be none.
        var place = (question, frame.Instance.Index, outcome, isAwaited);
        if (asked.TryGetValue(place, out var at))
        {
            trace.AssumeNo(at);
            return false;
        }

        if (questions++ > MaximumQuestions || questionsInAll++ > MaximumQuestionsInAll)
        {
            GaveUp = true;
            trace.Uses |= GuardUses.Around;
            return false;
        }

        at = asked.Count;
        asked.Add(place, at);
        var mark = trace.Begin();
        var outer = readings;
        readings = 0;
        var answer = index.FlowOf(frame.Instance) is { } flow && AnswersOnlyPastGuard(question, frame, flow, outcome, isAwaited, depth + 1);
        var (uses, accepted) = trace.End(mark, at);
        readings = outer;
        asked.Remove(place);
        Answers.Remember(key, question.Subject, frame, answer, uses, accepted);
        return answer;
    }

    // What needs no look at its ways; null where they tell.
    private bool? IsGuardAtSight(Question question, Instance instance, Frame? caller, Node call, Outcome outcome, bool isAwaited, int depth)
    {
        var function = instance.Function;
        if (function.Is(LoweredFunctionKinds.Generator) || IsTooDeep(depth))
        {
            return false;
        }

        if (!MayGuard(question.Rule, instance) && !IsToldAnswer(question, instance, caller, call))
        {
            return NeverReturns(instance) || (outcome.MeansFalsy && IsAlwaysTruthy(instance));
        }

        return function.Is(LoweredFunctionKinds.Async) && !isAwaited ? outcome.MeansFalsy : null;
    }

    // A function of one's own that asserts what it is handed.
    private bool IsToldAnswer(Question question, Instance instance, Frame? caller, Node call) =>
        judge is not null
        && caller is not null
        && call.Kind == NodeKind.CallExpression
        && instance.Function.InstructionCount <= LongestAssertion
        && MayGuard(question.Rule, caller.Instance)
        && call.Arguments.Any(argument =>
            ValueKeys.Unwrapped(argument).Kind
                is NodeKind.BinaryExpression
                    or NodeKind.LogicalExpression
                    or NodeKind.UnaryExpression
                    or NodeKind.Identifier
                    or NodeKind.AwaitExpression
                    or NodeKind.CallExpression
        );

    private bool AnswersOnlyPastGuard(Question question, Frame frame, FunctionFlow flow, Outcome outcome, bool isAwaited, int depth)
    {
        var graph = flow.Graph;
        var body = graph.Node.Body;
        if (graph.Node.Kind == NodeKind.ArrowFunctionExpression && body.Kind != NodeKind.BlockStatement)
        {
            return IsRuledOut(question, frame, body, outcome, isAwaited, depth)
                || (flow.Evaluated(body) is { Exists: true } place && Way(question, frame, flow, place, depth) is null);
        }

        // What an answer means that is not known must be the same for all ways out that the outcome leaves.
        var open = flow.Returns.Where(statement => !IsRuledOut(question, frame, statement.Argument, outcome, isAwaited, depth)).Select(flow.Evaluated).ToList();
        var endsOpen = outcome.Allows("undefined") || (frame.Instance.Function.Kinds & LoweredFunctionKinds.Constructor) != 0;
        var leads = new Leads(start =>
            open.Exists(node => node.Exists && Reachability.Find(start.Block, node, start.IsCut, static _ => false) is not null)
            || (endsOpen && Reachability.Find(start.Block, graph.Exit, edge => IsReturn(edge, graph) || start.IsCut(edge), static _ => false) is not null)
        );
        return open.TrueForAll(node => node.Exists && Way(question, frame, flow, node, depth, leads) is null)
            && (!endsOpen || !ReachesEnd(question, frame, flow, depth, leads));
    }

    private bool IsRuledOut(Question question, Frame frame, Node value, Outcome outcome, bool isAwaited, int depth) =>
        !value.Exists ? !outcome.Allows("undefined") : Holds(question, frame, value, outcome, depth, isAwaited);

    // Whether control falls off the end of the function without having passed a guard.
    private bool ReachesEnd(Question question, Frame frame, FunctionFlow flow, int depth, Leads leads) =>
        Reachability.Find(
            flow.Graph.Entry,
            flow.Graph.Exit,
            edge => IsReturn(edge, flow.Graph) || IsCut(question, frame, edge, depth, leads),
            step => IsBarrier(question, frame, step, depth)
        )
            is not null;

    private static bool IsReturn(FlowEdge edge, ControlFlowGraph graph) => edge.Kind == FlowEdgeKind.Return && edge.To == graph.Exit;

    // Whether nothing but objects and the like comes out of it.
    private bool IsAlwaysTruthy(Instance instance)
    {
        if (index.FlowOf(instance) is not { } flow)
        {
            return false;
        }

        var values = index.Solver.Sets[index.Solver.SetOf(instance.NodeOf(instance.Function.Return))].ToArray();
        return values.Length > 0
            && values.All(value => index.Solver.Values.KindOf(value) is ValueKind.Object or ValueKind.Function or ValueKind.Class or ValueKind.True)
            && (
                flow.Graph.Node.Body.Kind != NodeKind.BlockStatement
                || Reachability.Find(flow.Graph.Entry, flow.Graph.Exit, edge => IsReturn(edge, flow.Graph), static _ => false) is null
            );
    }

    // Whether all that a function does is throw.
    private bool NeverReturns(Instance instance)
    {
        if (index.FlowOf(instance) is not { } flow || flow.Graph.Node.Body.Kind != NodeKind.BlockStatement)
        {
            return false;
        }

        return !flow.Graph.Exit.IsReachable;
    }
}
