namespace Ecoscanner.JavaScript.Values;

// Reading and writing members.
internal sealed partial class Solver
{
    private void Apply(in Constraint rule, int value)
    {
        switch (rule.Kind)
        {
            case ConstraintKind.Load:
                LoadMember(value, new(rule.A, rule.B, value, rule.Site));
                break;
            case ConstraintKind.LoadKeyed:
                LoadKeyed(in rule, value);
                break;
            case ConstraintKind.LoadByKey:
                LoadByKey(rule.A, value, rule.B, rule.Site);
                break;
            case ConstraintKind.LoadInherited:
                LoadMember(value, new(rule.A, rule.B, rule.C, rule.Site));
                break;
            case ConstraintKind.LoadSuper:
                LoadAbove(value, new(rule.A, rule.B, value, rule.Site));
                break;
            case ConstraintKind.Store:
                StoreMember(value, rule.A, rule.B, rule.Site);
                break;
            case ConstraintKind.StoreKeyed:
                StoreKeyed(in rule, value);
                break;
            case ConstraintKind.StoreByKey:
                StoreByKey(rule.A, value, rule.B, rule.Site);
                break;
            case ConstraintKind.Getter:
                Link(rule.B, MemberNode(value, GetterText(rule.A)), rule.Site);
                break;
            case ConstraintKind.Setter:
                Link(rule.B, MemberNode(value, SetterText(rule.A)), rule.Site);
                break;
            case ConstraintKind.LoadAll:
                LoadAll(value, rule.A, rule.Site);
                break;
            case ConstraintKind.LoadItems:
                LoadItems(value, rule.A, rule.Site);
                break;
            case ConstraintKind.CopyMembers:
                CopyMembers(in rule, value);
                break;
            case ConstraintKind.CopyMembersTo:
                CopyMembersTo(in rule, value);
                break;
            case ConstraintKind.Keys:
                PutKeys(value, rule.A);
                break;
            case ConstraintKind.Inherit:
                PutValue(PrototypeNode(rule.A), value);
                break;
            default:
                ApplyCall(in rule, value);
                break;
        }
    }

    // Its own member, then that of what it inherits from, unless it surely has its own.
    private void LoadMember(int value, MemberReading reading)
    {
        switch (Values.KindOf(value))
        {
            case ValueKind.Object or ValueKind.Function or ValueKind.Class or ValueKind.Bound:
                LoadOwn(value, reading);
                break;
            case ValueKind.External:
                LoadExternal(value, reading);
                break;
            case ValueKind.Unknown:
                PutValue(reading.Target, Values.Unknown);
                break;
            case ValueKind.String or ValueKind.Pattern or ValueKind.AnyString:
                LoadOfText(reading);
                break;
            case ValueKind.Number or ValueKind.AnyNumber:
                LoadExternal(RootOf("Number"), reading);
                break;
            case ValueKind.BigInt or ValueKind.AnyBigInt:
                LoadExternal(RootOf("BigInt"), reading);
                break;
            case ValueKind.True or ValueKind.False:
                LoadExternal(RootOf("Boolean"), reading);
                break;
            default:
                break;
        }
    }

    private void LoadOwn(int value, MemberReading reading)
    {
        if (reading.Text == protoText)
        {
            Link(PrototypeNode(value), reading.Target, reading.Site);
            return;
        }

        Link(MemberNode(value, reading.Text), reading.Target, reading.Site);
        var properties = PropertiesOf(value);
        if (accessors.Contains(reading.Text) || accessors.Contains(unknownKey))
        {
            CallAccessor(value, reading);
        }

        if (properties.Sure?.Contains(reading.Text) == true || IsSlot(reading.Text))
        {
            return;
        }

        LoadAbove(value, reading);
        if (properties.IsArray && reading.Text == lengthText)
        {
            PutValue(reading.Target, Values.AnyNumber);
        }

        if (properties.Root == FunctionRoot && reading.Text == nameText)
        {
            PutValue(reading.Target, Values.AnyString);
        }
    }

