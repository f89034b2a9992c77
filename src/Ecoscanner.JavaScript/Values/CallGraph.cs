using System.Collections.Immutable;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Values;

/// <summary>
/// Who calls whom. A call is any node at which functions run: calls, <c>new</c>, tagged templates, elements of JSX, accesses that run getters and setters, loops that
/// run iterators. A function that a built-in function is handed, as by <c>list.map(f)</c>, is called there too.
/// </summary>
public sealed class CallGraph
{
    private readonly ImmutableDictionary<Node, ImmutableArray<CallTarget>> targets;
    private readonly Dictionary<Node, ImmutableArray<Node>> callers;
    private readonly HashSet<Node> incomplete;
    private readonly bool gaveUp;

    internal CallGraph(Dictionary<Node, List<CallTarget>> targets, HashSet<Node> incomplete, bool gaveUp)
    {
        this.targets = targets.ToImmutableDictionary(pair => pair.Key, pair => pair.Value.ToImmutableArray());
        this.incomplete = incomplete;
        this.gaveUp = gaveUp;
        callers = targets
            .SelectMany(pair => pair.Value.Where(target => target.Function.Exists).Select(target => (target.Function, Call: pair.Key)))
            .GroupBy(edge => edge.Function, edge => edge.Call)
            .ToDictionary(group => group.Key, group => group.ToImmutableArray());
    }

    /// <summary>The calls that have targets.</summary>
    public IEnumerable<Node> Calls => targets.Keys;

    /// <summary>The calls that may run what is not known; none are named where nothing is complete.</summary>
    internal IEnumerable<Node> Incomplete => incomplete.Where(call => call.Exists);

    /// <summary>What a call may run; empty where the node is no call, or nothing that it could run is known.</summary>
    public ImmutableArray<CallTarget> TargetsOf(Node call) => targets.GetValueOrDefault(call, []);

    /// <summary>Whether a call can run nothing but its targets.</summary>
    public bool IsComplete(Node call) => !gaveUp && !incomplete.Contains(call);

    /// <summary>The calls that may run a function of the program.</summary>
    public ImmutableArray<Node> CallersOf(Node function) => callers.GetValueOrDefault(function, []);
}
