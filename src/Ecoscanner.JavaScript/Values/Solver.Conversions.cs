namespace Ecoscanner.JavaScript.Values;

// What becomes a text or a number runs `toString`, `valueOf` and the like, where the program has them.
internal sealed partial class Solver
{
    private readonly HashSet<int> conversions = [];
    private readonly HashSet<(int Value, int Site)> converted = [];

    // Of objects that were made into something: the node of the methods for it.
    private readonly Dictionary<int, int> convertersOf = [];
    private bool hasInstanceChecks;
    private bool mayBeThenable;

    private bool IsOfProgram(int value) => Values.KindOf(value) is ValueKind.Object or ValueKind.Function or ValueKind.Class or ValueKind.Bound;

    private void Convert(int value, int target, int site)
    {
        if (conversions.Count == 0 || !IsOfProgram(value) || !converted.Add((value, site)))
        {
            return;
        }

        // An array becomes the texts of its items.
        if (IsArray(value))
        {
            Constrain(ItemsNode(value), ConstraintKind.Convert, site, target);
        }

        if (!convertersOf.TryGetValue(value, out var methods))
        {
            methods = NewNode();
            convertersOf.Add(value, methods);
            foreach (var text in conversions)
            {
                LoadMember(value, new(text, methods, value, site));
            }
        }

        Constrain(methods, ConstraintKind.CallConversion, site, target, value);
    }

    private void CallConversion(int method, int target, int own, int site)
    {
        if (Values.KindOf(method) is not (ValueKind.Function or ValueKind.Bound))
        {
            return;
        }

        var result = target < 0 ? -1 : NewNode();
        Link(result, target, site, FlowLinkKind.Derive);
        CallOn(NewCall(site, -1, [], result, -1, isNew: false), method, own);
    }

    /// <summary>Calls a method that the language itself looks up.</summary>
    private void Invoke(int value, int text, CallRecord call, int site)
    {
        var method = NewNode();
        LoadMember(value, new(text, method, value, site));
        Constrain(method, ConstraintKind.CallOn, site, call.Index, value);
    }
}
