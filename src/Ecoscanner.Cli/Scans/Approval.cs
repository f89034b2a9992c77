using Ecoscanner.Reports;
using Ecoscanner.Reports.Approval;

namespace Ecoscanner.Cli.Scans;

/// <summary>A scan whose report is the questionnaire for the approval of an app.</summary>
internal static class Approval
{
    /// <summary>What a person writes after <c>--for</c>.</summary>
    public const string Purpose = "approval";

    /// <summary>The same scan, written as questionnaire.</summary>
    /// <exception cref="ExitException">A target is neither the source of a Forge app nor the archive of a Data Center app, or a format is none of the questionnaire's.</exception>
    public static ScanSetup Of(IReadOnlyList<string> targets, ScanSetup setup)
    {
        if (targets.FirstOrDefault(IsOther) is { } other)
        {
            throw new ExitException(
                ExitCode.Usage,
                $"--for {Purpose} asks of the source of a Forge app or the archive of a Data Center app, and {Target.Shown(other)} is neither; name a folder or a ZIP of it, or the .jar or .obr"
            );
        }

        return setup with
        {
            Outputs = [.. setup.Outputs.Select(output => output with { Writer = Writer(output.Writer.Name) })],
        };
    }

    private static IReportWriter Writer(string name) =>
        ApprovalFormats.Find(name)
        ?? throw new ExitException(
            ExitCode.Usage,
            $"{name} is no format of the questionnaire; known are {string.Join(", ", ApprovalFormats.All.Select(format => format.Name))}"
        );

    private static bool IsOther(string target)
    {
        try
        {
            return Target.Of(target) is { IsManifest: false, IsZip: false, IsArchive: false };
        }
        catch (TargetException)
        {
            // The scan itself says what is wrong with it.
            return false;
        }
    }
}
