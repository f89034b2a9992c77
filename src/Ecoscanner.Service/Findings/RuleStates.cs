using Ecoscanner.Findings;
using Ecoscanner.Service.Runs;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Findings;

/// <summary>Keeps what each rule of a run came to, and which scanners ran.</summary>
internal static class RuleStates
{
    /// <summary>The scanners of a run.</summary>
    public static void StoreScanners(Session session, RunRow run, SeenReport report)
    {
        using var insert = new Statement(
            session,
            "insert into run_scanner (run_id, scanner, version, duration_ms, failure) values (@p0, @p1, @p2, @p3, @p4) on conflict (run_id, scanner) do nothing"
        );
        foreach (var scanner in report.App.Scanners)
        {
            insert.Run(
                run.Id,
                SeenReport.Shortened(scanner.Name),
                (long)scanner.Version,
                (long)scanner.Duration.TotalMilliseconds,
                scanner.Failure is { } failure ? SeenReport.Shortened(failure) : null
            );
        }
    }

    /// <summary>The checklist of the run's hosting. A run of some places only says nothing of a whole rule.</summary>
    public static void Store(Session session, RunRow run, SeenReport report)
    {
        if (run.OnlyPlaces is not null)
        {
            return;
        }

        using var upsert = new Statement(
            session,
            """
            insert into rule_state (hosting_id, rule, requirement, verdict, reason, scanner, scanner_version, run_id, checked_at, decided_at)
            values (@p0, @p1, @p2, @p3, @p4, @p5, @p6, @p7, @p8, @p9)
            on conflict (hosting_id, rule) do update set
                requirement = excluded.requirement, verdict = excluded.verdict, reason = excluded.reason, scanner = excluded.scanner,
                scanner_version = excluded.scanner_version, run_id = excluded.run_id, checked_at = excluded.checked_at,
                decided_at = coalesce(excluded.decided_at, rule_state.decided_at)
            """
        );
        foreach (var verdict in report.App.Verdicts)
        {
            var scanner = report.App.Scanners.FirstOrDefault(one => one.Rules.Any(rule => rule.Id == verdict.Rule.Id));
            var isDecided = verdict.Verdict is Verdict.Pass or Verdict.Fail or Verdict.Exempt && scanner is { Failure: null };
            upsert.Run(
                run.HostingId,
                verdict.Rule.Id,
                SeenReport.Shortened(verdict.Rule.Requirement.Id),
                WordOf(verdict.Verdict),
                SeenReport.Shortened(verdict.Reason),
                SeenReport.Shortened(scanner?.Name ?? ""),
                (long)(scanner?.Version ?? 0),
                run.Id,
                session.Clock,
                isDecided ? session.Clock : null
            );
        }
    }

    /// <summary>The same run again: when it was looked at.</summary>
    public static void Touch(Session session, RunRow run) =>
        session.Execute(
            """
            update rule_state set run_id = @Id, checked_at = @Clock, decided_at = case when decided_at = checked_at then @Clock else decided_at end
            where hosting_id = @HostingId
            """,
            new
            {
                run.Id,
                run.HostingId,
                session.Clock,
            }
        );

    private static string WordOf(Verdict verdict) =>
        verdict switch
        {
            Verdict.NotApplicable => "not-applicable",
            Verdict.Pass => "pass",
            Verdict.Exempt => "exempt",
            Verdict.Inconclusive => "inconclusive",
            Verdict.Fail => "fail",
            _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, null),
        };
}
