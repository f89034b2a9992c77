using System.Buffers.Binary;
using System.Text;

namespace Ecoscanner.Tests.Core.Packages.Java.Classes;

/// <summary>Moves packages as maven-shade does: in class names, descriptors, signatures, and strings that start with the package, with slashes or dots.</summary>
internal static class ClassRelocator
{
    /// <summary>Rewrites the texts of the constant pool (JVMS 4.4); nothing else of a class file depends on their lengths.</summary>
    public static byte[] Relocate(ReadOnlySpan<byte> bytes, string from, string to)
    {
        var result = new MemoryStream();
        var count = BinaryPrimitives.ReadUInt16BigEndian(bytes[8..]);
        result.Write(bytes[..10]);
        var at = 10;
        for (var index = 1; index < count; index++)
        {
            var tag = bytes[at];
            if (tag == 1)
            {
                var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 1)..]);
                // Latin-1 keeps each byte of modified UTF-8 as it is.
                var text = Encoding.Latin1.GetBytes(Moved(Encoding.Latin1.GetString(bytes.Slice(at + 3, length)), from, to));
                result.WriteByte(1);
                result.WriteByte((byte)(text.Length >> 8));
                result.WriteByte((byte)text.Length);
                result.Write(text);
                at += 3 + length;
                continue;
            }

            var size = tag switch
            {
                3 or 4 or 9 or 10 or 11 or 12 or 17 or 18 => 5,
                5 or 6 => 9,
                15 => 4,
                _ => 3,
            };
            result.Write(bytes.Slice(at, size));
            at += size;
            index += tag is 5 or 6 ? 1 : 0;
        }

        result.Write(bytes[at..]);
        return result.ToArray();
    }

    /// <summary>The name of a class after the move, with slashes.</summary>
    public static string Moved(string text, string from, string to)
    {
        var dotted = from.Replace('/', '.');
        if (text.StartsWith(dotted, StringComparison.Ordinal))
        {
            return to.Replace('/', '.') + text[dotted.Length..];
        }

        if (text == from)
        {
            return to;
        }

        var moved = new StringBuilder(text.Length);
        var rest = text.AsSpan();
        while (rest.IndexOf(from + "/", StringComparison.Ordinal) is >= 0 and var at)
        {
            // At the start, or where a class begins in a descriptor or signature; not within another package.
            var isStart = at == 0 ? moved.Length == 0 : rest[at - 1] is 'L' or '/' && (rest[at - 1] == 'L' || at == 1);
            moved.Append(rest[..at]).Append(isStart ? to : from);
            rest = rest[(at + from.Length)..];
        }

        return moved.Append(rest).ToString();
    }
}
