using System.Globalization;

namespace Ecoscanner.JavaScript.Values;

/// <summary>A number as JavaScript writes it.</summary>
internal static class NumberText
{
    /// <summary>ECMA-262 6.1.6.1.20 (Number::toString), for base ten.</summary>
    public static string Of(double number)
    {
        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? "NaN"
                : number > 0 ? "Infinity"
                : "-Infinity";
        }

        if (number == 0)
        {
            return "0";
        }

        var text = Math.Abs(number).ToString("E16", CultureInfo.InvariantCulture);
        var shortest = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture);
        var digits = DigitsOf(shortest);
        var exponent = int.Parse(text.AsSpan(text.IndexOf('E', StringComparison.Ordinal) + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) + 1;
        return (number < 0 ? "-" : "") + Written(digits, exponent);
    }

    private static string DigitsOf(string shortest)
    {
        var mantissa = shortest.AsSpan(0, shortest.IndexOf('E', StringComparison.Ordinal) is >= 0 and var end ? end : shortest.Length);
        var digits = string.Concat(mantissa.ToString().Where(char.IsAsciiDigit)).TrimStart('0').TrimEnd('0');
        return digits.Length == 0 ? "0" : digits;
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
