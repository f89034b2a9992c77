using System.IO.Compression;
using Ecoscanner.Source;

namespace Ecoscanner.Apps.Forge;

/// <summary>
/// A ZIP of sources that strangers may have made. It is read into memory, so that no name of an entry leads anywhere, and what an entry says of its
/// size is not believed.
/// </summary>
internal sealed class SourceZip : IDisposable
{
    /// <summary>A repository's ZIP with its pictures has up to some 50 MB.</summary>
    public const long MaximumZipBytes = 256L * 1024 * 1024;

    /// <summary>As much as the largest source that is read.</summary>
    public const int MaximumFileBytes = 16 * 1024 * 1024;

    /// <summary>All files of an app together, without packages.</summary>
    public const long MaximumTotalBytes = 512L * 1024 * 1024;

    /// <summary>Source becomes 3 to 10 times smaller, tables perhaps 100; DEFLATE ends at 1,032.</summary>
    public const int MaximumRatio = 200;

    // Below it, a file may be as empty as it likes: a megabyte hurts nobody.
    private const int RatioFrom = 1024 * 1024;

    // A ZIP that is wrong so often is told enough.
    private const int MaximumProblems = 200;

    // File types in the upper half of an entry's attributes, where a Unix made it (stat, st_mode).
    private const int TypeMask = 0xF000;
    private const int SymbolicLink = 0xA000;
    private const int RegularFile = 0x8000;

    private static readonly string[] Skipped = ["node_modules", ".git", ".hg", ".svn", ".yarn", "__MACOSX"];

    private readonly ZipArchive zip;
    private readonly Dictionary<string, ZipArchiveEntry> files = new(StringComparer.Ordinal);
    private readonly List<ForgeFolderProblem> problems = [];

