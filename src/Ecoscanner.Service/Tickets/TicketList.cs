using System.Globalization;
using Ecoscanner.Rules;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Tickets;

/// <summary>Lists of tickets: a partner's inbox, an app's tickets, what staff looks through. What is due first comes first.</summary>
public static class TicketList
{
    /// <param name="after">The place of the last row of the part before; null for the first part.</param>
    /// <param name="limit">Rows to give; ask for one more than are shown to know whether there are more.</param>
    public static IReadOnlyList<TicketLine> Page(Session session, Principal by, TicketFilter filter, TicketPlace? after, int limit)
    {
        var conditions = new List<string>
        {
            filter.Open ? "t.closed_at is null" : "t.closed_at is not null",
            by.ScopeOf(Capability.ReadTickets).Sql("t.partner_id", "t.app_id"),
        };
        Add("t.partner_id = @PartnerId", filter.PartnerId);
        Add("t.app_id = @AppId", filter.AppId);
        Add("t.hosting_id = @HostingId", filter.HostingId);
        Add("t.rule = @Rule", filter.Rule);
        Add("t.status = @Status", filter.Status);
        Add("t.severity >= @Least", filter.AtLeast);
        Add("t.source = @Source", filter.Source);
        Add("t.due_at < @Overdue", filter.Overdue ? session.Clock : null);
        if (filter.Move is { } move)
        {
            // Words of our own data.
            var statuses = Workflows.Statuses.Where(status => status.Move == move).Select(status => $"'{status.Name}'");
            conditions.Add($"t.status in ({string.Join(", ", statuses)})");
        }

        Add(filter.Open ? "(t.due_sort, t.id) > (@Sort, @Id)" : "(t.due_sort, t.id) < (@Sort, @Id)", after);
        // What was closed is not waited for: the newest first would need another index, the last due first is near enough.
        var order = filter.Open ? "t.due_sort, t.id" : "t.due_sort desc, t.id desc";
        return session.List<TicketLine>(
            $"""
            select t.id, t.key, t.workflow, t.title, t.severity, t.cvss, t.requirement, t.rule, t.source, t.status, t.status_reason, t.platform_forced, t.due_at,
                t.due_sort, t.created_at, t.closed_at, t.row_version, t.partner_id, t.app_id, a.key as app_key, a.name as app_name, h.hosting
            from ticket t join app a on a.id = t.app_id join app_hosting h on h.id = t.hosting_id
            where {string.Join(" and ", conditions)} order by {order} limit @limit
            """,
            new
            {
                filter.PartnerId,
                filter.AppId,
                filter.HostingId,
                filter.Rule,
                filter.Status,
                Least = (long?)filter.AtLeast,
                filter.Source,
                Overdue = session.Clock,
                after?.Sort,
                after?.Id,
                limit,
            }
        );

        void Add(string condition, object? value)
        {
            if (value is not null)
            {
                conditions.Add(condition);
            }
        }
    }
}

/// <summary>Which tickets; null does not count.</summary>
public sealed record TicketFilter
{
    public bool Open { get; init; } = true;
    public long? PartnerId { get; init; }
    public long? AppId { get; init; }
    public long? HostingId { get; init; }
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
    public long DueSort { get; init; }
    public long CreatedAt { get; init; }
    public long? ClosedAt { get; init; }
    public long RowVersion { get; init; }
    public long PartnerId { get; init; }
    public long AppId { get; init; }
    public string AppKey { get; init; } = "";
    public string AppName { get; init; } = "";
    public string Hosting { get; init; } = "";

    public TicketPlace Place => new(DueSort, Id);

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
