using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Ecoscanner.Service.Api;

/// <summary>Reads a JSON body strictly: what is not known, missing, double, too long or too deep is an error that names the member.</summary>
internal static class JsonBody
{
    /// <summary>No request but an upload has reason to be longer.</summary>
    public const int MaximumBytes = 256 * 1024;

    // Our deepest has four levels.
    private const int MaximumDepth = 16;

    // A comment of a few pages.
    private const int LongestText = 64 * 1024;

    // More would not be read by anybody.
    private const int MaximumErrors = 20;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaximumDepth, AllowDuplicateProperties = false };

    public static async Task<T> ReadAsync<T>(HttpContext http)
    {
        if (!http.Request.HasJsonContentType())
        {
            throw new ProblemException(ProblemKind.UnknownMediaType, "send the body as application/json");
        }

        return Parse<T>(await BytesAsync(http.Request, http.RequestAborted));
    }

    /// <summary>The whole body as it came.</summary>
    public static async Task<ReadOnlyMemory<byte>> BytesAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaximumBytes)
        {
            throw TooLarge();
        }

        var bytes = new ArrayBufferWriter<byte>();
        while (await request.Body.ReadAsync(bytes.GetMemory(4096), cancellationToken) is var count and > 0)
        {
            bytes.Advance(count);
            if (bytes.WrittenCount > MaximumBytes)
            {
                throw TooLarge();
            }
        }

        return bytes.WrittenMemory;
    }

    /// <exception cref="ProblemException">It is not what <typeparamref name="T"/> looks like.</exception>
    public static T Parse<T>(ReadOnlyMemory<byte> json)
    {
        var type = (JsonTypeInfo<T>)ApiJson.Default.GetTypeInfo(typeof(T))!;
        using var document = Parse(json);
        try
        {
            var errors = new List<MemberError>();
            Check(document.RootElement, type, "", errors);
            if (errors.Count > 0)
            {
                throw new ProblemException(
                    ProblemKind.Invalid,
                    errors is [var only] ? $"{(only.Pointer.Length == 0 ? "the body" : only.Pointer)} {only.Detail}" : $"{errors.Count} members are wrong",
                    errors
                );
            }

            return document.RootElement.Deserialize(type)!;
        }
        catch (JsonException e)
        {
            var place = e.Path is { } path ? Pointer(path) : "";
            throw new ProblemException(
                ProblemKind.Invalid,
                $"{place} has another type or value than is read here",
                [new MemberError(place, "has another type or value than is read here")],
                e
            );
        }
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonDocument.Parse(json, Options);
        }
        catch (JsonException e)
        {
            var place = e.LineNumber is { } line ? $", from line {line + 1}, byte {e.BytePositionInLine + 1} on" : ", or names a member twice";
            throw new ProblemException(ProblemKind.Malformed, $"the body is no JSON that is read here{place}", inner: e);
        }
    }

    private static void Check(JsonElement element, JsonTypeInfo type, string pointer, List<MemberError> errors)
    {
        if (errors.Count >= MaximumErrors)
        {
            return;
        }

        switch (element.ValueKind)
        {
            case JsonValueKind.Object when type.Kind == JsonTypeInfoKind.Object:
                Members(element, type, pointer, errors);
                break;
            case JsonValueKind.Object when type is { Kind: JsonTypeInfoKind.Dictionary, ElementType: { } value }:
                foreach (var member in element.EnumerateObject())
                {
                    Check(member.Value, Of(value), $"{pointer}/{Escaped(member.Name)}", errors);
                }

                break;
            case JsonValueKind.Array when type is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } item }:
                var index = 0;
                foreach (var child in element.EnumerateArray())
                {
                    Check(child, Of(item), $"{pointer}/{index++}", errors);
                }

                break;
            case JsonValueKind.String when element.GetString()!.Length > LongestText:
                errors.Add(new MemberError(pointer, $"is longer than {LongestText} characters"));
                break;
            case JsonValueKind.Object or JsonValueKind.Array:
            case JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False when type.Kind != JsonTypeInfoKind.None:
                errors.Add(new MemberError(pointer, $"must be {Words(type)}"));
                break;
            case JsonValueKind.Null when pointer.Length == 0:
                errors.Add(new MemberError(pointer, $"must be {Words(type)}"));
                break;
        }
    }

    private static void Members(JsonElement element, JsonTypeInfo type, string pointer, List<MemberError> errors)
    {
        var known = type.Properties.ToDictionary(property => property.Name, StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
        {
            var place = $"{pointer}/{Escaped(member.Name)}";
            if (!known.Remove(member.Name, out var property))
            {
                var names = type.Properties.Select(property => property.Name).ToList();
                errors.Add(new MemberError(place, $"is not known here{Suggestion.For(member.Name, names, $"known are {string.Join(", ", names)}")}"));
            }
            else if (member.Value.ValueKind == JsonValueKind.Null && property is { IsSetNullable: false })
            {
                errors.Add(new MemberError(place, "must not be null"));
            }
            else
            {
                Check(member.Value, Of(property.PropertyType), place, errors);
            }

            if (errors.Count >= MaximumErrors)
            {
                return;
            }
        }

        errors.AddRange(known.Values.Where(property => property.IsRequired).Select(property => new MemberError($"{pointer}/{property.Name}", "is missing")));
    }

    private static JsonTypeInfo Of(Type type) => ApiJson.Default.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type)!;

    private static string Words(JsonTypeInfo type) =>
        type.Kind switch
        {
            JsonTypeInfoKind.Enumerable => "a list",
            JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => "an object",
            _ when type.Type == typeof(string) => "a text",
            _ when type.Type == typeof(bool) => "true or false",
            _ => "a single value",
        };

    // RFC 6901, 3.
    private static string Escaped(string name) =>
        (name.Length > 100 ? name[..100] : name).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    // $.a.b[0] is the platform's way to say /a/b/0; the names are ours by then.
    private static string Pointer(string path) =>
        path.TrimStart('$').Replace('.', '/').Replace("[", "/", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);

    private static ProblemException TooLarge() => new(ProblemKind.TooLarge, $"the body is larger than {MaximumBytes / 1024} KB");
}
