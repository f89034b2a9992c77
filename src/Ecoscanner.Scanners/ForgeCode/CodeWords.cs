using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Taint;

namespace Ecoscanner.Scanners.ForgeCode;

/// <summary>Pieces of code as evidence shows them: names only, and no text that stands in the source, which may be a secret.</summary>
internal static class CodeWords
{
    private const int LongestName = 60;
    private const int MaximumDepth = 6;

    public static string Of(Node node) => Cut(Of(node, MaximumDepth));

    public static string Of(TaintStep step) =>
        step.Kind switch
        {
            TaintStepKind.Source => $"{Of(step.Node)} comes in",
            TaintStepKind.Call => $"is handed to {Of(step.Node)}",
            TaintStepKind.Return => $"comes back from {Of(step.Node)}",
            TaintStepKind.Member => $"is kept in {Of(step.Node)}",
            _ => Of(step.Node),
        };

    private static string Of(Node node, int depth)
    {
        node = CodePlaces.Plain(node);
        return depth == 0
            ? "…"
            : node.Kind switch
            {
                NodeKind.Identifier or NodeKind.JSXIdentifier => node.Name,
                NodeKind.ThisExpression => "this",
                NodeKind.MemberExpression when CodePlaces.NameOf(node) is { Length: > 0 } name => $"{Of(node.Object, depth - 1)}.{name}",
                NodeKind.MemberExpression => $"{Of(node.Object, depth - 1)}[{Of(node.Property, depth - 1)}]",
                NodeKind.CallExpression => $"{Of(node.Callee, depth - 1)}()",
                NodeKind.NewExpression => $"new {Of(node.Callee, depth - 1)}()",
                NodeKind.TaggedTemplateExpression => $"{Of(node.Tag, depth - 1)}`…`",
                NodeKind.TemplateLiteral => "a template",
                NodeKind.BinaryExpression => "a sum",
                NodeKind.AwaitExpression => $"await {Of(node.Argument, depth - 1)}",
                NodeKind.AssignmentExpression => Of(node.Left, depth - 1),
                NodeKind.VariableDeclarator => Of(node.Id, depth - 1),
                NodeKind.Property => CodePlaces.NameOf(node),
                NodeKind.ObjectExpression => "an object",
                NodeKind.ObjectPattern => $"{{ {string.Join(", ", node.Properties.Select(CodePlaces.NameOf).Select(name => name.Length > 0 ? name : "…"))} }}",
                NodeKind.ArrayPattern => "the parts of a list",
                NodeKind.ArrayExpression => "a list",
                NodeKind.ReturnStatement => "what is returned",
                NodeKind.FunctionDeclaration or NodeKind.FunctionExpression or NodeKind.ArrowFunctionExpression => "a function",
                _ => "an expression",
            };
    }

    private static string Cut(string text) => text.Length <= LongestName ? text : $"{text[..LongestName]}…";
}
