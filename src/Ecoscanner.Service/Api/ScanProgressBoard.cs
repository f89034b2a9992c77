using System.Collections.Concurrent;

namespace Ecoscanner.Service.Api;

/// <summary>What running scans say they do: the last steps of each, in memory, for who follows them.</summary>
public sealed class ScanProgressBoard(TimeProvider time)
{
    // A scan has some dozens of steps that a person would read.
    private const int Kept = 100;

    private readonly ConcurrentDictionary<string, Queue<Step>> steps = new(StringComparer.Ordinal);

    public void Tell(string runId, string? scanner, string? what)
    {
        var of = steps.GetOrAdd(runId, _ => new Queue<Step>());
        lock (of)
        {
            // One after the other, also where the clock stands still or jumps back.
            var at = Math.Max(time.GetUtcNow().ToUnixTimeMilliseconds(), of.Count == 0 ? 0 : of.Last().At + 1);
            of.Enqueue(new Step(at, scanner, what));
            if (of.Count > Kept)
            {
                of.Dequeue();
            }
        }
    }

    /// <summary>It is over.</summary>
    public void Forget(string runId) => steps.TryRemove(runId, out _);

    internal Step? Last(string runId) => After(runId, 0) is [.., var last] ? last : null;

    internal IReadOnlyList<Step> After(string runId, long at)
    {
        if (!steps.TryGetValue(runId, out var of))
        {
            return [];
        }

        lock (of)
        {
            return [.. of.Where(step => step.At > at)];
        }
    }

    internal sealed record Step(long At, string? Scanner, string? What);
}
