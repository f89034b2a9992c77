namespace Ecoscanner.JavaScript.Values;

// What is not of the program: globals, packages, and what they do with what they are handed.
internal sealed partial class Solver
{
    private readonly Dictionary<int, int> globalNodes = [];
    private readonly HashSet<(int Value, int External, int Site)> calledBack = [];

    private int GlobalNode(int text)
    {
        if (!globalNodes.TryGetValue(text, out var node))
        {
            node = NewNodes(1, shared: true);
            globalNodes.Add(text, node);
            PutValue(
                node,
                Values.TextAt(text) switch
                {
                    "undefined" => Values.Undefined,
                    "NaN" or "Infinity" => Values.AnyNumber,
                    var name => Externals.Global(name),
                }
            );
        }

        return node;
    }

    private void BeginGlobal(int text, int target, int place)
    {
        Link(GlobalNode(text), target, place);
        if (dynamicGlobals >= 0)
        {
            Link(dynamicGlobals, target, place);
        }
    }

    // A direct eval may write the variables around it, and any global.
    private void BeginEval(Instance instance, int place)
    {
        incompleteSites.Add(place);
        dynamicGlobals = dynamicGlobals >= 0 ? dynamicGlobals : NewNodes(1, shared: true);
        PutValue(dynamicGlobals, Values.Unknown);
        for (var around = instance; around is not null; around = around.Parent)
        {
            var model = views[around.Module]!.Module;
            for (var symbol = 1; symbol < model.SlotOfSymbol.Length; symbol++)
            {
                if (model.SlotOfSymbol[symbol] - 1 is >= 0 and var slot && around.Owns(slot))
                {
                    PutValue(around.NodeOf(slot), Values.Unknown);
                }
            }
        }
    }

    private int dynamicGlobals = -1;

    private void CallExternal(CallRecord call, int callee)
    {
        var external = call.IsNew ? Externals.Instance(callee) : callee;
        externalEdges.Add((call.Site, callee));
        if (models.Of(external) is { } model)
        {
            ApplyModel(call, callee, external, model);
            return;
        }

        PutValue(call.Target, call.IsNew ? external : Externals.Result(callee));
        for (var index = 0; index < call.Arguments.Length; index++)
        {
            var argument = call.Arguments[index] < 0 ? SpreadNode(~call.Arguments[index], call.Site) : call.Arguments[index];
            Constrain(argument, ConstraintKind.CallBack, call.Site, callee, index);
            Link(argument, call.Target, call.Site, FlowLinkKind.Derive);
        }

        if (call.This >= 0)
        {
            Link(call.This, call.Target, call.Site, FlowLinkKind.Derive);
        }
    }

    // A function that is handed over, itself or in an object or array, is taken to be called.
    private void CallBack(int value, int external, int argument, int site)
    {
        if (!Values.IsReference(value) || !calledBack.Add((value, external, site)))
        {
            return;
        }

        switch (Values.KindOf(value))
        {
            case ValueKind.Function or ValueKind.Bound:
                var count = Values.KindOf(value) == ValueKind.Function ? FunctionOf(value).Function.Parameters.Length : MaximumOutsideArguments;
                count = Math.Min(count, MaximumOutsideArguments);
                var nodes = NewNodes(count + 1);
                for (var index = 0; index < count; index++)
                {
                    PutValue(nodes + index, Externals.Parameter(external, Math.Min(argument, byte.MaxValue), index));
                }

                PutValue(nodes + count, Values.Unknown);
                var own = homeOf.TryGetValue(value, out var home) ? NodeHolding(home) : nodes + count;
                Call(NewCall(site, own, [.. Enumerable.Range(nodes, count)], -1, -1, isNew: false), value);
                break;
            case ValueKind.Object when PropertiesOf(value).Root == ObjectRoot || IsArray(value):
                Constrain(AllNode(value), ConstraintKind.CallBack, site, external, argument);
                break;
            default:
                break;
        }
    }

    private void CallBackFromOutside(int external, int source, int site) => Constrain(source, ConstraintKind.CallBack, site, external, 0);

    // An object that is called is a proxy of a function, or an error of the program.
    private void CallProxied(CallRecord call, int callee)
    {
        if (OriginRootIs(callee, "Proxy"))
        {
            CallUnknown(call);
        }
    }
}
