using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Flow;

/// <remarks>
/// Expressions that branch. Where only the way matters, <c>!</c>, <c>&amp;&amp;</c>, <c>||</c> and <c>?.</c> are no nodes of a block but edges:
/// so in <c>if (a &amp;&amp; !b)</c> no way leads from a false <c>a</c> to the branch.
/// </remarks>
internal sealed partial class FlowBuilder
{
    // Where optional chains go when they give up, the innermost last.
    private readonly Stack<int> chains = new();

    private void VisitBranches(Node node)
    {
        var join = NewBlock();
        Push(new(FlowStepKind.Emit, node.Index));
        Push(new(FlowStepKind.Enter, B: join));
        if (node.Kind == NodeKind.ConditionalExpression)
        {
            var (consequent, alternate) = (NewBlock(), NewBlock());
            PushVisit(node.Alternate);
            Push(new(FlowStepKind.Begin, B: alternate));
            Push(new(FlowStepKind.Goto, B: join, C: (int)FlowEdgeKind.Next));
            PushVisit(node.Consequent);
            Push(new(FlowStepKind.Begin, B: consequent));
            Push(new(FlowStepKind.Test, node.Test.Index, consequent, alternate));
            return;
        }

        var right = NewBlock();
        PushVisit(node.Right);
        Push(new(FlowStepKind.Begin, B: right));
        Push(
            node.Operator switch
            {
                TokenKind.AmpersandAmpersand => new(FlowStepKind.Choose, node.Left.Index, right, join),
                TokenKind.BarBar => new(FlowStepKind.Choose, node.Left.Index, join, right),
                _ => new(FlowStepKind.ChooseNullish, node.Left.Index, right, join),
            }
        );
    }

    private void VisitLogicalAssignment(Node node)
    {
        var (right, join) = (NewBlock(), NewBlock());
        Push(new(FlowStepKind.Enter, B: join));
        PushVisit(node.Right, FlowStepKind.Emit, node);
        Push(new(FlowStepKind.Begin, B: right));
        Push(
            node.Operator switch
            {
                TokenKind.AmpersandAmpersandEquals => new(FlowStepKind.Branch, node.Left.Index, right, join),
                TokenKind.BarBarEquals => new(FlowStepKind.Branch, node.Left.Index, join, right),
                _ => new(FlowStepKind.BranchNullish, node.Left.Index, right, join),
            }
        );
        PushVisit(node.Left);
    }

    private void Test(Node node, int whenTrue, int whenFalse)
    {
        switch (node.Kind)
        {
            case NodeKind.UnaryExpression when node.Operator == TokenKind.Exclamation:
                Push(new(FlowStepKind.Test, node.Argument.Index, whenFalse, whenTrue));
                break;
            case NodeKind.LogicalExpression when node.Operator != TokenKind.QuestionQuestion:
                PushLogical(FlowStepKind.Test, node, whenTrue, whenFalse);
                break;
            case NodeKind.ChainExpression:
                Push(new(FlowStepKind.Branch, node.Expression.Index, whenTrue, whenFalse));
                PushChain(node, whenFalse);
                break;
            default:
                Push(new(FlowStepKind.Branch, node.Index, whenTrue, whenFalse));
                PushVisit(node);
                break;
        }
    }

    private void Choose(Node node, int whenTrue, int whenFalse)
    {
        if (node.Kind == NodeKind.LogicalExpression && node.Operator != TokenKind.QuestionQuestion)
        {
            PushLogical(FlowStepKind.Choose, node, whenTrue, whenFalse);
            return;
        }

        Push(new(FlowStepKind.Branch, node.Index, whenTrue, whenFalse));
        PushVisit(node);
    }

    private void PushLogical(FlowStepKind step, Node node, int whenTrue, int whenFalse)
    {
        var right = NewBlock();
        Push(new(step, node.Right.Index, whenTrue, whenFalse));
        Push(new(FlowStepKind.Begin, B: right));
        Push(node.Operator == TokenKind.AmpersandAmpersand ? new(step, node.Left.Index, right, whenFalse) : new(step, node.Left.Index, whenTrue, right));
    }

    private void ChooseNullish(Node node, int whenNullish, int otherwise)
    {
        switch (node.Kind)
        {
            case NodeKind.LogicalExpression when node.Operator == TokenKind.QuestionQuestion:
                var right = NewBlock();
                Push(new(FlowStepKind.ChooseNullish, node.Right.Index, whenNullish, otherwise));
                Push(new(FlowStepKind.Begin, B: right));
                Push(new(FlowStepKind.ChooseNullish, node.Left.Index, right, otherwise));
                break;
            case NodeKind.ChainExpression:
                Push(new(FlowStepKind.BranchNullish, node.Expression.Index, whenNullish, otherwise));
                PushChain(node, whenNullish);
                break;
            default:
                Push(new(FlowStepKind.BranchNullish, node.Index, whenNullish, otherwise));
                PushVisit(node);
                break;
        }
    }

    private void VisitChain(Node node)
    {
        var join = NewBlock();
        Push(new(FlowStepKind.Emit, node.Index));
        Push(new(FlowStepKind.Enter, B: join));
        PushChain(node, join);
    }

    private void PushChain(Node node, int whenNullish)
    {
        chains.Push(whenNullish);
        Push(new(FlowStepKind.EndChain));
        PushVisit(node.Expression);
    }

    // In a chain; what an error left may have no chain around it, and goes on.
    private void GiveUpIfNullish(int target)
    {
        if (chains.TryPeek(out var exit))
        {
            var next = NewBlock();
            Branch(target, exit, FlowEdgeKind.Nullish, next, FlowEdgeKind.NotNullish);
            Begin(next);
        }
    }
}
