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
        var problems = new List<ForgeFolderProblem>();
        var package = Package(folder.Read, problems);
        var folderName = Path.GetFileName(Path.TrimEndingDirectorySeparator(folderPath)) is { Length: > 0 } last ? last : "app";
        return Of(ForgeManifestReader.Read(bytes), package, folderName) with
        {
            Source = Plain(manifestPath),
            ManifestName = Path.GetFileName(full),
            Folder = folderPath,
            FolderProblems = problems,
        };
    }

    /// <summary>Reads the one app of a ZIP, such as a host of repositories makes of one: its source may lie in a folder of it.</summary>
    /// <exception cref="InvalidDataException">It is no ZIP, one that no source needs, or not one of one app.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file's rights forbid it.</exception>
    public static ForgeApp ReadZip(string path, CancellationToken cancellation)
    {
        using var zip = SourceZip.Open(File.OpenRead(path));
        var manifestPath = ManifestOf(zip);
        var folder = manifestPath[..(manifestPath.LastIndexOf('/') + 1)];
        var source = zip.Unpack(folder, cancellation);
        var manifestName = manifestPath[folder.Length..];
        if (!source.Files.TryGetValue(manifestName, out var bytes))
        {
            throw new InvalidDataException($"{manifestPath} {source.Problems.First(problem => problem.Path == manifestName).Reason}");
        }

        var problems = source.Problems.ToList();
        var package = Package((name, _) => source.Files.TryGetValue(name, out var found) ? found.ToArray() : null, problems);
        return Of(ForgeManifestReader.Read(bytes.Span), package, Path.GetFileNameWithoutExtension(path)) with
        {
            Source = Plain(path),
            ManifestName = manifestName,
            Files = source.Files,
            FolderProblems = problems,
        };
    }

    private static ForgeApp Of(ForgeManifest manifest, string? package, string fallback) =>
        new(Key(manifest) ?? fallback, Name(manifest) ?? PackageTitle(package) ?? fallback)
        {
            Source = "",
            Manifest = manifest,
            Folder = null,
            PackageJson = package,
            Servers = ForgeServers.Of(manifest, Name(manifest) ?? PackageTitle(package) ?? fallback),
        };

    /// <summary>The manifest that lies highest; where several lie equally high there is no telling which app is meant.</summary>
    private static string ManifestOf(SourceZip zip)
    {
        var manifests = zip
            .Names.Where(name => ForgeManifestReader.FileNames.Contains(name[(name.LastIndexOf('/') + 1)..], StringComparer.Ordinal))
            .Where(name => !name.Split('/').Contains("node_modules", StringComparer.Ordinal))
            .GroupBy(name => name.Count(letter => letter == '/'))
            .MinBy(group => group.Key);
        return manifests?.Order(StringComparer.Ordinal).ToList() switch
        {
            null => throw new InvalidDataException(
                $"it holds no {string.Join(" or ", ForgeManifestReader.FileNames)} that can be read; make one of a Forge app's folder"
            ),
            [var manifest] => manifest,
            [var first, var second, ..] => throw new InvalidDataException(
                $"it holds several apps, {Quoted.Bare(first)} and {Quoted.Bare(second)}; unpack it and name the folder of one"
            ),
            _ => throw new InvalidOperationException("a group has one member at least"),
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

    private static string? Package(Func<string, int, byte[]?> read, List<ForgeFolderProblem> problems)
    {
        try
        {
            if (read(PackageName, MaximumPackageBytes) is not { } bytes)
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
