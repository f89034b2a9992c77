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
                break;
            case "Object.setPrototypeOf" or "Reflect.setPrototypeOf":
                Constrain(First(call, 0), ConstraintKind.Store, call.Site, protoText, First(call, 1));
                Link(First(call, 0), call.Target, call.Site);
                break;
            case "Object.getPrototypeOf" or "Reflect.getPrototypeOf":
                Constrain(First(call, 0), ConstraintKind.Load, call.Site, protoText, call.Target);
                break;
            case "Object.defineProperty" or "Reflect.defineProperty":
                DefineProperty(call);
                break;
            case "Object.defineProperties":
                DefineProperties(call);
                break;
            case "Object.keys" or "Object.getOwnPropertyNames" or "Reflect.ownKeys":
                var keys = NewBuiltIn(call.Site, PartOf(application, 0), "Array");
                Constrain(First(call, 0), ConstraintKind.Keys, call.Site, AnyNode(keys));
                Link(First(call, 0), AnyNode(keys), call.Site, FlowLinkKind.Derive);
                PutValue(call.Target, keys);
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
                PutValue(call.Target, Values.Unknown);
                Link(First(call, 0), call.Target, call.Site);
                Constrain(First(call, 0), ConstraintKind.Escape, call.Site);
                Constrain(First(call, 1), ConstraintKind.Escape, call.Site);
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

    private void DefineProperty(CallRecord call)
    {
        var (owner, key, descriptor) = (First(call, 0), First(call, 1), First(call, 2));
        var value = NewNode();
        Constrain(descriptor, ConstraintKind.Load, call.Site, Values.Text("value"), value);
        Constrain(owner, ConstraintKind.StoreKeyed, call.Site, -1, key, value);
        var getter = NewNode();
        Constrain(descriptor, ConstraintKind.Load, call.Site, Values.Text("get"), getter);
        Constrain(key, ConstraintKind.DefineGetter, call.Site, owner, getter);
        Link(owner, call.Target, call.Site);
    }

    private void DefineProperties(CallRecord call)
    {
        var (owner, descriptors) = (First(call, 0), First(call, 1));
        var (descriptor, value, getter) = (NewNode(), NewNode(), NewNode());
        Constrain(descriptors, ConstraintKind.LoadAll, call.Site, descriptor);
        Constrain(descriptor, ConstraintKind.Load, call.Site, Values.Text("value"), value);
        Constrain(descriptor, ConstraintKind.Load, call.Site, Values.Text("get"), getter);
        Constrain(owner, ConstraintKind.StoreKeyed, call.Site, -1, NodeHolding(Values.AnyString), value);
        var keys = NewNode();
        Constrain(descriptors, ConstraintKind.Keys, call.Site, keys);
        Constrain(keys, ConstraintKind.DefineGetter, call.Site, owner, getter);
        Link(owner, call.Target, call.Site);
    }

    // A getter that is defined while the program runs is as good as one that stands in an object: what was read before is read again.
    private void DefineGetter(int key, int owner, int getter, int site)
    {
        var text = NameOf(key) is >= 0 and var name ? name : unknownKey;
        if (accessors.Add(text))
        {
            foreach (var (value, properties) in propertiesOf.ToArray())
            {
                foreach (var reading in (properties.Readings ?? []).Where(reading => reading.Text == text || text == unknownKey).ToArray())
                {
                    CallAccessor(value, reading);
                }
            }
        }

        Constrain(owner, ConstraintKind.Getter, site, text, getter);
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
        foreach (var argument in call.Arguments.Skip(2))
        {
            var item = argument < 0 ? SpreadNode(~argument, call.Site) : argument;
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

    // Texts that come of constants: worked out where `this` and the arguments are.
    private void Computed(Application application, string path)
    {
        var call = application.Call;
        if (call.Arguments.Any(argument => argument < 0))
        {
            PutValue(call.Target, Values.AnyString);
            return;
        }

        var nodes = call.This >= 0 ? (int[])[call.This, .. call.Arguments] : call.Arguments;
        if (path == "Array.prototype.join")
        {
            PutValue(call.Target, Values.AnyString);
            return;
        }

        computedBy.Add(operations.Count, path);
        BeginOperation(OperationKind.Computed, call.Target, nodes, [], call.Site, carries: false);
    }

    private readonly Dictionary<int, string> computedBy = [];

    private void Compute(Operation operation)
    {
        var path = computedBy[operations.IndexOf(operation)];
        var combinations = new List<List<string>> { new() };
        foreach (var node in operation.Nodes)
        {
            var values = Sets[setOf[node]].ToArray();
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
            PutValue(operation.Target, TextFunctions.Apply(path, combination) is { } text ? Values.String(text) : Values.AnyString);
        }
    }
}
