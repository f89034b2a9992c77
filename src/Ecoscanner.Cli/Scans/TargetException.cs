using Ecoscanner.Reports;
using Ecoscanner.Reports.Sinks;

namespace Ecoscanner.Cli.Scans;

/// <summary>A target that cannot be scanned; the message is one line: the target, what is wrong with it, the way out.</summary>
internal sealed class TargetException : Exception
{
    private TargetException(int code, string message, Exception? inner = null)
        : base(message, inner) => Code = code;

    /// <summary>The exit code where it was the only target.</summary>
    public int Code { get; }

    /// <summary>The target or its document is wrong; scanning again as it is cannot help.</summary>
    public static TargetException Wrong(string target, string reason, Exception? inner = null) => new(ExitCode.Usage, Line(target, reason), inner);

    /// <summary>The document is wrong; the message names it already.</summary>
    public static TargetException Wrong(Exception document) => new(ExitCode.Usage, ConsoleText.Of(document.Message), document);

    /// <summary>There is nothing that a scanner applies to.</summary>
    public static TargetException Nothing(string target, string reason) => new(ExitCode.NothingToScan, Line(target, reason));

    /// <summary>It could not be reached, today.</summary>
    public static TargetException Unreachable(string target, string reason) => new(ExitCode.Incomplete, Line(target, reason));

    private static string Line(string target, string reason) => ConsoleText.Of($"{target}: {reason}");
}
