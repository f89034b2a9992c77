using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

namespace Ecoscanner.Advisories.Indexing;

/// <summary>Writes what <see cref="IndexReader"/> and the tables of <see cref="IndexFile"/> read.</summary>
internal sealed class SectionWriter(int capacity = 256)
{
    /// <summary>Seconds from the beginning of the year 1 to 1970, and one.</summary>
    public const long FirstSecond = 62_135_596_801;

    /// <summary>The last second of the year 9999, as it is written.</summary>
    public const ulong LastSecond = 315_537_897_600;

    private readonly ArrayBufferWriter<byte> bytes = new(Math.Max(1, capacity));

    public ReadOnlyMemory<byte> Written => bytes.WrittenMemory;

    public uint Position => (uint)bytes.WrittenCount;

    public void Clear() => bytes.ResetWrittenCount();

    public void Number(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            Byte((byte)(value | 0x80));
        }

        Byte((byte)value);
    }

    public void Text(string? text)
    {
        var length = Encoding.UTF8.GetByteCount(text ?? "");
        Number((ulong)length);
        Encoding.UTF8.GetBytes(text ?? "", bytes.GetSpan(length));
        bytes.Advance(length);
    }

    /// <summary>A time in seconds; 0 for null.</summary>
    public void Time(DateTimeOffset? time) => Number(time is { } some ? (ulong)(some.ToUnixTimeSeconds() + FirstSecond) : 0);

    public void Row<T>(T row)
        where T : unmanaged => Bytes(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in row)));

    public void Bytes(ReadOnlySpan<byte> more) => bytes.Write(more);

    private void Byte(byte value)
    {
        bytes.GetSpan(1)[0] = value;
        bytes.Advance(1);
    }
}
