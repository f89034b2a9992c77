namespace Ecoscanner.JavaScript.Tests.Taint;

/// <summary>A finding that an analysis reports of a case, for comparing it with what the case says.</summary>
/// <param name="Line">The line of the sink.</param>
/// <param name="Column">The column, from 1, of the part of the sink that is shown.</param>
/// <param name="Length">The length of that part.</param>
internal sealed record ReportedFinding(int Line, int Column, int Length, TaintRule Rule, bool IsMay, string Message)
{
    /// <summary>What of a file is reported otherwise than it says, in words.</summary>
    public static IEnumerable<string> Differences(TaintCases cases, IReadOnlyCollection<ReportedFinding> findings)
    {
        foreach (var annotation in cases.Annotations)
        {
            var found = findings.Where(finding => finding.Line == annotation.Line && finding.Rule == annotation.Rule).ToList();
            if (Difference(annotation, found) is { } difference)
            {
                yield return $"{cases.Name}:{annotation.Line} {annotation.Case}: {difference}";
            }
        }

        foreach (
            var finding in findings.Where(finding => !cases.Annotations.Any(annotation => annotation.Line == finding.Line && annotation.Rule == finding.Rule))
        )
        {
            yield return $"{cases.Name}:{finding.Line} is no place for \"{finding.Message}\"";
        }
    }

    private static string? Difference(TaintAnnotation annotation, List<ReportedFinding> found)
    {
        if (!annotation.IsFinding)
        {
            return found is [] ? null : $"safe ({annotation.Reason}), but \"{found[0].Message}\"";
        }

        if (found is not [var finding])
        {
            return $"one finding expected, {found.Count} reported";
        }

        // What an analysis is surer of than it has to be is right as well.
        if (finding.IsMay && !annotation.IsMay)
        {
            return $"only \"may\": \"{finding.Message}\"";
        }

        if (annotation.Message is { } fragment && !finding.Message.Contains(fragment, StringComparison.Ordinal))
        {
            return $"\"{finding.Message}\" does not say \"{fragment}\"";
        }

        return annotation.Column is null || (finding.Column == annotation.Column && finding.Length == annotation.Length)
            ? null
            : $"shown at column {finding.Column}, {finding.Length} long";
    }
}
