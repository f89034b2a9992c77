using System.Buffers.Binary;

namespace Ecoscanner.Packages.Java.Classes;

/// <summary>
/// Hashes the instructions of a method (JVMS 4.7.3, 6.5) so that a rewritten constant pool changes nothing: constants count by what they are, jumps by
/// instructions, and the short, long and wide forms of an instruction are the same. Debug tables and stack maps are left out.
/// </summary>
/// <remarks>Use it from one thread.</remarks>
internal sealed class Bytecode(ConstantHashes constants)
{
    private const int Ldc = 18;
    private const int Ldc2W = 20;
    private const int FirstLoad = 21;
    private const int FirstShortLoad = 26;
    private const int LastShortLoad = 45;
    private const int FirstStore = 54;
    private const int FirstShortStore = 59;
    private const int LastShortStore = 78;
    private const int Iinc = 132;
    private const int FirstJump = 153;
    private const int Goto = 167;
    private const int Jsr = 168;
    private const int TableSwitch = 170;
    private const int LookupSwitch = 171;
    private const int FirstMember = 178;
    private const int NewArray = 188;
    private const int MultiNewArray = 197;
    private const int Wide = 196;
    private const int IfNull = 198;
    private const int IfNonNull = 199;
    private const int GotoW = 200;
    private const int JsrW = 201;

    // JVMS 4.7.3: the length of code must be less than 65536.
    private const int MaximumLength = ushort.MaxValue;

    // The number of the instruction that starts at a place, counted from one; zero where none does.
    private readonly int[] numbers = new int[MaximumLength + 1];

    // By opcode; zero where the length depends on what follows.
    private static ReadOnlySpan<byte> Lengths =>
        // csharpier-ignore
        [
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            2,
            3,
            2,
            3,
            3,
            2,
            2,
            2,
            2,
            2,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            2,
            2,
            2,
            2,
            2,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            3,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            1,
            3,
            3,
            3,
            3,
            3,
            3,
            3,
            3,
            3,
            3,
            3,
            3,
            3,
            3,
            3,
            3,
            2,
            0,
            0,
            1,
            1,
            1,
            1,
            1,
            1,
            3,
            3,
            3,
            3,
            3,
            3,
            3,
            5,
            5,
            3,
            2,
            3,
            1,
            1,
            3,
            3,
            1,
            1,
            0,
            4,
            3,
            3,
            5,
            5,
        ];

    /// <summary>Hashes the content of a <c>Code</c> attribute; false where it is broken.</summary>
    public bool TryHash(in ClassFile file, ReadOnlySpan<byte> content, out ulong hash)
    {
        hash = 0;
        var cursor = new ByteCursor(content);
        cursor.U4();
        var length = cursor.U4();
        var start = cursor.At;
        cursor.Skip(length);
        if (cursor.Failed || length > MaximumLength || !Number(content.Slice(start, (int)length)))
        {
            return false;
        }

        return TryHashInstructions(file, content.Slice(start, (int)length), ref hash) && TryHashHandlers(file, ref cursor, (int)length, ref hash);
    }

    private bool Number(ReadOnlySpan<byte> code)
    {
        numbers.AsSpan(0, code.Length + 1).Clear();
        var number = 0;
        var at = 0;
        while (at < code.Length)
        {
            numbers[at] = ++number;
            var opcode = code[at];
            var length = opcode < Lengths.Length ? Lengths[opcode] : -1;
            at += length == 0 ? LengthAt(code, at) : length;
            if (length < 0 || at > code.Length || numbers[at] != 0)
            {
                return false;
            }
        }

        // Handlers may end where the code ends.
        numbers[code.Length] = number + 1;
        return true;
    }

    // A length that leads out of the code, or back, where it is broken.
    private static int LengthAt(ReadOnlySpan<byte> code, int at)
    {
        if (code[at] == Wide)
        {
            return at + 1 < code.Length && code[at + 1] == Iinc ? 6 : 4;
        }

        // After the opcode zeros up to a multiple of four (JVMS 6.5, tableswitch).
        var table = (at + 4) & ~3;
        var cursor = new ByteCursor(code, Math.Min(table + 4, code.Length));
        var first = (int)cursor.U4();
        long size;
        if (code[at] == TableSwitch)
        {
            var last = (int)cursor.U4();
            size = 12 + (((long)last - first + 1) * 4);
            if (last < first)
            {
                return code.Length + 1;
            }
        }
        else
        {
            size = 8 + ((long)first * 8);
            if (first < 0)
            {
                return code.Length + 1;
            }
        }

        return cursor.Failed || size > code.Length ? code.Length + 1 : table - at + (int)size;
    }

