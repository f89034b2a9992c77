using System.Runtime.InteropServices;
using Ecoscanner.JavaScript.Lowering;

namespace Ecoscanner.JavaScript.Values;

// Getters and setters: functions that reading and writing a member calls. An object keeps them as members that no program can name.
internal sealed partial class Solver
{
    private const string GetterMark = "%get ";
    private const string SetterMark = "%set ";

    private readonly Dictionary<int, int> getterTexts = [];
    private readonly Dictionary<int, int> setterTexts = [];

    // The names of all getters and setters that there are: reading or writing anything else calls none.
    private readonly HashSet<int> getterNames = [];
    private readonly HashSet<int> setterNames = [];
    private readonly HashSet<int> newSetterNames = [];

    private void AddGetter(int value, int text, int getter, int site)
    {
        Link(getter, MemberNode(value, GetterText(text)), site);
        getterNames.Add(text);
        var properties = PropertiesOf(value);
        if (!(properties.Getters ??= []).Add(text))
        {
            return;
        }

        foreach (ref readonly var reading in CollectionsMarshal.AsSpan(properties.Readings))
        {
            if (reading.Text == text || text == unknownKey)
            {
                CallGetter(value, text, reading);
            }
        }

        foreach (ref readonly var reading in CollectionsMarshal.AsSpan(properties.GetterReadings))
        {
            if (reading.Text == text || reading.Text == unknownKey || text == unknownKey)
            {
                CallGetter(value, text, reading);
            }
        }
    }

    private void AddSetter(int value, int text, int setter, int site)
    {
        Link(setter, MemberNode(value, SetterText(text)), site);
        (PropertiesOf(value).Setters ??= []).Add(text);
        if (setterNames.Add(text))
        {
            newSetterNames.Add(text);
        }
    }

    private void RunGetters(int value, Properties properties, in MemberReading reading)
    {
        if (properties.Getters is not { } getters)
        {
            return;
        }

        if (getters.Contains(reading.Text))
        {
            CallGetter(value, reading.Text, reading);
        }

        if (getters.Contains(unknownKey))
        {
            CallGetter(value, unknownKey, reading);
        }
    }

    private void CallGetter(int value, int text, in MemberReading reading)
    {
        var call = NewCall(reading.Site, -1, [], reading.Target, -1, isNew: false);
        Constrain(MemberNode(value, GetterText(text)), ConstraintKind.CallOn, reading.Site, call.Index, reading.This);
    }

    // What is read under a name that is not known may call any getter.
    private void CallAllGetters(int value, int target, int site)
    {
        var properties = PropertiesOf(value);
        var reading = new MemberReading(unknownKey, target, value, site);
        (properties.GetterReadings ??= []).Add(reading);
        foreach (var text in properties.Getters ?? [])
        {
            CallGetter(value, text, reading);
        }
    }

    // Setters of names that are not known are asked of the object itself only: else all writing of the program would ask.
    private bool MayCallSetter(int value, int text) =>
        setterNames.Contains(text) || (propertiesOf.TryGetValue(value, out var properties) && properties.Setters?.Contains(unknownKey) == true);

    // A setter may stand on any prototype above: it is found as a member that is read.
    private void CallSetter(int value, int text, int source, int site)
    {
        var call = NewCall(site, -1, [source], -1, -1, isNew: false);
        var setters = NewNode();
        LoadMember(value, new(SetterText(text), setters, value, site));
        if (PropertiesOf(value).Setters?.Contains(unknownKey) == true)
        {
            Link(MemberNode(value, SetterText(unknownKey)), setters, site);
        }

        Constrain(setters, ConstraintKind.CallOn, site, call.Index, value);
    }

    // What is written under a name that is not known may call any setter that the object has, or its class.
    private void CallAllSetters(int value, int source, int site)
    {
        if (setterNames.Count == 0)
        {
            return;
        }

        CallSettersOf(PropertiesOf(value));
        if (PropertiesOf(value).Prototype is >= 0 and var prototype)
        {
            foreach (var above in Sets[setOf[prototype]].ToArray())
            {
                if (propertiesOf.TryGetValue(above, out var properties))
                {
                    CallSettersOf(properties);
                }
            }
        }

        void CallSettersOf(Properties properties)
        {
            foreach (var text in properties.Setters ?? [])
            {
                CallSetter(value, text, source, site);
            }
        }
    }

