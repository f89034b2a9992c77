using Ecoscanner.Findings;

namespace Ecoscanner.Packages.Java;

/// <summary>Finds coordinates for a jar without Maven's own files: names and groups come from several clues, and those coordinates are taken that most of them agree on.</summary>
internal sealed class JarGuess(JarFacts facts, IReadOnlyList<ArtifactVersion> cuts, Func<string, IReadOnlyList<string>> index)
{
    // A group needs two clues that do not follow from each other; names and roots of one make such a pair.
    private const int HighScore = 7;
    private const int MediumScore = 4;

    // No name stands in so many groups, and each is compared with the classes.
    private const int MaximumGroups = 50;

    private readonly Manifest manifest = facts.Manifest;

    /// <summary>The likeliest coordinates; null where nothing tells a group.</summary>
    public JarLibrary? Best()
    {
        Candidate? best = null;
        foreach (var candidate in Artifacts().SelectMany(Candidates))
        {
            best = best is null || candidate.Score > best.Score ? candidate : best;
        }

        if (best is null || best.Score <= 0)
        {
            return null;
        }

        var isSure = best.Score >= HighScore && best.Package.Version is not null && best.IsVersionSure;
        return new JarLibrary(
            best.Package,
            isSure ? Confidence.High
                : best.Score >= MediumScore ? Confidence.Medium
                : Confidence.Low,
            best.Clues,
            IsOwn: true
        );
    }

    private IEnumerable<ArtifactVersion> Artifacts()
    {
        foreach (var cut in cuts)
        {
            yield return cut;
        }

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

        if (MavenCoordinates.Plain(manifest.SymbolicName) is { } bundle && bundle != cuts[^1].Artifact)
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
        var (version, isSure) = Version(named);
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
            score += 3;
            clues.Add(new Clue(ClueKind.Manifest, group));
        }

        if (facts.Roots.Classes > 0)
        {
            score += support.Kind switch
            {
                SupportKind.Strong when support.MovedTo is null => 3,
                SupportKind.Weak => 1,
                _ => -3,
            };
        }

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

        return new Candidate(new PackageUrl(Ecosystem.Maven, $"{group}:{named.Artifact}", version), score, isSure, [.. clues.OrderBy(clue => clue.Kind)]);
    }

    /// <summary>The version, and whether what tells it does not contradict itself.</summary>
    private (string? Version, bool IsSure) Version(ArtifactVersion named)
    {
        var stated = new[] { manifest["Implementation-Version"], manifest["Bundle-Version"], manifest["Specification-Version"] }
            .Concat(manifest.Sections.Select(section => section.GetValueOrDefault("Implementation-Version")))
            .Select(version => MavenCoordinates.Plain(version?.Trim()))
            .OfType<string>()
            .ToList();
        if (named.Version is { } version)
        {
            var full = named.Classifier is { } classifier ? $"{version}-{classifier}" : null;
            return full is not null && stated.Any(other => OsgiVersion.Same(other, full)) ? (full, true) : (version, true);
        }

        return stated.Count > 0 ? (OsgiVersion.AsMaven(stated[0]), true) : (null, false);
    }
}

/// <summary>Coordinates that a jar may have.</summary>
internal sealed record Candidate(PackageUrl Package, int Score, bool IsVersionSure, IReadOnlyList<Clue> Clues);
