using System.Text;

namespace Ecoscanner.JavaScript.Resolution;

/// <summary>Files that are given as texts, by name: an unpacked archive, or the sources of a test.</summary>
public sealed class MemoryFiles : IModuleFiles
{
    private readonly Dictionary<string, ReadOnlyMemory<byte>> files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<string>> directories = new(StringComparer.Ordinal) { [""] = new(StringComparer.Ordinal) };

    /// <summary>Takes the texts.</summary>
    /// <exception cref="ArgumentException">A name is absolute, leaves the root, or is a file and a directory at once.</exception>
    public MemoryFiles(IEnumerable<KeyValuePair<string, string>> texts)
        : this(texts.Select(text => KeyValuePair.Create(text.Key, (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(text.Value)))) { }

    /// <summary>Takes the bytes; see the other constructor.</summary>
    public MemoryFiles(IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> contents)
    {
        foreach (var (path, bytes) in contents)
        {
            if (path.Length == 0 || !ModulePath.IsPlain(path) || !files.TryAdd(path, bytes) || directories.ContainsKey(path))
            {
                throw new ArgumentException($"{path} is no name for a file below the root, or stands twice", nameof(contents));
            }

            AddToDirectory(path);
        }
    }

    public FileKind KindOf(string path) =>
        files.ContainsKey(path) ? FileKind.File
        : directories.ContainsKey(path) ? FileKind.Directory
        : FileKind.None;

    public IReadOnlyList<string> Entries(string directory) => directories.TryGetValue(directory, out var names) ? [.. names] : [];

    public string? RealPath(string path) => KindOf(path) == FileKind.None ? null : path;

    public FileContent Read(string path, int maximumBytes) =>
        !files.TryGetValue(path, out var bytes) ? FileContent.Missing
        : bytes.Length > maximumBytes ? FileContent.TooLarge(bytes.Length, maximumBytes)
        : new FileContent(bytes);

    private void AddToDirectory(string path)
    {
        for (var current = path; current.Length > 0; current = ModulePath.DirectoryOf(current))
        {
            var directory = ModulePath.DirectoryOf(current);
            if (files.ContainsKey(directory))
            {
                throw new ArgumentException($"{directory} is a file and a directory", nameof(path));
            }

            var isNew = !directories.TryGetValue(directory, out var names);
            if (isNew)
            {
                directories[directory] = names = new SortedSet<string>(StringComparer.Ordinal);
            }

            names!.Add(ModulePath.NameOf(current));
            if (!isNew)
            {
                return;
            }
        }
    }
}