    // A setter that is defined while the program runs is as good as one that stands in an object: what was written before is written again.
    private bool ReplayWritings()
    {
        if (newSetterNames.Count == 0)
        {
            return false;
        }

        for (var node = Flow.NodeCount - 1; node >= 0; node--)
        {
            for (var at = firstConstraint[node]; at != 0; at = constraints[at].Next)
            {
                var rule = constraints[at];
                if (rule.Kind == ConstraintKind.Store && (newSetterNames.Contains(unknownKey) || newSetterNames.Contains(rule.A)))
                {
                    foreach (var value in Sets[doneOf[node]].ToArray())
                    {
                        if (IsOfProgram(value) && MayCallSetter(value, rule.A))
                        {
                            CallSetter(value, rule.A, rule.B, rule.Site);
                        }
                    }
                }
            }
        }

        newSetterNames.Clear();
        return true;
    }

    // A member that is defined by a descriptor.
    private void Define(int owner, int text, int descriptor, int site)
    {
        var (value, getter, setter) = (NewNode(), NewNode(), NewNode());
        Constrain(descriptor, ConstraintKind.Load, site, Values.Text("value"), value);
        Constrain(descriptor, ConstraintKind.Load, site, Values.Text("get"), getter);
        Constrain(descriptor, ConstraintKind.Load, site, Values.Text("set"), setter);
        Constrain(owner, ConstraintKind.Define, site, text, value);
        Constrain(getter, ConstraintKind.DefineAccessor, site, owner, text, 0);
        Constrain(setter, ConstraintKind.DefineAccessor, site, owner, text, 1);
    }

    private void DefineMember(int value, int text, int source, int site)
    {
        if (Values.IsReference(value))
        {
            Link(source, text == unknownKey ? AnyNode(value) : MemberNode(value, text), site);
        }
    }

    private void DefineAccessor(int function, int owner, int text, bool isSetter, int site)
    {
        if (Values.IsReference(function))
        {
            Constrain(owner, isSetter ? ConstraintKind.Setter : ConstraintKind.Getter, site, text, NodeHolding(function));
        }
    }

    private int GetterText(int text) => MarkedText(getterTexts, GetterMark, text);

    private int SetterText(int text) => MarkedText(setterTexts, SetterMark, text);

    private int MarkedText(Dictionary<int, int> texts, string mark, int text)
    {
        ref var marked = ref CollectionsMarshal.GetValueRefOrAddDefault(texts, text, out var isThere);
        return isThere ? marked : marked = Values.Text(mark + Values.TextAt(text));
    }

    // What the program itself has of the rare things that would cost each reading, writing and operation if they were looked for everywhere.
    private void FindRareMembers()
    {
        var (then, toText, toValue) = (Values.Text("then"), Values.Text("toString"), Values.Text("valueOf"));
        foreach (var view in views)
        {
            foreach (ref readonly var step in (view?.Module.Instructions ?? []).AsSpan())
            {
                if (step.Opcode is Opcode.Store or Opcode.Getter or Opcode.Setter && step.B < 0)
                {
                    var text = view!.Texts[~step.B];
                    mayBeThenable |= text == then;
                    if (step.Opcode == Opcode.Setter)
                    {
                        setterNames.Add(text);
                    }
                    else if (step.Opcode == Opcode.Getter)
                    {
                        getterNames.Add(text);
                    }

                    if (text == toText || text == toValue)
                    {
                        conversions.Add(text);
                    }
                }
            }

            if (view is not null && Array.IndexOf(view.Module.Texts, "toPrimitive") >= 0)
            {
                conversions.Add(Values.Text("@@toPrimitive"));
            }

            hasInstanceChecks |= view is not null && Array.IndexOf(view.Module.Texts, "hasInstance") >= 0;
        }
    }
}
