using System.Text;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Audit;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Tickets;

/// <summary>What people say on tickets, in Markdown, sealed with the partner's key.</summary>
/// <param name="seal">From a partner's id and a text to what may be stored.</param>
/// <param name="open">The way back.</param>
public sealed class TicketComments(Func<long, byte[], byte[]> seal, Func<long, byte[], byte[]> open)
{
    /// <summary>Characters: a page or five. More is an attachment.</summary>
    public const int LongestText = 20_000;

    // A script that talks must not fill the disk; a person never comes near.
    private const int PerTicketAndDay = 200;
    private const long Day = 24L * 60 * 60 * 1000;

    /// <returns>Why it cannot be; null where it was said.</returns>
    public string? Add(Session session, Principal by, string key, string markdown)
    {
        if (TicketLookup.Find(session, by, key) is not { } ticket)
        {
            return $"there is no ticket {key}";
        }

        if (!by.May(Capability.CommentTickets, ticket.PartnerId, ticket.AppId))
        {
            return "only who may comment on tickets of this partner can say something";
        }

        if (string.IsNullOrWhiteSpace(markdown) || markdown.Length > LongestText)
        {
            return $"a comment says something, in at most {LongestText} characters";
        }

        var today = session.One<long>(
            "select count(*) from ticket_comment where ticket_id = @Id and at > @since",
            new { ticket.Id, since = session.Clock - Day }
        );
        if (today >= PerTicketAndDay)
        {
            return $"{key} got {PerTicketAndDay} comments within a day; say it tomorrow";
        }

        var side = SideOf(by, ticket);
        Write(session, ticket, by.Name, side, "comment", markdown);
        if (side is not Side.Partner)
        {
            Notices.Add(session, ticket, "comment");
        }

        AuditLog.Record(session, new AuditEntry(ticket.PartnerId, by.Kind, by.Id, "ticket.comment", $"ticket:{key}", by.Purpose));
        return null;
    }

    /// <summary>All of a ticket, oldest first, as HTML that can stand in a page.</summary>
    public IReadOnlyList<TicketComment> Of(Session session, TicketRow ticket, long after = 0, int limit = 200) =>
        [
            .. session
                .List<Row>(
                    "select id, at, author, side, kind, sealed from ticket_comment where ticket_id = @Id and id > @after order by id limit @limit",
                    new
                    {
                        ticket.Id,
                        after,
                        limit,
                    }
                )
                .Select(row =>
                {
                    var markdown = Encoding.UTF8.GetString(open(ticket.PartnerId, row.Sealed));
                    return new TicketComment(row.Id, row.At, row.Author, row.Side, row.Kind, markdown, CommentHtml.Of(markdown));
                }),
        ];

    internal void Write(Session session, TicketRow ticket, string author, Side side, string kind, string markdown) =>
        session.Execute(
            "insert into ticket_comment (ticket_id, partner_id, at, author, side, kind, sealed) values (@Id, @PartnerId, @Clock, @author, @side, @kind, @text)",
            new
            {
                ticket.Id,
                ticket.PartnerId,
                session.Clock,
                author,
                side = side.ToString().ToLowerInvariant(),
                kind,
                text = seal(ticket.PartnerId, Encoding.UTF8.GetBytes(markdown)),
            }
        );

    // Who decides on tickets speaks for the platform, also where a role of the partner's is theirs too.
    private static Side SideOf(Principal by, TicketRow ticket) =>
        by.Kind == Principal.Platform.Kind ? Side.Platform
        : by.May(Capability.DecideTickets, ticket.PartnerId, ticket.AppId) ? Side.Staff
        : Side.Partner;

    private sealed record Row
    {
        public long Id { get; init; }
        public long At { get; init; }
        public string Author { get; init; } = "";
        public string Side { get; init; } = "";
        public string Kind { get; init; } = "";
        public byte[] Sealed { get; init; } = [];
    }
}

/// <param name="Side"><c>partner</c>, <c>staff</c> or <c>platform</c>.</param>
/// <param name="Kind"><c>comment</c>, or the field of a transition: <c>reason</c>, <c>evidence</c>, <c>plan</c>; <c>report</c> where a ticket began with one.</param>
/// <param name="Html">Safe to stand in a page as it is.</param>
public sealed record TicketComment(long Id, long At, string Author, string Side, string Kind, string Markdown, string Html);
