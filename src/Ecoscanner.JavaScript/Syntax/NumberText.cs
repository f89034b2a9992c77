using System.Globalization;

namespace Ecoscanner.JavaScript.Syntax;

/// <summary>A number as JavaScript writes it: as a text, and as the key of a property.</summary>
internal static class NumberText
{
    // Whole numbers up to here are exact.
    private const double LargestWhole = 9_007_199_254_740_992;

    /// <summary>ECMA-262 6.1.6.1.20 (Number::toString), for base ten.</summary>
    public static string Of(double number)
    {
        // Most are indexes.
        if (Math.Abs(number) <= LargestWhole && number == Math.Truncate(number))
        {
            return ((long)number).ToString(CultureInfo.InvariantCulture);
        }

        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? "NaN"
                : number > 0 ? "Infinity"
                : "-Infinity";
        }

        // The shortest digits that mean it are the same in both languages; only where they are put differs.
        var shortest = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture);
        var mark = shortest.IndexOf('E', StringComparison.Ordinal);
        var (mantissa, power) = mark < 0 ? (shortest, 0) : (shortest[..mark], int.Parse(shortest[(mark + 1)..], CultureInfo.InvariantCulture));
        var whole = mantissa.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point ? point : mantissa.Length;
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        var zeros = digits.Length - digits.TrimStart('0').Length;
        return (number < 0 ? "-" : "") + Written(digits.Trim('0'), whole + power - zeros);
    }

    private static string Written(string digits, int exponent) =>
        exponent switch
        {
            > 0 and <= 21 when digits.Length <= exponent => digits + new string('0', exponent - digits.Length),
            > 0 and <= 21 => $"{digits[..exponent]}.{digits[exponent..]}",
            > -6 and <= 0 => $"0.{new string('0', -exponent)}{digits}",
            _ => $"{digits[0]}{(digits.Length > 1 ? "." : "")}{digits[1..]}e{(exponent > 0 ? "+" : "-")}{Math.Abs(exponent - 1)}",
        };
}
