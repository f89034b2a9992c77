using Ecoscanner.Findings;
using Ecoscanner.Packages.Scripts;

namespace Ecoscanner.Packages.Java;

/// <summary>Finds the JavaScript libraries that lie in an archive, as plugins serve them to browsers.</summary>
internal sealed class ScriptInspection(ScriptLibraries libraries)
{
    // Bundles of whole applications have 5 MB; a library says what it is at its begin.
    private const int MaximumScriptBytes = 8 * 1024 * 1024;

    // Apps with every module on its own have some thousand.
    private const int MaximumScripts = 10_000;

    public IReadOnlyList<Component> Find(InspectedArchive inspected)
    {
        var found = new List<Component>();
        var scripts = inspected.Archive.Entries.Where(entry => entry.Name.EndsWith(".js", StringComparison.OrdinalIgnoreCase)).ToList();
        foreach (var entry in scripts.Take(MaximumScripts))
        {
            if (inspected.Archive.ReadStart(entry, MaximumScriptBytes, out _) is { } content)
            {
                found.AddRange(
                    libraries
                        .In(entry.Name[(entry.Name.LastIndexOf('/') + 1)..], content)
                        .Select(library => Component(library, $"{inspected.Place}!/{entry.Name}"))
                );
            }
        }

        if (scripts.Count > MaximumScripts)
        {
            inspected.Archive.Refuse(
                scripts[MaximumScripts].Name,
                $"it and {scripts.Count - MaximumScripts - 1} scripts more were not looked into: there are too many"
            );
        }

        return found;
    }

    private static Component Component(ScriptLibrary library, string place) =>
        new()
        {
            Package = new(Ecosystem.Npm, library.Package, library.Version),
            Placement = Placement.Bundled,
            // A name alone may be anything's.
            Confidence = library.Evidence is ScriptEvidence.FileName ? Confidence.Medium : Confidence.High,
            Places = [place],
            Clues = [new(ClueKind.ScriptSignature, $"{Said(library.Evidence)}: {library.Package} {library.Version}")],
        };

    private static string Said(ScriptEvidence evidence) =>
        evidence switch
        {
            ScriptEvidence.Hash => "the hash of the file",
            ScriptEvidence.Content => "what stands in the file",
            ScriptEvidence.FileName => "the file's name",
            _ => throw new ArgumentOutOfRangeException(nameof(evidence), evidence, null),
        };
}
