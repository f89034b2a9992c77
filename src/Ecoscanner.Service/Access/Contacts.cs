using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Access;

/// <summary>Somebody who is told of a partner's tickets.</summary>
public sealed record Contact(long Id, long PartnerId, string Email, string Name, long AddedAt, string AddedBy, long ConfirmedAt);

/// <summary>Security contacts. Who is one learns of flaws, so a change needs a fresh sign-in, and everyone who was one before is told.</summary>
public sealed class Contacts(Database database, AccessOptions options, AccessTold tell, AccessNoticed notice)
{
    private const int Most = 50;
    private const int MaximumName = 100;

    // Of one transaction; the rest is asked at the next turn.
    private const int Batch = 200;

    private static readonly TimeSpan RemindAgain = TimeSpan.FromDays(28);

    private const string Select = "select id, partner_id, email, name, added_at, added_by, confirmed_at from security_contact";

    public static IReadOnlyList<Contact> List(Session session, long partnerId) =>
        session.List<Contact>($"{Select} where partner_id = @partnerId and removed_at is null order by email limit @Most", new { partnerId, Most });

    public Outcome<long> Add(Principal principal, long partnerId, string email, string name) =>
        database.Write(session =>
            Refused.Of(principal, Capability.ManageContacts, partnerId) is { } refused ? refused : Add(session, principal, partnerId, email, name)
        );

    /// <summary>Adds one with other things of a transaction, whose rights were asked for those.</summary>
    public Outcome<long> Add(Session session, Principal by, long partnerId, string email, string name)
    {
        if (!EmailAddress.TryParse(email, out var normal) || name.Length > MaximumName || name.Any(char.IsControl))
        {
            return Refused.Invalid($"a contact has an e-mail address, and a name of up to {MaximumName} characters");
        }

        var before = List(session, partnerId);
        if (before.Any(contact => contact.Email == normal))
        {
            return new Refused(Refusal.Conflict, $"{normal} is a contact already");
        }

        if (before.Count >= Most)
        {
            return new Refused(Refusal.TooMany, $"there are {Most} contacts already; remove some");
        }

        var id = session.One<long>(
            """
            insert into security_contact (partner_id, email, name, added_at, added_by, confirmed_at) values (@partnerId, @normal, @name, @Clock, @by, @Clock)
            on conflict (partner_id, email) do update
            set name = excluded.name, added_at = excluded.added_at, added_by = excluded.added_by, confirmed_at = excluded.confirmed_at,
                reminded_at = null, removed_at = null
            returning id
            """,
            new
            {
                partnerId,
                normal,
                name,
                session.Clock,
                by = by.Name,
            }
        );
        Changed(session, by, partnerId, "contact-added", normal, [.. before.Select(contact => contact.Email), normal]);
        return Outcomes.Done(id);
    }

    /// <summary>Removes one; the last one stays, for somebody has to be told.</summary>
    public Outcome<bool> Remove(Principal principal, long partnerId, long contactId) =>
        database.Write<Outcome<bool>>(session =>
        {
            if (Refused.Of(principal, Capability.ManageContacts, partnerId) is { } refused)
            {
                return refused;
            }

            var before = List(session, partnerId);
            if (before.FirstOrDefault(contact => contact.Id == contactId) is not { } removed)
            {
                return Refused.NotFound;
            }

            if (before.Count == 1)
            {
                return new Refused(Refusal.Conflict, "this is the last contact; add another one first");
            }

            session.Execute("update security_contact set removed_at = @Clock where id = @contactId", new { session.Clock, contactId });
            Changed(session, principal, partnerId, "contact-removed", removed.Email, [.. before.Select(contact => contact.Email)]);
            return Outcomes.Done(true);
        });

    /// <summary>Says that a contact still is one: by the contact's own account, or by who manages contacts.</summary>
    public Outcome<bool> Confirm(SignedIn who, long partnerId, long contactId) =>
        database.Write<Outcome<bool>>(session =>
        {
            var contact = List(session, partnerId).FirstOrDefault(contact => contact.Id == contactId);
            if (contact is null || !(who.Email == contact.Email || who.Principal.May(Capability.ManageContacts, partnerId)))
            {
                return Refused.NotFound;
            }

            session.Execute("update security_contact set confirmed_at = @Clock, reminded_at = null where id = @contactId", new { session.Clock, contactId });
            tell(session, new AccessEvent(partnerId, who.Principal, "contact-confirmed", $"contact:{contact.Email}"));
            return Outcomes.Done(true);
        });

    /// <summary>Asks contacts who have not said so for too long, and again every few weeks until they do; how many.</summary>
    public int Remind() =>
        database.Write(session =>
        {
            var overdue = session.List<Contact>(
                $"{Select} where removed_at is null and confirmed_at < @before and coalesce(reminded_at, 0) < @again order by confirmed_at, id limit @Batch",
                new
                {
                    before = session.Clock - (long)options.ContactConfirmation.TotalMilliseconds,
                    again = session.Clock - (long)RemindAgain.TotalMilliseconds,
                    Batch,
                }
            );
            foreach (var contact in overdue)
            {
                session.Execute("update security_contact set reminded_at = @Clock where id = @Id", new { session.Clock, contact.Id });
                notice(
                    session,
                    new AccessNotice(
                        contact.PartnerId,
                        [contact.Email],
                        "contact-unconfirmed",
                        Detail.Of(("contact", $"{contact.Id}"), ("email", contact.Email))
                    )
                );
            }

            return overdue.Count;
        });

    private void Changed(Session session, Principal principal, long partnerId, string kind, string email, IReadOnlyList<string> recipients)
    {
        var detail = Detail.Of(("email", email), ("by", principal.Name));
        tell(session, new AccessEvent(partnerId, principal, kind, $"contact:{email}", detail));
        notice(session, new AccessNotice(partnerId, recipients, kind, detail));
    }
}
