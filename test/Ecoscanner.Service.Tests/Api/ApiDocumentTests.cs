using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ecoscanner.Tests.Infrastructure;
using Microsoft.AspNetCore.Routing;

namespace Ecoscanner.Service.Tests.Api;

public sealed partial class ApiDocumentTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    [Fact]
    public async Task The_document_is_the_one_that_was_read_and_agreed_to()
    {
        await using var site = await ApiSite.StartAsync();
        Golden.Matches((await DocumentAsync(site)).ToJsonString(Indented) + "\n", ".json");
    }

    [Fact]
    public async Task Every_endpoint_stands_in_the_document_with_what_may_go_wrong()
    {
        await using var site = await ApiSite.StartAsync();
        var document = await DocumentAsync(site);
        Assert.Equal("3.1", document["openapi"]!.GetValue<string>()[..3]);
        foreach (var endpoint in AccessMatrixTests.All(site).Where(endpoint => !endpoint.RoutePattern.RawText!.Contains("openapi", StringComparison.Ordinal)))
        {
            var path = Constraint().Replace(endpoint.RoutePattern.RawText!, "}").TrimEnd('/');
            var method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0].ToLowerInvariant();
            var operation = document["paths"]![path]?[method];
            Assert.True(operation is not null, $"{method} {path} is not in the document");
            var responses = operation["responses"]!.AsObject().Select(response => response.Key).ToList();
            Assert.Subset(responses.ToHashSet(), new HashSet<string> { "400", "429", "500", "503" });
            Assert.Contains(responses, status => status[0] is '2' or '3');
            if (operation["security"] is not null)
            {
                Assert.Contains("401", responses);
            }

            if (path.Contains('{', StringComparison.Ordinal) && !path.Contains("sign-in", StringComparison.Ordinal))
            {
                Assert.True(responses.Contains("404"), $"{method} {path} does not say that it may not be there");
            }

            Assert.False(string.IsNullOrEmpty(operation["summary"]?.GetValue<string>()), $"{method} {path} says nothing of itself");
        }
    }

    private static async Task<JsonNode> DocumentAsync(ApiSite site)
    {
        using var nobody = site.As(null);
        return await ApiSite.JsonAsync(await nobody.GetAsync("/api/v1/openapi.json", ApiSite.Stop));
    }

    [GeneratedRegex(":[a-z]+}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Constraint();
}
