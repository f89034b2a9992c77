using Ecoscanner.JavaScript.Lowering;

namespace Ecoscanner.JavaScript.Values;

// Iterators, generators and promises.
internal sealed partial class Solver
{
    private readonly HashSet<(int Value, int Site)> drained = [];

    private void BeginSpread(int array, int source, int place)
    {
        var items = NewNode();
        Constrain(source, ConstraintKind.Iterate, place, items, -1, 0);
        Link(source, items, place, FlowLinkKind.Derive);
        var key = NewNode();
        PutValue(key, Values.AnyNumber);
        Constrain(array, ConstraintKind.StoreKeyed, place, -1, key, items);
    }

    private void Iterate(int value, int target, int item, bool isAwaited, int site)
    {
        if (isAwaited)
        {
            var items = NewNode();
            Constrain(items, ConstraintKind.Await, site, target, -1);
            target = items;
        }

        switch (Values.KindOf(value))
        {
            case ValueKind.Object when IsArray(value):
                Link(item >= 0 ? ItemNode(value, item) : ItemsNode(value), target, site);
                break;
            case ValueKind.Object or ValueKind.Function or ValueKind.Class:
                IterateObject(value, target, isAwaited, site);
                break;
            case ValueKind.External:
                PutValue(target, item >= 0 ? Externals.Member(value, Values.Text(NumberText.Of(item))) : Externals.AnyMember(value));
                if (propertiesOf.ContainsKey(value))
                {
                    Link(AllNode(value), target, site);
                }

                break;
            case ValueKind.Unknown:
                PutValue(target, Values.Unknown);
                break;
            case ValueKind.String or ValueKind.Pattern or ValueKind.AnyString:
                PutValue(target, Values.AnyString);
                break;
            default:
                break;
        }
    }

    private void IterateObject(int value, int target, bool isAwaited, int site)
    {
        if (PropertiesOf(value).Root >= 0 && models.IsIterable(PropertiesOf(value).Root))
        {
            Link(MemberNode(value, itemText), target, site);
            return;
        }

        foreach (var symbol in isAwaited ? (string[])["@@asyncIterator", "@@iterator"] : ["@@iterator"])
        {
            var method = NewNode();
            LoadMember(value, new(Values.Text(symbol), method, value, site));
            var iterator = NewNode();
            Constrain(method, ConstraintKind.CallOn, site, NewCall(site, -1, [], iterator, -1, isNew: false).Index, value);
            Constrain(iterator, ConstraintKind.Drain, site, target, -1, isAwaited ? 1 : 0);
        }
    }

    // What `next` hands out as `value`.
    private void Drain(int value, int target, bool isAwaited, int site)
    {
        switch (Values.KindOf(value))
        {
            case ValueKind.Object when PropertiesOf(value).Root >= 0 && models.IsIterable(PropertiesOf(value).Root):
                Link(MemberNode(value, itemText), target, site);
                break;
            case ValueKind.Object or ValueKind.Function or ValueKind.Class:
                var method = NewNode();
                LoadMember(value, new(Values.Text("next"), method, value, site));
                var result = NewNode();
                Constrain(method, ConstraintKind.CallOn, site, NewCall(site, -1, [], result, -1, isNew: false).Index, value);
                var settled = result;
                if (isAwaited)
                {
                    settled = NewNode();
                    Constrain(result, ConstraintKind.Await, site, settled, -1);
                }

                Constrain(settled, ConstraintKind.Load, site, Values.Text("value"), target);
                break;
            case ValueKind.External:
                PutValue(target, Externals.AnyMember(value));
                break;
            case ValueKind.Unknown:
                PutValue(target, Values.Unknown);
                break;
            default:
                break;
        }
    }

    private bool IsPromise(int value) => Values.KindOf(value) == ValueKind.Object && OriginRootIs(value, "Promise");

    private void Await(int value, int target, int handler, int site)
    {
        if (IsPromise(value))
        {
            Link(MemberNode(value, valueText), target, site, FlowLinkKind.Held);
            Link(MemberNode(value, reasonText), handler, site);
            return;
        }

        PutValue(target, value);
        if (Values.KindOf(value) == ValueKind.Object && !IsArray(value) && MayBeThenable)
        {
            // A thenable is given a function that takes what it comes to.
            var then = NewNode();
            LoadMember(value, new(Values.Text("then"), then, value, site));
            var promise = ObjectAt(site, FirstModelPart, RootOf("Promise"));
            var resolve = NewNode();
            PutValue(resolve, Bind(Externals.Global(BuiltIns.Resolve), NodeHolding(promise), [], site));
            Constrain(then, ConstraintKind.CallOn, site, NewCall(site, -1, [resolve], -1, -1, isNew: false).Index, value);
            Link(MemberNode(promise, valueText), target, site);
        }
    }

    // What a promise is given to come to: of another promise, what that comes to.
    private void Settle(int value, int promise, int site)
    {
        if (value != promise)
        {
            Await(value, MemberNode(promise, valueText), MemberNode(promise, reasonText), site);
        }
    }

    private int NodeHolding(int value)
    {
        if (!holders.TryGetValue(value, out var node))
        {
            node = NewNodes(1, shared: true);
            holders.Add(value, node);
            PutValue(node, value);
        }

        return node;
    }

    private readonly Dictionary<int, int> holders = [];

    // Whether anything of the program has a member `then`.
    private bool MayBeThenable =>
        mayBeThenable ??= views.Any(view =>
            view is not null
            && Array.IndexOf(view.Texts, Values.Text("then")) is >= 0 and var then
            && view.Module.Instructions.Any(step => step.Opcode == Opcode.Store && step.B == ~then)
        );

    private bool? mayBeThenable;
}
