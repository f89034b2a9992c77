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
    public int FirstNode;
    public int NodeCount;
}
