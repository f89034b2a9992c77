using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Flow;

/// <remarks>Expressions: operands first, then the node that takes them.</remarks>
internal sealed partial class FlowBuilder
{
    private void Visit(Node node)
    {
        if (!node.Exists || IsType(node.Kind) || VisitStatement(node))
        {
            return;
        }

        switch (node.Kind)
        {
            case NodeKind.BinaryExpression:
                PushVisit(node.Right, FlowStepKind.Emit, node);
                PushVisit(node.Left.Kind == NodeKind.PrivateIdentifier ? default : node.Left);
                break;
            case NodeKind.UnaryExpression or NodeKind.UpdateExpression or NodeKind.SpreadElement or NodeKind.JSXSpreadAttribute:
                PushVisit(node.Argument, FlowStepKind.Emit, node);
                break;
            case NodeKind.TSAsExpression
            or NodeKind.TSSatisfiesExpression
            or NodeKind.TSTypeAssertion
            or NodeKind.TSNonNullExpression
            or NodeKind.TSInstantiationExpression
            or NodeKind.JSXSpreadChild:
                PushVisit(node.Expression, FlowStepKind.Emit, node);
                break;
            case NodeKind.JSXExpressionContainer or NodeKind.Decorator or NodeKind.TSExternalModuleReference:
                PushVisit(node.Expression);
                break;
            case NodeKind.AwaitExpression or NodeKind.YieldExpression:
                Push(new(FlowStepKind.Suspend, node.Index, C: (int)(node.Kind == NodeKind.AwaitExpression ? FlowEdgeKind.Await : FlowEdgeKind.Resume)));
                PushVisit(node.Argument, FlowStepKind.Emit, node);
                break;
            case NodeKind.MemberExpression or NodeKind.CallExpression or NodeKind.NewExpression:
                VisitSubscript(node);
                break;
            case NodeKind.ChainExpression:
                VisitChain(node);
                break;
            case NodeKind.LogicalExpression or NodeKind.ConditionalExpression:
                VisitBranches(node);
                break;
            case NodeKind.AssignmentExpression:
                VisitAssignment(node);
                break;
            case NodeKind.ArrayExpression or NodeKind.ObjectExpression or NodeKind.SequenceExpression or NodeKind.TemplateLiteral:
                Push(new(FlowStepKind.Emit, node.Index));
                PushItems(node, ListOf(node.Kind));
                break;
            case NodeKind.Property:
                PushVisit(node.Value);
                PushVisit(node.Has(NodeFlags.Computed) ? node.Key : default);
                break;
            case NodeKind.TaggedTemplateExpression:
                Push(new(FlowStepKind.Emit, node.Index));
                PushItems(node.Quasi, NodeRole.Expressions);
                PushVisit(node.Tag);
                break;
            case NodeKind.ImportExpression:
                PushVisit(node.Options, FlowStepKind.Emit, node);
                PushVisit(node.Source);
                break;
            case NodeKind.ClassExpression or NodeKind.ClassDeclaration:
                VisitClass(node);
                break;
            case NodeKind.ArrayPattern or NodeKind.ObjectPattern or NodeKind.AssignmentPattern or NodeKind.RestElement:
                Write(node);
                break;
            case NodeKind.InvalidStatement:
                Push(new(FlowStepKind.Emit, node.Index));
                PushItems(node, NodeRole.Body);
                break;
            default:
                if (!VisitJsx(node))
                {
                    Emit(node.Index);
                }

                break;
        }
    }

