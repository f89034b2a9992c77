using System.IO.Compression;
using Ecoscanner.Packages.Java.Classes;

namespace Ecoscanner.Tests.Core.Packages.Java.Classes;

/// <summary>A release with the bytes of its classes, and ways in which apps ship such code without its metadata.</summary>
/// <param name="Library"><c>group:artifact</c></param>
/// <param name="Classes">By their names with slashes.</param>
internal sealed record PackagedLibrary(string Library, string Version, IReadOnlyDictionary<string, byte[]> Classes)
{
    /// <summary>The classes of a jar, without those for newer Java versions.</summary>
    public static PackagedLibrary Read(string library, string version, string path)
    {
        var classes = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        using var jar = ZipFile.OpenRead(path);
        foreach (var entry in jar.Entries)
        {
            var name = entry.FullName;
            if (
                name.EndsWith(".class", StringComparison.Ordinal)
                && !name.StartsWith("META-INF/", StringComparison.Ordinal)
                && !name.EndsWith("-info.class", StringComparison.Ordinal)
            )
            {
                using var content = entry.Open();
                var bytes = new MemoryStream();
                content.CopyTo(bytes);
                classes.TryAdd(name[..^".class".Length], bytes.ToArray());
            }
        }

        return new PackagedLibrary(library, version, classes);
    }

    /// <summary>The package that most of its classes share, such as <c>org/apache/commons/io</c>.</summary>
    public string Root
    {
        get
        {
            var packages = Classes
                .Keys.Select(name => name.LastIndexOf('/') is > 0 and var slash ? name[..slash] : "")
                .CountBy(package => package, StringComparer.Ordinal);
            var root = packages.OrderByDescending(package => package.Value).Select(package => package.Key).First();
            while (
                root.Contains('/', StringComparison.Ordinal)
                && Classes.Keys.Count(name => name.StartsWith(root + "/", StringComparison.Ordinal)) < 0.9 * Classes.Count
            )
            {
                root = root[..root.LastIndexOf('/')];
            }

            return root;
        }
    }

    public PackagedLibrary Relocated(string from, string to) =>
        this with
        {
            Classes = Classes.ToDictionary(
                type => ClassRelocator.Moved(type.Key, from, to),
                type => ClassRelocator.Relocate(type.Value, from, to),
                StringComparer.Ordinal
            ),
        };

    /// <summary>A share of the classes, as a build leaves that knows what the app uses.</summary>
    public PackagedLibrary Minimised(Random random, double share) =>
        this with
        {
            Classes = Classes.Where(_ => random.NextDouble() < share).ToDictionary(type => type.Key, type => type.Value, StringComparer.Ordinal),
        };

    /// <summary>Without some classes, named with dots.</summary>
    public PackagedLibrary Without(IEnumerable<string> names) =>
        this with
        {
            Classes = Classes
                .Where(type => !names.Contains(type.Key.Replace('/', '.')))
                .ToDictionary(type => type.Key, type => type.Value, StringComparer.Ordinal),
        };

    public IReadOnlyList<FoundClass> Found(ClassFingerprinter fingerprinter)
    {
        var collection = new ClassCollection(fingerprinter);
        foreach (var (name, bytes) in Classes)
        {
            collection.Add(bytes, $"{name}.class", name);
        }

        return collection.Classes;
    }
}
