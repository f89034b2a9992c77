using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Flow;

/// <remarks>Loops. A test that is the literal <c>true</c> or <c>false</c> has one way only.</remarks>
internal sealed partial class FlowBuilder
{
    private bool VisitLoop(Node node)
    {
        switch (node.Kind)
        {
            case NodeKind.WhileStatement:
                StartLoop(node, isTestFirst: true);
                return true;
            case NodeKind.DoWhileStatement:
                StartLoop(node, isTestFirst: false);
                return true;
            case NodeKind.ForStatement:
                StartFor(node);
                return true;
            case NodeKind.ForInStatement or NodeKind.ForOfStatement:
                Push(new(FlowStepKind.IterationStart, node.Index));
                PushVisit(node.Right);
                PushVisit(node.Left.Kind == NodeKind.VariableDeclaration && node.Left.Declarations.Count > 0 ? node.Left.Declarations[0].Init : default);
                return true;
            default:
                return false;
        }
    }

    private bool DoLoop(FlowStep step)
    {
        switch (step.Kind)
        {
            case FlowStepKind.EndScope:
                PopScope();
                return true;
            case FlowStepKind.LoopTest:
                TestLoop(Of(step.A), step.B, step.C);
                return true;
            case FlowStepKind.ForStart:
                EnterFor(Of(step.A), step.B, step.C);
                return true;
            case FlowStepKind.IterationStart:
                StartIteration(Of(step.A));
                return true;
            case FlowStepKind.EndIteration:
                EndIteration(Of(step.A), step.B, step.C);
                return true;
            default:
                return false;
        }
    }

    private void StartLoop(Node node, bool isTestFirst)
    {
        var (test, body, after) = (NewBlock(), NewBlock(), NewBlock());
        var outer = scopes.Count - 1;
        Enter(isTestFirst ? test : body);
        PushLoop(after, test);
        LabelLoop(node, outer);
        Push(new(FlowStepKind.Begin, B: after));
        Push(new(FlowStepKind.EndScope));
        if (isTestFirst)
        {
            Push(new(FlowStepKind.Goto, B: test, C: (int)FlowEdgeKind.Loop));
            PushVisit(node.Body);
            Push(new(FlowStepKind.Begin, B: body));
            Push(new(FlowStepKind.LoopTest, node.Test.Index, body, after));
        }
        else
        {
            Push(new(FlowStepKind.LoopTest, node.Test.Index, body, after));
            Push(new(FlowStepKind.Enter, B: test));
            PushVisit(node.Body);
        }
    }

    private void StartFor(Node node)
    {
        if (IsUsing(node.Init))
        {
            StartDisposal(node, NodeRole.Init);
        }

        var (test, after, body) = (NewBlock(), NewBlock(), NewBlock());
        var next = node.Update.Exists ? NewBlock() : test;
        Push(new(FlowStepKind.Begin, B: after));
        Push(new(FlowStepKind.EndScope));
        Push(new(FlowStepKind.Goto, B: test, C: (int)FlowEdgeKind.Loop));
        if (node.Update.Exists)
        {
            PushVisit(node.Update);
            Push(new(FlowStepKind.Enter, B: next));
        }

        PushVisit(node.Body);
        Push(new(FlowStepKind.Begin, B: body));
        Push(new(FlowStepKind.LoopTest, node.Test.Index, body, after));
        Push(new(FlowStepKind.ForStart, node.Index, test, next));
        PushVisit(node.Init);
    }

    // What comes after the loop is the block behind that of the test.
    private void EnterFor(Node node, int test, int next)
    {
        var outer = scopes.Count - (IsUsing(node.Init) ? 2 : 1);
        Enter(test);
        PushLoop(breakTo: test + 1, next);
        LabelLoop(node, outer);
    }

    private void TestLoop(Node test, int body, int after)
    {
        if (!test.Exists)
        {
            Goto(body, FlowEdgeKind.Next);
        }
        else if (test.Kind == NodeKind.BooleanLiteral)
        {
            Emit(test.Index);
            Goto(test.BooleanValue ? body : after, test.BooleanValue ? FlowEdgeKind.True : FlowEdgeKind.False);
        }
        else
        {
            Test(test, body, after);
        }
    }

    // Each label right before the loop is one for `continue`, too; `outer` is the scope around the loop.
    private void LabelLoop(Node loop, int outer)
    {
        var statement = loop;
        for (; outer >= 0 && Of(scopes[outer].Labelled) is { Exists: true } labelled && labelled.Body == statement; outer--)
        {
            var record = scopes[outer];
            record.Continue = scopes.Count - 1;
            scopes[outer] = record;
            statement = labelled;
        }
    }

    private void StartIteration(Node node)
    {
        var (header, item, after) = (NewBlock(), NewBlock(), NewBlock());
        var outer = scopes.Count - 1;
        Enter(header);
        Emit(node.Index);
        Branch(node.Index, item, FlowEdgeKind.Item, after, FlowEdgeKind.Done);
        PushLoop(after, None);
        if (node.Kind == NodeKind.ForOfStatement)
        {
            PushCatcher(NewBlock(BlockKind.Closing), item, isFinally: true, isForAll: false);
        }

        PushLoop(None, header);
        LabelLoop(node, outer);
        Begin(item);
        Push(new(FlowStepKind.EndIteration, node.Index, header, after));
        if (IsUsing(node.Left))
        {
            StartDisposal(node, NodeRole.Left);
        }

        PushVisit(node.Body);
        PushHead(node.Left);
    }

    private void PushHead(Node left)
    {
        if (left.Kind != NodeKind.VariableDeclaration)
        {
            PushWrite(left);
            return;
        }

        foreach (var declarator in left.Declarations)
        {
            Push(new(FlowStepKind.Emit, declarator.Index));
            PushWrite(declarator.Id);
        }
    }

    private void EndIteration(Node node, int header, int after)
    {
        Goto(header, FlowEdgeKind.Loop);
        PopScope();
        if (node.Kind == NodeKind.ForOfStatement)
        {
            CloseIterator(PopScope(), node);
        }

        PopScope();
        Begin(after);
    }

    // What leaves the loop closes its iterator.
    private void CloseIterator(JumpScope scope, Node loop)
    {
        if (!At(scope.Catcher).HasPredecessor)
        {
            return;
        }

        Begin(scope.Catcher);
        At(scope.Catcher).Condition = loop.Index;
        At(scope.Catcher).MayThrow = true;
        At(scope.Catcher).Finishes = scope.Catcher + 1;
        GoOn(scope.Pending!, FailureBlock);
        Close();
    }
}
