using System.Buffers;
using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Syntax;

/// <remarks>JSX, whose text, names and strings have rules of their own; the parser says where they stand.</remarks>
internal partial struct Lexer
{
    private static readonly SearchValues<char> EndsOfJsxText = SearchValues.Create("{<>}");

    /// <summary>Reads what stands between tags: text, <c>{</c>, <c>&lt;</c> or the end of the file. There are no comments here.</summary>
    public void NextJsxChild()
    {
        var start = _position;
        PreviousEnd = End;
        Flags = TokenFlags.None;
        Name = 0;
        if (start >= _text.Length)
        {
            Set(TokenKind.EndOfFile, start, 0);
            return;
        }

        switch (At(start))
        {
            case '{':
                Set(TokenKind.OpenBrace, start, 1);
                return;
            case '<' when !(At(start + 1) == '<' && IsMergeMarker(start)):
                Set(TokenKind.LessThan, start, 1);
                return;
            default:
                ScanJsxText(start);
                return;
        }
    }

    /// <summary>Cuts the current token, text between tags, and goes on from there in JavaScript.</summary>
    public void LeaveJsxText(int end)
    {
        var previous = end > Start ? end : PreviousEnd;
        var newLine = _text.AsSpan(Start, end - Start).ContainsAny(LineEnds) ? TokenFlags.NewLineBefore : TokenFlags.None;
        _position = end;
        Next();
        PreviousEnd = previous;
        Flags |= newLine;
    }

    /// <summary>Lets the current token, a word, go on over <c>-</c> and what follows: <c>data-id</c>.</summary>
    public void ExtendJsxName()
    {
        if (Following != '-')
        {
            return;
        }

        var end = End;
        while (end < _text.Length)
        {
            var length = 1;
            if (At(end) >= 128)
            {
                length = ReadCodePoint(end, out var codePoint);
                if (!IsNameCharacter(codePoint, isFirst: false))
                {
                    break;
                }
            }
            else if (At(end) != '-' && !PartsOfNames[At(end)])
            {
                break;
            }

            end += length;
        }

        Name =
            (Flags & TokenFlags.Escaped) != 0
                ? _names.Intern(string.Concat(_names.Text(Name), _text.AsSpan(End, end - End)))
                : _names.Intern(Start, end - Start);
        Set(TokenKind.Identifier, Start, end - Start);
    }

    /// <summary>Reads an attribute's value, behind <c>=</c>: a string may run over lines and has no escapes; anything else is read as usual.</summary>
    public void NextJsxValue()
    {
        var comments = _comments.Count;
        var diagnostics = _diagnostics.Count;
        var start = SkipTrivia(_position);
        var quote = Peek(start);
        if (quote is not ('"' or '\''))
        {
            _comments.RemoveRange(comments, _comments.Count - comments);
            _diagnostics.Truncate(diagnostics);
            Next();
            return;
        }

        PreviousEnd = End;
        Flags = TokenFlags.None;
        Name = 0;
        var length = _text.AsSpan(start + 1).IndexOf(quote);
        if (length >= 0)
        {
            Set(TokenKind.JsxString, start, length + 2);
            return;
        }

        // It would go on to the end of the file: keep what follows the line.
        length = _text.AsSpan(start).IndexOfAny(LineEnds);
        var end = length < 0 ? _text.Length : start + length;
        _diagnostics.UnterminatedJsxString(new(start, end));
        Set(TokenKind.JsxString, start, end - start);
    }

    /// <summary>Makes the current token one that is missing before it.</summary>
    public void Insert(TokenKind missing)
    {
        Set(missing, Start, 0);
        Name = 0;
    }

    private void ScanJsxText(int start)
    {
        var position = start;
        while (true)
        {
            var distance = _text.AsSpan(position).IndexOfAny(EndsOfJsxText);
            position = distance < 0 ? _text.Length : position + distance;
            if (Peek(position) is '<' or '>' && IsMergeMarker(position))
            {
                position = SkipMergeMarker(position);
                continue;
            }

            if (position >= _text.Length || At(position) is '{' or '<')
            {
                Set(TokenKind.JsxText, start, position - start);
                return;
            }

            _diagnostics.UnescapedInJsxText(new(position, position + 1), At(position));
            position++;
        }
    }

    // White space and comments.
    private int SkipTrivia(int position)
    {
        while (true)
        {
            switch (Peek(position))
            {
                case ' ' or '\t' or '\v' or '\f' or '\n' or '\r' or '\u2028' or '\u2029':
                    position++;
                    break;
                case '/' when Peek(position + 1) == '/':
                    position = SkipLineComment(position, CommentKind.Line);
                    break;
                case '/' when Peek(position + 1) == '*':
                    position = SkipBlockComment(position);
                    break;
                case >= '\u0080' and var other when UnicodeIdentifiers.IsWhiteSpace(other):
                    position++;
                    break;
                default:
                    return position;
            }
        }
    }
}
