namespace Ecoscanner.Source;

/// <summary>An entry's bytes, unpacked and counted. Reading throws <see cref="InvalidDataException"/> where a limit is reached or the bytes are broken; its message is the reason.</summary>
internal sealed class EntryStream(ArchiveEntry entry, Stream inner, ArchiveBudget budget) : Stream
{
    // Below it, a file may be as empty as it likes: a megabyte hurts nobody.
    private const int RatioFrom = 1024 * 1024;

    private long count;
    private uint checksum;
    private bool isAtEnd;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => count;
        set => throw new NotSupportedException();
    }

    /// <summary>Once it was read to its end: how it differs from what the directory says; null where it does not.</summary>
    public string? Mismatch =>
        !isAtEnd ? null
        : entry.Size >= 0 && count != entry.Size ? "it has not the length that the directory says"
        : entry.Checksum is { } expected && checksum != expected ? "its checksum is not the one that the directory says"
        : null;

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        var read = inner.Read(buffer);
        isAtEnd |= read == 0;
        count += read;
        checksum = Crc32.Update(checksum, buffer[..read]);
        budget.TakeBytes(read);
        return count > budget.Limits.EntryBytes ? throw new InvalidDataException($"it has more than {ArchiveBudget.Megabytes(budget.Limits.EntryBytes)}")
            : count > RatioFrom && count / budget.Limits.Ratio > entry.PackedSize
                ? throw new InvalidDataException($"it becomes more than {budget.Limits.Ratio} times as large, as nothing of use does")
            : read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        inner.Dispose();
        base.Dispose(disposing);
    }
}
