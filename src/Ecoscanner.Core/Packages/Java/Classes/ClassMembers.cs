using System.Buffers.Binary;

namespace Ecoscanner.Packages.Java.Classes;

/// <summary>The fields or the methods of a class, one after another (JVMS 4.5, 4.6).</summary>
internal ref struct ClassMembers(ClassFile file, int at)
{
    private readonly ClassFile file = file;
    private int left = BinaryPrimitives.ReadUInt16BigEndian(file.Bytes[at..]);
    private int at = at + 2;

    public int Access { get; private set; }

    /// <summary>The index of its name.</summary>
    public int Name { get; private set; }

    /// <summary>The index of its descriptor.</summary>
    public int Descriptor { get; private set; }

    public ClassAttributes Attributes { get; private set; }

    /// <summary>Whether a compiler made it up: by its flag, or by its attribute before Java 5 (JVMS 4.7.8).</summary>
    public bool IsSynthetic => (Access & 0x1000) != 0 || Attributes.Has("Synthetic"u8);

    public bool Next()
    {
        if (left == 0)
        {
            return false;
        }

        left--;
        var bytes = file.Bytes[at..];
        Access = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        Name = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        Descriptor = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
        Attributes = new ClassAttributes(file, at + 6);
        var all = Attributes;
        while (all.Next()) { }
        at = all.At;
        return true;
    }
}

/// <summary>The attributes of a class or a member, one after another (JVMS 4.7).</summary>
internal ref struct ClassAttributes(ClassFile file, int at)
{
    private readonly ClassFile file = file;
    private int left = BinaryPrimitives.ReadUInt16BigEndian(file.Bytes[at..]);

    /// <summary>Where the next one starts.</summary>
    public int At { get; private set; } = at + 2;

    /// <summary>In modified UTF-8.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    public ReadOnlySpan<byte> Content { get; private set; }

    public bool Next()
    {
        if (left == 0)
        {
            return false;
        }

        left--;
        var bytes = file.Bytes[At..];
        var length = (int)BinaryPrimitives.ReadUInt32BigEndian(bytes[2..]);
        Name = file.Utf8(BinaryPrimitives.ReadUInt16BigEndian(bytes));
        Content = bytes.Slice(6, length);
        At += 6 + length;
        return true;
    }

    public bool Has(ReadOnlySpan<byte> name)
    {
        while (Next())
        {
            if (Name.SequenceEqual(name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The content of the first that is named so; empty where none is.</summary>
    public ReadOnlySpan<byte> Find(ReadOnlySpan<byte> name)
    {
        while (Next())
        {
            if (Name.SequenceEqual(name))
            {
                return Content;
            }
        }

        return default;
    }
}
