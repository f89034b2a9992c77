using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.Scanners.ForgeAuthorization;

/// <summary>Takes apart what calls are told: each hole of a route or key, each value of a body is a thing of its own.</summary>
internal static class Parts
{
    // Objects in objects of a body; and their values.
    private const int MaximumDepth = 6;
    private const int MaximumParts = 64;

    public static IEnumerable<Node> Of(ProgramValues values, Node expression)
    {
        var parts = new List<Node>();
        Add(values, expression, parts, MaximumDepth);
        return parts.Take(MaximumParts);
    }

    /// <summary>The holes of a route that say what is meant: those of its path, or, where it has none, of its query.</summary>
    public static IReadOnlyList<Node> OfRoute(ProgramValues values, Node route)
    {
        var template = Template(Meant(values, route));
        if (!template.Exists)
        {
            return [route];
        }

        var holes = template.Expressions.ToList();
        var inPath = holes.Where((_, at) => !template.Quasis.Take(at + 1).Any(quasi => quasi.Text.Contains('?'))).ToList();
        return inPath.Count > 0 ? inPath : holes;
    }

    // What a constant stands for, where that is made of parts.
    private static Node Meant(ProgramValues values, Node expression)
    {
        var node = expression.WithoutAssertions;
        if (
            node.Kind != NodeKind.Identifier
            || values.Graph.ModuleOf(node.Tree)?.Record?.Model.SymbolOf(node) is not { Exists: true, IsConstant: true, Declarations: [var declaration] }
        )
        {
            return node;
        }

        var declarator = declaration.Tree.ParentOf(declaration);
        return declarator.Kind == NodeKind.VariableDeclarator && declarator.Id == declaration && declarator.Init.Exists
            ? declarator.Init.WithoutAssertions
            : node;
    }

    private static Node Template(Node expression)
    {
        var node = expression.WithoutAssertions;
        node = node.Kind == NodeKind.TaggedTemplateExpression ? node.Quasi : node;
        return node.Kind == NodeKind.TemplateLiteral ? node : default;
    }

    private static void Add(ProgramValues values, Node expression, List<Node> parts, int depth)
    {
        var node = Meant(values, expression);
        var before = parts.Count;
        foreach (var part in depth > 0 ? Within(node) : [])
        {
            Add(values, part, parts, depth - 1);
        }

        if (parts.Count == before && parts.Count < MaximumParts)
        {
            parts.Add(expression);
        }
    }

    private static IEnumerable<Node> Within(Node node) =>
        node.Kind switch
        {
            NodeKind.TaggedTemplateExpression => node.Quasi.Expressions,
            NodeKind.TemplateLiteral => node.Expressions,
            NodeKind.ObjectExpression => node.Properties.Select(property => property.Kind == NodeKind.SpreadElement ? property.Argument : property.Value),
            NodeKind.ArrayExpression => node
                .Elements.Where(element => element.Exists)
                .Select(element => element.Kind == NodeKind.SpreadElement ? element.Argument : element),
            NodeKind.CallExpression when node.Callee.Text is "JSON.stringify" && node.Arguments.Count > 0 => node.Arguments.Take(1),
            NodeKind.BinaryExpression when node.Operator == TokenKind.Plus => [node.Left, node.Right],
            _ => [],
        };
}