    private SourceZip(ZipArchive zip)
    {
        this.zip = zip;
        var names = zip.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal).ToList();
        foreach (var entry in zip.Entries.Where(entry => !entry.FullName.EndsWith('/') || entry.Length > 0))
        {
            if (EntryName.Wrong(entry.FullName) is { } wrong)
            {
                Refuse(entry.FullName, wrong);
            }
            else if (IsAmbiguous(names, entry.FullName))
            {
                Refuse(entry.FullName, "it stands more than once in the ZIP, so which of them counts is not known");
            }
            else
            {
                files.Add(entry.FullName, entry);
            }
        }
    }

    /// <summary>Names of the files, separated by <c>/</c>, none of which leads out of the ZIP.</summary>
    public IReadOnlyCollection<string> Names => files.Keys;

    /// <summary>Opens a ZIP.</summary>
    /// <param name="stream">Disposed of with it.</param>
    /// <exception cref="InvalidDataException">It is none, or no source needs such a one.</exception>
    public static SourceZip Open(Stream stream)
    {
        try
        {
            ZipDirectory.Check(stream);
            return new SourceZip(new ZipArchive(stream, ZipArchiveMode.Read));
        }
        catch (Exception e) when (IsBroken(e))
        {
            stream.Dispose();
            throw e as InvalidDataException ?? new InvalidDataException(e.Message, e);
        }
    }

    /// <summary>Reads the files of a folder, without packages and repositories.</summary>
    /// <param name="folder">Its name with the last slash; empty for all.</param>
    /// <exception cref="InvalidDataException">They are larger than any source.</exception>
    public UnpackedSource Unpack(string folder, CancellationToken cancellation)
    {
        var unpacked = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        var total = 0L;
        foreach (var (name, entry) in files.Where(file => file.Key.StartsWith(folder, StringComparison.Ordinal) && !IsSkipped(file.Key)))
        {
            cancellation.ThrowIfCancellationRequested();
            var (bytes, wrong) = Read(entry);
            if (wrong is not null)
            {
                Refuse(name, wrong);
                continue;
            }

            total += bytes.Length;
            if (total > MaximumTotalBytes)
            {
                throw new InvalidDataException($"its files have more than {MaximumTotalBytes / 1024 / 1024} MB; leave out what is built or no source");
            }

            unpacked.Add(name[folder.Length..], bytes);
        }

        return new UnpackedSource(
            unpacked,
            [.. problems.Where(problem => IsIn(folder, problem.Path)).Select(problem => problem with { Path = Below(folder, problem.Path) })]
        );
    }

    public void Dispose() => zip.Dispose();

    /// <summary>An entry's bytes, or why they were not read.</summary>
    private static (byte[] Bytes, string? Wrong) Read(ZipArchiveEntry entry)
    {
        if (WrongKind(entry) is { } kind)
        {
            return ([], kind);
        }

        if (entry.Length > MaximumFileBytes)
        {
            return ([], $"it has more than {MaximumFileBytes / 1024 / 1024} MB");
        }

        if (entry.Length > RatioFrom && entry.Length / MaximumRatio > entry.CompressedLength)
        {
            return ([], $"it would become more than {MaximumRatio} times as large, as no source does");
        }

        try
        {
            using var stream = entry.Open();
            // One byte more shows that there is more than it says.
            var buffer = new byte[entry.Length + 1];
            var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return length == entry.Length ? (buffer[..length], null) : ([], "it has not the length that the ZIP says");
        }
        catch (Exception e) when (IsBroken(e))
        {
            return ([], $"it cannot be unpacked: {e.Message.TrimEnd('.')}");
        }
    }

    private static string? WrongKind(ZipArchiveEntry entry) =>
        entry.IsEncrypted
            ? "it is encrypted"
            : ((entry.ExternalAttributes >> 16) & TypeMask) switch
            {
                SymbolicLink => "it is a symbolic link, and links of a ZIP are not followed",
                0 or RegularFile => null,
                _ => "it is no file",
            };

    private static bool IsSkipped(string name) => name.Split('/').SkipLast(1).Any(folder => Skipped.Contains(folder, StringComparer.Ordinal));

    /// <summary>Whether a name stands twice, or is a folder's as well.</summary>
    private static bool IsAmbiguous(List<string> sorted, string name)
    {
        var at = sorted.BinarySearch(name, StringComparer.Ordinal);
        var inFolder = $"{name}/";
        var below = sorted.BinarySearch(inFolder, StringComparer.Ordinal);
        below = below < 0 ? ~below : below;
        return (at > 0 && sorted[at - 1] == name)
            || (at < sorted.Count - 1 && sorted[at + 1] == name)
            || (below < sorted.Count && sorted[below].StartsWith(inFolder, StringComparison.Ordinal));
    }

    // What leads anywhere could have been meant to lead into the app's folder.
    private static bool IsIn(string folder, string name) => name.StartsWith(folder, StringComparison.Ordinal) || EntryName.Wrong(name) is not null;

    private static string Below(string folder, string name) => name.StartsWith(folder, StringComparison.Ordinal) ? name[folder.Length..] : name;

    private void Refuse(string name, string reason)
    {
        if (problems.Count >= MaximumProblems)
        {
            return;
        }

        var last = problems.Count == MaximumProblems - 1;
        problems.Add(
            new ForgeFolderProblem(EntryName.Shown(name), $"was not read: {reason}{(last ? ", and others of the ZIP were not either" : "")}")
            {
                MayHideCode = last || MayBeCode(name),
            }
        );
    }

    // A folder's link has no ending, and a link of any name may be what a source takes.
    private static bool MayBeCode(string name) =>
        Path.GetExtension(name).ToLowerInvariant()
            is ""
                or ".js"
                or ".jsx"
                or ".ts"
                or ".tsx"
                or ".mjs"
                or ".cjs"
                or ".mts"
                or ".cts"
                or ".json"
                or ".yml"
                or ".yaml";

    private static bool IsBroken(Exception e) => e is IOException or InvalidDataException or NotSupportedException or ArgumentException or OverflowException;
}

/// <summary>The files of an app that came in a ZIP, by their names below the app's folder.</summary>
/// <param name="Problems">What of it was not read, and why.</param>
internal sealed record UnpackedSource(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Files, IReadOnlyList<ForgeFolderProblem> Problems);
