using System.Text.RegularExpressions;
using Ecoscanner.Apps.Forge;
using Ecoscanner.Findings;
using Ecoscanner.Probing;
using Ecoscanner.Scanning;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Scanners.ForgeCases;

/// <summary>Runs scanners over cases, and counts what they found, missed and raised in vain.</summary>
internal static class ForgeCaseRun
{
    /// <summary>Scans each case with the engine that ships.</summary>
    /// <param name="rules">Only these count.</param>
    /// <param name="total">The score of several measurements, to which this is added.</param>
    public static async Task<ForgeCaseScore> MeasureAsync(
        IEnumerable<ForgeCase> cases,
        IReadOnlySet<string> rules,
        IReadOnlyList<IScanner> scanners,
        CancellationToken cancellation,
        ForgeCaseScore? total = null
    )
    {
        var score = new ForgeCaseScore(rules);
        foreach (var each in cases)
        {
            cancellation.ThrowIfCancellationRequested();
            var report = await ScanAsync(each, scanners);
            score.Add(each, report);
            total?.Add(each, report);
        }

        return score;
    }

    /// <summary>What the scanners say about one case.</summary>
    public static async Task<AppReport> ScanAsync(ForgeCase each, IReadOnlyList<IScanner> scanners)
    {
        var folder = Directory.CreateTempSubdirectory("ecoscanner-case-");
        try
        {
            foreach (var file in each.Files)
            {
                var path = Path.Combine(folder.FullName, file.Path);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.WriteAllTextAsync(path, file.Text);
            }

            using var session = new ProbeSession(new ProbeOptions { RunId = "test", Offline = true }, TimeProvider.System);
            return await ScannerRuns.RunAsync(ForgeAppReader.Read(Path.Combine(folder.FullName, "manifest.yml")), session, null, scanners);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Whether a finding is what an annotation asks for.</summary>
    /// <param name="entry">The entry that it has to name; null where any will do.</param>
    public static bool Matches(Finding finding, ForgeAnnotation annotation, string? entry) =>
        finding.Rule.Id == annotation.Rule
        && finding.Location.Line == annotation.Line
        && (finding.Location.Path == annotation.Path || finding.Location.Path?.EndsWith("/" + annotation.Path, StringComparison.Ordinal) == true)
        && (annotation.Word is not ForgeAnnotationWord.May || finding.Confidence is Confidence.Low)
        && (entry is null || Names(finding, entry));

    // The reporter says the entry in words, wherever it likes; a word ends where no name can go on.
    private static bool Names(Finding finding, string entry) =>
        Regex.IsMatch(
            $"{finding.Location.Component}\n{finding.Message}\n{finding.Evidence.Observed}\n{finding.Evidence.Expected}",
            $@"(?<![\w$-]){Regex.Escape(entry)}(?![\w$-])",
            RegexOptions.None,
            TimeSpan.FromSeconds(1)
        );
}
