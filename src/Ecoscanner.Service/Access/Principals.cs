using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Access;

/// <summary>Makes principals of accounts: what their roles give now, and nothing where a second factor is missing that they need.</summary>
public static class Principals
{
    private static readonly Role[] PartnerRoles = [Role.PartnerViewer, Role.PartnerResponder, Role.PartnerAdmin];
    private static readonly Role[] StaffRoles = [Role.Triager, Role.Engineer, Role.Auditor];

    /// <summary>True for a role that an account may have for that partner, or for 0 of the platform.</summary>
    public static bool Fits(Role role, long partnerId) => (partnerId == 0 ? StaffRoles : PartnerRoles).Contains(role);

    /// <param name="needsSecondFactor">True where some of its roles give nothing before a second factor was given.</param>
    internal static Principal Of(Session session, string accountId, bool hasSecondFactor, bool isFresh, out bool needsSecondFactor)
    {
        var grants = new List<Grant>();
        needsSecondFactor = false;
        foreach (var row in Roles(session, accountId))
        {
            if (CapabilityWords.FindRole(row.Role) is not { } role || !Fits(role, row.PartnerId) || row.OffboardedAt is not null)
            {
                continue;
            }

            if (!hasSecondFactor && (row.PartnerId == 0 || row.RequiresSecondFactor is not (null or 0)))
            {
                needsSecondFactor = true;
                continue;
            }

            grants.Add(new Grant(role, row.PartnerId == 0 ? null : row.PartnerId, null));
        }

        // One at a time, so that its reason stands with what was opened by it and with nothing else.
        var opened = grants.Any(grant => grant.Gives(Capability.BreakGlass)) ? BreakGlasses.Current(session, accountId) : null;
        if (opened is not null)
        {
            grants.Add(new Grant(Role.BreakGlass, opened.PartnerId, null));
        }

        return new Principal
        {
            Kind = "account",
            Id = accountId,
            Grants = grants,
            Purpose = opened?.Reason ?? "",
            IsFresh = isFresh,
        };
    }

    /// <summary>True where a second factor is needed for some of its roles.</summary>
    internal static bool NeedsSecondFactor(Session session, string accountId)
    {
        Of(session, accountId, hasSecondFactor: false, isFresh: false, out var needs);
        return needs;
    }

    private static IReadOnlyList<RoleRow> Roles(Session session, string accountId) =>
        session.List<RoleRow>(
            """
            select r.role, r.partner_id, p.requires_second_factor, p.offboarded_at
            from account_role r left join partner p on p.id = r.partner_id where r.account_id = @accountId
            """,
            new { accountId }
        );

    private sealed record RoleRow(string Role, long PartnerId, long? RequiresSecondFactor, long? OffboardedAt);
}
