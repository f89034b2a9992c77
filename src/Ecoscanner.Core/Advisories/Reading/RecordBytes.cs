using System.Buffers;

namespace Ecoscanner.Advisories.Reading;

/// <summary>Takes records out of streams, none larger than a limit; one that is gives null in its place.</summary>
internal static class RecordBytes
{
    private const int BufferSize = 64 * 1024;

    public static ReadOnlyMemory<byte>? All(Stream stream, int maxBytes)
    {
        var record = new ArrayBufferWriter<byte>(BufferSize);
        int count;
        while ((count = stream.Read(record.GetSpan(BufferSize))) > 0)
        {
            record.Advance(count);
            if (record.WrittenCount > maxBytes)
            {
                return null;
            }
        }

        return record.WrittenMemory;
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
