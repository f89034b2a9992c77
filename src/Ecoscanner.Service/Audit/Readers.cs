using Ecoscanner.Service.Access;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Audit;

/// <summary>Somebody who can read a partner's findings.</summary>
/// <param name="Kind"><c>account</c>, <c>staff</c>, <c>token</c> or <c>break-glass</c>.</param>
/// <param name="Id">The account's id, or the token's first characters.</param>
/// <param name="Name">As a person knows it.</param>
/// <param name="By">By which role; the reason where it is break-glass.</param>
/// <param name="AppId">The only app it can read; null for all.</param>
/// <param name="Since">Milliseconds since 1970, UTC.</param>
/// <param name="Until">When it ends by itself; null where it does not.</param>
public sealed record Reader(string Kind, string Id, string Name, string By, long? AppId, long Since, long? Until);

/// <summary>Who can read a partner's findings: each account, token and person of the staff, by name.</summary>
public static class Readers
{
    // More than any partner has; a page says so where it is reached.
    public const int Most = 1000;

    public static IReadOnlyList<Reader> List(Session session, long partnerId)
    {
        var able = RoleCapabilities.With(Capability.ReadFindings).Select(CapabilityWords.Of).ToList();
        var values = new
        {
            partnerId,
            able,
            session.Clock,
            Most,
        };
        var accounts = session
            .List<AccountRow>(
                """
                select a.id, a.name, a.email, r.partner_id, r.role, r.granted_at from account_role r join account a on a.id = r.account_id
                where r.partner_id in (0, @partnerId) and r.role in @able and a.disabled_at is null
                order by r.partner_id desc, a.name limit @Most
                """,
                values
            )
            .Select(row => new Reader(row.PartnerId == 0 ? "staff" : "account", row.Id, $"{row.Name} <{row.Email}>", row.Role, null, row.GrantedAt, null));
        var tokens = session
            .List<TokenRow>(
                """
                select prefix, name, app_id, capabilities, created_at, expires_at from api_token
                where partner_id = @partnerId and revoked_at is null and expires_at > @Clock order by created_at limit @Most
                """,
                values
            )
            .Where(row => CapabilityWords.Parse(row.Capabilities).Contains(Capability.ReadFindings))
            .Select(row => new Reader("token", row.Prefix, row.Name, CapabilityWords.Of(Role.CiToken), row.AppId, row.CreatedAt, row.ExpiresAt));
        var opened = session
            .List<BreakGlassRow>(
                """
                select a.id, a.name, a.email, b.reason, b.opened_at, b.closes_at from break_glass b join account a on a.id = b.account_id
                where b.partner_id = @partnerId and b.closed_at is null and b.closes_at > @Clock and a.disabled_at is null
                order by b.opened_at limit @Most
                """,
                values
            )
            .Select(row => new Reader("break-glass", row.Id, $"{row.Name} <{row.Email}>", row.Reason, null, row.OpenedAt, row.ClosesAt));
        return [.. accounts, .. tokens, .. opened];
    }

    private sealed record AccountRow(string Id, string Name, string Email, long PartnerId, string Role, long GrantedAt);

    private sealed record TokenRow(string Prefix, string Name, long? AppId, string Capabilities, long CreatedAt, long ExpiresAt);

    private sealed record BreakGlassRow(string Id, string Name, string Email, string Reason, long OpenedAt, long ClosesAt);
}
