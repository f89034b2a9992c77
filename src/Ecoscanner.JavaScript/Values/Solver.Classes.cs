using Ecoscanner.JavaScript.Lowering;

namespace Ecoscanner.JavaScript.Values;

// Classes, constructors and instances.
internal sealed partial class Solver
{
    // Instances of one class are told apart by the place that makes them, up to so many places.
    private const int MaximumInstancesOfClass = 24;

    // Parts of a place, beside what its instruction makes: see ObjectOrigin.
    private const int RestPart = 1;
    private const int ArgumentsPart = 2;
    private const int ResultPart = 3;
    private const int TrapPart = 4;
    private const int MappedPart = 5;
    private const int FirstModelPart = 8;
    private const int FirstValuePart = 1 << 12;

    private readonly List<ClassValue> classes = [];
    private readonly Dictionary<(int Module, int Class, int Instance), int> valueOfClass = [];
    private readonly Dictionary<int, int> instancesOfMaker = [];
    private readonly Dictionary<int, int> makerOf = [];
    private readonly Dictionary<int, int> prototypeOf = [];
    private readonly HashSet<(int Site, int Class)> impliedSites = [];

    /// <summary>The class of a value of the kind <see cref="ValueKind.Class"/>.</summary>
    public ClassValue ClassOf(int value) => classes[Values[value].A];

    private void BeginClass(Instance instance, ModuleView view, in Instruction step, int place)
    {
        var lowered = view.Module.Classes[step.A];
        var key = (instance.Module, step.A, instance.Index);
        if (!valueOfClass.TryGetValue(key, out var value))
        {
            value = Values.Intern(new(ValueKind.Class, classes.Count));
            classes.Add(new(instance.Module, lowered, instance, step.B >= 0 ? instance.NodeOf(step.B) : -1));
            valueOfClass.Add(key, value);
        }

        PropertiesOf(value).Sure = SureOf(lowered.StaticMembers, view.Texts);
        var prototype = PrototypeOf(value);
        PropertiesOf(prototype).Sure = SureOf(lowered.Members, view.Texts);
        PropertiesOf(prototype).Sure!.Add(constructorText);
        PutValue(MemberNode(value, prototypeText), prototype);
        PutValue(instance.NodeOf(step.T), value);
        PutValue(instance.NodeOf(step.C), prototype);
        if (step.B >= 0)
        {
            Constrain(instance.NodeOf(step.B), ConstraintKind.Extend, place, value);
        }

        if (lowered.Constructor >= 0)
        {
            // Its own function is made with the class, so that it is looked at when nothing constructs it.
            var constructor = FunctionValueOf(instance, view.Module.Functions[lowered.Constructor]);
            homeOf.TryAdd(constructor, prototype);
        }

        if (lowered.Fields >= 0)
        {
            homeOf.TryAdd(FunctionValueOf(instance, view.Module.Functions[lowered.Fields]), prototype);
        }
    }

    private void ExtendClass(int value, int super)
    {
        var prototype = PrototypeOf(value);
        PutValue(PrototypeNode(value), super);
        switch (Values.KindOf(super))
        {
            case ValueKind.Class or ValueKind.Function or ValueKind.Bound:
                Link(MemberNode(super, prototypeText), PrototypeNode(prototype), 0);
                break;
            case ValueKind.External:
                PutValue(PrototypeNode(prototype), Externals.Member(super, prototypeText));
                break;
            case ValueKind.Unknown:
                PutValue(PrototypeNode(prototype), Values.Unknown);
                break;
            default:
                break;
        }
    }

    // The object that `new` gives its instances to inherit from.
    private int PrototypeOf(int maker)
    {
        if (!prototypeOf.TryGetValue(maker, out var value))
        {
            value = Values.Intern(new(ValueKind.Object, origins.Count));
            origins.Add(
                new(Values.KindOf(maker) == ValueKind.Class ? ClassOf(maker).Instance.FirstPlace : FunctionOf(maker).Parent.FirstPlace, FirstValuePart + maker)
            );
            prototypeOf.Add(maker, value);
            makerOf.Add(value, maker);
            propertiesOf.Add(value, new() { Root = ObjectRoot });
            PutValue(MemberNode(value, constructorText), maker);
        }

        return value;
    }

