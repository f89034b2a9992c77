using Ecoscanner.JavaScript.Flow;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.Scanners.ForgeCode;

/// <summary>Whether functions read what is kept between calls before they have written it, so that they read what an earlier call left.</summary>
/// <param name="kept">The variable or field.</param>
/// <param name="isReplaced">Whether assignments leave nothing of what was there.</param>
internal sealed class EarlyReads(AppCode code, KeptPlace kept, bool isReplaced)
{
    // Functions that call functions: deeper ones are taken not to write, and to read nothing.
    private const int MaximumDepth = 12;

    private readonly Dictionary<Node, bool> reads = [];
    private readonly Dictionary<Node, bool> writes = [];
    private readonly Dictionary<Node, ControlFlowGraph> graphs = [];
    private ILookup<Node, Node>? places;

    public bool ReadsFirst(Node function) => ReadsFirst(function, MaximumDepth);

    private bool ReadsFirst(Node function, int depth)
    {
        if (depth == 0 || !ControlFlowGraph.HasGraph(function.Kind))
        {
            return false;
        }

        if (reads.TryGetValue(function, out var known))
        {
            return known;
        }

        // Within itself it reads nothing more.
        reads[function] = false;
        var graph = GraphOf(function);
        var answer = graph
            .Blocks.Where(block => block.IsReachable)
            .SelectMany(block => block.Nodes)
            .Any(node => IsRead(node, depth) && IsReached(graph, node, depth));
        reads[function] = answer;
        return answer;
    }

    private bool IsRead(Node node, int depth) =>
        node.Kind is NodeKind.Identifier or NodeKind.MemberExpression
            ? ReadsOf(code.FunctionOf(node)).Contains(node)
            : node.Kind is NodeKind.CallExpression or NodeKind.NewExpression && CalleesOf(node).Any(callee => ReadsFirst(callee, depth - 1));

    private bool IsReached(ControlFlowGraph graph, Node node, int depth) =>
        Reachability.Find(graph, node, static _ => false, step => step != node && IsWriting(step, depth)) is not null;

    private bool IsWriting(Node node, int depth)
    {
        if (!isReplaced)
        {
            return false;
        }

        return node.Kind switch
        {
            NodeKind.AssignmentExpression => node.Operator == TokenKind.Equals && kept.Is(CodePlaces.Plain(node.Left)),
            NodeKind.CallExpression => CalleesOf(node) is { Count: > 0 } callees && callees.TrueForAll(callee => Writes(callee, depth - 1)),
            _ => false,
        };
    }

    private bool Writes(Node function, int depth)
    {
        if (depth <= 0 || !ControlFlowGraph.HasGraph(function.Kind))
        {
            return false;
        }

        if (!writes.TryGetValue(function, out var answer))
        {
            writes[function] = false;
            var graph = GraphOf(function);
            answer = Reachability.Find(graph.Entry, graph.Exit, static _ => false, step => IsWriting(step, depth)) is null;
            writes[function] = answer;
        }

        return answer;
    }

    private IEnumerable<Node> ReadsOf(Node function)
    {
        places ??= kept.Reads.Where(read => !IsOnlyAdding(read) && !IsOnlyCompared(read)).ToLookup(code.FunctionOf);
        return places[function];
    }

    // `list.push(x)` and `map[key] = x` show nothing of what is there.
    private static bool IsOnlyAdding(Node reference)
    {
        var member = reference.Tree.ParentOf(reference);
        if (member.Kind != NodeKind.MemberExpression || member.Object != reference)
        {
            return false;
        }

        var user = member.Tree.ParentOf(member);
        return (user.Kind == NodeKind.AssignmentExpression && user.Left == member && user.Operator == TokenKind.Equals)
            || (
                user.Kind == NodeKind.CallExpression
                && user.Callee == member
                && CodePlaces.NameOf(member) is "push" or "unshift" or "add" or "set" or "clear" or "delete"
                && user.Tree.ParentOf(user).Kind == NodeKind.ExpressionStatement
            );
    }

    // Whether it is there, or the same as what the call itself has: its value goes nowhere.
    private static bool IsOnlyCompared(Node reference)
    {
        var user = reference.Tree.ParentOf(reference);
        return user.Kind == NodeKind.UnaryExpression
            || (user.Kind == NodeKind.BinaryExpression && user.Operator is not TokenKind.Plus)
            || (user.Kind is NodeKind.IfStatement or NodeKind.WhileStatement or NodeKind.ConditionalExpression && user.Test == reference);
    }

    private List<Node> CalleesOf(Node call) =>
        [.. code.Program.Values.Calls.TargetsOf(call).Select(target => target.Function).Where(function => function.Exists)];

    private ControlFlowGraph GraphOf(Node function)
    {
        if (!graphs.TryGetValue(function, out var graph))
        {
            graphs.Add(function, graph = ControlFlowGraph.Of(function.Tree, function));
        }

        return graph;
    }
}
