using System.Text.Json;
using Ecoscanner.Advisories.Indexing;
using Ecoscanner.Apps.DataCenter;
using Ecoscanner.Apps.Forge;
using Ecoscanner.Packages;
using Ecoscanner.Reports;

namespace Ecoscanner.Cli.Inventories;

/// <summary>What a person named to be told the dependencies of.</summary>
/// <param name="Name">The app's.</param>
/// <param name="Version">Null where it is not known.</param>
internal sealed record InventoryTarget(string Name, string? Version, Inventory Inventory)
{
    /// <summary>Reads a target of any kind. Kinds to come are added here, and every command knows them.</summary>
    /// <exception cref="ExitException">It is not there, cannot be read, or is of no kind that tells of dependencies.</exception>
    /// <param name="advisories">What tells groups of libraries in archives; null where there are none on this machine.</param>
    public static InventoryTarget Read(string target, AdvisoryIndex? advisories, CancellationToken cancellation)
    {
        try
        {
            if (Directory.Exists(target))
            {
                return Folder(target, AppFiles.OfFolder(target, DependencyFiles.Reads, cancellation), cancellation);
            }

            if (target.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
            {
                return Archive(target, cancellation);
            }

            var name = Path.GetFileName(target);
            if (File.Exists(target) && IsArchive(name))
            {
                return new InventoryTarget(
                    Path.GetFileNameWithoutExtension(name),
                    null,
                    DataCenterInventory.Of(target, DataCenterReading.Of(advisories), cancellation)
                );
            }

            return File.Exists(target) && DependencyFiles.Reads(name) ? Lockfile(target, name, cancellation) : Named(target, name);
        }
        catch (InvalidDataException e)
        {
            throw new ExitException(ExitCode.Usage, $"{target}: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw TextFiles.Unreadable(target, e);
        }
    }

    private static bool IsArchive(string name) => Path.GetExtension(name).ToLowerInvariant() is ".jar" or ".obr" or ".war" or ".ear" or ".par";

    private static InventoryTarget Folder(string target, AppFiles files, CancellationToken cancellation)
    {
        var inventory = DependencyFiles.Read(files, cancellation);
        if (files.Paths.Count == 0 && files.Gaps.Count == 0)
        {
            throw new ExitException(
                ExitCode.NothingToScan,
                $"{target} holds no package.json and no lockfile; name the folder of an app, an SBOM, or the text of mvn dependency:tree or gradle dependencies"
            );
        }

        var (name, version) = Package(files);
        var fallback = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(target)));
        return new InventoryTarget(name ?? (fallback.Length > 0 ? fallback : "app"), version, inventory);
    }

    private static InventoryTarget Archive(string target, CancellationToken cancellation)
    {
        var app = ForgeAppReader.ReadZip(target, cancellation);
        var files = AppFiles.OfMemory(app.Files!, DependencyFiles.Reads);
        var gaps = app.FolderProblems.Where(problem => DependencyFiles.Reads(problem.Path)).Select(problem => new InventoryGap(problem.Path, problem.Reason));
        var read = Folder(target, files with { Gaps = [.. gaps] }, cancellation);
        return read with { Name = app.Name };
    }

    private static InventoryTarget Lockfile(string target, string name, CancellationToken cancellation)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(target))!;
        // Only manifests are read beside the one that was named.
        return Folder(target, AppFiles.OfFolder(folder, path => path == name || Path.GetFileName(path) == "package.json", cancellation), cancellation);
    }

    private static InventoryTarget Named(string target, string name)
    {
        var bytes = TextFiles.Bytes(target, DependencyFiles.MaximumBytes);
        return bytes.Length <= DependencyFiles.MaximumBytes && DependencyFiles.Read(bytes, name) is { } inventory
            ? new InventoryTarget(Path.GetFileNameWithoutExtension(name), null, inventory)
            : throw new ExitException(
                ExitCode.Usage,
                $"{target} tells of no dependencies; name the folder of an app, an archive (.jar, .obr, .war), an SBOM (CycloneDX or SPDX, as JSON), or the text of mvn dependency:tree or gradle dependencies"
            );
    }

    private static (string? Name, string? Version) Package(AppFiles files)
    {
        const int Most = 1024 * 1024;
        try
        {
            using var document = files.Read("package.json", Most) is { Length: <= Most } bytes ? JsonDocument.Parse(bytes) : null;
            return (Text("name"), Text("version"));

            string? Text(string property) =>
                document?.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty(property, out var value)
                && value.ValueKind is JsonValueKind.String
                && value.GetString() is { Length: > 0 } text
                    ? text
                    : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            // It only names the app here, and what is wrong with it is a gap already.
            return (null, null);
        }
    }
}
