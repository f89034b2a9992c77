using Ecoscanner.JavaScript.Lowering;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Values;

// Calls: whoever a callee may be gets the arguments and gives its result.
internal sealed partial class Solver
{
    private readonly Dictionary<int, CallRecord> unknownCallAt = [];

    // What functions that are not known hand over; longer lists of parameters read what is not there.
    private const int MaximumOutsideArguments = 8;

    // `f.bind(a).bind(b)`; a loop that binds over and over makes no new ones.
    private const int MaximumBindings = 10_000;

    // What is bound more often is as good as bound so often.
    private const int MaximumBindingDepth = 3;

    private readonly List<CallRecord> calls = [];
    private readonly HashSet<long> knownEdges = [];
    private readonly List<CallEdge> callEdges = [];
    private readonly HashSet<(int Site, int External)> externalEdges = [];
    private readonly HashSet<int> incompleteSites = [];
    private readonly List<Binding> bindings = [];
    private readonly HashSet<int> escaped = [];
    private readonly HashSet<int> escapedNodes = [];
    private readonly Dictionary<(int Call, int Instance), bool> entered = [];
    private readonly Dictionary<(int Place, int Target), int> boundAt = [];

    public IReadOnlyList<CallEdge> CallEdges => callEdges;

    public IReadOnlyCollection<(int Site, int External)> ExternalEdges => externalEdges;

    public IReadOnlySet<int> IncompleteSites => incompleteSites;

    public IReadOnlyList<CallRecord> Calls => calls;

    private CallRecord NewCall(int site, int own, int[] arguments, int target, int handler, bool isNew, bool isOwn = false)
    {
        var call = new CallRecord(calls.Count, site, own, arguments, target, handler, isNew) { IsOwn = isOwn };
        calls.Add(call);
        return call;
    }

    private void ApplyCall(in Constraint rule, int value)
    {
        switch (rule.Kind)
        {
            case ConstraintKind.Call:
                Call(calls[rule.A], value);
                break;
            case ConstraintKind.CallOn:
                CallOn(calls[rule.A], value, rule.B);
                break;
            case ConstraintKind.CallConversion:
                CallConversion(value, rule.A, rule.B, rule.Site);
                break;
            case ConstraintKind.CallThen when Values.KindOf(value) is ValueKind.Function or ValueKind.Bound:
                CallOn(calls[rule.A], value, rule.B);
                break;
            case ConstraintKind.CallThen:
                break;
            case ConstraintKind.Convert:
                Convert(value, rule.A, rule.Site);
                break;
            case ConstraintKind.Invoke when IsOfProgram(value):
                Invoke(value, rule.A, calls[rule.B], rule.Site);
                break;
            case ConstraintKind.Invoke:
                break;
            case ConstraintKind.CallElement:
                CallElement(calls[rule.A], value);
                break;
            case ConstraintKind.Construct:
                ConstructOn(calls[rule.A], value);
                break;
            case ConstraintKind.Extend:
                ExtendClass(rule.A, value);
                break;
            case ConstraintKind.Iterate:
                Iterate(value, rule.A, rule.B, rule.C, rule.Site);
                break;
            case ConstraintKind.Drain:
                Drain(value, rule.A, rule.C, rule.Site);
                break;
            case ConstraintKind.Await:
                Await(value, rule.A, rule.B, rule.Site);
                break;
            case ConstraintKind.Settle:
                Settle(value, rule.A, rule.Site);
                break;
            case ConstraintKind.SettleWith when IsPromise(value):
                Constrain(rule.A, ConstraintKind.Settle, rule.Site, value);
                Link(rule.A, MemberNode(value, valueText), rule.Site, FlowLinkKind.Derive);
                break;
            case ConstraintKind.SettleWith:
                break;
            case ConstraintKind.Flatten when IsArray(value):
                Link(ItemsNode(value), rule.A, rule.Site);
                break;
            case ConstraintKind.Flatten:
                PutValue(rule.A, value);
                break;
            case ConstraintKind.Bind:
                BindTo(calls[rule.A], value);
                break;
            case ConstraintKind.Trap when Values.KindOf(value) == ValueKind.Object:
                CallTrap(calls[rule.A], value, rule.B);
                break;
            case ConstraintKind.Trap:
                break;
            case ConstraintKind.RegisteredSymbol:
                PutRegisteredSymbol(value, rule.A, rule.Site);
                break;
            case ConstraintKind.CallBack:
                CallBack(value, rule.A, rule.B, rule.Site, rule.C);
                break;
            case ConstraintKind.Escape:
                Escape(value, rule.Site);
                break;
            case ConstraintKind.Operand:
                OperateOn(rule.A, value, rule.Site);
                break;
            default:
                throw new InvalidOperationException($"no meaning is given to {rule.Kind}");
        }
    }

