using System.Buffers.Binary;
using System.Text;

namespace Ecoscanner.Source;

/// <summary>Reads a ZIP's directory, with its 64-bit form (APPNOTE 4.3.12 to 4.3.16), or what local headers tell where it is missing or broken.</summary>
internal sealed class CentralDirectory
{
    private const int EndLength = 22;
    private const int MaximumCommentLength = ushort.MaxValue;
    private const int End64LocatorLength = 20;
    private const int End64Length = 56;
    private const int HeaderLength = 46;
    private const int LocalHeaderLength = 30;
    private const uint HeaderSignature = 0x02014b50;
    private const ushort HasDescriptor = 1 << 3;

    // Entries whose sizes only a descriptor after them tells end where the next signature stands.
    private const int Unknown = -1;

    private const int WindowBytes = 256 * 1024;

    private readonly ByteSource source;
    private readonly ArchiveLimits limits;
    private byte[] buffer = [];

    private CentralDirectory(ByteSource source, ArchiveLimits limits)
    {
        this.source = source;
        this.limits = limits;
    }

    /// <summary>Everything that it names, folders included.</summary>
    public List<DirectoryEntry> Entries { get; } = [];

    /// <summary>Why it is not the whole directory; null where it is.</summary>
    public string? Problem { get; private set; }

    /// <summary>Where it stands; the end of the archive where it was not found.</summary>
    public long Start { get; private set; }

    private static ReadOnlySpan<byte> EndSignature => "PK\u0005\u0006"u8;

    private static ReadOnlySpan<byte> LocalSignature => "PK\u0003\u0004"u8;

    /// <summary>Reads it.</summary>
    /// <exception cref="InvalidDataException">It is no ZIP, or has more entries than the limits allow.</exception>
    /// <exception cref="IOException">The archive cannot be read.</exception>
    public static CentralDirectory Read(ByteSource source, ArchiveBudget budget)
    {
        var directory = new CentralDirectory(source, budget.Limits) { Start = source.Length };
        if (!directory.TryReadFromEnd())
        {
            directory.Scan(budget);
        }

        return directory;
    }

    private bool TryReadFromEnd()
    {
        var tail = new byte[Math.Min(source.Length, EndLength + MaximumCommentLength + End64LocatorLength)];
        var tailStart = source.Length - tail.Length;
        tail = tail[..source.Read(tailStart, tail)];
        var at = tail.Length;
        while ((at = tail.AsSpan(0, at).LastIndexOf(EndSignature)) >= 0)
        {
            if (tail.Length - at >= EndLength && TryRead(tailStart + at, tail.AsSpan(at, EndLength)))
            {
                return true;
            }
        }

        Problem ??= "its directory is missing";
        return false;
    }

    private bool TryRead(long endAt, ReadOnlySpan<byte> end)
    {
        long count = BinaryPrimitives.ReadUInt16LittleEndian(end[10..]);
        long size = BinaryPrimitives.ReadUInt32LittleEndian(end[12..]);
        long start = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
        var directoryEnd = endAt;
        if ((count == ushort.MaxValue || size == uint.MaxValue || start == uint.MaxValue) && End64(endAt) is { } end64)
        {
            (count, size, start, directoryEnd) = end64;
        }

        if (count < 0 || size < 0)
        {
            return false;
        }

        if (count > limits.Entries || size > limits.DirectoryBytes)
        {
            throw new InvalidDataException(
                $"it has more than {limits.Entries} entries, or a directory of more than {ArchiveBudget.Megabytes(limits.DirectoryBytes)}"
            );
        }

        if (count == 0 && size == 0)
        {
            Start = directoryEnd;
            return true;
        }

        // What stands before the ZIP, such as a program that unpacks it, is not counted in by everybody.
        foreach (var candidate in (ReadOnlySpan<long>)[directoryEnd - size, start])
        {
            if (size >= HeaderLength && candidate >= 0 && candidate + size <= directoryEnd && TryReadHeaders(candidate, (int)size, count, candidate - start))
            {
                Start = candidate;
                return true;
            }
        }

        return false;
    }

