using System.Runtime.InteropServices;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Flow;

/// <summary>Something that the builder has yet to do. What A, B and C are depends on the kind: a node first, then blocks or a place in a list.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FlowStep(FlowStepKind Kind, int A = 0, int B = 0, int C = 0, NodeRole Role = default);

/// <summary>What there is to do.</summary>
internal enum FlowStepKind : byte
{
    /// <summary>Evaluate a node, whatever it is.</summary>
    Visit,

    /// <summary>Put the node into the block.</summary>
    Emit,

    /// <summary>Evaluate those of a list from a place on.</summary>
    Items,

    /// <summary>Give values to the parts of a pattern's list, or to parameters, from a place on.</summary>
    Elements,

    /// <summary>Evaluate a place that will get a value: the object and key of a member.</summary>
    Place,

    /// <summary>Give it the value.</summary>
    Write,

    /// <summary>Take the default if the value is undefined.</summary>
    Default,
    Declarator,

    /// <summary>Go to a block.</summary>
    Goto,

    /// <summary>Start a block.</summary>
    Begin,

    /// <summary>Go to a block and start it.</summary>
    Enter,

    /// <summary>Evaluate a test, and go to one of two blocks; only where it leads matters.</summary>
    Test,

    /// <summary>The same where the value may be the result.</summary>
    Choose,

    /// <summary>Evaluate, and go to one block if it is null or undefined, else to another.</summary>
    ChooseNullish,
    Branch,
    BranchNullish,

    /// <summary>Give up the chain if the node's value is null or undefined.</summary>
    Optional,
    EndChain,

    /// <summary>The class's member at that place, then those behind it.</summary>
    ClassMembers,
    StaticMembers,
    Jump,
    Suspend,
    EndLabel,
    EndScope,
    LoopTest,
    ForStart,
    IterationStart,
    EndIteration,
    SwitchStart,
    SwitchTests,
    SwitchMatch,
    SwitchBody,
    EndTry,
    EndCatch,
    EndFinally,
    EndDisposal,
    List,
    BeginBody,
}
