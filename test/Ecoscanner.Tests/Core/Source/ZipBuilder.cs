using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Ecoscanner.Source;

namespace Ecoscanner.Tests.Core.Source;

/// <summary>Writes ZIPs byte by byte, right ones and wrong ones.</summary>
internal sealed class ZipBuilder
{
    private readonly MemoryStream bytes = new();
    private readonly List<Written> entries = [];

    /// <summary>Where the next entry will stand.</summary>
    public long Position => bytes.Position;

    /// <summary>Writes an archive of files at once.</summary>
    public static byte[] Of(params IEnumerable<(string Name, byte[] Bytes)> files)
    {
        var zip = new ZipBuilder();
        foreach (var (name, content) in files)
        {
            zip.Add(name, content);
        }

        return zip.Build();
    }

    /// <summary>Bytes before the first entry, such as a program.</summary>
    public ZipBuilder Prefix(byte[] prefix)
    {
        bytes.Write(prefix);
        return this;
    }

    public ZipBuilder Add(string name, string text) => Add(name, Encoding.UTF8.GetBytes(text));

    /// <param name="isStored">Not packed.</param>
    /// <param name="hasDescriptor">Whether sizes stand after the data, as streams write them.</param>
    /// <param name="change">Makes the directory say something else.</param>
    public ZipBuilder Add(string name, byte[] content, bool isStored = false, bool hasDescriptor = false, Func<Written, Written>? change = null)
    {
        var packed = isStored ? content : Deflate(content);
        var written = new Written(
            name,
            bytes.Position,
            content.Length,
            packed.Length,
            isStored ? ArchiveEntry.Stored : ArchiveEntry.Deflated,
            (ushort)(hasDescriptor ? 8 : 0),
            Crc32.Update(0, content)
        );
        Header(
            written with
            {
                Size = hasDescriptor ? 0 : written.Size,
                Packed = hasDescriptor ? 0 : written.Packed,
                Checksum = hasDescriptor ? 0 : written.Checksum,
            },
            isLocal: true
        );
        bytes.Write(packed);
        if (hasDescriptor)
        {
            bytes.Write("PK\u0007\u0008"u8);
            Write32(written.Checksum);
            Write32((uint)written.Packed);
            Write32((uint)written.Size);
        }

        entries.Add(change?.Invoke(written) ?? written);
        return this;
    }

    /// <summary>Adds a line to the directory, for bytes that stand there already.</summary>
    public ZipBuilder Point(Written entry)
    {
        entries.Add(entry);
        return this;
    }

    /// <summary>The line of the directory that was written last.</summary>
    public Written Last => entries[^1];

    /// <param name="count">How many entries the end says that there are.</param>
    /// <param name="isWide">Whether the end is written in its 64-bit form.</param>
    public byte[] Build(int? count = null, bool isWide = false, string comment = "")
    {
        var start = bytes.Position;
        foreach (var entry in entries)
        {
            Header(entry, isLocal: false);
        }

        var size = bytes.Position - start;
        if (isWide)
        {
            var end64 = bytes.Position;
            bytes.Write("PK\u0006\u0006"u8);
            Write64(44);
            Write32(45 | (45 << 16));
            Write64(0);
            Write64(count ?? entries.Count);
            Write64(count ?? entries.Count);
            Write64(size);
            Write64(start);
            bytes.Write("PK\u0006\u0007"u8);
            Write32(0);
            Write64(end64);
            Write32(1);
        }

        bytes.Write("PK\u0005\u0006"u8);
        Write32(0);
        Write16((ushort)(isWide ? 0xFFFF : count ?? entries.Count));
        Write16((ushort)(isWide ? 0xFFFF : count ?? entries.Count));
        Write32(isWide ? uint.MaxValue : (uint)size);
        Write32(isWide ? uint.MaxValue : (uint)start);
        Write16((ushort)comment.Length);
        bytes.Write(Encoding.ASCII.GetBytes(comment));
        return bytes.ToArray();
    }

    public static byte[] Deflate(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(content);
        }

        return packed.ToArray();
    }

    private void Header(Written entry, bool isLocal)
    {
        var name = Encoding.UTF8.GetBytes(entry.Name);
        var isWide = entry.Size > uint.MaxValue;
        bytes.Write(isLocal ? "PK\u0003\u0004"u8 : "PK\u0001\u0002"u8);
        if (!isLocal)
        {
            Write16(20);
        }

        Write16(20);
        Write16(entry.Flags);
        Write16(entry.Method);
        Write32(0);
        Write32(entry.Checksum);
        Write32((uint)entry.Packed);
        Write32(isWide ? uint.MaxValue : (uint)entry.Size);
        Write16((ushort)name.Length);
        Write16((ushort)(isWide ? 12 : 0));
        if (!isLocal)
        {
            Write16(0);
            Write32(0);
            Write32(0);
            Write32((uint)entry.Offset);
        }

        bytes.Write(name);
        if (isWide)
        {
            Write16(1);
            Write16(8);
            Write64(entry.Size);
        }
    }

    private void Write16(ushort value)
    {
        Span<byte> buffer = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(buffer, value);
        bytes.Write(buffer);
    }

    private void Write32(uint value)
    {
        Span<byte> buffer = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(buffer, value);
        bytes.Write(buffer);
    }

    private void Write64(long value)
    {
        Span<byte> buffer = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(buffer, value);
        bytes.Write(buffer);
    }
}

/// <summary>An entry as the directory has it.</summary>
internal sealed record Written(string Name, long Offset, long Size, long Packed, ushort Method, ushort Flags, uint Checksum);
