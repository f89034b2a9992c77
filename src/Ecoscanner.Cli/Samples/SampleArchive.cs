using System.IO.Compression;

namespace Ecoscanner.Cli.Samples;

/// <summary>Packs the archives of the Data Center samples: a folder whose name ends like an archive's stands for one, and so do those within it.</summary>
internal static class SampleArchive
{
    // The same bytes each time; ZIP knows no day before it.
    private static readonly DateTimeOffset Day = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static bool IsArchive(string folder) => Path.GetExtension(folder) is ".jar" or ".obr";

    /// <summary>Packs a folder into a file of its name.</summary>
    /// <param name="into">The folder for it, which is made where it is not there.</param>
    /// <returns>The file's path.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Its rights forbid it.</exception>
    public static string Write(string folder, string into)
    {
        Directory.CreateDirectory(into);
        var file = Path.Combine(into, Path.GetFileName(folder));
        File.WriteAllBytes(file, Of(folder));
        return file;
    }

    /// <summary>Packs a folder.</summary>
    /// <param name="folder">One of our samples; it holds a few small files.</param>
    public static byte[] Of(string folder)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, folder, "");
        }

        return bytes.ToArray();
    }

    private static void Add(ZipArchive zip, string folder, string under)
    {
        foreach (var path in Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal))
        {
            var name = $"{under}{Path.GetFileName(path)}";
            if (Directory.Exists(path) && !IsArchive(path))
            {
                Add(zip, path, $"{name}/");
                continue;
            }

            var entry = zip.CreateEntry(name);
            entry.LastWriteTime = Day;
            using var stream = entry.Open();
            stream.Write(IsArchive(path) && Directory.Exists(path) ? Of(path) : File.ReadAllBytes(path));
        }
    }
}
