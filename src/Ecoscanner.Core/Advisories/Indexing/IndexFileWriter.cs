using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Ecoscanner.Advisories.Indexing;

/// <summary>Puts sections into a file, with their checksums and the snapshot.</summary>
internal sealed class IndexFileWriter(DateTimeOffset built)
{
    private readonly ReadOnlyMemory<byte>[] sections = new ReadOnlyMemory<byte>[IndexFormat.SectionCount];

    public void Add(IndexSection section, ReadOnlyMemory<byte> bytes) => sections[(int)section] = bytes;

    /// <summary>Writes it beside its place and moves it there.</summary>
    public unsafe void Save(string path)
    {
        var entries = new SectionEntry[sections.Length];
        using var snapshot = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        snapshot.AppendData(BitConverter.GetBytes(IndexFormat.Version));
        long at = IndexFormat.HeaderLength;
        for (var i = 0; i < sections.Length; i++)
        {
            at = Aligned(at);
            entries[i] = new SectionEntry(at, sections[i].Length, Checksum.Of(sections[i].Span), 0);
            at += sections[i].Length;
            if ((IndexSection)i != IndexSection.About)
            {
                snapshot.AppendData(BitConverter.GetBytes((long)sections[i].Length));
                snapshot.AppendData(sections[i].Span);
            }
        }

        if (at > IndexFormat.LargestFile)
        {
            throw new IOException($"an index of {at} bytes would be larger than 2 GB; leave out a source");
        }

        var header = new IndexHeader
        {
            Version = IndexFormat.Version,
            Sections = (uint)sections.Length,
            FileLength = at,
            Built = built.ToUnixTimeSeconds(),
            Orders = IndexFormat.Orders,
        };
        IndexFormat.Magic.CopyTo(new Span<byte>(header.Magic, IndexFormat.Magic.Length));
        snapshot.GetHashAndReset(new Span<byte>(header.Snapshot, SHA256.HashSizeInBytes));
        header.Checksum = Checksum.Of(Start(header, entries));
        Save(path, Start(header, entries), entries);
    }

    private static byte[] Start(IndexHeader header, SectionEntry[] entries) =>
        [.. MemoryMarshal.AsBytes(new ReadOnlySpan<IndexHeader>(in header)), .. MemoryMarshal.AsBytes(entries.AsSpan())];

    private void Save(string path, byte[] start, SectionEntry[] entries)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var beside = $"{path}.{Guid.NewGuid():N}.new";
        try
        {
            using (var file = new FileStream(beside, FileMode.CreateNew, FileAccess.Write))
            {
                file.Write(start);
                for (var i = 0; i < sections.Length; i++)
                {
                    file.Position = entries[i].Start;
                    file.Write(sections[i].Span);
                }

                file.SetLength(Math.Max(file.Length, entries[^1].Start + entries[^1].Length));
                file.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    private static long Aligned(long at) => (at + IndexFormat.Alignment - 1) / IndexFormat.Alignment * IndexFormat.Alignment;
}