    private (long Count, long Size, long Start, long End)? End64(long endAt)
    {
        Span<byte> locator = stackalloc byte[End64LocatorLength];
        Span<byte> end = stackalloc byte[End64Length];
        if (source.Read(endAt - End64LocatorLength, locator) < End64LocatorLength || !locator.StartsWith("PK\u0006\u0007"u8))
        {
            return null;
        }

        // The second place is right where something stands before the ZIP.
        foreach (var at in (ReadOnlySpan<long>)[BinaryPrimitives.ReadInt64LittleEndian(locator[8..]), endAt - End64LocatorLength - End64Length])
        {
            if (source.Read(at, end) == End64Length && end.StartsWith("PK\u0006\u0006"u8))
            {
                var (count, size, start) = (Long(end[32..]), Long(end[40..]), Long(end[48..]));
                return (count, size, start, at);
            }
        }

        return null;
    }

    private bool TryReadHeaders(long at, int size, long count, long shift)
    {
        Span<byte> first = stackalloc byte[sizeof(uint)];
        if (source.Read(at, first) < first.Length || BinaryPrimitives.ReadUInt32LittleEndian(first) != HeaderSignature)
        {
            return false;
        }

        var bytes = new byte[size];
        ReadOnlySpan<byte> rest = bytes.AsSpan(0, source.Read(at, bytes));
        Entries.Clear();
        Entries.EnsureCapacity((int)Math.Min(count, size / HeaderLength));
        while (rest.Length >= HeaderLength && BinaryPrimitives.ReadUInt32LittleEndian(rest) == HeaderSignature)
        {
            var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(rest[28..]);
            var extraLength = BinaryPrimitives.ReadUInt16LittleEndian(rest[30..]);
            var commentLength = BinaryPrimitives.ReadUInt16LittleEndian(rest[32..]);
            var length = HeaderLength + nameLength + extraLength + commentLength;
            if (length > rest.Length || Entries.Count >= limits.Entries)
            {
                break;
            }

            Entries.Add(Header(rest, nameLength, extraLength, shift));
            rest = rest[length..];
        }

        // The field of a ZIP without its 64-bit form counts up to 65,535 and goes round.
        if ((Entries.Count & ushort.MaxValue) == (count & ushort.MaxValue))
        {
            return true;
        }

        Problem = $"its directory names {Entries.Count} of {count} entries and ends";
        Entries.Clear();
        return false;
    }

    private static DirectoryEntry Header(ReadOnlySpan<byte> header, int nameLength, int extraLength, long shift)
    {
        long packed = BinaryPrimitives.ReadUInt32LittleEndian(header[20..]);
        long size = BinaryPrimitives.ReadUInt32LittleEndian(header[24..]);
        long offset = BinaryPrimitives.ReadUInt32LittleEndian(header[42..]);
        if (packed == uint.MaxValue || size == uint.MaxValue || offset == uint.MaxValue)
        {
            Extra64(header.Slice(HeaderLength + nameLength, extraLength), ref size, ref packed, ref offset);
        }

        return new DirectoryEntry(
            Text(header.Slice(HeaderLength, nameLength)),
            size,
            packed,
            offset + shift,
            BinaryPrimitives.ReadUInt16LittleEndian(header[8..]),
            BinaryPrimitives.ReadUInt16LittleEndian(header[10..]),
            BinaryPrimitives.ReadUInt32LittleEndian(header[16..])
        );
    }