    private void Call(CallRecord call, int callee)
    {
        switch (Values.KindOf(callee))
        {
            case ValueKind.Function when call.IsNew:
                ConstructFunction(call, callee);
                break;
            case ValueKind.Function:
                Enter(call, callee, call.This, call.Target);
                break;
            case ValueKind.Class when call.IsNew:
                ConstructClass(call, callee);
                break;
            case ValueKind.Bound:
                CallBound(call, bindings[Values[callee].A]);
                break;
            case ValueKind.External:
                CallExternal(call, callee);
                break;
            case ValueKind.Unknown:
                CallUnknown(call);
                break;
            case ValueKind.Object:
                CallProxied(call, callee);
                break;
            default:
                break;
        }
    }

    // The object that a getter or method belongs to is `this`, and no other that the same reading may have met.
    private void CallOn(CallRecord call, int callee, int own)
    {
        var node = NewNode();
        PutValue(node, own);
        Call(NewCall(call.Site, node, call.Arguments, call.Target, call.Handler, call.IsNew), callee);
    }

    /// <summary>Lets a call into a function; gives the instance.</summary>
    private Instance? Enter(CallRecord call, int callee, int own, int target)
    {
        var closure = FunctionOf(callee);
        var instance = InstanceFor(closure, call.Site);
        Enter(call, instance, own, target);
        return instance;
    }

    private void Enter(CallRecord call, Instance instance, int own, int target)
    {
        if (!entered.TryAdd((call.Index, instance.Index), true))
        {
            return;
        }

        if (knownEdges.Add(((long)call.Site << 32) | (uint)instance.Index))
        {
            callEdges.Add(new(call.Site, PlaceAt(call.Site).Instance, instance));
        }

        var function = instance.Function;
        Link(own, instance.NodeOf(function.This), call.Site, FlowLinkKind.Enter);
        HandOver(call, instance);
        var thrown = instance.NodeOf(function.Thrown);
        if (function.Is(LoweredFunctionKinds.Async | LoweredFunctionKinds.Generator))
        {
            var result = ResultObjectOf(instance);
            PutValue(target, result);
            if (function.Is(LoweredFunctionKinds.Async) && !function.Is(LoweredFunctionKinds.Generator))
            {
                Link(instance.NodeOf(function.Return), target, call.Site, FlowLinkKind.ExitDerive);
            }
        }
        else
        {
            Link(instance.NodeOf(function.Return), target, call.Site, FlowLinkKind.Exit);
            Link(thrown, call.Handler, call.Site, FlowLinkKind.Exit);
        }
    }

    private void HandOver(CallRecord call, Instance instance)
    {
        var function = instance.Function;
        var hasSpread = false;
        for (var index = 0; index < call.Arguments.Length; index++)
        {
            var argument = call.Arguments[index];
            var isFirstSpread = argument < 0 && !hasSpread;
            if (argument < 0)
            {
                hasSpread = true;
                argument = ArgumentNode(call, index);
            }

            if (!hasSpread)
            {
                HandOver(argument, index, instance, call.Site);
                continue;
            }

            for (var parameter = index; parameter < function.Parameters.Length; parameter++)
            {
                if (isFirstSpread)
                {
                    HandOverItem(call, index, parameter - index, instance.NodeOf(function.Parameters[parameter]));
                    continue;
                }

                Link(argument, instance.NodeOf(function.Parameters[parameter]), call.Site, FlowLinkKind.Enter);
            }

            if (function.Rest >= 0)
            {
                Link(argument, AnyNode(RestArrayOf(instance)), call.Site, FlowLinkKind.Enter);
            }

            if (function.Arguments >= 0)
            {
                Link(argument, AnyNode(ArgumentsOf(instance)), call.Site, FlowLinkKind.Enter);
            }
        }
    }

