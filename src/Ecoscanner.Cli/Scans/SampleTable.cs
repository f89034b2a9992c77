using Ecoscanner.Cli.Terminals;

namespace Ecoscanner.Cli.Scans;

/// <summary>What was planted in each sample beside what was found.</summary>
internal static class SampleTable
{
    public static void Print(IReadOnlyList<SampleRow> rows, Terminal terminal)
    {
        var paint = new Paint(terminal.OutputHasColour);
        var (name, planted) = (Widest("sample", rows.Select(row => row.Sample.Name)), Widest("planted", rows.Select(row => Rules(row.Planted))));
        terminal.Output.WriteLine("");
        terminal.Output.WriteLine(paint.Bold($"{"sample".PadRight(name)}  {"planted".PadRight(planted)}  found"));
        foreach (var row in rows)
        {
            terminal.Output.WriteLine($"{row.Sample.Name.PadRight(name)}  {Rules(row.Planted).PadRight(planted)}  {Found(row, paint)}");
        }

        var wrong = rows.Count(row => !row.IsAsPlanted);
        terminal.Output.WriteLine("");
        terminal.Output.WriteLine(
            wrong == 0
                ? paint.Green($"{rows.Count} samples: every planted flaw was found, and nothing else")
                : paint.Red($"{rows.Count} samples, {wrong} not as planted")
        );
        terminal.Output.WriteLine("to read all: ecoscanner scan samples -f html=samples.html; about a rule: ecoscanner explain RULE");
    }

    private static string Found(SampleRow row, Paint paint)
    {
        if (row.IsAsPlanted)
        {
            return paint.Green(row.Found.Count == 0 ? "nothing, as it should be" : Places(row));
        }

        if (!row.WasScanned)
        {
            return paint.Red(
                $"not scanned{(row.Report?.Scanners.FirstOrDefault(scanner => scanner.Failure is not null) is { } failed ? $": {failed.Failure}" : "")}"
            );
        }

        var missed = row.Planted.Except(row.Found, StringComparer.Ordinal).Select(rule => $"missed {rule}");
        var more = row.Found.Except(row.Planted, StringComparer.Ordinal).Select(rule => $"also {rule}");
        return paint.Red(string.Join(", ", missed.Concat(more)));
    }

    private static string Places(SampleRow row) => row.Report!.Findings.Count is 1 ? "it, in 1 place" : $"it, in {row.Report.Findings.Count} places";

    private static string Rules(IReadOnlyList<string> rules) => rules.Count == 0 ? "nothing" : string.Join(", ", rules);

    private static int Widest(string heading, IEnumerable<string> cells) => cells.Select(cell => cell.Length).Append(heading.Length).Max();
}
