using System.Buffers;
using System.Runtime.InteropServices;
using Ecoscanner.Source;

namespace Ecoscanner.Packages.Java;

/// <summary>Reads an archive and those in it, whoever made them: what cannot be read ends as a gap, and everything else is read.</summary>
internal sealed class JarTreeReader
{
    private const string MavenFolder = "META-INF/maven/";
    private const int MaximumDescriptorBytes = 4 * 1024 * 1024;

    // Archives with all of a product's modules in one have some hundred.
    private const int MaximumCoordinates = 500;

    // Archives on the first levels are many and large, so several threads read them; below, the threads are busy.
    private const int ParallelDepth = 2;

    // What is smaller holds no library.
    private const int SmallestArchive = 100;

    private static readonly string[] Descriptors = ["atlassian-plugin.xml", "obr.xml"];

    private static readonly string[] ArchiveEndings = [".jar", ".war", ".ear", ".obr", ".zip"];

    // Other endings may be anything, so their first bytes are looked at.
    private static readonly SearchValues<string> Plain = SearchValues.Create(
        [
            ".class",
            ".xml",
            ".properties",
            ".js",
            ".css",
            ".html",
            ".htm",
            ".vm",
            ".soy",
            ".png",
            ".gif",
            ".jpg",
            ".svg",
            ".txt",
            ".json",
            ".map",
            ".md",
            ".java",
            ".ts",
            ".less",
            ".mf",
            ".sf",
            ".rsa",
            ".dsa",
            ".xsd",
            ".dtd",
            ".woff",
            ".woff2",
            ".ttf",
            ".eot",
            ".ico",
            ".so",
            ".dll",
            ".kotlin_module",
            ".groovy",
            ".ftl",
            ".yml",
            ".yaml",
            ".csv",
            ".tld",
            ".jsp",
        ],
        StringComparison.OrdinalIgnoreCase
    );

    private readonly ArchiveReading reading;
    private readonly JarIdentification identification;
    private readonly ArchiveBudget budget;

    private JarTreeReader(ArchiveReading reading, CancellationToken cancellation)
    {
        this.reading = reading;
        identification = new JarIdentification(reading.Groups);
        budget = new ArchiveBudget(reading.Limits, reading.Time, cancellation);
    }

    /// <summary>Reads a file; that it cannot be is a gap as well.</summary>
    public static JarTree Read(string path, ArchiveReading reading, CancellationToken cancellation)
    {
        var name = Path.GetFileName(path);
        var gaps = new List<InventoryGap>();
        var reader = new JarTreeReader(reading, cancellation);
        try
        {
            using var file = ByteSource.OfFile(path);
            return new JarTree(reader.Read(UnpackedArchive.InPlace(file, reader.budget), name, name, [], gaps), gaps);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            gaps.Add(new InventoryGap(name, Reason(e)));
            return new JarTree(null, gaps);
        }
    }

    private JarNode Read(UnpackedArchive unpacked, string place, string name, string[] around, List<InventoryGap> gaps)
    {
        var archive = Archive.Open(unpacked.Source, budget);
        var facts = Facts(archive, name, out var descriptors);
        var libraries = Patched.Of(identification.Identify(facts), archive);
        var inspected = new List<Component>();
        foreach (var inspection in reading.Inspections)
        {
            inspected.AddRange(inspection(new InspectedArchive(place, archive, facts, libraries)));
        }

        var inside = new List<InventoryGap>();
        var children = Children(archive, place, [.. around, unpacked.Sha256], inside);
        gaps.AddRange(archive.Problems.Select(problem => new InventoryGap(problem.Name.Length == 0 ? place : $"{place}!/{problem.Name}", problem.Reason)));
        gaps.AddRange(inside);
        return new JarNode
        {
            Place = place,
            Name = name,
            Sha256 = unpacked.Sha256,
            Facts = facts,
            Libraries = libraries,
            Inspected = inspected,
            Children = children,
            Descriptors = descriptors,
        };
    }

