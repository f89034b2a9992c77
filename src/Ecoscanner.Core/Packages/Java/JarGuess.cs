using Ecoscanner.Findings;

namespace Ecoscanner.Packages.Java;

/// <summary>Finds coordinates for a jar without Maven's own files: names and groups come from several clues, and those coordinates are taken that most of them agree on.</summary>
internal sealed class JarGuess(JarFacts facts, IReadOnlyList<ArtifactVersion> cuts, Func<string, IReadOnlyList<string>> index)
{
    // A group needs two clues that do not follow from each other; names and roots of one make such a pair.
    // Of a library of its own name at least one class in so many is its own; a few more are what it took from others.
    private const int LeastShare = 20;

    private const int HighScore = 7;
    private const int MediumScore = 4;

    // No name stands in so many groups, and each is compared with the classes.
    private const int MaximumGroups = 20;

    private readonly Manifest manifest = facts.Manifest;

    /// <summary>The likeliest coordinates; null where nothing tells a group.</summary>
    public JarLibrary? Best()
    {
        var best = Best(Names());
        if (best is not { IsAttested: true, Score: >= MediumScore })
        {
            best = Best(Names().Concat(Titles()));
        }

        // Groups that only look right are right once in four times, and a wrong name hides advisories.
        if (best is not { IsAttested: true, Score: > 0 })
        {
            return null;
        }

        var confidence =
            best.Score < MediumScore ? Confidence.Low
            : best.Score >= HighScore && best.Package.Version is not null ? Confidence.High
            : Confidence.Medium;
        return new JarLibrary(best.Package, confidence, best.Clues, IsOwn: true);
    }

    private Candidate? Best(IEnumerable<ArtifactVersion> artifacts)
    {
        Candidate? best = null;
        foreach (var candidate in artifacts.SelectMany(Candidates))
        {
            best = best is null || candidate.Rank.CompareTo(best.Rank) > 0 ? candidate : best;
        }

        return best;
    }

    // Whole names with a version at their end are no artifacts'.
    private IEnumerable<ArtifactVersion> Names() => cuts is [{ Classifier: null }, .., _] ? cuts.SkipLast(1) : cuts;

    private IEnumerable<ArtifactVersion> Titles()
    {
        var title = manifest["Implementation-Title"];
        // Nebula's Gradle plugins: com.netflix.hystrix#hystrix-core;1.4.0
        if (title?.Split('#', ';') is [_, var artifact, var version] && MavenCoordinates.Plain(artifact) is not null)
        {
            yield return new ArtifactVersion(artifact, MavenCoordinates.Plain(version), null);
        }
        else if (MavenCoordinates.Plain(title) is { } plain && plain != cuts[^1].Artifact)
        {
            yield return new ArtifactVersion(plain, null, null);
        }

        if (MavenCoordinates.Plain(manifest.SymbolicName) is { } bundle)
        {
            yield return new ArtifactVersion(bundle, null, null);
            if (bundle.LastIndexOf('.') is > 0 and var dot)
            {
                yield return new ArtifactVersion(bundle[(dot + 1)..], null, null);
            }
        }
    }

    private IEnumerable<Candidate> Candidates(ArtifactVersion named)
    {
        var known = KnownArtifacts.Named(named.Artifact);
        var indexed = index(named.Artifact);
        return Groups(named.Artifact, known, indexed)
            .Distinct(StringComparer.Ordinal)
            .Take(MaximumGroups)
            .Select(group => Candidate(named, group, known, indexed));
    }

    private IEnumerable<string> Groups(string artifact, IReadOnlyList<KnownArtifact> known, IReadOnlyList<string> indexed)
    {
        var fromBundle = manifest.SymbolicName is { } bundle
            ? new[]
            {
                bundle.EndsWith($".{artifact}", StringComparison.Ordinal) ? bundle[..^(artifact.Length + 1)] : null,
                bundle,
                bundle.LastIndexOf('.') is > 0 and var dot ? bundle[..dot] : null,
            }
            : [];
        var root = facts.Roots.Root().Replace('/', '.');
        var fromRoot = new List<string>();
        // org.apache.commons.io: each package above two names could be the group.
        for (var at = root; at.Contains('.', StringComparison.Ordinal); at = at[..at.LastIndexOf('.')])
        {
            fromRoot.Add(at);
        }

        return known
            .Select(entry => entry.Group)
            .Concat(indexed)
            .Concat([manifest["Implementation-Vendor-Id"], manifest["Implementation-Title"]?.Split('#') is [var nebula, _] ? nebula : null])
            .Concat(fromBundle)
            .Concat(fromRoot)
            .Select(group => MavenCoordinates.Plain(group))
            .OfType<string>();
    }

