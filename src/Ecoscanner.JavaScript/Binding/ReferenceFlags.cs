namespace Ecoscanner.JavaScript.Binding;

/// <summary>How an identifier uses, or declares, what it names.</summary>
[Flags]
public enum ReferenceFlags : byte
{
    /// <summary>It neither refers nor declares: a property's name, a label.</summary>
    None = 0,
    Read = 1 << 0,

    /// <summary>Assigned; with <see cref="Declaration"/>, declared with a value.</summary>
    Write = 1 << 1,

    /// <summary>Behind <c>typeof</c>, in code or, with <see cref="Type"/>, in a type: it need not exist.</summary>
    Typeof = 1 << 2,

    /// <summary>In a type.</summary>
    Type = 1 << 3,

    /// <summary>Before the dot of a qualified name in a type.</summary>
    Namespace = 1 << 4,

    /// <summary>Exported by that name.</summary>
    Export = 1 << 5,
    Declaration = 1 << 6,

    /// <summary>Before what <c>let</c>, <c>const</c>, <c>class</c> or a later parameter declares, in the same function: it throws when it runs then.</summary>
    BeforeDeclaration = 1 << 7,
}
