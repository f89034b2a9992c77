namespace Ecoscanner.JavaScript.Syntax;

/// <summary>What the grammar knows of a kind of token: its spelling, its precedence, its family.</summary>
public static class TokenFacts
{
    internal const int KindCount = (int)TokenKind.QuestionQuestionEquals + 1;

    // Indexed by kind; 0 is no binary operator. `in` and `instanceof` bind as relations do.
    private static readonly byte[] Precedences = MakePrecedences();

    private static readonly string[] Spellings = MakeSpellings();

    extension(TokenKind kind)
    {
        /// <summary>1 for <c>??</c> up to 12 for <c>**</c>; 0 where the kind is no binary operator.</summary>
        public int Precedence => Precedences[(int)kind];

        /// <summary>Whether it is <c>=</c> or a compound assignment.</summary>
        public bool IsAssignment => kind >= TokenKind.Equals;

        /// <summary>Whether it is a word that can't be a name.</summary>
        public bool IsKeyword => kind is >= TokenKind.Break and <= TokenKind.With;

        /// <summary>Whether it is an identifier or any word: what may stand behind a dot.</summary>
        public bool IsWord => kind is >= TokenKind.Identifier and <= TokenKind.With;

        /// <summary>As written in a source: <c>+=</c>, <c>instanceof</c>; a description where the spelling varies.</summary>
        public string Spelling => Spellings[(int)kind];
    }

    private static byte[] MakePrecedences()
    {
        var table = new byte[KindCount];
        Set(1, TokenKind.QuestionQuestion);
        Set(2, TokenKind.BarBar);
        Set(3, TokenKind.AmpersandAmpersand);
        Set(4, TokenKind.Bar);
        Set(5, TokenKind.Caret);
        Set(6, TokenKind.Ampersand);
        Set(7, TokenKind.EqualsEquals, TokenKind.ExclamationEquals, TokenKind.EqualsEqualsEquals, TokenKind.ExclamationEqualsEquals);
        Set(8, TokenKind.LessThan, TokenKind.GreaterThan, TokenKind.LessThanEquals, TokenKind.GreaterThanEquals, TokenKind.In, TokenKind.Instanceof);
        Set(9, TokenKind.LessThanLessThan, TokenKind.GreaterThanGreaterThan, TokenKind.GreaterThanGreaterThanGreaterThan);
        Set(10, TokenKind.Plus, TokenKind.Minus);
        Set(11, TokenKind.Asterisk, TokenKind.Slash, TokenKind.Percent);
        Set(12, TokenKind.AsteriskAsterisk);
        return table;

        void Set(byte precedence, params ReadOnlySpan<TokenKind> kinds)
        {
            foreach (var kind in kinds)
            {
                table[(int)kind] = precedence;
            }
        }
    }

    private static string[] MakeSpellings()
    {
        var table = new string[KindCount];
        for (var kind = TokenKind.Break; kind <= TokenKind.With; kind++)
        {
            table[(int)kind] = kind.ToString().ToLowerInvariant();
        }

        ReadOnlySpan<(TokenKind Kind, string Spelling)> others =
        [
            (TokenKind.EndOfFile, "the end of the file"),
            (TokenKind.Invalid, "a character that starts no token"),
            (TokenKind.Identifier, "an identifier"),
            (TokenKind.EscapedKeyword, "a keyword with an escape"),
            (TokenKind.PrivateIdentifier, "a private name"),
            (TokenKind.Number, "a number"),
            (TokenKind.BigInt, "a big integer"),
            (TokenKind.String, "a string"),
            (TokenKind.RegularExpression, "a regular expression"),
            (TokenKind.Template, "a template"),
            (TokenKind.TemplateHead, "a template"),
            (TokenKind.TemplateMiddle, "a template's middle"),
            (TokenKind.TemplateTail, "a template's end"),
            (TokenKind.JsxText, "text"),
            (TokenKind.JsxString, "a string"),
            (TokenKind.OpenBrace, "{"),
            (TokenKind.CloseBrace, "}"),
            (TokenKind.OpenParenthesis, "("),
            (TokenKind.CloseParenthesis, ")"),
            (TokenKind.OpenBracket, "["),
            (TokenKind.CloseBracket, "]"),
            (TokenKind.Dot, "."),
            (TokenKind.Ellipsis, "..."),
            (TokenKind.Semicolon, ";"),
            (TokenKind.Comma, ","),
            (TokenKind.Question, "?"),
            (TokenKind.QuestionDot, "?."),
            (TokenKind.Colon, ":"),
            (TokenKind.Arrow, "=>"),
            (TokenKind.At, "@"),
            (TokenKind.Hash, "#"),
            (TokenKind.Exclamation, "!"),
            (TokenKind.Tilde, "~"),
            (TokenKind.PlusPlus, "++"),
            (TokenKind.MinusMinus, "--"),
            (TokenKind.LessThan, "<"),
            (TokenKind.GreaterThan, ">"),
            (TokenKind.LessThanEquals, "<="),
            (TokenKind.GreaterThanEquals, ">="),
            (TokenKind.EqualsEquals, "=="),
            (TokenKind.ExclamationEquals, "!="),
            (TokenKind.EqualsEqualsEquals, "==="),
            (TokenKind.ExclamationEqualsEquals, "!=="),
            (TokenKind.Plus, "+"),
            (TokenKind.Minus, "-"),
            (TokenKind.Asterisk, "*"),
            (TokenKind.AsteriskAsterisk, "**"),
            (TokenKind.Slash, "/"),
            (TokenKind.Percent, "%"),
            (TokenKind.LessThanLessThan, "<<"),
            (TokenKind.GreaterThanGreaterThan, ">>"),
            (TokenKind.GreaterThanGreaterThanGreaterThan, ">>>"),
            (TokenKind.Ampersand, "&"),
            (TokenKind.Bar, "|"),
            (TokenKind.Caret, "^"),
            (TokenKind.AmpersandAmpersand, "&&"),
            (TokenKind.BarBar, "||"),
            (TokenKind.QuestionQuestion, "??"),
            (TokenKind.Equals, "="),
            (TokenKind.PlusEquals, "+="),
            (TokenKind.MinusEquals, "-="),
            (TokenKind.AsteriskEquals, "*="),
            (TokenKind.AsteriskAsteriskEquals, "**="),
            (TokenKind.SlashEquals, "/="),
            (TokenKind.PercentEquals, "%="),
            (TokenKind.LessThanLessThanEquals, "<<="),
            (TokenKind.GreaterThanGreaterThanEquals, ">>="),
            (TokenKind.GreaterThanGreaterThanGreaterThanEquals, ">>>="),
            (TokenKind.AmpersandEquals, "&="),
            (TokenKind.BarEquals, "|="),
            (TokenKind.CaretEquals, "^="),
            (TokenKind.AmpersandAmpersandEquals, "&&="),
            (TokenKind.BarBarEquals, "||="),
            (TokenKind.QuestionQuestionEquals, "??="),
        ];
        foreach (var (kind, spelling) in others)
        {
            table[(int)kind] = spelling;
        }

        return table;
    }
}
