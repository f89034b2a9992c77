using Ecoscanner.Findings;

namespace Ecoscanner.Packages.Java;

/// <summary>What an archive tells of what it is, before anything is concluded from it.</summary>
/// <param name="FileName">Its name without folders, which a person may have changed.</param>
/// <param name="Maven">What its folders below <c>META-INF/maven</c> say.</param>
internal sealed record JarFacts(string FileName, Manifest Manifest, IReadOnlyList<MavenCoordinates> Maven, PackageRoots Roots)
{
    /// <summary>The name without its ending.</summary>
    public string Stem =>
        FileName.LastIndexOf('.') is > 0 and var dot && !FileName[(dot + 1)..].Contains('-', StringComparison.Ordinal) ? FileName[..dot] : FileName;
}

/// <summary>A library that an archive is, or whose classes it has taken in.</summary>
/// <param name="IsOwn">Whether the archive is this library; else it only holds its classes.</param>
/// <param name="RelocatedTo">As in <see cref="Component.RelocatedTo"/>.</param>
internal sealed record JarLibrary(PackageUrl Package, Confidence Confidence, IReadOnlyList<Clue> Clues, bool IsOwn, string? RelocatedTo = null)
{
    /// <summary>As in <see cref="Component.Removed"/>.</summary>
    public IReadOnlyList<string> Removed { get; init; } = [];
}
