using System.Text;
using Ecoscanner.Reports.Sinks;

namespace Ecoscanner.Cli.Terminals;

/// <summary>The process's streams and what may be done on them: colours, width, a line that is written over.</summary>
internal sealed class Terminal
{
    // Wide lines are hard to read, and narrow ones cannot hold a rule's id beside its title.
    private const int NarrowestLine = 40;
    private const int WidestLine = 160;

    // Carriage return, then CSI K: erase to the end of the line (ECMA-48).
    private const string Erase = "\r\u001b[K";

    // What a log or a file gets, where no terminal says its width.
    private const int LineInFiles = 100;

    private readonly Lock gate = new();
    private bool isDrawn;

    private Terminal(bool colourless, bool isQuiet, bool isVerbose)
    {
        IsQuiet = isQuiet;
        IsVerbose = isVerbose;
        OutputStream = Console.OpenStandardOutput();
        Output = Open(OutputStream, flushed: false);
        Error = Open(Console.OpenStandardError(), flushed: true);
        OutputIsTerminal = !Console.IsOutputRedirected;
        ErrorIsTerminal = !Console.IsErrorRedirected;
        IsDumb = Variable("TERM") is null or "" or "dumb";
        OutputHasColour = !colourless && HasColour(OutputIsTerminal);
        ErrorHasColour = !colourless && HasColour(ErrorIsTerminal);
        Width = ReadWidth();
    }

    /// <summary>Standard output as bytes, for machine formats.</summary>
    public Stream OutputStream { get; }

    /// <summary>Reports and other results alone. Flushed when the command ends.</summary>
    public TextWriter Output { get; }

    /// <summary>Everything that is said to a person beside them.</summary>
    public TextWriter Error { get; }

    public bool OutputIsTerminal { get; }

    public bool ErrorIsTerminal { get; }

    /// <summary>True where the terminal cannot move its cursor.</summary>
    public bool IsDumb { get; }

    public bool OutputHasColour { get; }

    public bool ErrorHasColour { get; }

    /// <summary>Characters in a line.</summary>
    public int Width { get; }

    /// <summary>The person said <c>--quiet</c>.</summary>
    public bool IsQuiet { get; }

    /// <summary>The person said <c>--verbose</c>.</summary>
    public bool IsVerbose { get; }

    /// <summary>The terminal of this process, as flags and environment want it.</summary>
    /// <param name="colourless">The person said <c>--no-color</c>.</param>
    public static Terminal Open(bool colourless, bool isQuiet, bool isVerbose) => new(colourless, isQuiet, isVerbose);

    /// <summary>Says one line on standard error, unless the person wants quiet.</summary>
    public void Say(string line)
    {
        if (!IsQuiet)
        {
            Write(line);
        }
    }

    /// <summary>Says what is wrong, on standard error, in one line. What it quotes may be hostile.</summary>
    public void Complain(string line) => Write($"ecoscanner: {ConsoleText.Of(line)}");

    /// <summary>Writes the line that is written over by the next one, and goes away when something is said.</summary>
    public void Draw(string line)
    {
        // A line that wraps could not be written over, and a terminal adds ^C to it.
        var room = Width - 3;
        lock (gate)
        {
            Error.Write($"{Erase}{(line.Length > room ? line[..room] : line)}");
            isDrawn = true;
        }
    }

    /// <summary>Takes that line away.</summary>
    public void Wipe()
    {
        lock (gate)
        {
            if (isDrawn)
            {
                Error.Write(Erase);
                isDrawn = false;
            }
        }
    }

    private void Write(string line)
    {
        lock (gate)
        {
            Wipe();
            Error.WriteLine(line);
        }
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name);

    // No byte order mark: a machine format starts with its first byte.
    private static StreamWriter Open(Stream stream, bool flushed) =>
        new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = flushed };

    // https://no-color.org, https://force-color.org, https://bixense.com/clicolors: refusing wins over forcing, forcing over looking.
    private bool HasColour(bool isTerminal)
    {
        if (Variable("NO_COLOR") is { Length: > 0 })
        {
            return false;
        }

        if (Variable("FORCE_COLOR") is { Length: > 0 } force)
        {
            return force is not ("0" or "false");
        }

        if (Variable("CLICOLOR_FORCE") is { Length: > 0 } and not "0")
        {
            return true;
        }

        return isTerminal && !IsDumb && Variable("CLICOLOR") is not "0";
    }

    private int ReadWidth()
    {
        if (int.TryParse(Variable("COLUMNS"), out var columns) && columns > 0)
        {
            return Math.Clamp(columns, NarrowestLine, WidestLine);
        }

        if (!OutputIsTerminal && !ErrorIsTerminal)
        {
            return LineInFiles;
        }

        // 0 where the terminal does not know.
        var width = Console.WindowWidth;
        return width > 0 ? Math.Clamp(width, NarrowestLine, WidestLine) : LineInFiles;
    }
}
