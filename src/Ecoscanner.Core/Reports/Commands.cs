using Ecoscanner.Apps;
using Ecoscanner.Reports.Sinks;
using Ecoscanner.Rules;

namespace Ecoscanner.Reports;

/// <summary>Command lines of ours that a report tells a person to run.</summary>
internal static class Commands
{
    public static string Explain(Rule rule) => $"ecoscanner explain {ShellWord.Of(rule.Id)}";

    /// <summary>Scans the same app for one rule alone.</summary>
    public static string Recheck(App app, Rule rule) => $"ecoscanner scan {ShellWord.Of(app.Source)} --rule {ShellWord.Of(rule.Id)}";
}
