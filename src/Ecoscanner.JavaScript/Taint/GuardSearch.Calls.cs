using Ecoscanner.JavaScript.Lowering;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Taint;

// How keys get from one function to another, and what objects were made with.
internal sealed partial class GuardSearch
{
    private readonly Dictionary<int, HashSet<string>> storedIn = [];

    // The key of an item of which nothing more is known.
    private const string Item = "item";

    private ProgramIndex GuardIndex => index;

    private ValueKeys GuardKeys => keys;

    private IReadOnlyList<TaintGuard> GuardRules => rules.Guards;

    private IGuardJudge? Judge => judge;

    /// <summary>Whether a function is what a promise calls when it has come to something.</summary>
    public static bool IsThen(Node call, Node function) =>
        call.Kind == NodeKind.CallExpression
        && call.Arguments is { Count: > 0 } arguments
        && arguments[0] == function
        && ValueKeys.Unwrapped(call.Callee) is { Kind: NodeKind.MemberExpression } callee
        && !callee.Has(NodeFlags.Computed)
        && callee.Property.Name == "then";

    /// <summary>Whether the promise that a function is handed to comes to something only past a guard.</summary>
    public bool IsFulfilledPastGuard(string rule, Frame caller, Node call, string? subject)
    {
        Restart();
        return Holds(new(rule, subject), caller, ValueKeys.Unwrapped(call.Callee).Object, Outcome.Any, 0, isAwaited: true);
    }

    private bool IsPastGuard(Question question, Frame frame, Node place, int depth) =>
        index.FlowOf(frame.Instance) is { } flow && flow.Evaluated(place) is { Exists: true } node && Way(question, frame, flow, node, depth) is null;

    /// <summary>Whether a call of <c>filter</c>, <c>find</c> or <c>every</c> lets an item pass only where a guard says so of it.</summary>
    public bool IsFilter(string rule, Frame frame, Node call)
    {
        Restart();
        return IsGuardOfItems(new(rule, Item), frame, call, Item, 0);
    }

    /// <summary>The same where items have no keys, but what the list is made of.</summary>
    public bool IsFilter(string rule, Frame frame, Node call, Func<Node, string> subjectOf)
    {
        Restart();
        var place = call.Kind == NodeKind.CallExpression ? index.PlaceOf(frame.Instance, call) : -1;
        return place >= 0
            && index
                .ExternalsAt(place)
                .Any(path => path is "Array.prototype.filter" or "Array.prototype.find" || path.EndsWith(".filter", StringComparison.Ordinal))
            && ValueKeys.Unwrapped(call.Callee) is { Kind: NodeKind.MemberExpression } method
            && index.CalleesAt(place) is { Count: > 0 } callees
            && callees.All(callee => IsGuard(new(rule, subjectOf(method.Object)), Frame.Of(callee), Outcome.Truthy, isAwaited: false, 0));
    }

    private bool IsGuardOfItems(Question question, Frame frame, Node call, string items, int depth)
    {
        var place = index.PlaceOf(frame.Instance, call);
        if (place < 0 || call.Arguments.Count == 0)
        {
            return false;
        }

        trace.Uses |= GuardUses.Subject | GuardUses.Frame;
        var given = index.ValuesOf(frame.Instance, call.Arguments[0]).ToList();
        return given.Count > 0
            && question.Subject is { } subject
            && ValueKeys.Covers(items, subject)
            && given.All(value =>
                value.Kind switch
                {
                    ValueKind.External => rules.Guards.Any(guard =>
                        guard.Rule == question.Rule
                        && guard.Path == value.Path
                        && guard.Answer == TaintAnswer.True
                        && guard.Argument is 0 or TaintGuard.Anything
                    ),
                    ValueKind.Function => index.Solver.FunctionOf(value.Index).Function is var function
                        && index.CalleesAt(place).Where(callee => ReferenceEquals(callee.Function, function)).ToList() is { Count: > 0 } callees
                        && callees.All(callee =>
                            IsGuard(question with { Subject = items }, new(callee, [items], null), Outcome.Truthy, isAwaited: false, depth + 1)
                        ),
                    _ => false,
                }
            );
    }