    private void LoadAbove(int value, MemberReading reading)
    {
        var properties = PropertiesOf(value);
        (properties.Readings ??= []).Add(reading);
        if (properties.Prototype >= 0)
        {
            Inherit(properties.Prototype, reading);
        }

        if (properties.Root >= 0)
        {
            LoadBuiltIn(properties.Root, reading);
        }
    }

    private void Inherit(int prototype, MemberReading reading) =>
        Constrain(prototype, ConstraintKind.LoadInherited, reading.Site, reading.Text, reading.Target, reading.This);

    // A member of a prototype that the language has; and what the program put there itself.
    private void LoadBuiltIn(int root, MemberReading reading)
    {
        var owner =
            models.IsMember(root, reading.Text) ? root
            : models.IsMemberOfObjects(reading.Text) ? ObjectRoot
            : -1;
        if (owner >= 0)
        {
            PutMember(Externals.Member(owner, reading.Text), reading.Target);
        }

        if (extended.Contains(root))
        {
            Link(MemberNode(root, reading.Text), reading.Target, reading.Site);
        }
        else
        {
            waitingFor.TryAdd(root, []);
            waitingFor[root].Add(reading);
        }
    }

    private void PutMember(int member, int target)
    {
        if (models.Of(member) is { Statements: [{ Kind: FlowStatementKind.Is, Made: var kind }] })
        {
            PutValue(target, kind == "number" ? Values.AnyNumber : Values.AnyString);
        }
        else
        {
            PutValue(target, member);
        }
    }

    // Most programs put nothing on built-in prototypes: those that do look through what was read before.
    private void Extend(int root)
    {
        if (extended.Add(root) && waitingFor.Remove(root, out var readings))
        {
            foreach (var reading in readings)
            {
                Link(MemberNode(root, reading.Text), reading.Target, reading.Site);
            }
        }
    }

    private void LoadOfText(MemberReading reading)
    {
        if (reading.Text == lengthText)
        {
            PutValue(reading.Target, Values.AnyNumber);
        }
        else if (IsIndex(reading.Text))
        {
            PutValue(reading.Target, Values.AnyString);
        }
        else
        {
            LoadBuiltIn(RootOf("String"), reading);
        }
    }

    private void LoadExternal(int value, MemberReading reading)
    {
        if (extended.Contains(value) || propertiesOf.ContainsKey(value))
        {
            Link(MemberNode(value, reading.Text), reading.Target, reading.Site);
        }
        else
        {
            waitingFor.TryAdd(value, []);
            waitingFor[value].Add(reading);
        }

        PutValue(reading.Target, models.Constant(value, reading.Text) is { } constant ? constant : Externals.Member(value, reading.Text));
    }

    private void LoadKeyed(in Constraint rule, int value)
    {
        switch (Values.KindOf(value))
        {
            case ValueKind.Object or ValueKind.Function or ValueKind.Class or ValueKind.Bound:
                Constrain(rule.B, ConstraintKind.LoadByKey, rule.Site, value, rule.C);
                break;
            case ValueKind.External:
                Constrain(rule.B, ConstraintKind.LoadByKey, rule.Site, value, rule.C);
                break;
            case ValueKind.Unknown:
                PutValue(rule.C, Values.Unknown);
                break;
            case ValueKind.String or ValueKind.Pattern or ValueKind.AnyString:
                PutValue(rule.C, Values.AnyString);
                Constrain(rule.B, ConstraintKind.LoadByKey, rule.Site, value, rule.C);
                break;
            default:
                Constrain(rule.B, ConstraintKind.LoadByKey, rule.Site, value, rule.C);
                break;
        }
    }

