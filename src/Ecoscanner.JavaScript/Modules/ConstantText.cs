using System.Collections.Immutable;
using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Modules;

/// <summary>Works out a text as far as it stands in the source: literals, templates, sums, constants, <c>path.join(__dirname, …)</c>.</summary>
internal sealed class ConstantText(SemanticModel model, Func<Symbol, Node> initOf)
{
    // What builds one specifier; longer sums are texts of something else.
    private const int MaximumNodes = 64;
    private const int MaximumLength = ModuleResolver.MaximumSpecifierLength;

    private readonly List<string?> parts = [];

    public ImmutableArray<string?> Of(Node expression)
    {
        parts.Clear();
        if (Members.TextOf(expression) is { } plain)
        {
            return [plain];
        }

        var work = new Stack<(Node Node, string? Text)>([(expression, null)]);
        for (var left = MaximumNodes; work.TryPop(out var next); )
        {
            if (next.Text is { } text)
            {
                Add(text);
                continue;
            }

            if (left-- <= 0)
            {
                Add(null);
                break;
            }

            Visit(next.Node, work);
        }

        return parts.Count == 0 ? [""]
            : parts.Sum(part => part?.Length ?? 1) > MaximumLength ? [null]
            : [.. parts];
    }

    private void Visit(Node node, Stack<(Node Node, string? Text)> work)
    {
        switch (node.Kind)
        {
            case NodeKind.StringLiteral:
                Add(node.StringValue);
                break;
            case NodeKind.NumericLiteral:
                Add(node.Text.ToString());
                break;
            case NodeKind.TemplateLiteral:
                for (var at = node.Quasis.Count - 1; at >= 0; at--)
                {
                    if (at < node.Expressions.Count)
                    {
                        work.Push((node.Expressions[at], null));
                    }

                    work.Push((default, node.Quasis[at].CookedValue ?? ""));
                }

                break;
            case NodeKind.BinaryExpression when node.Operator == TokenKind.Plus:
                work.Push((node.Right, null));
                work.Push((node.Left, null));
                break;
            case NodeKind.Identifier when node.Name == "__dirname" && model.IsUnresolved(node):
                Add(".");
                break;
            case NodeKind.Identifier when model.SymbolOf(node) is { Exists: true } symbol && initOf(symbol) is { Exists: true } value && symbol.IsConstant:
                work.Push((value, null));
                break;
            case NodeKind.CallExpression when (Members.IsCallOf(node, "path", "join") || Members.IsCallOf(node, "path", "resolve")) && node.Arguments.Count > 0:
                for (var at = node.Arguments.Count - 1; at >= 0; at--)
                {
                    work.Push((node.Arguments[at], null));
                    if (at > 0)
                    {
                        work.Push((default, "/"));
                    }
                }

                break;
            default:
                var inner = Members.Unwrap(node);
                if (inner != node)
                {
                    work.Push((inner, null));
                }
                else
                {
                    Add(null);
                }

                break;
        }
    }

    private void Add(string? text)
    {
        if (text?.Length == 0)
        {
            return;
        }

        if (parts.Count > 0 && text is not null && parts[^1] is { } before)
        {
            parts[^1] = before + text;
        }
        else if (parts.Count == 0 || text is not null || parts[^1] is not null)
        {
            parts.Add(text);
        }
    }
}
