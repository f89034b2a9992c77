using Ecoscanner.Packages.Maven;

namespace Ecoscanner.Packages.Gradle;

/// <summary>
/// Reads Gradle's lockfiles: <c>gradle.lockfile</c> with the configurations behind each module, and a <c>NAME.lockfile</c> for each configuration in
/// <c>gradle/dependency-locks</c>, as Gradle before 7 wrote them (Gradle user manual, locking versions). They tell no graph: everything is asked for by the app.
/// </summary>
public static class GradleLockfile
{
    /// <summary>Large builds lock some hundred modules, with a line of some hundred bytes for each.</summary>
    public const int MaximumBytes = 16 * 1024 * 1024;

    private const string FileName = "gradle.lockfile";
    private const string Extension = ".lockfile";
    private const string LegacyFolder = "gradle/dependency-locks/";

    /// <summary>Whether it reads a file of this path. The build script's own locks are no part of the app.</summary>
    public static bool Reads(string path) => path == FileName || path.EndsWith("/" + FileName, StringComparison.Ordinal) || LegacyFolderOf(path) is not null;

    /// <summary>Reads all of them.</summary>
    public static Inventory Read(AppFiles files, CancellationToken cancellation)
    {
        var parts = new List<Inventory>();
        foreach (var folder in files.Paths.Where(Reads).GroupBy(path => LegacyFolderOf(path) ?? path, StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            var builder = new InventoryBuilder();
            var locked = new SortedDictionary<string, (HashSet<string> Configurations, string Place)>(StringComparer.Ordinal);
            var isEmptyRuntime = false;
            foreach (var path in folder)
            {
                isEmptyRuntime |= ReadFile(files, path, builder, locked);
            }

            var hasRuntime = isEmptyRuntime || locked.Values.Any(one => one.Configurations.Any(GradleConfigurations.IsRuntime));
            foreach (var (coordinates, (configurations, place)) in locked)
            {
                var parts3 = coordinates.Split(':');
                var (need, placement) = GradleConfigurations.Of(configurations, hasRuntime);
                if (MavenCoordinates.Component(parts3[0], parts3[1], parts3[2], placement, place) is { } component && builder.Add(component) is { } at)
                {
                    builder.Root(at, need);
                }
                else
                {
                    builder.Gap(place, "its coordinates are none that a repository has");
                }
            }

            parts.Add(builder.Build());
        }

        return Inventory.Joined(parts);
    }

    /// <returns>Whether it says that a runtime class path is empty.</returns>
    private static bool ReadFile(
        AppFiles files,
        string path,
        InventoryBuilder builder,
        SortedDictionary<string, (HashSet<string> Configurations, string Place)> locked
    )
    {
        byte[] bytes;
        try
        {
            bytes = files.Read(path, MaximumBytes) ?? [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            builder.Gap(path, $"it was not read: {e.Message.TrimEnd('.')}");
            return false;
        }

        if (bytes.Length > MaximumBytes)
        {
            builder.Gap(path, $"it has more than {MaximumBytes / 1024 / 1024} MB, and was not read");
            return false;
        }

        var configuration = LegacyFolderOf(path) is { } folder ? path[folder.Length..^Extension.Length] : null;
        var isEmptyRuntime = configuration is not null && GradleConfigurations.IsRuntime(configuration);
        using var reader = new StreamReader(new MemoryStream(bytes));
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            line = line.Trim();
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            var coordinates = equals < 0 ? line : line[..equals];
            var names =
                configuration is not null ? [configuration]
                : equals < 0 ? []
                : line[(equals + 1)..].Split(',');
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (coordinates == "empty")
            {
                isEmptyRuntime |= names.Any(GradleConfigurations.IsRuntime);
            }
            else if (coordinates.Count(letter => letter == ':') == 2)
            {
                if (!locked.TryGetValue(coordinates, out var known))
                {
                    locked[coordinates] = known = (new HashSet<string>(StringComparer.Ordinal), $"{path}#{coordinates}");
                }

                known.Configurations.UnionWith(names);
            }
            else
            {
                builder.Gap($"{path}:{number}", "this line is none of a lockfile of Gradle, and was left out");
            }
        }

        return isEmptyRuntime;
    }

    private static string? LegacyFolderOf(string path)
    {
        var slash = path.LastIndexOf('/') + 1;
        var folder = path[..slash];
        return
            path.EndsWith(Extension, StringComparison.Ordinal)
            && folder.EndsWith(LegacyFolder, StringComparison.Ordinal)
            && (folder.Length == LegacyFolder.Length || folder[^(LegacyFolder.Length + 1)] == '/')
            ? folder
            : null;
    }
}
