using System.Buffers.Binary;
using System.IO.Compression;

namespace Ecoscanner.Source;

/// <summary>
/// A ZIP that strangers made: jar, war, ear, obr. It is read in place, no name of it leads anywhere, and each entry that cannot be trusted is named
/// with its reason while the others are read.
/// </summary>
internal sealed class Archive
{
    private const int LocalHeaderLength = 30;
    private const uint LocalSignature = 0x04034b50;
    private const ushort Encrypted = 1;

    private readonly ByteSource source;
    private readonly ArchiveBudget budget;
    private readonly List<ArchiveEntry> entries = [];
    private readonly List<ArchiveProblem> problems = [];
    private int untold;

    private Archive(ByteSource source, ArchiveBudget budget)
    {
        this.source = source;
        this.budget = budget;
        var directory = CentralDirectory.Read(source, budget);
        budget.TakeEntries(directory.Entries.Count);
        if (directory.Problem is { } problem)
        {
            problems.Add(new ArchiveProblem("", problem));
        }

        Take(directory);
    }

    /// <summary>Files that can be read, in the directory's order; of two of one name, both.</summary>
    public IReadOnlyList<ArchiveEntry> Entries => entries;

    /// <summary>What is not among <see cref="Entries"/>, and what was wrong with those that were read.</summary>
    public IEnumerable<ArchiveProblem> Problems =>
        untold == 0 ? problems : problems.Append(new ArchiveProblem("", $"{untold} more of its entries were not read, or not as they stand"));

    /// <summary>Opens an archive, which stays good as long as its bytes.</summary>
    /// <exception cref="InvalidDataException">It is none, or a limit is reached; the message is the reason.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Archive Open(ByteSource source, ArchiveBudget budget) => new(source, budget);

    /// <summary>Opens an entry. What is wrong with it shows when it is read.</summary>
    /// <exception cref="InvalidDataException">Its local header is broken.</exception>
    /// <exception cref="IOException">The archive cannot be read.</exception>
    public EntryStream Read(ArchiveEntry entry)
    {
        var packed = Packed(entry);
        return new EntryStream(
            entry,
            entry.Method == ArchiveEntry.Stored ? packed.AsStream() : new DeflateStream(packed.AsStream(), CompressionMode.Decompress),
            budget
        );
    }

    /// <summary>An entry's bytes, at most so many; null where it cannot be read, which becomes a problem.</summary>
    /// <param name="isCut">Whether there are more, which becomes a problem as well.</param>
    public byte[]? ReadStart(ArchiveEntry entry, int maximumBytes, out bool isCut)
    {
        isCut = false;
        try
        {
            using var stream = Read(entry);
            // As long as it says, so that nothing is copied where that is true.
            var bytes = new byte[entry.Size is >= 0 and var size && size < maximumBytes ? (int)size : maximumBytes];
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            Span<byte> next = stackalloc byte[1];
            if (length == bytes.Length && stream.Read(next) > 0)
            {
                isCut = length == maximumBytes;
                if (!isCut)
                {
                    // It is longer than it says.
                    Array.Resize(ref bytes, maximumBytes);
                    bytes[length++] = next[0];
                    length += stream.ReadAtLeast(bytes.AsSpan(length), bytes.Length - length, throwOnEndOfStream: false);
                    isCut = length == maximumBytes && stream.Read(next) > 0;
                }
            }

            var wrong = isCut ? $"only its first {maximumBytes} bytes were read" : stream.Mismatch;
            if (wrong is not null)
            {
                Refuse(entry.Name, wrong);
            }

            return length == bytes.Length ? bytes : bytes[..length];
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            Refuse(entry.Name, e.Message.TrimEnd('.'));
            return null;
        }
    }

    /// <summary>Whether an entry begins with bytes; false as well where it cannot be read.</summary>
    public bool StartsWith(ArchiveEntry entry, ReadOnlySpan<byte> bytes)
    {
        try
        {
            using var stream = Read(entry);
            Span<byte> start = stackalloc byte[bytes.Length];
            return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual(bytes);
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            return false;
        }
    }

