namespace Ecoscanner.Apps.Forge;

/// <summary>The manifest's <c>app</c>.</summary>
public sealed record ForgeAppSettings
{
    /// <summary>An ARI: <c>ari:cloud:ecosystem::app/UUID</c>.</summary>
    public ForgeText? Id { get; init; }

    /// <summary>Such as <c>nodejs22.x</c>; null is the runtime that Forge no longer takes.</summary>
    public ForgeText? Runtime { get; init; }

    public ForgeText? Architecture { get; init; }

    public double? MemoryMb { get; init; }

    /// <summary>Whether the app has a licence, as <c>licensing.enabled</c> says.</summary>
    public bool? IsLicensed { get; init; }

    /// <summary>Whether only some users may use it, as <c>access.userAccess</c> says.</summary>
    public bool? HasUserAccess { get; init; }

    public bool? AutoUserConsent { get; init; }

    /// <summary>What kinds of data its storage holds: <c>ugc</c>, <c>pii</c>, <c>other</c>.</summary>
    public IReadOnlyList<ForgeText> StorageClasses { get; init; } = [];

    public IReadOnlyList<ForgeEntity> Entities { get; init; } = [];

    /// <summary>The app's key while it was a Connect app, and the remote that its Connect modules use.</summary>
    public ForgeConnect? Connect { get; init; }

    /// <summary>Where handlers are looked for.</summary>
    public string SourceFolder { get; init; } = ForgeHandler.DefaultFolder;

    /// <summary>The products that it works in, and whether it needs them.</summary>
    public IReadOnlyList<string> Products { get; init; } = [];

    public ManifestPlace Place { get; init; }
}

/// <summary>A kind of entity in the app's storage.</summary>
public sealed record ForgeEntity(ForgeText? Name, IReadOnlyList<string> Attributes, ManifestPlace Place);

/// <summary>The manifest's <c>app.connect</c>.</summary>
public sealed record ForgeConnect(ForgeText? Key, ForgeText? Remote, ForgeText? Authentication, ManifestPlace Place);
