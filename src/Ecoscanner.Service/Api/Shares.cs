using System.Globalization;
using Ecoscanner.Service.Scheduling;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Api;

/// <summary>Partners' shares as HTTP tells that they are used up: 429, and when there is room again.</summary>
internal static class Shares
{
    // A stream ends when its scan does.
    private static readonly TimeSpan StreamAgain = TimeSpan.FromSeconds(30);

    /// <exception cref="ProblemException">There is not so much left.</exception>
    public static void Take(Session session, long partnerId, QuotaKind kind, long amount) => Check(Quotas.Take(session, partnerId, kind, amount));

    /// <exception cref="ProblemException">There is nothing left.</exception>
    public static void Look(Session session, long partnerId, QuotaKind kind) => Check(Quotas.Look(session, partnerId, kind));

    /// <exception cref="ProblemException">There are enough.</exception>
    public static IDisposable Stream(Quotas quotas, long partnerId, long most) =>
        quotas.OpenStream(partnerId, most) ?? throw UsedUp("streams of events at a time", StreamAgain);

    private static void Check(QuotaAnswer answer)
    {
        if (!answer.Allowed)
        {
            throw UsedUp(
                answer.Kind switch
                {
                    QuotaKind.Uploads => "uploads of today",
                    QuotaKind.UploadedBytes => "bytes of uploads of today",
                    QuotaKind.ProcessorSeconds => "scan time of today",
                    QuotaKind.Rescans => "scans on demand of today",
                    _ => "room for files",
                },
                answer.RetryAfter
            );
        }
    }

    private static ProblemException UsedUp(string what, TimeSpan? wait) =>
        new(
            ProblemKind.QuotaUsed,
            wait is { } time
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"the partner's {what} are used up; wait {Math.Ceiling(time.TotalSeconds)} s, or ask the operator for more"
                )
                : $"the partner's {what} is used up; delete something, or ask the operator for more"
        )
        {
            RetryAfter = wait,
        };
}
