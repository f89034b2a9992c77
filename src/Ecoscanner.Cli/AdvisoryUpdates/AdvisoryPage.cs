using System.Globalization;
using Ecoscanner.Advisories;
using Ecoscanner.Advisories.Indexing;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Packages;
using Ecoscanner.Reports.Sinks;
using Ecoscanner.Rules;

namespace Ecoscanner.Cli.AdvisoryUpdates;

/// <summary>Shows an advisory, or what is known of a package, on a terminal. All texts are of strangers.</summary>
internal sealed class AdvisoryPage(AdvisoryIndex index, Terminal terminal)
{
    private const int LabelWidth = 12;

    // Libraries are copied under many names; the record has them all.
    private const int ShownPackages = 12;
    private const int ShownReferences = 8;
    private const int ShownVersions = 8;

    private readonly Paint paint = new(terminal.OutputHasColour);

    public void Write(Advisory advisory)
    {
        terminal.Output.WriteLine($"{paint.Bold(ConsoleText.Of(advisory.Id))}  {Severe(advisory.Severity, advisory.Score?.Base, advisory.IsMalicious)}");
        Wrapped("", advisory.Summary.Length > 0 ? advisory.Summary : "no summary");
        terminal.Output.WriteLine();
        if (advisory.Withdrawn is { } withdrawn)
        {
            Row("withdrawn", paint.Yellow($"on {Day(withdrawn)}; it is never reported"));
        }

        WriteFacts(advisory);
        terminal.Output.WriteLine();
        terminal.Output.WriteLine(paint.Bold("affected"));
        foreach (var affected in advisory.Affected.Take(ShownPackages))
        {
            WriteAffected(affected);
        }

        More(advisory.Affected.Length - ShownPackages, "packages");
        terminal.Output.WriteLine();
        terminal.Output.WriteLine(paint.Bold("references"));
        foreach (var reference in advisory.References.Take(ShownReferences))
        {
            terminal.Output.WriteLine($"  {ConsoleText.Of(reference.AbsoluteUri)}");
        }

        More(advisory.References.Length - ShownReferences, "references");
        foreach (var source in advisory.Sources)
        {
            terminal.Output.WriteLine(
                paint.Faint(
                    ConsoleText.Of(
                        $"  record {source.Record} of {source.Name}{(source.Licence is { } licence ? $", {licence}" : "")}{(source.Note is { } note ? $": {note}" : "")}"
                    )
                )
            );
        }
    }

    /// <summary>What affects a package: this version of it, or all that is known where it has none. True where something does.</summary>
    public bool Write(PackageUrl package)
    {
        if (package.Version is not { } version)
        {
            var all = index.AdvisoriesOf(package.Ecosystem, package.Name);
            terminal.Output.WriteLine($"{paint.Bold(ConsoleText.Of(package.Name))}  {Number(all.Count)} known, in whatever version");
            foreach (var advisory in BySeverity(all.Select(one => (one, (string?)null))))
            {
                WriteLine(advisory.Advisory, advisory.Words);
            }

            return all.Count > 0;
        }

        var found = index.Matches(package.Ecosystem, package.Name, version);
        if (!found.IsVersion)
        {
            terminal.Output.WriteLine(ConsoleText.Of($"{version} is no version of {package.Ecosystem}, so nothing could be compared"));
            return false;
        }

        terminal.Output.WriteLine($"{paint.Bold(ConsoleText.Of($"{package.Name} {version}"))}  {Number(found.Matches.Count)}");
        foreach (
            var (advisory, words) in BySeverity(
                found.Matches.Select(match => (match.Advisory, (string?)(match.Fixed is { } to ? $"fixed in {to}" : "no fix known")))
            )
        )
        {
            WriteLine(advisory, words);
        }

        if (index.Fixes(package.Ecosystem, package.Name, version) is { } fix)
        {
            terminal.Output.WriteLine();
            Row(
                "way out",
                paint.Green(ConsoleText.Of($"{fix.Version} clears all critical and high ones{(fix.IsSameMajor ? "" : ", and is another major version")}"))
            );
        }

        return found.Matches.Count > 0;
    }