    // What of an expression is left to do.
    private bool DoExpression(FlowStep step)
    {
        switch (step.Kind)
        {
            case FlowStepKind.Elements:
                if (Next(step) is { Exists: true } element)
                {
                    VisitElement(element);
                }

                return true;
            case FlowStepKind.Place:
                VisitPlace(Of(step.A));
                return true;
            case FlowStepKind.Write:
                Write(Of(step.A));
                return true;
            case FlowStepKind.Test:
                Test(Of(step.A), step.B, step.C);
                return true;
            case FlowStepKind.Choose:
                Choose(Of(step.A), step.B, step.C);
                return true;
            case FlowStepKind.ChooseNullish:
                ChooseNullish(Of(step.A), step.B, step.C);
                return true;
            case FlowStepKind.Branch:
                Branch(step.A, step.B, FlowEdgeKind.True, step.C, FlowEdgeKind.False);
                return true;
            case FlowStepKind.BranchNullish:
                Branch(step.A, step.B, FlowEdgeKind.Nullish, step.C, FlowEdgeKind.NotNullish);
                return true;
            case FlowStepKind.Optional:
                GiveUpIfNullish(step.A);
                return true;
            case FlowStepKind.EndChain:
                chains.Pop();
                return true;
            case FlowStepKind.Suspend:
                Suspend((FlowEdgeKind)step.C);
                return true;
            case FlowStepKind.ClassMembers:
                VisitKey(step);
                return true;
            case FlowStepKind.StaticMembers:
                EmitStatic(step.A);
                return true;
            default:
                return false;
        }
    }

    private void VisitSubscript(Node node)
    {
        Push(new(FlowStepKind.Emit, node.Index));
        var target = node.Kind == NodeKind.MemberExpression ? node.Object : node.Callee;
        if (node.Kind == NodeKind.MemberExpression)
        {
            PushVisit(node.Has(NodeFlags.Computed) ? node.Property : default);
        }
        else
        {
            PushItems(node, NodeRole.Arguments);
        }

        if (node.Has(NodeFlags.Optional) && node.Kind != NodeKind.NewExpression)
        {
            Push(new(FlowStepKind.Optional, target.Index));
        }

        PushVisit(target);
    }

    private void VisitAssignment(Node node)
    {
        switch (node.Operator)
        {
            case TokenKind.Equals:
                Push(new(FlowStepKind.Emit, node.Index));
                Push(new(FlowStepKind.Write, node.Left.Index));
                PushVisit(node.Right);
                Push(new(FlowStepKind.Place, node.Left.Index));
                break;
            case TokenKind.AmpersandAmpersandEquals or TokenKind.BarBarEquals or TokenKind.QuestionQuestionEquals:
                VisitLogicalAssignment(node);
                break;
            default:
                PushVisit(node.Right, FlowStepKind.Emit, node);
                PushVisit(node.Left);
                break;
        }
    }

    private bool VisitJsx(Node node)
    {
        switch (node.Kind)
        {
            case NodeKind.JSXElement:
                Push(new(FlowStepKind.Emit, node.Index));
                PushItems(node, NodeRole.Children);
                PushItems(node.OpeningElement, NodeRole.Attributes);
                VisitJsxName(node.OpeningElement.NameNode);
                return true;
            case NodeKind.JSXFragment:
                Push(new(FlowStepKind.Emit, node.Index));
                PushItems(node, NodeRole.Children);
                return true;
            case NodeKind.JSXAttribute:
                PushVisit(node.Value);
                return true;
            default:
                return node.Kind is NodeKind.JSXText or NodeKind.JSXString or NodeKind.JSXEmptyExpression;
        }
    }

    // A name in small letters is an element's, not a variable's.
    private void VisitJsxName(Node name)
    {
        var isMember = name.Kind == NodeKind.JSXMemberExpression;
        var path = new Stack<int>();
        while (name.Kind == NodeKind.JSXMemberExpression)
        {
            path.Push(name.Index);
            name = name.Object;
        }

        if (
            name.Kind == NodeKind.JSXIdentifier
            && (isMember || (name.Name is [not (>= 'a' and <= 'z'), ..] && !name.Name.Contains('-', StringComparison.Ordinal)))
        )
        {
            Emit(name.Index);
        }

        while (path.TryPop(out var member))
        {
            Emit(member);
        }
    }

    private static NodeRole ListOf(NodeKind kind) =>
        kind switch
        {
            NodeKind.ArrayExpression => NodeRole.Elements,
            NodeKind.ObjectExpression => NodeRole.Properties,
            _ => NodeRole.Expressions,
        };

    private static bool IsType(NodeKind kind) =>
        kind
            is >= NodeKind.TSAnyKeyword
                or NodeKind.TSInterfaceDeclaration
                or NodeKind.TSTypeAliasDeclaration
                or NodeKind.TSDeclareFunction
                or NodeKind.TSEmptyBodyFunctionExpression
                or NodeKind.TSNamespaceExportDeclaration
                or NodeKind.TSIndexSignature;
}