    private static JarFacts Facts(Archive archive, string name, out Dictionary<string, byte[]> descriptors)
    {
        var manifest = Manifest.Empty;
        var roots = new PackageRoots();
        var maven = new Dictionary<string, (ArchiveEntry? Properties, ArchiveEntry? Pom)>(StringComparer.Ordinal);
        descriptors = new(StringComparer.Ordinal);
        foreach (var entry in archive.Entries)
        {
            if (entry.Name.EndsWith(".class", StringComparison.Ordinal))
            {
                roots.Add(entry.Name);
            }
            else if (entry.Name.Equals(Manifest.Path, StringComparison.OrdinalIgnoreCase))
            {
                manifest = archive.ReadStart(entry, Manifest.MaximumBytes, out _) is { } bytes ? Manifest.Parse(bytes) : manifest;
            }
            else if (Descriptors.Contains(entry.Name, StringComparer.Ordinal))
            {
                if (archive.ReadStart(entry, MaximumDescriptorBytes, out _) is { } bytes)
                {
                    descriptors[entry.Name] = bytes;
                }
            }
            else if (
                entry.Name.Contains(MavenFolder, StringComparison.Ordinal)
                && entry.Name.LastIndexOf('/') is var slash
                && entry.Name[(slash + 1)..] is "pom.properties" or "pom.xml"
            )
            {
                ref var files = ref CollectionsMarshal.GetValueRefOrAddDefault(maven, entry.Name[..slash], out _);
                files = entry.Name.EndsWith('s') ? files with { Properties = entry } : files with { Pom = entry };
            }
        }

        return new JarFacts(name[(name.LastIndexOf('/') + 1)..], manifest, Coordinates(archive, maven), roots);
    }

    private static List<MavenCoordinates> Coordinates(Archive archive, Dictionary<string, (ArchiveEntry? Properties, ArchiveEntry? Pom)> folders)
    {
        var all = new List<MavenCoordinates>();
        foreach (var (folder, files) in folders.Take(MaximumCoordinates))
        {
            var inMaven = folder[folder.IndexOf(MavenFolder, StringComparison.Ordinal)..];
            var properties = files.Properties is { } entry ? archive.ReadStart(entry, MavenCoordinates.MaximumPropertiesBytes, out _) : null;
            var coordinates = properties is null ? null : MavenCoordinates.Read(inMaven, properties, null);
            if (coordinates?.Version is null && files.Pom is { } pom)
            {
                coordinates = MavenCoordinates.Read(inMaven, properties, archive.ReadStart(pom, MavenPom.MaximumBytes, out _)) ?? coordinates;
            }

            if (coordinates is not null)
            {
                all.Add(coordinates);
            }
            else
            {
                archive.Refuse(folder, "its Maven files do not tell coordinates");
            }
        }

        if (folders.Count > MaximumCoordinates)
        {
            archive.Refuse(MavenFolder, $"only {MaximumCoordinates} of its {folders.Count} folders were read");
        }

        return all;
    }

    private JarNode[] Children(Archive archive, string place, string[] around, List<InventoryGap> gaps)
    {
        var entries = archive.Entries.Where(entry => IsArchive(archive, entry)).ToList();
        var read = new (JarNode? Node, List<InventoryGap> Gaps)[entries.Count];
        if (around.Length > ParallelDepth || entries.Count < 2)
        {
            for (var at = 0; at < entries.Count; at++)
            {
                read[at] = Child(archive, entries[at], place, around);
            }
        }
        else
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = budget.Cancellation };
            Parallel.For(0, entries.Count, options, at => read[at] = Child(archive, entries[at], place, around));
        }

        gaps.AddRange(read.SelectMany(child => child.Gaps));
        return [.. read.Select(child => child.Node).OfType<JarNode>()];
    }

    private (JarNode? Node, List<InventoryGap> Gaps) Child(Archive archive, ArchiveEntry entry, string around, string[] hashes)
    {
        var place = $"{around}!/{entry.Name}";
        var gaps = new List<InventoryGap>();
        if (hashes.Length >= reading.Limits.Depth)
        {
            return (null, [new InventoryGap(place, $"it is deeper than {reading.Limits.Depth} archives in archives")]);
        }

        try
        {
            using var unpacked = archive.Unpack(entry);
            if (unpacked.Mismatch is { } mismatch)
            {
                gaps.Add(new InventoryGap(place, mismatch));
            }

            if (hashes.Contains(unpacked.Sha256, StringComparer.Ordinal))
            {
                return (null, [new InventoryGap(place, "it is the archive that it stands in, over and over")]);
            }

            return (Read(unpacked, place, entry.Name, hashes, gaps), gaps);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            gaps.Add(new InventoryGap(place, Reason(e)));
            return (null, gaps);
        }
    }

    private static bool IsArchive(Archive archive, ArchiveEntry entry)
    {
        var ending = Path.GetExtension(entry.Name);
        if (ArchiveEndings.Contains(ending, StringComparer.OrdinalIgnoreCase))
        {
            return true;
        }

        return !Plain.Contains(ending) && entry.Size is < 0 or >= SmallestArchive && archive.StartsWith(entry, "PK\u0003\u0004"u8);
    }

    private static string Reason(Exception e) =>
        e.Message.TrimEnd('.') is { Length: > 0 } message ? char.ToLowerInvariant(message[0]) + message[1..] : "it cannot be read";
}
