using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Ecoscanner.Service.Catalogue;

/// <summary>How a version of the Marketplace's API calls things: where its lists are, how they go on, and what stands in them.</summary>
internal sealed record MarketplaceApi
{
    // What the clients of version 2 use, and it gives no more.
    private const int PageSize = 50;

    // Longer ones are no version, key or name.
    private const int MaximumText = 500;

    // Cursors hold where a list goes on, in a coding of the Marketplace's own.
    private const int MaximumLink = 4_000;

    public static readonly MarketplaceApi Second = new()
    {
        Apps = hosting => $"/rest/2/addons?hosting={hosting}&withVersion=true&limit={PageSize}",
        Versions = (key, hosting, _) => $"/rest/2/addons/{Uri.EscapeDataString(key)}/versions?hosting={hosting}&limit={PageSize}",
        NextPage = (root, _) => NextLink(root),
        VersionItems = root => Items(root.At("_embedded"), "versions"),
        ReadVersion = SecondVersion,
    };

    public static readonly MarketplaceApi Third = new()
    {
        Software = key => $"/rest/3/app-software/app-key/{Uri.EscapeDataString(key)}",
        Versions = (_, _, id) => $"/rest/3/app-software/{Uri.EscapeDataString(id!)}/versions?limit={PageSize}",
        NextPage = (root, path) => NextCursor(root) is { } cursor ? $"{path}&cursor={Uri.EscapeDataString(cursor)}" : null,
        VersionItems = root => Items(root, "versions"),
        ReadVersion = ThirdVersion,
        ProductVersions = product => $"/rest/3/parent-software/{Uri.EscapeDataString(product)}/versions?limit={PageSize}",
    };

    /// <summary>The list of apps; null where this API has none.</summary>
    public Func<string, string>? Apps { get; private init; }

    /// <summary>What tells the ids of an app's hostings, which the list of versions needs; null where it needs none.</summary>
    public Func<string, string>? Software { get; private init; }

    /// <summary>The list of versions: of a key, a hosting, and the id of both where the API has one.</summary>
    public required Func<string, string, string?, string> Versions { get; init; }

    /// <summary>The page after one, as a link or path; null after the last.</summary>
    public required Func<JsonElement, string, string?> NextPage { get; init; }

    public required Func<JsonElement, IEnumerable<JsonElement>> VersionItems { get; init; }

    /// <summary>A version; null where it is none of that hosting, or what it is cannot be told.</summary>
    public required Func<JsonElement, string, NoticedVersion?> ReadVersion { get; init; }

    /// <summary>The list of versions of a host product with their builds, the newest first; null where ranges are told in versions.</summary>
    public Func<string, string>? ProductVersions { get; private init; }

    /// <summary>A short text; null where there is none.</summary>
    public static string? Text(JsonElement element, string property, int maximum = MaximumText)
    {
        try
        {
            return element.At(property) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text && text.Length <= maximum
                ? text
                : null;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair.
            return null;
        }
    }

    public static IEnumerable<JsonElement> Items(JsonElement? element, string property) =>
        element?.At(property) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    /// <summary>A number that is not negative; null where there is none.</summary>
    public static long? Number(JsonElement element, string property) =>
        element.At(property) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) && number >= 0 ? number : null;

    // The link is a path below the Marketplace's own, which the way here need not have: its cursor is what counts.
    private static string? NextCursor(JsonElement root) =>
        root.At("links") is { } links
        && Text(links, "next", MaximumLink) is { } next
        && next.IndexOf('?', StringComparison.Ordinal) is var query and >= 0
        && QueryHelpers.ParseQuery(next[query..]).TryGetValue("cursor", out var cursor)
        && cursor is [{ Length: > 0 } only]
            ? only
            : null;

    private static string? NextLink(JsonElement root) =>
        root.At("_links")?.At("next") switch
        {
            { ValueKind: JsonValueKind.Array } links => links.EnumerateArray().Select(link => Text(link, "href")).FirstOrDefault(href => href is not null),
            { ValueKind: JsonValueKind.Object } link => Text(link, "href"),
            _ => null,
        };

    private static NoticedVersion? SecondVersion(JsonElement version, string hosting) =>
        Text(version, "name") is not { } name
            ? null
            : new NoticedVersion(name)
            {
                Build = Number(version, "buildNumber"),
                ReleasedAt =
                    version.At("release") is { } release
                    && DateTimeOffset.TryParse(Text(release, "date"), null, System.Globalization.DateTimeStyles.AssumeUniversal, out var date)
                        ? date
                        : null,
                State = State(Text(version, "status")),
                Supports = new ProductRanges(
                    Items(version, "compatibilities")
                        .Select(one =>
                            (Product: Text(one, "application"), Range: Range(one.At("hosting")?.At(hosting == "datacenter" ? "dataCenter" : hosting)))
                        )
                        // A customer of the cloud has no choice of versions.
                        .Where(one => one is { Product: not null, Range: { } range } && (hosting == "datacenter" || range.IsKnown))
                        .DistinctBy(one => one.Product, StringComparer.Ordinal)
                        .ToDictionary(one => one.Product!, one => one.Range!, StringComparer.Ordinal)
                ),
                DownloadUrl = version.At("_embedded")?.At("artifact")?.At("_links")?.At("binary") is { } binary ? Text(binary, "href") : null,
            };

    private static NoticedVersion? ThirdVersion(JsonElement version, string hosting) =>
        Text(version, "versionNumber") is not { } name
            ? null
            : new NoticedVersion(name)
            {
                Build = Number(version, "buildNumber"),
                ReleasedAt = DateTimeOffset.TryParse(
                    Text(version, "releaseDate") ?? Text(version, "createdAt"),
                    null,
                    System.Globalization.DateTimeStyles.AssumeUniversal,
                    out var date
                )
                    ? date
                    : null,
                State = State(Text(version, "state")),
                // It tells builds of products, and not versions; a customer of the cloud has no choice of them.
                Supports =
                    hosting == "datacenter"
                        ? new ProductRanges(
                            Items(version, "compatibilities")
                                .Select(one => (Product: Text(one, "parentSoftwareId"), From: Number(one, "minBuildNumber"), To: Number(one, "maxBuildNumber")))
                                .Where(one => one.Product is not null)
                                .DistinctBy(one => one.Product, StringComparer.Ordinal)
                                .ToDictionary(one => one.Product!, one => ProductRange.OfBuilds(one.From, one.To), StringComparer.Ordinal)
                        )
                        : ProductRanges.None,
                DownloadUrl =
                    hosting == "connect" ? null
                    : version.At("frameworkDetails")?.At("attributes") is { } attributes ? Text(attributes, "artifactUrl")
                    : null,
            };

    private static ProductRange? Range(JsonElement? hosting) =>
        hosting is not { ValueKind: JsonValueKind.Object } found ? null
        : found.At("min") is { } min && found.At("max") is { } max && Text(min, "version") is { } from && Text(max, "version") is { } to
            ? new ProductRange(from, to)
        : ProductRange.OfBuilds(null, null);

    private static string State(string? word) =>
        word?.ToLowerInvariant() switch
        {
            // Of version 3, what is approved is active from its release on.
            "public" or "published" or "approved" or "auto-approved" or "active" => "public",
            "submitted" => "submitted",
            "rejected" => "rejected",
            _ => "private",
        };
}

/// <summary>Looks into JSON that may be of any shape.</summary>
internal static class MarketplaceJson
{
    /// <summary>The property; null where there is none, or this is no object.</summary>
    public static JsonElement? At(this JsonElement element, string property) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(property, out var value) ? value : null;
}
