using System.Net.Mail;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Audit;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Catalogue;

/// <summary>A partner's security contacts. Whoever takes them over takes the partner over, so changes need a fresh sign-in and those who were there are told.</summary>
public static class Contacts
{
    /// <summary>Contacts say once a year that they still are.</summary>
    public static readonly TimeSpan ConfirmedFor = TimeSpan.FromDays(365);

    private const int MaximumContacts = 50;
    private const int MaximumEmail = 254;

    private const string Columns = "id, partner_id, email, name, added_at, added_by, confirmed_at";

    public static IReadOnlyList<ContactRow> List(Session session, Principal principal, long partnerId) =>
        principal.May(Capability.ReadApps, partnerId)
            ? session.List<ContactRow>(
                $"select {Columns} from security_contact where partner_id = @partnerId and removed_at is null order by id limit {MaximumContacts}",
                new { partnerId }
            )
            : [];

    /// <summary>Adds one; null where they may not, or not without signing in again.</summary>
    /// <exception cref="CatalogueException">The address is none, or there are too many.</exception>
    public static ContactChange? Add(Session session, Principal principal, long partnerId, string email, string name)
    {
        if (!MayChange(principal, partnerId))
        {
            return null;
        }

        var before = List(session, Principal.Platform, partnerId);
        if (before.Count >= MaximumContacts)
        {
            throw new CatalogueException($"a partner has at most {MaximumContacts} security contacts; remove one first");
        }

        var contact = session.One<ContactRow>(
            $"""
            insert into security_contact (partner_id, email, name, added_at, added_by, confirmed_at) values (@partnerId, @email, @name, @Clock, @by, @Clock)
            on conflict (partner_id, email) do update set removed_at = null, name = excluded.name, added_at = excluded.added_at,
              added_by = excluded.added_by, confirmed_at = excluded.confirmed_at
            returning {Columns}
            """,
            new
            {
                partnerId,
                email = Email(email),
                name = Words.Name(name, "the contact's name"),
                by = principal.Name,
                session.Clock,
            }
        );
        Audit(session, principal, contact, "contact.added");
        return new ContactChange(contact, [.. before.Select(one => one.Email)]);
    }

    /// <summary>Removes one; null where there is none, they may not, or not without signing in again.</summary>
    /// <exception cref="CatalogueException">It is the last.</exception>
    public static ContactChange? Remove(Session session, Principal principal, long partnerId, long contactId)
    {
        if (!MayChange(principal, partnerId))
        {
            return null;
        }

        var before = List(session, Principal.Platform, partnerId);
        if (before.FirstOrDefault(one => one.Id == contactId) is not { } contact)
        {
            return null;
        }

        if (before.Count == 1)
        {
            throw new CatalogueException("this is the partner's last security contact; add another one first");
        }

        session.Execute("update security_contact set removed_at = @Clock where id = @contactId", new { contactId, session.Clock });
        Audit(session, principal, contact, "contact.removed");
        return new ContactChange(contact, [.. before.Select(one => one.Email)]);
    }

    /// <summary>Says that one still is; false where there is none or they may not.</summary>
    public static bool Confirm(Session session, Principal principal, long partnerId, long contactId)
    {
        if (!MayChange(principal, partnerId))
        {
            return false;
        }

        return session.Execute(
                "update security_contact set confirmed_at = @Clock where id = @contactId and partner_id = @partnerId and removed_at is null",
                new
                {
                    contactId,
                    partnerId,
                    session.Clock,
                }
            ) == 1;
    }

    /// <summary>Those that have not confirmed for a year, longest first.</summary>
    public static IReadOnlyList<ContactRow> Unconfirmed(Session session, int limit) =>
        session.List<ContactRow>(
            $"select {Columns} from security_contact where removed_at is null and confirmed_at < @before order by confirmed_at limit @limit",
            new { before = session.Clock - (long)ConfirmedFor.TotalMilliseconds, limit }
        );

    private static bool MayChange(Principal principal, long partnerId) =>
        principal.Kind == "system" || (principal.IsFresh && principal.May(Capability.ManageContacts, partnerId));

    private static string Email(string email) =>
        email.Length <= MaximumEmail && MailAddress.TryCreate(email, out var read) && read.Address == email
            ? email.ToLowerInvariant()
            : throw new CatalogueException("the contact's address is no e-mail address; write it as name@example.com");

    private static void Audit(Session session, Principal principal, ContactRow contact, string action) =>
        AuditLog.Record(session, new AuditEntry(contact.PartnerId, principal.Kind, principal.Id, action, $"contact:{contact.Id}", principal.Purpose));
}

/// <param name="Tell">Addresses of those who were contacts before.</param>
public sealed record ContactChange(ContactRow Contact, IReadOnlyList<string> Tell);
