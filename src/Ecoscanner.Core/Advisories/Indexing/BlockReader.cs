using System.Buffers.Binary;
using System.Text;

namespace Ecoscanner.Advisories.Indexing;

/// <summary>Reads a block piece by piece without making objects; a block that is not what was written reads as an <see cref="InvalidDataException"/>.</summary>
internal ref struct BlockReader(ReadOnlySpan<byte> block)
{
    private readonly ReadOnlySpan<byte> block = block;
    private int next;

    public readonly bool IsAtEnd => next == block.Length;

    public ulong Number()
    {
        var number = 0ul;
        for (var shift = 0; shift < 64 && next < block.Length; shift += 7)
        {
            var part = block[next++];
            number |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return number;
            }
        }

        throw Broken();
    }

    public ReadOnlySpan<byte> Bytes()
    {
        var length = Number();
        if (length > (ulong)(block.Length - next))
        {
            throw Broken();
        }

        next += (int)length;
        return block.Slice(next - (int)length, (int)length);
    }

    /// <summary>A number of things that follow, each of a byte at least.</summary>
    public int Count() => Number() is var count && count <= (ulong)(block.Length - next) ? (int)count : throw Broken();

    public string Text() => Encoding.UTF8.GetString(Bytes());

    /// <summary>A text that may be missing, which an empty one stands for.</summary>
    public string? TextOrNull() => Text() is { Length: > 0 } text ? text : null;

    public double Double()
    {
        if (block.Length - next < sizeof(double))
        {
            throw Broken();
        }

        next += sizeof(double);
        return BinaryPrimitives.ReadDoubleLittleEndian(block[(next - sizeof(double))..]);
    }

    /// <summary>A time as <see cref="SectionWriter.Time"/> writes it.</summary>
    public DateTimeOffset? Time() =>
        Number() switch
        {
            0 => null,
            var seconds and <= SectionWriter.LastSecond => DateTimeOffset.FromUnixTimeSeconds((long)seconds - SectionWriter.FirstSecond),
            _ => throw Broken(),
        };

    /// <summary>Replaces what of the last text is not shared with the next one.</summary>
    public void Shared(ref LastText last)
    {
        var shared = Number();
        if (shared > (ulong)last.Length)
        {
            throw Broken();
        }

        last.Replace((int)shared, Bytes());
    }

    private static InvalidDataException Broken() => new("what it says cannot be read");
}

/// <summary>The text before, of which the next one says what they share.</summary>
internal struct LastText()
{
    private byte[] bytes = new byte[256];

    public int Length { get; private set; }

    public readonly ReadOnlySpan<byte> Span => bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    public void Replace(int shared, ReadOnlySpan<byte> rest)
    {
        if (shared + rest.Length > bytes.Length)
        {
            Array.Resize(ref bytes, Math.Max(shared + rest.Length, 2 * bytes.Length));
        }

        rest.CopyTo(bytes.AsSpan(shared));
        Length = shared + rest.Length;
    }
}
