namespace Ecoscanner.JavaScript.Values;

// What is not of the program: globals, packages, and what they do with what they are handed.
internal sealed partial class Solver
{
    // Functions in objects in what is handed over; what is deeper is taken to be called once, and not for each call.
    private const int CallBackDepth = 1;
    private const int OneDeeper = 1 << 16;

    private readonly HashSet<(int Value, int External, int Site)> calledBack = [];
    private readonly List<(CallRecord Call, int External)> externalCalls = [];
    private readonly List<(int Node, int External, int Site)> handedOver = [];
    private readonly Dictionary<int, int> targetOf = [];
    private readonly Dictionary<(int Site, int External), int> mapped = [];
    private int dynamicGlobals = -1;

    /// <summary>The nodes of what is handed to functions of the program from outside, with the paths.</summary>
    public IReadOnlyList<(int Node, int External, int Site)> HandedOver => handedOver;

    /// <summary>The calls of what is external, those that built-in functions make among them.</summary>
    public IReadOnlyList<(CallRecord Call, int External)> ExternalCalls => externalCalls;

    // Globals are the members of the global object, under whichever name that is asked for.
    private int GlobalNode(int text) => MemberNode(globalObject, text);

    private void PutGlobal(int node, int text)
    {
        switch (Values.TextAt(text))
        {
            case "undefined":
                PutValue(node, Values.Undefined);
                break;
            case "NaN" or "Infinity":
                PutValue(node, Values.AnyNumber);
                break;
            case "globalThis" or "window" or "self" or "global":
                PutValue(node, globalObject);
                break;
            case ['%' or '@', _, ..]:
                break;
            case var name:
                PutValue(node, Externals.Global(name));
                break;
        }
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

    private void CallExternal(CallRecord call, int callee)
    {
        var external = call.IsNew ? Externals.Instance(callee) : callee;
        externalEdges.Add((call.Site, callee));
        externalCalls.Add((call, callee));
        for (var index = 0; index < call.Arguments.Length; index++)
        {
            // A spread runs its iterator, whatever the model asks for.
            _ = ArgumentNode(call, index);
        }

        if (models.Of(external) is { } model)
        {
            ApplyModel(call, callee, external, model);
            return;
        }

        if (!call.IsNew && CallMethodOfFunction(call, callee))
        {
            return;
        }

        PutValue(call.Target, call.IsNew ? external : Externals.Result(callee));
        targetOf[call.Site] = call.Target;
        var isAnswer = !call.IsNew && models.IsAnswer(callee);
        // What a list of the outside is mapped to is what the function gives.
        var isMapping = !call.IsNew && call.This >= 0 && call.Arguments.Length > 0 && call.Target >= 0 && models.IsMapping(callee);
        if (isMapping)
        {
            var array = ObjectAt(call.Site, MappedPart, ArrayRoot, isArray: true);
            PutValue(call.Target, array);
            mapped[(call.Site, callee)] = AnyNode(array);
        }

        for (var index = 0; index < call.Arguments.Length; index++)
        {
            var argument = ArgumentNode(call, index);
            Constrain(argument, ConstraintKind.CallBack, call.Site, callee, Math.Min(index, byte.MaxValue), call.This);
            if (!isAnswer)
            {
                Link(argument, call.Target, call.Site, FlowLinkKind.Derive);
            }
        }

        if (call.This >= 0 && !isAnswer && !isMapping)
        {
            Link(call.This, call.Target, call.Site, FlowLinkKind.Derive);
        }
    }

    // The methods that functions of the outside have as all functions do.
    private bool CallMethodOfFunction(CallRecord call, int callee)
    {
        var step = Externals.StepOf(callee);
        if (step.Kind != ExternalStepKind.Member || Values.TextAt(step.Detail) is not ("call" or "apply" or "bind") || !modelled.Add((call.Index, callee)))
        {
            return false;
        }

        var method = Externals.Member(FunctionRoot, step.Detail);
        // A call of its own: the same call may be of a function of the program as well.
        var own = NewCall(call.Site, NodeHolding(Externals.ParentOf(callee)), call.Arguments, call.Target, call.Handler, call.IsNew);
        ApplyModel(own, method, method, models.Of(method)!);
        return true;
    }

    // A function that is handed over, itself or in an object or array, is taken to be called.
    // The number of the argument has, in its upper half, how many objects deep within it the value was.
    private void CallBack(int value, int external, int argument, int site, int own)
    {
        var depth = argument / OneDeeper;
        if (Values.KindOf(value) == ValueKind.External)
        {
            CallExternalBack(value, external, own, depth, site);
            return;
        }

        // What is in an object is called once for each call, whoever it is that is called.
        if (Values.KindOf(value) == ValueKind.Unknown && argument == 0 && mapped.TryGetValue((site, external), out var items))
        {
            Link(own, items, site, FlowLinkKind.Derive);
        }

        if (
            !IsOfProgram(value)
            || !calledBack.Add((value, depth > 0 || Values.KindOf(value) == ValueKind.Object ? -1 : external, depth > CallBackDepth ? -1 : site))
        )
        {
            return;
        }

        switch (Values.KindOf(value))
        {
            case ValueKind.Function or ValueKind.Bound:
                // One that takes the rest, or asks for arguments, takes whatever there is.
                var count =
                    Values.KindOf(value) == ValueKind.Function && FunctionOf(value).Function is { Rest: < 0, Arguments: < 0, Parameters.Length: var length }
                        ? length
                        : MaximumOutsideArguments;
                count = Math.Min(count, MaximumOutsideArguments);
                var nodes = NewNodes(count + 1);
                for (var index = 0; index < count; index++)
                {
                    var given = Externals.Parameter(external, argument % OneDeeper, index);
                    PutValue(nodes + index, given);
                    handedOver.Add((nodes + index, given, site));
                    // What a method of something hands over is likely made of it.
                    Link(own, nodes + index, site, FlowLinkKind.Derive);
                }

                PutValue(nodes + count, Values.Unknown);
                var receiver = homeOf.TryGetValue(value, out var home) ? NodeHolding(home) : nodes + count;
                // What it gives is what that function gives, or is made of it.
                var item = GivenBack(external, argument, site);
                var result = item >= 0 ? item : NewNode();
                Call(NewCall(site, receiver, [.. Enumerable.Range(nodes, count)], result, -1, isNew: false), value);
                Link(result, item >= 0 ? -1 : targetOf.GetValueOrDefault(site, -1), site, FlowLinkKind.Derive);
                break;
            case ValueKind.Object when IsArray(value) || (PropertiesOf(value).Root == ObjectRoot && OriginOf(value).Part < FirstValuePart):
                // No instances: what is called of them are the methods that they inherit, by what the class is an extension of.
                Constrain(AllNode(value), ConstraintKind.CallBack, site, external, argument + OneDeeper, own);
                break;
            default:
                break;
        }
    }

    // `list.forEach(print)`, where nothing of the program stands between.
    private void CallExternalBack(int value, int external, int own, int depth, int site)
    {
        if (depth > 0 || own < 0 || !models.IsTraversal(external) || !calledBack.Add((value, external, site)))
        {
            return;
        }

        var item = NewNode();
        PutValue(item, Externals.Parameter(external, 0, 0));
        Link(own, item, site, FlowLinkKind.Derive);
        CallExternal(NewCall(site, -1, [item], GivenBack(external, 0, site), -1, isNew: false), value);
    }

    // The node of what a function that is handed over gives, where that becomes an item of what the call gives.
    private int GivenBack(int external, int argument, int site) => argument == 0 && mapped.TryGetValue((site, external), out var items) ? items : -1;

    private void CallBackFromOutside(int external, int source, int site) => Constrain(source, ConstraintKind.CallBack, site, external, 0);

    // An object that is called is a proxy of a function, or an error of the program.
    private void CallProxied(CallRecord call, int callee)
    {
        if (OriginRootIs(callee, "Proxy"))
        {
            Constrain(MemberNode(callee, Values.Text("%handler")), ConstraintKind.Trap, call.Site, call.Index, callee);
        }
    }

    private void CallTrap(CallRecord call, int handler, int proxy)
    {
        var array = ObjectAt(call.Site, TrapPart, ArrayRoot, isArray: true);
        for (var index = 0; index < call.Arguments.Length; index++)
        {
            Link(ArgumentNode(call, index), AnyNode(array), call.Site);
        }

        var (target, given) = (MemberNode(proxy, Values.Text("%target")), NodeHolding(array));
        int[] arguments = call.IsNew ? [target, given] : [target, call.This >= 0 ? call.This : NewNode(), given];
        Invoke(handler, Values.Text(call.IsNew ? "construct" : "apply"), NewCall(call.Site, -1, arguments, call.Target, call.Handler, isNew: false), call.Site);
    }
}
