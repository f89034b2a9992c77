namespace Ecoscanner.Packages.Java.Classes;

/// <summary>Tells which libraries found classes are of.</summary>
public static class FingerprintMatcher
{
    // A class that more libraries have tells none of them.
    private const int SharedByMany = 4;

    // A rival explains as much with nearly as little left over.
    private const double RivalShare = 0.8;

    private const double RestShare = 0.2;

    // What a person recognises: com.acme.app.
    private const int RootParts = 3;

    /// <summary>Tells the libraries of the classes of one archive, or of the part of it that nothing better names.</summary>
    public static ClassMatches Match(FingerprintIndex index, IReadOnlyList<FoundClass> classes)
    {
        var candidates = Candidates(index, classes);
        var byName = new Dictionary<string, int>(classes.Count, StringComparer.Ordinal);
        for (var i = 0; i < classes.Count; i++)
        {
            byName.TryAdd(classes[i].Name, i);
        }

        var explained = new bool[classes.Count];
        var libraries = new List<LibraryMatch>();
        var queue = new PriorityQueue<LibraryCandidate, double>();
        foreach (var candidate in candidates)
        {
            queue.Enqueue(candidate, -candidate.Score(explained));
        }

        // Scores only fall, so the first whose score still stands is the best.
        while (queue.TryDequeue(out var candidate, out var before))
        {
            var score = candidate.Score(explained);
            if (score == 0)
            {
                continue;
            }

            if (-score > before)
            {
                queue.Enqueue(candidate, -score);
                continue;
            }

            var match = new ReleaseComparison(index, candidate, classes, byName, explained).Match(Rivals(index, candidates, candidate));
            if (!libraries.Exists(other => IsRestOf(match, other)))
            {
                libraries.Add(match);
            }
        }

        libraries.Sort((a, b) => b.Found != a.Found ? b.Found.CompareTo(a.Found) : string.CompareOrdinal(a.Library, b.Library));
        return new ClassMatches(libraries, Unidentified(classes, explained));
    }

    private static List<LibraryCandidate> Candidates(FingerprintIndex index, IReadOnlyList<FoundClass> classes)
    {
        var smallest = index
            .Releases.GroupBy(release => release.Library)
            .ToDictionary(releases => releases.Key, releases => releases.Min(release => release.Classes));
        var candidates = new Dictionary<(int, Relocation), LibraryCandidate>();
        var relocations = new Dictionary<(string, string), Relocation>();
        for (var i = 0; i < classes.Count; i++)
        {
            var found = classes[i];
            var isTelling = IsTelling(index, found.Fingerprint);
            var package = Package(found.Name);
            for (var variants = index.Find(found.Fingerprint); variants.Next(); )
            {
                var key = (index.PackageOf(variants.Current), package);
                if (!relocations.TryGetValue(key, out var relocation))
                {
                    relocations.Add(key, relocation = Relocation.Between(key.Item1, package));
                }

                foreach (var library in index.LibrariesOf(variants.Current))
                {
                    if (!candidates.TryGetValue((library, relocation), out var candidate))
                    {
                        candidates.Add((library, relocation), candidate = new LibraryCandidate(library, relocation, smallest[library]));
                    }

                    candidate.Add(i, isTelling);
                }
            }
        }

        return [.. candidates.Values];
    }

    /// <summary>Whether the class has much in it, and few libraries have it.</summary>
    internal static bool IsTelling(FingerprintIndex index, in ClassFingerprint fingerprint)
    {
        if (!fingerprint.IsTelling)
        {
            return false;
        }

        var libraries = 0;
        var last = -1;
        for (var variants = index.Find(fingerprint); variants.Next() && libraries <= SharedByMany; )
        {
            foreach (var library in index.LibrariesOf(variants.Current))
            {
                libraries += library != last ? 1 : 0;
                last = library;
            }
        }

        return libraries <= SharedByMany;
    }

    // A build moves the main package of a library and leaves a few others where they are.
    private static bool IsRestOf(LibraryMatch match, LibraryMatch other) =>
        match.Library == other.Library && match.Found < RestShare * other.Found && match.Versions.Intersect(other.Versions, StringComparer.Ordinal).Any();

    private static List<string> Rivals(FingerprintIndex index, List<LibraryCandidate> candidates, LibraryCandidate chosen) =>
        [
            .. candidates
                .Where(other =>
                    other.Library != chosen.Library
                    && other.Relocation == chosen.Relocation
                    && other.Count >= chosen.Count
                    && other.Share >= RivalShare * chosen.Share
                )
                .Select(other => index.Libraries[other.Library])
                .Order(StringComparer.Ordinal),
        ];

    private static List<UnidentifiedClasses> Unidentified(IReadOnlyList<FoundClass> classes, bool[] explained) =>
        [
            .. classes
                .Where((_, i) => !explained[i])
                .CountBy(found => Root(Package(found.Name)), StringComparer.Ordinal)
                .Select(root => new UnidentifiedClasses(root.Key, root.Value))
                .OrderByDescending(root => root.Count)
                .ThenBy(root => root.Root, StringComparer.Ordinal),
        ];

    private static string Root(string package) => string.Join('.', package.Split('/').Take(RootParts));

    private static string Package(string name) => name.LastIndexOf('/') is >= 0 and var slash ? name[..slash] : "";
}
