namespace Ecoscanner.Service.Access;

/// <summary>Who asks, and what they may do: made at the edge, passed to everything that reads or changes.</summary>
public sealed record Principal
{
    /// <summary>The platform's own work.</summary>
    public static readonly Principal Platform = new()
    {
        Kind = "system",
        Id = "ecoscanner",
        Grants = [new Grant(Role.System, null, null)],
        IsFresh = true,
    };

    /// <summary><c>account</c>, <c>token</c> or <c>system</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The account's id, the token's prefix, or <c>ecoscanner</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Everything they may, by role; empty may nothing.</summary>
    public required IReadOnlyList<Grant> Grants { get; init; }

    /// <summary>Why they look, where their role needs a reason; else empty.</summary>
    public string Purpose { get; init; } = "";

    /// <summary>True where a password or provider, and a second factor where needed, was given minutes ago.</summary>
    public bool IsFresh { get; init; }

    /// <summary>As audits and events name them: <c>account:…</c>.</summary>
    public string Name => $"{Kind}:{Id}";

    /// <summary>Their reason, as it stands in a partner's chain: one for which another partner was opened is none of its business.</summary>
    public string PurposeFor(long partnerId) =>
        partnerId == 0
        || !Grants.Any(grant => grant.Role == Role.BreakGlass)
        || Grants.Any(grant => grant.Role == Role.BreakGlass && grant.PartnerId == partnerId)
            ? Purpose
            : "";

    /// <summary>True for what belongs to that partner and app (null where it belongs to no single app).</summary>
    public bool May(Capability capability, long partnerId, long? appId = null) => ScopeOf(capability).Contains(partnerId, appId);

    /// <summary>True where they may do it over all partners.</summary>
    public bool MayEverywhere(Capability capability) => ScopeOf(capability).IsAll;

    /// <summary>The rows for which they may do it: the filter of every list. Nothing where nothing is granted.</summary>
    public RowScope ScopeOf(Capability capability) =>
        new(Grants.Where(grant => grant.Gives(capability)).Select(grant => new RowScope.Part(grant.PartnerId, grant.AppId)));
}

/// <summary>A role for one partner, or for all.</summary>
/// <param name="PartnerId">Null for a role of the platform.</param>
/// <param name="AppId">Null for all apps of the partner.</param>
public sealed record Grant(Role Role, long? PartnerId, long? AppId)
{
    /// <summary>What a token was narrowed to; null where the role says it all.</summary>
    public IReadOnlySet<Capability>? Only { get; init; }

    public bool Gives(Capability capability) => (Only?.Contains(capability) ?? true) && RoleCapabilities.Has(Role, capability);
}
