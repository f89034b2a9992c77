using Ecoscanner.Service.Runs;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Findings;

/// <summary>What goes with taking a report in.</summary>
public sealed record IngestOptions
{
    public static readonly IngestOptions None = new();

    /// <summary>Whether whoever gives the report still holds the run's lane: asked in the transaction, and may release it there. Null where there is no lane.</summary>
    public Func<Session, bool>? IsHeld { get; init; }

    /// <summary>What is written in the same transaction, such as the inventory.</summary>
    public Action<Session, RunRow>? Also { get; init; }

    /// <summary>Advisories that were taken back: their findings are withdrawn, and not fixed.</summary>
    public IReadOnlySet<string> Withdrawn { get; init; } = new HashSet<string>(StringComparer.Ordinal);
}
