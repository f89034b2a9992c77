using Ecoscanner.Apps;
using Ecoscanner.Reports.Sinks;
using Ecoscanner.Rules;

namespace Ecoscanner.Reports;

/// <summary>Command lines of ours that a report tells a person to run.</summary>
internal static class Commands
{
    public static string Explain(Rule rule) => $"ecoscanner explain {ShellWord.Of(rule.Id)}";

    /// <summary>Scans the same app for one rule alone, with what it took to scan it this time.</summary>
    public static string Recheck(App app, Rule rule, ReportOptions options) =>
        string.Join(' ', ((string[])["ecoscanner", "scan", app.Source, .. options.ScanFlags, "--rule", rule.Id]).Select(ShellWord.Of));
}
