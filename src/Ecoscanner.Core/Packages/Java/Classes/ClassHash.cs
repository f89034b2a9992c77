using System.Buffers.Binary;
using System.Numerics;

namespace Ecoscanner.Packages.Java.Classes;

/// <summary>
/// The 64-bit hashes that fingerprints are made of: fast, the same on every machine, and not cryptographic. Who wants another fingerprint for a class
/// changes the class; a collision gains nothing.
/// </summary>
internal static class ClassHash
{
    // The finalizer of SplitMix64 (Steele, Lea, Flood, 2014).
    private const ulong First = 0xBF58476D1CE4E5B9;
    private const ulong Second = 0x94D049BB133111EB;
    private const ulong Seed = 0x9E3779B97F4A7C15;

    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var hash = Seed ^ (ulong)bytes.Length;
        while (bytes.Length >= sizeof(ulong))
        {
            hash = Join(hash, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        var rest = 0UL;
        foreach (var b in bytes)
        {
            rest = (rest << 8) | b;
        }

        return Mix(Join(hash, rest));
    }

    /// <summary>One step of a chain: the order counts.</summary>
    public static ulong Join(ulong hash, ulong next) => (BitOperations.RotateLeft(hash, 29) ^ next) * First;

    /// <summary>Makes every bit depend on every other; sums of mixed hashes do not depend on the order.</summary>
    public static ulong Mix(ulong hash)
    {
        hash = (hash ^ (hash >> 30)) * First;
        hash = (hash ^ (hash >> 27)) * Second;
        return hash ^ (hash >> 31);
    }
}