    private void WriteFacts(Advisory advisory)
    {
        if (advisory.Aliases.Length > 0)
        {
            Wrapped("also", string.Join(", ", advisory.Aliases));
        }

        if (advisory.Score is { } score)
        {
            Wrapped(
                "score",
                string.Create(CultureInfo.InvariantCulture, $"{score.Base:0.0}{(score.Vector is { } vector ? $"  {vector}" : "")}  ({score.Reason})")
            );
        }

        if (advisory.Published is { } published)
        {
            Row("published", $"{Day(published)}{(advisory.Modified is { } modified ? $", changed {Day(modified)}" : "")}");
        }

        if (advisory.Weaknesses.Length > 0)
        {
            Wrapped("weakness", string.Join(", ", advisory.Weaknesses.Select(number => $"CWE-{number}")));
        }

        var known = index.Exploitation(advisory);
        if (known.Exploited is { } exploited)
        {
            var due = exploited.Due is { } day ? $", due {day:yyyy-MM-dd}" : "";
            Row(
                "exploited",
                paint.Red($"yes: in CISA's catalogue since {exploited.Added:yyyy-MM-dd}{due}{(exploited.ByRansomware ? ", used by ransomware" : "")}")
            );
        }

        if (known.Predicted is { } predicted)
        {
            Row(
                "EPSS",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{predicted.Probability:0.0%} within 30 days, more than {predicted.Percentile:0.0%} of all ({known.PredictedCve})"
                )
            );
        }
    }

    private void WriteAffected(AffectedPackage affected)
    {
        var ranges = affected.Ranges.Select(range => range.ToString()).ToList();
        ranges.AddRange(affected.Versions.Take(ShownVersions).Select(version => $"= {version}"));
        var more = affected.Versions.Length > ShownVersions ? $" and {affected.Versions.Length - ShownVersions} more versions" : "";
        terminal.Output.WriteLine(
            $"  {paint.Cyan(ConsoleText.Of($"{affected.Ecosystem.ToString().ToLowerInvariant()} {affected.Name}"))}  {paint.Faint(ConsoleText.Of($"by {affected.Source}"))}"
        );
        foreach (var line in Wrapping.Wrap(ConsoleText.Of($"{string.Join("; ", ranges)}{more}"), terminal.Width - 4))
        {
            terminal.Output.WriteLine($"    {line}");
        }
    }

    private void WriteLine(IndexedAdvisory advisory, string? words)
    {
        var whole = advisory.Read();
        var withdrawn = advisory.IsWithdrawn ? "withdrawn  " : "";
        terminal.Output.WriteLine(
            $"  {Severe(advisory.Severity, advisory.Score, advisory.IsMalicious)}  {ConsoleText.Of($"{advisory.Id}{(words is null ? "" : $"  {words}")}")}"
        );
        foreach (var line in Wrapping.Wrap(ConsoleText.Of(withdrawn + whole.Summary), terminal.Width - 6))
        {
            terminal.Output.WriteLine(paint.Faint($"      {line}"));
        }
    }

    private static IEnumerable<(IndexedAdvisory Advisory, string? Words)> BySeverity(IEnumerable<(IndexedAdvisory Advisory, string? Words)> advisories) =>
        advisories
            .OrderByDescending(one => one.Advisory.Severity)
            .ThenByDescending(one => one.Advisory.Score ?? 0)
            .ThenBy(one => one.Advisory.Id, StringComparer.Ordinal);

    private string Severe(Severity severity, double? score, bool isMalicious)
    {
        var word =
            isMalicious ? "malicious"
            : severity == Severity.None && score is null ? "unscored"
            : severity.ToString().ToLowerInvariant();
        var text = score is { } some && !isMalicious ? string.Create(CultureInfo.InvariantCulture, $"{word} {some:0.0}") : word;
        return severity >= Severity.High ? paint.Red(text)
            : severity == Severity.Medium ? paint.Yellow(text)
            : text;
    }

    private static string Number(int count) => count == 1 ? "1 advisory" : $"{count} advisories";

    private void More(int count, string what)
    {
        if (count > 0)
        {
            terminal.Output.WriteLine($"  and {count} more {what}");
        }
    }

    private void Row(string label, string value) => terminal.Output.WriteLine($"{label.PadRight(LabelWidth)}{value}");

    private void Wrapped(string label, string text)
    {
        var width = label.Length > 0 ? LabelWidth : 0;
        var first = true;
        foreach (var line in Wrapping.Wrap(ConsoleText.Of(text), terminal.Width - width))
        {
            terminal.Output.WriteLine($"{(first ? label : "").PadRight(width)}{line}");
            first = false;
        }
    }

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
