namespace Ecoscanner.Packages.Java;

/// <summary>An archive that was read, and those in it.</summary>
internal sealed record JarNode
{
    /// <summary>As in <see cref="Component.Places"/>.</summary>
    public required string Place { get; init; }

    /// <summary>Its name in the archive around it; the file's name for the outermost.</summary>
    public required string Name { get; init; }

    /// <summary>SHA-256 in lower-case hex.</summary>
    public required string Sha256 { get; init; }

    public required JarFacts Facts { get; init; }

    /// <summary>The library that it is, if that is known, and those that it holds.</summary>
    public required IReadOnlyList<JarLibrary> Libraries { get; init; }

    /// <summary>What <see cref="ArchiveReading.Inspections"/> found in it.</summary>
    public required IReadOnlyList<Component> Inspected { get; init; }

    /// <summary>The archives in it, in its order.</summary>
    public required IReadOnlyList<JarNode> Children { get; init; }

    /// <summary>The files that tell what the archive is, by their names; those that could not be read are absent.</summary>
    public required IReadOnlyDictionary<string, byte[]> Descriptors { get; init; }

    /// <summary>The library that it is; null where that is not known.</summary>
    public JarLibrary? Own => Libraries.FirstOrDefault(library => library.IsOwn);
}

/// <summary>What was read of a file with archives in it.</summary>
/// <param name="Root">Null where the file is no archive, which is a gap then.</param>
internal sealed record JarTree(JarNode? Root, IReadOnlyList<InventoryGap> Gaps);
