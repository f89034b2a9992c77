namespace Ecoscanner.Apps.Forge;

/// <summary>A module of the manifest.</summary>
public sealed record ForgeModule
{
    /// <summary>Its kind as the manifest names it, such as <c>jira:issuePanel</c>.</summary>
    public required string Type { get; init; }

    /// <summary>What the table knows of that kind; null where it does not know it.</summary>
    public ForgeModuleType? Known { get; init; }

    public ForgeText? Key { get; init; }

    public ForgeLabel? Title { get; init; }

    /// <summary>How it shows on a page.</summary>
    public ForgeInterface Interface { get; init; }

    /// <summary>What hides it from some; authorises nothing, as its code can be called without its page.</summary>
    public ManifestNode? DisplayConditions { get; init; }

    /// <summary>Users without a licence that may use it: <c>unlicensed</c>, <c>customer</c>, <c>anonymous</c>.</summary>
    public IReadOnlyList<ForgeText> UnlicensedAccess { get; init; } = [];

    /// <summary>What it names: functions, endpoints, resources, remotes.</summary>
    public IReadOnlyList<ForgeReference> References { get; init; } = [];

    /// <summary>Its mapping, for what only some modules have: <c>module.Text("request.authentication")</c>.</summary>
    public required ManifestMap Node { get; init; }

    public ManifestPlace Place => Key?.Place ?? Node.Place;

    /// <summary>The text at a path of keys; null where there is none.</summary>
    public string? Text(string path) => (Node.At(path) as ManifestText)?.Value;

    public override string ToString() => Key is null ? Type : $"{Type} {Key.Value}";
}

/// <summary>How a module shows on a page.</summary>
public enum ForgeInterface
{
    None,

    /// <summary>Components that a function renders on the server: <c>function</c> without <c>resource</c>.</summary>
    UiKit1,

    /// <summary>Components in the page: <c>render: native</c>.</summary>
    UiKit,

    /// <summary>The app's own page in a frame.</summary>
    CustomUi,
}

/// <summary>What a module names by its key.</summary>
/// <param name="Path">The keys that lead to it in the module, such as <c>resolver.function</c>.</param>
/// <param name="IsKnown">False where the schema does not have that path, and only its name tells.</param>
/// <param name="Method">The resolver's key that a consumer calls; null where every key of it can be called.</param>
public sealed record ForgeReference(ForgeReferenceKind Kind, ForgeText Key, string Path, bool IsKnown, ForgeText? Method = null);

/// <summary>What kind of thing a reference names.</summary>
public enum ForgeReferenceKind
{
    Function,
    Endpoint,
    Resource,
    Remote,
}

/// <summary>A module of Connect in a Forge manifest.</summary>
/// <param name="Type">With its product, such as <c>jira:generalPages</c>.</param>
/// <param name="Remote">The remote that it names itself, as a lifecycle event does.</param>
public sealed record ForgeConnectModule(string Type, ForgeText? Key, ForgeText? Remote, ManifestMap Node)
{
    public ManifestPlace Place => Key?.Place ?? Node.Place;
}
