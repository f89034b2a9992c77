using System.Globalization;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Findings;

/// <summary>
/// Findings as people list them: the worst first, then the newest. A list is read in branches, one for each state and each part of what somebody may see,
/// since an index gives each of these in order and no index gives them together; each branch gives at most a page.
/// </summary>
/// <remarks>Whoever gives content of findings to a person audits the read first: see <c>Audit</c>.</remarks>
public static class FindingList
{
    public const int MostRows = 200;

    /// <summary>Rows that are looked at one by one for a count: some tens of milliseconds.</summary>
    public const int MostLooked = 20_000;

    // Who may see more partners than this reads the list of all and sees theirs of it.
    private const int MostBranches = 120;

    /// <summary>A part of the list; only what is in the scope.</summary>
    /// <param name="after">As the part before said; null for the first.</param>
    public static ListPart<FindingRow> Part(Session session, RowScope scope, FindingFilter filter, string? after, int rows)
    {
        rows = Math.Clamp(rows, 1, MostRows);
        var place = Place(after);
        if (scope.IsEmpty)
        {
            return new([], null);
        }

        var found = session.List<FindingRow>(Sql(scope, filter, place is not null), Values(filter, place, rows + 1));
        return found.Count <= rows
            ? new(found, null)
            : new([.. found.Take(rows)], string.Create(CultureInfo.InvariantCulture, $"{found[rows - 1].Severity}:{found[rows - 1].Id}"));
    }

    /// <summary>
    /// How many there are: counted up to <see cref="ListPart{T}.CountLimit"/>, and where no index answers all filters, among the first
    /// <see cref="MostLooked"/> that the index gives.
    /// </summary>
    public static RowCount Count(Session session, RowScope scope, FindingFilter filter)
    {
        if (scope.IsEmpty)
        {
            return new RowCount(0, AtLeast: false);
        }

        var (sql, isExact) = CountSql(scope, filter);
        var looks = isExact ? ListPart<FindingRow>.CountLimit + 1 : MostLooked;
        var counted = session.One<Counted>(sql, Values(filter, null, looks));
        return new RowCount(
            Math.Min(counted.Fitting, ListPart<FindingRow>.CountLimit),
            counted.Fitting > ListPart<FindingRow>.CountLimit || counted.Looked == looks
        );
    }

    /// <summary>The statement of a count, and whether an index answers all of it; a test holds its plan against the indices.</summary>
    internal static (string Sql, bool IsExact) CountSql(RowScope scope, FindingFilter filter)
    {
        var (keys, states) = Branches(scope, filter);
        var severity = filter.Severity is null ? "" : " and f.severity = @Severity";
        var branches =
            from key in keys
            from state in states
            select $"""
                select * from (
                    select case when 1 = 1{key.Residual} and {Scope(scope)} then 1 else 0 end as fits from finding f
                    where {(key.Condition is null ? "" : $"{key.Condition} and ")}f.state = '{state}'{severity} limit @rows
                ) b
                """;
        var union = states.Count == 0 ? "select 0 as fits where 1 = 0" : string.Join("\nunion all\n", branches);
        return (
            $"select count(*) as looked, coalesce(sum(fits), 0) as fitting from (select fits from ({union}) u limit @rows) c",
            scope.IsAll && keys.All(key => key.Residual.Length == 0)
        );
    }

    /// <summary>The statement of a part; a test holds its plan against the indices.</summary>
    internal static string Sql(RowScope scope, FindingFilter filter, bool isLater) =>
        $"""
            select {FindingRow.Columns}
            from (select id from ({Union(scope, filter, isLater)}) u order by severity desc, id desc limit @rows) k
            join finding f on f.id = k.id {FindingRow.Joins}
            order by f.severity desc, f.id desc
            """;

    private static string Union(RowScope scope, FindingFilter filter, bool isLater)
    {
        var (keys, states) = Branches(scope, filter);
        var severity = filter.Severity is null ? "" : " and f.severity = @Severity";
        // Two ways to come later, each a stretch of the index: read as one, all of the same severity would be passed over.
        string[] ranges = isLater
            ? [$"{severity} and f.severity = @severityAfter and f.id < @idAfter", $"{severity} and f.severity < @severityAfter"]
            : [severity];
        var branches =
            from key in keys
            from state in states
            from range in ranges
            select $"""
                select * from (
                    select f.id, f.severity from finding f
                    where {(key.Condition is null ? "" : $"{key.Condition} and ")}f.state = '{state}'{range}{key.Residual}
                        and {Scope(scope)}
                    order by f.severity desc, f.id desc limit @rows
                ) b
                """;
        return states.Count == 0 ? "select 0 as id, 0 as severity where 1 = 0" : string.Join("\nunion all\n", branches);
    }

