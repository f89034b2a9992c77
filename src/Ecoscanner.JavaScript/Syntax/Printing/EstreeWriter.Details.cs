using static Ecoscanner.JavaScript.Syntax.NodeFlags;

namespace Ecoscanner.JavaScript.Syntax.Printing;

/// <remarks>What nodes say beside their children. What only TypeScript has is written for its sources only.</remarks>
public sealed partial class EstreeWriter
{
    private void WriteDetails(Node node)
    {
        switch (node.Kind)
        {
            case NodeKind.Program:
                Word("sourceType"u8, _tree.IsModule ? "module"u8 : "script"u8);
                break;
            case NodeKind.ExpressionStatement:
                WriteDirective(node);
                break;
            case NodeKind.ForOfStatement:
                Flag("await"u8, node, Await);
                break;
            case NodeKind.VariableDeclaration:
                Word("kind"u8, Spellings.Of(node.VariableKind));
                TypedFlag("declare"u8, node, Declare);
                break;
            case NodeKind.VariableDeclarator:
                TypedFlag("definite"u8, node, Definite);
                break;
            case NodeKind.Identifier:
                Text("name"u8, node.Name);
                TypedFlag("optional"u8, node, Optional);
                break;
            case NodeKind.PrivateIdentifier or NodeKind.JSXIdentifier:
                Text("name"u8, node.Name);
                break;
            case NodeKind.ArrayPattern or NodeKind.ObjectPattern or NodeKind.RestElement or NodeKind.AssignmentPattern:
                TypedFlag("optional"u8, node, Optional);
                break;
            case NodeKind.Property:
                Word("kind"u8, Spellings.Of(node.MethodKind, "init"u8));
                Flag("method"u8, node, Method);
                Flag("shorthand"u8, node, Shorthand);
                Flag("computed"u8, node, Computed);
                break;
            case NodeKind.UnaryExpression:
                Text("operator"u8, node.OperatorText);
                Boolean("prefix"u8, true);
                break;
            case NodeKind.UpdateExpression:
                Text("operator"u8, node.OperatorText);
                Flag("prefix"u8, node, Prefix);
                break;
            case NodeKind.BinaryExpression or NodeKind.LogicalExpression or NodeKind.AssignmentExpression or NodeKind.TSTypeOperator:
                Text("operator"u8, node.OperatorText);
                break;
            case NodeKind.CallExpression:
                Flag("optional"u8, node, Optional);
                break;
            case NodeKind.MemberExpression:
                Flag("computed"u8, node, Computed);
                Flag("optional"u8, node, Optional);
                break;
            case NodeKind.YieldExpression:
                Flag("delegate"u8, node, Generator);
                break;
            case NodeKind.TemplateElement:
                WriteTemplateElement(node);
                break;
            case NodeKind.ImportExpression or NodeKind.ImportDeclaration:
                WriteImport(node);
                break;
            case NodeKind.ImportSpecifier or NodeKind.TSImportEqualsDeclaration:
                WriteTypeOnly("importKind"u8, node);
                break;
            case NodeKind.ExportNamedDeclaration or NodeKind.ExportSpecifier or NodeKind.ExportDefaultDeclaration or NodeKind.ExportAllDeclaration:
                WriteTypeOnly("exportKind"u8, node);
                break;
            case NodeKind.FunctionDeclaration
            or NodeKind.FunctionExpression
            or NodeKind.ArrowFunctionExpression
            or NodeKind.TSDeclareFunction
            or NodeKind.TSEmptyBodyFunctionExpression:
                WriteFunction(node);
                break;
            case NodeKind.JSXOpeningElement:
                // What is not closed closes itself.
                Boolean("selfClosing"u8, !(_open.TryPeek(out var element) && element.Node.ClosingElement.Exists));
                break;
            default:
                if (!TryWriteLiteral(node))
                {
                    WriteDeclarationDetails(node);
                }

                break;
        }
    }

    private void WriteDirective(Node node)
    {
        if (node.Has(Directive))
        {
            // As written: a directive with an escape is another one.
            Text("directive"u8, node.Expression.TextInQuotes);
        }
    }

    private void WriteTemplateElement(Node node)
    {
        _json.Name("value"u8);
        _json.BeginObject();
        Text("raw"u8, node.RawValue);
        if (node.CookedValue is { } cooked)
        {
            Text("cooked"u8, cooked);
        }
        else
        {
            _json.Name("cooked"u8);
            _json.Null();
        }

        _json.EndObject();
        Flag("tail"u8, node, Tail);
    }

    private void WriteImport(Node node)
    {
        if (node.ImportPhase != ImportPhase.Evaluation)
        {
            Word("phase"u8, node.ImportPhase == ImportPhase.Source ? "source"u8 : "defer"u8);
        }

        if (node.Kind == NodeKind.ImportDeclaration)
        {
            WriteTypeOnly("importKind"u8, node);
        }
    }

    private void WriteTypeOnly(ReadOnlySpan<byte> name, Node node)
    {
        if (_isTypeScript)
        {
            Word(name, node.Has(TypeOnly) ? "type"u8 : "value"u8);
        }
    }

    private void WriteFunction(Node node)
    {
        Flag("async"u8, node, Async);
        Flag("generator"u8, node, Generator);
        Boolean("expression"u8, node.Kind == NodeKind.ArrowFunctionExpression && node.Body.Kind != NodeKind.BlockStatement);
        if (node.Kind == NodeKind.ArrowFunctionExpression)
        {
            _json.Name("id"u8);
            _json.Null();
            return;
        }

        TypedFlag("declare"u8, node, Declare);
    }

    private void TypedFlag(ReadOnlySpan<byte> name, Node node, NodeFlags flag)
    {
        if (_isTypeScript)
        {
            Flag(name, node, flag);
        }
    }

    private void Flag(ReadOnlySpan<byte> name, Node node, NodeFlags flag) => Boolean(name, node.Has(flag));

    private void Boolean(ReadOnlySpan<byte> name, bool value)
    {
        _json.Name(name);
        _json.Boolean(value);
    }

    private void Word(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        _json.Name(name);
        _json.Plainly(value);
    }

    private void Text(ReadOnlySpan<byte> name, ReadOnlySpan<char> value)
    {
        _json.Name(name);
        _json.String(value);
    }
}
