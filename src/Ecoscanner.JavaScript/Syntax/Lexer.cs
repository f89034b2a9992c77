using System.Buffers;
using System.Runtime.CompilerServices;
using Ecoscanner.JavaScript.Diagnostics;
using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Syntax;

/// <summary>
/// Cuts a source into tokens, one at a time: the parser asks, since only it knows whether a slash divides.
/// A field of the parser; never copy it but to look ahead.
/// </summary>
internal partial struct Lexer
{
    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\n\r\u2028\u2029");

    private readonly string _text;
    private readonly DiagnosticBag _diagnostics;
    private readonly NameTable _names;
    private readonly List<Comment> _comments;
    private int _position;
    private List<int>? _mergeMarkers;

    // From here on nothing ends a template.
    private int _lastTemplateEnd = int.MaxValue;

    /// <param name="source">The text.</param>
    /// <param name="names">Takes the names.</param>
    /// <param name="comments">Takes the comments.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    public Lexer(SourceText source, NameTable names, List<Comment> comments, DiagnosticBag diagnostics)
    {
        _text = source.Content;
        _names = names;
        _comments = comments;
        _diagnostics = diagnostics;
        if (_text.StartsWith("#!", StringComparison.Ordinal))
        {
            _position = SkipLineComment(0, CommentKind.Hashbang);
        }
    }

    /// <summary>Whether <c>&lt;!--</c> and <c>--&gt;</c> are comments, as in a script.</summary>
    public bool HtmlComments { get; set; }

    /// <summary>The kind of the current token.</summary>
    public TokenKind Kind { get; private set; }

    public TokenFlags Flags { get; private set; }

    /// <summary>Where the current token starts.</summary>
    public int Start { get; private set; }

    /// <summary>Where the current token ends.</summary>
    public int End { get; private set; }

    /// <summary>The number of the current token's name: of identifiers, words and private names; otherwise 0.</summary>
    public int Name { get; private set; }

    /// <summary>Where the token before ended.</summary>
    public int PreviousEnd { get; private set; }

    public readonly bool NewLineBefore => (Flags & TokenFlags.NewLineBefore) != 0;

    /// <summary>The character after the current token; <c>\0</c> at the end of the text.</summary>
    public readonly char Following => At(End);

    /// <summary>Makes the next token the current one.</summary>
    public void Next()
    {
        PreviousEnd = End;
        Flags = TokenFlags.None;
        Name = 0;
        var position = _position;
        while (true)
        {
            var current = At(position);
            switch (current)
            {
                case ' ' or '\t' or '\v' or '\f':
                    position++;
                    continue;
                case '\n' or '\r':
                    Flags |= TokenFlags.NewLineBefore;
                    position++;
                    continue;
                case '/' when At(position + 1) == '/':
                    position = SkipLineComment(position, CommentKind.Line);
                    continue;
                case '/' when At(position + 1) == '*':
                    position = SkipBlockComment(position);
                    continue;
                case '<' when HtmlComments && _text.AsSpan(position).StartsWith("<!--"):
                    position = SkipLineComment(position, CommentKind.Html);
                    continue;
                case '-' when HtmlComments && (NewLineBefore || PreviousEnd == 0) && _text.AsSpan(position).StartsWith("-->"):
                    position = SkipLineComment(position, CommentKind.Html);
                    continue;
                case '<' or '=' or '>' or '|' when At(position + 1) == current && IsMergeMarker(position):
                    position = SkipMergeMarker(position);
                    continue;
                case >= 'a' and <= 'z' or >= 'A' and <= 'Z' or '_' or '$':
                    ScanIdentifier(position);
                    return;
                case >= '0' and <= '9':
                    ScanNumber(position);
                    return;
                case '"' or '\'':
                    ScanString(position, current);
                    return;
                case '`':
                    ScanTemplate(position, TokenKind.Template, TokenKind.TemplateHead);
                    return;
                case '\0' when position >= _text.Length:
                    Set(TokenKind.EndOfFile, position, 0);
                    return;
                case >= '\u0080':
                    if (current is '\u2028' or '\u2029')
                    {
                        Flags |= TokenFlags.NewLineBefore;
                        position++;
                        continue;
                    }

                    if (UnicodeIdentifiers.IsWhiteSpace(current))
                    {
                        position++;
                        continue;
                    }

                    ScanUnusualIdentifier(position);
                    return;
                case '\\':
                    ScanUnusualIdentifier(position);
                    return;
                case '#':
                    ScanPrivateIdentifier(position);
                    return;
                default:
                    ScanPunctuator(position, current);
                    return;
            }
        }
    }

