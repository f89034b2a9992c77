using Ecoscanner.Findings;

namespace Ecoscanner.Packages;

/// <summary>A library in an app: what it is, where it lies and how that is known.</summary>
public sealed record Component
{
    /// <summary>Its coordinates; without a version where that is not known.</summary>
    public required PackageUrl Package { get; init; }

    /// <summary>The versions it may be, ascending, where the package has none because more than one fits; else empty.</summary>
    public IReadOnlyList<string> PossibleVersions { get; init; } = [];

    public required Placement Placement { get; init; }

    /// <summary>How sure the coordinates are; only high ones become tickets.</summary>
    public required Confidence Confidence { get; init; }

    /// <summary>Every place where this copy lies: <c>app.obr!/dependencies/a.jar!/META-INF/lib/b.jar</c>, <c>package-lock.json#node_modules/b</c>; at least one.</summary>
    public required IReadOnlyList<string> Places { get; init; }

    /// <summary>The file that its first place lies in: the lockfile, or the outermost archive.</summary>
    public string File => Places[0] is var place && place.IndexOfAny(['!', '#']) is >= 0 and var end ? place[..end] : Places[0];

    /// <summary>True where the app brings it and production has it: what advisories are asked about.</summary>
    public bool IsShipped => !IsDevelopment && Placement is not Placement.HostProvided;

    /// <summary>What its coordinates were read from, the strongest first.</summary>
    public IReadOnlyList<Clue> Clues { get; init; } = [];

    /// <summary>The package root that its classes were moved to, such as <c>com.acme.shaded</c>; null where they are where they belong.</summary>
    public string? RelocatedTo { get; init; }

    /// <summary>Classes that its release has and this copy has not, where a fix is known to be their removal, such as <c>org.apache.logging.log4j.core.lookup.JndiLookup</c>.</summary>
    public IReadOnlyList<string> Removed { get; init; } = [];

    /// <summary>True where only the development of the app needs it.</summary>
    public bool IsDevelopment { get; init; }

    /// <summary>True where the app works without it.</summary>
    public bool IsOptional { get; init; }

    /// <summary>
    /// Where it comes from where that is not a registry of its ecosystem: <c>git+https://…</c>, <c>file:./local</c>, <c>workspace:packages/a</c>; text of
    /// the app. Null where it is the registry's package. What has an origin only bears the name: it is no package that an advisory speaks of, and none that
    /// exempts others.
    /// </summary>
    public string? Origin { get; init; }

    /// <summary>SHA-256 of its archive, in lower-case hex; null where it is no file of its own.</summary>
    public string? Sha256 { get; init; }
}

/// <summary>How a library is part of what the partner ships.</summary>
public enum Placement
{
    /// <summary>The app brings it and runs it.</summary>
    Bundled,

    /// <summary>The app brings it, and nothing loads it: a jar that is not on the Bundle-ClassPath.</summary>
    Unused,

    /// <summary>The host brings it: it is imported or of scope <c>provided</c>, and not in the artifact.</summary>
    HostProvided,
}

/// <summary>One thing that tells what a library is.</summary>
/// <param name="Says">What it says, such as <c>META-INF/maven/org.yaml/snakeyaml/pom.properties: 1.33</c>; text of the app, so escape it.</param>
public sealed record Clue(ClueKind Kind, string Says);

/// <summary>The ways to know a library, the most telling first.</summary>
public enum ClueKind
{
    Lockfile,
    PomProperties,
    Pom,
    BundleSymbolicName,
    Manifest,
    FileName,
    PackageRoots,
    ClassFingerprints,
    ScriptSignature,
    Sbom,
}
