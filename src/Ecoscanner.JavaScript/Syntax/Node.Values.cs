namespace Ecoscanner.JavaScript.Syntax;

/// <remarks>What literals stand for; worked out anew at each call.</remarks>
public readonly partial struct Node
{
    /// <summary>
    /// The value of a <see cref="NodeKind.StringLiteral"/> with its escapes resolved, or of a <see cref="NodeKind.JSXString"/> or
    /// <see cref="NodeKind.JSXText"/> with its entities resolved; empty for other kinds. It may have half a surrogate pair.
    /// </summary>
    public string StringValue =>
        Kind switch
        {
            NodeKind.StringLiteral => Has(NodeFlags.Escaped) ? LiteralValues.Unescape(TextInQuotes) : TextInQuotes.ToString(),
            NodeKind.JSXString => LiteralValues.DecodeEntities(TextInQuotes),
            NodeKind.JSXText => LiteralValues.DecodeEntities(Text),
            _ => "",
        };

    /// <summary>The value of a <see cref="NodeKind.NumericLiteral"/>; not a number for other kinds, and after an error.</summary>
    public double NumberValue => Kind == NodeKind.NumericLiteral ? NumberValues.Of(Text) : double.NaN;

    /// <summary>The digits in base ten of a <see cref="NodeKind.BigIntLiteral"/>; empty for other kinds.</summary>
    public string BigIntValue => Kind == NodeKind.BigIntLiteral ? NumberValues.OfBigInt(Text) : "";

    /// <summary>Whether it is the <see cref="NodeKind.BooleanLiteral"/> <c>true</c>.</summary>
    public bool BooleanValue => Kind == NodeKind.BooleanLiteral && Record.Detail != 0;

    /// <summary>What stands between the slashes of a <see cref="NodeKind.RegExpLiteral"/>; empty for other kinds.</summary>
    public string RegExpPattern => Kind == NodeKind.RegExpLiteral ? Text[1..PatternEnd].ToString() : "";

    /// <summary>The flags of a <see cref="NodeKind.RegExpLiteral"/>, as written; empty for other kinds.</summary>
    public string RegExpFlags => Kind == NodeKind.RegExpLiteral ? Text[Math.Min(PatternEnd + 1, Text.Length)..].ToString() : "";

    /// <summary>The value of a <see cref="NodeKind.TemplateElement"/> with its escapes resolved; null where one is not valid, which only a tagged template may have, and for other kinds.</summary>
    public string? CookedValue => Kind == NodeKind.TemplateElement ? LiteralValues.Cook(Text) : null;

    /// <summary>A <see cref="NodeKind.TemplateElement"/> as a tag function sees it written, with each line's end a line feed; empty for other kinds.</summary>
    public string RawValue => Kind == NodeKind.TemplateElement ? LiteralValues.Raw(Text) : "";

    /// <summary>The operator as written, of the kinds that have one; <c>keyof</c>, <c>unique</c> or <c>readonly</c> of a <see cref="NodeKind.TSTypeOperator"/>. Empty for other kinds.</summary>
    public string OperatorText =>
        Kind switch
        {
            NodeKind.TSTypeOperator => WellKnownNames.Texts[Record.Detail],
            NodeKind.UnaryExpression or NodeKind.UpdateExpression or NodeKind.BinaryExpression or NodeKind.LogicalExpression or NodeKind.AssignmentExpression =>
                Operator.Spelling,
            _ => "",
        };

    /// <summary>What a <see cref="NodeKind.TSMappedType"/> says before its <c>readonly</c>.</summary>
    public MappedModifier ReadonlyModifier => Kind == NodeKind.TSMappedType ? (MappedModifier)(Record.Detail & 3) : MappedModifier.None;

    /// <summary>What a <see cref="NodeKind.TSMappedType"/> says before its question mark.</summary>
    public MappedModifier OptionalModifier => Kind == NodeKind.TSMappedType ? (MappedModifier)(Record.Detail >> 2) : MappedModifier.None;

    // What stands between the quotes, of which an error may have left one or none.
    internal ReadOnlySpan<char> TextInQuotes
    {
        get
        {
            var text = Text;
            if (text.Length == 0)
            {
                return text;
            }

            var quote = text[0];
            var inner = text[1..];
            var isClosed = inner.Length > 0 && inner[^1] == quote && !IsEscaped(inner, inner.Length - 1);
            return isClosed ? inner[..^1] : inner;
        }
    }

    private int PatternEnd => Text.LastIndexOf('/') is > 0 and var end ? end : Text.Length;

    // Whether an odd number of backslashes goes before; JSX's strings have no escapes.
    private bool IsEscaped(ReadOnlySpan<char> text, int at)
    {
        var before = text[..at];
        return Kind == NodeKind.StringLiteral && ((before.Length - before.TrimEnd('\\').Length) & 1) != 0;
    }
}
