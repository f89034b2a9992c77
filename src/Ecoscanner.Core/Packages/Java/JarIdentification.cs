using Ecoscanner.Findings;

namespace Ecoscanner.Packages.Java;

/// <summary>Concludes from an archive's facts which libraries it is and holds. What says least of itself is known by its name, its bundle's name, its manifest and its packages, two of which have to agree.</summary>
/// <param name="groups">The groups that are known to publish an artifact of a name, from the advisories.</param>
internal sealed class JarIdentification(Func<string, IReadOnlyList<string>> groups)
{
    // A library whose classes are most of the jar is the jar, whatever its file is called.
    private const double Most = 0.5;

    // Beyond it, the classes that no library claims are too few for another one.
    private const double NearlyAll = 0.95;

    /// <summary>The library that it is, if that can be told, and after it those that it holds.</summary>
    public IReadOnlyList<JarLibrary> Identify(JarFacts facts)
    {
        var cuts = JarFileName.Cut(facts.Stem);
        var own = Named(facts, cuts);
        var guessed = own is null ? new JarGuess(facts, cuts, groups).Best() : null;
        if (own is null && guessed is not { Confidence: Confidence.High } && (Titled(facts) ?? Main(facts)) is { } coordinates)
        {
            (own, guessed) = (coordinates, null);
        }

        var libraries = new List<JarLibrary>();
        if (own is not null)
        {
            libraries.Add(Own(facts, own, cuts));
        }
        else if (guessed is not null)
        {
            libraries.Add(guessed);
        }

        libraries.AddRange(Held(facts, own, libraries.FirstOrDefault()?.Package));
        return libraries;
    }

    /// <summary>Those of the coordinates in it that its file is named after; null where there are none.</summary>
    private static MavenCoordinates? Named(JarFacts facts, IReadOnlyList<ArtifactVersion> cuts) =>
        Likeliest(
            facts,
            facts.Maven.Where(own =>
                own.Version is not null
                && (facts.Stem == $"{own.Artifact}-{own.Version}" || facts.Stem.StartsWith($"{own.Artifact}-{own.Version}-", StringComparison.Ordinal))
            )
        ) ?? Likeliest(facts, facts.Maven.Where(own => cuts.Any(cut => cut.Artifact == own.Artifact)));

    /// <summary>Those that its bundle or its title is named after.</summary>
    private static MavenCoordinates? Titled(JarFacts facts) =>
        Likeliest(
            facts,
            facts.Maven.Where(own =>
                facts.Manifest.SymbolicName is { } bundle && (bundle == MavenBundle.Name(own.Group, own.Artifact) || bundle == $"{own.Group}.{own.Artifact}")
            )
        )
        ?? Likeliest(
            facts,
            facts.Maven.Where(own => facts.Manifest["Implementation-Title"] == own.Artifact || facts.Manifest["Specification-Title"] == own.Artifact)
        );

    // Of two artifacts of one name, that whose classes are here.
    private static MavenCoordinates? Likeliest(JarFacts facts, IEnumerable<MavenCoordinates> candidates) =>
        candidates
            .OrderByDescending(own =>
                facts.Roots.Of(own.Group, own.Artifact) is var support ? (support.MovedTo is null, support.Kind, support.Classes) : default
            )
            .ThenBy(own => own.Name, StringComparer.Ordinal)
            .FirstOrDefault();

    /// <summary>The coordinates whose classes are most of the jar: somebody renamed it.</summary>
    private static MavenCoordinates? Main(JarFacts facts) =>
        facts
            .Maven.Select(own => (Own: own, Support: facts.Roots.Of(own.Group, own.Artifact)))
            .Where(main =>
                main.Support.MovedTo is null && (facts.Roots.Classes == 0 ? facts.Maven.Count == 1 : main.Support.Classes >= facts.Roots.Classes * Most)
            )
            .OrderByDescending(main => main.Support.Kind)
            .ThenByDescending(main => main.Support.Classes)
            .Select(main => main.Own)
            .FirstOrDefault();

