using System.Text;
using System.Text.Json;

namespace Ecoscanner.JavaScript.Syntax.Printing;

/// <summary>The words of ESTree for kinds, roles and details, as bytes.</summary>
internal static class Spellings
{
    private static readonly byte[][] Kinds = [.. Enum.GetNames<NodeKind>().Select(Encoding.ASCII.GetBytes)];

    private static readonly string[] RoleWords = [.. Enum.GetNames<NodeRole>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    private static readonly byte[][] Roles = [.. RoleWords.Select(Encoding.ASCII.GetBytes)];

    /// <summary>The type of a node: literals share one.</summary>
    public static ReadOnlySpan<byte> Type(NodeKind kind) => IsLiteral(kind) ? "Literal"u8 : Kinds[(int)kind];

    /// <summary>The property that holds the children of that role.</summary>
    public static ReadOnlySpan<byte> Property(NodeRole role) => Roles[(int)role];

    /// <summary>The same as text.</summary>
    public static string Word(NodeRole role) => RoleWords[(int)role];

    public static ReadOnlySpan<byte> Of(VariableKind kind) =>
        kind switch
        {
            VariableKind.Var => "var"u8,
            VariableKind.Let => "let"u8,
            VariableKind.Const => "const"u8,
            VariableKind.Using => "using"u8,
            VariableKind.AwaitUsing => "await using"u8,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };

    /// <param name="normal">What neither gets nor sets nor constructs is called: a class has methods, an object values.</param>
    public static ReadOnlySpan<byte> Of(MethodKind kind, ReadOnlySpan<byte> normal) =>
        kind switch
        {
            MethodKind.Get => "get"u8,
            MethodKind.Set => "set"u8,
            MethodKind.Constructor => "constructor"u8,
            _ => normal,
        };

    public static ReadOnlySpan<byte> Of(ModuleWord word) =>
        word switch
        {
            ModuleWord.Module => "module"u8,
            ModuleWord.Namespace => "namespace"u8,
            ModuleWord.Global => "global"u8,
            _ => throw new ArgumentOutOfRangeException(nameof(word), word, null),
        };

    private static bool IsLiteral(NodeKind kind) =>
        kind
            is NodeKind.StringLiteral
                or NodeKind.NumericLiteral
                or NodeKind.BigIntLiteral
                or NodeKind.BooleanLiteral
                or NodeKind.NullLiteral
                or NodeKind.RegExpLiteral
                or NodeKind.JSXString;
}
