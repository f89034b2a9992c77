namespace Ecoscanner.JavaScript.Syntax;

/// <summary>What a node says beside its children. A bit can mean two things, for kinds that never meet; the names tell which.</summary>
[Flags]
public enum NodeFlags : ushort
{
    None = 0,

    /// <summary>The expression stands in parentheses, which have no node of their own.</summary>
    Parenthesized = 1 << 0,

    /// <summary>A key in brackets; a member access with brackets.</summary>
    Computed = 1 << 1,

    /// <summary>A call or member access behind <c>?.</c>; a TypeScript parameter or member with <c>?</c>.</summary>
    Optional = 1 << 2,

    /// <summary>A class member.</summary>
    Static = 1 << 3,

    /// <summary>A type parameter; the same bit as <see cref="Static"/>.</summary>
    In = Static,

    /// <summary>A function.</summary>
    Async = 1 << 4,

    /// <summary>A type parameter; the same bit as <see cref="Async"/>.</summary>
    Out = Async,

    /// <summary>A function; <c>yield*</c>.</summary>
    Generator = 1 << 5,

    /// <summary>An enumeration or a type parameter; the same bit as <see cref="Generator"/>.</summary>
    Const = Generator,

    /// <summary>A property without a value of its own: <c>{ a }</c>.</summary>
    Shorthand = 1 << 6,

    /// <summary>A TypeScript variable or member with <c>!</c>; the same bit as <see cref="Shorthand"/>.</summary>
    Definite = Shorthand,

    /// <summary>A property that is written as a method.</summary>
    Method = 1 << 7,

    /// <summary><c>for await</c>; the same bit as <see cref="Method"/>.</summary>
    Await = Method,

    /// <summary>A class member; the same bit as <see cref="Method"/>.</summary>
    Override = Method,

    /// <summary>An expression statement that is a directive: <c>"use strict"</c>; the same bit as <see cref="Method"/>.</summary>
    Directive = Method,

    /// <summary>A prefix <c>++</c> or <c>--</c>; the same bit as <see cref="Method"/>.</summary>
    Prefix = Method,

    /// <summary>The last part of a template; the same bit as <see cref="Method"/>.</summary>
    Tail = Method,

    /// <summary><c>asserts x is T</c>; the same bit as <see cref="Method"/>.</summary>
    Asserts = Method,

    /// <summary><c>declare</c>.</summary>
    Declare = 1 << 8,

    /// <summary><c>abstract</c>.</summary>
    Abstract = 1 << 9,

    /// <summary><c>readonly</c>.</summary>
    Readonly = 1 << 10,

    /// <summary><c>import type</c>, <c>export type</c>.</summary>
    TypeOnly = 1 << 11,

    /// <summary><c>public</c>.</summary>
    Public = 1 << 12,

    /// <summary><c>private</c>.</summary>
    Private = 1 << 13,

    /// <summary><c>protected</c>.</summary>
    Protected = 1 << 14,

    /// <summary>The text has escapes (or, of a template's part, one that is not allowed), so the value differs from what is written.</summary>
    Escaped = 1 << 15,
}
