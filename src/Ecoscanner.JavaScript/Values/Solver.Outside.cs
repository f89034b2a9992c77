using Ecoscanner.JavaScript.Lowering;

namespace Ecoscanner.JavaScript.Values;

// What nothing calls may be called from outside, with anything: exported functions, handlers that are only registered, dead code.
internal sealed partial class Solver
{
    // Each round finds whole groups; what is left after so many only calls itself in many separate circles.
    private const int MaximumRounds = 16;

    private const int MaximumOfHome = 4;

    private readonly Dictionary<int, int> homeOf = [];
    private readonly HashSet<int> fedFunctions = [];
    private int looked;
    private int rounds;

    /// <summary>Whether the program is entered there: by running a module, or by a call from outside.</summary>
    public bool IsEntry(Instance instance) => instance.Function.Is(LoweredFunctionKinds.Program) || fedFunctions.Contains(instance.Index);

    /// <summary>Something outside calls those functions, and hands over what has their paths.</summary>
    public void Enter(IEnumerable<EnteredFunction> entered)
    {
        var entries = entered.ToLookup(entry => entry.Function, entry => entry.Parameters);
        foreach (var instance in instances.Where(instance => entries.Contains(instance.Function.Node)).ToList())
        {
            foreach (var (slot, path) in entries[instance.Function.Node].SelectMany(paths => instance.Function.Parameters.Zip(paths)))
            {
                var given = Externals.Global(path);
                PutValue(instance.NodeOf(slot), given);
                handedOver.Add((instance.NodeOf(slot), given, instance.FirstPlace));
            }
        }
    }

    // Looks at functions that nothing calls, then feeds those to which no call leads. False where all are done.
    private bool CallFromOutside()
    {
        var found = false;
        for (; looked < closures.Count; looked++)
        {
            var closure = FunctionOf(closures[looked]);
            if (!instancesOf.ContainsKey((closure.Module, closure.Function.Index)))
            {
                MakeInstance(closure.Module, closure.Function, closure.Parent, -1, closure.Parent.Depth);
                found = true;
            }
        }

        return found || FeedUncalled();
    }

    private bool FeedUncalled()
    {
        var isReached = new bool[instances.Count];
        var work = new Stack<Instance>();
        var callees = new List<Instance>?[instances.Count];
        var hasCaller = new bool[instances.Count];
        foreach (var edge in callEdges)
        {
            (callees[edge.Caller.Index] ??= []).Add(edge.Callee);
            hasCaller[edge.Callee.Index] |= !ReferenceEquals(edge.Caller, edge.Callee);
        }

        foreach (var instance in instances.Where(instance => instance.IsCalled))
        {
            Reach(instance);
        }

        FindHomes();
        var (isLast, found) = (rounds++ >= MaximumRounds, false);
        // First what nothing calls at all; then what only stands beside views of it that are called, but from nowhere; at last circles.
        for (var pass = 0; pass < 3; pass++)
        {
            for (var index = 0; index < isReached.Length; index++)
            {
                if (!isReached[index] && (isLast || IsNextOutside(index, pass, found)))
                {
                    found = true;
                    FeedUnknown(instances[index]);
                    Reach(instances[index]);
                }
            }
        }

        return found;

        bool IsNextOutside(int index, int pass, bool isAny)
        {
            return pass switch
            {
                0 => !hasCaller[index] && !AnyOther(index, hasCaller),
                1 => !hasCaller[index] && !AnyOther(index, isReached),
                _ => !isAny && !AnyOther(index, isReached),
            };
        }

        bool AnyOther(int index, bool[] marks)
        {
            foreach (var other in InstancesOf(instances[index].Module, instances[index].Function))
            {
                // Feeding one may make others.
                if (other.Index < marks.Length && marks[other.Index])
                {
                    return true;
                }
            }

            return false;
        }

        void Reach(Instance first)
        {
            work.Push(first);
            while (work.TryPop(out var instance))
            {
                if (instance.Index < isReached.Length && !isReached[instance.Index])
                {
                    isReached[instance.Index] = true;
                    callees[instance.Index]?.ForEach(work.Push);
                }
            }
        }
    }

    private void FeedUnknown(Instance instance)
    {
        instance.IsCalled = true;
        fedFunctions.Add(instance.Index);
        foreach (var parameter in instance.Function.Parameters)
        {
            PutValue(instance.NodeOf(parameter), Values.Unknown);
        }

        if (instance.Function.Rest >= 0)
        {
            PutValue(AnyNode(RestArrayOf(instance)), Values.Unknown);
        }

        if (instance.Function.Arguments >= 0)
        {
            PutValue(AnyNode(ArgumentsOf(instance)), Values.Unknown);
        }

        PutValue(instance.NodeOf(instance.Function.This), OutsideThisOf(instance));
    }

    // A method that is called from outside is called on what it was put in, or on an instance of its class.
    private int OutsideThisOf(Instance instance)
    {
        var key = new InstanceKey(instance.Module, instance.Function.Index, instance.Parent?.Index ?? -1, 0);
        if (!valueOfFunction.TryGetValue(key, out var function) || !homeOf.TryGetValue(function, out var home))
        {
            return Values.Unknown;
        }

        return makerOf.TryGetValue(home, out var maker) ? OutsideInstanceOf(maker) : home;
    }

    private int OutsideInstanceOf(int maker)
    {
        var (instance, isNew) = InstanceObject(-1, maker);
        if (isNew)
        {
            var node = NewNode();
            PutValue(node, instance);
            var unknown = NewNodes(MaximumOutsideArguments);
            var arguments = Enumerable.Range(unknown, MaximumOutsideArguments).ToArray();
            foreach (var argument in arguments)
            {
                PutValue(argument, Values.Unknown);
            }

            ConstructOn(NewCall(0, node, arguments, -1, -1, isNew: true), maker);
        }

        return instance;
    }

    private void FindHomes()
    {
        foreach (var (value, properties) in propertiesOf)
        {
            foreach (var node in properties.Named.Values)
            {
                // A member that may be many functions is home to none of them.
                foreach (var member in Sets[setOf[node]] is { Length: <= MaximumOfHome } members ? members : [])
                {
                    if (Values.KindOf(member) == ValueKind.Function && Values.KindOf(value) == ValueKind.Object)
                    {
                        homeOf.TryAdd(member, value);
                    }
                }
            }
        }
    }
}
