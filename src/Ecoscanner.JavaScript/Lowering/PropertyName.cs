using System.Globalization;

namespace Ecoscanner.JavaScript.Lowering;

/// <summary>The names that numbers have as keys of properties (ECMA-262 6.1.6.1.20).</summary>
internal static class PropertyName
{
    // Whole numbers below are exact.
    private const double LargestWhole = 9_007_199_254_740_992;

    // Larger and smaller ones are written with an exponent.
    private const int MostDigits = 21;
    private const int MostZeros = 6;

    public static string Of(double number)
    {
        if (Math.Abs(number) <= LargestWhole && number == Math.Truncate(number))
        {
            return ((long)number).ToString(CultureInfo.InvariantCulture);
        }

        return double.IsNaN(number) ? "NaN"
            : number < 0 ? $"-{OfPositive(-number)}"
            : OfPositive(number);
    }

    private static string OfPositive(double number)
    {
        if (double.IsInfinity(number))
        {
            return "Infinity";
        }

        var (digits, point) = Parts(number);
        if (digits.Length <= point && point <= MostDigits)
        {
            return digits.PadRight(point, '0');
        }

        if (point is > 0 and <= MostDigits)
        {
            return $"{digits[..point]}.{digits[point..]}";
        }

        if (point is > -MostZeros and <= 0)
        {
            return $"0.{new string('0', -point)}{digits}";
        }

        var exponent = point - 1;
        return $"{digits[..1]}{(digits.Length > 1 ? "." : "")}{digits[1..]}e{(exponent < 0 ? "" : "+")}{exponent}";
    }

    // The shortest digits that mean the number, and before which of them the point stands.
    private static (string Digits, int Point) Parts(double number)
    {
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        var at = text.IndexOf('E', StringComparison.Ordinal);
        var exponent = at < 0 ? 0 : int.Parse(text.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = at < 0 ? text : text[..at];
        var dot = mantissa.IndexOf('.', StringComparison.Ordinal);
        var all = mantissa.Replace(".", "", StringComparison.Ordinal);
        var digits = all.TrimStart('0');
        return (digits.TrimEnd('0'), (dot < 0 ? mantissa.Length : dot) - (all.Length - digits.Length) + exponent);
    }
}
