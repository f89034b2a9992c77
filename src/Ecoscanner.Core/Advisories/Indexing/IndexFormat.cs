using System.Runtime.InteropServices;

namespace Ecoscanner.Advisories.Indexing;

/// <summary>The layout of the file: a header, a table of sections, the sections. All numbers are little-endian, all text is UTF-8.</summary>
internal static class IndexFormat
{
    /// <summary>Counts up with each change of the layout, or of the bytes that versions sort by; a program reads its own only.</summary>
    public const uint Version = 1;

    /// <summary>What a section's start is a multiple of, so that numbers of eight bytes lie well.</summary>
    public const int Alignment = 8;

    /// <summary>Spans count in 31 bits.</summary>
    public const long LargestFile = int.MaxValue;

    /// <summary>A position in <see cref="IndexSection.Strings"/> that stands for null.</summary>
    public const uint NoString = uint.MaxValue;

    /// <summary>The upper end of a <see cref="Stretch"/> that has none.</summary>
    public const uint NoEnd = uint.MaxValue;

    public static readonly int SectionCount = Enum.GetValues<IndexSection>().Length;

    public static readonly int HeaderLength = Marshal.SizeOf<IndexHeader>() + (SectionCount * Marshal.SizeOf<SectionEntry>());

    public static ReadOnlySpan<byte> Magic => "ECOADVIX"u8;
}

/// <summary>The sections, in the order of the file.</summary>
internal enum IndexSection
{
    /// <summary>When it was built and of what, in JSON; the only section that is not part of the snapshot.</summary>
    About,

    /// <summary>Each distinct text once: its length as a varint, then itself.</summary>
    Strings,

    /// <summary><see cref="AdvisoryRecord"/>, by id.</summary>
    Advisories,

    /// <summary><see cref="PackageRecord"/>, by ecosystem and name.</summary>
    Packages,

    /// <summary><see cref="PackageSlot"/>: a hash table of a power of two slots, searched from the hash on.</summary>
    PackageTable,

    /// <summary>The bytes that versions sort by (<see cref="Versions.VersionKey"/>), as the texts are written.</summary>
    Keys,

    /// <summary><see cref="BoundaryRecord"/>: per package the versions at which a range begins or ends, in their order.</summary>
    Boundaries,

    /// <summary><see cref="AffectedRecord"/>, by package.</summary>
    Affected,

    /// <summary><see cref="Stretch"/>, by affected package.</summary>
    Stretches,

    /// <summary>Positions in <see cref="Packages"/> of Maven's, by artifactId.</summary>
    Artifacts,

    /// <summary><see cref="IdRecord"/>, by id whatever its case; aliases too.</summary>
    Ids,

    /// <summary><see cref="ExploitedRecord"/>, by CVE.</summary>
    Exploited,

    /// <summary><see cref="PredictedRecord"/>, by CVE.</summary>
    Predicted,

    /// <summary>What of an advisory is only shown: see <see cref="AdvisoryDetails"/>.</summary>
    Details,
}

[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal unsafe struct IndexHeader
{
    public fixed byte Magic[8];
    public uint Version;
    public uint Sections;
    public long FileLength;

    /// <summary>Seconds since 1970.</summary>
    public long Built;
    public fixed byte Snapshot[32];

    /// <summary>CRC-32C of the header and the table of sections, with this field 0.</summary>
    public uint Checksum;
    public uint Reserved;
}

/// <summary>Where a section lies.</summary>
/// <param name="Checksum">CRC-32C of its bytes.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct SectionEntry(long Start, long Length, uint Checksum, uint Reserved);

/// <summary>What is asked of an advisory often.</summary>
/// <param name="Digest">Of all that decides what it matches and how severe that is: two indexes compare it.</param>
/// <param name="Score">Tenths; <see cref="NoScore"/> for none.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct AdvisoryRecord(ulong Digest, uint Id, uint Details, AdvisoryFlags Flags, byte Score, ushort Reserved)
{
    public const byte NoScore = byte.MaxValue;
}

[Flags]
internal enum AdvisoryFlags : byte
{
    None = 0,
    Malicious = 1,
    Withdrawn = 2,
}

[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct PackageRecord(uint Name, uint Ecosystem, uint BoundariesStart, uint BoundariesCount, uint AffectedStart, uint AffectedCount);

/// <summary>A slot of the hash table.</summary>
/// <param name="Tag">The upper half of the name's hash, which tells most others apart unread.</param>
/// <param name="Package">Its position plus 1; 0 for a free slot.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct PackageSlot(uint Tag, uint Package);

/// <param name="Text">As its source spells it.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct BoundaryRecord(uint Key, uint Text);

/// <summary>That an advisory affects a package.</summary>
/// <param name="Source">Whose ranges these are.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct AffectedRecord(uint Advisory, uint StretchesStart, uint StretchesCount, uint Source);

/// <summary>
/// A stretch of versions among the boundaries of its package. The position 2i+1 is the boundary i itself, 2i what lies just below it, and twice their
/// count what lies above all: so a version is placed once, and each range is two comparisons of numbers.
/// </summary>
/// <param name="From">The first position in it.</param>
/// <param name="To">The last one; <see cref="IndexFormat.NoEnd"/> for no end.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct Stretch(uint From, uint To)
{
    public bool Has(uint position) => From <= position && position <= To;

    public static uint At(int boundary) => (2 * (uint)boundary) + 1;
}

[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct IdRecord(uint Id, uint Advisory);

/// <summary>An entry of CISA's catalogue.</summary>
/// <param name="Added">Days since 0001-01-01.</param>
/// <param name="Due">Likewise; 0 for none.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct ExploitedRecord(ulong Cve, uint Added, uint Due, uint Ransomware);

[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct PredictedRecord(ulong Cve, float Probability, float Percentile);