    /// <summary>Unpacks an archive that stands in it: in place where it is stored, else in memory or a temporary file.</summary>
    /// <exception cref="InvalidDataException">It cannot be unpacked, or a limit is reached; the message is the reason.</exception>
    /// <exception cref="IOException">It cannot be read, or there is no room for it.</exception>
    public UnpackedArchive Unpack(ArchiveEntry entry) =>
        entry.Method == ArchiveEntry.Stored && entry.Size == entry.PackedSize
            ? UnpackedArchive.InPlace(Packed(entry), budget)
            : UnpackedArchive.Spool(this, entry, budget);

    /// <summary>Adds a problem of an entry.</summary>
    public void Refuse(string name, string reason)
    {
        if (problems.Count >= budget.Limits.Problems)
        {
            untold++;
            return;
        }

        problems.Add(new ArchiveProblem(EntryName.Shown(name), reason));
    }

    private ByteSource Packed(ArchiveEntry entry)
    {
        Span<byte> header = stackalloc byte[LocalHeaderLength];
        if (source.Read(entry.Offset, header) < LocalHeaderLength || BinaryPrimitives.ReadUInt32LittleEndian(header) != LocalSignature)
        {
            throw new InvalidDataException("it does not stand where the directory says");
        }

        var data =
            entry.Offset + LocalHeaderLength + BinaryPrimitives.ReadUInt16LittleEndian(header[26..]) + BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
        return data + entry.PackedSize <= source.Length
            ? source.Slice(data, entry.PackedSize)
            : throw new InvalidDataException("the archive ends before it does");
    }

    private void Take(CentralDirectory directory)
    {
        var overlapping = Overlapping(directory);
        var names = new HashSet<string>(directory.Entries.Count, StringComparer.Ordinal);
        foreach (var entry in directory.Entries)
        {
            if (entry.Name.EndsWith('/') && entry.Size <= 0)
            {
                continue;
            }

            if ((EntryName.Wrong(entry.Name) ?? Wrong(entry)) is { } wrong)
            {
                Refuse(entry.Name, wrong);
                continue;
            }

            if (overlapping.Contains(entry.Offset))
            {
                Refuse(entry.Name, "it shares its bytes with another entry, or with the directory");
                continue;
            }

            if (!names.Add(entry.Name) && !IsOftenTwice(entry.Name))
            {
                Refuse(entry.Name, "it stands more than once in the archive, and which of them a program gets is not known; all were read");
            }

            entries.Add(new ArchiveEntry(entry.Name, entry.Size, entry.PackedSize, entry.Offset, entry.Method, entry.Checksum));
        }
    }

    // Tools that put archives together leave these of each, and none of them is code.
    private static bool IsOftenTwice(string name) =>
        name.StartsWith("META-INF/services/", StringComparison.Ordinal)
        || Path.GetFileNameWithoutExtension(name.AsSpan()) is "LICENSE" or "NOTICE" or "DEPENDENCIES" or "INDEX" or "README";

    private string? Wrong(DirectoryEntry entry) =>
        (entry.Flags & Encrypted) != 0 ? "it is encrypted"
        : entry.Method is not ArchiveEntry.Stored and not ArchiveEntry.Deflated ? $"it is packed by method {entry.Method}, which Java does not know either"
        : entry.Size > budget.Limits.EntryBytes ? $"it has more than {ArchiveBudget.Megabytes(budget.Limits.EntryBytes)}"
        : entry.PackedSize < 0 || entry.PackedSize > source.Length || entry.Offset < 0 || entry.Offset > source.Length ? "it does not stand in the archive"
        : null;

    // A bomb of moderate size uses the same bytes over and over (Fifield, "A better zip bomb", 2019).
    private static HashSet<long> Overlapping(CentralDirectory directory)
    {
        var overlapping = new HashSet<long>();
        var sorted = directory.Entries.Where(entry => entry.Offset >= 0).OrderBy(entry => entry.Offset).ToList();
        var (end, owner) = (0L, -1L);
        foreach (var entry in sorted)
        {
            if (entry.Offset < end)
            {
                overlapping.Add(owner);
                overlapping.Add(entry.Offset);
            }

            var own = entry.Offset + LocalHeaderLength + Math.Clamp(entry.PackedSize, 0, directory.Start);
            if (own > directory.Start)
            {
                overlapping.Add(entry.Offset);
            }

            (end, owner) = own > end ? (own, entry.Offset) : (end, owner);
        }

        return overlapping;
    }
}
