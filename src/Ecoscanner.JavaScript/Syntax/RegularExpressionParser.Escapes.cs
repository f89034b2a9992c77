using System.Text;

namespace Ecoscanner.JavaScript.Syntax;

internal ref partial struct RegularExpressionParser
{
    private const string SyntaxCharacters = "^$\\.*+?()[]{}|/";
    private const int LastCodePoint = 0x10FFFF;

    /// <summary>An escape outside a class, with its quantifier; the position is at the backslash, as in all that follow.</summary>
    private bool AtomEscape()
    {
        switch (Escaped())
        {
            case 'b' or 'B':
                position += 2;
                return true;
            case >= '1' and <= '9' when isUnicode:
                NumberedReference();
                return Quantifier();
            case 'k' when hasNames:
                return NamedReference() && Quantifier();
        }

        return (CharacterClassEscape(out var isClass, out _) && (isClass || CharacterEscape(isInClass: false, out _))) && Quantifier();
    }

    /// <summary>Reads <c>\d</c> and its like, and <c>\p{…}</c>.</summary>
    /// <param name="isClass">Whether it is one; else nothing was read.</param>
    /// <param name="hasStrings">Whether it may match more than one character.</param>
    private bool CharacterClassEscape(out bool isClass, out bool hasStrings)
    {
        hasStrings = false;
        var escaped = Escaped();
        isClass = escaped is 'd' or 'D' or 's' or 'S' or 'w' or 'W' || (isUnicode && escaped is 'p' or 'P');
        if (escaped is 'p' or 'P' && isClass)
        {
            return Property(out hasStrings);
        }

        position += isClass ? 2 : 0;
        return true;
    }

    private bool Property(out bool hasStrings)
    {
        hasStrings = false;
        var start = position;
        var isNegated = pattern[position + 1] == 'P';
        position += 2;
        if (!At('{') || pattern[position..].IndexOf('}') is not (>= 0 and var length))
        {
            return Fail(start, $"\\{pattern[start + 1]} goes on with a Unicode property in braces: \\{pattern[start + 1]}{{Letter}}");
        }

        var text = pattern.Slice(position + 1, length - 1);
        position += length + 1;
        var equals = text.IndexOf('=');
        if (equals >= 0)
        {
            var name = text[..equals];
            var value = text[(equals + 1)..];
            return RegularExpressionProperties.HasValue(name, value)
                || Fail(
                    start,
                    RegularExpressionProperties.TakesValue(name)
                        ? $"the Unicode property {Quote(name)} has no value {Quote(value)}"
                        : "the Unicode properties with a value are General_Category, Script and Script_Extensions"
                );
        }

        if (RegularExpressionProperties.IsLone(text))
        {
            return true;
        }

        if (!RegularExpressionProperties.IsOfStrings(text))
        {
            return Fail(start, $"there is no Unicode property {Quote(text)}; upper and lower case matter");
        }

        hasStrings = true;
        return hasSets && !isNegated
            || Fail(
                start,
                hasSets ? $"a property of strings cannot be negated; write \\p{{{text}}}" : $"the property {text} matches strings and needs the flag v"
            );
    }

    /// <summary>Reads an escape that stands for one character.</summary>
    /// <param name="value">The character; a backslash for Annex B's <c>\c</c> without a letter, where only the backslash is read.</param>
    private bool CharacterEscape(bool isInClass, out int value)
    {
        var start = position;
        value = 0;
        if (start + 1 == pattern.Length)
        {
            return Fail(start, "a backslash is the last character; write \\\\ for the character");
        }

        var escaped = pattern[++position];
        switch (escaped)
        {
            case 'f' or 'n' or 'r' or 't' or 'v':
                position++;
                value = escaped switch
                {
                    'f' => '\f',
                    'n' => '\n',
                    'r' => '\r',
                    't' => '\t',
                    _ => '\v',
                };
                return true;
            case 'c':
                return ControlEscape(start, isInClass, out value);
            case >= '0' and <= '9':
                return DigitEscape(start, out value);
            case 'x':
                position++;
                if (Hexadecimal(2, out value))
                {
                    return true;
                }

                value = 'x';
                return !isUnicode || Fail(start, "\\x goes on with two hexadecimal digits: \\x41");
            case 'u':
                if (UnicodeEscape(isUnicode, out value))
                {
                    return true;
                }

                value = 'u';
                position = start + 2;
                return !isUnicode || Fail(start, "\\u goes on with four hexadecimal digits or a code point in braces: \\u0041, \\u{41}");
            case 'k' when hasNames && !isUnicode:
                return Fail(start, "in a pattern with named groups, \\k cannot stand for the letter; write k");
            default:
                hasLetterK |= escaped == 'k';
                value = Next();
                return !isUnicode
                    || SyntaxCharacters.Contains(escaped, StringComparison.Ordinal)
                    || (escaped == '-' && isInClass && !hasSets)
                    || Fail(start, "with the flag u or v, only characters of the syntax can be escaped; remove the backslash");
        }
    }

    private bool ControlEscape(int start, bool isInClass, out int value)
    {
        var letter = position + 1 < pattern.Length ? pattern[position + 1] : '\0';
        if (char.IsAsciiLetter(letter) || (isInClass && !isUnicode && (char.IsAsciiDigit(letter) || letter == '_')))
        {
            position += 2;
            value = letter % 32;
            return true;
        }

        value = '\\';
        return !isUnicode || Fail(start, "\\c goes on with a letter from a to z");
    }

    private bool DigitEscape(int start, out int value)
    {
        value = pattern[position++];
        if (isUnicode)
        {
            var isNull = value == '0' && !(position < pattern.Length && char.IsAsciiDigit(pattern[position]));
            value = 0;
            return isNull || Fail(start, "with the flag u or v, there are no octal escapes; write \\x00 with two hexadecimal digits");
        }

        // Annex B, LegacyOctalEscapeSequence: up to \377. A reference to a group is as valid, and so are \8 and \9.
        if (value < '8')
        {
            value -= '0';
            for (var digits = 1; digits < 3 && value < 32 && position < pattern.Length && pattern[position] is >= '0' and <= '7'; digits++)
            {
                value = value * 8 + pattern[position++] - '0';
            }
        }

        return true;
    }

    /// <summary>Reads from the u on.</summary>
    /// <param name="strict">Whether braces are allowed and surrogates are joined.</param>
    /// <param name="value">The code point, which may be a lone surrogate.</param>
    private bool UnicodeEscape(bool strict, out int value)
    {
        value = 0;
        if (!Take('u'))
        {
            return false;
        }

        if (!strict || !At('{'))
        {
            if (!Hexadecimal(4, out value))
            {
                return false;
            }

            var end = position;
            if (strict && char.IsHighSurrogate((char)value) && At("\\u"))
            {
                position += 2;
                if (Hexadecimal(4, out var low) && char.IsLowSurrogate((char)low))
                {
                    value = char.ConvertToUtf32((char)value, (char)low);
                    return true;
                }
            }

            position = end;
            return true;
        }

        var digits = ++position;
        for (; position < pattern.Length && char.IsAsciiHexDigit(pattern[position]) && value <= LastCodePoint; position++)
        {
            value = value * 16 + HexadecimalDigit(pattern[position]);
        }

        return position > digits && value <= LastCodePoint && Take('}');
    }

    private bool Hexadecimal(int length, out int value)
    {
        value = 0;
        for (var at = position; at < position + length; at++)
        {
            if (at >= pattern.Length || !char.IsAsciiHexDigit(pattern[at]))
            {
                return false;
            }

            value = value * 16 + HexadecimalDigit(pattern[at]);
        }

        position += length;
        return true;
    }

    private static int HexadecimalDigit(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private readonly char Escaped() => position + 1 < pattern.Length ? pattern[position + 1] : '\0';

    // Property names are words; whatever else stands there is not repeated to a person.
    private static string Quote(ReadOnlySpan<char> text) => text.Length <= 60 && Ascii.IsValid(text) ? $"\"{text}\"" : "of that name";
}
