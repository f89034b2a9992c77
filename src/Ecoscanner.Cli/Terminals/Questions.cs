using System.Text;
using Ecoscanner.Reports;

namespace Ecoscanner.Cli.Terminals;

/// <summary>Asks the person at a terminal.</summary>
internal sealed class Questions(Terminal terminal)
{
    /// <summary>Asks a person for a line.</summary>
    /// <exception cref="ExitException">There is nobody to ask, or no answer.</exception>
    public string Line(string question)
    {
        terminal.Error.Write(question);
        return Console.In.ReadLine()?.Trim() is { Length: > 0 } answer ? answer : throw NoAnswer();
    }

    /// <summary>Asks a person for a line that must not be seen.</summary>
    /// <exception cref="ExitException">There is nobody to ask, or no answer.</exception>
    public string Secret(string question)
    {
        // A pipe shows nothing.
        if (Console.IsInputRedirected)
        {
            return Line(question);
        }

        terminal.Error.Write(question);
        var answer = new StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                answer.Length = Math.Max(0, answer.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                answer.Append(key.KeyChar);
            }
        }

        terminal.Error.WriteLine();
        return answer.Length > 0 ? answer.ToString() : throw NoAnswer();
    }

    private static ExitException NoAnswer() => new(ExitCode.Usage, "no answer; run it in a terminal, or give a file");
}
