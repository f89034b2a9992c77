namespace Ecoscanner.JavaScript.Values;

// Built-in functions that are about functions, prototypes and promises themselves, which the words of models can't tell.
internal sealed partial class Solver
{
    private void ApplySpecial(Application application, string path)
    {
        var call = application.Call;
        switch (path)
        {
            case "Function.prototype.call":
                Recall(call, call.This, First(call, 0), [.. call.Arguments.Skip(1)], isNew: false);
                break;
            case "Function.prototype.apply":
                Recall(call, call.This, First(call, 0), [.. call.Arguments.Skip(1).Take(1).Select(Spread)], isNew: false);
                break;
            case "Function.prototype.bind":
                Constrain(call.This, ConstraintKind.Bind, call.Site, call.Index);
                break;
            case "Reflect.apply":
                Recall(call, First(call, 0), First(call, 1), [.. call.Arguments.Skip(2).Take(1).Select(Spread)], isNew: false);
                break;
            case "Reflect.construct":
                Recall(call, First(call, 0), -1, [.. call.Arguments.Skip(1).Take(1).Select(Spread)], isNew: true);
                break;
            case "Object.create":
                var created = NewBuiltIn(call.Site, PartOf(application, 0), "Object");
                Link(First(call, 0), PrototypeNode(created), call.Site);
                PutValue(call.Target, created);
                if (call.Arguments.Length > 1)
                {
                    Constrain(First(call, 1), ConstraintKind.DefineMembers, call.Site, NodeHolding(created));
                }

                break;
            case "Object.setPrototypeOf" or "Reflect.setPrototypeOf":
                Constrain(First(call, 0), ConstraintKind.Store, call.Site, protoText, First(call, 1));
                Link(First(call, 0), call.Target, call.Site);
                break;
            case "Object.getPrototypeOf" or "Reflect.getPrototypeOf":
                Constrain(First(call, 0), ConstraintKind.Load, call.Site, protoText, call.Target);
                break;
            case "Object.defineProperty" or "Reflect.defineProperty":
                Constrain(First(call, 1), ConstraintKind.DefineNamed, call.Site, First(call, 0), First(call, 2));
                Link(First(call, 0), call.Target, call.Site);
                break;
            case "Object.defineProperties":
                Constrain(First(call, 1), ConstraintKind.DefineMembers, call.Site, First(call, 0));
                Link(First(call, 0), call.Target, call.Site);
                break;
            case "Object.prototype.__defineGetter__" or "Object.prototype.__defineSetter__":
                var isSetter = path == "Object.prototype.__defineSetter__" ? 1 : 0;
                Constrain(First(call, 0), ConstraintKind.AccessorByKey, call.Site, call.This, First(call, 1), isSetter);
                break;
            case "Reflect.get":
                Constrain(First(call, 0), ConstraintKind.LoadKeyed, call.Site, -1, First(call, 1), call.Target);
                Link(First(call, 0), call.Target, call.Site, FlowLinkKind.Derive);
                break;
            case "Reflect.set":
                Constrain(First(call, 0), ConstraintKind.StoreKeyed, call.Site, -1, First(call, 1), First(call, 2));
                PutBooleans(call.Target);
                break;
            case "Symbol.for":
                Constrain(First(call, 0), ConstraintKind.RegisteredSymbol, call.Site, call.Target);
                break;
            case "require(\"util\").inherits":
                var (prototype, above) = (NewNode(), NewNode());
                Constrain(First(call, 0), ConstraintKind.Load, call.Site, prototypeText, prototype);
                Constrain(First(call, 1), ConstraintKind.Load, call.Site, prototypeText, above);
                Constrain(prototype, ConstraintKind.Store, call.Site, protoText, above);
                break;
            case "Object.keys" or "Object.getOwnPropertyNames" or "Reflect.ownKeys":
                var keys = NewBuiltIn(call.Site, PartOf(application, 0), "Array");
                Constrain(First(call, 0), ConstraintKind.Keys, call.Site, AnyNode(keys));
                Link(First(call, 0), AnyNode(keys), call.Site, FlowLinkKind.Derive);
                PutValue(call.Target, keys);
                break;
            case "Promise.all":
                var all = NewBuiltIn(call.Site, PartOf(application, 0), "Promise");
                var items = NewBuiltIn(call.Site, PartOf(application, 1), "Array");
                PutValue(MemberNode(all, valueText), items);
                PutValue(call.Target, all);
                Constrain(First(call, 0), ConstraintKind.CopyAwaited, call.Site, items);
                Link(First(call, 0), AnyNode(items), call.Site, FlowLinkKind.Derive);
                break;
            case "Array.from":
                ArrayFrom(application);
                break;
            case "Array.prototype.splice" or "Array.prototype.toSpliced":
                Splice(application);
                break;
            case "Promise.new()" or "Promise.withResolvers":
                MakePromise(application, path);
                break;
            case "Proxy.new()":
                MakeProxy(application);
                break;
            case var hook when hook.EndsWith(".useState", StringComparison.Ordinal):
                MakeState(application);
                break;
            default:
                throw new InvalidOperationException($"no code is written for {path}");
        }
    }

