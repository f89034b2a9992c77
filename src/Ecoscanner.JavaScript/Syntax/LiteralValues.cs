using System.Buffers;

namespace Ecoscanner.JavaScript.Syntax;

/// <summary>What strings, templates and JSX's texts stand for (ECMA-262 12.9.4 and 12.9.6). What is no valid escape, after an error, stands for itself.</summary>
internal static class LiteralValues
{
    // Enough for most strings; longer ones borrow.
    private const int StackLength = 256;

    private const int HighestCodePoint = 0x10FFFF;

    /// <summary>The value of a string.</summary>
    /// <param name="text">What stands between its quotes.</param>
    public static string Unescape(ReadOnlySpan<char> text) => text.Contains('\\') ? Decode(text, isTemplate: false)! : text.ToString();

    /// <summary>The value of a template's part, or null where an escape is not valid.</summary>
    /// <param name="text">What stands between its delimiters.</param>
    public static string? Cook(ReadOnlySpan<char> text) => text.ContainsAny('\\', '\r') ? Decode(text, isTemplate: true) : text.ToString();

    /// <summary>A template's part as a tag function sees it written: each line ends with a line feed.</summary>
    public static string Raw(ReadOnlySpan<char> text) =>
        text.Contains('\r') ? text.ToString().Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n') : text.ToString();

    /// <summary>Whether the string has an escape that strict code does not allow: an old octal one, <c>\8</c> or <c>\9</c>.</summary>
    /// <param name="literal">With its quotes.</param>
    public static bool HasLegacyOctal(ReadOnlySpan<char> literal)
    {
        while (literal.IndexOf('\\') is >= 0 and var at && at + 1 < literal.Length)
        {
            var next = literal[at + 1];
            var isNull = next == '0' && (at + 2 >= literal.Length || !char.IsAsciiDigit(literal[at + 2]));
            if (char.IsAsciiDigit(next) && !isNull)
            {
                return true;
            }

            literal = literal[(at + 2)..];
        }

        return false;
    }

    /// <summary>Whether the value of the string has half a surrogate pair.</summary>
    /// <param name="literal">With its quotes.</param>
    public static bool HasLoneSurrogate(ReadOnlySpan<char> literal)
    {
        var value = literal.Contains('\\') ? Unescape(literal) : literal;
        while (value.IndexOfAnyInRange('\uD800', '\uDFFF') is >= 0 and var at)
        {
            if (at + 1 >= value.Length || !char.IsSurrogatePair(value[at], value[at + 1]))
            {
                return true;
            }

            value = value[(at + 2)..];
        }

        return false;
    }

    /// <summary>JSX's text, or the string of an attribute between its quotes, with the characters that its entities stand for.</summary>
    public static string DecodeEntities(ReadOnlySpan<char> text)
    {
        if (!text.Contains('&'))
        {
            return text.ToString();
        }

        var buffer = ArrayPool<char>.Shared.Rent(text.Length);
        var length = 0;
        while (text.Length > 0)
        {
            var plain = text.IndexOf('&') is >= 0 and var at ? at : text.Length;
            text[..plain].CopyTo(buffer.AsSpan(length));
            length += plain;
            text = text[plain..];
            if (text.Length == 0)
            {
                break;
            }

            if (ReadEntity(text, out var codePoint) is > 0 and var read)
            {
                length += Put(codePoint, buffer.AsSpan(length));
                text = text[read..];
            }
            else
            {
                buffer[length++] = '&';
                text = text[1..];
            }
        }

        var value = new string(buffer, 0, length);
        ArrayPool<char>.Shared.Return(buffer);
        return value;
    }

    // No value is longer than its text.
    private static string? Decode(ReadOnlySpan<char> text, bool isTemplate)
    {
        var rented = text.Length > StackLength ? ArrayPool<char>.Shared.Rent(text.Length) : null;
        var buffer = rented ?? stackalloc char[StackLength];
        var length = Decode(text, buffer, isTemplate);
        var value = length < 0 ? null : buffer[..length].ToString();
        if (rented is not null)
        {
            ArrayPool<char>.Shared.Return(rented);
        }

        return value;
    }

    // The length of the value; -1 where a template has an escape that is not valid.
    private static int Decode(ReadOnlySpan<char> text, Span<char> value, bool isTemplate)
    {
        var length = 0;
        var at = 0;
        while (at < text.Length)
        {
            var current = text[at];
            if (current == '\\' && at + 1 < text.Length)
            {
                if (isTemplate && !IsValidInTemplate(text[at..]))
                {
                    return -1;
                }

                at += ReadEscape(text[at..], out var codePoint);
                if (codePoint >= 0)
                {
                    length += Put(codePoint, value[length..]);
                }
            }
            else if (current == '\r' && isTemplate)
            {
                at += LineEndLength(text[at..]);
                value[length++] = '\n';
            }
            else
            {
                at++;
                value[length++] = current;
            }
        }

        return length;
    }

