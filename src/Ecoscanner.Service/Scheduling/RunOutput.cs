using System.Text;

namespace Ecoscanner.Service.Scheduling;

/// <summary>Reads the lines of a run's process, as many as it may write.</summary>
internal sealed class RunOutput
{
    // Longer than any event of ours, which has two short texts.
    private const int MaximumLine = 4 * 1024;

    private readonly IProgress<RunEvent>? progress;

    public RunOutput(Stream stream, int maximumBytes, IProgress<RunEvent>? progress, Action onFlood)
    {
        this.progress = progress;
        Ended = ReadAsync(stream, maximumBytes, onFlood);
    }

    /// <summary>The last line of a process that came to its end; null where it did not.</summary>
    public RunEvent? Done { get; private set; }

    public Task Ended { get; }

    private async Task ReadAsync(Stream stream, int maximumBytes, Action onFlood)
    {
        var buffer = new byte[MaximumLine];
        var (kept, total) = (0, 0L);
        while (await stream.ReadAsync(buffer.AsMemory(kept)) is var count and > 0)
        {
            total += count;
            kept += count;
            if (total > maximumBytes)
            {
                onFlood();
                return;
            }

            kept = TakeLines(buffer, kept);
            // A line that is none of ours is skipped, a buffer at a time.
            kept = kept == buffer.Length ? 0 : kept;
        }
    }

    private int TakeLines(byte[] buffer, int length)
    {
        var from = 0;
        while (buffer.AsSpan(from, length - from).IndexOf((byte)'\n') is var end and >= 0)
        {
            Take(RunEvent.Parse(buffer.AsSpan(from, end)));
            from += end + 1;
        }

        buffer.AsSpan(from, length - from).CopyTo(buffer);
        return length - from;
    }

    private void Take(RunEvent? read)
    {
        if (read is { Kind: RunEvent.Done })
        {
            Done = read;
        }
        else if (read is not null)
        {
            progress?.Report(read);
        }
    }
}

/// <summary>Keeps the first of what a run's process complains of, to tell why it broke; never shown, because an app may have written it.</summary>
internal sealed class RunErrors
{
    // The runtime says what broke it first, and then every frame of the stack.
    private const int KeptBytes = 16 * 1024;

    private readonly byte[] kept = new byte[KeptBytes];
    private int length;

    public RunErrors(Stream stream) => Ended = ReadAsync(stream);

    public Task Ended { get; }

    public string Text => Encoding.UTF8.GetString(kept, 0, Volatile.Read(ref length));

    private async Task ReadAsync(Stream stream)
    {
        var buffer = new byte[8 * 1024];
        while (await stream.ReadAsync(buffer) is var count and > 0)
        {
            var taken = Math.Min(count, KeptBytes - length);
            buffer.AsSpan(0, taken).CopyTo(kept.AsSpan(length));
            Volatile.Write(ref length, length + taken);
        }
    }
}
