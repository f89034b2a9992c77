using Ecoscanner.Packages.Java.Classes;
using Ecoscanner.Source;

namespace Ecoscanner.Packages.Java;

/// <summary>Tells of libraries whose metadata is there which classes somebody took out to fix them.</summary>
internal static class Patched
{
    /// <summary>The same libraries, with what was removed from them.</summary>
    public static IReadOnlyList<JarLibrary> Of(IReadOnlyList<JarLibrary> libraries, Archive archive) =>
        libraries.Any(library => FixesByRemoval.ClassesOf(library.Package.Name).Any())
            ? [.. libraries.Select(library => library with { Removed = Removed(library, archive) })]
            : libraries;

    private static IReadOnlyList<string> Removed(JarLibrary library, Archive archive)
    {
        var prefix = library.RelocatedTo is { } root ? $"{root}." : "";
        var wanted = FixesByRemoval.NamesOf(library.Package.Name).ToHashSet(StringComparer.Ordinal);
        var there = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in archive.Entries.Where(entry => entry.Name.EndsWith(".class", StringComparison.Ordinal)))
        {
            var name = $"{PackageRoots.Folder(entry.Name)}/{entry.Name[(entry.Name.LastIndexOf('/') + 1)..^".class".Length]}".Replace('/', '.');
            name = name.StartsWith(prefix, StringComparison.Ordinal) ? name[prefix.Length..] : name;
            if (wanted.Contains(name))
            {
                there.Add(name);
            }
        }

        return FixesByRemoval.RemovedFrom(library.Package.Name, there.Contains);
    }
}
