using System.Numerics;
using System.Runtime.InteropServices;

namespace Ecoscanner.Advisories.Indexing;

/// <summary>CRC-32C (Castagnoli; RFC 3720, appendix B.4), which processors compute: it finds what disks and copies break, not what somebody forges.</summary>
internal static class Checksum
{
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        // Three at once, joined at the end: one alone waits for itself. Joined by hashing, so a section's checksum is ours and not the RFC's.
        var (first, second, third) = (~0u, ~0u, ~0u);
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        var third1 = words.Length / 3;
        for (var i = 0; i < third1; i++)
        {
            first = BitOperations.Crc32C(first, words[i]);
            second = BitOperations.Crc32C(second, words[third1 + i]);
            third = BitOperations.Crc32C(third, words[(2 * third1) + i]);
        }

        var sum = BitOperations.Crc32C(BitOperations.Crc32C(first, second), third);
        for (var i = 3 * third1 * sizeof(ulong); i < bytes.Length; i++)
        {
            sum = BitOperations.Crc32C(sum, bytes[i]);
        }

        return ~sum;
    }
}
