using System.Buffers;
using System.Text.Json;

namespace Ecoscanner.Apps;

/// <summary>Reads a Connect app from the bytes of its descriptor.</summary>
/// <remarks>What makes a scan impossible is an exception; what can be left out is a problem of the app and a gap in its coverage.</remarks>
public static class ConnectDescriptorReader
{
    /// <summary>No more bytes need to be fetched or read: a larger document is refused.</summary>
    public const int MaximumBytes = DescriptorDocument.MaximumBytes;

    // Connect's own pattern and length for a key; it stands in file names and fingerprints.
    private const int MaximumKeyLength = 100;
    private static readonly SearchValues<char> KeyCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._");

    // Connect allows 80 for a name; what is longer is cut, not refused.
    private const int MaximumTextLength = 200;

    // A name that never resolves (RFC 2606).
    private static readonly Uri Placeholder = new("https://base-url.invalid/");

    // From where a descriptor may be served (Connect's app descriptor page).
    private static readonly int[] DescriptorPorts = [80, 443, 8080];

    /// <summary>Reads a descriptor.</summary>
    /// <param name="source">The URL or path it came from, for messages.</param>
    /// <param name="descriptorUrl">Where it was fetched from; null for a file.</param>
    /// <param name="isSource">Whether it is the file that the app fills when it runs: a template may then stand for its base URL.</param>
    /// <param name="context">Values of context variables that exist in a test tenant, by name.</param>
    /// <exception cref="DescriptorException">It is no Connect descriptor, or one that no scan can start from.</exception>
    public static ConnectApp Read(
        ReadOnlyMemory<byte> bytes,
        string source,
        Uri? descriptorUrl = null,
        IReadOnlyDictionary<string, string>? context = null,
        bool isSource = false
    )
    {
        using var document = DescriptorDocument.Parse(source, bytes);
        var root = document.Root;
        var template = isSource ? Template(root) : null;
        var (baseUrl, key) = (template is null ? BaseUrl(document) : Placeholder, Key(document));
        var links = new ConnectLinks(baseUrl, context ?? new Dictionary<string, string>(StringComparer.Ordinal));
        NoteDescriptorPort(descriptorUrl, links);
        ReadLinks(root, links);
        return new ConnectApp(key, Name(root, key, links), baseUrl)
        {
            Source = source,
            DescriptorUrl = descriptorUrl,
            BaseUrlTemplate = template,
            AuthenticationType = AuthenticationType(root, links),
            RegionBaseUrls = Regions(root, links),
            Scopes = Scopes(root, links),
            Migrations = Migrations(root),
            Links = links.Links,
            Problems = links.Problems,
        };
    }

    private static string? Template(JsonElement root) => root.Text("baseUrl") is { } text && text.Contains("{{", StringComparison.Ordinal) ? Cut(text) : null;

    private static Uri BaseUrl(DescriptorDocument document)
    {
        if (!document.Root.TryGetProperty("baseUrl", out var element))
        {
            throw document.Error(
                ForeignDocument.Describe(document.Root) ?? "the descriptor has no baseUrl; add \"baseUrl\": \"https://...\", the URL of the app's server"
            );
        }

        if (element.ValueKind != JsonValueKind.String)
        {
            throw document.Error(element, "baseUrl is not a string; write the URL of the app's server in quotes");
        }

        var text = element.GetString()!.Trim();
        if (text.Contains("{{", StringComparison.Ordinal))
        {
            throw document.Error(
                element,
                $"baseUrl is the template {Quoted.Of(text)} that the app fills when it runs; name the URL that serves the descriptor instead of the file"
            );
        }

        var (url, wrong) = DescriptorUrl.Absolute(text);
        return url is null ? throw document.Error(element, $"baseUrl {Quoted.Of(text)} {wrong}; write a full https URL such as https://app.example.com")
            : url.Query.Length > 0 ? throw document.Error(element, $"baseUrl {Quoted.Of(text)} has a query; write it without what follows the question mark")
            : url;
    }

    private static string Key(DescriptorDocument document)
    {
        if (!document.Root.TryGetProperty("key", out var element))
        {
            throw document.Error("the descriptor has no key; add \"key\": \"...\", the app's key in the Marketplace");
        }

        return
            element.ValueKind == JsonValueKind.String
            && element.GetString() is { Length: > 0 and <= MaximumKeyLength } key
            && !key.AsSpan().ContainsAnyExcept(KeyCharacters)
            ? key
            : throw document.Error(
                element,
                $"key is not 1 to {MaximumKeyLength} letters, digits, dots, dashes and underscores; write the app's key in the Marketplace"
            );
    }

    private static string Name(JsonElement root, string key, ConnectLinks links)
    {
        if (root.Text("name") is { } name && !string.IsNullOrWhiteSpace(name))
        {
            return Cut(name);
        }

        links.Problem("/name", "the descriptor has no name, so the key stands for it; add \"name\"", leavesOut: false);
        return key;
    }

    private static void NoteDescriptorPort(Uri? descriptorUrl, ConnectLinks links)
    {
        if (descriptorUrl is not null && !DescriptorPorts.Contains(descriptorUrl.Port))
        {
            links.Problem(
                "",
                $"the descriptor is served from port {descriptorUrl.Port}, and the Marketplace takes it from 80, 443 and 8080 only",
                leavesOut: false
            );
        }
    }

