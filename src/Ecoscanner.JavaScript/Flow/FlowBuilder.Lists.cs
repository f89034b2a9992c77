using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Flow;

/// <remarks>Lists of statements: what is made at their start, and what <c>using</c> disposes at their end.</remarks>
internal sealed partial class FlowBuilder
{
    private void StartList(Node node, NodeRole role)
    {
        var items = node.List(role);
        if (node.Kind == NodeKind.Program)
        {
            EmitImports(items);
        }

        var isDisposing = false;
        foreach (var item in items)
        {
            Hoist(item);
            isDisposing |= IsUsing(item);
        }

        if (isDisposing)
        {
            StartDisposal(node, role);
        }

        PushItems(node, role);
    }

    private void EmitImports(NodeList items)
    {
        foreach (var item in items)
        {
            if (item.Kind == NodeKind.ImportDeclaration && !item.Has(NodeFlags.TypeOnly))
            {
                Emit(item.Index);
            }
        }
    }

    // A function is there from the start of its block (ECMA-262 14.2.3).
    private void Hoist(Node item)
    {
        while (item.Kind is NodeKind.LabeledStatement or NodeKind.ExportNamedDeclaration or NodeKind.ExportDefaultDeclaration)
        {
            item = item.Kind == NodeKind.LabeledStatement ? item.Body : item.Declaration;
        }

        if (item.Kind == NodeKind.FunctionDeclaration && !item.Has(NodeFlags.Declare) && hoisted.Add(item.Index))
        {
            Emit(item.Index);
        }
    }

    private static bool IsUsing(Node item) =>
        item.Kind == NodeKind.VariableDeclaration && item.VariableKind is VariableKind.Using or VariableKind.AwaitUsing && !item.Has(NodeFlags.Declare);

    /// <summary>From here on, whatever leaves disposes what was declared, like a <c>finally</c>.</summary>
    private void StartDisposal(Node node, NodeRole role)
    {
        var (body, after) = (NewBlock(), NewBlock());
        Goto(body, FlowEdgeKind.Next);
        PushCatcher(NewBlock(BlockKind.Disposal), body, isFinally: true);
        Begin(body);
        Push(new(FlowStepKind.EndDisposal, node.Index, after, Role: role));
    }

    private void EndDisposal(Node node, int after, NodeRole role)
    {
        FinishProtected();
        BeginFinalizer(PopScope(), after);
        if (role is NodeRole.Init or NodeRole.Left)
        {
            Dispose(node.Child(role));
        }
        else if (role == NodeRole.Cases)
        {
            foreach (var switchCase in node.Cases.Reverse())
            {
                DisposeAll(switchCase.ConsequentItems);
            }
        }
        else
        {
            DisposeAll(node.List(role));
        }

        EndFinalizer();
    }

    private void DisposeAll(NodeList items)
    {
        for (var index = items.Count - 1; index >= 0; index--)
        {
            Dispose(items[index]);
        }
    }

    private void Dispose(Node item)
    {
        if (!IsUsing(item))
        {
            return;
        }

        Emit(item.Index);
        if (item.VariableKind == VariableKind.AwaitUsing)
        {
            Suspend(FlowEdgeKind.Await);
        }
    }
}
