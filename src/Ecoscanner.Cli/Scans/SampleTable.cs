using Ecoscanner.Cli.Terminals;
using Ecoscanner.Reports.Sinks;

namespace Ecoscanner.Cli.Scans;

/// <summary>What was planted in each sample beside what was found.</summary>
internal static class SampleTable
{
    private const string NothingFound = "nothing, as planted";
    private const string Gap = "  ";

    /// <summary>Its lines; where all is as planted, none is longer than the width that any rule's id leaves room in.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<SampleRow> rows, int width, Paint paint)
    {
        foreach (var kind in rows.GroupBy(row => row.Hosting, StringComparer.Ordinal))
        {
            yield return "";
            foreach (var line in Lines([.. kind], $"{kind.Key} sample", width, paint))
            {
                yield return line;
            }
        }

        var wrong = rows.Count(row => !row.IsAsPlanted);
        yield return "";
        yield return wrong == 0
            ? paint.Green($"{rows.Count} samples: every planted flaw was found, and nothing else")
            : paint.Red($"{rows.Count} samples, {wrong} not as planted");
        foreach (var line in Wrapping.Wrap("to read all: ecoscanner scan samples -f html=samples.html; about a rule: ecoscanner explain RULE", width))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> Lines(IReadOnlyList<SampleRow> rows, string heading, int width, Paint paint)
    {
        var name = Widest(heading, rows.Select(row => row.Name));
        var room = width - name - NothingFound.Length - (2 * Gap.Length);
        var planted = Widest("planted", rows.SelectMany(row => Wrapping.Wrap(Rules(row.Planted), room)));
        yield return paint.Bold($"{heading.PadRight(name)}{Gap}{"planted".PadRight(planted)}{Gap}found");
        foreach (var row in rows)
        {
            var left = Wrapping.Wrap(Rules(row.Planted), room).ToList();
            var right = Wrapping.Wrap(Found(row), Math.Max(NothingFound.Length, width - name - planted - (2 * Gap.Length))).ToList();
            for (var line = 0; line < Math.Max(left.Count, right.Count); line++)
            {
                var start = $"{(line == 0 ? row.Name : "").PadRight(name)}{Gap}{left.ElementAtOrDefault(line)}";
                yield return right.ElementAtOrDefault(line) is { } found
                    ? $"{start.PadRight(name + Gap.Length + planted)}{Gap}{(row.IsAsPlanted ? paint.Green(found) : paint.Red(found))}"
                    : start;
            }
        }
    }

    private static string Found(SampleRow row)
    {
        if (row.IsAsPlanted)
        {
            return row.Found.Count == 0 ? NothingFound : $"{(row.Planted.Count == 1 ? "it" : "all")}, in {row.Places} {(row.Places == 1 ? "place" : "places")}";
        }

        if (!row.WasScanned)
        {
            return $"not scanned{(row.Failure is "" ? "" : $": {ConsoleText.Of(row.Failure!)}")}";
        }

        var missed = row.Planted.Except(row.Found, StringComparer.Ordinal).Select(rule => $"missed {rule}");
        var more = row.Found.Except(row.Planted, StringComparer.Ordinal).Select(rule => $"also {rule}");
        return string.Join(", ", missed.Concat(more));
    }

    private static string Rules(IReadOnlyList<string> rules) => rules.Count == 0 ? "nothing" : string.Join(", ", rules);

    private static int Widest(string heading, IEnumerable<string> cells) => cells.Select(cell => cell.Length).Append(heading.Length).Max();
}
