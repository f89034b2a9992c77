using System.Text;
using Ecoscanner.Findings;
using Ecoscanner.Scanning;

namespace Ecoscanner.Tests.Scanners.ForgeCases;

/// <summary>How findings and annotations agree, rule by rule.</summary>
internal sealed class ForgeCaseScore(IReadOnlySet<string> rules)
{
    private readonly Dictionary<string, RuleScore> scores = rules.Order(StringComparer.Ordinal).ToDictionary(rule => rule, _ => new RuleScore());
    private readonly List<string> complaints = [];

    /// <summary>Each miss, false alarm and failure, with its case and place.</summary>
    public IReadOnlyList<string> Complaints => complaints;

    public RuleScore this[string rule] => scores[rule];

    public void Add(ForgeCase each, AppReport report)
    {
        complaints.AddRange(
            report.Scanners.Where(run => run.Failure is not null).Select(run => $"failed       {each.Place} {each.Name}: {run.Name}: {run.Failure}")
        );
        var findings = report.Findings.Where(finding => rules.Contains(finding.Rule.Id)).ToList();
        var wanted = each.Annotations.Where(annotation => annotation.Word is ForgeAnnotationWord.Finding or ForgeAnnotationWord.May).ToList();
        foreach (var annotation in wanted)
        {
            foreach (var entry in annotation.Entries.IsEmpty ? [null] : annotation.Entries.Select(entry => (string?)entry))
            {
                var score = scores[annotation.Rule];
                if (findings.Exists(finding => ForgeCaseRun.Matches(finding, annotation, entry)))
                {
                    score.Found++;
                }
                else
                {
                    score.Missed++;
                    var via = entry is null ? "" : $" via {entry}";
                    complaints.Add($"missed       {annotation.Place} {each.Name}: {annotation.Word} {annotation.Rule}{via}");
                }
            }
        }

        foreach (var finding in findings.Where(finding => !IsAskedFor(finding, each)))
        {
            scores[finding.Rule.Id].FalseAlarms++;
            complaints.Add($"false alarm  {each.Place} {each.Name}: {finding.Rule.Id} at {finding.Location}, {finding.Confidence}: {finding.Message}");
        }
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (rule, score) in scores)
        {
            text.AppendLine(
                $"{rule}: {score.Found} found, {score.Missed} missed, {score.FalseAlarms} false; recall {score.Recall:0.000}, precision {score.Precision:0.000}"
            );
        }

        return text.AppendJoin('\n', complaints).ToString();
    }

    private static bool IsAskedFor(Finding finding, ForgeCase each) =>
        each
            .Annotations.Where(annotation => annotation.Word is not ForgeAnnotationWord.Safe)
            .Any(annotation =>
                annotation.Entries.IsEmpty
                    ? ForgeCaseRun.Matches(finding, annotation, null)
                    : annotation.Entries.Any(entry => ForgeCaseRun.Matches(finding, annotation, entry))
            );
}

/// <summary>Counts of one rule.</summary>
internal sealed class RuleScore
{
    public int Found { get; set; }

    public int Missed { get; set; }

    public int FalseAlarms { get; set; }

    /// <summary>The share of what had to be found.</summary>
    public double Recall => Found + Missed == 0 ? 1 : (double)Found / (Found + Missed);

    /// <summary>The share of the reports that is right.</summary>
    public double Precision => Found + FalseAlarms == 0 ? 1 : (double)Found / (Found + FalseAlarms);
}
