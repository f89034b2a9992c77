using System.CommandLine;
using System.CommandLine.Invocation;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Reports;

namespace Ecoscanner.Cli.Help;

/// <summary>Answers <c>--version</c>.</summary>
internal sealed class VersionLine(Terminal terminal) : SynchronousCommandLineAction
{
    /// <summary>The product's version, such as 0.1.0.</summary>
    public static string Version { get; } = typeof(VersionLine).Assembly.GetName().Version!.ToString(3);

    public override int Invoke(ParseResult parseResult)
    {
        terminal.Output.WriteLine($"ecoscanner {Version}");
        return ExitCode.Clean;
    }
}
