using Ecoscanner.Findings;
using Ecoscanner.Source;

namespace Ecoscanner.Packages.Java.Classes;

/// <summary>Looks at those classes of archives that no metadata names.</summary>
internal sealed class ClassInspection(FingerprintIndex index)
{
    // The largest generated parsers have some megabytes.
    private const int MaximumClassBytes = 16 * 1024 * 1024;

    private const int EnoughAlike = 10;

    private const int SampledClasses = 4;

    // Each is compared with each package; the classes of those beyond are read.
    private const int MaximumClaims = 100;

    // What a person reads of one archive.
    private const int MaximumRoots = 10;

    // One for each thread that reads archives, as it keeps large buffers.
    [ThreadStatic]
    private static ClassFingerprinter? fingerprinter;

    public IReadOnlyList<Component> Inspect(InspectedArchive archive)
    {
        var own = archive.Libraries.FirstOrDefault(library => library.IsOwn);
        // An app that is no known library may have moved others below its own packages.
        var named = archive.Libraries.Where(library =>
            library.Package.Version is not null
            && library.Confidence != Confidence.Low
            && (!library.IsOwn || index.Libraries.Contains(library.Package.Name, StringComparer.Ordinal))
        );
        var claimed = named.Take(MaximumClaims).SelectMany(library => Folders(archive.Facts, library)).ToHashSet(StringComparer.Ordinal);
        if (archive.Facts.Roots.Folders.Keys.All(claimed.Contains))
        {
            return [];
        }

        var isOwnThere = own is not null && Support(archive.Facts, own).Kind == SupportKind.Strong;
        var matches = FingerprintMatcher.Match(index, Read(archive, claimed));
        var libraries = matches.Libraries.Where(match => !archive.Libraries.Any(library => IsTold(library, match)) && (own is null || IsOther(match))).ToList();
        if (own is null ? libraries.Count > 0 : isOwnThere)
        {
            Tell(archive, own, matches.Unidentified);
        }

        // Its placement is set by what is known of the archive.
        return [.. libraries.Select(match => match.ToComponent(archive.Place, Placement.Bundled))];

        // What is most of a library's jar is that library, by another name; and a few classes that are nearly alike are nothing where the rest is known.
        bool IsOther(LibraryMatch match) =>
            (isOwnThere || match.Found * 2 < archive.Facts.Roots.Classes || match.RelocatedTo is not null)
            && (match.Confidence > Confidence.Low || match.Telling >= EnoughAlike);
    }

    private static bool IsTold(JarLibrary library, LibraryMatch match) => library.Package.Name == match.Library && library.Package.Version is not null;

    // Of each package some classes first: where none of them is known, the others are not either, and need no reading.
    private List<FoundClass> Read(InspectedArchive archive, HashSet<string> claimed)
    {
        var folders = claimed.GetAlternateLookup<ReadOnlySpan<char>>();
        var classes = new ClassCollection(fingerprinter ??= new ClassFingerprinter());
        var samples = new Dictionary<string, int>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        var rest = new List<ArchiveEntry>();
        foreach (var entry in archive.Classes)
        {
            var folder = PackageRoots.Folder(entry.Name);
            if (folders.Contains(folder) || !ClassCollection.IsRead(entry.Name))
            {
                continue;
            }

            samples.TryGetValue(folder, out var count);
            samples[folder] = count + 1;
            if (count < SampledClasses)
            {
                Add(archive.Archive, entry, classes);
            }
            else
            {
                rest.Add(entry);
            }
        }

        var isKnown = classes.Classes.Any(found => found.Fingerprint.IsTelling && index.Knows(found.Fingerprint));
        foreach (var entry in isKnown ? rest : [])
        {
            Add(archive.Archive, entry, classes);
        }

        Complain(archive.Archive, classes);
        return
        [
            .. classes.Classes,
            .. isKnown
                ? []
                : rest.Select(entry => new FoundClass($"{PackageRoots.Folder(entry.Name)}/{Path.GetFileNameWithoutExtension(entry.Name)}", default)),
        ];
    }

    private static void Add(Archive archive, ArchiveEntry entry, ClassCollection classes)
    {
        if (archive.ReadStart(entry, MaximumClassBytes, out var isCut) is { } bytes && !isCut)
        {
            classes.Add(bytes, entry.Name, entry.Name);
        }
    }

    private static void Complain(Archive archive, ClassCollection classes)
    {
        foreach (var gap in classes.Gaps)
        {
            archive.Refuse(gap.Place, gap.Reason);
        }

        if (classes.UnreadableCount > classes.Gaps.Count)
        {
            archive.Refuse("", $"{classes.UnreadableCount - classes.Gaps.Count} more classes cannot be read");
        }
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
