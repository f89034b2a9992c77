using Ecoscanner.Rules;

namespace Ecoscanner.Reports.Text;

/// <summary>How the text format looks.</summary>
public sealed record TextStyle
{
    /// <summary>Columns of a line; commands to copy may be longer.</summary>
    public int Width { get; init; } = 100;

    /// <summary>Writes ANSI colours; each says only what a word beside it says too.</summary>
    public bool Colour { get; init; }

    /// <summary>Writes places as hyperlinks (OSC 8), for terminals that know them.</summary>
    public bool Links { get; init; }

    /// <summary>Only findings, one line each, and the last sentence.</summary>
    public bool Quiet { get; init; }

    /// <summary>Findings below it are counted but not shown.</summary>
    public Severity LeastSeverity { get; init; }

    /// <summary>Shows exempted findings too, with the reason.</summary>
    public bool ShowExempt { get; init; }

    /// <summary>Lists the places at which rules hold, each with the reason.</summary>
    public bool ShowSafe { get; init; }
}
