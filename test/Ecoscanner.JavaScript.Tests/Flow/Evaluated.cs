using Ecoscanner.JavaScript.Flow;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Tests.Flow;

/// <summary>Which expressions of a function have to be in its graph, said by where they stand; that is, without knowing of any order.</summary>
internal static class Evaluated
{
    public static IEnumerable<Node> Of(Node root)
    {
        var waiting = new Stack<(Node Node, bool IsTest)>();
        PushChildren(root, waiting);
        while (waiting.TryPop(out var item))
        {
            var (node, isTest) = item;
            if (IsExpression(node.Kind) && !(isTest && IsDissolved(node)))
            {
                yield return node;
            }

            if (!ControlFlowGraph.HasGraph(node.Kind) && !IsDeclared(node))
            {
                PushChildren(node, waiting, isTest);
            }
        }
    }

    private static void PushChildren(Node node, Stack<(Node Node, bool IsTest)> waiting, bool isTest = false)
    {
        switch (node.Kind)
        {
            case NodeKind.PropertyDefinition or NodeKind.AccessorProperty:
                Push(node.Value);
                break;
            case NodeKind.FunctionDeclaration or NodeKind.FunctionExpression or NodeKind.ArrowFunctionExpression:
                foreach (var parameter in node.Params)
                {
                    // A type's annotation for it is no parameter.
                    Push(parameter is { Kind: NodeKind.Identifier, Name: "this" } ? default : parameter);
                }

                Push(node.Body);
                break;
            case NodeKind.MemberExpression:
                Push(node.Object);
                Push(node.Has(NodeFlags.Computed) ? node.Property : default);
                break;
            case NodeKind.Property:
                Push(node.Has(NodeFlags.Computed) ? node.Key : default);
                Push(node.Value);
                break;
            case NodeKind.IfStatement or NodeKind.WhileStatement or NodeKind.DoWhileStatement or NodeKind.ForStatement or NodeKind.ConditionalExpression:
                Push(node.Test, isTest: true);
                foreach (var child in node.Children)
                {
                    Push(child == node.Test ? default : child);
                }

                break;
            case NodeKind.LogicalExpression:
                Push(node.Left, isTest: true);
                Push(node.Right, isTest);
                break;
            case NodeKind.UnaryExpression when node.Operator == TokenKind.Exclamation:
                Push(node.Argument, isTest);
                break;
            case NodeKind.VariableDeclaration:
                foreach (var declarator in node.Declarations)
                {
                    Push(node.VariableKind == VariableKind.Var && !declarator.Init.Exists ? default : declarator.Id);
                    Push(declarator.Init);
                }

                break;
            case NodeKind.TSEnumMember:
                Push(node.Initializer);
                break;
            case NodeKind.LabeledStatement or NodeKind.TSModuleDeclaration or NodeKind.TSEnumDeclaration:
                Push(node.Body);
                break;
            case NodeKind.TaggedTemplateExpression:
                Push(node.Tag);
                foreach (var child in node.Quasi.List(NodeRole.Expressions))
                {
                    Push(child);
                }

                break;
            case NodeKind.BinaryExpression:
                Push(node.Left.Kind == NodeKind.PrivateIdentifier ? default : node.Left);
                Push(node.Right);
                break;
            case NodeKind.ClassDeclaration or NodeKind.ClassExpression:
                PushClass(node);
                break;
            case NodeKind.BreakStatement or NodeKind.ContinueStatement or NodeKind.MetaProperty or NodeKind.ImportDeclaration or NodeKind.ExportAllDeclaration:
            case NodeKind.ExportSpecifier or NodeKind.TSImportEqualsDeclaration or NodeKind.JSXOpeningElement or NodeKind.JSXClosingElement:
                break;
            case NodeKind.Identifier:
                break;
            case NodeKind.ExportNamedDeclaration:
                Push(node.Declaration);
                break;
            default:
                foreach (var child in node.Children)
                {
                    Push(child);
                }

                break;
        }

        void Push(Node child, bool isTest = false)
        {
            if (child.Exists)
            {
                waiting.Push((child, isTest));
            }
        }

        void PushClass(Node node)
        {
            Push(node.SuperClass);
            foreach (var member in node.Body.BodyItems)
            {
                if (member.Kind is NodeKind.MethodDefinition or NodeKind.PropertyDefinition or NodeKind.AccessorProperty && !IsDeclared(member))
                {
                    Push(member.Has(NodeFlags.Computed) ? member.Key : default);
                    Push(member.Kind == NodeKind.MethodDefinition ? member.Value : default);
                }
            }
        }
    }

    // What only shows in where control goes.
    private static bool IsDissolved(Node node) =>
        node.Kind is NodeKind.LogicalExpression or NodeKind.ChainExpression
        || (node.Kind == NodeKind.UnaryExpression && node.Operator == TokenKind.Exclamation);

    private static bool IsDeclared(Node node) =>
        node.Has(NodeFlags.Declare)
        || node.Has(NodeFlags.Abstract) && node.Kind != NodeKind.ClassDeclaration
        || node.Kind is NodeKind.TSModuleDeclaration && (node.ModuleWord == ModuleWord.Global || node.Id.Kind == NodeKind.StringLiteral)
        || IsType(node.Kind);

    private static bool IsType(NodeKind kind) =>
        kind
            is >= NodeKind.TSAnyKeyword
                or NodeKind.TSInterfaceDeclaration
                or NodeKind.TSTypeAliasDeclaration
                or NodeKind.TSDeclareFunction
                or NodeKind.TSEmptyBodyFunctionExpression
                or NodeKind.TSIndexSignature
                or NodeKind.TSNamespaceExportDeclaration;

    private static bool IsExpression(NodeKind kind) =>
        kind
            is (>= NodeKind.Identifier and <= NodeKind.TaggedTemplateExpression or NodeKind.SpreadElement or NodeKind.ImportExpression or NodeKind.ArrayPattern)
                and not (NodeKind.PrivateIdentifier or NodeKind.Property or NodeKind.Super);
}
