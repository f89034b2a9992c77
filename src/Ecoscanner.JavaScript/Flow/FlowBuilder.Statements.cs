using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Flow;

/// <remarks>Statements, but for loops.</remarks>
internal sealed partial class FlowBuilder
{
    // Functions that are nodes at the start of their block, where they are made.
    private readonly HashSet<int> hoisted = [];

    private bool VisitStatement(Node node)
    {
        switch (node.Kind)
        {
            case NodeKind.ExpressionStatement:
                PushVisit(node.Expression);
                return true;
            case NodeKind.EmptyStatement or NodeKind.ImportDeclaration or NodeKind.ExportAllDeclaration:
                return true;
            case NodeKind.BlockStatement or NodeKind.TSModuleBlock:
                StartList(node, NodeRole.Body);
                return true;
            case NodeKind.VariableDeclaration:
                if (!node.Has(NodeFlags.Declare))
                {
                    Push(new(FlowStepKind.Declarator, node.Index, Role: NodeRole.Declarations));
                }

                return true;
            case NodeKind.IfStatement:
                VisitIf(node);
                return true;
            case NodeKind.ReturnStatement or NodeKind.ThrowStatement or NodeKind.BreakStatement or NodeKind.ContinueStatement:
                PushVisit(node.Argument, FlowStepKind.Jump, node);
                return true;
            case NodeKind.FunctionDeclaration:
                if (!node.Has(NodeFlags.Declare) && !hoisted.Contains(node.Index))
                {
                    Emit(node.Index);
                }

                return true;
            case NodeKind.LabeledStatement:
                VisitLabel(node);
                return true;
            case NodeKind.SwitchStatement:
                PushVisit(node.Discriminant, FlowStepKind.SwitchStart, node);
                return true;
            case NodeKind.TryStatement:
                VisitTry(node);
                return true;
            case NodeKind.WithStatement:
                PushVisit(node.Body);
                PushVisit(node.Object, FlowStepKind.Emit, node);
                return true;
            case NodeKind.ExportNamedDeclaration:
                PushVisit(node.Declaration);
                return true;
            default:
                return VisitLoop(node) || VisitTypeScript(node);
        }
    }

    // What of TypeScript runs.
    private bool VisitTypeScript(Node node)
    {
        switch (node.Kind)
        {
            case NodeKind.ExportDefaultDeclaration:
                if (node.Declaration.Kind is NodeKind.FunctionDeclaration or NodeKind.ClassDeclaration || IsType(node.Declaration.Kind))
                {
                    PushVisit(node.Declaration);
                }
                else
                {
                    PushVisit(node.Declaration, FlowStepKind.Emit, node);
                }

                return true;
            case NodeKind.TSExportAssignment:
                PushVisit(node.Expression, FlowStepKind.Emit, node);
                return true;
            case NodeKind.TSImportEqualsDeclaration:
                if (!node.Has(NodeFlags.TypeOnly) && !node.Has(NodeFlags.Declare))
                {
                    Emit(node.Index);
                }

                return true;
            case NodeKind.TSModuleDeclaration:
                if (!node.Has(NodeFlags.Declare) && node.ModuleWord != ModuleWord.Global && node.Id.Kind != NodeKind.StringLiteral)
                {
                    PushVisit(node.Body);
                }

                return true;
            case NodeKind.TSEnumDeclaration:
                if (!node.Has(NodeFlags.Declare))
                {
                    Push(new(FlowStepKind.Emit, node.Index));
                    PushItems(node.Body, NodeRole.Members);
                }

                return true;
            case NodeKind.TSEnumMember:
                PushVisit(node.Initializer, FlowStepKind.Emit, node);
                return true;
            default:
                return false;
        }
    }

    private bool DoStatement(FlowStep step)
    {
        switch (step.Kind)
        {
            case FlowStepKind.Declarator:
                if (Next(step) is { Exists: true } declarator)
                {
                    VisitDeclarator(declarator, Of(step.A).VariableKind);
                }

                return true;
            case FlowStepKind.Jump:
                Jump(Of(step.A));
                return true;
            case FlowStepKind.EndLabel:
                EndLabel(step.B);
                return true;
            case FlowStepKind.EndTry:
                EndTry(Of(step.A), step.B);
                return true;
            case FlowStepKind.EndCatch:
                FinishProtected(Of(step.A), step.B);
                EndProtected(Of(step.A), step.B);
                return true;
            case FlowStepKind.EndFinally:
                EndFinalizer();
                return true;
            case FlowStepKind.EndDisposal:
                EndDisposal(Of(step.A), step.B, step.Role);
                return true;
            default:
                return DoSwitch(step) || DoLoop(step);
        }
    }

