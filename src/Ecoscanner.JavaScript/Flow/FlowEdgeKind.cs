namespace Ecoscanner.JavaScript.Flow;

/// <summary>Why control goes from one block to another.</summary>
public enum FlowEdgeKind : byte
{
    /// <summary>One simply follows the other.</summary>
    Next,

    /// <summary>The condition holds.</summary>
    True,

    /// <summary>The condition does not hold.</summary>
    False,

    /// <summary>The value is null or undefined: <c>?.</c> gives up, <c>??</c> takes its right side.</summary>
    Nullish,
    NotNullish,

    /// <summary>The value is undefined, so a default is worked out.</summary>
    Undefined,
    Defined,

    /// <summary>The value is that of the case.</summary>
    Case,

    /// <summary>It is not.</summary>
    NoCase,

    /// <summary>No case has the value, and there is a <c>default</c>.</summary>
    Default,

    /// <summary>There is one more to go through.</summary>
    Item,

    /// <summary>There is none.</summary>
    Done,

    /// <summary>Back to the start of a loop.</summary>
    Loop,
    Break,
    Continue,
    Return,

    /// <summary>A <c>throw</c>, or what was thrown goes on after a <c>finally</c>.</summary>
    Throw,

    /// <summary>Anything in the block may throw: control may leave before its first node, between two, or after the last.</summary>
    Exception,

    /// <summary>A generator goes on, from its start or from a <c>yield</c>.</summary>
    Resume,

    /// <summary>What was awaited is there.</summary>
    Await,
}
