namespace Ecoscanner.Probing;

/// <summary>
/// How fast each host may be asked: one token bucket a host, whatever its ports, and the pauses that hosts asked for. One object for all sessions of
/// the process, which is what makes the pace hold between them.
/// </summary>
public sealed class Pace(TimeProvider time)
{
    /// <summary>Longest pause that is obeyed; a host that asks for more is asked again after this.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromHours(24);

    /// <summary>Longest pause that is waited for; requests fail as <see cref="ProbeFailureKind.AskedToWait"/> during a longer one.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>Hosts remembered before those that are idle are forgotten: a service sees a million in its life.</summary>
    private const int SweepAt = 10_000;

    // Wall clocks jump; waiting is measured from here.
    private readonly long origin = time.GetTimestamp();
    private readonly Lock gate = new();
    private readonly Dictionary<string, Lane> lanes = new(StringComparer.Ordinal);

    /// <summary>Waits for the host's turn. Null when it has come; the end of the pause where the host asked for one that is too long to wait for.</summary>
    /// <param name="host">In its canonical form.</param>
    /// <param name="kind">Requests and handshakes have a bucket each.</param>
    /// <param name="rate">Tokens a second.</param>
    /// <param name="burst">Tokens of a full bucket.</param>
    internal async Task<DateTimeOffset?> WaitAsync(string host, PaceKind kind, double rate, int burst, CancellationToken cancellationToken)
    {
        var turn = Reserve(host, kind, rate, burst);
        while (true)
        {
            if (TooLongPause(host) is { } end)
            {
                return end;
            }

            var paused = PausedUntil(host);
            var due = paused > turn ? paused : turn;
            var now = Now;
            if (due <= now)
            {
                return null;
            }

            // Timers count whole milliseconds and round down; a turn must not come early.
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling((due - now).TotalMilliseconds)), time, cancellationToken);
        }
    }

    /// <summary>The end of a pause that is too long to wait for, or null.</summary>
    internal DateTimeOffset? TooLongPause(string host) => PausedUntil(host) - Now is var left && left > LongestWait ? time.GetUtcNow() + left : null;

    /// <summary>Obeys a host's <c>Retry-After</c>: nobody asks it before that time.</summary>
    internal void Pause(string host, TimeSpan duration)
    {
        lock (gate)
        {
            var lane = LaneOf(host);
            var until = Now + (duration < LongestPause ? duration : LongestPause);
            lane.PausedUntil = until > lane.PausedUntil ? until : lane.PausedUntil;
        }
    }

    private TimeSpan Now => time.GetElapsedTime(origin);

    private TimeSpan PausedUntil(string host)
    {
        lock (gate)
        {
            return lanes.TryGetValue(host, out var lane) ? lane.PausedUntil : TimeSpan.Zero;
        }
    }

    /// <summary>Takes the next token and says when it is there (generic cell rate algorithm).</summary>
    private TimeSpan Reserve(string host, PaceKind kind, double rate, int burst)
    {
        var interval = TimeSpan.FromSeconds(1 / rate);
        lock (gate)
        {
            var lane = LaneOf(host);
            var now = Now;
            var full = lane.Full[(int)kind];
            full = (full > now ? full : now) + interval;
            lane.Full[(int)kind] = full;
            return full - interval * burst;
        }
    }

    private Lane LaneOf(string host)
    {
        if (!lanes.TryGetValue(host, out var lane))
        {
            Sweep();
            lanes[host] = lane = new Lane();
        }

        return lane;
    }

    private void Sweep()
    {
        if (lanes.Count < SweepAt)
        {
            return;
        }

        var now = Now;
        foreach (var (host, lane) in lanes)
        {
            if (lane.PausedUntil <= now && lane.Full.All(full => full <= now))
            {
                lanes.Remove(host);
            }
        }
    }

    private sealed class Lane
    {
        /// <summary>When the bucket of each <see cref="PaceKind"/> is full again.</summary>
        public TimeSpan[] Full { get; } = new TimeSpan[2];

        public TimeSpan PausedUntil { get; set; }
    }
}

/// <summary>What is paced: each kind has a bucket of its own.</summary>
internal enum PaceKind
{
    Request,
    Handshake,
}
