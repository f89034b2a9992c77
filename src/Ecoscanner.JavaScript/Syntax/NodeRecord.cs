using System.Runtime.InteropServices;

namespace Ecoscanner.JavaScript.Syntax;

/// <summary>A node as it is stored: 24 bytes. What A, B and C hold is said by <see cref="NodeShapes"/>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NodeRecord
{
    public NodeKind Kind;

    /// <summary>An operator (<see cref="TokenKind"/>) or one of the enumerations in NodeDetail.cs.</summary>
    public byte Detail;
    public NodeFlags Flags;
    public int Start;
    public int End;

    // Fields of kinds with at most three; with more, A is the place of the first among the lists.
    public int A;
    public int B;
    public int C;
}
