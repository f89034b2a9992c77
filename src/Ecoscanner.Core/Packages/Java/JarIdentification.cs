using Ecoscanner.Findings;

namespace Ecoscanner.Packages.Java;

/// <summary>Concludes from an archive's facts which libraries it is and holds. What says least of itself is known by its name, its bundle's name, its manifest and its packages, two of which have to agree.</summary>
/// <param name="groups">The groups that are known to publish an artifact of a name, from the advisories.</param>
internal sealed class JarIdentification(Func<string, IReadOnlyList<string>> groups)
{
    // A library whose classes are most of the jar is the jar, whatever its file is called.
    private const double Most = 0.5;

    /// <summary>The library that it is, if that can be told, and after it those that it holds.</summary>
    public IReadOnlyList<JarLibrary> Identify(JarFacts facts)
    {
        var cuts = JarFileName.Cut(facts.Stem);
        var own = OwnCoordinates(facts, cuts);
        var guessed = own is null ? new JarGuess(facts, cuts, groups).Best() : null;
        if (own is null && guessed is null or { Confidence: not Confidence.High } && MainCoordinates(facts) is { } main)
        {
            (own, guessed) = (main, null);
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

        foreach (var held in facts.Maven.Where(held => held != own && held.Name != libraries.FirstOrDefault()?.Package.Name))
        {
            // One whose classes are not here was left behind by a build, or stands here to mislead.
            if (facts.Roots.Of(held.Group, held.Artifact) is { Kind: not SupportKind.None } support)
            {
                libraries.Add(Held(held, support));
            }
        }

        return libraries;
    }

    /// <summary>The coordinates of the jar itself among those that it holds: its name, its bundle's name or its title says so.</summary>
    private static MavenCoordinates? OwnCoordinates(JarFacts facts, IReadOnlyList<ArtifactVersion> cuts)
    {
        if (facts.Maven.Count == 0)
        {
            return null;
        }

        return Likeliest(
                facts,
                facts.Maven.Where(own =>
                    own.Version is not null
                    && (facts.Stem == $"{own.Artifact}-{own.Version}" || facts.Stem.StartsWith($"{own.Artifact}-{own.Version}-", StringComparison.Ordinal))
                )
            )
            ?? Likeliest(facts, facts.Maven.Where(own => cuts.Any(cut => cut.Artifact == own.Artifact)))
            ?? Likeliest(
                facts,
                facts.Maven.Where(own =>
                    facts.Manifest.SymbolicName is { } bundle
                    && (bundle == MavenBundle.Name(own.Group, own.Artifact) || bundle == $"{own.Group}.{own.Artifact}")
                )
            )
            ?? Likeliest(
                facts,
                facts.Maven.Where(own => facts.Manifest["Implementation-Title"] == own.Artifact || facts.Manifest["Specification-Title"] == own.Artifact)
            );
    }

    // Of two artifacts of one name, that whose classes are here.
    private static MavenCoordinates? Likeliest(JarFacts facts, IEnumerable<MavenCoordinates> candidates) =>
        candidates
            .OrderByDescending(own =>
                facts.Roots.Of(own.Group, own.Artifact) is var support ? (support.MovedTo is null, support.Kind, support.Classes) : default
            )
            .ThenBy(own => own.Name, StringComparer.Ordinal)
            .FirstOrDefault();

    /// <summary>The coordinates whose classes are most of the jar: somebody renamed it.</summary>
    private static MavenCoordinates? MainCoordinates(JarFacts facts) =>
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

    private static JarLibrary Held(MavenCoordinates held, Support support) =>
        new(
            Maven(held.Group, held.Artifact, held.Version),
            support.Kind == SupportKind.Strong && held.Version is not null ? Confidence.High : Confidence.Medium,
            [held.Clue, new Clue(ClueKind.PackageRoots, $"{support.Classes} classes{(support.MovedTo is { } moved ? $" below {moved}" : "")}")],
            IsOwn: false,
            support.MovedTo
        );

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
