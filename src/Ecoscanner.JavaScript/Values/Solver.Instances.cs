using System.Runtime.InteropServices;
using Ecoscanner.JavaScript.Lowering;

namespace Ecoscanner.JavaScript.Values;

internal sealed partial class Solver
{
    private readonly List<Instance> instances = [];

    // The first place of each: looked up so often that it is worth a list of its own.
    private readonly List<int> firstPlaces = [];
    private readonly Dictionary<InstanceKey, Instance> instanceOf = [];
    private readonly Dictionary<(int Module, int Function, int Parent), int> clonesOf = [];
    private readonly Dictionary<(int Module, int Function), List<Instance>> instancesOf = [];
    private readonly List<int> closures = [];
    private readonly List<FunctionValue> functions = [];
    private readonly Dictionary<InstanceKey, int> valueOfFunction = [];
    private int placeCount;

    public IReadOnlyList<Instance> Instances => instances;

    public IReadOnlyList<Instance> InstancesOf(int module, LoweredFunction function) =>
        instancesOf.TryGetValue((module, function.Index), out var found) ? found : [];

    /// <summary>The instance and the number of the instruction in its module.</summary>
    public FlowPlace PlaceAt(int place)
    {
        place = place <= FirstSpreadPlace ? SpreadAt(place).Site : place;
        var firsts = CollectionsMarshal.AsSpan(firstPlaces);
        var (low, high) = (0, firsts.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = firsts[middle] <= place ? (middle, high) : (low, middle - 1);
        }

        var instance = instances[low];
        return new(instance, instance.Function.FirstInstruction + place - instance.FirstPlace);
    }

    /// <summary>The function of a value of the kind <see cref="ValueKind.Function"/>.</summary>
    public FunctionValue FunctionOf(int value) => functions[Values[value].A];

    private void StartProgram(LoweredModule module)
    {
        var index = ModuleIndexOf(module);
        var instance = MakeInstance(index, module.Functions[0], null, -1, 0);
        instance.IsCalled = true;
    }

    private int ModuleIndexOf(LoweredModule module) => Array.IndexOf(modules, module);

    private Instance MakeInstance(int module, LoweredFunction function, Instance? parent, int site, int depth)
    {
        var instance = new Instance(instances.Count, module, function, parent, NewNodes(function.SlotCount), placeCount, depth);
        firstPlaces.Add(placeCount);
        placeCount += function.InstructionCount;
        instances.Add(instance);
        instanceOf.Add(new(module, function.Index, parent?.Index ?? -1, site), instance);
        if (!instancesOf.TryGetValue((module, function.Index), out var list))
        {
            instancesOf.Add((module, function.Index), list = []);
        }

        list.Add(instance);
        fresh.Enqueue(instance);
        return instance;
    }

    // The view of a closure's function that a call gets: its own where it is worth it, or the one that all share.
    private Instance InstanceFor(FunctionValue closure, int site)
    {
        var caller = PlaceAt(site).Instance;
        var function = closure.Function;
        var (module, parent) = (closure.Module, closure.Parent.Index);
        var key = new InstanceKey(module, function.Index, parent, -1);
        if (function.Is(LoweredFunctionKinds.HigherOrder) && IsWorthCloning(closure, caller))
        {
            var own = key with { Site = site };
            if (instanceOf.TryGetValue(own, out var clone))
            {
                return clone;
            }

            ref var clones = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(clonesOf, (module, function.Index, parent), out _);
            if (clones < options.ClonesPerFunction)
            {
                clones++;
                return MakeInstance(module, function, closure.Parent, site, Math.Max(closure.Parent.Depth, caller.Depth) + 1);
            }
        }

        return instanceOf.TryGetValue(key, out var shared) ? shared : MakeInstance(module, function, closure.Parent, -1, closure.Parent.Depth);
    }

    // A function that calls itself, over whatever others, is not told apart again.
    private bool IsWorthCloning(FunctionValue closure, Instance caller)
    {
        if (Math.Max(closure.Parent.Depth, caller.Depth) >= options.CloneDepth)
        {
            return false;
        }

        for (var around = caller; around is not null; around = around.Parent)
        {
            if (ReferenceEquals(around.Function, closure.Function))
            {
                return false;
            }
        }

        return true;
    }

    private int FunctionValueOf(Instance instance, LoweredFunction function)
    {
        var record = new ValueRecord(ValueKind.Function, functions.Count);
        var key = new InstanceKey(instance.Module, function.Index, instance.Index, 0);
        if (valueOfFunction.TryGetValue(key, out var known))
        {
            return known;
        }

        functions.Add(new(instance.Module, function, instance));
        var value = Values.Intern(record);
        valueOfFunction.Add(key, value);
        closures.Add(value);
        return value;
    }
}

/// <summary>A function in the surroundings that it was made in.</summary>
internal readonly record struct FunctionValue(int Module, LoweredFunction Function, Instance Parent);
