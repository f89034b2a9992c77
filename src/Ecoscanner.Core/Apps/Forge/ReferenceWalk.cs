namespace Ecoscanner.Apps.Forge;

/// <summary>Finds what a module names: by the table's paths, and elsewhere by the words that the schema uses for it everywhere.</summary>
internal sealed class ReferenceWalk(ForgeModuleType? known, ManifestReading reading)
{
    // The schema's longest has 60; below keys of a hostile manifest each reference would hold kilobytes.
    private const int MaximumPathLength = 200;

    private readonly List<ForgeReference> references = [];

    public IReadOnlyList<ForgeReference> Of(ManifestMap module)
    {
        Walk(module, "");
        return references;
    }

    private void Walk(ManifestMap map, string prefix)
    {
        foreach (var (key, value) in map.Entries)
        {
            var path = prefix.Length + key.Value.Length <= MaximumPathLength ? prefix + key.Value : "...";
            switch (value)
            {
                case ManifestText { IsNull: false } text when Kind(key.Value) is { } kind:
                    Add(kind, text, path, map);
                    break;
                case ManifestMap below:
                    Walk(below, path + ".");
                    break;
                case ManifestList list:
                    // Lists are transparent: states.resolver.function is in each of "states: [...]". Two levels are more than the schema has.
                    foreach (var below in list.Items.OfType<ManifestMap>())
                    {
                        Walk(below, path + ".");
                    }

                    break;
            }
        }
    }

    private void Add(ForgeReferenceKind kind, ManifestText text, string path, ManifestMap beside)
    {
        var method = path.EndsWith("resolver.function", StringComparison.Ordinal) && beside.Find("method") is ManifestText name ? reading.Text(name) : null;
        references.Add(new ForgeReference(kind, reading.Text(text), path, known?.Code.ContainsKey(path) == true || IsPlain(kind, path), method));
    }

    // The schema has a remote at the top of some modules only, and no path of it in the table.
    private bool IsPlain(ForgeReferenceKind kind, string path) => kind is ForgeReferenceKind.Remote && known?.Properties.Contains(path) == true;

    private static ForgeReferenceKind? Kind(string key) =>
        key switch
        {
            "function" => ForgeReferenceKind.Function,
            "endpoint" => ForgeReferenceKind.Endpoint,
            "resource" => ForgeReferenceKind.Resource,
            "remote" => ForgeReferenceKind.Remote,
            _ => null,
        };
}
