namespace Ecoscanner.Cli;

/// <summary>What the process ends with; scripts rely on these.</summary>
internal static class ExitCode
{
    /// <summary>Nothing at or above <c>--fail-on</c>.</summary>
    public const int Clean = 0;

    public const int Findings = 1;

    /// <summary>The command line, the configuration or a document is wrong; running again as it is cannot help.</summary>
    public const int Usage = 2;

    public const int NothingToScan = 3;

    /// <summary>A scanner failed or a target was unreachable.</summary>
    public const int Incomplete = 4;

    /// <summary>128 + SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;
}
