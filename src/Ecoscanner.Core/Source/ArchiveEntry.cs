namespace Ecoscanner.Source;

/// <summary>A file in an archive, as the directory tells it; nothing of it is believed when it is read.</summary>
/// <param name="Name">Separated by <c>/</c>; leads nowhere out of the archive.</param>
/// <param name="Size">Unpacked; -1 where only reading it shows that.</param>
/// <param name="PackedSize">In the archive.</param>
/// <param name="Offset">Of its local header.</param>
/// <param name="Method">0 stored, 8 deflated (APPNOTE 4.4.5).</param>
/// <param name="Checksum">CRC-32; null where it is not known.</param>
internal sealed record ArchiveEntry(string Name, long Size, long PackedSize, long Offset, ushort Method, uint? Checksum)
{
    public const ushort Stored = 0;
    public const ushort Deflated = 8;
}

/// <summary>An entry that is not read, or not as it stands.</summary>
/// <param name="Name">Its name, cut where it is too long; empty for the archive itself. Written by strangers: escape it.</param>
/// <param name="Reason">A clause for a person.</param>
internal sealed record ArchiveProblem(string Name, string Reason);
