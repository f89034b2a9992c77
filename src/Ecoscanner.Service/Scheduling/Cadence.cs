using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Ecoscanner.Service.Scheduling;

/// <summary>How often what is scanned, and when in the day.</summary>
/// <param name="Name">As the database keeps it.</param>
/// <param name="Hosting">What it holds for.</param>
/// <param name="Reason">Why its runs are made, as runs keep it.</param>
/// <param name="HasScanner">False where no scanner of this version does it: then it only stands there.</param>
public sealed record Cadence(string Name, string Hosting, TimeSpan Period, string Reason, bool HasScanner)
{
    /// <summary>Beside these, each new version of a Forge or Data Center app is scanned when it is noticed, and everything on demand.</summary>
    public static IReadOnlyList<Cadence> All { get; } =
    [
        new("daily", "connect", TimeSpan.FromDays(1), "scheduled", HasScanner: true),
        new("xss-monthly", "connect", TimeSpan.FromDays(30), "scheduled", HasScanner: false),
        new("rematch", "forge", TimeSpan.FromDays(1), "rematch", HasScanner: true),
        new("daily", "datacenter", TimeSpan.FromDays(1), "scheduled", HasScanner: true),
    ];

    private static readonly long Day = (long)TimeSpan.FromDays(1).TotalMilliseconds;

    /// <summary>An app's place in the day, the same for ever: a day's work is a steady trickle, and partners know when we come.</summary>
    public static long Phase(string appKey, string hosting, string cadence)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{appKey}\n{hosting}\n{cadence}"));
        return (long)(BinaryPrimitives.ReadUInt64BigEndian(digest) % (ulong)Day);
    }

    /// <summary>The first time of that phase after a time.</summary>
    public static long Next(long after, long phase, TimeSpan period)
    {
        var first = (after / Day * Day) + phase;
        // A period of 30 days begins at the first place in the day that comes.
        return first > after ? first : first + Math.Max(Day, (long)period.TotalMilliseconds);
    }
}