    private Candidate Candidate(ArtifactVersion named, string group, IReadOnlyList<KnownArtifact> known, IReadOnlyList<string> indexed)
    {
        var (score, clues) = (0, new List<Clue>());
        var version = Version(named);
        var isAttested = indexed.Contains(group, StringComparer.Ordinal) || known.Any(entry => entry.Group == group);
        var support = facts.Roots.Of(group, named.Artifact);
        var entries = known.Where(entry => entry.Group == group).ToList();
        if (entries.Count > 0)
        {
            var published = entries.Any(entry => entry.Published(version));
            score += published
                ? entries.Any(entry => !entry.IsPattern)
                    ? 4
                    : 3
                : -4;
        }

        score += indexed.Contains(group, StringComparer.Ordinal) ? 3 : 0;
        if (manifest.SymbolicName is { } bundle)
        {
            var agrees = bundle == MavenBundle.Name(group, named.Artifact) || bundle == $"{group}.{named.Artifact}";
            var points =
                agrees ? 3
                : bundle == group || bundle == named.Artifact ? 1
                : 0;
            if (points > 0)
            {
                score += points;
                clues.Add(new Clue(ClueKind.BundleSymbolicName, bundle));
            }
        }

        if (manifest["Implementation-Vendor-Id"] == group || manifest["Implementation-Title"]?.StartsWith($"{group}#", StringComparison.Ordinal) == true)
        {
            isAttested |= support.Kind == SupportKind.Strong && !PackageRoots.IsShared(group);
            score += 3;
            clues.Add(new Clue(ClueKind.Manifest, group));
        }

        if (facts.Roots.Classes > 0)
        {
            score += support.Kind switch
            {
                SupportKind.Strong when support.MovedTo is null && support.Classes * LeastShare >= facts.Roots.Classes => 3,
                SupportKind.Strong when support is { MovedTo: null, IsKnown: false } => 1,
                SupportKind.Weak => 1,
                _ => -3,
            };
        }

        // Classes that stand elsewhere are somebody else's of the same name.
        isAttested &= facts.Roots.Classes == 0 || support.Kind != SupportKind.None || !support.IsKnown;
        if (cuts.Any(cut => cut.Artifact == named.Artifact))
        {
            score += named.Version is not null ? 2 : 1;
            clues.Add(new Clue(ClueKind.FileName, facts.FileName));
        }

        if (entries.Count == 0 && !indexed.Contains(group, StringComparer.Ordinal) && (group.Length == 0 || !group.Contains('.', StringComparison.Ordinal)))
        {
            score -= 2;
        }

        if (support.Kind != SupportKind.None)
        {
            clues.Add(new Clue(ClueKind.PackageRoots, $"{support.Classes} of {facts.Roots.Classes} classes"));
        }

        return new Candidate(new PackageUrl(Ecosystem.Maven, $"{group}:{named.Artifact}", version), score, isAttested, [.. clues.OrderBy(clue => clue.Kind)]);
    }

    /// <summary>The name's version, with the classifier where the manifest takes it for a part of it; else the manifest's.</summary>
    private string? Version(ArtifactVersion named)
    {
        var stated = new[] { manifest["Implementation-Version"], manifest["Bundle-Version"], manifest["Specification-Version"] }
            .Concat(manifest.Sections.Select(section => section.GetValueOrDefault("Implementation-Version")))
            .Select(version => MavenCoordinates.Plain(version?.Trim()))
            .OfType<string>();
        if (named.Version is { } version)
        {
            var full = named.Classifier is { } classifier ? $"{version}-{classifier}" : null;
            return full is not null && stated.Any(other => OsgiVersion.Same(other, full)) ? full : version;
        }

        return stated.FirstOrDefault() is { } first ? OsgiVersion.AsMaven(first) : null;
    }
}

/// <summary>Coordinates that a jar may have.</summary>
/// <param name="IsAttested">Whether somebody says that this group publishes this artifact; else the group only looks like one.</param>
internal sealed record Candidate(PackageUrl Package, int Score, bool IsAttested, IReadOnlyList<Clue> Clues)
{
    /// <summary>What is attested comes first, unless the classes contradict it.</summary>
    public (bool, int) Rank => (IsAttested && Score > 0, Score);
}
