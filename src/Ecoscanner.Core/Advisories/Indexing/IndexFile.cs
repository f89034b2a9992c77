using System.Buffers;
using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Ecoscanner.Advisories.Indexing;

/// <summary>
/// The file in memory. Nothing is believed: the header is checked on opening, a section's checksum before its first use, and every position where it is followed,
/// so that the worst a hostile file can do is to be called damaged. Safe for use from several threads.
/// </summary>
internal sealed unsafe class IndexFile : IDisposable
{
    private readonly MemoryMappedFile map;
    private readonly MemoryMappedViewAccessor view;
    private readonly SectionEntry[] sections;
    private readonly bool[] verified = new bool[IndexFormat.SectionCount];
    private byte* start;

    private IndexFile(string path, FileStream file)
    {
        Path = path;
        Length = file.Length;
        map = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        view = map.CreateViewAccessor(0, Length, MemoryMappedFileAccess.Read);
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        start += view.PointerOffset;
        try
        {
            sections = ReadHeader();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Path { get; }

    public long Length { get; }

    /// <summary>SHA-256 over the sections but <see cref="IndexSection.About"/>.</summary>
    public byte[] Snapshot { get; private set; } = [];

    public DateTimeOffset Built { get; private set; }

    /// <summary>Opens it and checks its header.</summary>
    /// <exception cref="AdvisoryIndexException">It is missing, no index, of another format or damaged.</exception>
    public static IndexFile Open(string path)
    {
        try
        {
            // Readers go on with the old file while a new one takes its name.
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            try
            {
                return file.Length switch
                {
                    < 8 => throw Foreign(path),
                    > IndexFormat.LargestFile => throw AdvisoryIndexException.Damaged(path, "it is larger than 2 GB"),
                    _ => new IndexFile(path, file),
                };
            }
            catch
            {
                file.Dispose();
                throw;
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new AdvisoryIndexException(AdvisoryIndexProblem.Missing, $"there is no advisory index at {path}; build it: ecoscanner advisories update", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AdvisoryIndexException(
                AdvisoryIndexProblem.Unreadable,
                $"the advisory index {path} cannot be read ({e.Message.TrimEnd('.')}); check its permissions or name another: ECOSCANNER_ADVISORIES",
                e
            );
        }
    }

    /// <summary>A section's bytes, checked once.</summary>
    /// <exception cref="AdvisoryIndexException">They are not what was written.</exception>
    public ReadOnlySpan<byte> Section(IndexSection section)
    {
        ObjectDisposedException.ThrowIf(start is null, this);
        var entry = sections[(int)section];
        var bytes = new ReadOnlySpan<byte>(start + entry.Start, (int)entry.Length);
        if (!Volatile.Read(ref verified[(int)section]))
        {
            if (Checksum.Of(bytes) != entry.Checksum)
            {
                throw Damaged($"its section {section} has another checksum");
            }

            Volatile.Write(ref verified[(int)section], true);
        }

        return bytes;
    }

    /// <summary>A section as the table it is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<T> Table<T>(IndexSection section)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(Section(section));

    /// <summary>The row of a table.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Row<T>(ReadOnlySpan<T> table, uint at)
        where T : unmanaged => at < (uint)table.Length ? table[(int)at] : throw Damaged("a position is outside of its table");

    /// <summary>Rows of a table.</summary>
    public ReadOnlySpan<T> Rows<T>(ReadOnlySpan<T> table, uint from, uint count)
        where T : unmanaged =>
        (ulong)from + count <= (ulong)table.Length ? table.Slice((int)from, (int)count) : throw Damaged("a stretch of rows is outside of its table");

    public string Text(uint at) => Encoding.UTF8.GetString(Utf8(at));

    /// <summary>The bytes of a text.</summary>
    public ReadOnlySpan<byte> Utf8(uint at)
    {
        var reader = new IndexReader(this, Section(IndexSection.Strings), at);
        return reader.Bytes();
    }

    /// <summary>Checks all sections.</summary>
    /// <exception cref="AdvisoryIndexException">One is not what was written.</exception>
    public void Verify()
    {
        foreach (var section in Enum.GetValues<IndexSection>())
        {
            Section(section);
        }
    }

    public AdvisoryIndexException Damaged(string what) => AdvisoryIndexException.Damaged(Path, what);

    public void Dispose()
    {
        if (start is not null)
        {
            start = null;
            view.SafeMemoryMappedViewHandle.ReleasePointer();
        }

        view.Dispose();
        map.Dispose();
    }

    private SectionEntry[] ReadHeader()
    {
        if (!new ReadOnlySpan<byte>(start, IndexFormat.Magic.Length).SequenceEqual(IndexFormat.Magic))
        {
            throw Foreign(Path);
        }

        if (Length < sizeof(IndexHeader))
        {
            throw Damaged("it ends within its header");
        }

        var header = Unsafe.ReadUnaligned<IndexHeader>(start);
        if (header.Version != IndexFormat.Version)
        {
            throw new AdvisoryIndexException(
                AdvisoryIndexProblem.OtherFormat,
                header.Version > IndexFormat.Version
                    ? $"the advisory index {Path} has format {header.Version}, and this ecoscanner reads format {IndexFormat.Version}; update ecoscanner, or build it anew: ecoscanner advisories update"
                    : $"the advisory index {Path} has the old format {header.Version}; build it anew: ecoscanner advisories update"
            );
        }

        if (header.Sections != IndexFormat.SectionCount || header.FileLength != Length || Length < IndexFormat.HeaderLength)
        {
            throw Damaged(header.FileLength > Length ? $"it has {Length} of its {header.FileLength} bytes" : "its header does not fit it");
        }

        var bytes = new ReadOnlySpan<byte>(start, IndexFormat.HeaderLength).ToArray();
        bytes.AsSpan((int)Marshal.OffsetOf<IndexHeader>(nameof(IndexHeader.Checksum)), sizeof(uint)).Clear();
        if (Checksum.Of(bytes) != header.Checksum)
        {
            throw Damaged("its header has another checksum");
        }

        if (header.Built is < 0 or > MaximumSeconds)
        {
            throw Damaged("its date is none");
        }

        Built = DateTimeOffset.FromUnixTimeSeconds(header.Built);
        Snapshot = new ReadOnlySpan<byte>(header.Snapshot, 32).ToArray();
        var entries = MemoryMarshal.Cast<byte, SectionEntry>(bytes.AsSpan(sizeof(IndexHeader)))[..IndexFormat.SectionCount].ToArray();
        foreach (var entry in entries)
        {
            if (
                entry.Start < IndexFormat.HeaderLength
                || entry.Length < 0
                || entry.Start % IndexFormat.Alignment != 0
                || entry.Start > Length
                || entry.Length > Length - entry.Start
            )
            {
                throw Damaged("a section lies outside of it");
            }
        }

        return entries;
    }

    // The last second of the year 9999.
    private const long MaximumSeconds = 253_402_300_799;

    private static AdvisoryIndexException Foreign(string path) =>
        new(
            AdvisoryIndexProblem.Foreign,
            $"{path} is no advisory index; name another place (ECOSCANNER_ADVISORIES), or remove it and build one: ecoscanner advisories update"
        );
}
