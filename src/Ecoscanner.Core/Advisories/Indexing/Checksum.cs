using System.Numerics;
using System.Runtime.InteropServices;

namespace Ecoscanner.Advisories.Indexing;

/// <summary>CRC-32C (Castagnoli; RFC 3720, appendix B.4), which processors compute: it finds what disks and copies break, not what somebody forges.</summary>
internal static class Checksum
{
    /// <param name="before">The checksum of the bytes before these.</param>
    public static uint Of(ReadOnlySpan<byte> bytes, uint before = 0)
    {
        var sum = ~before;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            sum = BitOperations.Crc32C(sum, word);
        }

        foreach (var rest in bytes[^(bytes.Length % sizeof(ulong))..])
        {
            sum = BitOperations.Crc32C(sum, rest);
        }

        return ~sum;
    }
}
