using System.Buffers;

namespace Ecoscanner.JavaScript.Syntax;

/// <remarks>Numbers, strings, templates and regular expressions (ECMA-262 12.9). Values are worked out when someone asks a node for them.</remarks>
internal partial struct Lexer
{
    private static readonly SearchValues<char> EndsOfDouble = SearchValues.Create("\"\\\n\r");
    private static readonly SearchValues<char> EndsOfSingle = SearchValues.Create("'\\\n\r");
    private static readonly SearchValues<char> EndsOfTemplate = SearchValues.Create("`$\\");

    /// <summary>Reads the current token, a slash, as the start of a regular expression.</summary>
    public void RescanRegularExpression()
    {
        var start = Start;
        var position = start + 1;
        var inClass = false;
        while (true)
        {
            var current = Peek(position);
            if (current is '\n' or '\r' or '\u2028' or '\u2029' || position >= _text.Length)
            {
                _diagnostics.UnterminatedRegularExpression(new(start, position));
                Set(TokenKind.RegularExpression, start, position - start);
                return;
            }

            if (current == '\\' && position + 1 < _text.Length && !LineEnds.Contains(At(position + 1)))
            {
                position++;
            }
            else if (current == '[')
            {
                inClass = true;
            }
            else if (current == ']')
            {
                inClass = false;
            }
            else if (current == '/' && !inClass)
            {
                break;
            }

            position++;
        }

        var flags = position + 1;
        var end = ReadName(flags - 1 + 1, out var escaped);
        while (end < _text.Length && IsPart(At(end)))
        {
            end++;
        }

        Set(TokenKind.RegularExpression, start, end - start);
        if (escaped is not null)
        {
            _diagnostics.EscapedRegularExpressionFlags(new(flags, end));
            return;
        }

        if (RegularExpressionSyntax.Check(_text.AsSpan(start + 1, flags - start - 2), _text.AsSpan(flags, end - flags)) is { } error)
        {
            var at = error.IsInFlags ? flags + error.Offset : start + 1 + error.Offset;
            _diagnostics.InvalidRegularExpression(new(Math.Min(at, end), Math.Min(at + 1, end)), error.Message);
        }
    }

    /// <summary>Reads the current token, a closing brace, as the end of a template's substitution.</summary>
    public void RescanTemplateContinuation()
    {
        Flags &= TokenFlags.NewLineBefore;
        ScanTemplate(Start, TokenKind.TemplateTail, TokenKind.TemplateMiddle);
    }

    private void ScanTemplate(int start, TokenKind whole, TokenKind part)
    {
        var position = start + 1;
        while (true)
        {
            var distance = position >= _lastTemplateEnd ? -1 : _text.AsSpan(position).IndexOfAny(EndsOfTemplate);
            if (distance < 0)
            {
                // It would go on to the end of the file: keep what follows the line.
                _lastTemplateEnd = Math.Min(_lastTemplateEnd, position);
                var lineEnd = _text.AsSpan(start).IndexOfAny(LineEnds);
                var end = lineEnd < 0 ? _text.Length : start + lineEnd;
                _diagnostics.UnterminatedTemplate(new(start, end));
                Set(whole, start, end - start);
                return;
            }

            position += distance;
            switch (At(position))
            {
                case '`':
                    Set(whole, start, position + 1 - start);
                    return;
                case '$' when At(position + 1) == '{':
                    Set(part, start, position + 2 - start);
                    return;
                case '$':
                    position++;
                    break;
                default:
                    Flags |= TokenFlags.Escaped;
                    position = SkipEscape(position, isTemplate: true);
                    break;
            }
        }
    }

    private void ScanString(int start, char quote)
    {
        var ends = quote == '"' ? EndsOfDouble : EndsOfSingle;
        var position = start + 1;
        while (true)
        {
            // Most strings are short: look at a few characters before calling for vectors.
            var near = Math.Min(position + 16, _text.Length);
            while (position < near && At(position) is var character && character != quote && character is not ('\\' or '\n' or '\r'))
            {
                position++;
            }

            if (position == near)
            {
                var distance = _text.AsSpan(position).IndexOfAny(ends);
                position = distance < 0 ? _text.Length : position + distance;
            }

            var current = At(position);
            if (current == quote && position < _text.Length)
            {
                Set(TokenKind.String, start, position + 1 - start);
                return;
            }

            if (current != '\\' || position >= _text.Length)
            {
                _diagnostics.UnterminatedString(new(start, position));
                Set(TokenKind.String, start, position - start);
                return;
            }

            Flags |= TokenFlags.Escaped;
            position = SkipEscape(position, isTemplate: false);
        }
    }

