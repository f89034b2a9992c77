using System.Runtime.InteropServices;

namespace Ecoscanner.JavaScript.Flow;

/// <summary>A place where a variable is read or written.</summary>
/// <param name="Variable">The number of the variable in its <see cref="VariableUses"/>.</param>
/// <param name="Node">The identifier.</param>
/// <param name="Block">The block in which it happens.</param>
/// <param name="IsWrite">Whether it is written.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct VariableUse(int Variable, int Node, int Block, bool IsWrite);
