using System.Diagnostics;

namespace Ecoscanner.Tests.Infrastructure;

/// <summary>Runs a property against random inputs for a few seconds; <c>ECOSCANNER_SLOW=1</c> runs it for a minute.</summary>
internal static class Fuzz
{
    // The slowest takes seconds on a busy machine.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>Runs it with seed after seed; what it throws comes with the seed.</summary>
    /// <param name="property">Throws where it does not hold; everything random comes from its argument.</param>
    /// <param name="seed">The seed that a failure printed, to see it again.</param>
    public static void Run(Action<Random> property, int? seed = null)
    {
        var first = seed ?? Random.Shared.Next();
        var time = Stopwatch.StartNew();
        for (var current = first; current == first || (seed is null && time.Elapsed < Fuzzing.Time); current = unchecked(current + 1))
        {
            Run(property, current);
        }
    }

    // On a thread of its own, so that what never ends is a failed test with its seed, and not a run of tests that never ends.
    private static void Run(Action<Random> property, int seed)
    {
        var outcome = Task.Factory.StartNew(() => property(new Random(seed)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            if (!outcome.Wait(Patience))
            {
                throw new TimeoutException($"it had not ended after {Patience.TotalMinutes} minutes");
            }
        }
        catch (Exception e)
        {
            var cause = (e as AggregateException)?.InnerException ?? e;
            throw new InvalidOperationException($"the property does not hold for seed {seed}: {cause.Message}", cause);
        }
    }
}
