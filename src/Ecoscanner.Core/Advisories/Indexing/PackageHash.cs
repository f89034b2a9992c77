using System.Numerics;
using Ecoscanner.Packages;

namespace Ecoscanner.Advisories.Indexing;

/// <summary>Where a package's name is looked for; part of the format.</summary>
internal static class PackageHash
{
    // At most half of the slots are taken, so a search is short.
    private const int SlotsPerPackage = 2;

    // FNV-1a, 64 bits (draft-eastlake-fnv), finished as MurmurHash3 does, since its lowest bits alone spread poorly.
    private const ulong OffsetBasis = 0xcbf2_9ce4_8422_2325;
    private const ulong Prime = 0x0000_0100_0000_01b3;

    public static int SlotsFor(int packages) => (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, packages * SlotsPerPackage));

    public static ulong Of(Ecosystem ecosystem, ReadOnlySpan<byte> name)
    {
        var hash = (OffsetBasis ^ (ulong)ecosystem) * Prime;
        foreach (var part in name)
        {
            hash = (hash ^ part) * Prime;
        }

        hash = (hash ^ (hash >> 33)) * 0xff51_afd7_ed55_8ccd;
        return hash ^ (hash >> 33);
    }
}
