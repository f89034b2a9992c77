using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Flow;

/// <summary>One value that a variable may have: what was written at one place, or one of several.</summary>
/// <param name="Kind">Where the value comes from.</param>
/// <param name="Symbol">The variable.</param>
/// <param name="Node">The identifier that is written; of a start or merge, none.</param>
/// <param name="Block">The block that writes it; of a merge, the block at whose begin the ways meet.</param>
/// <param name="Operands">Of a merge, the numbers of the others that it may be, each once; else empty.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Definition(DefinitionKind Kind, Symbol Symbol, Node Node, BasicBlock Block, ImmutableArray<int> Operands);
