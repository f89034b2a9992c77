using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Ecoscanner.Advisories.Indexing;

/// <summary>Puts sections into a file, with their checksums and the snapshot.</summary>
internal sealed class IndexFileWriter(DateTimeOffset built)
{
    private const int BufferSize = 256 * 1024;

    private readonly IEnumerable<ReadOnlyMemory<byte>>[] sections = new IEnumerable<ReadOnlyMemory<byte>>[IndexFormat.SectionCount];

    public void Add(IndexSection section, ReadOnlyMemory<byte> bytes) => Add(section, [bytes]);

    /// <summary>A section in pieces, which are asked for when the file is written.</summary>
    public void Add(IndexSection section, IEnumerable<ReadOnlyMemory<byte>> pieces) => sections[(int)section] = pieces;

    /// <summary>Writes it beside its place and moves it there.</summary>
    /// <exception cref="IOException">It cannot be written, or would be larger than 2 GB.</exception>
    public void Save(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var beside = $"{path}.{Guid.NewGuid():N}.new";
        try
        {
            using (var file = new FileStream(beside, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize))
            {
                Write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    private unsafe void Write(FileStream file)
    {
        var entries = new SectionEntry[sections.Length];
        using var snapshot = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        snapshot.AppendData(BitConverter.GetBytes(IndexFormat.Version));
        file.Write(new byte[IndexFormat.HeaderLength]);
        for (var i = 0; i < sections.Length; i++)
        {
            file.Write(new byte[(IndexFormat.Alignment - (file.Position % IndexFormat.Alignment)) % IndexFormat.Alignment]);
            var start = file.Position;
            var checksum = WriteSection(file, sections[i], (IndexSection)i == IndexSection.About ? null : snapshot);
            entries[i] = new SectionEntry(start, file.Position - start, checksum, 0);
        }

        var header = new IndexHeader
        {
            Version = IndexFormat.Version,
            Sections = (uint)sections.Length,
            FileLength = file.Position,
            Built = built.ToUnixTimeSeconds(),
        };
        IndexFormat.Magic.CopyTo(new Span<byte>(header.Magic, IndexFormat.Magic.Length));
        snapshot.GetHashAndReset(new Span<byte>(header.Snapshot, SHA256.HashSizeInBytes));
        header.Checksum = Checksum.Of(Start(header, entries));
        file.Position = 0;
        file.Write(Start(header, entries));
    }

    private static uint WriteSection(FileStream file, IEnumerable<ReadOnlyMemory<byte>> pieces, IncrementalHash? snapshot)
    {
        var checksum = 0u;
        foreach (var piece in pieces)
        {
            if (file.Position + piece.Length > IndexFormat.LargestFile)
            {
                throw new IOException("the index would be larger than 2 GB; leave out a source");
            }

            file.Write(piece.Span);
            snapshot?.AppendData(piece.Span);
            checksum = Checksum.Of(piece.Span, checksum);
        }

        return checksum;
    }

    private static byte[] Start(IndexHeader header, SectionEntry[] entries) =>
        [.. MemoryMarshal.AsBytes(new ReadOnlySpan<IndexHeader>(in header)), .. MemoryMarshal.AsBytes(entries.AsSpan())];
}
