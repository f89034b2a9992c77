using System.Buffers;
using System.Security.Cryptography;

namespace Ecoscanner.Source;

/// <summary>An archive's own bytes, ready to be read at any place: where they stand, in memory, or in a temporary file that is gone with it.</summary>
internal sealed class UnpackedArchive : IDisposable
{
    private const int BlockBytes = 128 * 1024;

    private UnpackedArchive(ByteSource source, string sha256, string? mismatch)
    {
        Source = source;
        Sha256 = sha256;
        Mismatch = mismatch;
    }

    public ByteSource Source { get; }

    /// <summary>In lower-case hex.</summary>
    public string Sha256 { get; }

    /// <summary>How it differs from what the directory around it says; null where it does not.</summary>
    public string? Mismatch { get; }

    /// <summary>An archive that stands readable in a file.</summary>
    /// <exception cref="InvalidDataException">A limit is reached.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static UnpackedArchive InPlace(ByteSource source, ArchiveBudget budget)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            var at = 0L;
            while (source.Read(at, block) is > 0 and var read)
            {
                budget.TakeBytes(read);
                sha.AppendData(block, 0, read);
                at += read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }

        return new UnpackedArchive(source, Hex(sha), null);
    }

    /// <summary>Unpacks an entry.</summary>
    /// <exception cref="InvalidDataException">It cannot be unpacked, or a limit is reached.</exception>
    /// <exception cref="IOException">It cannot be read, or there is no room for it.</exception>
    public static UnpackedArchive Spool(Archive archive, ArchiveEntry entry, ArchiveBudget budget)
    {
        using var stream = archive.Read(entry);
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        // One byte more shows the end.
        var expected = entry.Size >= 0 ? entry.Size + 1 : budget.Limits.MemoryBytes / 4;
        if (expected > int.MaxValue / 2 || !budget.TryTakeMemory(expected))
        {
            return SpoolToFile(stream, [], sha);
        }

        var memory = ArrayPool<byte>.Shared.Rent((int)expected);
        void Release()
        {
            ArrayPool<byte>.Shared.Return(memory);
            budget.ReturnMemory(expected);
        }

        var isKept = false;
        try
        {
            var length = stream.ReadAtLeast(memory.AsSpan(0, (int)expected), (int)expected, throwOnEndOfStream: false);
            sha.AppendData(memory, 0, length);
            if (length == expected)
            {
                // It is longer than it says.
                return SpoolToFile(stream, memory.AsSpan(0, length), sha);
            }

            isKept = true;
            return new UnpackedArchive(ByteSource.OfMemory(memory.AsMemory(0, length), Release), Hex(sha), stream.Mismatch);
        }
        finally
        {
            if (!isKept)
            {
                Release();
            }
        }
    }

    public void Dispose() => Source.Dispose();

    private static UnpackedArchive SpoolToFile(EntryStream stream, ReadOnlySpan<byte> start, IncrementalHash sha)
    {
        var path = Path.Combine(Path.GetTempPath(), $"ecoscanner-{Guid.NewGuid():N}.tmp");
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        var isKept = false;
        var block = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            file.Write(start);
            while (stream.Read(block) is > 0 and var read)
            {
                sha.AppendData(block, 0, read);
                file.Write(block, 0, read);
            }

            isKept = true;
            return new UnpackedArchive(ByteSource.OfFile(file.SafeFileHandle, file.Length, file.Dispose), Hex(sha), stream.Mismatch);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
            if (!isKept)
            {
                file.Dispose();
            }
        }
    }

    private static string Hex(IncrementalHash sha) => Convert.ToHexStringLower(sha.GetHashAndReset());
}
