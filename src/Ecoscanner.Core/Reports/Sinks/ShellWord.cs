namespace Ecoscanner.Reports.Sinks;

/// <summary>One word of a POSIX shell's command line, for commands that a person copies.</summary>
public static class ShellWord
{
    private const string Plain = "-_./:=@%+,";

    /// <summary>The visible text, in single quotes where the shell would take any of it for more than itself.</summary>
    public static string Of(string? text)
    {
        var visible = Visible.Of(text);
        return visible.Length > 0 && visible.All(character => char.IsAsciiLetterOrDigit(character) || Plain.Contains(character))
            ? visible
            : $"'{visible.Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }
}
