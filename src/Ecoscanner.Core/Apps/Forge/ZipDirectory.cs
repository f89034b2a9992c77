using System.Buffers.Binary;

namespace Ecoscanner.Apps.Forge;

/// <summary>Looks at the end of a ZIP before anybody reads its directory, which the platform's reader makes an object of for each entry (APPNOTE 4.3.16).</summary>
internal static class ZipDirectory
{
    /// <summary>An app with all its pictures has some thousands; ZIP without its 64-bit form ends at 65,535.</summary>
    public const int MaximumEntries = 50_000;

    // Names and what systems add to them, for so many entries: 160 bytes each.
    private const int MaximumBytes = 8 * 1024 * 1024;

    private const int EndLength = 22;
    private const int MaximumCommentLength = ushort.MaxValue;

    private static ReadOnlySpan<byte> EndSignature => "PK\u0005\u0006"u8;

    /// <summary>Checks how much there is to read, and leaves the stream at its beginning.</summary>
    /// <exception cref="InvalidDataException">It is no ZIP, or has more entries than any source.</exception>
    public static void Check(Stream zip)
    {
        if (zip.Length > SourceZip.MaximumZipBytes)
        {
            throw new InvalidDataException($"it has more than {SourceZip.MaximumZipBytes / 1024 / 1024} MB; make one of the app's source alone");
        }

        var tail = new byte[Math.Min(zip.Length, EndLength + MaximumCommentLength)];
        zip.Position = zip.Length - tail.Length;
        zip.ReadExactly(tail);
        zip.Position = 0;
        var at = tail.AsSpan().LastIndexOf(EndSignature);
        if (at < 0 || tail.Length - at < EndLength)
        {
            throw new InvalidDataException("it is no ZIP file, or only the beginning of one");
        }

        var end = tail.AsSpan(at);
        var entries = BinaryPrimitives.ReadUInt16LittleEndian(end[10..]);
        var start = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
        var directory = zip.Length - tail.Length + at - start;
        if (entries > MaximumEntries || directory > MaximumBytes)
        {
            throw new InvalidDataException($"it has more than {MaximumEntries} entries; make one of the app's source alone");
        }
    }
}
