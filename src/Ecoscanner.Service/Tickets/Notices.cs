using Ecoscanner.Service.Access;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Tickets;

/// <summary>What partners are told of their tickets: thin rows, collected into a digest a day for each partner.</summary>
public static class Notices
{
    private const long Day = 24L * 60 * 60 * 1000;

    // Tickets looked at in one transaction, so that others can write in between.
    private const int Batch = 500;

    // More lines than a person reads; the rest is said as a number.
    private const int DigestLines = 200;

    internal static void Add(Session session, TicketRow ticket, string kind) =>
        session.Execute(
            $"""
            insert into notice (partner_id, ticket_id, kind, at, key, severity, status, due_at)
            select @PartnerId, @Id, @kind, @Clock, @Key, @Severity, @Status, @DueAt where {RowScope.Owned("@AppId")}
            """,
            new
            {
                ticket.PartnerId,
                ticket.AppId,
                ticket.Id,
                kind,
                session.Clock,
                ticket.Key,
                Severity = (long)ticket.Severity,
                ticket.Status,
                ticket.DueAt,
            }
        );

    /// <summary>Reminds of due dates, and proposes what the policy says where one has passed; not of apps that were lost, whose tickets are nobody's to mend.</summary>
    /// <returns>How many tickets it looked at; ask again while it is as many as one batch.</returns>
    public static int Remind(Session session)
    {
        var due = session.List<TicketRow>(
            $"{TicketRows.Select} where t.closed_at is null and t.next_notice_at <= @Clock and {RowScope.Owned("t.app_id")} order by t.next_notice_at limit {Batch}",
            new { session.Clock }
        );
        foreach (var ticket in due)
        {
            (string? kind, long? next) = ticket.DueAt is { } at ? NoticeSteps.At(at, session.Clock) : default((string?, long?));
            if (kind is not null)
            {
                Add(session, ticket, kind);
            }

            if (ticket.IsOverdue(session.Clock))
            {
                Enforcements.Propose(session, ticket);
            }

            // No change of the ticket: only when it is looked at next.
            session.Execute("update ticket set next_notice_at = @next where id = @Id", new { next, ticket.Id });
        }

        return due.Count;
    }

    /// <summary>Collects what partners were not told yet: one digest for each, and for no partner more than one a day.</summary>
    public static IReadOnlyList<long> Collect(Session session)
    {
        // What waits of an app that was lost meanwhile is not its old owner's any more.
        session.Execute(
            $"delete from notice where digest_id is null and not exists (select 1 from ticket t where t.id = notice.ticket_id and {RowScope.Owned("t.app_id")})"
        );
        var partners = session.List<long>(
            """
            select p.id from partner p
            where p.offboarded_at is null
              and exists (select 1 from notice n where n.partner_id = p.id and n.digest_id is null)
              and not exists (select 1 from notice_digest d where d.partner_id = p.id and d.made_at > @since)
            order by p.id limit @limit
            """,
            new { since = session.Clock - Day, limit = Batch }
        );
        var digests = new List<long>();
        foreach (var partner in partners)
        {
            var id = session.One<long>(
                "insert into notice_digest (partner_id, made_at) values (@partner, @Clock) returning id",
                new { partner, session.Clock }
            );
            session.Execute("update notice set digest_id = @id where partner_id = @partner and digest_id is null", new { id, partner });
            digests.Add(id);
        }

        return digests;
    }

    /// <summary>Digests that wait to be sent, oldest first.</summary>
    public static IReadOnlyList<Digest> Waiting(Session session) =>
        [
            .. session
                .List<DigestRow>("select id, partner_id, made_at from notice_digest where sent_at is null order by id limit 100")
                .Select(row => new Digest(
                    row.Id,
                    row.PartnerId,
                    row.MadeAt,
                    session.One<long>("select count(*) from notice where digest_id = @Id", new { row.Id }),
                    session.List<Notice>(
                        $"select key, kind, severity, status, due_at, at from notice where digest_id = @Id order by severity desc, id limit {DigestLines}",
                        new { row.Id }
                    )
                )),
        ];

    public static void Sent(Session session, long digestId) =>
        session.Execute("update notice_digest set sent_at = @Clock where id = @digestId and sent_at is null", new { digestId, session.Clock });

    private sealed record DigestRow(long Id, long PartnerId, long MadeAt);
}

/// <summary>What one partner is told at once.</summary>
/// <param name="Count">Of all lines; <paramref name="Lines"/> holds the worst.</param>
public sealed record Digest(long Id, long PartnerId, long MadeAt, long Count, IReadOnlyList<Notice> Lines);

/// <summary>A line of a digest: no text of a flaw, because mail and chat are read by others.</summary>
public sealed record Notice
{
    public string Key { get; init; } = "";

    /// <summary><c>filed</c>, <c>moved</c>, <c>comment</c>, <c>due-14</c>, <c>due-7</c>, <c>due-1</c>, <c>breach</c>, <c>overdue-1</c> (weeks), …</summary>
    public string Kind { get; init; } = "";

    public Rules.Severity Severity { get; init; }
    public string Status { get; init; } = "";
    public long? DueAt { get; init; }
    public long At { get; init; }
}
