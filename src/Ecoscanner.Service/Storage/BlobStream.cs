using System.Security.Cryptography;

namespace Ecoscanner.Service.Storage;

/// <summary>Reads a sealed content, from any place in it: archives need no unsealed copy on the disk.</summary>
internal sealed class BlobStream : Stream
{
    private readonly FileStream file;
    private readonly AesGcm aes;
    private readonly byte[] name;
    private readonly string path;
    private readonly byte[] box = new byte[BlobFormat.SealedChunkBytes];
    private readonly byte[] chunk = new byte[BlobFormat.ChunkBytes];
    private readonly uint chunks;
    private long loaded = -1;
    private int loadedBytes;
    private long position;

    /// <summary>Takes the file, and proves by its last chunk that it is the content of that name, whole.</summary>
    /// <exception cref="SealedException">It is not.</exception>
    public BlobStream(FileStream file, byte[] key, byte[] name, string path)
    {
        this.file = file;
        this.name = name;
        this.path = path;
        var body = file.Length - BlobFormat.HeadBytes;
        var count = (body + BlobFormat.SealedChunkBytes - 1) / BlobFormat.SealedChunkBytes;
        if (body < BlobFormat.TagBytes || count > uint.MaxValue || (body - 1) % BlobFormat.SealedChunkBytes < BlobFormat.TagBytes - 1)
        {
            throw Damaged(null);
        }

        chunks = (uint)count;
        Length = body - (long)chunks * BlobFormat.TagBytes;
        aes = new AesGcm(key, BlobFormat.TagBytes);
        Load(chunks - 1);
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position
    {
        get => position;
        set => Seek(value, SeekOrigin.Begin);
    }

    public override int Read(Span<byte> buffer)
    {
        if (position >= Length || buffer.IsEmpty)
        {
            return 0;
        }

        Load((uint)(position / BlobFormat.ChunkBytes));
        var at = (int)(position % BlobFormat.ChunkBytes);
        var count = Math.Min(buffer.Length, loadedBytes - at);
        chunk.AsSpan(at, count).CopyTo(buffer);
        position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        ValidateBufferArguments(buffer, offset, count);
        return Read(buffer.AsSpan(offset, count));
    }

    public override long Seek(long offset, SeekOrigin origin)
    {
        var to = origin switch
        {
            SeekOrigin.Begin => offset,
            SeekOrigin.Current => position + offset,
            _ => Length + offset,
        };
        return position = to >= 0 ? to : throw new IOException("there is nothing before the beginning");
    }

    public override void Flush() { }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            CryptographicOperations.ZeroMemory(chunk);
            aes.Dispose();
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Load(uint number)
    {
        if (loaded == number)
        {
            return;
        }

        var isLast = number == chunks - 1;
        var bytes = isLast ? (int)(Length - (long)number * BlobFormat.ChunkBytes) : BlobFormat.ChunkBytes;
        loaded = -1;
        try
        {
            file.Position = BlobFormat.HeadBytes + (long)number * BlobFormat.SealedChunkBytes;
            var sealedChunk = box.AsSpan(0, BlobFormat.TagBytes + bytes);
            file.ReadExactly(sealedChunk);
            BlobFormat.Open(aes, number, isLast ? name : [], sealedChunk, chunk.AsSpan(0, bytes));
        }
        catch (Exception e) when (e is CryptographicException or EndOfStreamException)
        {
            throw Damaged(e);
        }

        (loaded, loadedBytes) = (number, bytes);
    }

    private SealedException Damaged(Exception? inner) => new($"{path} was changed or cut off; take it from a backup, or upload it again", inner: inner);
}
