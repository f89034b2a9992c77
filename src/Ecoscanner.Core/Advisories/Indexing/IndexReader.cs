using System.Buffers.Binary;
using System.Text;

namespace Ecoscanner.Advisories.Indexing;

/// <summary>Reads numbers and texts of varying length one after the other.</summary>
internal ref struct IndexReader(IndexFile file, ReadOnlySpan<byte> bytes, uint at)
{
    private readonly ReadOnlySpan<byte> bytes = at <= (uint)bytes.Length ? bytes[(int)at..] : throw file.Damaged("a position is outside of its section");
    private int next;

    /// <summary>A number of up to 64 bits, seven a byte, the lowest first.</summary>
    public ulong Number()
    {
        var number = 0ul;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (next >= bytes.Length)
            {
                break;
            }

            var part = bytes[next++];
            number |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return number;
            }
        }

        throw file.Damaged("a number does not end");
    }

    /// <summary>A number of things that follow, each of a byte at least.</summary>
    public int Count() =>
        Number() is var count && count <= (ulong)(bytes.Length - next) ? (int)count : throw file.Damaged("a count is larger than what follows");

    public ReadOnlySpan<byte> Bytes()
    {
        var length = Count();
        var text = bytes.Slice(next, length);
        next += length;
        return text;
    }

    public double Double()
    {
        if (bytes.Length - next < sizeof(double))
        {
            throw file.Damaged("a number does not end");
        }

        next += sizeof(double);
        return BinaryPrimitives.ReadDoubleLittleEndian(bytes[(next - sizeof(double))..]);
    }

    public string Text() => Encoding.UTF8.GetString(Bytes());

    /// <summary>A text that may be missing, which an empty one stands for.</summary>
    public string? TextOrNull() => Text() is { Length: > 0 } text ? text : null;

    /// <summary>A time, in seconds; null where 0 stands.</summary>
    public DateTimeOffset? Time() =>
        Number() switch
        {
            0 => null,
            var seconds and <= MaximumSeconds => DateTimeOffset.FromUnixTimeSeconds((long)seconds - Offset),
            _ => throw file.Damaged("a time is none"),
        };

    // Seconds are stored counted from the year 1 and plus one.
    internal const long Offset = 62_135_596_801;
    private const ulong MaximumSeconds = 315_537_897_600;
}
