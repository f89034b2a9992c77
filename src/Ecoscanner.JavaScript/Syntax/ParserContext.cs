namespace Ecoscanner.JavaScript.Syntax;

/// <summary>What the place of the source allows; the parameters of ECMA-262's productions and a few of our own.</summary>
[Flags]
internal enum ParserContext
{
    None = 0,

    /// <summary><c>in</c> is an operator: not in the head of a <c>for</c>.</summary>
    In = 1 << 0,

    /// <summary><c>yield</c> is an expression.</summary>
    Yield = 1 << 1,

    /// <summary><c>await</c> is an expression.</summary>
    Await = 1 << 2,

    /// <summary><c>return</c> may stand here.</summary>
    Return = 1 << 3,
    Strict = 1 << 4,

    /// <summary>Nothing here runs: <c>declare</c>, <c>.d.ts</c>.</summary>
    Ambient = 1 << 5,

    /// <summary><c>new.target</c> may stand here.</summary>
    NewTarget = 1 << 6,

    /// <summary><c>super.x</c> may stand here.</summary>
    SuperProperty = 1 << 7,

    /// <summary><c>super()</c> may stand here.</summary>
    SuperCall = 1 << 8,

    /// <summary>In an initializer of a field or a static block: <c>arguments</c> may not be used.</summary>
    ClassInitializer = 1 << 9,

    /// <summary>In a static block, outside functions: <c>await</c> is no name.</summary>
    StaticBlock = 1 << 10,

    /// <summary><c>break</c> without a label may stand here.</summary>
    Break = 1 << 11,

    /// <summary><c>continue</c> may stand here.</summary>
    Continue = 1 << 12,

    /// <summary>In the expression of a decorator: <c>[</c> begins the next member.</summary>
    Decorator = 1 << 13,

    /// <summary>In the <c>extends</c> part of a conditional type: another conditional type needs parentheses.</summary>
    NoConditionalType = 1 << 14,

    /// <summary>Between <c>?</c> and <c>:</c>: an arrow function's return type must leave a <c>:</c> behind its body.</summary>
    Consequent = 1 << 15,

    /// <summary>In the block of a TypeScript namespace.</summary>
    Namespace = 1 << 16,

    /// <summary>In the parameters of a function: <c>yield</c> and <c>await</c> are wrong even where they are expressions.</summary>
    Parameters = 1 << 17,
}
