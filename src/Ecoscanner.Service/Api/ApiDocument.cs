using Ecoscanner.Service.Storage;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Ecoscanner.Service.Api;

/// <summary>The document of the API (OpenAPI 3.1), made of what endpoints say of themselves.</summary>
internal static class ApiDocument
{
    public const string Name = "v1";

    // What may go wrong with every request.
    private static readonly IReadOnlyList<ProblemKind> Always =
    [
        ProblemKind.Malformed,
        ProblemKind.TooMany,
        ProblemKind.Internal,
        ProblemKind.Unavailable,
        ProblemKind.DiskFull,
    ];

    public static void AddApiDocument(this IServiceCollection services) =>
        services.AddOpenApi(
            Name,
            options =>
            {
                options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
                options.CreateSchemaReferenceId = type =>
                    type.Type is { IsGenericType: true } generic && generic.GetGenericTypeDefinition() == typeof(Listing<>)
                        ? $"ListOf{generic.GenericTypeArguments[0].Name}"
                        : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
                options.AddDocumentTransformer(
                    (document, _, _) =>
                    {
                        document.Info = new OpenApiInfo
                        {
                            Title = "Ecoscanner",
                            Version = Name,
                            Description = "Scans Marketplace apps, keeps what was found, and follows it until it is repaired.",
                        };
                        document.Servers = [new OpenApiServer { Url = "/" }];
                        document.Components ??= new OpenApiComponents();
                        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
                        {
                            ["token"] = new OpenApiSecurityScheme
                            {
                                Type = SecuritySchemeType.Http,
                                Scheme = "bearer",
                                Description = "An API token.",
                            },
                            ["session"] = new OpenApiSecurityScheme
                            {
                                Type = SecuritySchemeType.ApiKey,
                                In = ParameterLocation.Cookie,
                                Name = Authentication.Cookie,
                                Description = $"The cookie of a person that signed in; what changes something sends {Authentication.CsrfHeader} too.",
                            },
                        };
                        return Task.CompletedTask;
                    }
                );
                options.AddOperationTransformer(Complete);
            }
        );

    private static Task Complete(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var access = metadata.OfType<EndpointAccess>().Last();
        operation.Extensions ??= new Dictionary<string, IOpenApiExtension>(StringComparer.Ordinal);
        operation.Extensions["x-capability"] = new JsonNodeExtension(access is { IsPublic: true } ? "public" : access.Capability?.ToString() ?? "signed-in");
        if (!access.IsPublic)
        {
            operation.Security =
            [
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("token", context.Document)] = [] },
                new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("session", context.Document)] = [] },
            ];
        }

        operation.Parameters ??= [];
        if (metadata.OfType<ListMarker>().Any())
        {
            operation.Parameters.Add(Query("limit", JsonSchemaType.Integer, "How many, 1 to 200; 50 where nothing is said."));
            operation.Parameters.Add(Query("cursor", JsonSchemaType.String, "Where to go on: taken from next, never made."));
            operation.Parameters.Add(
                Query("count", JsonSchemaType.Boolean, $"Count them too, up to {ListPart<int>.CountLimit}; atLeast says that there may be more.")
            );
        }

        if (metadata.OfType<FileMarker>().Any())
        {
            var file = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" };
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    ["application/octet-stream"] = new() { Schema = file },
                    ["multipart/form-data"] = new()
                    {
                        Schema = new OpenApiSchema
                        {
                            Type = JsonSchemaType.Object,
                            Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal) { ["file"] = file },
                        },
                    },
                },
            };
        }

        if (metadata.OfType<VersionMarker>().Any())
        {
            operation.Parameters.Add(Header("If-Match", "The ETag of what was seen.", isRequired: true));
        }

        if (metadata.OfType<OnceMarker>().Any())
        {
            operation.Parameters.Add(Header(Idempotency.Header, "The same key twice does it once.", isRequired: false));
        }

        foreach (var (name, description) in metadata.OfType<QueryParameter>().Select(parameter => (parameter.Name, parameter.Description)))
        {
            // One that the endpoint binds stands there already, with its type.
            if (operation.Parameters.OfType<OpenApiParameter>().FirstOrDefault(one => one.In == ParameterLocation.Query && one.Name == name) is { } bound)
            {
                bound.Description = description;
                continue;
            }

            operation.Parameters.Add(Query(name, JsonSchemaType.String, description));
        }

        operation.Responses ??= [];
        foreach (var kind in Always)
        {
            operation.Responses.TryAdd(kind.Status.ToString(System.Globalization.CultureInfo.InvariantCulture), ProblemResponse(kind, context.Document!));
        }

        foreach (var (status, response) in operation.Responses)
        {
            if (response is OpenApiResponse { } told && status[0] is '4' or '5')
            {
                ((OpenApiResponse)response).Description = ProblemKind.OfStatus(int.Parse(status, System.Globalization.CultureInfo.InvariantCulture)).Title;
            }
        }

        return Task.CompletedTask;
    }

    private static OpenApiResponse ProblemResponse(ProblemKind kind, OpenApiDocument document) =>
        new()
        {
            Description = kind.Title,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                [Problem.MediaType] = new() { Schema = new OpenApiSchemaReference(nameof(Problem), document) },
            },
        };

    private static OpenApiParameter Query(string name, JsonSchemaType type, string description) =>
        new()
        {
            Name = name,
            In = ParameterLocation.Query,
            Description = description,
            Schema = new OpenApiSchema { Type = type },
        };

    private static OpenApiParameter Header(string name, string description, bool isRequired) =>
        new()
        {
            Name = name,
            In = ParameterLocation.Header,
            Required = isRequired,
            Description = description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        };
}

/// <summary>A filter of a list, for the document.</summary>
internal sealed record QueryParameter(string Name, string Description);
