using Ecoscanner.JavaScript.Lowering;

namespace Ecoscanner.JavaScript.Values;

// Objects that get all members of others: spreads, Object.assign, descriptors.
internal sealed partial class Solver
{
    private void CopyMembers(in Constraint rule, int value)
    {
        if (Values.KindOf(value) is ValueKind.External or ValueKind.Unknown)
        {
            LinkUnknownMembers(in rule);
        }

        switch (Values.KindOf(value))
        {
            case ValueKind.Object or ValueKind.Function or ValueKind.Class or ValueKind.External:
                Constrain(rule.B, ConstraintKind.CopyMembersTo, rule.Site, value, rule.A, rule.C);
                break;
            case ValueKind.Unknown:
                var node = NewNode();
                PutValue(node, Values.Unknown);
                Constrain(rule.B, ConstraintKind.StoreKeyed, rule.Site, -1, node, node);
                break;
            default:
                break;
        }
    }

    // What the members are is not known, so the whole object is made of it.
    private void LinkUnknownMembers(in Constraint rule)
    {
        var (instance, number) = PlaceAt(rule.Site);
        var instructions = views[instance.Module]!.Module.Instructions;
        if (number < instructions.Length && instructions[number] is { Opcode: Opcode.Assign } step && instance.NodeOf(step.A) == rule.B)
        {
            Link(instance.NodeOf(step.B), rule.B, rule.Site, FlowLinkKind.Derive);
        }
    }

    private void CopyMembersTo(in Constraint rule, int value)
    {
        if (Values.KindOf(value) is not (ValueKind.Object or ValueKind.Function or ValueKind.Class) || value == rule.A)
        {
            return;
        }

        // What an external object has is not known: its members are looked up as if they were inherited.
        if (Values.KindOf(rule.A) == ValueKind.External)
        {
            PutValue(PrototypeNode(value), rule.A);
            return;
        }

        // A model assigns, which calls setters; a spread does not.
        AddCopy(rule.A, new(value, rule.B < 0 ? [] : ExcludedBy(rule.B, rule.C), rule.Site) { IsAssigned = rule.B < 0 });
    }

    private void AddCopy(int from, MemberCopy copy)
    {
        (PropertiesOf(from).Copies ??= []).Add(copy);
        copied.Enqueue((from, copy));
    }

    // An array of promises becomes an array of what they come to, item by item; something else that is iterated, in no order that is known.
    private void CopyAwaited(int value, int array, int site)
    {
        if (IsArray(value))
        {
            AddCopy(value, new(array, [], site) { IsAwaited = true });
            return;
        }

        var items = NewNode();
        Iterate(value, items, -1, ToTheEnd, site);
        LinkAwaited(items, AnyNode(array), site);
    }

    private void LinkAwaited(int from, int to, int site)
    {
        var settled = NewNode();
        Constrain(from, ConstraintKind.Await, site, settled, -1);
        Link(from, settled, site, FlowLinkKind.Derive);
        Link(settled, to, site);
    }

    private HashSet<int> ExcludedBy(int list, int module)
    {
        var view = views[module]!;
        var excluded = new HashSet<int>();
        foreach (var key in view.Module.ListAt(list))
        {
            if (key < 0)
            {
                excluded.Add(view.Texts[~key]);
            }
        }

        return excluded;
    }

    private void CopyAll(int value, MemberCopy copy)
    {
        var properties = PropertiesOf(value);
        foreach (var text in properties.Named.Keys.ToArray())
        {
            CopyMember(value, text, copy);
        }

        if (properties.Any >= 0)
        {
            if (copy.Owner >= 0)
            {
                Define(copy.Owner, unknownKey, properties.Any, copy.Site);
            }
            else if (copy.IsAwaited)
            {
                LinkAwaited(properties.Any, AnyNode(copy.To), copy.Site);
            }
            else
            {
                Link(properties.Any, AnyNode(copy.To), copy.Site);
            }
        }
    }

    private void CopyMember(int value, int text, MemberCopy copy)
    {
        if (text == protoText || text == prototypeText || copy.Excluded.Contains(text))
        {
            return;
        }

        var name = Values.TextAt(text);
        if (copy.Owner >= 0)
        {
            if (name is not ['%' or '#', _, ..])
            {
                Define(copy.Owner, text, MemberNode(value, text), copy.Site);
            }
        }
        else if (copy.IsAwaited)
        {
            if (IsIndex(text))
            {
                LinkAwaited(MemberNode(value, text), MemberNode(copy.To, text), copy.Site);
            }
        }
        else if (name.StartsWith(GetterMark, StringComparison.Ordinal))
        {
            var read = Values.Text(name[GetterMark.Length..]);
            CallGetter(value, read, new(read, read == unknownKey ? AnyNode(copy.To) : MemberNode(copy.To, read), value, copy.Site));
        }
        else if (name is not ['%' or '#', _, ..])
        {
            Link(MemberNode(value, text), MemberNode(copy.To, text), copy.Site);
            if (copy.IsAssigned && MayCallSetter(copy.To, text))
            {
                CallSetter(copy.To, text, MemberNode(value, text), copy.Site);
            }
        }
    }
}
