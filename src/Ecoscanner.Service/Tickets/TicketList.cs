using System.Globalization;
using Ecoscanner.Rules;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Tickets;

/// <summary>
/// Lists of tickets: a partner's inbox, an app's tickets, what staff looks through. Of open ones what is due first comes first, of closed ones the latest.
/// </summary>
public static class TicketList
{
    // Its place is by the due date while it is open, and by the day of its end afterwards.
    private static readonly BranchedList List = new("ticket t", "t", "list_place", Descending: false);

    /// <param name="after">The place of the last row of the part before; null for the first part.</param>
    /// <param name="limit">Rows to give; ask for one more than are shown to know whether there are more.</param>
    public static IReadOnlyList<TicketLine> Page(Session session, Principal by, TicketFilter filter, TicketPlace? after, int limit)
    {
        var scope = by.ScopeOf(Capability.ReadTickets);
        return scope.IsEmpty
            ? []
            : session.List<TicketLine>(
                Sql(scope, filter, after is not null),
                new
                {
                    filter.PartnerId,
                    filter.AppId,
                    filter.Rule,
                    filter.Status,
                    Least = (long?)filter.AtLeast,
                    filter.Source,
                    session.Clock,
                    sortAfter = after?.Sort,
                    idAfter = after?.Id,
                    rows = limit,
                }
            );
    }

    /// <summary>The statement of a part; a test holds its plan against the indices.</summary>
    internal static string Sql(RowScope scope, TicketFilter filter, bool isLater) =>
        $"""
            select t.id, t.key, t.workflow, t.title, t.severity, t.cvss, t.requirement, t.rule, t.source, t.status, t.status_reason, t.platform_forced, t.due_at,
                t.list_place, t.created_at, t.closed_at, t.row_version, t.partner_id, t.app_id, a.key as app_key, a.name as app_name, h.hosting
            from ({List.Ids(Branches(scope, filter), isLater)}) k
            join ticket t on t.id = k.id join app a on a.id = t.app_id join app_hosting h on h.id = t.hosting_id order by {List.Order}
            """;

    private static List<ListBranch> Branches(RowScope scope, TicketFilter filter)
    {
        var (keys, by) = Keys(scope, filter);
        if (keys.Count > BranchedList.MostBranches)
        {
            (keys, by) = All;
        }

        var open = $"t.is_open = {(filter.Open ? 1 : 0)}{(filter.Overdue && filter.Open ? " and t.list_place < @Clock" : "")}";
        var others = Others(scope, filter, by);
        return [.. keys.Select(key => new ListBranch(key is null ? open : $"{key} and {open}", others))];
    }

    /// <summary>The conditions that indices begin with, the most telling there are, and by what filter they are.</summary>
    private static (IReadOnlyList<string?> Keys, string? By) Keys(RowScope scope, TicketFilter filter) =>
        filter switch
        {
            { AppId: not null } => (["t.app_id = @AppId"], nameof(filter.AppId)),
            { PartnerId: not null } => (["t.partner_id = @PartnerId"], nameof(filter.PartnerId)),
            _ when !scope.IsAll => (scope.Keys("t.partner_id", "t.app_id"), null),
            { Source: not (null or ScannersOwn) } => (["t.source = @Source"], nameof(filter.Source)),
            { Rule: not null } => (["t.rule = @Rule"], nameof(filter.Rule)),
            { Status: not null } => (["t.status = @Status"], nameof(filter.Status)),
            { Move: { } move } => ([.. Statuses(move).Select(status => $"t.status = {status}")], nameof(filter.Move)),
            { AtLeast: { } least } => (
                [.. Enum.GetValues<Severity>().Where(severity => severity >= least).Select(severity => $"t.severity = {(int)severity}")],
                nameof(filter.AtLeast)
            ),
            _ => All,
        };

    private static (IReadOnlyList<string?> Keys, string? By) All => ([null], null);

    // Nearly all tickets are the scanner's.
    private const string ScannersOwn = "ecoscanner";

