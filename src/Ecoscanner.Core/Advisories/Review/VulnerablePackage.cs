using Ecoscanner.Advisories.Indexing;
using Ecoscanner.Findings;
using Ecoscanner.Packages;

namespace Ecoscanner.Advisories.Review;

/// <summary>A package that an app ships and an advisory speaks of: all copies and versions of it together.</summary>
public sealed record VulnerablePackage
{
    public required Ecosystem Ecosystem { get; init; }

    /// <summary>As in <see cref="PackageUrl.Name"/>.</summary>
    public required string Name { get; init; }

    public required Advisory Advisory { get; init; }

    /// <summary>The affected copies, in the order of the inventory; at least one.</summary>
    public required IReadOnlyList<VulnerableComponent> Components { get; init; }

    /// <summary>The ways in, from what the app asks for itself to the package, as people write them; the shortest first, and not all where there are many.</summary>
    public required IReadOnlyList<string> Ways { get; init; }

    /// <summary>True where there are more ways in than <see cref="Ways"/> has.</summary>
    public required bool HasMoreWays { get; init; }

    public required Exploitation Exploitation { get; init; }

    public required Priority Priority { get; init; }

    /// <summary>What the platform forces on the partner, where every way in leads through it; null where one does not.</summary>
    public required PlatformDependency? ForcedBy { get; init; }

    /// <summary>The score that severity and due date follow from, 0.0 to 10.0; null where no source has one.</summary>
    public double? Score => Advisory.IsMalicious ? MaliciousScore : Advisory.Score?.Base;

    /// <summary>How sure it is that the package is what it is taken for: as of the surest copy.</summary>
    public Confidence Confidence => Components.Max(found => found.Component.Confidence);

    /// <summary>True where no copy is run: each lies in the artifact and nothing loads it.</summary>
    public bool IsUnused => Components.All(found => found.Component.Placement is Placement.Unused);

    /// <summary>The score of an attack that the app ships: whoever wrote it runs code of theirs with all that the app may do.</summary>
    private const double MaliciousScore = 10.0;
}

/// <summary>A copy of a package that is affected.</summary>
/// <param name="At">Its position in <see cref="Inventory.Components"/>.</param>
/// <param name="Range">The affected versions that its version is one of.</param>
/// <param name="Source">Whose range it is.</param>
/// <param name="Fix">The lowest version that clears everything critical and high; null where none is known.</param>
public sealed record VulnerableComponent(int At, Component Component, VersionRange Range, string Source, Fix? Fix);
