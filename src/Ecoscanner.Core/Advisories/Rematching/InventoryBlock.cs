using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Ecoscanner.Advisories.Indexing;
using Ecoscanner.Findings;
using Ecoscanner.Packages;

namespace Ecoscanner.Advisories.Rematching;

/// <summary>
/// One app's inventory as bytes: its length and checksum, its names, then its components by package, each name and place by what it shares with the one before.
/// A block needs no other, so it may lie in a file among many, or alone in a database.
/// </summary>
internal static class InventoryBlock
{
    public const int HeaderLength = 8;

    /// <summary>A hundred thousand components, each with a long path; more is damage.</summary>
    public const int MaximumLength = 64 * 1024 * 1024;

    private const int EcosystemBits = 2;
    private const int PlacementBits = 2;
    private const int ConfidenceBits = 2;

    /// <summary>The block of an inventory.</summary>
    /// <exception cref="ArgumentException">It is too large.</exception>
    public static byte[] Write(StoredInventory inventory)
    {
        var writer = new SectionWriter(1024);
        writer.Bytes(stackalloc byte[HeaderLength]);
        writer.Text(inventory.App);
        writer.Text(inventory.Release);
        writer.Text(inventory.Artifact);
        writer.Number((ulong)inventory.Components.Count);
        var (lastName, lastPlace) = ("", "");
        var components = inventory
            .Components.OrderBy(component => component.Package.Ecosystem)
            .ThenBy(component => component.Package.Name, StringComparer.Ordinal)
            .ThenBy(component => component.Place, StringComparer.Ordinal);
        foreach (var (package, place, placement, confidence, isDevelopment) in components)
        {
            writer.Number(
                (uint)package.Ecosystem
                    | ((uint)placement << EcosystemBits)
                    | ((uint)confidence << (EcosystemBits + PlacementBits))
                    | (isDevelopment ? 1u << (EcosystemBits + PlacementBits + ConfidenceBits) : 0)
            );
            Shared(writer, lastName, package.Name);
            writer.Text(package.Version);
            Shared(writer, lastPlace, place);
            (lastName, lastPlace) = (package.Name, place);
        }

        if (writer.Position > MaximumLength)
        {
            throw new ArgumentException($"an inventory of {inventory.Components.Count} components is too large to be stored");
        }

        var block = writer.Written.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(block, block.Length - HeaderLength);
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(sizeof(int)), Checksum.Of(block.AsSpan(HeaderLength)));
        return block;
    }

    public static Ecosystem EcosystemOf(ulong flags) => (Ecosystem)(flags & Mask(EcosystemBits));

    public static StoredComponent Component(ulong flags, ReadOnlySpan<byte> name, ReadOnlySpan<byte> version, ReadOnlySpan<byte> place) =>
        new(
            new PackageUrl(EcosystemOf(flags), Encoding.UTF8.GetString(name), version.IsEmpty ? null : Encoding.UTF8.GetString(version)),
            Encoding.UTF8.GetString(place),
            (Placement)((flags >> EcosystemBits) & Mask(PlacementBits)),
            (Confidence)((flags >> (EcosystemBits + PlacementBits)) & Mask(ConfidenceBits)),
            ((flags >> (EcosystemBits + PlacementBits + ConfidenceBits)) & 1) == 1
        );

    private static ulong Mask(int bits) => (1ul << bits) - 1;

    private static void Shared(SectionWriter writer, string last, string text)
    {
        var (before, bytes) = (Encoding.UTF8.GetBytes(last), Encoding.UTF8.GetBytes(text));
        var shared = before.AsSpan().CommonPrefixLength(bytes);
        writer.Number((ulong)shared);
        writer.Number((ulong)(bytes.Length - shared));
        writer.Bytes(bytes.AsSpan(shared));
    }
}
