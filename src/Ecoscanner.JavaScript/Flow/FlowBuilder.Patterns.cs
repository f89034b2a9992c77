using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Flow;

/// <remarks>
/// What gets values (ECMA-262 13.15.5, 8.6.2): a name or member stands where it is written; a pattern where it begins to take a value apart,
/// a property of it where it is read, a default where its value or the other is chosen.
/// </remarks>
internal sealed partial class FlowBuilder
{
    // A property, element or parameter, from its key to its value.
    private void VisitElement(Node node)
    {
        if (node.Kind != NodeKind.Property)
        {
            PushWrite(node);
            return;
        }

        Push(new(FlowStepKind.Write, node.Value.Index));
        Push(new(FlowStepKind.Emit, node.Index));
        Push(new(FlowStepKind.Place, node.Value.Index));
        PushVisit(node.Has(NodeFlags.Computed) ? node.Key : default);
    }

    private void PushWrite(Node node)
    {
        Push(new(FlowStepKind.Write, node.Index));
        Push(new(FlowStepKind.Place, node.Index));
    }

    private void VisitPlace(Node node)
    {
        while (Within(node) is { Exists: true } inner)
        {
            node = inner;
        }

        if (node.Kind == NodeKind.MemberExpression)
        {
            PushVisit(node.Has(NodeFlags.Computed) ? node.Property : default);
            PushVisit(node.Object);
        }
    }

    private static Node Within(Node node) =>
        node.Kind switch
        {
            NodeKind.AssignmentPattern => node.Left,
            NodeKind.RestElement => node.Argument,
            NodeKind.TSParameterProperty => node.Parameter,
            NodeKind.TSAsExpression or NodeKind.TSSatisfiesExpression or NodeKind.TSTypeAssertion or NodeKind.TSNonNullExpression => node.Expression,
            _ => default,
        };

    private void Write(Node node)
    {
        switch (node.Kind)
        {
            case NodeKind.Identifier when node.Name == "this":
                // A type's annotation for it, not a parameter.
                break;
            case NodeKind.Identifier or NodeKind.MemberExpression:
                Emit(node.Index);
                break;
            case NodeKind.ArrayPattern:
                Emit(node.Index);
                Push(new(FlowStepKind.Elements, node.Index, Role: NodeRole.Elements));
                break;
            case NodeKind.ObjectPattern:
                Emit(node.Index);
                Push(new(FlowStepKind.Elements, node.Index, Role: NodeRole.Properties));
                break;
            case NodeKind.RestElement:
                Emit(node.Index);
                Push(new(FlowStepKind.Write, node.Argument.Index));
                break;
            case NodeKind.AssignmentPattern:
                WriteOrDefault(node);
                break;
            case NodeKind.TSParameterProperty
            or NodeKind.TSAsExpression
            or NodeKind.TSSatisfiesExpression
            or NodeKind.TSTypeAssertion
            or NodeKind.TSNonNullExpression:
                Push(new(FlowStepKind.Emit, node.Index));
                Push(new(FlowStepKind.Write, Within(node).Index));
                break;
            default:
                Visit(node);
                break;
        }
    }

    private void WriteOrDefault(Node node)
    {
        var (byDefault, join) = (NewBlock(), NewBlock());
        Branch(node.Index, byDefault, FlowEdgeKind.Undefined, join, FlowEdgeKind.Defined);
        Begin(byDefault);
        Push(new(FlowStepKind.Write, node.Left.Index));
        Push(new(FlowStepKind.Emit, node.Index));
        Push(new(FlowStepKind.Enter, B: join));
        PushVisit(node.Right);
    }
}