    private void VisitDeclarator(Node node, VariableKind kind)
    {
        Push(new(FlowStepKind.Emit, node.Index));
        // A `var` without a value does nothing.
        if (node.Init.Exists || kind != VariableKind.Var || node.Id.Kind != NodeKind.Identifier)
        {
            PushWrite(node.Id);
        }

        PushVisit(node.Init);
    }

    private void VisitIf(Node node)
    {
        var (consequent, after) = (NewBlock(), NewBlock());
        var alternate = node.Alternate.Exists ? NewBlock() : after;
        Push(new(FlowStepKind.Enter, B: after));
        if (node.Alternate.Exists)
        {
            Push(new(FlowStepKind.Visit, node.Alternate.Index));
            Push(new(FlowStepKind.Begin, B: alternate));
            Push(new(FlowStepKind.Goto, B: after, C: (int)FlowEdgeKind.Next));
        }

        Push(new(FlowStepKind.Visit, node.Consequent.Index));
        Push(new(FlowStepKind.Begin, B: consequent));
        Push(new(FlowStepKind.Test, node.Test.Index, consequent, alternate));
    }

    private void VisitLabel(Node node)
    {
        var after = NewBlock();
        var name = node.Label.NameNumber;
        var scope = PushScope(breakTo: after, labelled: node.Index);
        var record = scopes[scope];
        record.Hidden = labels.GetValueOrDefault(name, None);
        scopes[scope] = record;
        labels[name] = scope;
        Push(new(FlowStepKind.EndLabel, B: after));
        Push(new(FlowStepKind.Visit, node.Body.Index));
    }

    private void EndLabel(int after)
    {
        var scope = PopScope();
        labels[Of(scope.Labelled).Label.NameNumber] = scope.Hidden;
        Enter(after);
    }

    private void VisitTry(Node node)
    {
        var (body, after) = (NewBlock(), NewBlock());
        Goto(body, FlowEdgeKind.Next);
        if (node.Finalizer.Exists)
        {
            PushCatcher(NewBlock(BlockKind.Finalizer), body, isFinally: true);
        }

        if (node.Handler.Exists)
        {
            PushCatcher(NewBlock(BlockKind.Handler), body, isFinally: false);
        }

        Begin(body);
        Push(new(FlowStepKind.EndTry, node.Index, after));
        PushVisit(node.Block);
    }

    private void EndTry(Node node, int after)
    {
        if (!node.Handler.Exists)
        {
            FinishProtected(node, after);
            EndProtected(node, after);
            return;
        }

        // The exceptions of the block are the handler's until it ends, but it goes on where the handler does.
        var finisher = node.Finalizer.Exists ? scopes[^2] : default;
        if (finisher.Pending is { } pending)
        {
            pending.GoesOn |= Counts(pending);
            Goto(finisher.Catcher, FlowEdgeKind.Next);
        }
        else
        {
            Goto(after, FlowEdgeKind.Next);
        }

        Begin(PopScope().Catcher);
        Emit(node.Handler.Index);
        Push(new(FlowStepKind.EndCatch, node.Index, after));
        PushVisit(node.Handler.Body);
        if (node.Handler.Param.Exists)
        {
            PushWrite(node.Handler.Param);
        }
    }

    private void FinishProtected(Node node, int after)
    {
        if (node.Finalizer.Exists)
        {
            FinishProtected();
        }
        else
        {
            Goto(after, FlowEdgeKind.Next);
        }
    }

    private void EndProtected(Node node, int after)
    {
        if (!node.Finalizer.Exists)
        {
            Begin(after);
            return;
        }

        BeginFinalizer(PopScope(), after);
        Push(new(FlowStepKind.EndFinally));
        PushVisit(node.Finalizer);
    }
}
