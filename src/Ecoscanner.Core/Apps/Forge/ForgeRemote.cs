namespace Ecoscanner.Apps.Forge;

/// <summary>A server of the app's partner.</summary>
public sealed record ForgeRemote
{
    public ForgeText? Key { get; init; }

    /// <summary>Base URLs by region; <c>default</c> where there is one only.</summary>
    public IReadOnlyList<ForgeNamedText> BaseUrls { get; init; } = [];

    /// <summary><c>storage</c>, <c>compute</c>, <c>fetch</c>, <c>other</c>.</summary>
    public IReadOnlyList<ForgeText> Operations { get; init; } = [];

    public ForgeTokens Tokens { get; init; } = new(null, null);

    /// <summary><c>storage.inScopeEUD</c>: it keeps data of end users.</summary>
    public bool? HoldsUserData { get; init; }

    /// <summary>Patterns of addresses that administrators may set.</summary>
    public IReadOnlyList<ForgeText> ConfigurablePatterns { get; init; } = [];

    public ManifestPlace Place { get; init; }
}

/// <summary>Whether calls to a server carry tokens for the product's API.</summary>
public sealed record ForgeTokens(bool? AppUser, bool? AppSystem);

/// <summary>An <c>endpoint</c> module: a route of a remote or of a container service.</summary>
public sealed record ForgeEndpoint(ForgeText? Key, ForgeText? Remote, ForgeText? Service, ForgeText? Route, ForgeTokens Tokens, ManifestPlace Place);

/// <summary>A folder of static files, which modules show.</summary>
public sealed record ForgeResource(ForgeText? Key, ForgeText? Path, IReadOnlyList<ForgeNamedText> Entries, ManifestPlace Place);

/// <summary>A <c>function</c> module.</summary>
public sealed record ForgeFunction
{
    public ForgeText? Key { get; init; }

    /// <summary>Null where the function has none, which is a problem.</summary>
    public ForgeHandler? Handler { get; init; }

    public double? TimeoutSeconds { get; init; }

    public double? MemoryMb { get; init; }

    /// <summary>Keys of the providers of external authentication that it uses.</summary>
    public IReadOnlyList<ForgeText> Providers { get; init; } = [];

    public ManifestPlace Place { get; init; }
}
