using System.Text;
using Ecoscanner.Packages.Gradle;
using Ecoscanner.Packages.Maven;
using Ecoscanner.Packages.Node;
using Ecoscanner.Packages.Sbom;

namespace Ecoscanner.Packages;

/// <summary>All that tells of an app's dependencies without its archive: lockfiles, trees that build tools print, SBOMs.</summary>
public static class DependencyFiles
{
    /// <summary>As much as the largest of their readers takes.</summary>
    public const int MaximumBytes = LockfileFolder.MaximumLockfileBytes;

    // The trees of the largest builds have 10 MB.
    private const int MaximumTextBytes = 64 * 1024 * 1024;

    /// <summary>Whether a file of this path is looked for in an app's folder.</summary>
    public static bool Reads(string path) => LockfileFolder.Reads(path) || GradleLockfile.Reads(path);

    /// <summary>Reads all lockfiles of an app.</summary>
    public static Inventory Read(AppFiles files, CancellationToken cancellation)
    {
        var node = LockfileFolder.Read(files, cancellation);
        var gradle = GradleLockfile.Read(files with { Gaps = [] }, cancellation);
        return Inventory.Joined([node, gradle]);
    }

    /// <summary>Reads a file that a person named, by what it holds: an SBOM, or what <c>mvn dependency:tree</c> or <c>gradle dependencies</c> printed.</summary>
    /// <param name="name">The file's, for places.</param>
    /// <returns>Null where it is none of them.</returns>
    public static Inventory? Read(ReadOnlyMemory<byte> bytes, string name)
    {
        if (SbomReader.Read(bytes, name) is { } sbom)
        {
            return sbom;
        }

        if (bytes.Length > MaximumTextBytes)
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(bytes.Span);
        return MavenTree.Reads(text) ? MavenTree.Read(text, name)
            : GradleTree.Reads(text) ? GradleTree.Read(text, name)
            : null;
    }
}