    // The frame of a callee: its parameters are what the arguments are here.
    private Frame Enter(Frame caller, Node call, Instance callee)
    {
        if (judge is not null)
        {
            // Who has a judge asks for no names.
            return call.Kind == NodeKind.CallExpression ? new(callee, [], null) { Call = call, Caller = caller } : Frame.Of(callee);
        }

        var parameters = new string?[callee.Function.Parameters.Length];
        if (call.Kind is NodeKind.CallExpression or NodeKind.NewExpression)
        {
            for (var at = 0; at < parameters.Length && at < call.Arguments.Count && call.Arguments[at].Kind != NodeKind.SpreadElement; at++)
            {
                parameters[at] = keys.Of(caller, call.Arguments[at]);
            }
        }

        var receiver =
            call.Kind == NodeKind.CallExpression && ValueKeys.Unwrapped(call.Callee) is { Kind: NodeKind.MemberExpression } member
                ? keys.Of(caller, member.Object)
                : null;
        return new(callee, parameters, receiver);
    }

    // Whether the functions that give an object give it with such a member only past a guard.
    private bool GivesMemberPastGuard(Question question, Frame frame, string name, Outcome outcome, bool isAwaited, int depth)
    {
        if (IsTooDeep(depth) || !MayGuard(question.Rule, frame.Instance) || index.FlowOf(frame.Instance) is not { } flow)
        {
            return false;
        }

        if (frame.Instance.Function.Is(LoweredFunctionKinds.Async) && !isAwaited)
        {
            return false;
        }

        var body = flow.Graph.Node.Body;
        var values = body.Kind != NodeKind.BlockStatement ? [body] : flow.Returns.Select(statement => statement.Argument).ToList();
        return values.Count > 0
            && values.All(value =>
                value.Exists
                && (
                    (
                        ValueKeys.Unwrapped(value) is { Kind: NodeKind.ObjectExpression } made
                        && ValueIn(made, name) is { Exists: true } member
                        && Holds(question, frame, member, outcome, depth)
                    ) || (flow.Evaluated(value) is { Exists: true } place && Way(question, frame, flow, place, depth) is null)
                )
            );
    }

    private static Node ValueIn(Node made, string name)
    {
        foreach (var property in made.List(NodeRole.Properties))
        {
            if (property.Kind == NodeKind.Property && !property.Has(NodeFlags.Computed) && property.MethodKind is not (MethodKind.Get or MethodKind.Set))
            {
                var key = property.Key.Kind == NodeKind.Identifier ? property.Key.Name : property.Key.StringValue;
                if (key == name)
                {
                    return property.Value;
                }
            }
        }

        return default;
    }

    // Whether anything in the module stores to a member of that name after an object was made with it.
    private bool IsStored(Instance instance, string name)
    {
        if (!storedIn.TryGetValue(instance.Module, out var names))
        {
            var module = index.ModuleOf(instance);
            storedIn.Add(instance.Module, names = new(StringComparer.Ordinal));
            foreach (ref readonly var step in module.Instructions.AsSpan())
            {
                if (step.Opcode == Opcode.Store && step.B < 0 && IsAssignment(module, step.Node))
                {
                    names.Add(module.Texts[~step.B]);
                }
            }
        }

        return names.Contains(name);
    }

    private static bool IsAssignment(LoweredModule module, int node) =>
        node > 0 && module.Tree.NodeAt(node).Kind is NodeKind.AssignmentExpression or NodeKind.UpdateExpression or NodeKind.MemberExpression;

    // A member may have been replaced since a guard looked at it.
    private bool IsStoredAfter(Instance instance, string subject, Node guard)
    {
        var dot = subject.LastIndexOf('.');
        if (dot < 0 || subject.StartsWith("k:", StringComparison.Ordinal))
        {
            return false;
        }

        var name = subject.AsSpan(dot + 1);
        var module = index.ModuleOf(instance);
        foreach (ref readonly var step in module.InstructionsOf(instance.Function))
        {
            if (
                step.Opcode == Opcode.Store
                && step.B < 0
                && name.SequenceEqual(module.Texts[~step.B])
                && IsAssignment(module, step.Node)
                && module.Tree.NodeAt(step.Node).Start > guard.Start
            )
            {
                return true;
            }
        }

        return false;
    }
}