    private static void ReadLinks(JsonElement root, ConnectLinks links)
    {
        var hasModules = root.TryGetProperty("modules", out var modules) && modules.ValueKind == JsonValueKind.Object;
        var sections = hasModules && modules.TryGetProperty("webSections", out var declared) ? declared : default;
        var walk = new ModuleWalk(links, new AdministratorLocations(sections));
        foreach (var property in root.EnumerateObject())
        {
            switch (property.Name)
            {
                case "lifecycle":
                    ReadLifecycle(property.Value, links);
                    break;
                case "cloudAppMigration":
                    walk.Read("/cloudAppMigration", property.Name, property.Value);
                    break;
                case "modules" when property.Value.ValueKind == JsonValueKind.Object:
                    foreach (var module in property.Value.EnumerateObject())
                    {
                        walk.Read($"/modules/{JsonPointer.Escape(module.Name)}", module.Name, module.Value);
                    }

                    break;
                case "modules":
                    links.Problem("/modules", "modules is not an object, so no module was read; write \"modules\": {...}");
                    break;
            }
        }
    }

    private static void ReadLifecycle(JsonElement lifecycle, ConnectLinks links)
    {
        if (lifecycle.ValueKind != JsonValueKind.Object)
        {
            links.Problem("/lifecycle", "lifecycle is not an object, so no callback was read; write \"lifecycle\": {\"installed\": \"/...\"}");
            return;
        }

        foreach (var callback in lifecycle.EnumerateObject())
        {
            var pointer = $"/lifecycle/{JsonPointer.Escape(callback.Name)}";
            if (callback.Value.ValueKind != JsonValueKind.String)
            {
                links.Problem(pointer, "a lifecycle callback must be a string, and this is none; write its path below the base URL");
                continue;
            }

            var template = callback.Value.GetString()!;
            links.Add(
                template,
                pointer,
                url => new ConnectLink
                {
                    Module = "lifecycle",
                    ModuleKey = callback.Name,
                    Pointer = pointer,
                    Template = template,
                    Url = url,
                    // By the event, never by words in the URL: /installation-guide is no install callback.
                    Kind = callback.Name is "installed" or "uninstalled" ? LinkKind.Install : LinkKind.Lifecycle,
                    Audience = LinkAudience.Product,
                }
            );
        }
    }

    private static string? AuthenticationType(JsonElement root, ConnectLinks links)
    {
        if (!root.TryGetProperty("authentication", out var authentication))
        {
            return null;
        }

        if (authentication.Text("type") is { } type)
        {
            return Cut(type);
        }

        links.Problem("/authentication", "authentication has no type; write \"authentication\": {\"type\": \"jwt\"}", leavesOut: false);
        return null;
    }

    private static Dictionary<string, Uri> Regions(JsonElement root, ConnectLinks links)
    {
        var regions = new Dictionary<string, Uri>(StringComparer.Ordinal);
        if (!root.TryGetProperty("regionBaseUrls", out var declared))
        {
            return regions;
        }

        if (declared.ValueKind != JsonValueKind.Object)
        {
            links.Problem("/regionBaseUrls", "regionBaseUrls is not an object, so no region was read; write \"regionBaseUrls\": {\"EU\": \"https://...\"}");
            return regions;
        }

        foreach (var region in declared.EnumerateObject())
        {
            var (url, wrong) =
                region.Value.ValueKind == JsonValueKind.String ? DescriptorUrl.Absolute(region.Value.GetString()!.Trim()) : (null, "is not a string");
            if (url is null)
            {
                links.Problem(
                    $"/regionBaseUrls/{JsonPointer.Escape(region.Name)}",
                    $"the base URL of this region {wrong}, so the region is not scanned; write a full https URL"
                );
                continue;
            }

            regions[region.Name] = url;
        }

        return regions;
    }

    private static List<string> Scopes(JsonElement root, ConnectLinks links)
    {
        if (!root.TryGetProperty("scopes", out var scopes))
        {
            return [];
        }

        if (scopes.ValueKind != JsonValueKind.Array || scopes.EnumerateArray().Any(scope => scope.ValueKind != JsonValueKind.String))
        {
            links.Problem("/scopes", "scopes is not a list of strings, so none was read; write \"scopes\": [\"READ\"]", leavesOut: false);
            return [];
        }

        return [.. scopes.EnumerateArray().Select(scope => scope.GetString()!)];
    }

    private static Dictionary<string, bool> Migrations(JsonElement root) =>
        root.TryGetProperty("apiMigrations", out var migrations) && migrations.ValueKind == JsonValueKind.Object
            ? migrations
                .EnumerateObject()
                .Where(migration => migration.Value.ValueKind is JsonValueKind.True or JsonValueKind.False)
                .GroupBy(migration => migration.Name, StringComparer.Ordinal)
                .ToDictionary(migration => migration.Key, migration => migration.Last().Value.GetBoolean(), StringComparer.Ordinal)
            : [];

    private static string Cut(string text) => text.Length > MaximumTextLength ? text[..MaximumTextLength] : text;
}
