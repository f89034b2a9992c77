using Microsoft.Win32.SafeHandles;

namespace Ecoscanner.Source;

/// <summary>Bytes that can be read at any place, by several threads: a file, memory, or a stretch of either.</summary>
internal sealed class ByteSource : IDisposable
{
    private readonly SafeFileHandle? file;
    private readonly ReadOnlyMemory<byte> memory;
    private readonly long start;
    private readonly Action? dispose;

    private ByteSource(SafeFileHandle? file, ReadOnlyMemory<byte> memory, long start, long length, Action? dispose)
    {
        this.file = file;
        this.memory = memory;
        this.start = start;
        Length = length;
        this.dispose = dispose;
    }

    public long Length { get; }

    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">Its rights forbid it.</exception>
    public static ByteSource OfFile(string path)
    {
        var handle = File.OpenHandle(path);
        return OfFile(handle, RandomAccess.GetLength(handle), handle.Dispose);
    }

    /// <param name="dispose">Closes the file.</param>
    public static ByteSource OfFile(SafeFileHandle file, long length, Action dispose) => new(file, default, 0, length, dispose);

    /// <param name="dispose">Called once nobody reads it any more.</param>
    public static ByteSource OfMemory(ReadOnlyMemory<byte> memory, Action? dispose = null) => new(null, memory, 0, memory.Length, dispose);

    /// <summary>A stretch of it, which is good as long as this one is.</summary>
    public ByteSource Slice(long offset, long length) => new(file, memory, start + offset, Math.Clamp(length, 0, Math.Max(0, Length - offset)), null);

    /// <summary>Reads as much as there is, up to the buffer's length.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public int Read(long offset, Span<byte> buffer)
    {
        if (offset < 0 || offset >= Length)
        {
            return 0;
        }

        var wanted = buffer[..(int)Math.Min(buffer.Length, Length - offset)];
        if (file is null)
        {
            memory.Span.Slice((int)(start + offset), wanted.Length).CopyTo(wanted);
            return wanted.Length;
        }

        var read = 0;
        while (read < wanted.Length && RandomAccess.Read(file, wanted[read..], start + offset + read) is > 0 and var more)
        {
            read += more;
        }

        return read;
    }

    /// <summary>A stream from its beginning to its end.</summary>
    public Stream AsStream() => new Cursor(this);

    public void Dispose() => dispose?.Invoke();

    private sealed class Cursor(ByteSource source) : Stream
    {
        private long at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => source.Length;

        public override long Position
        {
            get => at;
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            var read = source.Read(at, buffer);
            at += read;
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
