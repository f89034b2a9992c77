using System.Reflection;
using Ecoscanner.Reports;
using Ecoscanner.Rules;
using Ecoscanner.Scanning;

namespace Ecoscanner.Cli;

/// <summary>The scanners that this program carries.</summary>
internal static class Catalog
{
    // By name: the assembly is loaded when a command first asks for a rule, not for --version.
    private static readonly Lazy<ScannerCatalog> Loaded = new(() => ScannerCatalog.Of(Assembly.Load("Ecoscanner.Scanners")));

    public static ScannerCatalog Scanners => Loaded.Value;

    public static IEnumerable<string> RuleIds => Scanners.Rules.Select(rule => rule.Id);

    public static IEnumerable<string> ScannerNames => Scanners.Scanners.Select(scanner => scanner.Name);

    /// <summary>The rule of that id.</summary>
    /// <exception cref="ExitException">There is none.</exception>
    public static Rule Rule(string id) => Scanners.Rule(id) ?? throw new ExitException(ExitCode.Usage, $"\"{id}\" {RuleProblem(id)}");

    /// <summary>What is wrong with a rule's id, or null where a rule has it.</summary>
    public static string? RuleProblem(string id) =>
        Scanners.Rule(id) is null ? $"is no rule{Suggestion.For(id, RuleIds, "for all of them: ecoscanner rules")}" : null;

    /// <summary>What is wrong with a scanner's name, or null where a scanner has it.</summary>
    public static string? ScannerProblem(string name) =>
        ScannerNames.Contains(name, StringComparer.Ordinal)
            ? null
            : $"is no scanner{Suggestion.For(name, ScannerNames, $"known are {string.Join(", ", ScannerNames)}")}";
}
