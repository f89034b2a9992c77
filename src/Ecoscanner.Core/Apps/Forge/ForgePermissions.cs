namespace Ecoscanner.Apps.Forge;

/// <summary>The manifest's <c>permissions</c>.</summary>
public sealed record ForgePermissions
{
    public IReadOnlyList<ForgeScope> Scopes { get; init; } = [];

    /// <summary>Every address that the app's code or pages may reach.</summary>
    public IReadOnlyList<ForgeEgress> Egress { get; init; } = [];

    /// <summary>What the pages' policy allows scripts, such as <c>unsafe-inline</c>.</summary>
    public IReadOnlyList<ForgeText> ContentScripts { get; init; } = [];

    public IReadOnlyList<ForgeText> ContentStyles { get; init; } = [];

    public IReadOnlyList<ForgeText> Sandbox { get; init; } = [];

    /// <summary>True where administrators may add addresses.</summary>
    public bool? IsEgressConfigurable { get; init; }

    /// <summary><c>app-managed</c> where the app says that it enforces permissions itself.</summary>
    public ForgeText? Enforcement { get; init; }

    public ManifestPlace Place { get; init; }
}

/// <summary>A scope.</summary>
/// <param name="AllowsImpersonation">Null where it is written as a name only.</param>
public sealed record ForgeScope(ForgeText Name, bool? AllowsImpersonation);

/// <summary>An address that may be reached: either as itself or as that of a remote.</summary>
/// <param name="Use">What for: <c>fetch.backend</c>, <c>fetch.client</c>, <c>fonts</c>, <c>frames</c>, <c>images</c>, <c>media</c>, <c>navigation</c>, <c>scripts</c>, <c>styles</c>.</param>
/// <param name="IsPlain">True for the deprecated spelling as a text.</param>
/// <param name="HoldsUserData"><c>inScopeEUD</c>.</param>
public sealed record ForgeEgress(
    string Use,
    ForgeText? Address,
    ForgeText? Remote,
    ForgeText? Category,
    bool? HoldsUserData,
    bool IsPlain,
    ManifestPlace Place
);
