using System.Collections.Concurrent;

namespace Ecoscanner.Scanning;

/// <summary>What several scanners of one app need and one works out, such as the program that a Forge app's sources are. It lives as long as the scan.</summary>
/// <param name="scan">Cancels the whole scan; one scanner that is stopped does not take from the others what they wait for.</param>
public sealed class SharedWork(CancellationToken scan)
{
    private readonly ConcurrentDictionary<Type, Lazy<Task<object>>> works = [];

    /// <summary>The one of its type. Whoever asks first has it made, and if that throws, it throws for all.</summary>
    /// <param name="make">Makes it, on the pool.</param>
    /// <param name="wait">Ends the waiting, not the making.</param>
    public async Task<T> OfAsync<T>(Func<CancellationToken, T> make, CancellationToken wait)
        where T : class => (T)await works.GetOrAdd(typeof(T), _ => new(() => Begin(make))).Value.WaitAsync(wait);

    // Those who wait go on side by side: else the thread that made it would take one after the other to the end of its scan.
    private Task<object> Begin<T>(Func<CancellationToken, T> make)
        where T : class =>
        Task.Factory.StartNew<object>(
            () => make(scan),
            scan,
            TaskCreationOptions.DenyChildAttach | TaskCreationOptions.RunContinuationsAsynchronously,
            TaskScheduler.Default
        );
}
