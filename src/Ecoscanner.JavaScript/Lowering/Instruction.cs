namespace Ecoscanner.JavaScript.Lowering;

/// <summary>One simple step of a function, between slots. What T, A, B and C are, its <see cref="Lowering.Opcode"/> says.</summary>
/// <param name="Opcode">What it does.</param>
/// <param name="Node">The number of the node that it is of.</param>
/// <param name="T">The slot that it writes, or -1.</param>
internal readonly record struct Instruction(Opcode Opcode, int Node, int T, int A = -1, int B = -1, int C = -1);
