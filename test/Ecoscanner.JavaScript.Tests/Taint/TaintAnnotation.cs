using System.Globalization;
using System.Text.RegularExpressions;

namespace Ecoscanner.JavaScript.Tests.Taint;

/// <summary>What a case says of the sink in one of its lines.</summary>
/// <param name="Line">The line of the sink.</param>
/// <param name="Case">The case that it stands in; null in a file that a case uses.</param>
/// <param name="Rule">What the sink is a matter of.</param>
/// <param name="IsFinding">Whether it is flawed, and not safe.</param>
/// <param name="IsMay">Whether a bounded analysis can only say that it may be.</param>
/// <param name="Reason">Why it is safe, one of <see cref="Reasons"/>; null of a finding.</param>
/// <param name="Message">What the message of the finding contains, with the numbers of lines written out.</param>
/// <param name="Column">The column, from 1, of the part of the sink that is shown.</param>
/// <param name="Length">The length of that part.</param>
internal sealed partial record TaintAnnotation(
    int Line,
    string? Case,
    TaintRule Rule,
    bool IsFinding,
    bool IsMay,
    string? Reason,
    string? Message,
    int? Column,
    int Length
)
{
    public const string Sanitized = "sanitized";
    public const string Guarded = "guarded";
    public const string Unreachable = "unreachable";

    public static readonly string[] Reasons = ["constant", Sanitized, Guarded, "other-member", "overwritten", Unreachable, "no-flow", "other-context"];

    /// <summary>The lines that the message names.</summary>
    public IEnumerable<int> LinesOfMessage => Lines().Matches(Message ?? "").Select(match => int.Parse(match.ValueSpan, CultureInfo.InvariantCulture));

    /// <summary>Reads the annotation of a line; null where there is none.</summary>
    /// <exception cref="FormatException">The line calls a sink and says nothing of it, or says what is not understood.</exception>
    public static TaintAnnotation? Read(string text, string next, int line, string? @case)
    {
        var sink = Sinks().Match(text);
        var match = Annotations().Match(text);
        if (!match.Success)
        {
            return sink.Success || text.Contains("// finding", StringComparison.Ordinal) || text.Contains("// safe", StringComparison.Ordinal)
                ? throw new FormatException($"line {line} is not annotated as it should be: {text.Trim()}")
                : null;
        }

        var reason = match.Groups["reason"] is { Success: true } given ? given.Value : null;
        var rule = sink.Value == "sensitive(" ? TaintRule.Unguarded : TaintRule.Taint;
        if (!sink.Success || (reason is null ? match.Groups["rule"].Value != NameOf(rule) : !Reasons.Contains(reason)))
        {
            throw new FormatException($"line {line} has an annotation that does not fit: {text.Trim()}");
        }

        var message = match.Groups["message"] is { Success: true } fragment ? WithLines(fragment.Value, line) : null;
        var caret = Carets().Match(next).Groups["carets"];
        return new(line, @case, rule, reason is null, match.Groups["may"].Success, reason, message, caret.Success ? caret.Index + 1 : null, caret.Length);
    }

    private static string NameOf(TaintRule rule) => rule == TaintRule.Taint ? "taint" : "unguarded";

    private static string WithLines(string message, int line) =>
        RelativeLines()
            .Replace(message, match => (line + int.Parse(match.ValueSpan[1..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)).ToString());

    [GeneratedRegex(@"(?<![\w.])(sink|sensitive)\(", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sinks();

    [GeneratedRegex(
        @"// (finding: (?<rule>taint|unguarded)(?<may> may)?( \{\{(?<message>[^}]+)\}\})?|safe: (?<reason>[a-z-]+))$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Annotations();

    [GeneratedRegex(@"^\s*// *(?<carets>\^+)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Carets();

    [GeneratedRegex(@"@[+-]\d+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RelativeLines();

    [GeneratedRegex(@"(?<=\bline )\d+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Lines();
}

/// <summary>What a sink is a matter of.</summary>
internal enum TaintRule
{
    /// <summary>What an attacker chose must not reach it.</summary>
    Taint,

    /// <summary>It must not be reached without a guard.</summary>
    Unguarded,
}
