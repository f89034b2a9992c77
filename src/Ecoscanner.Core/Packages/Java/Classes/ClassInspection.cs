using Ecoscanner.Findings;
using Ecoscanner.Source;

namespace Ecoscanner.Packages.Java.Classes;

/// <summary>Looks at those classes of archives that no metadata names.</summary>
internal sealed class ClassInspection(FingerprintIndex index)
{
    private const string Ending = ".class";

    // The largest generated parsers have some megabytes.
    private const int MaximumClassBytes = 16 * 1024 * 1024;

    // What a person reads of one archive.
    private const int MaximumRoots = 10;

    // One fingerprinter for each thread that reads archives; they keep large buffers.
    private readonly ThreadLocal<ClassFingerprinter> fingerprinters = new(() => new ClassFingerprinter());

    public IReadOnlyList<Component> Inspect(InspectedArchive archive)
    {
        var own = archive.Libraries.FirstOrDefault(library => library.IsOwn);
        var named = archive.Libraries.Where(library => library.Package.Version is not null && library.Confidence != Confidence.Low);
        var claimed = named.SelectMany(library => Folders(archive.Facts, library)).ToHashSet(StringComparer.Ordinal);
        if (archive.Facts.Roots.Folders.Keys.All(claimed.Contains))
        {
            return [];
        }

        var isOwnThere = own is not null && Support(archive.Facts, own).Kind == SupportKind.Strong;
        var matches = FingerprintMatcher.Match(index, Read(archive, claimed));
        var libraries = matches
            .Libraries.Where(match =>
                !archive.Libraries.Any(library => library.Package.Name == match.Library && library.Package.Version is not null)
                && (own is null || isOwnThere || match.Found * 2 < archive.Facts.Roots.Classes || match.RelocatedTo is not null)
            )
            .ToList();
        if (own is null ? libraries.Count > 0 : isOwnThere)
        {
            Tell(archive, own, matches.Unidentified);
        }

        // Its placement is set by what is known of the archive.
        return [.. libraries.Select(match => match.ToComponent(archive.Place, Placement.Bundled))];
    }

    private IReadOnlyList<FoundClass> Read(InspectedArchive archive, HashSet<string> claimed)
    {
        var folders = claimed.GetAlternateLookup<ReadOnlySpan<char>>();
        var classes = new ClassCollection(fingerprinters.Value!);
        foreach (var entry in archive.Classes.Where(entry => !folders.Contains(PackageRoots.Folder(entry.Name))))
        {
            if (ClassCollection.IsRead(entry.Name) && archive.Archive.ReadStart(entry, MaximumClassBytes, out var isCut) is { } bytes && !isCut)
            {
                classes.Add(bytes, entry.Name, entry.Name);
            }
        }

        foreach (var gap in classes.Gaps)
        {
            archive.Archive.Refuse(gap.Place, gap.Reason);
        }

        if (classes.UnreadableCount > classes.Gaps.Count)
        {
            archive.Archive.Refuse("", $"{classes.UnreadableCount - classes.Gaps.Count} more classes cannot be read");
        }

        return classes.Classes;
    }

    private static void Tell(InspectedArchive archive, JarLibrary? own, IReadOnlyList<UnidentifiedClasses> unidentified)
    {
        var organisation = own?.Package.Name.Split(':')[0].Split('.') is [var first, var second, ..] ? $"{first}.{second}" : null;
        var strange = unidentified.Where(classes =>
            organisation is null || classes.Root != organisation && !classes.Root.StartsWith($"{organisation}.", StringComparison.Ordinal)
        );
        foreach (var (root, count) in strange.Take(MaximumRoots))
        {
            archive.Archive.Refuse(
                "",
                $"{count} unidentified classes below {(root.Length == 0 ? "the unnamed package" : root)}: they are of no library that is known"
            );
        }
    }

    private static HashSet<string> Folders(JarFacts facts, JarLibrary library) =>
        library.Package.Name.Split(':') is [var group, var artifact] ? facts.Roots.FoldersOf(group, artifact) : [];

    private static Support Support(JarFacts facts, JarLibrary library) =>
        library.Package.Name.Split(':') is [var group, var artifact] ? facts.Roots.Of(group, artifact) : Java.Support.None;
}