    // The items of the first argument that is spread are told apart.
    private void HandOverItem(CallRecord call, int index, int item, int parameter)
    {
        var (source, value) = (~call.Arguments[index], NewNode());
        Constrain(source, ConstraintKind.Iterate, SpreadPlace(call.Site, index), value, item, ToTheEnd);
        Link(source, value, call.Site, FlowLinkKind.Derive);
        Link(value, parameter, call.Site, FlowLinkKind.Enter);
    }

    private void HandOver(int argument, int index, Instance instance, int site)
    {
        var function = instance.Function;
        if (index < function.Parameters.Length)
        {
            Link(argument, instance.NodeOf(function.Parameters[index]), site, FlowLinkKind.Enter);
        }
        else if (function.Rest >= 0)
        {
            Link(argument, ItemNode(RestArrayOf(instance), index - function.Parameters.Length), site, FlowLinkKind.Enter);
        }

        if (function.Arguments >= 0)
        {
            Link(argument, ItemNode(ArgumentsOf(instance), index), site, FlowLinkKind.Enter);
        }
    }

    private int ItemNode(int array, int index) => MemberNode(array, Values.Text(NumberText.Of(index)));

    // The node of an argument; of one that is spread, of all that it yields.
    private int ArgumentNode(CallRecord call, int index)
    {
        var argument = call.Arguments[index];
        if (argument >= 0)
        {
            return argument;
        }

        call.Spread ??= new int[call.Arguments.Length];
        if (call.Spread[index] == 0)
        {
            var items = NewNode();
            call.Spread[index] = items + 1;
            Constrain(~argument, ConstraintKind.Iterate, call.Site, items, -1, ToTheEnd | (call.IsOwn ? (index + 1) << ArgumentShift : 0));
            Link(~argument, items, call.Site, FlowLinkKind.Derive);
        }

        return call.Spread[index] - 1;
    }

    private int RestArrayOf(Instance instance)
    {
        if (instance.RestArray < 0)
        {
            instance.RestArray = ObjectAt(instance.FirstPlace, RestPart, ArrayRoot, isArray: true);
            PutValue(instance.NodeOf(instance.Function.Rest), instance.RestArray);
        }

        return instance.RestArray;
    }

    private int ArgumentsOf(Instance instance)
    {
        if (instance.ArgumentsArray < 0)
        {
            instance.ArgumentsArray = ObjectAt(instance.FirstPlace, ArgumentsPart, ObjectRoot, isArray: true);
            PutValue(instance.NodeOf(instance.Function.Arguments), instance.ArgumentsArray);
            // In sloppy code what writes a parameter writes its item, and the other way.
            for (var index = 0; index < instance.Function.Parameters.Length; index++)
            {
                var (parameter, item) = (instance.NodeOf(instance.Function.Parameters[index]), ItemNode(instance.ArgumentsArray, index));
                Link(parameter, item, instance.FirstPlace);
                Link(item, parameter, instance.FirstPlace);
            }
        }

        return instance.ArgumentsArray;
    }

    private int ResultObjectOf(Instance instance)
    {
        if (instance.ResultObject >= 0)
        {
            return instance.ResultObject;
        }

        var function = instance.Function;
        if (function.Is(LoweredFunctionKinds.Generator))
        {
            var root = function.Is(LoweredFunctionKinds.Async) ? "AsyncIterator" : "Iterator";
            instance.ResultObject = ObjectAt(instance.FirstPlace, ResultPart, RootOf(root));
            Link(instance.NodeOf(function.Yielded), MemberNode(instance.ResultObject, itemText), instance.FirstPlace);
            Link(instance.NodeOf(function.Return), MemberNode(instance.ResultObject, resultText), instance.FirstPlace);
            return instance.ResultObject;
        }

        instance.ResultObject = ObjectAt(instance.FirstPlace, ResultPart, RootOf("Promise"));
        Constrain(instance.NodeOf(function.Return), ConstraintKind.Settle, instance.FirstPlace, instance.ResultObject);
        Link(instance.NodeOf(function.Thrown), MemberNode(instance.ResultObject, reasonText), instance.FirstPlace);
        return instance.ResultObject;
    }

