using System.Collections.Immutable;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Values;

/// <summary>
/// Who calls whom. A call is any node at which functions run: calls, <c>new</c>, tagged templates, elements of JSX, accesses that run getters and setters, loops that
/// run iterators. A function that a built-in function is handed, as by <c>list.map(f)</c>, is called there too.
/// </summary>
public sealed class CallGraph
{
    private readonly Dictionary<Node, ImmutableArray<CallTarget>> targets;
    private readonly Dictionary<Node, List<Node>> callers = [];
    private readonly HashSet<Node> incomplete;
    private readonly bool gaveUp;

    internal CallGraph(Dictionary<Node, List<CallTarget>> targets, HashSet<Node> incomplete, bool gaveUp, Func<Node, int> moduleOf)
    {
        Calls = [.. targets.Keys.OrderBy(moduleOf).ThenBy(call => call.Exists ? call.Start : 0).ThenBy(call => call.Exists ? call.End : 0)];
        this.targets = targets.ToDictionary(pair => pair.Key, pair => pair.Value.ToImmutableArray());
        this.incomplete = incomplete;
        this.gaveUp = gaveUp;
        foreach (var (call, list) in targets)
        {
            foreach (var target in list.Where(target => target.Function.Exists))
            {
                if (!callers.TryGetValue(target.Function, out var known))
                {
                    callers.Add(target.Function, known = []);
                }

                known.Add(call);
            }
        }
    }

    /// <summary>The calls that have targets: module by module, each in the order of its source.</summary>
    public ImmutableArray<Node> Calls { get; }

    /// <summary>The calls that may run what is not known; none are named where nothing is complete.</summary>
    internal IEnumerable<Node> Incomplete => incomplete.Where(call => call.Exists);

    /// <summary>What a call may run; empty where the node is no call, or nothing that it could run is known.</summary>
    public ImmutableArray<CallTarget> TargetsOf(Node call) => targets.TryGetValue(call, out var list) ? list : [];

    /// <summary>Whether a call can run nothing but its targets.</summary>
    public bool IsComplete(Node call) => !gaveUp && !incomplete.Contains(call);

    /// <summary>The calls that may run a function of the program.</summary>
    public ImmutableArray<Node> CallersOf(Node function) => callers.TryGetValue(function, out var list) ? [.. list] : [];
}
