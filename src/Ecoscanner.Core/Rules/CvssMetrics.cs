using System.Collections.Immutable;

namespace Ecoscanner.Rules;

/// <summary>The metrics of a CVSS vector and their values, each by its first letter.</summary>
internal sealed class CvssMetrics(ImmutableArray<CvssMetric> metrics)
{
    /// <summary>The value of a metric that the vector does not name: not defined.</summary>
    public const char NotDefined = 'X';

    // The longest there is, with all metrics of 4.0, has less than 300 characters.
    private const int MaxLength = 400;

    private readonly char[] values = [.. metrics.Select(_ => NotDefined)];

    public char this[string name] => values[Position(name)];

    /// <summary>Reads <c>/AV:N/AC:L…</c> in any order.</summary>
    /// <returns>What is wrong with it; null where nothing is.</returns>
    public string? Read(ReadOnlySpan<char> text)
    {
        if (text.Length > MaxLength)
        {
            return $"the vector has more than {MaxLength} characters";
        }

        Span<bool> isSet = stackalloc bool[metrics.Length];
        text = text.TrimEnd('/');
        foreach (var range in text.IsEmpty ? default : text[1..].Split('/'))
        {
            var part = text[1..][range];
            var colon = part.IndexOf(':');
            var position = colon < 0 ? -1 : Position(part[..colon]);
            if (position < 0)
            {
                return $"'{part}' is no metric of this version";
            }

            if (isSet[position])
            {
                return $"{metrics[position].Name} stands twice";
            }

            var value = part[(colon + 1)..];
            if (!metrics[position].Allows(value))
            {
                return $"'{part}' has no value of this metric";
            }

            isSet[position] = true;
            values[position] = value[0];
        }

        for (var i = 0; i < metrics.Length; i++)
        {
            if (metrics[i].IsBase && !isSet[i])
            {
                return $"{metrics[i].Name} is missing";
            }
        }

        return null;
    }

    private int Position(ReadOnlySpan<char> name)
    {
        for (var i = 0; i < metrics.Length; i++)
        {
            if (name.SequenceEqual(metrics[i].Name))
            {
                return i;
            }
        }

        return -1;
    }
}

/// <summary>A metric and what it can be.</summary>
/// <param name="IsBase">True where each vector has to have it.</param>
internal sealed record CvssMetric(string Name, ImmutableArray<string> Values, bool IsBase)
{
    /// <summary>From <c>AV:N,A,L,P</c>, separated by spaces.</summary>
    public static IEnumerable<CvssMetric> All(string text, bool areBase) =>
        text.Split(' ').Select(metric => metric.Split(':')).Select(parts => new CvssMetric(parts[0], [.. parts[1].Split(',')], areBase));

    public bool Allows(ReadOnlySpan<char> value)
    {
        foreach (var allowed in Values)
        {
            if (value.SequenceEqual(allowed))
            {
                return true;
            }
        }

        return false;
    }
}
