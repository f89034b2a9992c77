using System.Globalization;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Findings;

/// <summary>
/// Findings as people list them: the worst first, then the newest. A branch is read for each state and each part of what somebody may see.
/// </summary>
/// <remarks>Whoever gives content of findings to a person audits the read first: see <c>Audit</c>.</remarks>
public static class FindingList
{
    public const int MostRows = 200;

    /// <summary>Rows that are looked at one by one for a count: some tens of milliseconds.</summary>
    public const int MostLooked = 20_000;

    private static readonly IReadOnlyList<string> Hostings = ["connect", "forge", "datacenter"];

    private static readonly BranchedList List = new("finding f", "f", "severity", Descending: true);

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
        var branches = Branches(scope, filter);
        var counts = branches.Select(branch =>
            $"select * from (select case when 1 = 1{branch.Others} then 1 else 0 end as fits from finding f where {branch.Key} limit @rows) b"
        );
        var union = branches.Count == 0 ? "select 0 as fits where 1 = 0" : string.Join("\nunion all\n", counts);
        return (
            $"select count(*) as looked, coalesce(sum(fits), 0) as fitting from (select fits from ({union}) u limit @rows) c",
            branches.All(branch => branch.Others.Length == 0)
        );
    }

    /// <summary>The statement of a part; a test holds its plan against the indices.</summary>
    internal static string Sql(RowScope scope, FindingFilter filter, bool isLater) =>
        $"select {FindingRow.Columns} from ({List.Ids(Branches(scope, filter), isLater)}) k join finding f on f.id = k.id {FindingRow.Joins} order by {List.Order}";

    private static List<ListBranch> Branches(RowScope scope, FindingFilter filter)
    {
        var states = filter.States.Count > 0 ? filter.States.Intersect(FindingState.All, StringComparer.Ordinal).ToList() : FindingState.All;
        var (keys, by) = Keys(scope, filter);
        if (keys.Count * states.Count > BranchedList.MostBranches)
        {
            (keys, by) = All;
        }

        var severity = filter.Severity is null ? "" : " and f.severity = @Severity";
        var others = Others(scope, filter, by);
        return [.. from key in keys from state in states select new ListBranch($"{(key is null ? "" : $"{key} and ")}f.state = '{state}'{severity}", others)];
    }

    /// <summary>The conditions that indices begin with, the most telling there are, and by what filter they are.</summary>
    private static (IReadOnlyList<string?> Keys, string? By) Keys(RowScope scope, FindingFilter filter)
    {
        if (filter.AppId is not null)
        {
            return (["f.app_id = @AppId"], nameof(filter.AppId));
        }

        if (filter.HostingId is not null)
        {
            return (["f.hosting_id = @HostingId"], nameof(filter.HostingId));
        }

        if (filter.PartnerId is not null)
        {
            return (["f.partner_id = @PartnerId"], nameof(filter.PartnerId));
        }

        if (!scope.IsAll)
        {
            return (scope.Keys("f.partner_id", "f.app_id"), null);
        }

        // The indices of these go on with the kind of app, so each is a branch of its own.
        IReadOnlyList<string> hostings = filter.Hosting is null ? [.. Hostings.Select(hosting => $"f.hosting = '{hosting}'")] : ["f.hosting = @Hosting"];
        return filter.Rule is not null ? ([.. hostings.Select(hosting => $"f.rule = @Rule and {hosting}")], nameof(filter.Rule))
            : filter.Requirement is not null ? ([.. hostings.Select(hosting => $"f.requirement = @Requirement and {hosting}")], nameof(filter.Requirement))
            : filter.Hosting is not null ? (hostings, nameof(filter.Hosting))
            : All;
    }

    private static (IReadOnlyList<string?> Keys, string? By) All => ([null], null);

    // Written so that no other index is thought of: an index gives the order only where it begins with the condition.
    private static string Others(RowScope scope, FindingFilter filter, string? by) =>
        new Conditions()
            .When(filter.AppId is not null && by != nameof(filter.AppId), "coalesce(f.app_id, 0) = @AppId")
            .When(filter.HostingId is not null && by != nameof(filter.HostingId), "coalesce(f.hosting_id, 0) = @HostingId")
            .When(filter.PartnerId is not null && by != nameof(filter.PartnerId), "coalesce(f.partner_id, 0) = @PartnerId")
            .When(filter.Rule is not null && by != nameof(filter.Rule), "coalesce(f.rule, '') = @Rule")
            .When(filter.Requirement is not null && by != nameof(filter.Requirement), "coalesce(f.requirement, '') = @Requirement")
            .When(
                filter.Hosting is not null && by is not (nameof(filter.Rule) or nameof(filter.Requirement) or nameof(filter.Hosting)),
                "coalesce(f.hosting, '') = @Hosting"
            )
            .When(!scope.IsAll, scope.SqlOfOwned("coalesce(f.partner_id, 0)", "coalesce(f.app_id, 0)"))
            .ToString();

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
            sortAfter = place?.Severity,
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
