using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ecoscanner.Service.Tests.Catalogue;

/// <summary>A Marketplace on this machine, with both of its APIs, that misbehaves where the test wants it.</summary>
internal sealed class FakeMarketplace : IAsyncDisposable
{
    private const int PageSize = 2;
    private readonly WebApplication site;

    private FakeMarketplace(WebApplication site) => this.site = site;

    public Uri Url => new(site.Urls.First());

    /// <summary>Newest first, by app key: version and the range of Jira that it runs on.</summary>
    public Dictionary<string, List<(string Version, string From, string To)>> Versions { get; } = new(StringComparer.Ordinal);

    /// <summary>Versions of Jira that its list has, newest first.</summary>
    public List<string> Jiras { get; } = ["10.9", "10.3", "10.0", "9.12.9", "9.12", "9.0", "8.5", "8.0", "7.5", "7.0"];

    /// <summary>Answers instead, where it is not null.</summary>
    public Func<HttpContext, IResult?> Trouble { get; set; } = static _ => null;

    /// <summary>What links begin with; a hostile one names another host.</summary>
    public string LinkPrefix { get; set; } = "";

    public List<string> Requests { get; } = [];

    public static async Task<FakeMarketplace> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var fake = new FakeMarketplace(builder.Build());
        fake.site.Use(
            async (context, next) =>
            {
                lock (fake.Requests)
                {
                    fake.Requests.Add($"{context.Request.Path}{context.Request.QueryString}");
                }

                if (fake.Trouble(context) is { } trouble)
                {
                    await trouble.ExecuteAsync(context);
                    return;
                }

                await next();
            }
        );
        fake.site.MapGet("/rest/2/addons", fake.Addons);
        fake.site.MapGet("/rest/2/addons/{key}/versions", fake.SecondVersions);
        fake.site.MapGet("/rest/3/app-software/app-key/{key}", (string key) => Json(ThirdMarketplace.Software(key)));
        fake.site.MapGet(
            "/rest/3/app-software/{id}/versions",
            (HttpContext context, string id, string? cursor) =>
                Json(ThirdMarketplace.Versions(context, id, fake.Versions.GetValueOrDefault(id["id-".Length..], []), cursor))
        );
        fake.site.MapGet("/rest/3/parent-software/{product}/versions", fake.ProductVersions);
        await fake.site.StartAsync();
        return fake;
    }

    public ValueTask DisposeAsync() => site.DisposeAsync();

    private static IResult Json(JsonNode node) => Results.Text(node.ToJsonString(), "application/json");

    private IResult Addons(int? offset) =>
        Json(
            new JsonObject
            {
                ["_embedded"] = new JsonObject
                {
                    ["addons"] = new JsonArray([
                        .. Versions
                            .Keys.Order(StringComparer.Ordinal)
                            .Skip(offset ?? 0)
                            .Take(PageSize)
                            .Select(key =>
                                (JsonNode)
                                    new JsonObject
                                    {
                                        ["key"] = key,
                                        ["name"] = $"App {key}",
                                        ["_embedded"] = new JsonObject
                                        {
                                            ["vendor"] = new JsonObject
                                            {
                                                ["name"] = "Acme",
                                                ["_links"] = new JsonObject { ["self"] = new JsonObject { ["href"] = "/rest/2/vendors/1210" } },
                                            },
                                        },
                                    }
                            ),
                    ]),
                },
                ["_links"] = Next(offset ?? 0, Versions.Count, $"/rest/2/addons?hosting=datacenter&offset={(offset ?? 0) + PageSize}"),
            }
        );

    private IResult SecondVersions(string key, int? offset, HttpContext context)
    {
        var all = Versions.GetValueOrDefault(key, []);
        var tag = $"\"{all.Count}\"";
        context.Response.Headers.ETag = tag;
        if (context.Request.Headers.IfNoneMatch == tag)
        {
            return Results.StatusCode(304);
        }

        return Json(
            new JsonObject
            {
                ["_embedded"] = new JsonObject
                {
                    ["versions"] = new JsonArray([
                        .. all.Skip(offset ?? 0)
                            .Take(PageSize)
                            .Select(version =>
                                (JsonNode)
                                    new JsonObject
                                    {
                                        ["name"] = version.Version,
                                        ["buildNumber"] = 100,
                                        ["status"] = "public",
                                        ["release"] = new JsonObject { ["date"] = "2026-01-02" },
                                        ["compatibilities"] = new JsonArray(
                                            new JsonObject
                                            {
                                                ["application"] = "jira",
                                                ["hosting"] = new JsonObject
                                                {
                                                    ["dataCenter"] = new JsonObject
                                                    {
                                                        ["min"] = new JsonObject { ["version"] = version.From },
                                                        ["max"] = new JsonObject { ["version"] = version.To },
                                                    },
                                                },
                                            }
                                        ),
                                        ["_embedded"] = new JsonObject
                                        {
                                            ["artifact"] = new JsonObject
                                            {
                                                ["_links"] = new JsonObject
                                                {
                                                    ["binary"] = new JsonObject
                                                    {
                                                        ["href"] = $"{LinkPrefix}/download/apps/{key}/version/{version.Version}.jar",
                                                    },
                                                },
                                            },
                                        },
                                    }
                            ),
                    ]),
                },
                ["_links"] = Next(offset ?? 0, all.Count, $"/rest/2/addons/{key}/versions?hosting=datacenter&offset={(offset ?? 0) + PageSize}"),
            }
        );
    }

    private JsonObject Next(int offset, int count, string href) =>
        offset + PageSize >= count ? [] : new JsonObject { ["next"] = new JsonArray(new JsonObject { ["href"] = LinkPrefix + href }) };

    private IResult ProductVersions(HttpContext context, string product, string? cursor) =>
        product == "jira" ? Json(ThirdMarketplace.ProductVersions(context, Jiras, cursor)) : Results.NotFound();
}