    private void LoadByKey(int value, int key, int target, int site)
    {
        if (NameOf(key) is >= 0 and var text)
        {
            LoadMember(value, new(text, target, value, site));
            return;
        }

        switch (Values.KindOf(value))
        {
            case ValueKind.External:
                PutValue(target, Externals.AnyMember(value));
                if (propertiesOf.ContainsKey(value))
                {
                    Link(AllNode(value), target, site);
                }

                break;
            case ValueKind.Object when IsArray(value) && Values.KindOf(key) == ValueKind.AnyNumber:
                Link(ItemsNode(value), target, site);
                break;
            case ValueKind.Object or ValueKind.Function or ValueKind.Class or ValueKind.Bound:
                LoadAll(value, target, site);
                break;
            default:
                break;
        }
    }

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
                if (accessors.Contains(text))
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
                Constrain(source, ConstraintKind.Escape, site);
                break;
            default:
                break;
        }
    }

    private void StoreKeyed(in Constraint rule, int value)
    {
        if (Values.KindOf(value) == ValueKind.Unknown)
        {
            Constrain(rule.C, ConstraintKind.Escape, rule.Site);
        }
        else
        {
            Constrain(rule.B, ConstraintKind.StoreByKey, rule.Site, value, rule.C);
        }
    }

    private void StoreByKey(int value, int key, int source, int site)
    {
        if (NameOf(key) is >= 0 and var text)
        {
            StoreMember(value, text, source, site);
        }
        else if (Values.IsReference(value))
        {
            Link(source, AnyNode(value), site);
            Extend(value);
        }
    }

    // The name that a key is, where it is one; -1 where it may be any.
    private int NameOf(int key) =>
        Values.KindOf(key) switch
        {
            ValueKind.String => Values[key].A,
            ValueKind.Number => Values.Text(NumberText.Of(Values.NumberOf(key))),
            ValueKind.Undefined => Values.Text("undefined"),
            ValueKind.Null => Values.Text("null"),
            ValueKind.True => Values.Text("true"),
            ValueKind.False => Values.Text("false"),
            ValueKind.External when Externals.TextOf(key) is ['S', 'y', 'm', 'b', 'o', 'l', '.', .. var symbol] => Values.Text($"@@{symbol}"),
            ValueKind.Object when OriginRootIs(key, "Symbol") => Values.Text($"@@{Values[key].A}"),
            _ => -1,
        };

    private bool OriginRootIs(int value, string builtIn) => propertiesOf.TryGetValue(value, out var properties) && properties.Root == RootOf(builtIn);

    private void LoadAll(int value, int target, int site)
    {
        switch (Values.KindOf(value))
        {
            case ValueKind.Object or ValueKind.Function or ValueKind.Class:
                Link(AllNode(value), target, site);
                LoadAllGetters(value, target, site);
                if (PropertiesOf(value).Prototype >= 0)
                {
                    Constrain(PrototypeNode(value), ConstraintKind.LoadAll, site, target);
                }

                break;
            case ValueKind.External:
                PutValue(target, Externals.AnyMember(value));
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

    private void LoadItems(int value, int target, int site)
    {
        if (Values.KindOf(value) is ValueKind.Object)
        {
            Link(ItemsNode(value), target, site);
        }
        else
        {
            LoadAll(value, target, site);
        }
    }

    private void CopyMembers(in Constraint rule, int value)
    {
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

        var copy = new MemberCopy(value, rule.B < 0 ? [] : ExcludedBy(rule.B, rule.C), rule.Site);
        var properties = PropertiesOf(rule.A);
        (properties.Copies ??= []).Add(copy);
        copied.Enqueue((rule.A, copy));
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
            Link(properties.Any, AnyNode(copy.To), copy.Site);
        }
    }

    private void CopyMember(int value, int text, MemberCopy copy)
    {
        if (text == protoText || text == prototypeText || copy.Excluded.Contains(text))
        {
            return;
        }

        var name = Values.TextAt(text);
        if (name.StartsWith(GetterMark, StringComparison.Ordinal))
        {
            var read = Values.Text(name[GetterMark.Length..]);
            CallAccessor(value, new(read, MemberNode(copy.To, read), value, copy.Site));
        }
        else if (name is not ['%' or '#', _, ..])
        {
            Link(MemberNode(value, text), MemberNode(copy.To, text), copy.Site);
        }
    }

    private void PutKeys(int value, int target)
    {
        if (
            Values.KindOf(value) == ValueKind.Object
            && !IsArray(value)
            && PropertiesOf(value) is { Any: < 0, Sure: { } sure } properties
            && sure.Count == properties.Named.Count
        )
        {
            foreach (var text in properties.Named.Keys)
            {
                PutValue(target, Values.String(Values.TextAt(text)));
            }
        }

        PutValue(target, Values.AnyString);
    }
}
