using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Flow;

/// <remarks>Jumps, and what they meet on their way out.</remarks>
internal sealed partial class FlowBuilder
{
    private readonly List<JumpScope> scopes = [];

    // By the number of a name, the scope of the innermost such label.
    private readonly Dictionary<int, int> labels = [];

    // What jumps from behind a finally wait for, while its code is built.
    private readonly Stack<(Pending Pending, int Block, int After)> finalizers = new();

    // Numbers of the innermost scopes that: take a break, take a continue, are a finally or a closing of an iterator,
    // get any exception, get what is thrown with throw.
    private int breakable = None;
    private int continuable = None;
    private int passage = None;
    private int guard = None;
    private int catcher = None;

    private int PushScope(int breakTo = None, int continueTo = None, int labelled = 0)
    {
        scopes.Add(
            new()
            {
                Break = breakTo,
                Continue = continueTo,
                Catcher = None,
                Labelled = labelled,
                Hidden = None,
                OuterBreak = breakable,
                OuterContinue = continuable,
                OuterFinally = passage,
                OuterGuard = guard,
                OuterCatcher = catcher,
            }
        );
        return scopes.Count - 1;
    }

    private void PushLoop(int breakTo, int continueTo)
    {
        var scope = PushScope(breakTo, continueTo);
        breakable = breakTo == None ? breakable : scope;
        continuable = continueTo == None ? continuable : scope;
    }

    /// <param name="block">Where the exception, or whatever leaves, goes.</param>
    /// <param name="body">The first block within.</param>
    /// <param name="isFinally">Whether jumps pass it, too.</param>
    /// <param name="isForAll">Whether it gets exceptions that something throws unasked.</param>
    private void PushCatcher(int block, int body, bool isFinally, bool isForAll = true)
    {
        var scope = PushScope();
        var record = scopes[scope];
        record.Catcher = block;
        record.Pending = isFinally ? new() { IsReachable = At(body).IsReachable } : null;
        scopes[scope] = record;
        catcher = scope;
        guard = isForAll ? scope : guard;
        passage = isFinally ? scope : passage;
    }

    private JumpScope PopScope()
    {
        var scope = scopes[^1];
        scopes.RemoveAt(scopes.Count - 1);
        (breakable, continuable, passage, guard, catcher) = (scope.OuterBreak, scope.OuterContinue, scope.OuterFinally, scope.OuterGuard, scope.OuterCatcher);
        return scope;
    }

    private void Jump(Node node)
    {
        Emit(node.Index);
        switch (node.Kind)
        {
            case NodeKind.ReturnStatement:
                Leave(FlowEdgeKind.Return, ExitBlock, None);
                break;
            case NodeKind.ThrowStatement:
                Throw(catcher, FlowEdgeKind.Throw);
                break;
            case NodeKind.BreakStatement when TargetOf(node.Label, breakable) is >= 0 and var scope:
                Leave(FlowEdgeKind.Break, scopes[scope].Break, scope);
                break;
            case NodeKind.ContinueStatement when LoopOf(node.Label) is >= 0 and var scope:
                Leave(FlowEdgeKind.Continue, scopes[scope].Continue, scope);
                break;
            default:
                // It has no target, which is an error: flow goes on.
                return;
        }

        Close();
        BeginUnreachable();
    }

    private int TargetOf(Node label, int unlabelled) => label.Exists ? labels.GetValueOrDefault(label.NameNumber, None) : unlabelled;

    private int LoopOf(Node label) =>
        TargetOf(label, None) is >= 0 and var scope ? scopes[scope].Continue
        : label.Exists ? None
        : continuable;

    /// <summary>Links the block to a target, by way of the finally between them, if there is one.</summary>
    private void Leave(FlowEdgeKind kind, int target, int scope)
    {
        if (passage <= scope)
        {
            Link(target, kind);
            return;
        }

        Link(scopes[passage].Catcher, kind);
        var pending = scopes[passage].Pending!;
        if (Counts(pending))
        {
            pending.Add(new(kind, target, scope));
        }
    }

    private void Throw(int scope, FlowEdgeKind kind)
    {
        if (scope == None)
        {
            Link(FailureBlock, kind);
            return;
        }

        Link(scopes[scope].Catcher, kind);
        if (scopes[scope].Pending is { } pending && Counts(pending))
        {
            pending.Throws = true;
        }
    }

    // What can't be reached sends nothing through a finally that can.
    private bool Counts(Pending pending) => At(current).IsReachable || !pending.IsReachable;

    /// <summary>Goes on to the finally of the innermost scope.</summary>
    private void FinishProtected()
    {
        var pending = scopes[^1].Pending!;
        pending.GoesOn |= Counts(pending);
        Goto(scopes[^1].Catcher, FlowEdgeKind.Next);
    }

    /// <summary>Begins the code of a finally, whose scope has just been left.</summary>
    private void BeginFinalizer(JumpScope scope, int after)
    {
        finalizers.Push((scope.Pending!, scope.Catcher, after));
        Begin(scope.Catcher);
    }

    /// <summary>At the end of the code of a finally: goes on wherever control was going.</summary>
    private void EndFinalizer()
    {
        var (pending, block, after) = finalizers.Pop();
        At(current).Finishes = block + 1;
        // A finally that jumps away itself ends all that.
        if (Counts(pending))
        {
            GoOn(pending, after);
        }

        Close();
        Begin(after);
    }

    private void GoOn(Pending pending, int after)
    {
        if (pending.GoesOn)
        {
            Link(after, FlowEdgeKind.Next);
        }

        if (pending.Throws)
        {
            Throw(catcher, FlowEdgeKind.Throw);
        }

        while (pending.TryTake(passage, out var jump))
        {
            Link(jump.Target, jump.Kind);
        }

        if (pending.IsEmpty)
        {
            return;
        }

        ReadOnlySpan<FlowEdgeKind> kinds = [FlowEdgeKind.Break, FlowEdgeKind.Continue, FlowEdgeKind.Return];
        foreach (var kind in kinds)
        {
            if (pending.Has(kind))
            {
                Link(scopes[passage].Catcher, kind);
            }
        }

        scopes[passage].Pending!.Merge(pending);
    }
}