    private static bool IsValidInTemplate(ReadOnlySpan<char> escape) =>
        escape[1] switch
        {
            '0' => escape.Length == 2 || !char.IsAsciiDigit(escape[2]),
            >= '1' and <= '9' => false,
            'x' => ReadHexadecimal(escape[2..], 2, 2, out _) > 0,
            'u' => ReadCodePoint(escape[2..], out _) > 0,
            _ => true,
        };

    // The length of the escape, a backslash and more, and what it stands for: -1 is nothing.
    private static int ReadEscape(ReadOnlySpan<char> escape, out int codePoint)
    {
        codePoint = escape[1];
        switch (escape[1])
        {
            case 'b':
                codePoint = '\b';
                break;
            case 'f':
                codePoint = '\f';
                break;
            case 'n':
                codePoint = '\n';
                break;
            case 'r':
                codePoint = '\r';
                break;
            case 't':
                codePoint = '\t';
                break;
            case 'v':
                codePoint = '\v';
                break;
            case '\r' or '\n' or '\u2028' or '\u2029':
                codePoint = -1;
                return 1 + LineEndLength(escape[1..]);
            case >= '0' and <= '7':
                return 1 + ReadOctal(escape[1..], out codePoint);
            case 'x' when ReadHexadecimal(escape[2..], 2, 2, out var value) is > 0 and var length:
                codePoint = value;
                return 2 + length;
            case 'u' when ReadCodePoint(escape[2..], out var value) is > 0 and var length:
                codePoint = value;
                return 2 + length;
            default:
                break;
        }

        return 2;
    }

    private static int LineEndLength(ReadOnlySpan<char> text) => text is ['\r', '\n', ..] ? 2 : 1;

    // Up to three digits, to 0o377 (ECMA-262 B.1.2); \0 is one of them.
    private static int ReadOctal(ReadOnlySpan<char> text, out int value)
    {
        var limit = text[0] <= '3' ? 3 : 2;
        var length = 0;
        value = 0;
        while (length < limit && length < text.Length && text[length] is >= '0' and <= '7')
        {
            value = (value * 8) + (text[length++] - '0');
        }

        return length;
    }

    // Behind `\u`: four digits, or some in braces.
    private static int ReadCodePoint(ReadOnlySpan<char> text, out int value)
    {
        if (text is not ['{', ..])
        {
            return ReadHexadecimal(text, 4, 4, out value);
        }

        var length = ReadHexadecimal(text[1..], 1, int.MaxValue, out value);
        return length > 0 && length + 1 < text.Length && text[length + 1] == '}' && value <= HighestCodePoint ? length + 2 : 0;
    }

    // The number of digits, or 0 where there are too few. A value beyond Unicode stays beyond it.
    private static int ReadHexadecimal(ReadOnlySpan<char> text, int fewest, int most, out int value)
    {
        value = 0;
        var length = 0;
        while (length < text.Length && length < most && char.IsAsciiHexDigit(text[length]))
        {
            value = Math.Min((value * 16) + HexadecimalDigit(text[length++]), HighestCodePoint + 1);
        }

        return length >= fewest ? length : 0;
    }

    private static int HexadecimalDigit(char digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private static int Put(int codePoint, Span<char> buffer)
    {
        if (codePoint > char.MaxValue)
        {
            buffer[0] = (char)(0xD800 + ((codePoint - 0x10000) >> 10));
            buffer[1] = (char)(0xDC00 + ((codePoint - 0x10000) & 0x3FF));
            return 2;
        }

        buffer[0] = (char)codePoint;
        return 1;
    }

    // The length of the entity that begins there, or 0 where none does.
    private static int ReadEntity(ReadOnlySpan<char> text, out int codePoint)
    {
        // The longest name is thetasym; numbers may have zeros in front.
        const int Longest = 32;
        codePoint = 0;
        var end = text[..Math.Min(text.Length, Longest)].IndexOf(';');
        if (end < 2)
        {
            return 0;
        }

        var name = text[1..end];
        if (name[0] != '#')
        {
            var isKnown = JsxEntities.TryFind(name, out var character);
            codePoint = character;
            return isKnown ? end + 1 : 0;
        }

        var isHexadecimal = name is ['#', 'x', ..];
        var digits = name[(isHexadecimal ? 2 : 1)..];
        var length = isHexadecimal ? ReadHexadecimal(digits, 1, int.MaxValue, out codePoint) : ReadDecimal(digits, out codePoint);
        return length > 0 && length == digits.Length && codePoint <= HighestCodePoint ? end + 1 : 0;
    }

    private static int ReadDecimal(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        var length = 0;
        while (length < text.Length && char.IsAsciiDigit(text[length]))
        {
            value = Math.Min((value * 10) + (text[length++] - '0'), HighestCodePoint + 1);
        }

        return length;
    }
}
