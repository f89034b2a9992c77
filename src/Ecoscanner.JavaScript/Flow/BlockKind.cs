namespace Ecoscanner.JavaScript.Flow;

/// <summary>What a block is for.</summary>
public enum BlockKind : byte
{
    /// <summary>Code as written.</summary>
    Plain,

    /// <summary>Where control comes in; parameters stand in it.</summary>
    Entry,

    /// <summary>Where control leaves with a value. It has no nodes.</summary>
    Exit,

    /// <summary>Where control leaves with an exception that something threw with <c>throw</c>. It has no nodes.</summary>
    Failure,

    /// <summary>The start of a <c>catch</c>.</summary>
    Handler,

    /// <summary>The start of a <c>finally</c>.</summary>
    Finalizer,

    /// <summary>Disposes what a <c>using</c> declared; its nodes are the declarations, the last first.</summary>
    Disposal,

    /// <summary>Closes the iterator of a <c>for-of</c> that was left early; <see cref="BasicBlock.Condition"/> is the loop. It has no nodes.</summary>
    Closing,
}
