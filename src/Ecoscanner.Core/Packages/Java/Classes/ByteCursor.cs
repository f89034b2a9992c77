using System.Buffers.Binary;

namespace Ecoscanner.Packages.Java.Classes;

/// <summary>Reads big-endian numbers one after another. Past the end it reads zeros and <see cref="Failed"/> is true, so that hostile lengths need no exception.</summary>
internal ref struct ByteCursor(ReadOnlySpan<byte> bytes, int at = 0)
{
    private readonly ReadOnlySpan<byte> bytes = bytes;

    public int At { get; private set; } = at;

    public bool Failed { get; private set; }

    public int U1() => Take(1) ? bytes[At - 1] : 0;

    public int U2() => Take(2) ? BinaryPrimitives.ReadUInt16BigEndian(bytes[(At - 2)..]) : 0;

    public uint U4() => Take(4) ? BinaryPrimitives.ReadUInt32BigEndian(bytes[(At - 4)..]) : 0;

    public void Skip(long count) => Take(count);

    private bool Take(long count)
    {
        if (Failed || count > bytes.Length - At)
        {
            Failed = true;
            return false;
        }

        At += (int)count;
        return true;
    }
}
