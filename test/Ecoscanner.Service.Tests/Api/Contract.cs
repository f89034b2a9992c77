using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Ecoscanner.Service.Tests.Api;

/// <summary>Holds every answer that a test gets against the document of the API: status, media type, and the shape of the body.</summary>
internal sealed class Contract(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private static readonly SemaphoreSlim Once = new(1);
    private static JsonNode? document;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (request.RequestUri!.AbsolutePath.StartsWith("/api/v1/openapi", StringComparison.Ordinal))
        {
            return response;
        }

        var api = await DocumentAsync(request.RequestUri, cancellationToken);
        if (Operation(api, request) is not { } operation)
        {
            Assert.True(
                (int)response.StatusCode is 404 or 405,
                $"{request.Method} {request.RequestUri.AbsolutePath} is not in the document and answers {response.StatusCode}"
            );
            return response;
        }

        var status = ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (status == "304")
        {
            return response;
        }

        var told = operation["responses"]![status];
        Assert.True(told is not null, $"{request.Method} {request.RequestUri.AbsolutePath} answers {status}, which the document does not tell");
        if (
            response.Content.Headers.ContentType?.MediaType is "application/json" or "application/problem+json"
            && told["content"]?[response.Content.Headers.ContentType.MediaType] is { } content
        )
        {
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
            var wrong = Wrong(api, content["schema"]!, body, "");
            Assert.True(wrong is null, $"{request.Method} {request.RequestUri.AbsolutePath} answers what the document does not tell: {wrong}");
        }

        return response;
    }

    private async Task<JsonNode> DocumentAsync(Uri url, CancellationToken cancellationToken)
    {
        await Once.WaitAsync(cancellationToken);
        try
        {
            if (document is null)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(url, "/api/v1/openapi.json"));
                using var response = await base.SendAsync(request, cancellationToken);
                document = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
            }

            return document!;
        }
        finally
        {
            Once.Release();
        }
    }

    private static JsonNode? Operation(JsonNode api, HttpRequestMessage request)
    {
        var path = request.RequestUri!.AbsolutePath.TrimEnd('/');
        var match = api["paths"]!
            .AsObject()
            .Where(pair =>
                Regex.IsMatch(
                    path,
                    $"^{Regex.Replace(Regex.Escape(pair.Key.TrimEnd('/')), @"\\\{[^}]+}", "[^/]+")}$",
                    RegexOptions.None,
                    TimeSpan.FromSeconds(1)
                )
            )
            // What has no parameters is meant first.
            .OrderBy(pair => pair.Key.Count(c => c == '{'))
            .Select(pair => pair.Value?[request.Method.Method.ToLowerInvariant()])
            .FirstOrDefault(operation => operation is not null);
        return match;
    }

    /// <summary>What of the value is not as the schema says; null where all is.</summary>
    private static string? Wrong(JsonNode api, JsonNode schema, JsonNode? value, string at)
    {
        if ((string?)schema["$ref"] is { } reference)
        {
            return Wrong(api, api["components"]!["schemas"]![reference.Split('/')[^1]]!, value, at);
        }

        if ((schema["oneOf"] ?? schema["anyOf"]) is JsonArray choices)
        {
            return choices.Any(choice => Wrong(api, choice!, value, at) is null) ? null : $"{at} is none of its choices";
        }

        var types = schema["type"] switch
        {
            JsonArray several => several.Select(type => (string)type!).ToList(),
            { } one => [(string)one!],
            _ => [],
        };
        if (types.Count > 0 && !types.Exists(type => Is(type, value)))
        {
            return $"{at} is {value?.ToJsonString() ?? "null"} and not {string.Join(" or ", types)}";
        }

        return value switch
        {
            JsonObject members => Members(api, schema, members, at),
            JsonArray items when schema["items"] is { } item => items
                .Select((child, index) => Wrong(api, item, child, $"{at}/{index}"))
                .FirstOrDefault(wrong => wrong is not null),
            _ => null,
        };
    }

    private static string? Members(JsonNode api, JsonNode schema, JsonObject members, string at)
    {
        var known = schema["properties"]?.AsObject();
        var missing = schema["required"]?.AsArray().Select(name => (string)name!).FirstOrDefault(name => !members.ContainsKey(name));
        if (missing is not null)
        {
            return $"{at}/{missing} is missing";
        }

        foreach (var (name, value) in members)
        {
            if ((known?[name] ?? (schema["additionalProperties"] as JsonObject)) is not { } of)
            {
                if (known is not null)
                {
                    return $"{at}/{name} is not told";
                }

                continue;
            }

            if (Wrong(api, of, value, $"{at}/{name}") is { } wrong)
            {
                return wrong;
            }
        }

        return null;
    }

    private static bool Is(string type, JsonNode? value) =>
        type switch
        {
            "null" => value is null,
            "object" => value is JsonObject,
            "array" => value is JsonArray,
            "string" => value is JsonValue text && text.GetValueKind() == System.Text.Json.JsonValueKind.String,
            "boolean" => value is JsonValue flag && flag.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False,
            "integer" or "number" => value is JsonValue number && number.GetValueKind() == System.Text.Json.JsonValueKind.Number,
            _ => false,
        };
}
