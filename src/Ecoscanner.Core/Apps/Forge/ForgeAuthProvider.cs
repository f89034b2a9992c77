namespace Ecoscanner.Apps.Forge;

/// <summary>A provider of external authentication.</summary>
public sealed record ForgeAuthProvider
{
    public ForgeText? Key { get; init; }

    public ForgeText? Name { get; init; }

    public ForgeText? Type { get; init; }

    /// <summary>A provider that Forge knows, such as <c>google</c>.</summary>
    public ForgeText? Integration { get; init; }

    public ForgeText? ClientId { get; init; }

    public IReadOnlyList<ForgeText> Scopes { get; init; } = [];

    public IReadOnlyList<ForgeText> Remotes { get; init; } = [];

    public IReadOnlyList<ForgeProviderAction> Actions { get; init; } = [];

    /// <summary>Its mapping, for what else stands there.</summary>
    public required ManifestMap Node { get; init; }
}

/// <summary>One of a provider's requests.</summary>
/// <param name="Name"><c>authorization</c>, <c>exchange</c>, <c>refreshToken</c>, <c>revokeToken</c>, <c>retrieveProfile</c>.</param>
/// <param name="Function">The function that reads the profile from the answer.</param>
public sealed record ForgeProviderAction(
    string Name,
    ForgeText? Remote,
    ForgeText? Path,
    ForgeText? Function,
    IReadOnlyList<ForgeNamedText> QueryParameters,
    IReadOnlyList<ForgeNamedText> Headers,
    IReadOnlyList<ForgeNamedText> Body,
    ManifestPlace Place
);
