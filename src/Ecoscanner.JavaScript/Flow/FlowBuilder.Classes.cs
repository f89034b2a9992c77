using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Flow;

/// <remarks>
/// Classes (ECMA-262 15.7.14): the base, the keys and the methods, then the class itself, then its static fields and blocks, each of
/// which has a graph of its own and is one node here. Fields of objects are nodes at the start of the constructor's graph;
/// where there is a base they are made within the call of <c>super</c>.
/// </remarks>
internal sealed partial class FlowBuilder
{
    private void VisitClass(Node node)
    {
        if (node.Has(NodeFlags.Declare))
        {
            return;
        }

        Push(new(FlowStepKind.StaticMembers, node.Index));
        Push(new(FlowStepKind.Emit, node.Index));
        Push(new(FlowStepKind.ClassMembers, node.Body.Index, Role: NodeRole.Body));
        PushVisit(node.SuperClass);
        PushItems(node, NodeRole.Decorators);
    }

    private void VisitKey(FlowStep step)
    {
        if (Next(step) is not { Exists: true } member || !IsMember(member.Kind) || IsOnlyDeclared(member))
        {
            return;
        }

        if (member.Kind == NodeKind.MethodDefinition)
        {
            PushVisit(member.Value);
            PushParameterDecorators(member.Value);
        }

        PushVisit(member.Has(NodeFlags.Computed) ? member.Key : default);
        PushItems(member, NodeRole.Decorators);
    }

    // TypeScript's older decorators stand at parameters, too, and run when the class is made.
    private void PushParameterDecorators(Node function)
    {
        var parameters = function.Params;
        for (var index = parameters.Count - 1; index >= 0; index--)
        {
            if (parameters[index] is { Exists: true } parameter)
            {
                PushItems(parameter, NodeRole.Decorators);
            }
        }
    }

    private void EmitStatic(int node)
    {
        foreach (var member in Of(node).Body.BodyItems)
        {
            if (member.Kind == NodeKind.StaticBlock || (IsField(member.Kind) && member.Has(NodeFlags.Static) && !IsOnlyDeclared(member)))
            {
                Emit(member.Index);
            }
        }
    }

    private void EmitOwnFields()
    {
        if (
            root.Kind != NodeKind.FunctionExpression
            || tree.ParentOf(root) is not { Kind: NodeKind.MethodDefinition, MethodKind: MethodKind.Constructor } method
        )
        {
            return;
        }

        var body = tree.ParentOf(method);
        if (tree.ParentOf(body).SuperClass.Exists)
        {
            return;
        }

        foreach (var member in body.BodyItems)
        {
            if (IsField(member.Kind) && !member.Has(NodeFlags.Static) && !IsOnlyDeclared(member))
            {
                Emit(member.Index);
            }
        }
    }

    private static bool IsMember(NodeKind kind) => kind == NodeKind.MethodDefinition || IsField(kind);

    private static bool IsField(NodeKind kind) => kind is NodeKind.PropertyDefinition or NodeKind.AccessorProperty;

    private static bool IsOnlyDeclared(Node member) => (member.Flags & (NodeFlags.Declare | NodeFlags.Abstract)) != 0;
}
