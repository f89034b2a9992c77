using System.Buffers.Binary;

namespace Ecoscanner.Packages.Java.Classes;

/// <summary>
/// A Java class file (JVMS 4), read where it lies. What <see cref="TryRead"/> accepts has a structure within its bounds and a constant pool whose references
/// fit; code and descriptors may still be nonsense.
/// </summary>
internal readonly ref struct ClassFile
{
    // JDK 1.0.2 wrote 45, Java 26 writes 70; the format of later ones is not known.
    private const int OldestVersion = 45;
    private const int NewestVersion = 70;

    private readonly ReadOnlySpan<byte> bytes;
    private readonly ReadOnlySpan<int> entries;
    private readonly int fieldsAt;
    private readonly int methodsAt;
    private readonly int attributesAt;
    private readonly int interfacesAt;

    private ClassFile(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> entries, int headAt, int fieldsAt, int methodsAt, int attributesAt)
    {
        this.bytes = bytes;
        this.entries = entries;
        Access = BinaryPrimitives.ReadUInt16BigEndian(bytes[headAt..]);
        ThisClass = BinaryPrimitives.ReadUInt16BigEndian(bytes[(headAt + 2)..]);
        SuperClass = BinaryPrimitives.ReadUInt16BigEndian(bytes[(headAt + 4)..]);
        interfacesAt = headAt + 6;
        this.fieldsAt = fieldsAt;
        this.methodsAt = methodsAt;
        this.attributesAt = attributesAt;
    }

    public int Access { get; }

    /// <summary>The index of the class's own <c>CONSTANT_Class</c>.</summary>
    public int ThisClass { get; }

    /// <summary>Zero for java.lang.Object and modules.</summary>
    public int SuperClass { get; }

    /// <summary>The name of the class, such as <c>org/acme/Foo$Bar</c>, in modified UTF-8.</summary>
    public ReadOnlySpan<byte> Name => Utf8(U2(entries[ThisClass] + 1));

    /// <summary>One more than the highest index of the constant pool.</summary>
    public int ConstantCount => entries.Length;

    public ClassMembers Fields => new(this, fieldsAt);

    public ClassMembers Methods => new(this, methodsAt);

    public ClassAttributes Attributes => new(this, attributesAt);

    public int InterfaceCount => U2(interfacesAt);

    internal ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>Reads the frame of a class file.</summary>
    /// <param name="scratch">For the places of the constants, at least <see cref="ScratchLength"/> long; the result needs it as long as it is used.</param>
    /// <param name="refusal">Why not, a clause for a person; null where it was read.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, int[] scratch, out ClassFile file, out string? refusal)
    {
        file = default;
        var cursor = new ByteCursor(bytes);
        if (cursor.U4() != 0xCAFEBABE)
        {
            refusal = "it is no class file";
            return false;
        }

        cursor.U2();
        if (cursor.U2() is < OldestVersion or > NewestVersion)
        {
            refusal = "its class file version is not known";
            return false;
        }

        var count = cursor.U2();
        if (!ReadConstants(ref cursor, bytes, scratch, count))
        {
            refusal = "its constant pool is broken";
            return false;
        }

        var entries = new ReadOnlySpan<int>(scratch, 0, count);
        var headAt = cursor.At;
        cursor.U2();
        var named = IsKind(bytes, entries, cursor.U2(), ConstantKind.Class);
        var super = cursor.U2();
        named &= super == 0 || IsKind(bytes, entries, super, ConstantKind.Class);
        for (var interfaces = cursor.U2(); interfaces > 0 && named; interfaces--)
        {
            named = IsKind(bytes, entries, cursor.U2(), ConstantKind.Class);
        }

        var fieldsAt = cursor.At;
        var methodsAt = 0;
        var attributesAt = 0;
        if (named && SkipMembers(ref cursor, bytes, entries))
        {
            methodsAt = cursor.At;
            named = SkipMembers(ref cursor, bytes, entries);
            attributesAt = cursor.At;
            named &= SkipAttributes(ref cursor, bytes, entries);
        }

        if (!named || cursor.Failed || attributesAt == 0)
        {
            refusal = "it is cut off or its members are broken";
            return false;
        }

        file = new ClassFile(bytes, entries, headAt, fieldsAt, methodsAt, attributesAt);
        refusal = null;
        return true;
    }

    /// <summary>The most constants that a class file can have.</summary>
    public const int ScratchLength = ushort.MaxValue + 1;

    /// <summary>The class index of an interface.</summary>
    public int Interface(int number) => U2(interfacesAt + 2 + (2 * number));

    /// <summary>What stands at an index; <see cref="ConstantKind.None"/> where nothing does.</summary>
    public ConstantKind Kind(int index) =>
        (uint)index < (uint)entries.Length && entries[index] is var at and not 0 ? (ConstantKind)bytes[at] : ConstantKind.None;

    /// <summary>The first number of a constant: an index for most.</summary>
    public int First(int index) => U2(entries[index] + 1);

    /// <summary>The second number of a constant that has two.</summary>
    public int Second(int index) => U2(entries[index] + 3);

    /// <summary>The two parts of a <c>CONSTANT_MethodHandle</c>.</summary>
    public (int Kind, int Reference) MethodHandle(int index) => (bytes[entries[index] + 1], U2(entries[index] + 2));

    /// <summary>The bytes of a number: four or eight.</summary>
    public ReadOnlySpan<byte> Number(int index) =>
        bytes.Slice(entries[index] + 1, (ConstantKind)bytes[entries[index]] is ConstantKind.Long or ConstantKind.Double ? 8 : 4);

    /// <summary>The text at an index that was proven to hold one, in modified UTF-8.</summary>
    public ReadOnlySpan<byte> Utf8(int index) => bytes.Slice(entries[index] + 3, U2(entries[index] + 1));

    private int U2(int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);

    private static bool ReadConstants(ref ByteCursor cursor, ReadOnlySpan<byte> bytes, int[] scratch, int count)
    {
        scratch.AsSpan(0, count).Clear();
        for (var index = 1; index < count; index++)
        {
            scratch[index] = cursor.At;
            var kind = (ConstantKind)cursor.U1();
            switch (kind)
            {
                case ConstantKind.Utf8:
                    cursor.Skip(cursor.U2());
                    break;
                case ConstantKind.Long or ConstantKind.Double:
                    cursor.Skip(8);
                    // They take two indexes (JVMS 4.4.5); no pool ends on half of one.
                    if (++index >= count)
                    {
                        return false;
                    }

                    scratch[index] = 0;
                    break;
                case ConstantKind.Integer
                or ConstantKind.Float
                or ConstantKind.Field
                or ConstantKind.Method
                or ConstantKind.InterfaceMethod
                or ConstantKind.NameAndType
                or ConstantKind.Dynamic
                or ConstantKind.InvokeDynamic:
                    cursor.Skip(4);
                    break;
                case ConstantKind.Class or ConstantKind.String or ConstantKind.MethodType or ConstantKind.Module or ConstantKind.Package:
                    cursor.Skip(2);
                    break;
                case ConstantKind.MethodHandle:
                    cursor.Skip(3);
                    break;
                default:
                    return false;
            }

            if (cursor.Failed)
            {
                return false;
            }
        }

        return !cursor.Failed && ReferencesFit(bytes, new ReadOnlySpan<int>(scratch, 0, count));
    }

    private static bool ReferencesFit(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> entries)
    {
        foreach (var at in entries)
        {
            if (at == 0)
            {
                continue;
            }

            var rest = bytes[(at + 1)..];
            var fits = (ConstantKind)bytes[at] switch
            {
                ConstantKind.Class or ConstantKind.String or ConstantKind.MethodType or ConstantKind.Module or ConstantKind.Package => IsKind(
                    bytes,
                    entries,
                    BinaryPrimitives.ReadUInt16BigEndian(rest),
                    ConstantKind.Utf8
                ),
                ConstantKind.Field or ConstantKind.Method or ConstantKind.InterfaceMethod => IsKind(
                    bytes,
                    entries,
                    BinaryPrimitives.ReadUInt16BigEndian(rest),
                    ConstantKind.Class
                ) && IsKind(bytes, entries, BinaryPrimitives.ReadUInt16BigEndian(rest[2..]), ConstantKind.NameAndType),
                ConstantKind.NameAndType => IsKind(bytes, entries, BinaryPrimitives.ReadUInt16BigEndian(rest), ConstantKind.Utf8)
                    && IsKind(bytes, entries, BinaryPrimitives.ReadUInt16BigEndian(rest[2..]), ConstantKind.Utf8),
                ConstantKind.Dynamic or ConstantKind.InvokeDynamic => IsKind(
                    bytes,
                    entries,
                    BinaryPrimitives.ReadUInt16BigEndian(rest[2..]),
                    ConstantKind.NameAndType
                ),
                ConstantKind.MethodHandle => IsMember(bytes, entries, BinaryPrimitives.ReadUInt16BigEndian(rest[1..])),
                _ => true,
            };
            if (!fits)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsKind(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> entries, int index, ConstantKind kind) =>
        (uint)index < (uint)entries.Length && entries[index] is var at and not 0 && (ConstantKind)bytes[at] == kind;

    private static bool IsMember(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> entries, int index) =>
        IsKind(bytes, entries, index, ConstantKind.Field)
        || IsKind(bytes, entries, index, ConstantKind.Method)
        || IsKind(bytes, entries, index, ConstantKind.InterfaceMethod);

    private static bool SkipMembers(ref ByteCursor cursor, ReadOnlySpan<byte> bytes, ReadOnlySpan<int> entries)
    {
        for (var count = cursor.U2(); count > 0; count--)
        {
            cursor.U2();
            if (
                !IsKind(bytes, entries, cursor.U2(), ConstantKind.Utf8)
                || !IsKind(bytes, entries, cursor.U2(), ConstantKind.Utf8)
                || !SkipAttributes(ref cursor, bytes, entries)
            )
            {
                return false;
            }
        }

        return !cursor.Failed;
    }

    private static bool SkipAttributes(ref ByteCursor cursor, ReadOnlySpan<byte> bytes, ReadOnlySpan<int> entries)
    {
        for (var count = cursor.U2(); count > 0; count--)
        {
            if (!IsKind(bytes, entries, cursor.U2(), ConstantKind.Utf8))
            {
                return false;
            }

            cursor.Skip(cursor.U4());
        }

        return !cursor.Failed;
    }
}

/// <summary>The tags of the constant pool (JVMS 4.4).</summary>
internal enum ConstantKind : byte
{
    None = 0,
    Utf8 = 1,
    Integer = 3,
    Float = 4,
    Long = 5,
    Double = 6,
    Class = 7,
    String = 8,
    Field = 9,
    Method = 10,
    InterfaceMethod = 11,
    NameAndType = 12,
    MethodHandle = 15,
    MethodType = 16,
    Dynamic = 17,
    InvokeDynamic = 18,
    Module = 19,
    Package = 20,
}
