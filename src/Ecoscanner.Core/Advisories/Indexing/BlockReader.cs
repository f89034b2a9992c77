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

    private static InvalidDataException Broken() => new("its components cannot be read");
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