    private static int Spread(int argument) => argument < 0 ? argument : ~argument;

    private int First(CallRecord call, int index)
    {
        var nodes = ArgumentAt(call, index);
        if (nodes is [var only])
        {
            return only;
        }

        var all = NewNode();
        nodes.ForEach(node => Link(node, all, call.Site));
        return all;
    }

    private void Recall(CallRecord call, int callee, int own, int[] arguments, bool isNew) =>
        Constrain(callee, ConstraintKind.Call, call.Site, NewCall(call.Site, own, arguments, call.Target, call.Handler, isNew).Index);

    private void BindTo(CallRecord call, int value)
    {
        if (Values.KindOf(value) is ValueKind.Function or ValueKind.Class or ValueKind.Bound or ValueKind.External or ValueKind.Unknown)
        {
            PutValue(call.Target, Values.KindOf(value) == ValueKind.Unknown ? value : Bind(value, First(call, 0), [.. call.Arguments.Skip(1)], call.Site));
        }
    }

    // Anything may come of a proxy; what it is called for goes to its handler as well.
    private void MakeProxy(Application application)
    {
        var call = application.Call;
        var proxy = NewBuiltIn(call.Site, PartOf(application, 0), "Proxy");
        PutValue(call.Target, proxy);
        PutValue(call.Target, Values.Unknown);
        Link(First(call, 0), call.Target, call.Site);
        Link(First(call, 0), MemberNode(proxy, Values.Text("%target")), call.Site);
        Link(First(call, 1), MemberNode(proxy, Values.Text("%handler")), call.Site);
        EscapeAll(First(call, 0), call.Site);
        EscapeAll(First(call, 1), call.Site);
    }

    // One symbol for each name, wherever it is asked for.
    private void PutRegisteredSymbol(int name, int target, int site)
    {
        var place = Values.KindOf(name) == ValueKind.String ? RegisteredSymbolPlace : site;
        PutValue(target, ObjectAt(place, place == site ? FirstModelPart : Values[name].A, RootOf("Symbol")));
    }

    private void ArrayFrom(Application application)
    {
        var call = application.Call;
        var array = NewBuiltIn(call.Site, PartOf(application, 0), "Array");
        PutValue(call.Target, array);
        var items = NewNode();
        Constrain(First(call, 0), ConstraintKind.Iterate, call.Site, items, -1, 0);
        Link(First(call, 0), items, call.Site, FlowLinkKind.Derive);
        if (call.Arguments.Length < 2)
        {
            Link(items, AnyNode(array), call.Site);
            return;
        }

        var record = CallBackOf(application, First(call, 1));
        Link(items, record.Arguments[0], call.Site);
        PutValue(record.Arguments[1], Values.AnyNumber);
        Link(record.Target, AnyNode(array), call.Site);
    }