    private static (IReadOnlyList<(string? Condition, string Residual)> Keys, IReadOnlyList<string> States) Branches(RowScope scope, FindingFilter filter)
    {
        var states = filter.States.Count > 0 ? filter.States.Intersect(FindingState.All, StringComparer.Ordinal).ToList() : FindingState.All;
        var keys = Keys(scope, filter);
        return (keys.Count * states.Count > MostBranches ? [(null, Others(filter, null))] : keys, states);
    }

    private static string Scope(RowScope scope) => scope.Sql("coalesce(f.partner_id, 0)", "coalesce(f.app_id, 0)");

    /// <summary>For each branch the condition that its index begins with, the most telling there is, and what is looked at row by row.</summary>
    private static List<(string? Condition, string Residual)> Keys(RowScope scope, FindingFilter filter)
    {
        if (filter.AppId is not null)
        {
            return [("f.app_id = @AppId", Others(filter, nameof(filter.AppId)))];
        }

        if (filter.HostingId is not null)
        {
            return [("f.hosting_id = @HostingId", Others(filter, nameof(filter.HostingId)))];
        }

        if (filter.PartnerId is not null)
        {
            return [("f.partner_id = @PartnerId", Others(filter, nameof(filter.PartnerId)))];
        }

        if (!scope.IsAll)
        {
            var whole = scope.Parts.Where(part => part.AppId is null).Select(part => part.PartnerId).ToHashSet();
            return
            [
                .. scope
                    .Parts.Where(part => part.AppId is null || !whole.Contains(part.PartnerId))
                    .Distinct()
                    .Select(part => ((string?)(part.AppId is { } app ? $"f.app_id = {app}" : $"f.partner_id = {part.PartnerId}"), Others(filter, null))),
            ];
        }

        return filter.Rule is not null ? [("f.rule = @Rule", Others(filter, nameof(filter.Rule)))]
            : filter.Requirement is not null ? [("f.requirement = @Requirement", Others(filter, nameof(filter.Requirement)))]
            : [(null, Others(filter, null))];
    }

    // Written so that no other index is thought of: an index gives the order only where it begins with the condition.
    private static string Others(FindingFilter filter, string? key)
    {
        var conditions = new List<string>();
        void Add(bool isAsked, string name, string condition)
        {
            if (isAsked && name != key)
            {
                conditions.Add($" and {condition}");
            }
        }

        Add(filter.AppId is not null, nameof(filter.AppId), "coalesce(f.app_id, 0) = @AppId");
        Add(filter.HostingId is not null, nameof(filter.HostingId), "coalesce(f.hosting_id, 0) = @HostingId");
        Add(filter.PartnerId is not null, nameof(filter.PartnerId), "coalesce(f.partner_id, 0) = @PartnerId");
        Add(filter.Rule is not null, nameof(filter.Rule), "coalesce(f.rule, '') = @Rule");
        Add(filter.Requirement is not null, nameof(filter.Requirement), "coalesce(f.requirement, '') = @Requirement");
        Add(
            filter.Hosting is not null,
            nameof(filter.Hosting),
            "exists (select 1 from app_hosting o where o.id = f.hosting_id and coalesce(o.hosting, '') = @Hosting)"
        );
        return string.Concat(conditions);
    }

    private static object Values(FindingFilter filter, (long Severity, long Id)? place, int rows) =>
        new
        {
            filter.PartnerId,
            filter.AppId,
            filter.HostingId,
            filter.Hosting,
            filter.Rule,
            filter.Requirement,
            filter.Severity,
            severityAfter = place?.Severity,
            idAfter = place?.Id,
            rows,
        };

    private sealed record Counted(long Looked, long Fitting);

    private static (long Severity, long Id)? Place(string? after)
    {
        var colon = after?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        return
            colon > 0
            && long.TryParse(after.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var severity)
            && long.TryParse(after.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? (severity, id)
            : null;
    }
}
