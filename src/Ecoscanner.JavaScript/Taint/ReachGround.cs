using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Taint;

/// <summary>Where of a program it is looked for effects and guards; the same for all effects.</summary>
internal sealed class ReachGround
{
    private readonly HashSet<int> fromEntries = [];
    private readonly Dictionary<Node, List<Instance>> instancesOf = [];

    public ReachGround(ProgramIndex index, ReachRules rules, Origins origins)
    {
        FollowEntries(index, rules);
        FindEffects(index, rules);
        Places = [.. index.Solver.Instances.Where(origins.IsMetIn)];
    }

    /// <summary>The functions to which something of interest gets.</summary>
    public IReadOnlyList<Instance> Places { get; }

    /// <summary>Whether an entry calls it. What none calls need not be gone back to, such as the body of the module that hands its functions to a resolver.</summary>
    public bool IsFromEntry(Instance instance) => fromEntries.Contains(instance.Index);

    /// <summary>The functions in which an effect stands.</summary>
    public IEnumerable<Instance> InstancesWith(Node call) => instancesOf.TryGetValue(call, out var list) ? list.Distinct() : [];

    private void FollowEntries(ProgramIndex index, ReachRules rules)
    {
        var callees = index.Solver.CallEdges.ToLookup(edge => index.Solver.PlaceAt(edge.Site).Instance.Index, edge => edge.Callee);
        var work = new Stack<Instance>(index.Solver.Instances.Where(instance => rules.Entries.Contains(instance.Function.Node)));
        while (work.TryPop(out var instance))
        {
            if (fromEntries.Add(instance.Index))
            {
                foreach (var callee in callees[instance.Index])
                {
                    work.Push(callee);
                }
            }
        }
    }

    private void FindEffects(ProgramIndex index, ReachRules rules)
    {
        foreach (var effect in rules.Effects)
        {
            instancesOf.TryAdd(effect.Call, []);
        }

        foreach (var (record, _) in index.Solver.ExternalCalls)
        {
            if (index.Program.NodeAt(record.Site) is { Exists: true } node && instancesOf.TryGetValue(node, out var instances))
            {
                instances.Add(index.Solver.PlaceAt(record.Site).Instance);
            }
        }
    }
}
