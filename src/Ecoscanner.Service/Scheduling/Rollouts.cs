using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
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

    private const int Cohorts = 10_000;

    /// <summary>All that were ever changed.</summary>
    public static IReadOnlyList<Rollout> List(Session session) =>
        session.List<Rollout>(
            "select scanner, version, stage, cohort, changed_at, changed_by, runs, crashes, paused_at, paused_why from scanner_rollout order by scanner, version limit 1000"
        );

    /// <summary>Puts a version of a scanner into a stage, with a new budget; false where they may not.</summary>
    /// <param name="cohort">Of 10,000 apps, how many the canary counts for.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such stage or cohort.</exception>
    public static bool Set(Session session, Principal principal, string scanner, int version, string stage, int cohort = 0)
    {
        if (!principal.MayEverywhere(Capability.ManageScanners))
        {
            return false;
        }

        if (stage is not ("shadow" or "canary" or "enforced") || cohort is < 0 or > Cohorts)
        {
            throw new ArgumentOutOfRangeException(nameof(stage), $"a stage is shadow, canary or enforced, and a cohort has 0 to {Cohorts} of {Cohorts} apps");
        }

        session.Execute(
            """
            insert into scanner_rollout (scanner, version, stage, cohort, changed_at, changed_by) values (@scanner, @version, @stage, @cohort, @Clock, @by)
            on conflict (scanner, version) do update set stage = excluded.stage, cohort = excluded.cohort, changed_at = excluded.changed_at,
              changed_by = excluded.changed_by, runs = 0, crashes = 0, paused_at = null, paused_why = null
            """,
            new
            {
                scanner,
                version,
                stage,
                cohort,
                session.Clock,
                by = principal.Name,
            }
        );
        AuditLog.Record(
            session,
            new AuditEntry(
                0,
                principal.Kind,
                principal.Id,
                "scanner.staged",
                $"scanner:{scanner}@{version}",
                principal.Purpose,
                $$"""{"stage":"{{stage}}","cohort":{{cohort}}}"""
            )
        );
        return true;
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
                update scanner_rollout set paused_at = @Clock, paused_why = crashes || ' of its last ' || runs || ' runs failed'
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

/// <summary>A version of a scanner and how far it is.</summary>
public sealed record Rollout
{
    public string Scanner { get; init; } = "";
    public long Version { get; init; }
    public string Stage { get; init; } = "";
    public long Cohort { get; init; }
    public long ChangedAt { get; init; }
    public string ChangedBy { get; init; } = "";
    public long Runs { get; init; }
    public long Crashes { get; init; }
    public long? PausedAt { get; init; }
    public string? PausedWhy { get; init; }
}

/// <param name="Shadow">Scanners that are measured, in a run of their own.</param>
/// <param name="Paused">Scanners that do not run at all; their rules are not judged.</param>
public sealed record RolloutView(IReadOnlyList<string> Shadow, IReadOnlyList<string> Paused);
