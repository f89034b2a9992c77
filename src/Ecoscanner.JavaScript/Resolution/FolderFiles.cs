using System.Security;

namespace Ecoscanner.JavaScript.Resolution;

/// <summary>The files of a folder on disk, which strangers may have filled: no name and no symbolic link leads out of it.</summary>
/// <remarks>
/// A name exists only as its directory lists it, so that no file system's idea of case, short names or trailing dots finds it under another.
/// Directories are read once; what changes later is not seen. Not for several threads at once.
/// </remarks>
public sealed class FolderFiles : IModuleFiles
{
    /// <summary>Names beyond these of one directory do not exist.</summary>
    public const int MaximumDirectoryEntries = 100_000;

    /// <summary>As many symbolic links as Linux follows for one name.</summary>
    public const int MaximumLinks = 40;

    // What was read of directories is forgotten past this, so that memory stays bounded.
    private const int MaximumCachedDirectories = 50_000;

    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = true };
    private static readonly Dictionary<string, Entry> Nothing = new(StringComparer.Ordinal);

    private readonly string root;
    private readonly string[] rootSpellings;
    private readonly Dictionary<string, Dictionary<string, Entry>> listings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Place> places = new(StringComparer.Ordinal);

    /// <summary>Takes the folder, which must exist.</summary>
    /// <exception cref="DirectoryNotFoundException">There is none.</exception>
    public FolderFiles(string root)
    {
        this.root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        if (!Directory.Exists(this.root))
        {
            throw new DirectoryNotFoundException($"{root} is no folder");
        }

        var real = Directory.ResolveLinkTarget(this.root, returnFinalTarget: true)?.FullName ?? this.root;
        rootSpellings = [this.root, Path.TrimEndingDirectorySeparator(real)];
    }

    public FileKind KindOf(string path) =>
        Locate(path) switch
        {
            null => FileKind.None,
            { IsDirectory: true } => FileKind.Directory,
            _ => FileKind.File,
        };

    public IReadOnlyList<string> Entries(string directory) =>
        Locate(directory) is { IsDirectory: true } place ? [.. Listing(place.Path).Keys.Order(StringComparer.Ordinal)] : [];

    public string? RealPath(string path) => Locate(path)?.Path;

    public FileContent Read(string path, int maximumBytes)
    {
        if (Locate(path) is not { IsDirectory: false } place)
        {
            return FileContent.Missing;
        }

        try
        {
            var file = new FileInfo(OnDisk(place.Path));
            // A pipe or a device says 0 as well, and opening it could wait for ever.
            if (file.Length == 0)
            {
                return new FileContent(default);
            }

            if (file.Length > maximumBytes)
            {
                return FileContent.TooLarge(file.Length, maximumBytes);
            }

            using var stream = file.OpenRead();
            // It may have grown; it is not read past what it had.
            var bytes = new byte[file.Length];
            return new FileContent(bytes.AsMemory(0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)));
        }
        catch (Exception e) when (IsRefusal(e))
        {
            return new FileContent(default, $"could not be read: {e.Message}");
        }
    }

    private Place? Locate(string path)
    {
        if (path.Length == 0)
        {
            return new Place("", IsDirectory: true);
        }

        if (places.TryGetValue(path, out var known))
        {
            return known;
        }

        if (!ModulePath.IsPlain(path))
        {
            return null;
        }

        var place = Locate(ModulePath.DirectoryOf(path)) is { IsDirectory: true } parent ? Walk(parent.Path, ModulePath.NameOf(path)) : null;
        // Files are asked for by the thousand and most do not exist; only directories are worth remembering.
        if (place is { IsDirectory: true } directory && places.Count < MaximumCachedDirectories)
        {
            places[path] = directory;
        }

        return place;
    }

    /// <summary>Follows a name, and every link it leads to, one segment at a time from a place without links.</summary>
    private Place? Walk(string directory, string name)
    {
        var pending = new Stack<string>([name]);
        var place = new Place(directory, IsDirectory: true);
        var links = 0;
        while (pending.TryPop(out var segment))
        {
            if (!place.IsDirectory)
            {
                return null;
            }

            if (segment is "" or ".")
            {
                continue;
            }

            if (segment == "..")
            {
                if (place.Path.Length == 0)
                {
                    return null;
                }

                place = new Place(ModulePath.DirectoryOf(place.Path), IsDirectory: true);
                continue;
            }

            if (!Listing(place.Path).TryGetValue(segment, out var entry))
            {
                return null;
            }

            if (!entry.IsLink)
            {
                place = new Place(ModulePath.Join(place.Path, segment), entry.IsDirectory);
                continue;
            }

            links++;
            if (links > MaximumLinks || entry.Target is not { } target || pending.Count + target.Length > ModulePath.MaximumLength)
            {
                return null;
            }

            if (Path.IsPathRooted(target))
            {
                if (InsideRoot(target) is not { } inside)
                {
                    return null;
                }

                target = inside;
                place = new Place("", IsDirectory: true);
            }

            foreach (var part in target.Split('/', Path.DirectorySeparatorChar).Reverse())
            {
                pending.Push(part);
            }
        }

        return place;
    }

    private string? InsideRoot(string target) =>
        rootSpellings
            .Where(spelling => target == spelling || target.StartsWith(spelling + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            .Select(spelling => target[spelling.Length..])
            .FirstOrDefault();

    private Dictionary<string, Entry> Listing(string directory)
    {
        if (listings.TryGetValue(directory, out var known))
        {
            return known;
        }

        if (listings.Count >= MaximumCachedDirectories)
        {
            listings.Clear();
        }

        return listings[directory] = List(directory);
    }

    private Dictionary<string, Entry> List(string directory)
    {
        try
        {
            return new DirectoryInfo(OnDisk(directory))
                .EnumerateFileSystemInfos("*", Everything)
                .Take(MaximumDirectoryEntries)
                .ToDictionary(info => info.Name, EntryOf, StringComparer.Ordinal);
        }
        catch (Exception e) when (IsRefusal(e) || e is ArgumentException)
        {
            return Nothing;
        }
    }

    private static Entry EntryOf(FileSystemInfo info) =>
        info.Attributes.HasFlag(FileAttributes.ReparsePoint)
            ? new Entry(IsDirectory: false, IsLink: true, info.LinkTarget)
            : new Entry(info.Attributes.HasFlag(FileAttributes.Directory), IsLink: false, Target: null);

    private string OnDisk(string path) => Path.Join(root, path);

    private static bool IsRefusal(Exception e) => e is IOException or UnauthorizedAccessException or SecurityException;

    private readonly record struct Entry(bool IsDirectory, bool IsLink, string? Target);

    private sealed record Place(string Path, bool IsDirectory);
}