    /// <summary>The state to come back to.</summary>
    public readonly LexerMark Mark() => new(Kind, Flags, Start, End, Name, PreviousEnd, _comments.Count);

    /// <summary>Goes back to a state.</summary>
    public void Reset(in LexerMark mark)
    {
        (Kind, Flags, Start, End, Name, PreviousEnd) = (mark.Kind, mark.Flags, mark.Start, mark.End, mark.Name, mark.PreviousEnd);
        _position = mark.End;
        if (_comments.Count > mark.CommentCount)
        {
            _comments.RemoveRange(mark.CommentCount, _comments.Count - mark.CommentCount);
        }
    }

    /// <summary>Makes the current token the end of the file, at the end of the token before: nothing more is read.</summary>
    public void Stop()
    {
        Kind = TokenKind.EndOfFile;
        Start = End = PreviousEnd;
        Name = 0;
        _position = _text.Length;
    }

    /// <summary>Of a token that begins with that character, keeps just the character: the first <c>&gt;</c> of <c>&gt;&gt;=</c>.</summary>
    public void Split(TokenKind first)
    {
        Kind = first;
        End = Start + 1;
        _position = End;
    }

    // The text ends with a zero that belongs to the string, so reading at the end is safe; nothing is read beyond it,
    // since whoever looks one further has seen a character that is not zero before, or is within the text.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly char At(int position) => Unsafe.Add(ref Unsafe.AsRef(in _text.GetPinnableReference()), position);

    private readonly char Peek(int position) => (uint)position < (uint)_text.Length ? _text[position] : '\0';

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Set(TokenKind kind, int start, int length)
    {
        Kind = kind;
        Start = start;
        End = _position = start + length;
    }

    private readonly int SkipLineComment(int start, CommentKind kind)
    {
        var length = _text.AsSpan(start).IndexOfAny(LineEnds);
        var end = length < 0 ? _text.Length : start + length;
        _comments.Add(new(new(start, end), kind));
        return end;
    }

    private int SkipBlockComment(int start)
    {
        var length = _text.AsSpan(start + 2).IndexOf("*/");
        var end = length < 0 ? _text.Length : start + 2 + length + 2;
        if (length < 0)
        {
            _diagnostics.UnterminatedComment(new(start, end));
        }

        if (!NewLineBefore && _text.AsSpan(start, end - start).ContainsAny(LineEnds))
        {
            Flags |= TokenFlags.NewLineBefore;
        }

        _comments.Add(new(new(start, end), CommentKind.Block));
        return end;
    }

