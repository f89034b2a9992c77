using System.Text.RegularExpressions;
using YamlDotNet.Core;

namespace Ecoscanner.Apps.Forge;

/// <summary>Reads a manifest's YAML into nodes. Where the text breaks, it goes on at the next key that begins a line.</summary>
internal static partial class ManifestYaml
{
    // A manifest has eleven keys at the top; who breaks more of them than twice gets the rest as one gap.
    private const int MaximumRestarts = 20;

    /// <summary>The mapping at the top; empty where there is none. Never throws.</summary>
    public static ManifestMap Read(ReadOnlySpan<byte> bytes, ManifestProblems problems)
    {
        var entries = new List<ManifestEntry>();
        if (ManifestBytes.Text(bytes, problems) is { } text)
        {
            ReadParts(text, entries, problems);
            ReportTwice(entries, problems);
        }

        return new ManifestMap(entries, ManifestPlace.Start);
    }

    private static void ReadParts(string text, List<ManifestEntry> entries, ManifestProblems problems)
    {
        var budget = new ManifestBudget();
        var (start, line) = (0, 0);
        for (var restart = 0; restart <= MaximumRestarts; restart++)
        {
            if (Part(text[start..], line, budget, entries, problems) is not { } broken)
            {
                return;
            }

            if (NextKey(text, start, broken - line) is not ({ } next, var lines))
            {
                return;
            }

            (start, line) = (next, line + lines);
        }
    }

    /// <summary>Reads up to the end or to what is no YAML.</summary>
    /// <returns>The line where it broke, counted from the start of the file; null at the end.</returns>
    private static int? Part(string text, int linesBefore, ManifestBudget budget, List<ManifestEntry> entries, ManifestProblems problems)
    {
        var scanner = new Scanner(new StringReader(text));
        var part = new ManifestYamlPart(new Parser(scanner), linesBefore, budget, problems);
        ManifestPlace place;
        try
        {
            part.Document(entries);
            return null;
        }
        catch (ManifestYamlPart.StopException e)
        {
            place = e.Place;
        }
        catch (YamlException e)
        {
            var tab = TabLine(text, (int)e.Start.Line);
            place = tab is null
                ? new ManifestPlace((int)e.Start.Line + linesBefore, (int)e.Start.Column)
                : new ManifestPlace(tab.Value + linesBefore, Column: 1);
            problems.Add(
                ManifestProblemKind.NotRead,
                place,
                tab is null ? Reason(e.Message) : "a tab indents this line, and YAML takes spaces only; write spaces"
            );
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            // The library's own mistakes (16.3.0): a bracket that stays open with `key: value` in the next line.
            var mark = scanner.CurrentPosition;
            place = new ManifestPlace((int)mark.Line + linesBefore, (int)mark.Column);
            problems.Add(
                ManifestProblemKind.NotRead,
                place,
                "this is no YAML: a bracket may be open, or a key may stand inside a value; what follows was left out"
            );
        }

        return Math.Max(place.Line, part.LastLine);
    }

    private static string Reason(string message) =>
        $"this is no YAML: {Quoted.Bare(message.ReplaceLineEndings(" ").Split(". ")[0].TrimEnd('.'))}; what follows was left out, up to the next key that begins a line";

    /// <summary>Where a tab indents the line or the one after it, which breaks both in ways that the parser's words do not tell.</summary>
    private static int? TabLine(string text, int broken)
    {
        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            if (number >= broken && line[..^line.TrimStart().Length].Contains('\t'))
            {
                return number;
            }

            if (number > broken)
            {
                break;
            }
        }

        return null;
    }

    /// <summary>The next key without indentation after a line: its offset, and how many lines stand between it and the start.</summary>
    private static (int? Offset, int Lines) NextKey(string text, int start, int brokenLine)
    {
        var (offset, lines) = (start, 0);
        while (text.IndexOf('\n', offset) is >= 0 and var end)
        {
            (offset, lines) = (end + 1, lines + 1);
            if (lines >= brokenLine && TopLevelKey().IsMatch(text.AsSpan(offset, Math.Min(text.Length - offset, 80))))
            {
                return (offset, lines);
            }
        }

        return (null, 0);
    }

    // Parts are read one by one, so that the parts themselves cannot see it.
    private static void ReportTwice(List<ManifestEntry> entries, ManifestProblems problems)
    {
        var places = new Dictionary<string, ManifestPlace>(StringComparer.Ordinal);
        foreach (var (key, _) in entries)
        {
            if (!places.TryAdd(key.Value, key.Place))
            {
                ManifestYamlPart.ReportTwice(key, places[key.Value], problems);
            }
        }
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_]{0,40}[ \t]*:(\s|$)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TopLevelKey();
}

/// <summary>How much one manifest may still hold, what aliases stand for included.</summary>
internal sealed class ManifestBudget
{
    // The largest manifests of public apps have some thousand.
    public const int MaximumNodes = 100_000;

    public int Used { get; set; }
}
