using System.Globalization;

namespace Ecoscanner.Cli.Configuration;

/// <summary>Times as people write them: <c>500ms</c>, <c>30s</c>, <c>2m</c>, <c>1h</c>; a bare number is seconds.</summary>
internal static class Durations
{
    // Far above every limit, far below what TimeSpan can hold.
    private const double MostSeconds = 1e9;

    /// <summary>The time, or null where the text is none.</summary>
    public static TimeSpan? Parse(string text)
    {
        var (digits, unit) = text switch
        {
            _ when text.EndsWith("ms", StringComparison.Ordinal) => (text[..^2], 0.001),
            _ when text.EndsWith('s') => (text[..^1], 1.0),
            _ when text.EndsWith('m') => (text[..^1], 60.0),
            _ when text.EndsWith('h') => (text[..^1], 3600.0),
            _ => (text, 1.0),
        };
        return double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number * unit <= MostSeconds
            ? TimeSpan.FromSeconds(number * unit)
            : null;
    }
}
