using System.Runtime.InteropServices;

namespace Ecoscanner.JavaScript.Binding;

/// <summary>A scope as it is stored. Scopes are numbered in the order of the source, so that of two around one place the inner has the larger number.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ScopeRecord
{
    /// <summary>The node that makes it.</summary>
    public int Node;
    public int Parent;

    /// <summary>The scope that a <c>var</c> in this one belongs to; itself for functions and the like.</summary>
    public int VarScope;
    public int FirstSymbol;
    public int LastSymbol;

    // Less than the node's span where a part of the node stands outside: the name of a function, what a switch tests.
    public int Start;
    public int End;
    public ScopeKind Kind;
    public ScopeMarks Marks;
}

/// <summary>What is to know of a scope beside its kind.</summary>
[Flags]
internal enum ScopeMarks : byte
{
    None = 0,
    Strict = 1 << 0,

    /// <summary>A name may mean something that only running tells: <c>with</c>, or a direct <c>eval</c> in sloppy code.</summary>
    Dynamic = 1 << 1,

    /// <summary>A direct <c>eval</c> stands in it, which may read and change what is declared.</summary>
    Eval = 1 << 2,

    /// <summary>What a lexical declaration in it may not be called is declared in its parent: parameters.</summary>
    BelowParameters = 1 << 3,

    /// <summary>No parameter may be declared twice.</summary>
    UniqueParameters = 1 << 4,

    /// <summary>Nothing in it runs.</summary>
    Ambient = 1 << 5,
}