    private void Splice(Application application)
    {
        var call = application.Call;
        var array = NewBuiltIn(call.Site, PartOf(application, 0), "Array");
        PutValue(call.Target, array);
        Constrain(call.This, ConstraintKind.LoadItems, call.Site, AnyNode(array));
        for (var index = 2; index < call.Arguments.Length; index++)
        {
            var item = ArgumentNode(call, index);
            Constrain(call.This, ConstraintKind.StoreKeyed, call.Site, -1, NodeHolding(Values.AnyNumber), item);
            Link(item, AnyNode(array), call.Site);
        }
    }

    private void MakePromise(Application application, string path)
    {
        var call = application.Call;
        var promise = NewBuiltIn(call.Site, PartOf(application, 0), "Promise");
        var resolve = Bind(Externals.Global(BuiltIns.Resolve), NodeHolding(promise), [], call.Site);
        var reject = Bind(Externals.Global(BuiltIns.Reject), NodeHolding(promise), [], call.Site);
        if (path == "Promise.new()")
        {
            PutValue(call.Target, promise);
            var record = CallBackOf(application, First(call, 0));
            PutValue(record.Arguments[0], resolve);
            PutValue(record.Arguments[1], reject);
            return;
        }

        var parts = NewBuiltIn(call.Site, PartOf(application, 1), "Object");
        PutValue(call.Target, parts);
        PutValue(MemberNode(parts, Values.Text("promise")), promise);
        PutValue(MemberNode(parts, Values.Text("resolve")), resolve);
        PutValue(MemberNode(parts, Values.Text("reject")), reject);
    }

    // `const [value, set] = useState(first)`: what is set comes out as the value when the component runs again.
    private void MakeState(Application application)
    {
        var call = application.Call;
        var state = NewBuiltIn(call.Site, PartOf(application, 0), "Array");
        var value = MemberNode(state, Values.Text("0"));
        PutValue(call.Target, state);
        PutValue(MemberNode(state, Values.Text("1")), Bind(Externals.Global(BuiltIns.SetState), NodeHolding(state), [], call.Site));
        if (call.Arguments.Length > 0)
        {
            var first = First(call, 0);
            Link(first, value, call.Site);
            Link(CallBackOf(application, first).Target, value, call.Site);
        }
    }

    // Texts that come of constants: worked out where `this` and the arguments are.
    private void Computed(Application application, string path)
    {
        var call = application.Call;
        if (call.Arguments.Any(argument => argument < 0))
        {
            PutValue(call.Target, Values.AnyString);
            return;
        }

        // `list.map(String)` hands over more than it reads.
        var nodes = path switch
        {
            "String" => call.Arguments.Take(1).ToArray(),
            "String.prototype.concat" when call.This >= 0 => [call.This, .. call.Arguments],
            _ => call.This >= 0 ? [call.This] : [],
        };
        if (path == "Array.prototype.join")
        {
            if (conversions.Count > 0)
            {
                Constrain(call.This, ConstraintKind.Convert, call.Site, call.Target);
            }

            PutValue(call.Target, Values.AnyString);
            return;
        }

        BeginOperation(OperationKind.Computed, call.Target, nodes, [], call.Site, carries: false, path);
    }

    private void Compute(Operation operation)
    {
        var combinations = new List<List<string>> { new() };
        for (var at = 0; at < operation.Nodes.Length; at++)
        {
            var values = Sets[OperandOf(operation, at)].ToArray();
            var texts = values.Select(TextOf).ToList();
            if (values.Length == 0)
            {
                return;
            }

            if (texts.Contains(null) || texts.Count * combinations.Count > MaximumResults)
            {
                PutValue(operation.Target, Values.AnyString);
                return;
            }

            combinations = [.. combinations.SelectMany(combination => texts.Select(text => (List<string>)[.. combination, text!]))];
        }

        foreach (var combination in combinations)
        {
            PutValue(operation.Target, TextFunctions.Apply(operation.Path, combination) is { } text ? Values.String(text) : Values.AnyString);
        }
    }
}
