namespace Ecoscanner.Source;

/// <summary>What is left of the limits while an archive and those in it are read. Threads may share it.</summary>
internal sealed class ArchiveBudget(ArchiveLimits limits, TimeProvider time, CancellationToken cancellation)
{
    private readonly long started = time.GetTimestamp();
    private long bytes;
    private long entries;
    private long memory;

    public ArchiveLimits Limits { get; } = limits;

    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>Counts bytes that were unpacked, and looks at the clock.</summary>
    /// <exception cref="InvalidDataException">A limit is reached; its message is the reason.</exception>
    public void TakeBytes(long count)
    {
        if (Interlocked.Add(ref bytes, count) > Limits.TotalBytes)
        {
            throw new InvalidDataException($"more than {Megabytes(Limits.TotalBytes)} were unpacked before it");
        }

        CheckTime();
    }

    /// <summary>Counts the entries of an archive.</summary>
    /// <exception cref="InvalidDataException">A limit is reached; its message is the reason.</exception>
    public void TakeEntries(int count)
    {
        if (Interlocked.Add(ref entries, count) > Limits.TotalEntries)
        {
            throw new InvalidDataException($"more than {Limits.TotalEntries} entries stand before it");
        }

        CheckTime();
    }

    /// <summary>Whether so many bytes may be held in memory; they are given back by <see cref="ReturnMemory"/>.</summary>
    public bool TryTakeMemory(long count)
    {
        if (Interlocked.Add(ref memory, count) <= Limits.MemoryBytes)
        {
            return true;
        }

        ReturnMemory(count);
        return false;
    }

    public void ReturnMemory(long count) => Interlocked.Add(ref memory, -count);

    public static string Megabytes(long count) => $"{count / 1024 / 1024} MB";

    private void CheckTime()
    {
        Cancellation.ThrowIfCancellationRequested();
        if (time.GetElapsedTime(started) > Limits.Time)
        {
            throw new InvalidDataException($"the reading had taken {Limits.Time.TotalSeconds:0} seconds before it");
        }
    }
}
