namespace Ecoscanner.Packages.Java.Classes;

/// <summary>Compares the found classes of a library with each of its known releases.</summary>
internal sealed class ReleaseComparison
{
    private const int MaximumMissing = 1000;

    // A distributor's patches alter a few classes; the next release alters more.
    private const double Nearly = 0.05;

    private readonly FingerprintIndex index;
    private readonly LibraryCandidate candidate;
    private readonly Dictionary<int, Score> scores = [];
    private readonly List<(int Class, bool IsFound)> listed = [];
    private int foundCount;
    private int tellingCount;

    /// <summary>Compares, and takes the classes that the library explains.</summary>
    public ReleaseComparison(
        FingerprintIndex index,
        LibraryCandidate candidate,
        IReadOnlyList<FoundClass> classes,
        Dictionary<string, int> byName,
        bool[] explained
    )
    {
        this.index = index;
        this.candidate = candidate;
        for (var release = 0; release < index.Releases.Count; release++)
        {
            if (index.Releases[release].Library == candidate.Library)
            {
                scores.Add(release, new Score());
            }
        }

        // The variants of a class follow each other.
        var variants = index.VariantsOf(candidate.Library).AsSpan();
        while (!variants.IsEmpty)
        {
            var type = index.ClassOf(variants[0]);
            var count = 1;
            while (count < variants.Length && index.ClassOf(variants[count]) == type)
            {
                count++;
            }

            Compare(type, variants[..count], classes, byName, explained);
            variants = variants[count..];
        }
    }

    public LibraryMatch Match(IReadOnlyList<string> rivals)
    {
        var least = scores.Min(score => Wrong(score.Value));
        var best = scores
            .Where(score => Wrong(score.Value) == least)
            .OrderBy(score => Missing(score.Key, score.Value))
            .ThenByDescending(score => score.Value.SameCode)
            .ThenBy(score => score.Key)
            .ToList();
        var (nearest, result) = best[0];
        IReadOnlyList<string> versions = least > Nearly * result.Same ? [] : Fitting(best);
        var missing = MissingClasses(nearest);
        var library = index.Libraries[candidate.Library];
        return new LibraryMatch
        {
            Library = library,
            Versions = versions,
            Nearest = index.Releases[nearest].Version,
            Found = result.Same,
            SameCode = result.SameCode,
            Telling = tellingCount,
            Altered = least,
            Total = index.Releases[nearest].Classes,
            Missing = [.. missing.Take(MaximumMissing)],
            RelocatedFrom = candidate.Relocation.IsNone ? null : candidate.Relocation.From.Replace('/', '.'),
            RelocatedTo = candidate.Relocation.IsNone ? null : candidate.Relocation.To.Replace('/', '.'),
            Rivals = rivals,
            Removed = [.. FixesByRemoval.ClassesOf(library).Intersect(missing, StringComparer.Ordinal)],
        };
    }

    private List<string> Fitting(List<KeyValuePair<int, Score>> best)
    {
        // One that is all there is more likely than one that lost classes; and the very instructions are no accident.
        var whole = best.Where(score => Missing(score.Key, score.Value) == 0).ToList();
        var left = whole.Count > 0 ? whole : best;
        var code = left.Max(score => score.Value.SameCode);
        return [.. left.Where(score => score.Value.SameCode == code).Select(score => score.Key).Order().Select(release => index.Releases[release].Version)];
    }

    private void Compare(int type, ReadOnlySpan<int> variants, IReadOnlyList<FoundClass> classes, Dictionary<string, int> byName, bool[] explained)
    {
        var package = candidate.Relocation.Moved(index.PackageOfClass(type));
        var name = package is null or "" ? index.SimpleName(type) : $"{package}/{index.SimpleName(type)}";
        if (package is null || !byName.TryGetValue(name, out var at))
        {
            listed.Add((type, false));
            return;
        }

        var fingerprint = classes[at].Fingerprint;
        var isSame = false;
        foreach (var variant in variants)
        {
            isSame |= index.IsShape(variant, fingerprint);
        }

        // Another library explains it, and better.
        if (!isSame && explained[at])
        {
            listed.Add((type, false));
            return;
        }

        listed.Add((type, true));
        explained[at] = true;
        foundCount++;
        tellingCount += isSame && FingerprintMatcher.IsTelling(index, fingerprint) ? 1 : 0;
        Rate(variants, fingerprint);
    }

    private void Rate(ReadOnlySpan<int> variants, in ClassFingerprint fingerprint)
    {
        foreach (var variant in variants)
        {
            var isShape = index.IsShape(variant, fingerprint);
            var isCode = isShape && index.IsCode(variant, fingerprint);
            foreach (var release in index.ReleasesOf(variant))
            {
                if (scores.TryGetValue(release, out var score))
                {
                    score.Same += isShape ? 1 : 0;
                    score.SameCode += isCode ? 1 : 0;
                    score.Altered += isShape ? 0 : 1;
                }
            }
        }
    }

    // Found classes that the release has otherwise, or not at all.
    private int Wrong(Score score) => foundCount - score.Same;

    private int Missing(int release, Score score) => index.Releases[release].Classes - score.Same - score.Altered;

    private List<string> MissingClasses(int release)
    {
        var gone = listed.Where(type => !type.IsFound).Select(type => type.Class).ToHashSet();
        var names = new List<string>();
        foreach (var variant in index.VariantsOf(candidate.Library))
        {
            var type = index.ClassOf(variant);
            if (gone.Contains(type) && index.ReleasesOf(variant).Contains(release))
            {
                names.Add($"{index.PackageOfClass(type).Replace('/', '.')}.{index.SimpleName(type)}".TrimStart('.'));
            }
        }

        return names;
    }

    private sealed class Score
    {
        public int Same { get; set; }

        public int SameCode { get; set; }

        public int Altered { get; set; }
    }
}
