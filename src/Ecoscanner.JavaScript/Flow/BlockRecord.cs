using System.Runtime.InteropServices;

namespace Ecoscanner.JavaScript.Flow;

/// <summary>A block as it is stored.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct BlockRecord
{
    public BlockKind Kind;
    public bool IsReachable;
    public bool IsInvalid;

    // While it is built.
    public bool MayThrow;
    public bool HasPredecessor;

    /// <summary>The number of the node that decides; 0 for none.</summary>
    public int Condition;

    /// <summary>Of a block at the end of a <c>finally</c> or the like, one more than the number of the block at its start; else 0.</summary>
    public int Finishes;
    public int FirstNode;
    public int NodeCount;
}