    // APPNOTE 4.5.3: only what did not fit stands in it, in this order.
    private static void Extra64(ReadOnlySpan<byte> extra, ref long size, ref long packed, ref long offset)
    {
        while (extra.Length >= 4)
        {
            var id = BinaryPrimitives.ReadUInt16LittleEndian(extra);
            var length = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]), extra.Length - 4);
            var field = extra.Slice(4, length);
            extra = extra[(4 + length)..];
            if (id == 1)
            {
                size = size == uint.MaxValue ? Next(ref field, size) : size;
                packed = packed == uint.MaxValue ? Next(ref field, packed) : packed;
                offset = offset == uint.MaxValue ? Next(ref field, offset) : offset;
                return;
            }
        }
    }

    private static long Next(ref ReadOnlySpan<byte> field, long otherwise)
    {
        if (field.Length < sizeof(long))
        {
            return otherwise;
        }

        var value = Long(field);
        field = field[sizeof(long)..];
        return value;
    }

    /// <summary>Finds entries by their local headers.</summary>
    private void Scan(ArchiveBudget budget)
    {
        Span<byte> first = stackalloc byte[4];
        if (source.Read(0, first) < first.Length || !first.StartsWith(LocalSignature))
        {
            throw new InvalidDataException("it is no ZIP file");
        }

        buffer = new byte[WindowBytes];
        var at = 0L;
        Span<byte> header = stackalloc byte[LocalHeaderLength];
        while (Find(LocalSignature, at, budget) is >= 0 and var found)
        {
            if (source.Read(found, header) < LocalHeaderLength || Entries.Count >= limits.Entries)
            {
                break;
            }

            var entry = LocalHeader(found, header, budget, out at);
            if (entry is not null)
            {
                Entries.Add(entry);
            }
        }

        Problem += ", so its entries were taken from where they stand";
    }

    private DirectoryEntry? LocalHeader(long found, ReadOnlySpan<byte> header, ArchiveBudget budget, out long next)
    {
        var nameLength = BinaryPrimitives.ReadUInt16LittleEndian(header[26..]);
        var extraLength = BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
        var name = new byte[nameLength];
        var flags = BinaryPrimitives.ReadUInt16LittleEndian(header[6..]);
        long packed = BinaryPrimitives.ReadUInt32LittleEndian(header[18..]);
        long size = BinaryPrimitives.ReadUInt32LittleEndian(header[22..]);
        uint? checksum = BinaryPrimitives.ReadUInt32LittleEndian(header[14..]);
        var data = found + LocalHeaderLength + nameLength + extraLength;
        next = found + LocalSignature.Length;
        if (source.Read(found + LocalHeaderLength, name) < nameLength)
        {
            return null;
        }

        if ((flags & HasDescriptor) != 0 || packed == uint.MaxValue || data + packed > source.Length)
        {
            (size, checksum) = (Unknown, null);
            var end = Find("PK"u8, data, budget, isSignature: true);
            packed = (end < 0 ? source.Length : end) - data;
        }

        next = Math.Max(next, data + packed);
        return new DirectoryEntry(Text(name), size, packed, found, flags, BinaryPrimitives.ReadUInt16LittleEndian(header[8..]), checksum);
    }

    /// <summary>Where bytes stand next; -1 where they do not.</summary>
    /// <param name="isSignature">Only where a signature of a ZIP's parts begins with them.</param>
    private long Find(ReadOnlySpan<byte> bytes, long from, ArchiveBudget budget, bool isSignature = false)
    {
        const int FirstWindow = 4 * 1024;
        const int Overlap = 3;
        var window = FirstWindow;
        while (source.Read(from, buffer.AsSpan(0, window)) is > Overlap and var read)
        {
            window = buffer.Length;
            budget.TakeBytes(0);
            for (var at = 0; buffer.AsSpan(at, read - at).IndexOf(bytes) is >= 0 and var found; at++)
            {
                at += found;
                if (!isSignature || IsSignature(buffer.AsSpan(at, read - at)))
                {
                    return from + at;
                }
            }

            from += read - Overlap;
        }

        return -1;
    }

    private static bool IsSignature(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith(LocalSignature) || bytes.StartsWith("PK\u0001\u0002"u8) || bytes.StartsWith("PK\u0007\u0008"u8) || bytes.StartsWith(EndSignature);

    private static long Long(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadInt64LittleEndian(bytes);

    // Java writes names in UTF-8, whether or not it says so.
    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}

/// <summary>An entry as the directory has it.</summary>
internal sealed record DirectoryEntry(string Name, long Size, long PackedSize, long Offset, ushort Flags, ushort Method, uint? Checksum);