    private static JarLibrary Own(JarFacts facts, MavenCoordinates own, IReadOnlyList<ArtifactVersion> cuts)
    {
        var clues = new List<Clue> { own.Clue };
        var named = cuts.FirstOrDefault(cut => cut.Artifact == own.Artifact);
        if (named is not null)
        {
            clues.Add(new Clue(ClueKind.FileName, facts.FileName));
        }

        var support = facts.Roots.Of(own.Group, own.Artifact);
        if (support.Kind != SupportKind.None)
        {
            clues.Add(Roots(facts, support));
        }

        var manifest = ManifestVersion(facts.Manifest);
        var version = own.Version ?? named?.Version ?? manifest;
        var disagrees =
            named?.Version is { } stated && version is not null && !OsgiVersion.Same(stated, version) && !version.StartsWith(stated, StringComparison.Ordinal);
        var isSure =
            version is not null
            && !(disagrees && !OsgiVersion.Same(manifest, version))
            && (named is not null || support.Kind == SupportKind.Strong || facts.Roots.Classes == 0 && own.IsPlaced);
        return new JarLibrary(Maven(own.Group, own.Artifact, version), isSure ? Confidence.High : Confidence.Medium, clues, IsOwn: true);
    }

    /// <summary>The libraries whose classes it has taken in, by the coordinates that they brought along.</summary>
    private static IEnumerable<JarLibrary> Held(JarFacts facts, MavenCoordinates? own, PackageUrl? ownPackage)
    {
        var held = facts
            .Maven.Where(other => other != own && other.Name != ownPackage?.Name)
            .DistinctBy(other => (other.Name, other.Version))
            .Select(other => (Coordinates: other, Support: facts.Roots.Of(other.Group, other.Artifact)))
            .ToList();
        var ownName = ownPackage?.Name.Split(':');
        var explained =
            held.Where(other => other.Support.Kind == SupportKind.Strong).Sum(other => (long)other.Support.Classes)
            + (ownName is [var group, var artifact] ? facts.Roots.Of(group, artifact).Classes : 0);
        var isExplained = explained >= facts.Roots.Classes * NearlyAll;
        foreach (var (coordinates, support) in held)
        {
            // One whose classes are not here was left behind by a build, or stands here to mislead.
            if (support.Kind != SupportKind.None || (!support.IsKnown && !isExplained))
            {
                yield return new JarLibrary(
                    new PackageUrl(Ecosystem.Maven, coordinates.Name, coordinates.Version),
                    support.Kind == SupportKind.None ? Confidence.Low
                        : support.Kind == SupportKind.Strong && coordinates.Version is not null ? Confidence.High
                        : Confidence.Medium,
                    [
                        coordinates.Clue,
                        new Clue(
                            ClueKind.PackageRoots,
                            $"{support.Classes} of {facts.Roots.Classes} classes{(support.MovedTo is { } moved ? $", below {moved}" : "")}"
                        ),
                    ],
                    IsOwn: false,
                    support.MovedTo
                );
            }
        }
    }

    private static Clue Roots(JarFacts facts, Support support) =>
        new(ClueKind.PackageRoots, $"{support.Classes} of {facts.Roots.Classes} classes, below {facts.Roots.Root().Replace('/', '.')}".TrimEnd('.', ' '));

    private static PackageUrl Maven(string group, string artifact, string? version) => new(Ecosystem.Maven, $"{group}:{artifact}", version);

    private static string? ManifestVersion(Manifest manifest) =>
        MavenCoordinates.Plain(manifest["Implementation-Version"]) ?? MavenCoordinates.Plain(manifest["Bundle-Version"]);
}

/// <summary>The bundle names that Maven's bundle plugin makes of coordinates.</summary>
internal static class MavenBundle
{
    /// <summary><c>org.apache.felix:org.apache.felix.main</c> is <c>org.apache.felix.main</c>, <c>org.apache.maven:maven-core</c> is <c>org.apache.maven.core</c>, and <c>commons-io:commons-io</c> is <c>commons-io</c> (maven-bundle-plugin, "Bundle-SymbolicName").</summary>
    public static string Name(string group, string artifact)
    {
        var last = group[(group.LastIndexOf('.') + 1)..];
        return artifact == last ? group
            : artifact.StartsWith(group, StringComparison.Ordinal) ? artifact
            : artifact.StartsWith($"{last}-", StringComparison.Ordinal) || artifact.StartsWith($"{last}.", StringComparison.Ordinal)
                ? $"{group}.{artifact[(last.Length + 1)..]}"
            : $"{group}.{artifact}";
    }
}
