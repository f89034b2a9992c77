using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Ecoscanner.Service.Tests.Catalogue;

/// <summary>Answers of version 3 of the Marketplace's API, shaped as its reference has them: pages with links that hold a cursor, ranges in builds, products' versions with theirs.</summary>
internal static class ThirdMarketplace
{
    private const int PageSize = 2;

    // As products number theirs: in the order of their versions.
    public static int Build(string version)
    {
        var parts = version.Split('.').Select(part => int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        return (parts[0] * 10_000) + (parts[1] * 100) + parts.ElementAtOrDefault(2);
    }

    public static JsonNode Software(string key) =>
        new JsonArray(
            new JsonObject
            {
                ["appSoftwareId"] = $"cloud-{key}",
                ["hosting"] = "cloud",
                ["complianceBoundaries"] = new JsonArray("commercial"),
            },
            new JsonObject
            {
                ["appSoftwareId"] = $"id-{key}",
                ["hosting"] = "datacenter",
                ["complianceBoundaries"] = null,
            }
        );

    public static JsonNode Versions(HttpContext context, string id, IReadOnlyList<(string Version, string From, string To)> all, string? cursor) =>
        Page(
            context,
            "versions",
            cursor,
            [
                .. all.Select(version => new JsonObject
                {
                    ["appSoftwareId"] = id,
                    ["buildNumber"] = Build(version.Version),
                    ["versionNumber"] = version.Version,
                    ["compatibilities"] = new JsonArray(
                        new JsonObject
                        {
                            ["parentSoftwareId"] = "jira",
                            ["minBuildNumber"] = Build(version.From),
                            ["maxBuildNumber"] = Build(version.To),
                        }
                    ),
                    ["supportedPaymentModel"] = "free",
                    ["frameworkDetails"] = new JsonObject
                    {
                        ["frameworkId"] = "plugin",
                        ["attributes"] = new JsonObject { ["artifactUrl"] = $"/download/{version.Version}.jar" },
                    },
                    ["supported"] = true,
                    ["beta"] = false,
                    ["state"] = "active",
                    ["revision"] = 1,
                }),
            ]
        );

    public static JsonNode ProductVersions(HttpContext context, IReadOnlyList<string> all, string? cursor) =>
        Page(
            context,
            "versions",
            cursor,
            [
                .. all.Select(version => new JsonObject
                {
                    ["buildNumber"] = Build(version),
                    ["versionNumber"] = version,
                    ["hosting"] = new JsonArray("datacenter"),
                    ["state"] = "active",
                    ["revision"] = 1,
                    ["createdAt"] = "2026-01-02T03:04:05Z",
                }),
            ]
        );

    // A cursor is opaque; this one needs escaping.
    private static JsonObject Page(HttpContext context, string name, string? cursor, IReadOnlyList<JsonObject> all)
    {
        var from = cursor is null ? 0 : int.Parse(cursor.Split("+/")[1], System.Globalization.CultureInfo.InvariantCulture);
        var links = new JsonObject { ["self"] = $"{context.Request.Path}{context.Request.QueryString}" };
        if (from + PageSize < all.Count)
        {
            links["next"] = $"{context.Request.Path}?limit=50&cursor={Uri.EscapeDataString($"next+/{from + PageSize}")}";
        }

        return new JsonObject
        {
            ["links"] = links,
            [name] = new JsonArray([.. all.Skip(from).Take(PageSize)]),
            ["totalCount"] = all.Count,
        };
    }
}
