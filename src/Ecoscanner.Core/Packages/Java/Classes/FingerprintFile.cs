using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Ecoscanner.Packages.Java.Classes;

/// <summary>
/// The fingerprint file: <c>ECOCLASS</c>, the format's version, the SHA-256 of what follows, then Brotli of columns: numbers as LEB128, texts with their
/// lengths, shapes of 6 and codes of 4 bytes.
/// </summary>
internal static class FingerprintFile
{
    private const int FormatVersion = 1;
    private const int DigestAt = 12;
    private const int PayloadAt = DigestAt + SHA256.HashSizeInBytes;
    private const int ShapeBytes = FingerprintTables.ShapeBits / 8;

    // The shipped one has 2 MB; a site's own with each release of a thousand libraries has 50.
    private const int MaximumBytes = 256 << 20;

    private static ReadOnlySpan<byte> Magic => "ECOCLASS"u8;

    /// <exception cref="InvalidDataException">It is no fingerprint file, of another version, or damaged.</exception>
    public static FingerprintTables Read(Stream stream)
    {
        var file = Bounded(stream, "the fingerprint file");
        if (file.Length < PayloadAt || !file.AsSpan().StartsWith(Magic))
        {
            throw new InvalidDataException("it is no fingerprint file");
        }

        if (BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(Magic.Length)) != FormatVersion)
        {
            throw new InvalidDataException("the fingerprint file is of another version; make it anew with `ecoscanner fingerprints build`");
        }

        if (!SHA256.HashData(file.AsSpan(PayloadAt)).AsSpan().SequenceEqual(file.AsSpan(DigestAt, SHA256.HashSizeInBytes)))
        {
            throw new InvalidDataException("the fingerprint file is damaged: its checksum does not fit");
        }

        using var brotli = new BrotliStream(new MemoryStream(file, PayloadAt, file.Length - PayloadAt), CompressionMode.Decompress);
        return ReadTables(new FingerprintReader(Bounded(brotli, "what the fingerprint file holds")));
    }

    public static void Write(FingerprintTables tables, Stream stream)
    {
        var payload = new MemoryStream();
        using (var brotli = new BrotliStream(payload, CompressionLevel.SmallestSize, leaveOpen: true))
        using (var writer = new BinaryWriter(brotli, Encoding.UTF8))
        {
            WriteTables(tables, writer);
        }

        Span<byte> head = stackalloc byte[PayloadAt];
        Magic.CopyTo(head);
        BinaryPrimitives.WriteInt32LittleEndian(head[Magic.Length..], FormatVersion);
        SHA256.HashData(payload.GetBuffer().AsSpan(0, (int)payload.Length), head[DigestAt..]);
        stream.Write(head);
        stream.Write(payload.GetBuffer().AsSpan(0, (int)payload.Length));
    }

    private static void WriteTables(FingerprintTables tables, BinaryWriter writer)
    {
        writer.Write(tables.Source);
        Texts(writer, tables.Libraries);
        writer.Write7BitEncodedInt(tables.Releases.Length);
        foreach (var release in tables.Releases)
        {
            writer.Write7BitEncodedInt(release.Library);
            writer.Write(release.Version);
            writer.Write7BitEncodedInt(release.Classes);
        }

        writer.Write7BitEncodedInt(tables.Sets.Length);
        foreach (var set in tables.Sets)
        {
            writer.Write7BitEncodedInt(set.Length);
            Ascending(writer, set);
        }

        Texts(writer, tables.Packages);
        writer.Write7BitEncodedInt(tables.ClassPackages.Length);
        Ascending(writer, tables.ClassPackages);
        for (var type = 0; type < tables.ClassPackages.Length; type++)
        {
            writer.Write(tables.SimpleName(type));
        }

        writer.Write7BitEncodedInt(tables.Shapes.Length);
        Ascending(writer, tables.VariantClasses);
        foreach (var set in tables.VariantSets)
        {
            writer.Write7BitEncodedInt(set);
        }

        Span<byte> shape = stackalloc byte[sizeof(ulong)];
        foreach (var each in tables.Shapes)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(shape, each);
            writer.Write(shape[..ShapeBytes]);
        }

        foreach (var code in tables.Codes)
        {
            writer.Write(code);
        }
    }

    internal static FingerprintTables ReadTables(FingerprintReader reader)
    {
        var source = reader.Text();
        var libraries = reader.Texts();
        var releases = new FingerprintRelease[reader.Count()];
        for (var i = 0; i < releases.Length; i++)
        {
            releases[i] = new FingerprintRelease(reader.Number(libraries.Length), reader.Text(), reader.Number(int.MaxValue));
        }

        var sets = new int[reader.Count()][];
        for (var i = 0; i < sets.Length; i++)
        {
            sets[i] = reader.Ascending(reader.Count(), releases.Length);
        }

        var packages = reader.Texts();
        var classPackages = reader.Ascending(reader.Count(), packages.Length);
        var names = new MemoryStream();
        var starts = new int[classPackages.Length + 1];
        for (var i = 0; i < classPackages.Length; i++)
        {
            names.Write(reader.Bytes(reader.Count()));
            starts[i + 1] = (int)names.Length;
        }

        var variantClasses = reader.Ascending(reader.Count(), classPackages.Length);
        var variantSets = new int[variantClasses.Length];
        foreach (ref var set in variantSets.AsSpan())
        {
            set = reader.Number(sets.Length);
        }

        var shapes = new ulong[variantClasses.Length];
        Span<byte> shape = stackalloc byte[sizeof(ulong)];
        shape.Clear();
        foreach (ref var each in shapes.AsSpan())
        {
            reader.Bytes(ShapeBytes).CopyTo(shape);
            each = BinaryPrimitives.ReadUInt64LittleEndian(shape);
        }

        var codes = new uint[variantClasses.Length];
        foreach (ref var code in codes.AsSpan())
        {
            code = BinaryPrimitives.ReadUInt32LittleEndian(reader.Bytes(sizeof(uint)));
        }

        return new FingerprintTables
        {
            Source = source,
            Libraries = libraries,
            Releases = releases,
            Sets = sets,
            Packages = packages,
            ClassPackages = classPackages,
            Names = names.ToArray(),
            NameStarts = starts,
            VariantClasses = variantClasses,
            VariantSets = variantSets,
            Shapes = shapes,
            Codes = codes,
        };
    }

    private static void Texts(BinaryWriter writer, string[] texts)
    {
        writer.Write7BitEncodedInt(texts.Length);
        foreach (var text in texts)
        {
            writer.Write(text);
        }
    }

    private static void Ascending(BinaryWriter writer, int[] numbers)
    {
        var last = 0;
        foreach (var number in numbers)
        {
            writer.Write7BitEncodedInt(number - last);
            last = number;
        }
    }

    private static byte[] Bounded(Stream stream, string what)
    {
        var all = new MemoryStream();
        var buffer = new byte[1 << 16];
        try
        {
            while (stream.Read(buffer) is > 0 and var read)
            {
                if (all.Length + read > MaximumBytes)
                {
                    throw new InvalidDataException($"{what} is larger than {MaximumBytes >> 20} MB");
                }

                all.Write(buffer.AsSpan(0, read));
            }
        }
        catch (InvalidOperationException e)
        {
            // What is no Brotli.
            throw new InvalidDataException("the fingerprint file is damaged", e);
        }

        return all.ToArray();
    }
}
