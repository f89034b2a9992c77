using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.Scanners.ForgePrograms;

namespace Ecoscanner.Scanners.ForgeCode;

/// <summary>Which entries get to which functions, over calls.</summary>
internal sealed class EntryReach
{
    private readonly AppCode code;
    private readonly Lazy<Dictionary<Node, List<Node>>> callees;
    private readonly Dictionary<ForgeEntry, HashSet<Node>> reached = [];

    public EntryReach(AppCode code)
    {
        this.code = code;
        callees = new(FindCallees);
    }

    /// <summary>The entries whose code gets to all of those places.</summary>
    public IReadOnlyList<ForgeEntry> EntriesTo(params IReadOnlyList<Node> places)
    {
        var functions = places.Select(code.FunctionOf).Where(function => function.Kind != NodeKind.Program).Distinct().ToList();
        return [.. code.Program.Entries.Where(entry => entry.IsResolved && functions.TrueForAll(ReachedFrom(entry).Contains))];
    }

    public HashSet<Node> ReachedFrom(ForgeEntry entry)
    {
        if (!reached.TryGetValue(entry, out var found))
        {
            found = [.. entry.Functions];
            var work = new Stack<Node>(found);
            while (work.TryPop(out var function))
            {
                foreach (var callee in callees.Value.GetValueOrDefault(function, []))
                {
                    if (found.Add(callee))
                    {
                        work.Push(callee);
                    }
                }
            }

            reached.Add(entry, found);
        }

        return found;
    }

    private Dictionary<Node, List<Node>> FindCallees()
    {
        var found = new Dictionary<Node, List<Node>>();
        foreach (var call in code.Program.Values.Calls.Calls.Where(code.Contains))
        {
            var function = code.FunctionOf(call);
            foreach (var target in code.Program.Values.Calls.TargetsOf(call).Where(target => target.Function.Exists))
            {
                (found.TryGetValue(function, out var known) ? known : found[function] = []).Add(target.Function);
            }
        }

        return found;
    }
}
