using System.Buffers.Binary;
using System.Globalization;

namespace Ecoscanner.Advisories.Versions;

/// <summary>Writes numbers and texts as bytes that sort as they do.</summary>
internal ref struct KeyWriter(Span<byte> buffer)
{
    /// <summary>Bytes that the keys of nearly all versions fit in.</summary>
    public const int UsualSize = 256;

    /// <summary>The least first byte of a number; what must sort before all numbers starts with a lower one.</summary>
    public const byte NumberBase = 0x80;

    // All numbers of so many digits fit in 64 bits.
    private const int MaxShortDigits = 19;

    private const byte TextEnd = 0x01;

    // Characters up to here are one byte, raised above TextEnd; the others follow an escape.
    private const char LastShortCharacter = '\u00ef';

    private const byte Escape = 0xff;

    private Span<byte> buffer = buffer;

    private int length;

    public void Byte(byte value)
    {
        if (length == buffer.Length)
        {
            Span<byte> larger = new byte[buffer.Length * 2];
            buffer.CopyTo(larger);
            buffer = larger;
        }

        buffer[length++] = value;
    }

    /// <summary>A decimal number of any size; leading zeros do not count.</summary>
    public void Number(scoped ReadOnlySpan<char> digits)
    {
        digits = digits.TrimStart('0');
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        if (digits.Length <= MaxShortDigits)
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes, digits.IsEmpty ? 0 : ulong.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture));
            bytes = bytes.TrimStart((byte)0);
            Byte((byte)(NumberBase + bytes.Length));
            Bytes(bytes);
            return;
        }

        // Of two without leading zeros the one with more digits is greater.
        Byte(NumberBase + sizeof(ulong) + 1);
        BinaryPrimitives.WriteInt32BigEndian(bytes, digits.Length);
        Bytes(bytes[..sizeof(int)]);
        foreach (var digit in digits)
        {
            Byte((byte)digit);
        }
    }

    /// <summary>A text in the order of its UTF-16 code units; one that another starts with comes before it.</summary>
    public void Text(scoped ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (character <= LastShortCharacter)
            {
                Byte((byte)(character + TextEnd + 1));
                continue;
            }

            Byte(Escape);
            Byte((byte)(character >> 8));
            Byte((byte)character);
        }

        Byte(TextEnd);
    }

    public readonly byte[] ToArray() => buffer[..length].ToArray();

    private void Bytes(scoped ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            Byte(value);
        }
    }
}