    private (int Instance, bool IsNew) InstanceObject(int site, int maker)
    {
        if (site >= 0 && !objectAt.ContainsKey((site, FirstValuePart + maker)))
        {
            ref var count = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(instancesOfMaker, maker, out _);
            if (count++ >= MaximumInstancesOfClass)
            {
                site = -1;
            }
        }

        var isNew = !objectAt.ContainsKey((site, FirstValuePart + maker));
        var value = ObjectAt(site, FirstValuePart + maker, ObjectRoot);
        if (isNew)
        {
            Link(MemberNode(maker, prototypeText), PrototypeNode(value), 0);
        }

        return (value, isNew);
    }

    private void ConstructFunction(CallRecord call, int callee)
    {
        if (!MayConstruct(FunctionOf(callee).Function))
        {
            return;
        }

        var own = NewInstance(call, callee);
        Enter(call, callee, own, call.Target);
    }

    private void ConstructClass(CallRecord call, int callee) => ConstructOn(call with { This = NewInstance(call, callee) }, callee);

    // Makes the instance, hands it to the target, and gives the node that it is `this` in.
    private int NewInstance(CallRecord call, int callee)
    {
        var (value, _) = InstanceObject(call.Site, callee);
        var own = NewNode();
        PutValue(own, value);
        Link(own, call.Target, call.Site);
        return own;
    }

    // Runs a constructor, and what sets the fields, on a `this` that is there.
    private void ConstructOn(CallRecord call, int callee)
    {
        switch (Values.KindOf(callee))
        {
            case ValueKind.Class:
                var made = ClassOf(callee);
                var ofModule = views[made.Module]!.Module.Functions;
                if (made.Class.Fields >= 0)
                {
                    var fields = InstanceFor(new(made.Module, ofModule[made.Class.Fields], made.Instance), call.Site);
                    Enter(NewCall(call.Site, call.This, [], -1, call.Handler, isNew: true), fields, call.This, -1);
                }

                if (made.Class.Constructor >= 0)
                {
                    var constructor = InstanceFor(new(made.Module, ofModule[made.Class.Constructor], made.Instance), call.Site);
                    Enter(NewCall(call.Site, call.This, call.Arguments, -1, call.Handler, isNew: true), constructor, call.This, call.Target);
                }
                else if (made.Super >= 0)
                {
                    var super = NewCall(call.Site, call.This, call.Arguments, -1, call.Handler, isNew: true);
                    Constrain(made.Super, ConstraintKind.Construct, call.Site, super.Index);
                }

                impliedSites.Add((call.Site, callee));
                break;
            case ValueKind.Function:
                Enter(NewCall(call.Site, call.This, call.Arguments, -1, call.Handler, isNew: true), callee, call.This, -1);
                break;
            case ValueKind.External:
                CallExternal(call with { Target = -1 }, callee);
                break;
            case ValueKind.Unknown:
                CallUnknown(call with { Target = -1 });
                PutUnknownMembers(call.This);
                break;
            case ValueKind.Bound:
                ConstructOn(call, bindings[Values[callee].A].Target);
                break;
            default:
                break;
        }
    }

    /// <summary>Which classes are constructed where.</summary>
    public IReadOnlyCollection<(int Site, int Class)> Constructions => impliedSites;

    private void PutUnknownMembers(int node)
    {
        var unknown = NewNode();
        PutValue(unknown, Values.Unknown);
        Constrain(node, ConstraintKind.StoreKeyed, 0, -1, unknown, unknown);
    }
}

/// <summary>A class in the surroundings that it was made in.</summary>
/// <param name="Super">The node of what it extends, or -1.</param>
internal readonly record struct ClassValue(int Module, LoweredClass Class, Instance Instance, int Super);
