using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ecoscanner.Advisories.Indexing;

namespace Ecoscanner.Tests.Core.Advisories.Indexing;

/// <summary>Makes the checksums of an altered file right, as somebody would who means harm.</summary>
internal static class IndexForgery
{
    public static void Sign(byte[] file)
    {
        var header = Unsafe.SizeOf<IndexHeader>();
        var sections = MemoryMarshal.Cast<byte, SectionEntry>(file.AsSpan(header, IndexFormat.HeaderLength - header));
        foreach (ref var section in sections)
        {
            section = section with { Checksum = Checksum.Of(file.AsSpan((int)section.Start, (int)section.Length)) };
        }

        var checksum = file.AsSpan((int)Marshal.OffsetOf<IndexHeader>(nameof(IndexHeader.Checksum)), sizeof(uint));
        checksum.Clear();
        var sum = Checksum.Of(file.AsSpan(0, IndexFormat.HeaderLength));
        MemoryMarshal.Write(checksum, in sum);
    }
}