    private bool TryHashInstructions(in ClassFile file, ReadOnlySpan<byte> code, ref ulong hash)
    {
        var at = 0;
        while (at < code.Length)
        {
            int opcode = code[at];
            int length = Lengths[opcode];
            var rest = code[at..];
            ulong operand = 0;
            switch (opcode)
            {
                case >= FirstShortLoad and <= LastShortLoad:
                    operand = (ulong)(opcode - FirstShortLoad) & 3;
                    opcode = FirstLoad + ((opcode - FirstShortLoad) >> 2);
                    break;
                case >= FirstShortStore and <= LastShortStore:
                    operand = (ulong)(opcode - FirstShortStore) & 3;
                    opcode = FirstStore + ((opcode - FirstShortStore) >> 2);
                    break;
                case >= Ldc and <= Ldc2W:
                    if (!constants.TryHash(file, opcode == Ldc ? rest[1] : U2(rest[1..]), out operand))
                    {
                        return false;
                    }

                    opcode = Ldc;
                    break;
                case (>= FirstMember and < NewArray) or 189 or 192 or 193 or MultiNewArray:
                    if (!constants.TryHash(file, U2(rest[1..]), out operand))
                    {
                        return false;
                    }

                    operand += opcode == MultiNewArray ? rest[3] : 0UL;
                    break;
                case (>= FirstJump and <= Jsr) or IfNull or IfNonNull:
                    if (!TryJump(at, (short)U2(rest[1..]), code.Length, out operand))
                    {
                        return false;
                    }

                    break;
                case GotoW or JsrW:
                    if (!TryJump(at, (int)U4(rest[1..]), code.Length, out operand))
                    {
                        return false;
                    }

                    opcode = opcode == GotoW ? Goto : Jsr;
                    break;
                case TableSwitch or LookupSwitch:
                    length = LengthAt(code, at);
                    if (!TrySwitch(code, at, out operand))
                    {
                        return false;
                    }

                    break;
                case Wide:
                    opcode = rest[1];
                    length = LengthAt(code, at);
                    operand = opcode == Iinc ? Increment(U2(rest[2..]), (short)U2(rest[4..])) : (ulong)U2(rest[2..]);
                    break;
                case Iinc:
                    operand = Increment(rest[1], (sbyte)rest[2]);
                    break;
                default:
                    operand =
                        length == 2 ? rest[1]
                        : length == 3 ? (ulong)U2(rest[1..])
                        : 0;
                    break;
            }

            hash = ClassHash.Join(ClassHash.Join(hash, (ulong)opcode), operand);
            at += length;
        }

        return true;
    }

    private static ulong Increment(int variable, int by) => ((ulong)variable << 32) | (uint)by;

    private bool TryJump(int at, int by, int length, out ulong instructions)
    {
        instructions = 0;
        var target = (long)at + by;
        if (target < 0 || target >= length || numbers[target] == 0)
        {
            return false;
        }

        instructions = (ulong)(numbers[target] - numbers[at]);
        return true;
    }

    private bool TrySwitch(ReadOnlySpan<byte> code, int at, out ulong hash)
    {
        var table = (at + 4) & ~3;
        if (!TryJump(at, (int)U4(code[table..]), code.Length, out hash))
        {
            return false;
        }

        var isTable = code[at] == TableSwitch;
        var first = (int)U4(code[(table + 4)..]);
        var count = isTable ? (long)(int)U4(code[(table + 8)..]) - first + 1 : first;
        var cursor = new ByteCursor(code, table + (isTable ? 12 : 8));
        for (var i = 0L; i < count; i++)
        {
            var match = isTable ? (uint)(first + i) : cursor.U4();
            if (!TryJump(at, (int)cursor.U4(), code.Length, out var target))
            {
                return false;
            }

            hash = ClassHash.Join(ClassHash.Join(hash, match), target);
        }

        return true;
    }

    private bool TryHashHandlers(in ClassFile file, ref ByteCursor cursor, int length, ref ulong hash)
    {
        for (var count = cursor.U2(); count > 0; count--)
        {
            for (var i = 0; i < 3; i++)
            {
                var place = cursor.U2();
                if (place > length || numbers[place] == 0)
                {
                    return false;
                }

                hash = ClassHash.Join(hash, (ulong)numbers[place]);
            }

            var caught = 0UL;
            // Zero catches everything.
            if (cursor.U2() is not 0 and var type && !constants.TryHash(file, type, out caught))
            {
                return false;
            }

            hash = ClassHash.Join(hash, caught);
        }

        return !cursor.Failed;
    }

    private static int U2(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint U4(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