    // Written so that no other index is thought of.
    private static string Others(RowScope scope, TicketFilter filter, string? by) =>
        new Conditions()
            .When(filter.AppId is not null && by != nameof(filter.AppId), "coalesce(t.app_id, 0) = @AppId")
            .When(filter.PartnerId is not null && by != nameof(filter.PartnerId), "coalesce(t.partner_id, 0) = @PartnerId")
            .When(filter.Source is not null && by != nameof(filter.Source), "coalesce(t.source, '') = @Source")
            .When(filter.Rule is not null && by != nameof(filter.Rule), "coalesce(t.rule, '') = @Rule")
            .When(filter.Status is not null && by != nameof(filter.Status), "coalesce(t.status, '') = @Status")
            .When(
                filter.Move is not null && by != nameof(filter.Move),
                $"coalesce(t.status, '') in ({(filter.Move is { } move ? string.Join(", ", Statuses(move)) : "")})"
            )
            .When(filter.AtLeast is not null && by != nameof(filter.AtLeast), "coalesce(t.severity, 0) >= @Least")
            .When(!scope.IsAll, scope.SqlOfOwned("coalesce(t.partner_id, 0)", "coalesce(t.app_id, 0)"))
            .ToString();

    // Words of our own data.
    private static IEnumerable<string> Statuses(Side move) => Workflows.Statuses.Where(status => status.Move == move).Select(status => $"'{status.Name}'");
}

/// <summary>Which tickets; null does not count.</summary>
public sealed record TicketFilter
{
    public bool Open { get; init; } = true;
    public long? PartnerId { get; init; }
    public long? AppId { get; init; }
    public string? Rule { get; init; }
    public string? Status { get; init; }
    public Severity? AtLeast { get; init; }
    public string? Source { get; init; }

    /// <summary>Whose move it is.</summary>
    public Side? Move { get; init; }

    /// <summary>Only those whose due date has passed.</summary>
    public bool Overdue { get; init; }
}

/// <summary>Where a list goes on.</summary>
public sealed record TicketPlace(long Sort, long Id)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sort}.{Id}");

    /// <summary>Null where it is none.</summary>
    public static TicketPlace? Parse(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return
            dot > 0
            && long.TryParse(text.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var sort)
            && long.TryParse(text.AsSpan(dot + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new TicketPlace(sort, id)
            : null;
    }
}

/// <summary>A ticket in a list.</summary>
public sealed record TicketLine
{
    public long Id { get; init; }
    public string Key { get; init; } = "";
    public string Workflow { get; init; } = "";
    public string Title { get; init; } = "";
    public Severity Severity { get; init; }
    public double Cvss { get; init; }
    public string Requirement { get; init; } = "";
    public string Rule { get; init; } = "";
    public string Source { get; init; } = "";
    public string Status { get; init; } = "";
    public string StatusReason { get; init; } = "";
    public bool PlatformForced { get; init; }
    public long? DueAt { get; init; }
    public long ListPlace { get; init; }
    public long CreatedAt { get; init; }
    public long? ClosedAt { get; init; }
    public long RowVersion { get; init; }
    public long PartnerId { get; init; }
    public long AppId { get; init; }
    public string AppKey { get; init; } = "";
    public string AppName { get; init; } = "";
    public string Hosting { get; init; } = "";

    public TicketPlace Place => new(ListPlace, Id);

    /// <summary>Whose move it is, for who reads it: <c>your move</c>, <c>our move</c>, or empty.</summary>
    public string Move(bool isPartner) => MoveWords.Of(Workflows.Status(Status).Move, isPartner);

    /// <summary>Such as <c>12 days left</c> or <c>3 days overdue</c>; empty where nothing is due.</summary>
    public string Remaining(DateTimeOffset now) => ClosedAt is null && DueAt is { } due ? MoveWords.Remaining(due - now.ToUnixTimeMilliseconds()) : "";
}

/// <summary>Words that lists and pages share.</summary>
public static class MoveWords
{
    private const long Hour = 60L * 60 * 1000;
    private const long Day = 24 * Hour;

    public static string Of(Side? move, bool isPartner) =>
        move is null ? ""
        : move is Side.Partner == isPartner ? "your move"
        : isPartner ? "our move"
        : "the partner's move";

    public static string Remaining(long milliseconds)
    {
        var length = Math.Abs(milliseconds);
        var words = length >= Day ? Count(length / Day, "day") : Count(length / Hour, "hour");
        return milliseconds >= 0 ? $"{words} left" : $"{words} overdue";
    }

    private static string Count(long count, string unit) => count == 1 ? $"1 {unit}" : $"{count} {unit}s";
}
