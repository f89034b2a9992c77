namespace Ecoscanner.Advisories.Indexing;

/// <summary>Reads texts from a section, and calls the file damaged where there is none.</summary>
internal ref struct IndexReader(IndexFile file, ReadOnlySpan<byte> bytes, uint at)
{
    private readonly ReadOnlySpan<byte> bytes = at <= (uint)bytes.Length ? bytes[(int)at..] : throw file.Damaged("a position is outside of its section");
    private int next;

    public ReadOnlySpan<byte> Bytes()
    {
        var length = Number();
        if (length > (ulong)(bytes.Length - next))
        {
            throw file.Damaged("a text is longer than what follows");
        }

        next += (int)length;
        return bytes.Slice(next - (int)length, (int)length);
    }

    private ulong Number()
    {
        var number = 0ul;
        for (var shift = 0; shift < 64 && next < bytes.Length; shift += 7)
        {
            var part = bytes[next++];
            number |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
            {
                return number;
            }
        }

        throw file.Damaged("a number does not end");
    }
}
