using System.Globalization;

namespace Ecoscanner.JavaScript.Lowering;

/// <summary>The names that numbers have as keys of properties (ECMA-262 6.1.6.1.20).</summary>
internal static class PropertyName
{
    // Beyond 2^53, and beyond 21 digits, they are written otherwise.
    private const double LargestPlain = 9_007_199_254_740_992;
    private const double FirstExponent = 1e21;
    private const double LastExponent = 1e-6;

    public static string Of(double number)
    {
        if (Math.Abs(number) <= LargestPlain && number == Math.Truncate(number))
        {
            return ((long)number).ToString(CultureInfo.InvariantCulture);
        }

        if (!double.IsFinite(number))
        {
            return double.IsNaN(number) ? "NaN"
                : number > 0 ? "Infinity"
                : "-Infinity";
        }

        var digits = number.ToString("E16", CultureInfo.InvariantCulture);
        var shortest = number.ToString("R", CultureInfo.InvariantCulture);
        var size = Math.Abs(number);
        if (size is >= LastExponent and < FirstExponent)
        {
            return shortest.Contains('E', StringComparison.Ordinal) ? ((decimal)number).ToString(CultureInfo.InvariantCulture) : shortest;
        }

        // 1E-07 is 1e-7.
        var at = shortest.IndexOf('E', StringComparison.Ordinal);
        if (at < 0)
        {
            return digits;
        }

        var exponent = int.Parse(shortest.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return $"{shortest.AsSpan(0, at)}e{(exponent < 0 ? "" : "+")}{exponent}";
    }
}
