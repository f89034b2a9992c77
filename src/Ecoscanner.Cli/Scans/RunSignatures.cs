using System.Collections.Concurrent;
using Ecoscanner.Findings;
using Ecoscanner.Probing.Signing;
using Ecoscanner.Service.Scheduling;

namespace Ecoscanner.Cli.Scans;

/// <summary>Has the platform sign what a run sends: its keys never come into the run's process.</summary>
/// <param name="ask">Writes an event to the platform.</param>
internal sealed class RunSignatures(Action<RunEvent> ask, TimeProvider time)
{
    // The platform answers within a millisecond.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<int, TaskCompletionSource<IReadOnlyList<HeaderField>>> waiting = new();
    private int last;

    /// <summary>Fits <see cref="Probing.RequestSigner"/>.</summary>
    /// <exception cref="TimeoutException">The platform does not answer: the request is not sent.</exception>
    public IReadOnlyList<HeaderField> Sign(string method, Uri target, string runId, ReadOnlyMemory<byte> body)
    {
        var number = Interlocked.Increment(ref last);
        var answer = new TaskCompletionSource<IReadOnlyList<HeaderField>>(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting[number] = answer;
        try
        {
            ask(
                new RunEvent(RunEvent.Sign)
                {
                    Number = number,
                    Method = method,
                    Target = target.AbsoluteUri,
                    Digest = MessageSigner.DigestOf(body.Span),
                }
            );
            return answer.Task.WaitAsync(Patience, time).GetAwaiter().GetResult();
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"the platform did not answer about a request to {target.Host}", e);
        }
        finally
        {
            waiting.TryRemove(number, out _);
        }
    }

    /// <summary>Takes a line of the platform.</summary>
    public void Take(string line)
    {
        if (RunSignature.Parse(line) is { } signature && waiting.TryGetValue(signature.Number, out var answer))
        {
            answer.TrySetResult(signature.Fields);
        }
    }
}