    private void ScanPunctuator(int start, char current)
    {
        var second = At(start + 1);
        switch (current)
        {
            case '{':
                Set(TokenKind.OpenBrace, start, 1);
                break;
            case '}':
                Set(TokenKind.CloseBrace, start, 1);
                break;
            case '(':
                Set(TokenKind.OpenParenthesis, start, 1);
                break;
            case ')':
                Set(TokenKind.CloseParenthesis, start, 1);
                break;
            case '[':
                Set(TokenKind.OpenBracket, start, 1);
                break;
            case ']':
                Set(TokenKind.CloseBracket, start, 1);
                break;
            case ';':
                Set(TokenKind.Semicolon, start, 1);
                break;
            case ',':
                Set(TokenKind.Comma, start, 1);
                break;
            case ':':
                Set(TokenKind.Colon, start, 1);
                break;
            case '~':
                Set(TokenKind.Tilde, start, 1);
                break;
            case '@':
                Set(TokenKind.At, start, 1);
                break;
            case '.':
                if (char.IsAsciiDigit(second))
                {
                    ScanNumber(start);
                }
                else if (second == '.' && Peek(start + 2) == '.')
                {
                    Set(TokenKind.Ellipsis, start, 3);
                }
                else
                {
                    Set(TokenKind.Dot, start, 1);
                }

                break;
            case '=':
                if (second == '=')
                {
                    var strict = Peek(start + 2) == '=';
                    Set(strict ? TokenKind.EqualsEqualsEquals : TokenKind.EqualsEquals, start, strict ? 3 : 2);
                }
                else
                {
                    Set(second == '>' ? TokenKind.Arrow : TokenKind.Equals, start, second == '>' ? 2 : 1);
                }

                break;
            case '!':
                if (second == '=')
                {
                    var strict = Peek(start + 2) == '=';
                    Set(strict ? TokenKind.ExclamationEqualsEquals : TokenKind.ExclamationEquals, start, strict ? 3 : 2);
                }
                else
                {
                    Set(TokenKind.Exclamation, start, 1);
                }

                break;
            case '+':
                Choose(start, second, '+', TokenKind.PlusPlus, TokenKind.PlusEquals, TokenKind.Plus);
                break;
            case '-':
                Choose(start, second, '-', TokenKind.MinusMinus, TokenKind.MinusEquals, TokenKind.Minus);
                break;
            case '/':
                Choose(start, second, '\0', default, TokenKind.SlashEquals, TokenKind.Slash);
                break;
            case '%':
                Choose(start, second, '\0', default, TokenKind.PercentEquals, TokenKind.Percent);
                break;
            case '^':
                Choose(start, second, '\0', default, TokenKind.CaretEquals, TokenKind.Caret);
                break;
            case '*':
                ChooseDoubled(start, second, '*', TokenKind.Asterisk, TokenKind.AsteriskEquals, TokenKind.AsteriskAsterisk, TokenKind.AsteriskAsteriskEquals);
                break;
            case '&':
                ChooseDoubled(
                    start,
                    second,
                    '&',
                    TokenKind.Ampersand,
                    TokenKind.AmpersandEquals,
                    TokenKind.AmpersandAmpersand,
                    TokenKind.AmpersandAmpersandEquals
                );
                break;
            case '|':
                ChooseDoubled(start, second, '|', TokenKind.Bar, TokenKind.BarEquals, TokenKind.BarBar, TokenKind.BarBarEquals);
                break;
            case '<':
                ChooseDoubled(start, second, '<', TokenKind.LessThan, TokenKind.LessThanEquals, TokenKind.LessThanLessThan, TokenKind.LessThanLessThanEquals);
                break;
            case '>' when second == '>' && Peek(start + 2) == '>':
                var assigns = Peek(start + 3) == '=';
                Set(assigns ? TokenKind.GreaterThanGreaterThanGreaterThanEquals : TokenKind.GreaterThanGreaterThanGreaterThan, start, assigns ? 4 : 3);
                break;
            case '>':
                ChooseDoubled(
                    start,
                    second,
                    '>',
                    TokenKind.GreaterThan,
                    TokenKind.GreaterThanEquals,
                    TokenKind.GreaterThanGreaterThan,
                    TokenKind.GreaterThanGreaterThanEquals
                );
                break;
            case '?':
                if (second == '.' && !char.IsAsciiDigit(Peek(start + 2)))
                {
                    Set(TokenKind.QuestionDot, start, 2);
                }
                else if (second == '?')
                {
                    var assignment = Peek(start + 2) == '=';
                    Set(assignment ? TokenKind.QuestionQuestionEquals : TokenKind.QuestionQuestion, start, assignment ? 3 : 2);
                }
                else
                {
                    Set(TokenKind.Question, start, 1);
                }

                break;
            default:
                Set(TokenKind.Invalid, start, 1);
                _diagnostics.UnexpectedCharacter(new(start, start + 1), current);
                break;
        }
    }

    // `+`, `++` or `+=`.
    private void Choose(int start, char second, char twice, TokenKind doubled, TokenKind assigned, TokenKind alone)
    {
        var kind =
            second == '=' ? assigned
            : second == twice && twice != '\0' ? doubled
            : alone;
        Set(kind, start, kind == alone ? 1 : 2);
    }

    // `*`, `*=`, `**` or `**=`.
    private void ChooseDoubled(int start, char second, char twice, TokenKind alone, TokenKind assigned, TokenKind doubled, TokenKind doubledAssigned)
    {
        if (second == twice)
        {
            var assigns = Peek(start + 2) == '=';
            Set(assigns ? doubledAssigned : doubled, start, assigns ? 3 : 2);
        }
        else
        {
            Set(second == '=' ? assigned : alone, start, second == '=' ? 2 : 1);
        }
    }
}
