using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Audit;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Scheduling;

/// <summary>
/// How far versions of scanners are rolled out. In the shadow a scanner runs beside the others and opens nothing; in the canary it counts for a cohort of
/// apps, and is in the shadow for the rest; then it counts for all. One that fails too often is paused by itself.
/// </summary>
public static class Rollouts
{
    /// <summary>The error budget: of so many runs…</summary>
    public const int BudgetRuns = 200;

    /// <summary>…no more than so many may fail: 5 %.</summary>
    public const int BudgetCrashes = 10;

    /// <summary>What a cohort is a part of.</summary>
    public const int Cohorts = 10_000;

    private const string Columns = "scanner, version, stage, cohort, changed_at, changed_by, reason, row_version, runs, crashes, paused_at, paused_why";

    /// <summary>All that were ever changed.</summary>
    public static IReadOnlyList<Rollout> List(Session session) =>
        session.List<Rollout>($"select {Columns} from scanner_rollout order by scanner, version limit 1000");

    /// <summary>A version of a scanner; one that was never changed is enforced.</summary>
    public static Rollout Of(Session session, string scanner, long version) =>
        session.Find<Rollout>($"select {Columns} from scanner_rollout where scanner = @scanner and version = @version", new { scanner, version })
        ?? new Rollout
        {
            Scanner = scanner,
            Version = version,
            Stage = "enforced",
        };

    /// <summary>Puts a version of a scanner into a stage, with a new budget.</summary>
    /// <returns>Why it cannot be; null where it was done.</returns>
    public static string? Set(Session session, Principal by, StageChange change)
    {
        if (!by.MayEverywhere(Capability.ManageScanners))
        {
            return "only who manages scanners may change a stage";
        }

        if (change.Stage is not ("shadow" or "canary" or "enforced"))
        {
            return "a stage is shadow, canary or enforced";
        }

        if (change.Cohort is < 0 or > Cohorts || (change.Stage != "canary" && change.Cohort != 0))
        {
            return $"a canary has a cohort of 0 to {Cohorts} of {Cohorts} apps; the other stages have none";
        }

        if (string.IsNullOrWhiteSpace(change.Reason))
        {
            return "say why, in the reason";
        }

        session.Execute(
            """
            insert into scanner_rollout (scanner, version, stage, cohort, changed_at, changed_by, reason, row_version)
            values (@Scanner, @Version, @Stage, @Cohort, @Clock, @by, @Reason, 1)
            on conflict (scanner, version) do update set stage = excluded.stage, cohort = excluded.cohort, changed_at = excluded.changed_at,
              changed_by = excluded.changed_by, reason = excluded.reason, row_version = scanner_rollout.row_version + 1,
              runs = 0, crashes = 0, paused_at = null, paused_why = null
            """,
            new
            {
                change.Scanner,
                change.Version,
                change.Stage,
                change.Cohort,
                change.Reason,
                session.Clock,
                by = by.Name,
            }
        );
        var detail = new JsonObject
        {
            ["stage"] = change.Stage,
            ["cohort"] = change.Cohort,
            ["why"] = change.Reason,
        };
        AuditLog.Record(session, AuditEntry.By(by, 0, "scanner.staged", $"scanner:{change.Scanner}@{change.Version}", detail.ToJsonString()));
        return null;
    }

    /// <summary>Which scanners a run of an app has, and which only in a run of their own.</summary>
    public static RolloutView For(IReadOnlyList<Rollout> rollouts, string appKey)
    {
        var (shadow, paused) = (new List<string>(), new List<string>());
        // The newest version is the one that this program carries.
        foreach (var rollout in rollouts.GroupBy(one => one.Scanner, StringComparer.Ordinal).Select(group => group.MaxBy(one => one.Version)!))
        {
            if (rollout.PausedAt is not null)
            {
                paused.Add(rollout.Scanner);
            }
            else if (rollout.Stage == "shadow" || (rollout.Stage == "canary" && !IsInCohort(rollout, appKey)))
            {
                shadow.Add(rollout.Scanner);
            }
        }

        return new RolloutView(shadow, paused);
    }

    /// <summary>Counts a scanner's run against its budget, and pauses it where that is spent; true where this did.</summary>
    public static bool Count(Session session, string scanner, long version, bool failed)
    {
        session.Execute(
            """
            insert into scanner_rollout (scanner, version, stage, changed_at, changed_by, runs, crashes)
            values (@scanner, @version, 'enforced', @Clock, 'system:ecoscanner', 1, @crash)
            on conflict (scanner, version) do update set
              crashes = case when scanner_rollout.runs >= @BudgetRuns then excluded.crashes else scanner_rollout.crashes + excluded.crashes end,
              runs = case when scanner_rollout.runs >= @BudgetRuns then 1 else scanner_rollout.runs + 1 end
            """,
            new
            {
                scanner,
                version,
                session.Clock,
                BudgetRuns,
                crash = failed ? 1 : 0,
            }
        );
        if (
            !failed
            || session.Execute(
                """
                update scanner_rollout set paused_at = @Clock, row_version = row_version + 1, paused_why = crashes || ' of its last ' || runs || ' runs failed'
                where scanner = @scanner and version = @version and paused_at is null and crashes > @BudgetCrashes
                """,
                new
                {
                    scanner,
                    version,
                    session.Clock,
                    BudgetCrashes,
                }
            ) == 0
        )
        {
            return false;
        }

        AuditLog.Record(session, new AuditEntry(0, "system", "ecoscanner", "scanner.paused", $"scanner:{scanner}@{version}"));
        return true;
    }

    /// <summary>Counts a process that broke against the newest version of the scanner that was heard last; nothing where it never ran to its end.</summary>
    public static void CountCrash(Session session, string scanner)
    {
        if (session.Find<long?>("select max(version) from scanner_rollout where scanner = @scanner", new { scanner }) is { } version)
        {
            Count(session, scanner, version, failed: true);
        }
    }

    private static bool IsInCohort(Rollout rollout, string appKey)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{rollout.Scanner}\n{appKey}"));
        return BinaryPrimitives.ReadUInt64BigEndian(digest) % Cohorts < (ulong)rollout.Cohort;
    }
}

/// <summary>A stage for a version of a scanner.</summary>
/// <param name="Stage"><c>shadow</c>, <c>canary</c> or <c>enforced</c>.</param>
/// <param name="Cohort">Of 10,000 apps, how many the canary counts for.</param>
public sealed record StageChange(string Scanner, long Version, string Stage, string Reason, int Cohort = 0);

/// <summary>A version of a scanner and how far it is.</summary>
public sealed record Rollout
{
    public string Scanner { get; init; } = "";
    public long Version { get; init; }
    public string Stage { get; init; } = "";
    public long Cohort { get; init; }
    public long ChangedAt { get; init; }
    public string ChangedBy { get; init; } = "";
    public string Reason { get; init; } = "";
    public long RowVersion { get; init; }
    public long Runs { get; init; }
    public long Crashes { get; init; }
    public long? PausedAt { get; init; }
    public string? PausedWhy { get; init; }
}

/// <param name="Shadow">Scanners that are measured, in a run of their own.</param>
/// <param name="Paused">Scanners that do not run at all; their rules are not judged.</param>
public sealed record RolloutView(IReadOnlyList<string> Shadow, IReadOnlyList<string> Paused);
