namespace Ecoscanner.JavaScript.Values;

// Writing members, and members that are kept apart for each name that an argument is.
internal sealed partial class Solver
{
    private void StoreMember(int value, int text, int source, int site)
    {
        switch (Values.KindOf(value))
        {
            case ValueKind.Object or ValueKind.Function or ValueKind.Class or ValueKind.Bound:
                if (text == protoText)
                {
                    Constrain(source, ConstraintKind.Inherit, site, value);
                    break;
                }

                Link(source, MemberNode(value, text), site);
                if (MayCallSetter(value, text))
                {
                    CallSetter(value, text, source, site);
                }

                break;
            case ValueKind.External:
                Link(source, MemberNode(value, text), site);
                Extend(value);
                CallBackFromOutside(value, source, site);
                break;
            case ValueKind.Unknown:
                EscapeAll(source, site);
                break;
            default:
                break;
        }
    }

    private void StoreKeyed(in Constraint rule, int value)
    {
        if (Values.KindOf(value) == ValueKind.Unknown)
        {
            EscapeAll(rule.C, rule.Site);
        }
        else
        {
            Constrain(rule.B, ConstraintKind.StoreByKey, rule.Site, value, rule.C);
            if (Values.KindOf(value) == ValueKind.Object && !IsArray(value))
            {
                Link(rule.B, MemberNode(value, keysText), rule.Site, FlowLinkKind.Derive);
            }
        }
    }

    private void StoreByKey(int value, int key, int source, int site)
    {
        Convert(key, -1, site);
        if (NameOf(key) is >= 0 and var text)
        {
            StoreMember(value, text, source, site);
        }
        else if (Values.KindOf(value) == ValueKind.External && Values.KindOf(key) == ValueKind.AnyNumber)
        {
            // An item of something like a list is none of its methods.
            Link(source, ItemsNode(value), site);
            Link(source, AllNode(value), site);
        }
        else if (Values.IsReference(value))
        {
            Link(source, AnyNode(value), site);
            Extend(value);
            CallAllSetters(value, source, site);
        }
    }

    // What a model keeps under names: apart for each name that is known, and all of it together.
    private void StoreUnder(int key, int owner, int source, int text, int site)
    {
        Constrain(owner, ConstraintKind.Store, site, text, source);
        Constrain(owner, ConstraintKind.Store, site, TextUnder(text, key), source);
    }

    private void LoadUnder(int key, int owner, int target, int text, int site)
    {
        if (NameOf(key) < 0)
        {
            Constrain(owner, ConstraintKind.Load, site, text, target);
            return;
        }

        Constrain(owner, ConstraintKind.Load, site, TextUnder(text, key), target);
        Constrain(owner, ConstraintKind.Load, site, TextUnder(text, Values.Unknown), target);
    }

    private int TextUnder(int text, int key) => Values.Text($"{Values.TextAt(text)} {(NameOf(key) is >= 0 and var name ? Values.TextAt(name) : "%unknown")}");
}
