using System.Diagnostics;

namespace Ecoscanner.Tests.Infrastructure;

/// <summary>Runs a property against random inputs for a few seconds; <c>ECOSCANNER_SLOW=1</c> runs it for a minute.</summary>
internal static class Fuzz
{
    /// <summary>Runs it with seed after seed; what it throws comes with the seed.</summary>
    /// <param name="property">Throws where it does not hold; everything random comes from its argument.</param>
    /// <param name="seed">The seed that a failure printed, to see it again.</param>
    public static void Run(Action<Random> property, int? seed = null)
    {
        var first = seed ?? Random.Shared.Next();
        var time = Stopwatch.StartNew();
        for (var current = first; current == first || (seed is null && time.Elapsed < Fuzzing.Time); current = unchecked(current + 1))
        {
            try
            {
                property(new Random(current));
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"the property does not hold for seed {current}: {e.Message}", e);
            }
        }
    }
}
