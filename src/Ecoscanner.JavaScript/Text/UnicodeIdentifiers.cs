namespace Ecoscanner.JavaScript.Text;

/// <summary>What ECMAScript's lexical grammar asks of a character: may it stand in an identifier, is it white space, does it end a line.</summary>
internal static class UnicodeIdentifiers
{
    /// <summary>Whether the code point is an IdentifierStartChar: ID_Start, <c>$</c> or <c>_</c>.</summary>
    /// <remarks>A lexer has its own fast path for ASCII; the answer is right for ASCII too.</remarks>
    public static bool IsStart(int codePoint) => Starts.Members.Contains(codePoint);

    /// <summary>Whether the code point is an IdentifierPartChar: ID_Continue, <c>$</c>, <c>_</c> or one of the two zero-width joiners.</summary>
    public static bool IsPart(int codePoint) => Parts.Members.Contains(codePoint);

    /// <summary>Whether the code point is WhiteSpace: tab, vertical tab, form feed, U+FEFF or Space_Separator. What ends a line is not among them.</summary>
    public static bool IsWhiteSpace(int codePoint) =>
        codePoint switch
        {
            '\t' or '\v' or '\f' or ' ' => true,
            < 0xA0 => false,
            0xA0 or 0x1680 or (>= 0x2000 and <= 0x200A) or 0x202F or 0x205F or 0x3000 or 0xFEFF => true,
            _ => false,
        };

    /// <summary>Whether the code point is a LineTerminator: line feed, carriage return, U+2028 or U+2029.</summary>
    public static bool IsLineTerminator(int codePoint) => codePoint is '\n' or '\r' or 0x2028 or 0x2029;

    // Nested, so that a program without such a character never decodes the table.
    private static class Starts
    {
        public static readonly CodePointSet Members = new(UnicodeRanges.IdentifierStart, "24 5F");
    }

    private static class Parts
    {
        public static readonly CodePointSet Members = new(UnicodeRanges.IdentifierStart, UnicodeRanges.IdentifierPartOnly, "24 200C 200D");
    }
}
