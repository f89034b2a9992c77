using Ecoscanner.Service.Runs;

namespace Ecoscanner.Service.Api;

/// <summary>One scan's events to one client. Events are numbered by the time at which they happened, so that any process of the service can go on with them.</summary>
internal sealed class ScanStream
{
    // A person sees no difference to at once, and the database has hundreds of thousands of these reads in a second.
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(300);

    private readonly HttpContext http;
    private readonly Platform platform;
    private readonly string runId;
    private readonly long seen;
    private readonly EventStream stream;
    private long last;

    /// <param name="seen">The last event that the client saw.</param>
    public ScanStream(HttpContext http, Platform platform, string runId, long seen)
    {
        this.http = http;
        this.platform = platform;
        this.runId = runId;
        this.seen = seen;
        stream = new EventStream(http);
        last = seen;
    }

    /// <summary>Sends until the scan is over or the client is gone.</summary>
    /// <param name="look">How the scan goes now; throws where the client may no longer see it.</param>
    public async Task RunAsync(Func<ScanView> look)
    {
        var time = platform.Options.Time;
        var view = look();
        await stream.BeginAsync();
        var beat = time.GetTimestamp();
        var state = "";
        while (true)
        {
            foreach (var step in platform.Progress.After(runId, last))
            {
                await SendAsync(step.At, "progress", Reply.Bytes(new ScanProgressView(step.Scanner, step.What)));
                beat = time.GetTimestamp();
            }

            if (view.State != state)
            {
                state = view.State;
                var at = (view.EndedAt ?? view.StartedAt ?? view.QueuedAt).ToUnixTimeMilliseconds();
                var isOver = state is not (RunState.Queued or RunState.Running);
                if (at > seen || isOver)
                {
                    await SendAsync(at, "state", Reply.Bytes(view));
                }

                if (isOver)
                {
                    return;
                }
            }

            if (time.GetElapsedTime(beat) >= EventStream.Heartbeat)
            {
                await stream.BeatAsync();
                beat = time.GetTimestamp();
            }

            await Task.Delay(Between, time, http.RequestAborted);
            view = look();
        }
    }

    private Task SendAsync(long at, string kind, byte[] json)
    {
        last = Math.Max(last, at);
        return stream.SendAsync(last, kind, json);
    }
}
