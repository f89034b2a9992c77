using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Flow;

/// <remarks>
/// <c>switch</c>: the tests one after the other, each ending with its <c>case</c>, which compares; then the code of the cases in the order of
/// the source, each falling through to the next.
/// </remarks>
internal sealed partial class FlowBuilder
{
    private bool DoSwitch(FlowStep step)
    {
        switch (step.Kind)
        {
            case FlowStepKind.SwitchStart:
                StartSwitch(Of(step.A));
                return true;
            case FlowStepKind.SwitchTests:
                TestCase(Of(step.A), step.B, step.C);
                return true;
            case FlowStepKind.SwitchMatch:
                Match(Of(step.A), step.B, step.C);
                return true;
            case FlowStepKind.SwitchBody:
                VisitCase(Of(step.A), step.B, step.C);
                return true;
            default:
                return false;
        }
    }

    // The blocks of the cases have numbers in a row; the next one is what comes after the switch.
    private void StartSwitch(Node node)
    {
        var isDisposing = false;
        foreach (var item in node.Cases.SelectMany(switchCase => switchCase.ConsequentItems))
        {
            Hoist(item);
            isDisposing |= IsUsing(item);
        }

        if (isDisposing)
        {
            StartDisposal(node, NodeRole.Cases);
        }

        var first = blocks.Count;
        for (var index = 0; index <= node.Cases.Count; index++)
        {
            NewBlock();
        }

        var after = first + node.Cases.Count;
        PushLoop(breakTo: after, continueTo: None);
        Push(new(FlowStepKind.EndScope));
        Push(new(FlowStepKind.SwitchBody, node.Index, 0, first));
        Push(new(FlowStepKind.SwitchTests, node.Index, 0, first));
    }

    private void TestCase(Node node, int index, int first)
    {
        index = NextTest(node, index);
        if (index == node.Cases.Count)
        {
            var (target, kind) = WithoutMatch(node, first);
            Goto(target, kind == FlowEdgeKind.NoCase ? FlowEdgeKind.Next : kind);
            return;
        }

        Push(new(FlowStepKind.SwitchMatch, node.Index, index, first));
        PushVisit(node.Cases[index].Test);
    }

    private void Match(Node node, int index, int first)
    {
        var switchCase = node.Cases[index];
        Emit(switchCase.Index);
        if (NextTest(node, index + 1) is var following && following == node.Cases.Count)
        {
            var (target, kind) = WithoutMatch(node, first);
            Branch(switchCase.Index, first + index, FlowEdgeKind.Case, target, kind);
            return;
        }

        var next = NewBlock();
        Branch(switchCase.Index, first + index, FlowEdgeKind.Case, next, FlowEdgeKind.NoCase);
        Begin(next);
        Push(new(FlowStepKind.SwitchTests, node.Index, following, first));
    }

    private static int NextTest(Node node, int index)
    {
        while (index < node.Cases.Count && !node.Cases[index].Test.Exists)
        {
            index++;
        }

        return index;
    }

    private static (int Target, FlowEdgeKind Kind) WithoutMatch(Node node, int first)
    {
        for (var index = 0; index < node.Cases.Count; index++)
        {
            if (!node.Cases[index].Test.Exists)
            {
                return (first + index, FlowEdgeKind.Default);
            }
        }

        return (first + node.Cases.Count, FlowEdgeKind.NoCase);
    }

    private void VisitCase(Node node, int index, int first)
    {
        if (current == None)
        {
            Begin(first + index);
        }
        else
        {
            Enter(first + index);
        }

        if (index < node.Cases.Count)
        {
            Push(new(FlowStepKind.SwitchBody, node.Index, index + 1, first));
            PushItems(node.Cases[index], NodeRole.Consequent);
        }
    }
}
