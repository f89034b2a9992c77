namespace Ecoscanner.JavaScript.Syntax;

/// <summary>Names that the grammar knows, with the same number in every <see cref="NameTable"/>: reserved words first, then those reserved in strict code.</summary>
internal static class WellKnownNames
{
    public const int LastReserved = 36;
    public const int FirstStrictReserved = Implements;
    public const int LastStrictReserved = Yield;

    public const int Implements = 37;
    public const int Interface = 38;
    public const int Let = 39;
    public const int Package = 40;
    public const int Private = 41;
    public const int Protected = 42;
    public const int Public = 43;
    public const int Static = 44;
    public const int Yield = 45;
    public const int Await = 46;
    public const int Async = 47;
    public const int Of = 48;
    public const int Get = 49;
    public const int Set = 50;
    public const int As = 51;
    public const int From = 52;
    public const int Eval = 53;
    public const int Arguments = 54;
    public const int Constructor = 55;
    public const int Prototype = 56;
    public const int Proto = 57;
    public const int Target = 58;
    public const int Meta = 59;
    public const int Using = 60;
    public const int Defer = 61;
    public const int Source = 62;
    public const int Accessor = 63;
    public const int Abstract = 64;
    public const int Declare = 65;
    public const int Readonly = 66;
    public const int Override = 67;
    public const int Type = 68;
    public const int Namespace = 69;
    public const int Module = 70;
    public const int Global = 71;
    public const int Satisfies = 72;
    public const int Keyof = 73;
    public const int Unique = 74;
    public const int Infer = 75;
    public const int Is = 76;
    public const int Asserts = 77;
    public const int Out = 78;
    public const int Any = 79;
    public const int Unknown = 80;
    public const int Never = 81;
    public const int String = 82;
    public const int Number = 83;
    public const int Boolean = 84;
    public const int Symbol = 85;
    public const int BigInt = 86;
    public const int Object = 87;
    public const int Undefined = 88;
    public const int Intrinsic = 89;
    public const int Require = 90;
    public const int With = 36;
    public const int Assert = 91;

    /// <summary>Their texts, by number; the first is no name.</summary>
    public static readonly string[] Texts =
    [
        "",
        "break",
        "case",
        "catch",
        "class",
        "const",
        "continue",
        "debugger",
        "default",
        "delete",
        "do",
        "else",
        "enum",
        "export",
        "extends",
        "false",
        "finally",
        "for",
        "function",
        "if",
        "import",
        "in",
        "instanceof",
        "new",
        "null",
        "return",
        "super",
        "switch",
        "this",
        "throw",
        "true",
        "try",
        "typeof",
        "var",
        "void",
        "while",
        "with",
        "implements",
        "interface",
        "let",
        "package",
        "private",
        "protected",
        "public",
        "static",
        "yield",
        "await",
        "async",
        "of",
        "get",
        "set",
        "as",
        "from",
        "eval",
        "arguments",
        "constructor",
        "prototype",
        "__proto__",
        "target",
        "meta",
        "using",
        "defer",
        "source",
        "accessor",
        "abstract",
        "declare",
        "readonly",
        "override",
        "type",
        "namespace",
        "module",
        "global",
        "satisfies",
        "keyof",
        "unique",
        "infer",
        "is",
        "asserts",
        "out",
        "any",
        "unknown",
        "never",
        "string",
        "number",
        "boolean",
        "symbol",
        "bigint",
        "object",
        "undefined",
        "intrinsic",
        "require",
        "assert",
    ];

    /// <summary>The name of a reserved word.</summary>
    public static int KeywordName(TokenKind keyword) => keyword - TokenKind.Break + 1;

    public static TokenKind KeywordOf(int name) => (TokenKind)((int)TokenKind.Break - 1 + name);
}
