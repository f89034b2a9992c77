using System.Text;
using System.Text.Json;

namespace Ecoscanner.Apps.Forge;

/// <summary>Reads a Forge app from its source: the manifest, and what lies beside it.</summary>
public static class ForgeAppReader
{
    private const string IdPrefix = "ari:cloud:ecosystem::app/";
    private const string PackageName = "package.json";

    // Those of large public apps have 20 KB.
    private const int MaximumPackageBytes = 1024 * 1024;

    /// <summary>Reads the app whose manifest this is.</summary>
    /// <param name="manifestPath">The manifest's file, as a person named it.</param>
    /// <exception cref="IOException">The manifest cannot be read, or leads out of its folder.</exception>
    /// <exception cref="UnauthorizedAccessException">The manifest's rights forbid it.</exception>
    public static ForgeApp Read(string manifestPath)
    {
        var full = Path.GetFullPath(manifestPath);
        var folderPath = Path.GetDirectoryName(full) ?? full;
        var folder = new ForgeFolder(folderPath);
        var bytes =
            folder.Read(Path.GetFileName(full), ForgeManifestReader.MaximumBytes) ?? throw new FileNotFoundException("there is no such file", manifestPath);
        var manifest = ForgeManifestReader.Read(bytes);
        var problems = new List<ForgeFolderProblem>();
        var package = Package(folder, problems);
        var folderName = Path.GetFileName(Path.TrimEndingDirectorySeparator(folderPath)) is { Length: > 0 } last ? last : "app";
        return new ForgeApp(Key(manifest) ?? folderName, Name(manifest) ?? PackageTitle(package) ?? folderName)
        {
            Source = Plain(manifestPath),
            Manifest = manifest,
            Folder = folderPath,
            PackageJson = package,
            FolderProblems = problems,
        };
    }

    // "./manifest.yml" is what a scan of "." makes.
    private static string Plain(string path) =>
        path.StartsWith("./", StringComparison.Ordinal) || path.StartsWith(".\\", StringComparison.Ordinal) ? path[2..] : path;

    private static string? Key(ForgeManifest manifest)
    {
        if (manifest.App.Id is not { IsFixed: true, Value: { Length: > 0 } id })
        {
            return null;
        }

        return id.StartsWith(IdPrefix, StringComparison.Ordinal) && id.Length > IdPrefix.Length ? id[IdPrefix.Length..] : id;
    }

    // Older manifests have one.
    private static string? Name(ForgeManifest manifest) => (manifest.Root.At("app.name") as ManifestText)?.Value is { Length: > 0 } name ? name : null;

    private static string? Package(ForgeFolder folder, List<ForgeFolderProblem> problems)
    {
        try
        {
            if (folder.Read(PackageName, MaximumPackageBytes) is not { } bytes)
            {
                return null;
            }

            if (bytes.Length <= MaximumPackageBytes)
            {
                return Encoding.UTF8.GetString(bytes);
            }

            problems.Add(new ForgeFolderProblem(PackageName, $"it has more than {MaximumPackageBytes / 1024} KB and was not read"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(new ForgeFolderProblem(PackageName, $"was not read: {e.Message.TrimEnd('.')}"));
        }

        return null;
    }

    private static string? PackageTitle(string? package)
    {
        if (package is null)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(package);
            return
                document.RootElement.ValueKind is JsonValueKind.Object
                && document.RootElement.TryGetProperty("name", out var name)
                && name.ValueKind is JsonValueKind.String
                && name.GetString() is { Length: > 0 } text
                ? text
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // It only names the app here; a half surrogate in it is no reason to stop.
            return null;
        }
    }
}
