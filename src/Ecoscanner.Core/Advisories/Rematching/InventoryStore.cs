using System.Buffers.Binary;
using System.Text;
using Ecoscanner.Advisories.Indexing;

namespace Ecoscanner.Advisories.Rematching;

/// <summary>A file of many stored inventories, one block after the other; to add one is to append.</summary>
public static class InventoryStore
{
    private const uint Version = 1;

    private const int HeaderLength = 12;

    private static ReadOnlySpan<byte> Magic => "ECOINVEN"u8;

    /// <summary>Begins a store.</summary>
    public static void Begin(Stream stream)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[Magic.Length..], Version);
        stream.Write(header);
    }

    /// <summary>Adds one at the end.</summary>
    /// <exception cref="ArgumentException">It is too large.</exception>
    public static void Append(Stream stream, StoredInventory inventory) => stream.Write(InventoryBlock.Write(inventory));

    /// <summary>All inventories; what cannot be read is named instead.</summary>
    public static IEnumerable<(StoredInventory? Inventory, string? Gap)> Read(Stream stream)
    {
        foreach (var (block, gap) in Blocks(stream))
        {
            StoredInventory? inventory = null;
            var reason = gap;
            if (reason is null)
            {
                try
                {
                    inventory = Decoded(block.Span);
                }
                catch (InvalidDataException e)
                {
                    reason = e.Message;
                }
            }

            yield return (inventory, reason);
        }
    }

    /// <summary>The blocks, without their headers, each valid until the next is asked for; or why there is none.</summary>
    internal static IEnumerable<(ReadOnlyMemory<byte> Block, string? Gap)> Blocks(Stream stream)
    {
        var header = new byte[HeaderLength];
        if (stream.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength || !header.AsSpan().StartsWith(Magic))
        {
            yield return (default, "it is no store of inventories");
            yield break;
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(Magic.Length)) is not Version and var other)
        {
            yield return (default, $"it has format {other}, and this ecoscanner reads format {Version}");
            yield break;
        }

        var buffer = new byte[64 * 1024];
        for (var number = 1; ; number++)
        {
            var start = stream.ReadAtLeast(header.AsSpan(0, InventoryBlock.HeaderLength), InventoryBlock.HeaderLength, throwOnEndOfStream: false);
            if (start == 0)
            {
                yield break;
            }

            var length = BinaryPrimitives.ReadInt32LittleEndian(header);
            if (start < InventoryBlock.HeaderLength || length is < 0 or > InventoryBlock.MaximumLength)
            {
                yield return (default, $"from inventory {number} on it is damaged");
                yield break;
            }

            buffer = length > buffer.Length ? new byte[length] : buffer;
            if (stream.ReadAtLeast(buffer.AsSpan(0, length), length, throwOnEndOfStream: false) < length)
            {
                yield return (default, $"it ends within inventory {number}");
                yield break;
            }

            // Where it was the length that broke, the blocks that follow have wrong checksums too.
            yield return Checksum.Of(buffer.AsSpan(0, length)) == BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(sizeof(int)))
                ? (buffer.AsMemory(0, length), null)
                : (default, $"inventory {number} is damaged");
        }
    }

    private static StoredInventory Decoded(ReadOnlySpan<byte> block)
    {
        var reader = new BlockReader(block);
        var (app, release, artifact) = (
            Encoding.UTF8.GetString(reader.Bytes()),
            Encoding.UTF8.GetString(reader.Bytes()),
            Encoding.UTF8.GetString(reader.Bytes())
        );
        var components = new List<StoredComponent>();
        var (name, place) = (new LastText(), new LastText());
        for (var count = reader.Number(); count > 0; count--)
        {
            var flags = reader.Number();
            reader.Shared(ref name);
            var version = reader.Bytes();
            reader.Shared(ref place);
            components.Add(InventoryBlock.Component(flags, name.Span, version, place.Span));
        }

        return new StoredInventory(app, release, artifact, components);
    }
}
