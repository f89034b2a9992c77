namespace Ecoscanner.Apps.Forge;

/// <summary>A piece of an app's code that something outside it can start, and who can. One for each function, endpoint or remote.</summary>
public sealed record ForgeEntryPoint
{
    public required ForgeReferenceKind Kind { get; init; }

    /// <summary>The function's, endpoint's or remote's key.</summary>
    public required string Key { get; init; }

    /// <summary>The function; null for another kind, and where none is defined.</summary>
    public ForgeFunction? Function { get; init; }

    /// <summary>The endpoint; null for another kind, and where none is defined.</summary>
    public ForgeEndpoint? Endpoint { get; init; }

    /// <summary>The remote behind it; null for functions and container services, and where none is defined.</summary>
    public ForgeRemote? Remote { get; init; }

    /// <summary>Everything that names it. Whoever can use one of them reaches the code.</summary>
    public required IReadOnlyList<ForgeUse> Uses { get; init; }

    /// <summary>Who can call it, over all uses.</summary>
    public ForgeCallers Callers => Uses.Aggregate(ForgeCallers.None, (callers, use) => callers | use.Callers);

    /// <summary>Whether a call comes with a user, over all uses.</summary>
    public ForgeUserContext User =>
        Uses.All(use => use.User is ForgeUserContext.Always) ? ForgeUserContext.Always
        : Uses.All(use => use.User is ForgeUserContext.Never) ? ForgeUserContext.Never
        : ForgeUserContext.Sometimes;

    /// <summary>Low where one of the callers is only assumed.</summary>
    public ForgeConfidence Confidence => Uses.Min(use => use.Confidence);

    /// <summary>False for a reference to what is not defined: there is code to be called, and nobody knows where.</summary>
    public bool IsDefined => Function is not null || Endpoint is not null || (Kind is ForgeReferenceKind.Remote && Remote is not null);

    /// <summary>Where it is defined, or else first named.</summary>
    public ManifestPlace Place => Function?.Handler?.Text.Place ?? Function?.Place ?? Endpoint?.Place ?? Remote?.Place ?? Uses[0].Place;
}

/// <summary>One way to an entry point.</summary>
/// <param name="Path">The keys that lead to the name, such as <c>resolver.function</c>.</param>
public sealed record ForgeUse(
    string ModuleType,
    string? ModuleKey,
    string Path,
    ForgeRole Role,
    ForgeCallers Callers,
    ForgeUserContext User,
    ForgeConfidence Confidence,
    ManifestPlace Place
)
{
    /// <summary><c>hmacSharedSecret</c> where the platform checks a web trigger's callers; null elsewhere.</summary>
    public string? Authentication { get; init; }

    /// <summary>The one key of a resolver that is called; null where every key can be.</summary>
    public string? Method { get; init; }

    /// <summary>True where <c>displayConditions</c> hide the module from some; they authorise nothing.</summary>
    public bool HasConditions { get; init; }

    public ForgeInterface Interface { get; init; }

    /// <summary>For an action: the agents, servers and rules that offer it, such as <c>rovo:agent librarian</c>.</summary>
    public IReadOnlyList<string> Through { get; init; } = [];

    public string Module => ModuleKey is null ? ModuleType : $"{ModuleType} {ModuleKey}";
}

/// <summary>How code is called.</summary>
public enum ForgeRole
{
    /// <summary>The function itself, with an event or a request.</summary>
    Handler,

    /// <summary>Through <c>invoke</c> from a page, by the resolver's keys.</summary>
    Resolver,

    /// <summary>To render components of UI Kit 1.</summary>
    View,
}