    private void CallBound(CallRecord call, Binding binding)
    {
        var own = call.IsNew ? call.This : binding.This;
        Call(NewCall(call.Site, own, [.. binding.Arguments, .. call.Arguments], call.Target, call.Handler, call.IsNew), binding.Target);
    }

    private int Bind(int target, int own, int[] arguments, int place)
    {
        var key = (place, target);
        if (boundAt.TryGetValue(key, out var known))
        {
            return known;
        }

        // A loop that binds what it bound before.
        if (DepthOf(target) >= MaximumBindingDepth)
        {
            return target;
        }

        if (bindings.Count >= MaximumBindings)
        {
            return Values.Unknown;
        }

        bindings.Add(new(target, own, arguments));
        var value = Values.Intern(new(ValueKind.Bound, bindings.Count - 1));
        boundAt.Add(key, value);
        return value;
    }

    private int DepthOf(int value)
    {
        var depth = 0;
        for (; Values.KindOf(value) == ValueKind.Bound; value = bindings[Values[value].A].Target)
        {
            depth++;
        }

        return depth;
    }

    private void CallUnknown(CallRecord call)
    {
        if (call.IsUnknown)
        {
            return;
        }

        call.IsUnknown = true;
        unknownCallAt.TryAdd(call.Site, call);
        incompleteSites.Add(call.Site);
        PutValue(call.Target, Values.Unknown);
        PutValue(call.Handler, Values.Unknown);
        for (var index = 0; index < call.Arguments.Length; index++)
        {
            var node = ArgumentNode(call, index);
            EscapeAll(node, call.Site);
            Link(node, call.Target, call.Site, FlowLinkKind.Derive);
        }

        if (call.This >= 0)
        {
            Link(call.This, call.Target, call.Site, FlowLinkKind.Derive);
        }
    }

    private void EscapeAll(int node, int site)
    {
        if (escapedNodes.Add(node))
        {
            Constrain(node, ConstraintKind.Escape, site);
        }
    }

    // Code that is not known may call it with anything, and write its members.
    private void Escape(int value, int site)
    {
        if (!Values.IsReference(value) || !escaped.Add(value))
        {
            return;
        }

        switch (Values.KindOf(value))
        {
            case ValueKind.Function or ValueKind.Class or ValueKind.Bound:
                var arguments = NewNodes(MaximumOutsideArguments + 2);
                for (var index = 0; index < MaximumOutsideArguments + 2; index++)
                {
                    PutValue(arguments + index, Values.Unknown);
                }

                var own = Values.KindOf(value) == ValueKind.Class ? -1 : arguments + MaximumOutsideArguments;
                var result = NewNode();
                Call(
                    NewCall(site, own, [.. Enumerable.Range(arguments, MaximumOutsideArguments)], result, -1, isNew: Values.KindOf(value) == ValueKind.Class),
                    value
                );
                EscapeAll(result, site);
                // What a method of something hands over is likely made of it, as items of a list are; and what it gives of what it is given back.
                if (unknownCallAt.TryGetValue(site, out var by))
                {
                    Link(by.This, arguments, site, FlowLinkKind.Derive);
                    Link(result, by.Target, site, FlowLinkKind.Derive);
                }

                break;
            case ValueKind.Object:
                // It may call what its instances inherit; that it gives a class of the program other methods is left out.
                if (!makerOf.ContainsKey(value))
                {
                    PutValue(AnyNode(value), Values.Unknown);
                }

                EscapeAll(AllNode(value), site);
                if (PropertiesOf(value).Prototype >= 0)
                {
                    EscapeAll(PrototypeNode(value), site);
                }

                break;
            default:
                break;
        }
    }

    private sealed record Binding(int Target, int This, int[] Arguments);
}

/// <summary>A call that is known: the place, the instance that calls, and the one that is called.</summary>
internal readonly record struct CallEdge(int Site, Instance Caller, Instance Callee);
