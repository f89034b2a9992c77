namespace Ecoscanner.JavaScript.Values;

/// <summary>What an abstract value is.</summary>
public enum ValueKind : byte
{
    /// <summary>Anything at all.</summary>
    Unknown,
    Undefined,
    Null,
    False,
    True,
    Number,
    BigInt,
    String,

    /// <summary>A text of which only pieces are known.</summary>
    Pattern,
    AnyString,
    AnyNumber,
    AnyBigInt,

    /// <summary>A function of the program, in the surroundings that it was made in.</summary>
    Function,

    /// <summary>A class of the program.</summary>
    Class,

    /// <summary>A function with <c>this</c> or arguments bound to it.</summary>
    Bound,

    /// <summary>All objects that one place of the program makes.</summary>
    Object,

    /// <summary>Something that is not of the program: a global, a package, and what comes of it, as a path: <c>require("x").a()</c>.</summary>
    External,
}
