namespace Ecoscanner.Probing.Signing;

/// <summary>The values of a captured request's components (RFC 9421 sections 2.1 and 2.2), as far as a signature of ours may need them.</summary>
/// <param name="scheme">"https" or "http": what the capture cannot tell.</param>
internal sealed class RequestComponents(CapturedRequest request, string scheme)
{
    /// <summary>RFC 9421 section 2.2.3: lower case, without the scheme's own port.</summary>
    private string Authority { get; } = WithoutSuffix(request.Authority, scheme == "https" ? ":443" : ":80");

    public string TargetUri => $"{scheme}://{Authority}{request.PathAndQuery}";

    /// <summary>The value of one component.</summary>
    /// <exception cref="FormatException">The component is unknown, or the request does not have it.</exception>
    public string Value(StructuredItem component) =>
        (component.Value, component.Parameters) switch
        {
            ("@method", []) => request.Method,
            ("@target-uri", []) => TargetUri,
            ("@authority", []) => Authority,
            ("@scheme", []) => scheme,
            ("@request-target", []) => request.Target,
            ("@path", []) => request.PathAndQuery.Split('?')[0],
            ("@query", []) => request.PathAndQuery.IndexOf('?', StringComparison.Ordinal) is >= 0 and var query ? request.PathAndQuery[query..] : "?",
            (string name, []) when IsFieldName(name) => Field(name),
            (string name, [{ Key: "key", Value: string key }]) when IsFieldName(name) => Member(name, key),
            _ => throw new FormatException($"component {component} is not one that our signatures cover"),
        };

    private string Field(string name) => request.Field(name) ?? throw new FormatException($"the request has no {name} header, which the signature covers");

    // RFC 9421 section 2.1.2.
    private string Member(string name, string key) =>
        StructuredFieldParser.Dictionary(Field(name)).GetValueOrDefault(key)?.ToString()
        ?? throw new FormatException($"the {name} header has no member {new StructuredItem(key)}, which the signature covers");

    private static bool IsFieldName(string name) => name.Length > 0 && name[0] != '@' && !name.Any(char.IsAsciiLetterUpper);

    private static string WithoutSuffix(string text, string suffix) => text.EndsWith(suffix, StringComparison.Ordinal) ? text[..^suffix.Length] : text;
}
