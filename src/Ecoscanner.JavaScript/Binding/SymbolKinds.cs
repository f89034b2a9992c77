namespace Ecoscanner.JavaScript.Binding;

/// <summary>What declared a symbol; TypeScript merges declarations, and a <c>var</c> may repeat a parameter or a function.</summary>
[Flags]
public enum SymbolKinds : ushort
{
    None = 0,
    Var = 1 << 0,
    Let = 1 << 1,
    Const = 1 << 2,

    /// <summary><c>using</c> and <c>await using</c>.</summary>
    Using = 1 << 3,
    Function = 1 << 4,
    Class = 1 << 5,
    Parameter = 1 << 6,
    CatchParameter = 1 << 7,

    /// <summary>Anything imported: value, type, or a whole module.</summary>
    Import = 1 << 8,
    Enum = 1 << 9,
    EnumMember = 1 << 10,
    Namespace = 1 << 11,
    Interface = 1 << 12,
    TypeAlias = 1 << 13,
    TypeParameter = 1 << 14,

    /// <summary>The <c>arguments</c> that every function has which is no arrow function; made when used.</summary>
    Arguments = 1 << 15,

    /// <summary>What can be meant where code runs.</summary>
    Values = Var | Let | Const | Using | Function | Class | Parameter | CatchParameter | Import | Enum | EnumMember | Namespace | Arguments,

    /// <summary>What can be meant in a type.</summary>
    Types = Class | Import | Enum | EnumMember | Interface | TypeAlias | TypeParameter,

    /// <summary>What can be meant before the dot of a qualified name in a type.</summary>
    Namespaces = Import | Enum | Namespace,
}
