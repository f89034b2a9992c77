using System.Text;

namespace Ecoscanner.Service.Scheduling;

/// <summary>Reads the lines of a run's process, as many as it may write.</summary>
internal sealed class RunOutput
{
    // Longer than any event of ours, whose longest part is the URI of a request, with a token in it.
    private const int MaximumLine = 16 * 1024;

    private readonly IProgress<RunEvent>? progress;
    private readonly Func<RunEvent, Task> sign;

    /// <param name="sign">Answers a request to be signed; the next line is read after it.</param>
    public RunOutput(Stream stream, int maximumBytes, IProgress<RunEvent>? progress, Func<RunEvent, Task> sign, Action onFlood)
    {
        this.progress = progress;
        this.sign = sign;
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

            kept = await TakeLinesAsync(buffer, kept);
            // A line that is none of ours is skipped, a buffer at a time.
            kept = kept == buffer.Length ? 0 : kept;
        }
    }

    private async Task<int> TakeLinesAsync(byte[] buffer, int length)
    {
        var from = 0;
        while (buffer.AsSpan(from, length - from).IndexOf((byte)'\n') is var end and >= 0)
        {
            await TakeAsync(RunEvent.Parse(buffer.AsSpan(from, end)));
            from += end + 1;
        }

        buffer.AsSpan(from, length - from).CopyTo(buffer);
        return length - from;
    }

    private async Task TakeAsync(RunEvent? read)
    {
        switch (read)
        {
            case null:
                break;
            case { Kind: RunEvent.Done }:
                Done = read;
                break;
            case { Kind: RunEvent.Sign }:
                await sign(read);
                break;
            default:
                progress?.Report(read);
                break;
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
