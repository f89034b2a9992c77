using System.Buffers;

namespace Ecoscanner.Packages.Java.Classes;

/// <summary>
/// Hashes names without their packages, so that they stay the same where a build moves packages. What maven-shade's and jarjar's relocators rewrite is class
/// names, descriptors, and strings that start with a moved package, with dots or slashes.
/// </summary>
/// <remarks>All packages are masked, also those of others: which of them a build moves is not known. It keeps one buffer, so use it from one thread.</remarks>
internal sealed class NameMask
{
    // No text of a class file is longer.
    private readonly byte[] buffer = new byte[ushort.MaxValue];

    private static readonly SearchValues<byte> Separators = SearchValues.Create("./"u8);

    private static readonly SearchValues<byte> ClassNameBytes = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_$.[;"u8);

    /// <summary>Of a class name with slashes, or an array's descriptor, as a <c>CONSTANT_Class</c> has them.</summary>
    public ulong OfClass(ReadOnlySpan<byte> name) => name is [(byte)'[', ..] ? OfDescriptor(name) : ClassHash.Of(Simple(name));

    /// <summary>Of the descriptor of a field or a method.</summary>
    public ulong OfDescriptor(ReadOnlySpan<byte> descriptor)
    {
        var length = 0;
        while (descriptor.IndexOf((byte)'L') is >= 0 and var start && descriptor[start..].IndexOf((byte)';') is >= 0 and var end)
        {
            var simple = Simple(descriptor[(start + 1)..(start + end)]);
            descriptor[..(start + 1)].CopyTo(buffer.AsSpan(length));
            length += start + 1;
            simple.CopyTo(buffer.AsSpan(length));
            length += simple.Length;
            descriptor = descriptor[(start + end)..];
        }

        descriptor.CopyTo(buffer.AsSpan(length));
        return ClassHash.Of(buffer.AsSpan(0, length + descriptor.Length));
    }

    /// <summary>Of a string constant: each word before a dot or slash that a letter follows is left out. Versions and numbers stay.</summary>
    public ulong OfText(ReadOnlySpan<byte> text) => ClassHash.Of(text.ContainsAny(Separators) ? Masked(text) : text);

    /// <summary>The same as text. Gone with the next call of any method.</summary>
    public ReadOnlySpan<byte> Masked(ReadOnlySpan<byte> text)
    {
        var length = 0;
        var wordAt = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var b = text[i];
            if (b is (byte)'.' or (byte)'/' && length > wordAt && StartsWord(buffer[wordAt]) && i + 1 < text.Length && StartsWord(text[i + 1]))
            {
                length = wordAt;
                continue;
            }

            buffer[length++] = b;
            if (!IsWord(b))
            {
                wordAt = length;
            }
        }

        return buffer.AsSpan(0, length);
    }

    /// <summary>Takes the first word of letters and digits off a text; empty where there is none left.</summary>
    public static ReadOnlySpan<byte> NextWord(ref ReadOnlySpan<byte> text)
    {
        var start = 0;
        while (start < text.Length && !IsLetter(text[start]))
        {
            start++;
        }

        var end = start;
        while (end < text.Length && IsLetter(text[end]))
        {
            end++;
        }

        var word = text[start..end];
        text = text[end..];
        return word;
    }

    /// <summary>What stands after the last slash.</summary>
    public static ReadOnlySpan<byte> Simple(ReadOnlySpan<byte> name) => name[(name.LastIndexOf((byte)'/') + 1)..];

    /// <summary>Whether a text may be the name of a class in a package, or of an array of those, as <c>Class.forName</c> takes it.</summary>
    public static bool IsClassName(ReadOnlySpan<byte> text)
    {
        var dot = text.LastIndexOf((byte)'.');
        return dot > 0 && dot + 1 < text.Length && (uint)(text[dot + 1] - 'A') < 26 && !text.ContainsAnyExcept(ClassNameBytes);
    }

    private static bool StartsWord(byte b) => (uint)((b | 0x20) - 'a') < 26 || b is (byte)'_';

    // With those beyond ASCII.
    private static bool IsLetter(byte b) => StartsWord(b) || (uint)(b - '0') < 10 || b >= 0x80;

    private static bool IsWord(byte b) => StartsWord(b) || (uint)(b - '0') < 10 || b is (byte)'$' or (byte)'-';
}
