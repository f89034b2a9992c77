namespace Ecoscanner.Service.Catalogue;

/// <summary>Who makes apps. Times are milliseconds since 1970, UTC.</summary>
public sealed record PartnerRow
{
    public long Id { get; init; }
    public string Key { get; init; } = "";
    public string Name { get; init; } = "";
    public bool RequiresSecondFactor { get; init; }
    public long CreatedAt { get; init; }

    /// <summary>Its keys are destroyed since then; null while it is a partner.</summary>
    public long? OffboardedAt { get; init; }
}

/// <summary>An app of a partner.</summary>
public sealed record AppRow
{
    public long Id { get; init; }
    public long PartnerId { get; init; }
    public string Key { get; init; } = "";
    public string Name { get; init; } = "";

    /// <summary><c>unproven</c>, <c>proven</c> or <c>granted</c>.</summary>
    public string Ownership { get; init; } = "";
    public long CreatedAt { get; init; }
    public long? ArchivedAt { get; init; }

    /// <summary>True where it is the partner's; what is not is private to who uploaded it, and only read, never asked.</summary>
    public bool IsOwned => Ownership is "proven" or "granted";
}

/// <summary>One hosting of an app.</summary>
public sealed record HostingRow
{
    public long Id { get; init; }
    public long AppId { get; init; }

    /// <summary><c>connect</c>, <c>forge</c> or <c>datacenter</c>.</summary>
    public string Hosting { get; init; } = "";
    public string? DescriptorUrl { get; init; }
    public string? MarketplaceId { get; init; }
    public long CreatedAt { get; init; }
}

/// <summary>A version of an app for one hosting.</summary>
public sealed record VersionRow
{
    public long Id { get; init; }
    public long HostingId { get; init; }
    public string Version { get; init; } = "";
    public long? Build { get; init; }
    public long ReleasedAt { get; init; }
    public long NoticedAt { get; init; }

    /// <summary><c>public</c>, <c>private</c>, <c>submitted</c>, <c>rejected</c> or <see cref="VersionList.Released"/>.</summary>
    public string State { get; init; } = "";

    /// <summary>JSON; see <see cref="ProductRanges"/>.</summary>
    public string Supports { get; init; } = "{}";
    public string? ArtifactId { get; init; }
    public string? DownloadUrl { get; init; }
}

/// <summary>A file that is or was kept to be scanned.</summary>
public sealed record ArtifactRow
{
    public string Id { get; init; } = "";
    public long PartnerId { get; init; }
    public long? AppId { get; init; }
    public string Digest { get; init; } = "";
    public long Bytes { get; init; }
    public string Name { get; init; } = "";

    /// <summary><c>archive</c>, <c>source</c>, <c>descriptor</c> or <c>sbom</c>.</summary>
    public string Kind { get; init; } = "";
    public string Origin { get; init; } = "";
    public long AddedAt { get; init; }
    public string AddedBy { get; init; } = "";
    public long DeleteAfter { get; init; }
    public long? DeletedAt { get; init; }
}
