using System.Reflection;
using Ecoscanner.Rules;

namespace Ecoscanner.Scanning;

/// <summary>Finds every scanner of an assembly, and every rule of theirs.</summary>
public sealed class ScannerCatalog
{
    private ScannerCatalog(IReadOnlyList<IScanner> scanners, Assembly assembly)
    {
        Scanners = scanners;
        this.assembly = assembly;
        Rules = [.. scanners.SelectMany(scanner => scanner.Rules).OrderBy(rule => rule.Id, StringComparer.Ordinal)];
    }

    private readonly Assembly assembly;

    /// <summary>By name.</summary>
    public IReadOnlyList<IScanner> Scanners { get; }

    /// <summary>By id.</summary>
    public IReadOnlyList<Rule> Rules { get; }

    public static ScannerCatalog Of(Assembly assembly) =>
        new(
            [
                .. assembly
                    .GetTypes()
                    .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IScanner)))
                    .Select(type => (IScanner)Activator.CreateInstance(type)!)
                    .OrderBy(scanner => scanner.Name, StringComparer.Ordinal),
            ],
            assembly
        );

    /// <summary>The rule of that id, or null.</summary>
    public Rule? Rule(string id) => Rules.FirstOrDefault(rule => rule.Id.Equals(id, StringComparison.OrdinalIgnoreCase));

    /// <summary>The rule's page in Markdown: why, how to fix, how to check.</summary>
    public string Page(Rule rule)
    {
        using var stream =
            assembly.GetManifestResourceStream($"{rule.Id}.md")
            ?? throw new InvalidOperationException($"rule {rule.Id} has no page {rule.Id}.md beside its scanner");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
