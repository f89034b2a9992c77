using System.Text.Json;
using Ecoscanner.Findings;

namespace Ecoscanner.Reports;

/// <summary>The words that reports use for verdicts, severities and the like.</summary>
public static class Words
{
    private const int SnapshotDigits = 12;

    /// <summary>A value as all machine formats write it: <c>not-applicable</c>, <c>high</c>.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>The value of a word; null where no value has it.</summary>
    public static T? Value<T>(string word)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (Of(value).Equals(word, StringComparison.Ordinal))
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>A sign to stand beside the verdict's word, never instead of it.</summary>
    public static string Symbol(Verdict verdict) =>
        verdict switch
        {
            Verdict.Pass => "✓",
            Verdict.Fail => "✗",
            Verdict.Inconclusive => "?",
            Verdict.NotApplicable => "–",
            Verdict.Exempt => "○",
            _ => throw new ArgumentOutOfRangeException(nameof(verdict)),
        };

    /// <summary>"1 finding", "2 findings".</summary>
    public static string Count(int number, string one, string? many = null) => $"{number:N0} {(number == 1 ? one : many ?? one + "s")}";

    /// <summary>A score with its one decimal, as CVSS writes it.</summary>
    public static string Score(double cvss) => cvss.ToString("0.0");

    /// <summary>The score that a rule was judged by at some places: its own, or the worst that they have.</summary>
    public static double Worst(IEnumerable<Finding> findings) => findings.Max(finding => finding.Cvss);

    /// <summary>"2 s", "3 min 20 s".</summary>
    public static string Duration(TimeSpan time) =>
        time.TotalMinutes < 1 ? $"{Math.Max(0, time.TotalSeconds):0.#} s" : $"{(int)time.TotalMinutes} min {time.Seconds} s";

    /// <summary>"812 B", "3.4 kB", "12 MB".</summary>
    public static string Bytes(long bytes) =>
        bytes switch
        {
            < 1_000 => $"{bytes} B",
            < 1_000_000 => $"{bytes / 1e3:0.#} kB",
            _ => $"{bytes / 1e6:0.#} MB",
        };

    /// <summary>The first digits of a snapshot of advisories, as people compare them.</summary>
    public static string Snapshot(string snapshot) => snapshot.Length > SnapshotDigits ? snapshot[..SnapshotDigits] : snapshot;

    /// <summary>A moment in UTC, to the minute.</summary>
    public static string Moment(DateTimeOffset time) => $"{time.UtcDateTime:yyyy-MM-dd HH:mm} UTC";
}
