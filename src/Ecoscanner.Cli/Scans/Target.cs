using Ecoscanner.Apps.Forge;

namespace Ecoscanner.Cli.Scans;

/// <summary>What a person asked to scan: a descriptor on the network or in a file, a Forge app's source, or a Data Center app's archive.</summary>
/// <param name="Text">As the person wrote it.</param>
/// <param name="Url">Where the descriptor is served; null for a file.</param>
/// <param name="Path">The descriptor's, manifest's or ZIP's file; null for a URL.</param>
internal sealed record Target(string Text, Uri? Url, string? Path)
{
    /// <summary>What a folder is searched for.</summary>
    public const string DescriptorName = "atlassian-connect.json";

    // Where the frameworks of Connect look for it: atlassian-connect-express, then that of Spring Boot.
    private static readonly string[] DescriptorPlaces =
    [
        DescriptorName,
        $"src/main/resources/{DescriptorName}",
        $"public/{DescriptorName}",
        $"static/{DescriptorName}",
    ];

    /// <summary>True where the file is a Forge app's manifest.</summary>
    public bool IsManifest { get; private init; }

    /// <summary>True where the file is the descriptor in an app's repository, which the app may fill before it serves it.</summary>
    public bool IsRepository { get; private init; }

    /// <summary>True where the file is a ZIP of a Forge app's source.</summary>
    public bool IsZip { get; private init; }

    /// <summary>True where the file is the archive of a Data Center app.</summary>
    public bool IsArchive { get; private init; }

    /// <summary>Understands what a person wrote.</summary>
    /// <exception cref="TargetException">It is no URL, file or folder with a descriptor.</exception>
    public static Target Of(string text)
    {
        if (Shown(text) is var shown && shown != text)
        {
            throw TargetException.Wrong(shown, "was given with a user name or password, which no descriptor needs; take it out of the URL");
        }

        if (text.Contains("://", StringComparison.Ordinal))
        {
            return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "https" or "http"
                ? new Target(text, url, null)
                : throw TargetException.Wrong(
                    text,
                    "is no URL that can be scanned; name the descriptor's URL, such as https://app.example.com/atlassian-connect.json"
                );
        }

        if (Directory.Exists(text))
        {
            return FolderFile(text, ForgeManifestReader.FileNames) is { } manifest ? new Target(text, null, manifest) { IsManifest = true }
                : FolderFile(text, DescriptorPlaces) is { } descriptor ? new Target(text, null, descriptor) { IsRepository = true }
                : throw TargetException.Nothing(
                    text,
                    $"holds no {DescriptorName} and no {string.Join(" or ", ForgeManifestReader.FileNames)}; name the folder of an app, or its descriptor's URL"
                );
        }

        return File.Exists(text)
            ? new Target(text, null, text)
            {
                IsManifest = System.IO.Path.GetExtension(text).ToLowerInvariant() is ".yml" or ".yaml",
                IsZip = System.IO.Path.GetExtension(text).Equals(".zip", StringComparison.OrdinalIgnoreCase),
                IsArchive = System.IO.Path.GetExtension(text).ToLowerInvariant() is ".jar" or ".obr",
            }
            : throw TargetException.Wrong(text, $"is no file or folder; a URL begins with https://, as in https://{text.TrimStart('/')}");
    }

    private static string? FolderFile(string folder, IEnumerable<string> names) =>
        names.Select(name => System.IO.Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>The target as it may be printed and kept: a password in a URL is neither.</summary>
    public static string Shown(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.UserInfo.Length > 0 ? text.Replace($"{url.UserInfo}@", "", StringComparison.Ordinal) : text;
}
