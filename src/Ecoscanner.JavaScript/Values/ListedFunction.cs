using Ecoscanner.JavaScript.Flow;
using Ecoscanner.JavaScript.Modules;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Syntax.Printing;

namespace Ecoscanner.JavaScript.Values;

/// <summary>A function of a program, or what stands for one, with the nodes in it that a printer has something to say of.</summary>
/// <param name="Node">The program, function, static block or field.</param>
/// <param name="Nodes">Those that are in it and in no function within it, in the order of the source.</param>
internal sealed record ListedFunction(Node Node, IReadOnlyList<Node> Nodes)
{
    private const int LongestReceiver = 40;

    public bool IsFunction => Node.Kind is NodeKind.FunctionDeclaration or NodeKind.FunctionExpression or NodeKind.ArrowFunctionExpression;

    /// <summary>The functions of a module in the order of its source. Only those of a name, where one is given; without one, what is no function only where something is in it.</summary>
    public static IEnumerable<ListedFunction> In(GraphModule module, Func<Node, bool> isShown, string? name)
    {
        if (module.Record is not { Tree: var tree })
        {
            return [];
        }

        var nodes = Inside(tree, isShown);
        return ControlFlowGraph
            .RootsOf(tree)
            .Select(root => new ListedFunction(root, nodes.TryGetValue(root, out var inside) ? inside : []))
            .Where(function => name is null ? function.IsFunction || function.Nodes.Count > 0 : IsNamed(function.Node, name));
    }

    /// <summary>What a function is called; of one without a name, what it is given to.</summary>
    public static string NameOf(Node function)
    {
        var parent = function.Tree.ParentOf(function);
        if (function.Kind is NodeKind.PropertyDefinition or NodeKind.AccessorProperty)
        {
            return $"field {SourceWords.Shown(FunctionName.Of(function.Value))}";
        }

        if (function.Kind == NodeKind.StaticBlock)
        {
            return $"static block of {NameOf(parent.Tree.ParentOf(parent))}";
        }

        var name = SourceWords.Shown(FunctionName.Of(function));
        return ReceiverOf(function) is { Exists: true } receiver ? $"function given to {SourceWords.Excerpt(receiver, LongestReceiver)}"
            : function.Kind is NodeKind.ClassDeclaration or NodeKind.ClassExpression ? $"class {name}"
            : name;
    }

    /// <summary>The name with its place, but of what stands outside all functions.</summary>
    public static string TitleOf(Node function) => function.Kind == NodeKind.Program ? NameOf(function) : $"{SourceWords.Place(function)} {NameOf(function)}";

    public static void Write(JsonText json, Node function)
    {
        SourceWords.Write(json, "name"u8, NameOf(function));
        SourceWords.Write(json, "kind"u8, function.Kind.ToString());
        SourceWords.WritePlace(json, function);
    }

    // What a function without a name is an argument or attribute of.
    private static Node ReceiverOf(Node function)
    {
        var parent = function.Tree.ParentOf(function);
        var around = parent.Kind == NodeKind.JSXExpressionContainer ? function.Tree.ParentOf(parent) : default;
        return FunctionName.Of(function) != "anonymous" ? default
            : around.Kind == NodeKind.JSXAttribute ? around.Child(NodeRole.Name)
            : parent.Kind is NodeKind.CallExpression or NodeKind.NewExpression && parent.Callee != function ? parent.Callee
            : default;
    }

    // All of its name, or without the class before it.
    private static bool IsNamed(Node function, string name)
    {
        var whole = NameOf(function);
        return !ReceiverOf(function).Exists
            && name.Length > 0
            && whole.EndsWith(name, StringComparison.Ordinal)
            && (whole.Length == name.Length || whole[whole.Length - name.Length - 1] is '.' or ' ');
    }

    // Parents have larger numbers than their children, so that what is around a node is known before it.
    private static Dictionary<Node, IReadOnlyList<Node>> Inside(SyntaxTree tree, Func<Node, bool> isShown)
    {
        var around = new int[tree.NodeCount + 1];
        var found = new List<(Node Around, Node Node)>();
        for (var index = tree.NodeCount; index > 0; index--)
        {
            var node = tree.NodeAt(index);
            var parent = tree.ParentOf(node);
            around[index] =
                !parent.Exists ? index
                : Contains(parent, node) ? parent.Index
                : around[parent.Index];
            if (!node.IsErased && isShown(node))
            {
                found.Add((tree.NodeAt(around[index]), node));
            }
        }

        return found
            .GroupBy(pair => pair.Around, pair => pair.Node)
            .ToDictionary(group => group.Key, group => (IReadOnlyList<Node>)[.. group.OrderBy(node => node.Start).ThenBy(node => node.End)]);
    }

    // The key of a field is worked out around its class.
    private static bool Contains(Node parent, Node node) =>
        ControlFlowGraph.HasGraph(parent.Kind) && (parent.Kind is not (NodeKind.PropertyDefinition or NodeKind.AccessorProperty) || parent.Value == node);
}
