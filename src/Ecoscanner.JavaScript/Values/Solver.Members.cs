using System.Runtime.InteropServices;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Values;

// Reading and writing members.
internal sealed partial class Solver
{
    // Of all members, the text is -1.
    private readonly HashSet<(int Value, int Text, int Target, int This)> inherited = [];

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
                LoadInherited(value, new(rule.A, rule.B, rule.C, rule.Site));
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
            case ConstraintKind.Getter or ConstraintKind.Setter:
                AddAccessor(in rule, value);
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
            case ConstraintKind.CopyAwaited:
                CopyAwaited(value, rule.A, rule.Site);
                break;
            case ConstraintKind.Keys:
                PutKeys(value, rule.A, rule.Site);
                break;
            case ConstraintKind.Inherit:
                PutValue(PrototypeNode(rule.A), value);
                break;
            case ConstraintKind.AccessorByKey:
                var kind = rule.C == 1 ? ConstraintKind.Setter : ConstraintKind.Getter;
                Constrain(rule.A, kind, rule.Site, NameOf(value) is >= 0 and var name ? name : unknownKey, rule.B);
                break;
            case ConstraintKind.Define:
                DefineMember(value, rule.A, rule.B, rule.Site);
                break;
            case ConstraintKind.DefineNamed:
                Define(rule.A, NameOf(value) is >= 0 and var defined ? defined : unknownKey, rule.B, rule.Site);
                break;
            case ConstraintKind.DefineMembers when IsOfProgram(value):
                AddCopy(value, new(-1, [], rule.Site) { Owner = rule.A });
                break;
            case ConstraintKind.DefineMembers:
                break;
            case ConstraintKind.DefineAccessor:
                DefineAccessor(value, rule.A, rule.B, rule.C == 1, rule.Site);
                break;
            case ConstraintKind.LoadUnder:
                LoadUnder(value, rule.A, rule.B, rule.C, rule.Site);
                break;
            case ConstraintKind.StoreUnder:
                StoreUnder(value, rule.A, rule.B, rule.C, rule.Site);
                break;
            default:
                ApplyCall(in rule, value);
                break;
        }
    }

    private void AddAccessor(in Constraint rule, int value)
    {
        if (!Values.IsReference(value))
        {
            return;
        }

        if (rule.Kind == ConstraintKind.Getter)
        {
            AddGetter(value, rule.A, rule.B, rule.Site);
        }
        else
        {
            AddSetter(value, rule.A, rule.B, rule.Site);
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
        RunGetters(value, properties, in reading);
        if (properties.Sure?.Contains(reading.Text) == true)
        {
            (properties.GetterReadings ??= []).Add(reading);
            return;
        }

        if (IsSlot(reading.Text))
        {
            return;
        }

        LoadAbove(value, reading);
        if (properties.IsArray && reading.Text == lengthText)
        {
            PutValue(reading.Target, Values.AnyNumber);
        }

        if (properties.Root == FunctionRoot && reading.Text == lengthText)
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

    // All instances of a class ask for the same; whose member it is matters to getters only.
    private void LoadInherited(int value, MemberReading reading)
    {
        if (!IsOfProgram(value) && Values.TextAt(reading.Text) is ['%', _, ..])
        {
            return;
        }

        var own = getterNames.Contains(reading.Text) ? reading.This : -1;
        if (inherited.Add((value, reading.Text, reading.Target, own)))
        {
            LoadMember(value, reading);
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
            Wait(root, reading);
        }
    }

    private void Wait(int external, MemberReading reading)
    {
        ref var waiting = ref CollectionsMarshal.GetValueRefOrAddDefault(waitingFor, external, out _);
        (waiting ??= []).Add(reading);
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
        if (value == globalObject || propertiesOf.ContainsKey(value))
        {
            Link(MemberNode(value, reading.Text), reading.Target, reading.Site);
        }
        else
        {
            Wait(value, reading);
        }

        // What is global has its value in the node already; what the program keeps for itself is nothing from outside.
        if (value != globalObject && Values.TextAt(reading.Text) is not ['%', _, ..])
        {
            PutValue(reading.Target, MemberOf(value, reading.Text));
        }
    }

    private int MemberOf(int external, int text) => models.Constant(external, text) ?? Externals.Member(external, text);

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
        Convert(key, -1, site);
        if (NameOf(key) is >= 0 and var text)
        {
            LoadMember(value, new(text, target, value, site));
            return;
        }

        switch (Values.KindOf(value))
        {
            case ValueKind.External:
                PutValue(target, value == globalObject ? Values.Unknown : Externals.AnyMember(value));
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
            case ValueKind.Object or ValueKind.Function or ValueKind.Class when !inherited.Add((value, -1, target, -1)):
                break;
            case ValueKind.Object or ValueKind.Function or ValueKind.Class:
                Link(AllNode(value), target, site);
                CallAllGetters(value, target, site);
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

    private void PutKeys(int value, int target, int site)
    {
        if (Values.KindOf(value) == ValueKind.Object && !IsArray(value))
        {
            Link(MemberNode(value, keysText), target, site, FlowLinkKind.Derive);
        }

        if (
            Values.KindOf(value) == ValueKind.Object
            && !IsArray(value)
            && PropertiesOf(value) is { Any: < 0, Sure: { } sure } properties
            && properties.Named.Keys.All(text => sure.Contains(text) || IsSlot(text))
        )
        {
            foreach (var text in sure)
            {
                PutValue(target, Values.String(Values.TextAt(text)));
            }
        }

        PutValue(target, Values.AnyString);
    }
}
