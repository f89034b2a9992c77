using System.Security;

namespace Ecoscanner.Packages;

/// <summary>The files of an app's source that tell of its dependencies: those of a folder on disk, or of an archive in memory.</summary>
/// <param name="Paths">Below the app's folder, with forward slashes.</param>
/// <param name="Read">The bytes of one of them, one more than the most at most, so that the reader can see that it is too long; null where there is no such file.
/// It throws what <see cref="File.OpenRead"/> throws.</param>
/// <param name="Gaps">Folders that were not looked into.</param>
public sealed record AppFiles(IReadOnlyList<string> Paths, Func<string, int, byte[]?> Read, IReadOnlyList<InventoryGap> Gaps)
{
    // A large monorepo has some ten thousand folders of its own.
    private const int MaximumFolders = 50_000;

    // Apps with many static resources have some dozens.
    private const int MaximumFiles = 5_000;

    // Deeper than any source; each name makes as many folders.
    private const int MaximumDepth = 40;

    private static readonly string[] Skipped = ["node_modules", ".git", ".hg", ".svn", ".yarn", ".gradle"];

    /// <summary>Those of a folder on disk; no symbolic link is followed, and no folder of packages is entered.</summary>
    /// <param name="isWanted">By the file's path below the folder.</param>
    public static AppFiles OfFolder(string root, Func<string, bool> isWanted, CancellationToken cancellation)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        var paths = new List<string>();
        var gaps = new List<InventoryGap>();
        var waiting = new Queue<(string Folder, int Depth)>([("", 0)]);
        for (var seen = 0; waiting.TryDequeue(out var at); seen++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (seen >= MaximumFolders || paths.Count >= MaximumFiles || at.Depth > MaximumDepth)
            {
                gaps.Add(new InventoryGap(at.Folder, "it was not searched for lockfiles: there are too many folders, or too deep ones; scan a smaller folder"));
                if (at.Depth > MaximumDepth)
                {
                    continue;
                }

                break;
            }

            try
            {
                foreach (
                    var entry in new DirectoryInfo(Path.Combine(full, at.Folder)).EnumerateFileSystemInfos().OrderBy(one => one.Name, StringComparer.Ordinal)
                )
                {
                    var path = at.Folder.Length == 0 ? entry.Name : $"{at.Folder}/{entry.Name}";
                    if (entry.LinkTarget is not null)
                    {
                        if (entry is FileInfo && isWanted(path))
                        {
                            gaps.Add(new InventoryGap(path, "it is a symbolic link, and was not followed"));
                        }
                    }
                    else if (entry is DirectoryInfo)
                    {
                        if (!Skipped.Contains(entry.Name, StringComparer.Ordinal))
                        {
                            waiting.Enqueue((path, at.Depth + 1));
                        }
                    }
                    else if (isWanted(path))
                    {
                        paths.Add(path);
                    }
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or SecurityException)
            {
                gaps.Add(new InventoryGap(at.Folder, $"it was not searched for lockfiles: {e.Message.TrimEnd('.')}"));
            }
        }

        return new AppFiles(paths, (path, most) => ReadFile(Path.Combine(full, path), most), gaps);
    }

    /// <summary>Those of an archive that was read into memory.</summary>
    public static AppFiles OfMemory(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, Func<string, bool> isWanted) =>
        new(
            [.. files.Keys.Where(path => isWanted(path) && !path.Split('/').Intersect(Skipped, StringComparer.Ordinal).Any()).Order(StringComparer.Ordinal)],
            (path, most) => files.TryGetValue(path, out var bytes) ? bytes[..(int)Math.Min(bytes.Length, most + 1L)].ToArray() : null,
            []
        );

    private static byte[]? ReadFile(string path, int most)
    {
        var file = new FileInfo(path);
        if (!file.Exists || file.LinkTarget is not null)
        {
            return null;
        }

        // A pipe or a device says 0 as well, and opening it could wait for ever.
        if (file.Length == 0)
        {
            return [];
        }

        using var stream = file.OpenRead();
        var bytes = new byte[(int)Math.Min(file.Length, most + 1L)];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length == bytes.Length ? bytes : bytes[..length];
    }
}
