using System.Buffers.Binary;
using System.Text;
using Ecoscanner.Source;

namespace Ecoscanner.Tests.Core.Source;

/// <summary>
/// A ZIP whose only entry is that same ZIP, so that archives in archives never end. Its DEFLATE stream is a program that prints itself: every instruction has five bytes,
/// "print what follows" is a stored block, "repeat" is a match. The checksum, which stands within what it sums, is found by linear algebra.
/// </summary>
internal static class QuineZip
{
    private const int Unit = 5;

    // The lengths for which a match fills the five bytes of an instruction: those of the two headers with the instruction after each.
    private const int Head = 65 - Unit;
    private const int Tail = 258 - Unit;
    private const int LocalHeader = 30;
    private const int Directory = 46;
    private const int End = 22;

    /// <summary>The archive; its entry's name has 30 bytes.</summary>
    public static byte[] Of(string name)
    {
        var sum = Solve(checksum => Crc32.Update(0, File(name, checksum)));
        return File(name, sum);
    }

    private static byte[] File(string name, uint checksum)
    {
        var packed = Code(new byte[Head], new byte[Tail]).Length;
        var (head, tail) = Headers(Encoding.ASCII.GetBytes(name), checksum, packed, Head + packed + Tail);
        return [.. head, .. Code(head, tail), .. tail];
    }

    private static byte[] Code(byte[] head, byte[] tail)
    {
        // A match of 10 bytes twice, from 20 before; one of 65 from 65 before, and an empty block; one of 258 from 258 before, and an empty last block.
        byte[] four = [0x42, 0x88, 0x21, 0xC4, 0x00];
        byte[] likeHead = [0xA2, 0xD8, 0x00, 0x80, 0x00];
        byte[] likeTail = [0x1A, 0x0D, 0x01, 0xC0, 0x00];
        byte[][] parts =
        [
            [.. Print(Head + Unit), .. head, .. Print(Head + Unit), .. likeHead],
            [.. Print(Unit), .. likeHead, .. Print(Unit), .. Print(Unit)],
            [.. Print(4 * Unit), .. likeHead, .. Print(Unit), .. Print(Unit), .. Print(4 * Unit), .. four],
            [.. Print(4 * Unit), .. four, .. Print(4 * Unit), .. four, .. Print(4 * Unit), .. four],
            [.. Print(4 * Unit), .. four, .. Print(0), .. Print(0), .. Print(Tail + Unit), .. four],
            [.. Print(0), .. Print(0), .. Print(Tail + Unit), .. likeTail, .. tail, .. likeTail],
        ];
        return [.. parts.SelectMany(part => part)];
    }

    private static byte[] Print(int length) => [0x00, (byte)length, (byte)(length >> 8), (byte)~length, (byte)(~length >> 8)];

    private static (byte[] Head, byte[] Tail) Headers(byte[] name, uint checksum, int packed, int whole)
    {
        var head = new byte[Head];
        Common(head.AsSpan(4));
        BinaryPrimitives.WriteUInt32LittleEndian(head, 0x04034B50);
        name.CopyTo(head, LocalHeader);

        var tail = new byte[Tail];
        BinaryPrimitives.WriteUInt32LittleEndian(tail, 0x02014B50);
        Common(tail.AsSpan(6));
        name.CopyTo(tail, Directory);
        var end = tail.AsSpan(Directory + name.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06054B50);
        BinaryPrimitives.WriteUInt16LittleEndian(end[8..], 1);
        BinaryPrimitives.WriteUInt16LittleEndian(end[10..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(end[12..], Directory + name.Length);
        BinaryPrimitives.WriteInt32LittleEndian(end[16..], Head + packed);
        // A comment fills the rest.
        BinaryPrimitives.WriteUInt16LittleEndian(end[20..], (ushort)(end.Length - End));
        return (head, tail);

        // What both headers say: version 2.0, DEFLATE, 1 January 1980, checksum and lengths.
        void Common(Span<byte> header)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(header, 20);
            BinaryPrimitives.WriteUInt16LittleEndian(header[4..], 8);
            BinaryPrimitives.WriteUInt16LittleEndian(header[8..], 0x21);
            BinaryPrimitives.WriteUInt32LittleEndian(header[10..], checksum);
            BinaryPrimitives.WriteInt32LittleEndian(header[14..], packed);
            BinaryPrimitives.WriteInt32LittleEndian(header[18..], whole);
            BinaryPrimitives.WriteUInt16LittleEndian(header[22..], (ushort)name.Length);
        }
    }

    /// <summary>The number that a checksum of something with it inside gives again: CRC is affine, so 32 equations in 32 bits.</summary>
    private static uint Solve(Func<uint, uint> sum)
    {
        var constant = sum(0);
        var columns = Enumerable.Range(0, 32).Select(bit => sum(1u << bit) ^ constant ^ (1u << bit)).ToArray();
        var rows = Enumerable.Range(0, 32).Select(row => (Left: Row(columns, row), Right: (constant >> row) & 1)).ToArray();
        for (var column = 0; column < 32; column++)
        {
            var pivot = Array.FindIndex(rows, column, row => ((row.Left >> column) & 1) == 1);
            Assert.True(pivot >= 0, "no checksum fits that name; take another");
            (rows[column], rows[pivot]) = (rows[pivot], rows[column]);
            for (var row = 0; row < 32; row++)
            {
                if (row != column && ((rows[row].Left >> column) & 1) == 1)
                {
                    rows[row] = (rows[row].Left ^ rows[column].Left, rows[row].Right ^ rows[column].Right);
                }
            }
        }

        return rows.Select((row, bit) => row.Right << bit).Aggregate((one, other) => one | other);
    }

    private static uint Row(uint[] columns, int row) => columns.Select((column, bit) => ((column >> row) & 1) << bit).Aggregate((one, other) => one | other);
}
