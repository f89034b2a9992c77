using Ecoscanner.Packages.Java.Classes;
using Ecoscanner.Source;

namespace Ecoscanner.Packages.Java;

/// <summary>With what an archive's libraries are found.</summary>
public sealed record ArchiveReading
{
    public static readonly ArchiveReading Default = new();

    public ArchiveLimits Limits { get; init; } = ArchiveLimits.Default;

    /// <summary>The groups that publish an artifact of a name, as far as advisories tell; it may be called by several threads.</summary>
    public Func<string, IReadOnlyList<string>> Groups { get; init; } = _ => [];

    /// <summary>What looks into each archive beside the metadata; they may be called by several threads.</summary>
    internal IReadOnlyList<ArchiveInspection> Inspections { get; init; } = [];

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The same, and code without metadata is told by its classes: exploded, shaded, relocated, minimised.</summary>
    public ArchiveReading With(FingerprintIndex fingerprints) => this with { Inspections = [.. Inspections, new ClassInspection(fingerprints).Inspect] };
}

/// <summary>Finds libraries in an archive by what its metadata does not tell: its classes, its scripts. What cannot be read it refuses by <see cref="Archive.Refuse"/>.</summary>
/// <returns>Components whose placement is set afterwards.</returns>
internal delegate IReadOnlyList<Component> ArchiveInspection(InspectedArchive archive);

/// <summary>An archive while it is open.</summary>
/// <param name="Place">As in <see cref="Component.Places"/>.</param>
/// <param name="Archive">Its entries, archives in it included, and their bytes.</param>
/// <param name="Facts">What its metadata says.</param>
/// <param name="Libraries">What was concluded from that.</param>
internal sealed record InspectedArchive(string Place, Archive Archive, JarFacts Facts, IReadOnlyList<JarLibrary> Libraries)
{
    /// <summary>The classes that are the archive's own, in its order; <see cref="Archive.Read"/> opens them.</summary>
    public IEnumerable<ArchiveEntry> Classes => Archive.Entries.Where(entry => entry.Name.EndsWith(".class", StringComparison.Ordinal));
}
