using Ecoscanner.Reports.Text;
using Ecoscanner.Rules;

namespace Ecoscanner.Reports;

/// <summary>What a person asked of a report, beside its format.</summary>
public sealed record ReportOptions
{
    /// <summary>The rule's page in Markdown; null for a rule that this version no longer has.</summary>
    public required Func<Rule, string?> Page { get; init; }

    /// <summary>Which findings make the run fail.</summary>
    public FailPolicy Policy { get; init; } = new();

    /// <summary>Flags that another scan of the same app needs again: exceptions, roots, the tenant's file. Never a secret.</summary>
    public IReadOnlyList<string> ScanFlags { get; init; } = [];

    /// <summary>How the text format looks.</summary>
    public TextStyle Text { get; init; } = new();

    /// <summary>
    /// Path of the app's descriptor in its repository, which formats that need a file point findings about URLs to; null takes the app's
    /// source where that is a relative path, else the name that the hosting's tools expect.
    /// </summary>
    public string? DescriptorPath { get; init; }
}
