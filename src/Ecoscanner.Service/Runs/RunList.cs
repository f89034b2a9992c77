using System.Globalization;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Runs;

/// <summary>Runs as people list them, the newest first.</summary>
public static class RunList
{
    public const int MostRows = 200;

    /// <summary>Of an app, of a partner, or of all; only what is in the scope.</summary>
    /// <param name="after">As the page before said; null for the first.</param>
    public static ListPart<RunRow> Part(Session session, RowScope scope, long? partnerId, long? appId, string? after, int rows)
    {
        rows = Math.Clamp(rows, 1, MostRows);
        var (time, id) = Place(after);
        var found = session.List<RunRow>(
            Sql(scope, partnerId, appId, after is not null),
            new
            {
                partnerId,
                appId,
                time,
                id,
                rows = rows + 1,
            }
        );
        return found.Count <= rows
            ? new(found, null)
            : new([.. found.Take(rows)], string.Create(CultureInfo.InvariantCulture, $"{found[rows - 1].QueuedAt}:{found[rows - 1].Id}"));
    }

    /// <summary>One run; null where there is none or it is not in the scope.</summary>
    public static RunRow? Find(Session session, RowScope scope, string id) =>
        session.Find<RunRow>($"select * from run r where r.id = @id and {scope.Sql("r.partner_id", "r.app_id")}", new { id });

    /// <summary>What each rule of a hosting came to last, by requirement and rule: its checklist.</summary>
    public static IReadOnlyList<RuleStateRow> Checklist(Session session, RowScope scope, long hostingId) =>
        session.List<RuleStateRow>(
            $"""
            select s.rule, s.requirement, s.verdict, s.reason, s.scanner, s.scanner_version, s.run_id, s.checked_at, s.decided_at
            from rule_state s join app_hosting h on h.id = s.hosting_id join app a on a.id = h.app_id
            where s.hosting_id = @hostingId and {scope.Sql("a.partner_id", "a.id")}
            order by s.requirement, s.rule
            """,
            new { hostingId }
        );

    /// <summary>The statement of a page; a test holds its plan against the indices.</summary>
    internal static string Sql(RowScope scope, long? partnerId, long? appId, bool isLater) =>
        $"""
            select r.* from run r
            where {scope.Sql("r.partner_id", "r.app_id")}
                {(appId is not null ? "and r.app_id = @appId" : "")} {(
                partnerId is not null ? $"and {(appId is null ? "" : "+")}r.partner_id = @partnerId" : ""
            )}
                {(isLater ? "and (r.queued_at, r.id) < (@time, @id)" : "")}
            order by r.queued_at desc, r.id desc
            limit @rows
            """;

    private static (long Time, string Id) Place(string? after)
    {
        var colon = after?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        return colon > 0 && long.TryParse(after.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var time)
            ? (time, after![(colon + 1)..])
            : (0, "");
    }
}

/// <summary>What a rule came to last.</summary>
/// <param name="DecidedAt">When it last was pass or fail, by a run that was complete for it; null where never.</param>
public sealed record RuleStateRow(
    string Rule,
    string Requirement,
    string Verdict,
    string Reason,
    string Scanner,
    long ScannerVersion,
    string RunId,
    long CheckedAt,
    long? DecidedAt
);