    // The place after the escape that starts there.
    private int SkipEscape(int position, bool isTemplate)
    {
        switch (Peek(position + 1))
        {
            case 'x':
                if (char.IsAsciiHexDigit(Peek(position + 2)) && char.IsAsciiHexDigit(Peek(position + 3)))
                {
                    return position + 4;
                }

                BadEscape(position, 2, isTemplate);
                return position + 2;
            case 'u':
                if (ReadUnicodeEscape(position, out _) is > 0 and var length)
                {
                    return position + length;
                }

                BadEscape(position, 2, isTemplate);
                return position + 2;
            case '0' when !char.IsAsciiDigit(Peek(position + 2)):
                return position + 2;
            case >= '0' and <= '9':
                if (isTemplate)
                {
                    BadEscape(position, 2, isTemplate);
                }
                else
                {
                    Flags |= TokenFlags.LegacyOctal;
                }

                return position + 2;
            case '\r' when Peek(position + 2) == '\n':
                return position + 3;
            case '\0' when position + 1 >= _text.Length:
                return position + 1;
            default:
                return position + 2;
        }
    }

    // In a template it is wrong only where there is no tag, which the parser knows.
    private void BadEscape(int position, int length, bool isTemplate)
    {
        if (isTemplate)
        {
            Flags |= TokenFlags.InvalidEscape;
            return;
        }

        _diagnostics.InvalidEscape(new(position, Math.Min(position + length, _text.Length)));
    }

    private void ScanNumber(int start)
    {
        var kind = TokenKind.Number;
        var position = start;
        if (At(start) == '0' && Peek(start + 1) is 'x' or 'X' or 'o' or 'O' or 'b' or 'B' && At(start) == '0')
        {
            var radix = (At(start + 1) | 0x20) switch
            {
                'x' => 16,
                'o' => 8,
                _ => 2,
            };
            position = ScanDigits(start + 2, radix, allowSeparators: true);
            if (position == start + 2)
            {
                _diagnostics.DigitExpected(new(start, position));
            }

            position = ScanBigIntSuffix(position, ref kind);
        }
        else if (At(start) == '0' && char.IsAsciiDigit(Peek(start + 1)))
        {
            position = ScanLegacyNumber(start);
        }
        else
        {
            position = At(start) == '.' ? start : ScanDigits(start, 10, allowSeparators: true);
            if (At(start) == '0' && position > start + 1)
            {
                // `0_1`: a separator after a leading zero.
                _diagnostics.InvalidSeparator(new(start, position));
            }

            var afterInteger = position;
            position = ScanFraction(position, isLegacy: false);
            if (position == afterInteger)
            {
                position = ScanBigIntSuffix(position, ref kind);
            }
        }

        if (char.IsAsciiDigit(Peek(position)) || (position < _text.Length && StartsName(position)))
        {
            var end = position;
            while (IsPart(Peek(end)))
            {
                end++;
            }

            _diagnostics.NumberFollowedByName(new(position, Math.Max(end, position + 1)));
            position = end;
        }

        Set(kind, start, position - start);
    }

    private readonly bool StartsName(int position)
    {
        var current = At(position);
        return current < 128 ? PartsOfNames[current] || current == '\\' : IsNameCharacter(ReadCodePoint(position, out var codePoint) > 0 ? codePoint : 0, true);
    }

    // `017` or `089`, which may go on as a decimal.
    private int ScanLegacyNumber(int start)
    {
        Flags |= TokenFlags.LegacyOctal;
        var position = start + 1;
        var isDecimal = false;
        while (char.IsAsciiDigit(Peek(position)) || Peek(position) == '_')
        {
            if (At(position) == '_')
            {
                _diagnostics.InvalidSeparator(new(position, position + 1));
            }

            isDecimal |= At(position) is '8' or '9';
            position++;
        }

        return isDecimal ? ScanFraction(position, isLegacy: true) : position;
    }

    private int ScanFraction(int position, bool isLegacy)
    {
        if (Peek(position) == '.')
        {
            position++;
            if (Peek(position) == '_')
            {
                _diagnostics.InvalidSeparator(new(position, position + 1));
            }

            position = ScanDigits(position, 10, !isLegacy);
        }

        if (Peek(position) is 'e' or 'E')
        {
            var digits = Peek(position + 1) is '+' or '-' ? position + 2 : position + 1;
            position = ScanDigits(digits, 10, !isLegacy);
            if (position == digits)
            {
                _diagnostics.DigitExpected(new(digits - 1, digits));
            }
        }

        return position;
    }

    private readonly int ScanBigIntSuffix(int position, ref TokenKind kind)
    {
        if (Peek(position) != 'n')
        {
            return position;
        }

        kind = TokenKind.BigInt;
        return position + 1;
    }

    private readonly int ScanDigits(int start, int radix, bool allowSeparators)
    {
        var position = start;
        while (true)
        {
            var current = Peek(position);
            if (current == '_')
            {
                var isBetweenDigits = position > start && At(position - 1) != '_' && IsDigit(Peek(position + 1), radix);
                if (!isBetweenDigits || !allowSeparators)
                {
                    _diagnostics.InvalidSeparator(new(position, position + 1));
                }
            }
            else if (!IsDigit(current, radix))
            {
                return position;
            }

            position++;
        }
    }

    private static bool IsDigit(char character, int radix) => radix == 16 ? char.IsAsciiHexDigit(character) : character >= '0' && character < '0' + radix;
}
