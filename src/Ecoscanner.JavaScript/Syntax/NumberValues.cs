using System.Globalization;
using System.Numerics;

namespace Ecoscanner.JavaScript.Syntax;

/// <summary>What numeric literals stand for (ECMA-262 12.9.3 and B.1.1).</summary>
internal static class NumberValues
{
    private const NumberStyles Decimal = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>The value of a number as written, rounded to the nearest; not a number where it is none, after an error.</summary>
    public static double Of(ReadOnlySpan<char> literal)
    {
        var text = WithoutSeparators(literal);
        if (text.Length > 1 && text[0] == '0')
        {
            var radix = RadixOf(text[1]);
            if (radix != 0)
            {
                return PowerOfTwoRadix(text[2..], radix);
            }

            // `017` is octal; `089`, `08.5` and `0.5` are not.
            if (char.IsAsciiDigit(text[1]) && !text.ContainsAnyExceptInRange('0', '7'))
            {
                return PowerOfTwoRadix(text[1..], 8);
            }
        }

        return double.TryParse(text, Decimal, CultureInfo.InvariantCulture, out var value) ? value : double.NaN;
    }

    /// <summary>The digits of a big integer in base ten.</summary>
    /// <param name="literal">As written, with its <c>n</c>.</param>
    public static string OfBigInt(ReadOnlySpan<char> literal)
    {
        var text = WithoutSeparators(literal.TrimEnd('n'));
        var radix = text.Length > 1 && text[0] == '0' ? RadixOf(text[1]) : 0;
        return radix switch
        {
            0 => text.ToString(),
            16 => Parse(text[2..], NumberStyles.AllowHexSpecifier),
            2 => Parse(text[2..], NumberStyles.AllowBinarySpecifier),
            _ => Parse(OctalToBinary(text[2..]), NumberStyles.AllowBinarySpecifier),
        };
    }

    private static int RadixOf(char mark) =>
        (mark | 0x20) switch
        {
            'x' => 16,
            'o' => 8,
            'b' => 2,
            _ => 0,
        };

    private static ReadOnlySpan<char> WithoutSeparators(ReadOnlySpan<char> text) =>
        text.Contains('_') ? text.ToString().Replace("_", "", StringComparison.Ordinal) : text;

    // Keeps the first 64 bits and whether any of the others is set, which is all that rounding needs.
    private static double PowerOfTwoRadix(ReadOnlySpan<char> digits, int radix)
    {
        var bitsOfDigit = BitOperations.Log2((uint)radix);
        var mantissa = 0ul;
        var exponent = 0;
        foreach (var character in digits)
        {
            var digit =
                !char.IsAsciiHexDigit(character) ? radix
                : character <= '9' ? character - '0'
                : (character | 0x20) - 'a' + 10;
            if (digit >= radix)
            {
                return double.NaN;
            }

            for (var bit = bitsOfDigit - 1; bit >= 0; bit--)
            {
                var isSet = ((digit >> bit) & 1) != 0 ? 1ul : 0;
                if (mantissa >> 63 == 0)
                {
                    mantissa = (mantissa << 1) | isSet;
                }
                else
                {
                    mantissa |= isSet;
                    exponent++;
                }
            }
        }

        return digits.Length == 0 ? double.NaN : Math.ScaleB(mantissa, exponent);
    }

    // A zero in front, or the first digit would be taken for a sign.
    private static string Parse(ReadOnlySpan<char> digits, NumberStyles style) =>
        BigInteger.TryParse($"0{digits}", style, CultureInfo.InvariantCulture, out var value) ? value.ToString(CultureInfo.InvariantCulture) : "0";

    private static string OctalToBinary(ReadOnlySpan<char> digits)
    {
        var bits = new char[digits.Length * 3];
        for (var index = 0; index < digits.Length; index++)
        {
            for (var bit = 0; bit < 3; bit++)
            {
                bits[(index * 3) + bit] = ((digits[index] >> (2 - bit)) & 1) != 0 ? '1' : '0';
            }
        }

        return new(bits);
    }
}
