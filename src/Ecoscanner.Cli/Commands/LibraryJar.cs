using System.IO.Compression;
using Ecoscanner.Packages.Java.Classes;
using Ecoscanner.Reports;

namespace Ecoscanner.Cli.Commands;

/// <summary>A jar of a library that a person names, with its coordinates and classes.</summary>
/// <param name="Library"><c>group:artifact</c></param>
internal sealed record LibraryJar(string Library, string Version, ClassCollection Classes)
{
    // A method has 64 KiB of code at most, and the largest generated parsers have some megabytes.
    private const int MaximumClassBytes = 32 << 20;

    private const int MaximumPropertiesCharacters = 64 << 10;

    /// <summary>Reads a jar.</summary>
    /// <param name="named">Its path, with its coordinates and an equals sign before it where it does not say them.</param>
    /// <exception cref="ExitException">It cannot be read, or its coordinates are not known.</exception>
    public static LibraryJar Read(string named, ClassFingerprinter fingerprinter)
    {
        var (coordinates, path) =
            named.IndexOf('=', StringComparison.Ordinal) is > 0 and var at && !File.Exists(named) ? (named[..at], named[(at + 1)..]) : (null, named);
        try
        {
            using var archive = ZipFile.OpenRead(path);
            var parts = (coordinates ?? Coordinates(archive, path))?.Split(':');
            if (parts is not [{ Length: > 0 } group, { Length: > 0 } artifact, { Length: > 0 } version])
            {
                throw new ExitException(ExitCode.Usage, $"{path} does not say what it is; name it GROUP:ARTIFACT:VERSION={path}");
            }

            var classes = new ClassCollection(fingerprinter);
            foreach (var entry in archive.Entries.Where(entry => entry.FullName.EndsWith(".class", StringComparison.Ordinal)))
            {
                using var content = entry.Open();
                classes.Add(Bytes(content, path), entry.FullName, $"{path}!/{entry.FullName}");
            }

            return new LibraryJar($"{group}:{artifact}", version, classes);
        }
        catch (InvalidDataException e)
        {
            throw new ExitException(ExitCode.Usage, $"{path} is no jar or damaged; name a whole one", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw TextFiles.Unreadable(path, e);
        }
    }

    // Where several libraries are in it, the one that the file is named after.
    private static string? Coordinates(ZipArchive archive, string path)
    {
        var all = archive
            .Entries.Where(entry =>
                entry.FullName.StartsWith("META-INF/maven/", StringComparison.Ordinal) && entry.FullName.EndsWith("/pom.properties", StringComparison.Ordinal)
            )
            .Select(Properties)
            .ToList();
        return
            (
                all.Count == 1
                    ? all[0]
                    : all.Find(properties =>
                        Path.GetFileName(path) == $"{properties.GetValueOrDefault("artifactId")}-{properties.GetValueOrDefault("version")}.jar"
                    )
            )
                is { } found
            ? $"{found.GetValueOrDefault("groupId")}:{found.GetValueOrDefault("artifactId")}:{found.GetValueOrDefault("version")}"
            : null;
    }

    private static Dictionary<string, string> Properties(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        var text = new char[MaximumPropertiesCharacters];
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.AsSpan(0, reader.ReadBlock(text)).EnumerateLines())
        {
            if (line.IndexOf('=') is > 0 and var equals && line[0] != '#')
            {
                properties[line[..equals].Trim().ToString()] = line[(equals + 1)..].Trim().ToString();
            }
        }

        return properties;
    }

    private static byte[] Bytes(Stream content, string path)
    {
        var bytes = new MemoryStream();
        var buffer = new byte[1 << 16];
        while (content.Read(buffer) is > 0 and var read)
        {
            if (bytes.Length + read > MaximumClassBytes)
            {
                throw new ExitException(ExitCode.Usage, $"{path} holds a class larger than {MaximumClassBytes >> 20} MB; leave it out");
            }

            bytes.Write(buffer.AsSpan(0, read));
        }

        return bytes.ToArray();
    }
}
