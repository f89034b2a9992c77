namespace Ecoscanner.Findings;

/// <summary>Where a finding is. Made by its factories, which also give the normalised identity that fingerprints use.</summary>
public sealed record Location
{
    // Outside the factories only a report that is read back makes one.
    internal Location() { }

    /// <summary>The normalised place: no query values, no ids, no line numbers.</summary>
    public required string Identity { get; init; }

    /// <summary>Path of a file relative to the scanned root; null where the place is not a file.</summary>
    public string? Path { get; init; }

    /// <summary>1-based; null where unknown.</summary>
    public int? Line { get; init; }

    /// <summary>1-based, in UTF-16 units; null where unknown.</summary>
    public int? Column { get; init; }

    /// <summary>The URL that was probed, or scheme, host and port for a finding about a host.</summary>
    public string? Url { get; init; }

    /// <summary>What in the app it is: a module of the descriptor, a package; null where nothing names it.</summary>
    public string? Component { get; init; }

    /// <summary>A host and port, for findings about transport: <c>https://app.example.com:443</c>.</summary>
    public static Location OfHost(string scheme, string host, int port)
    {
        var place = $"{scheme}://{host.ToLowerInvariant()}:{port}";
        return new Location { Identity = place, Url = place };
    }

    /// <summary>A module's URL; identity is method and path template (numbers, UUIDs and context variables become <c>{}</c>).</summary>
    /// <param name="method">HTTP method, upper case.</param>
    /// <param name="url">The URL probed.</param>
    /// <param name="component">The module, such as <c>generalPages/my-page</c>.</param>
    public static Location OfEndpoint(string method, Uri url, string? component) =>
        new()
        {
            Identity = $"{method} {PathTemplate.Of(url.AbsolutePath)}",
            Url = url.AbsoluteUri,
            Component = component,
        };

    /// <summary>A place in a file of the app, such as the descriptor.</summary>
    /// <param name="pointer">What in the file: a JSON pointer, a symbol; part of the identity.</param>
    public static Location OfFile(string path, string pointer, int? line = null, int? column = null) =>
        new()
        {
            Identity = $"{path}#{pointer}",
            Path = path,
            Line = line,
            Column = column,
            Component = pointer,
        };

    /// <summary>A package in a file of the app that an advisory speaks of. Neither its version nor its place is part of the identity: both change, and the flaw stays.</summary>
    /// <param name="path">The lockfile or archive, relative to the scanned root.</param>
    /// <param name="package">Its package URL, without a version.</param>
    /// <param name="shown">How people call it, with its version.</param>
    public static Location OfPackage(string path, string package, string advisory, string shown) =>
        new()
        {
            Identity = $"{package}#{advisory}",
            Path = path,
            Component = shown,
        };

    public override string ToString() =>
        Url
        ?? (
            Line is null ? Path
            : Column is null ? $"{Path}:{Line}"
            : $"{Path}:{Line}:{Column}"
        )
        ?? Identity;
}
