namespace Ecoscanner.Cli;

/// <summary>Ends the command with an exit code and what a person needs to go on: each line names the thing, the place and the way out.</summary>
internal sealed class ExitException(int code, IReadOnlyList<string> lines, Exception? inner = null) : Exception(string.Join('\n', lines), inner)
{
    public ExitException(int code, string line, Exception? inner = null)
        : this(code, [line], inner) { }

    public int Code { get; } = code;

    public IReadOnlyList<string> Lines { get; } = lines;
}
