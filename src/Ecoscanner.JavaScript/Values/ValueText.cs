using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Values;

/// <summary>Values in words, for people.</summary>
internal static class ValueText
{
    private const int LongestText = 80;

    public static string Of(Value value) =>
        value.Kind switch
        {
            ValueKind.Unknown => "unknown",
            ValueKind.Undefined => "undefined",
            ValueKind.Null => "null",
            ValueKind.False => "false",
            ValueKind.True => "true",
            ValueKind.Number => NumberText.Of(value.Number!.Value),
            ValueKind.BigInt => $"{value.Text}n",
            ValueKind.String => Quoted(value.Text!),
            ValueKind.Pattern => $"`{Shortened(string.Join("${…}", value.Pieces))}`",
            ValueKind.AnyString => "any string",
            ValueKind.AnyNumber => "any number",
            ValueKind.AnyBigInt => "any bigint",
            ValueKind.External => value.Path!,
            ValueKind.Function => $"function {NameOf(value.Node)}",
            ValueKind.Class => $"class {NameOf(value.Node)}",
            ValueKind.Bound => "bound function",
            _ => value.Node.Exists ? $"{Word(value.Node)} at {PlaceOf(value.Node)}" : "object",
        };

    /// <summary>What a function or class is called, or is given to, with its place.</summary>
    public static string NameOf(Node node) => node.Exists ? $"{FunctionName.Of(node)} at {PlaceOf(node)}" : "of the language";

    public static string PlaceOf(Node node) => $"{node.Tree.Source.Path}:{node.Tree.Source.Lines.PositionOf(node.Start)}";

    private static string Word(Node node) =>
        node.Kind switch
        {
            NodeKind.ArrayExpression => "array",
            NodeKind.ObjectExpression => "object",
            NodeKind.NewExpression => "instance",
            NodeKind.RegExpLiteral => "regular expression",
            NodeKind.JSXElement or NodeKind.JSXFragment => "element",
            NodeKind.Program => "module",
            _ => "object",
        };

    private static string Quoted(string text) => $"\"{Shortened(text)}\"";

    private static string Shortened(string text) => text.Length <= LongestText ? text : $"{text[..LongestText]}…";
}
