namespace Ecoscanner.Service.Inventories;

/// <summary>A version of an app that ships a library. Names, versions and places are text of the app, so escape them.</summary>
public sealed record ShippedLibrary
{
    public required long InventoryId { get; init; }
    public required long PartnerId { get; init; }
    public required string Partner { get; init; }
    public required long AppId { get; init; }
    public required string App { get; init; }
    public required string AppName { get; init; }
    public required long HostingId { get; init; }
    public required string Hosting { get; init; }
    public required long VersionId { get; init; }
    public required string AppVersion { get; init; }
    public required long ReleasedAt { get; init; }
    public required long TakenAt { get; init; }

    /// <summary>As its ecosystem names it.</summary>
    public required string Package { get; init; }

    /// <summary>The first of them.</summary>
    public required IReadOnlyList<LibraryCopy> Copies { get; init; }

    /// <summary>How many there are.</summary>
    public required int CopyCount { get; init; }

    /// <summary>True where one is of a version that was asked for, and not only of one that is not known.</summary>
    public bool IsCertain => Copies.Any(copy => copy.IsCertain);

    /// <summary>True where production has one of them.</summary>
    public bool IsShipped => Copies.Any(copy => copy.IsShipped);
}

/// <summary>A library at one place of an app.</summary>
/// <param name="Version">Empty where it is not known.</param>
/// <param name="IsCertain">False where its version is not known, so that it may be one that was asked for.</param>
public sealed record LibraryCopy(string Place, string Version, bool IsCertain, bool IsShipped);

/// <summary>How many a search is about.</summary>
/// <param name="Inventories">Versions of apps.</param>
public sealed record ShippedSummary(int Apps, int Partners, int Inventories);
