using System.Globalization;
using Ecoscanner.Findings;

namespace Ecoscanner.Probing;

/// <summary>Reads <c>Retry-After</c> (RFC 9110, 10.2.3).</summary>
internal static class RetryAfter
{
    /// <summary>The pause that an answer's headers ask for, or null.</summary>
    public static TimeSpan? Of(IReadOnlyList<HeaderField> headers, DateTimeOffset now)
    {
        foreach (var header in headers)
        {
            if (header.Name.Equals("Retry-After", StringComparison.OrdinalIgnoreCase))
            {
                return Parse(header.Value, now);
            }
        }

        return null;
    }

    /// <summary>The pause a host asks for, zero where its date is past; null where the value is neither seconds nor a date.</summary>
    public static TimeSpan? Parse(string value, DateTimeOffset now)
    {
        var text = value.Trim();
        if (text.Length > 0 && !text.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue;
        }

        return DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? (date > now ? date - now : TimeSpan.Zero)
            : null;
    }
}
