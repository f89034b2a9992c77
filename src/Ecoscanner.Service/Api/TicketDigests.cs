using System.Globalization;
using System.Text;
using System.Text.Json;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Storage;
using Ecoscanner.Service.Tickets;

namespace Ecoscanner.Service.Api;

/// <summary>What partners are told of their tickets goes to their contacts; where they have none, to who administers them.</summary>
internal static class TicketDigests
{
    // Of a partner without contacts.
    private const int MostAdministrators = 10;

    /// <summary>Puts down what waits; the keys of partners that have nobody who could be told.</summary>
    public static IReadOnlyList<string> Put(Session session, Outbox outbox)
    {
        var untold = new List<string>();
        foreach (var digest in Notices.Waiting(session))
        {
            var recipients = Contacts.List(session, digest.PartnerId).Select(contact => contact.Email).ToList();
            if (recipients.Count == 0)
            {
                recipients.AddRange(Administrators(session, digest.PartnerId));
            }

            if (recipients.Count > 0)
            {
                outbox.Put(session, new AccessNotice(digest.PartnerId, recipients, "tickets", Of(digest)));
            }
            else
            {
                untold.Add(session.One<string>("select key from partner where id = @PartnerId", new { digest.PartnerId }));
            }

            Notices.Sent(session, digest.Id);
        }

        return untold;
    }

    private static IReadOnlyList<string> Administrators(Session session, long partnerId) =>
        session.List<string>(
            """
            select a.email from account_role r join account a on a.id = r.account_id
            where r.partner_id = @partnerId and r.role = @role and a.disabled_at is null order by a.email limit @MostAdministrators
            """,
            new
            {
                partnerId,
                role = CapabilityWords.Of(Role.PartnerAdmin),
                MostAdministrators,
            }
        );

    // Keys and days: neither a word about a flaw nor how bad it is.
    private static string Of(Digest digest)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartObject();
            json.WriteNumber("count", digest.Count);
            json.WriteStartArray("tickets");
            foreach (var line in digest.Lines)
            {
                json.WriteStartObject();
                json.WriteString("key", line.Key);
                json.WriteString("kind", line.Kind);
                if (line.DueAt is { } due)
                {
                    json.WriteString("due", DateTimeOffset.FromUnixTimeMilliseconds(due).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }
}
