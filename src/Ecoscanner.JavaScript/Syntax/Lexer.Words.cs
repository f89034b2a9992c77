using System.Text;
using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Syntax;

/// <remarks>Identifiers, words and private names (ECMA-262 12.7).</remarks>
internal partial struct Lexer
{
    // Which ASCII characters go on with an identifier.
    private static ReadOnlySpan<bool> PartsOfNames =>
        [
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            true,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            false,
            false,
            false,
            false,
            true,
            false,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            true,
            false,
            false,
            false,
            false,
            false,
        ];

    /// <summary>Whether an identifier goes on with that character; of a surrogate only its pair can tell.</summary>
    private static bool IsPart(char character) => character < 128 ? PartsOfNames[character] : UnicodeIdentifiers.IsPart(character);

    private void ScanIdentifier(int start)
    {
        var position = start + 1;
        char current;
        while ((current = At(position)) < 128 && PartsOfNames[current])
        {
            position++;
        }

        if (current == '\\' || current >= 128)
        {
            ScanUnusualIdentifier(start);
            return;
        }

        Name = _names.Intern(start, position - start);
        Kind = Name <= WellKnownNames.LastReserved ? WellKnownNames.KeywordOf(Name) : TokenKind.Identifier;
        Start = start;
        End = _position = position;
    }

    // With escapes, or characters beyond ASCII; or no identifier at all.
    private void ScanUnusualIdentifier(int start)
    {
        var end = ReadName(start, out var escaped);
        if (end == start)
        {
            var length = char.IsHighSurrogate(At(start)) && char.IsLowSurrogate(Peek(start + 1)) ? 2 : 1;
            Set(TokenKind.Invalid, start, length);
            _diagnostics.UnexpectedCharacter(new(start, start + length), At(start));
            return;
        }

        Set(TokenKind.Identifier, start, end - start);
        if (escaped is null)
        {
            // A keyword may stand right before a character beyond ASCII that ends it: a no-break space.
            Name = _names.Intern(start, end - start);
            Kind = Name <= WellKnownNames.LastReserved ? WellKnownNames.KeywordOf(Name) : TokenKind.Identifier;
            return;
        }

        Name = _names.Intern(escaped);
        Flags |= TokenFlags.Escaped;
        if (Name <= WellKnownNames.LastReserved)
        {
            Kind = TokenKind.EscapedKeyword;
        }
    }

    private void ScanPrivateIdentifier(int start)
    {
        var end = ReadName(start + 1, out var escaped);
        if (end == start + 1)
        {
            Set(TokenKind.Hash, start, 1);
            return;
        }

        Set(TokenKind.PrivateIdentifier, start, end - start);
        Name = escaped is null ? _names.Intern(start + 1, end - start - 1) : _names.Intern(escaped);
    }

    // The end of the name that starts there; the start where there is none. The text is null where it is just what is written.
    private readonly int ReadName(int start, out string? text)
    {
        StringBuilder? decoded = null;
        var position = start;
        var copied = start;
        while (position < _text.Length)
        {
            var current = At(position);
            if (current < 128 && current != '\\')
            {
                if (!PartsOfNames[current] || (position == start && char.IsAsciiDigit(current)))
                {
                    break;
                }

                position++;
                continue;
            }

            var isEscape = current == '\\';
            var length = isEscape ? ReadUnicodeEscape(position, out var codePoint) : ReadCodePoint(position, out codePoint);
            if (length == 0 || !IsNameCharacter(codePoint, position == start))
            {
                if (isEscape && length > 0)
                {
                    _diagnostics.InvalidIdentifierEscape(new(position, position + length));
                    position = position == start ? position : position + length;
                }
                else if (isEscape && position > start)
                {
                    _diagnostics.InvalidIdentifierEscape(new(position, position + 1));
                    position++;
                }

                break;
            }

            if (isEscape)
            {
                decoded ??= new();
                decoded.Append(_text, copied, position - copied).Append(new Rune(codePoint).ToString());
                copied = position + length;
            }

            position += length;
        }

        text = decoded?.Append(_text, copied, position - copied).ToString();
        return position;
    }

    private static bool IsNameCharacter(int codePoint, bool isFirst)
    {
        if (codePoint < 128)
        {
            return PartsOfNames[codePoint] && !(isFirst && char.IsAsciiDigit((char)codePoint));
        }

        return Rune.IsValid(codePoint) && (isFirst ? UnicodeIdentifiers.IsStart(codePoint) : UnicodeIdentifiers.IsPart(codePoint));
    }

    private readonly int ReadCodePoint(int position, out int codePoint)
    {
        var first = At(position);
        if (char.IsHighSurrogate(first) && char.IsLowSurrogate(Peek(position + 1)))
        {
            codePoint = char.ConvertToUtf32(first, At(position + 1));
            return 2;
        }

        codePoint = first;
        return 1;
    }

    // `\u0061` or `\u{61}`: its length, or 0 where it is none.
    private readonly int ReadUnicodeEscape(int position, out int codePoint)
    {
        codePoint = 0;
        if (Peek(position + 1) != 'u')
        {
            return 0;
        }

        var current = position + 2;
        if (Peek(current) != '{')
        {
            for (var digits = 0; digits < 4; digits++)
            {
                if (!char.IsAsciiHexDigit(Peek(current)))
                {
                    return 0;
                }

                codePoint = (codePoint << 4) | HexValue(At(current));
                current++;
            }

            return 6;
        }

        var first = ++current;
        while (char.IsAsciiHexDigit(Peek(current)))
        {
            codePoint = Math.Min((codePoint << 4) | HexValue(At(current)), 0x110000);
            current++;
        }

        return current > first && Peek(current) == '}' && codePoint <= 0x10FFFF ? current + 1 - position : 0;
    }

    private static int HexValue(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
