using System.Buffers;

namespace Ecoscanner.Advisories.Reading;

/// <summary>Takes records out of streams, none larger than a limit; one that is gives null in its place.</summary>
internal static class RecordBytes
{
    private const int BufferSize = 64 * 1024;

    public static ReadOnlyMemory<byte>? All(Stream stream, int maxBytes)
    {
        // Rented, because a feed has hundreds of thousands of small records.
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var length = 0;
            for (int count; (count = stream.Read(buffer, length, buffer.Length - length)) > 0; )
            {
                length += count;
                if (length > maxBytes)
                {
                    return null;
                }

                if (length == buffer.Length)
                {
                    var larger = ArrayPool<byte>.Shared.Rent(2 * length);
                    buffer.CopyTo(larger, 0);
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = larger;
                }
            }

            return buffer.AsSpan(0, length).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public static IEnumerable<ReadOnlyMemory<byte>?> Lines(Stream stream, int maxBytes)
    {
        var buffer = new byte[BufferSize];
        var line = new ArrayBufferWriter<byte>();
        var isTooLong = false;
        int count;
        while ((count = stream.Read(buffer)) > 0)
        {
            for (var start = 0; start < count; )
            {
                var end = Array.IndexOf(buffer, (byte)'\n', start, count - start);
                var stop = end < 0 ? count : end;
                isTooLong |= line.WrittenCount + (stop - start) > maxBytes;
                if (!isTooLong)
                {
                    line.Write(buffer.AsSpan(start, stop - start));
                }

                start = stop + 1;
                if (end >= 0)
                {
                    yield return isTooLong ? (ReadOnlyMemory<byte>?)null : line.WrittenSpan.ToArray();
                    line.ResetWrittenCount();
                    isTooLong = false;
                }
            }
        }

        if (line.WrittenCount > 0 || isTooLong)
        {
            yield return isTooLong ? (ReadOnlyMemory<byte>?)null : line.WrittenSpan.ToArray();
        }
    }
}
