using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Values;

// Iterators, generators and promises.
internal sealed partial class Solver
{
    // How something is iterated: what it yields is awaited; it is never closed before its end; and above, the number of the argument that is spread, plus one.
    private const int Awaited = 1;
    private const int ToTheEnd = 2;
    private const int ArgumentShift = 2;

    // An argument that is spread is a place of its own, as its iterator runs there. Such places are below all others.
    private const int FirstSpreadPlace = -16;

    private readonly List<(int Site, int Argument)> spreads = [];
    private readonly Dictionary<(int Site, int Argument), int> spreadPlaces = [];
    private readonly HashSet<(int Value, int Target)> thenables = [];
    private readonly Dictionary<int, int> holders = [];

    /// <summary>Whether a place is that of an argument, and not of a whole instruction.</summary>
    public static bool IsSpreadPlace(int place) => place <= FirstSpreadPlace;

    /// <summary>The call, and the number of the argument in it.</summary>
    public (int Site, int Argument) SpreadAt(int place) => spreads[FirstSpreadPlace - place];

    private int SpreadPlace(int site, int argument)
    {
        if (!spreadPlaces.TryGetValue((site, argument), out var place))
        {
            place = FirstSpreadPlace - spreads.Count;
            spreads.Add((site, argument));
            spreadPlaces.Add((site, argument), place);
        }

        return place;
    }

    private void BeginSpread(int array, int source, int place)
    {
        var items = NewNode();
        Constrain(source, ConstraintKind.Iterate, place, items, -1, ToTheEnd);
        Link(source, items, place, FlowLinkKind.Derive);
        var key = NewNode();
        PutValue(key, Values.AnyNumber);
        Constrain(array, ConstraintKind.StoreKeyed, place, -1, key, items);
    }

    private void Iterate(int value, int target, int item, int how, int site)
    {
        if ((how & Awaited) != 0)
        {
            var items = NewNode();
            Constrain(items, ConstraintKind.Await, site, target, -1);
            Link(items, target, site, FlowLinkKind.Derive);
            target = items;
        }

        switch (Values.KindOf(value))
        {
            case ValueKind.Object when IsArray(value):
                Link(item >= 0 ? ItemNode(value, item) : ItemsNode(value), target, site);
                break;
            case ValueKind.Object or ValueKind.Function or ValueKind.Class:
                IterateObject(value, target, how, site);
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

    private void IterateObject(int value, int target, int how, int site)
    {
        if (PropertiesOf(value).Root >= 0 && models.IsIterable(PropertiesOf(value).Root))
        {
            Link(MemberNode(value, itemText), target, site);
            return;
        }

        site = how >> ArgumentShift is > 0 and var argument ? SpreadPlace(site, argument - 1) : site;
        foreach (var symbol in (how & Awaited) != 0 ? (string[])["@@asyncIterator", "@@iterator"] : ["@@iterator"])
        {
            var iterator = NewNode();
            Invoke(value, Values.Text(symbol), NewCall(site, -1, [], iterator, -1, isNew: false), site);
            Constrain(iterator, ConstraintKind.Drain, site, target, -1, how);
        }
    }

    // What `next` hands out as `value`; `return` is called where it is not asked to the end.
    private void Drain(int value, int target, int how, int site)
    {
        switch (Values.KindOf(value))
        {
            case ValueKind.Object when PropertiesOf(value).Root >= 0 && models.IsIterable(PropertiesOf(value).Root):
                Link(MemberNode(value, itemText), target, site);
                break;
            case ValueKind.Object or ValueKind.Function or ValueKind.Class:
                var result = NewNode();
                Invoke(value, Values.Text("next"), NewCall(site, -1, [], result, -1, isNew: false), site);
                if ((how & ToTheEnd) == 0)
                {
                    Invoke(value, Values.Text("return"), NewCall(site, -1, [], -1, -1, isNew: false), site);
                }

                var settled = result;
                if ((how & Awaited) != 0)
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
            // What an async function returns gets here with its promise, on a way that tells by which call.
            var isReturned = OriginOf(value).Part == ResultPart;
            Link(MemberNode(value, valueText), target, site, isReturned ? FlowLinkKind.Held : FlowLinkKind.Copy);
            Link(MemberNode(value, reasonText), handler, site);
            return;
        }

        PutValue(target, value);
        if (Values.KindOf(value) == ValueKind.Object && !IsArray(value) && mayBeThenable && thenables.Add((value, target)))
        {
            // A thenable is given a function that takes what it comes to.
            var then = NewNode();
            LoadMember(value, new(Values.Text("then"), then, value, site));
            var promise = ObjectAt(site, FirstModelPart, RootOf("Promise"));
            var resolve = NewNode();
            PutValue(resolve, Bind(Externals.Global(BuiltIns.Resolve), NodeHolding(promise), [], site));
            Constrain(then, ConstraintKind.CallThen, site, NewCall(site, -1, [resolve], -1, -1, isNew: false).Index, value);
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
}
