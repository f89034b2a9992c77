using System.Runtime.InteropServices;

namespace Ecoscanner.JavaScript.Binding;

/// <summary>A symbol as it is stored: 28 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SymbolRecord
{
    public int Name;
    public int Scope;
    public SymbolKinds Kinds;
    public SymbolMarks Marks;

    /// <summary>The next one of the same scope.</summary>
    public int Next;

    /// <summary>The identifier that declared it first; 0 for <c>arguments</c>.</summary>
    public int Declaration;

    /// <summary>Where the other declarations begin in <see cref="SymbolTable"/>, the last one first.</summary>
    public int MoreDeclarations;

    /// <summary>The number of events before it has a value; of a plain catch parameter, while names are resolved, the symbol beyond that it hides.</summary>
    public int InitializedAt;
}

/// <summary>What is to know of a symbol beside its kinds.</summary>
[Flags]
internal enum SymbolMarks : ushort
{
    None = 0,
    Exported = 1 << 0,

    /// <summary>A catch parameter without a pattern, which a <c>var</c> may repeat (ECMA-262 B.3.4).</summary>
    PlainCatch = 1 << 1,

    /// <summary>A function that is declared like <c>let</c>: in a block or at the top of a module.</summary>
    LexicalFunction = 1 << 2,

    /// <summary>All its functions are neither async nor generators.</summary>
    PlainFunctions = 1 << 3,

    /// <summary>A <c>var</c> made by a function in a block of sloppy code (ECMA-262 B.3.2).</summary>
    Hoisted = 1 << 4,
}
