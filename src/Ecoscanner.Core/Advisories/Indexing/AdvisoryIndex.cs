using System.Buffers;
using System.Text;
using Ecoscanner.Packages;

namespace Ecoscanner.Advisories.Indexing;

/// <summary>All known advisories on this machine, in one file that is mapped into memory. Safe for use from several threads.</summary>
/// <remarks>Each member may find the file damaged, and throws <see cref="AdvisoryIndexException"/> then: what is broken gives no answer.</remarks>
public sealed partial class AdvisoryIndex : IDisposable
{
    /// <summary>Hexadecimal digits of the snapshot that people compare.</summary>
    public const int ShortSnapshotLength = 12;

    // Names are shorter: npm allows 214 characters, and Maven's are paths of a file system.
    private const int UsualNameBytes = 512;

    private readonly IndexFile file;
    private readonly Lazy<IndexAbout> about;

    private AdvisoryIndex(IndexFile file)
    {
        this.file = file;
        Snapshot = Convert.ToHexStringLower(file.Snapshot);
        about = new(() => IndexAbout.Read(file));
    }

    /// <summary>A hash over all that is in it, in lower-case hex: equal ones answer equally, wherever and whenever they were built.</summary>
    public string Snapshot { get; }

    /// <summary>Its first digits, for people.</summary>
    public string ShortSnapshot => Snapshot[..ShortSnapshotLength];

    public DateTimeOffset Built => file.Built;

    /// <summary>What it was made of.</summary>
    public IReadOnlyList<IndexSource> Sources => about.Value.Sources;

    /// <summary>True where this version of the program read the records; another one may have read them otherwise.</summary>
    public bool IsOfThisProgram => about.Value.Program == IndexAbout.ThisProgram;

    public string Path => file.Path;

    /// <summary>Bytes of the file.</summary>
    public long Length => file.Length;

    /// <summary>Advisories, withdrawn ones too.</summary>
    public int Count => Advisories.Length;

    public int PackageCount => Packages.Length;

    /// <summary>Entries of CISA's catalogue.</summary>
    public int ExploitedCount => file.Table<ExploitedRecord>(IndexSection.Exploited).Length;

    /// <summary>CVEs with an EPSS score.</summary>
    public int PredictedCount => file.Table<PredictedRecord>(IndexSection.Predicted).Length;

    private ReadOnlySpan<AdvisoryRecord> Advisories => file.Table<AdvisoryRecord>(IndexSection.Advisories);

    private ReadOnlySpan<PackageRecord> Packages => file.Table<PackageRecord>(IndexSection.Packages);

    /// <summary>Opens a file and checks its header; the rest is checked when it is first used.</summary>
    /// <exception cref="AdvisoryIndexException">It is missing, no index, of another format or damaged.</exception>
    public static AdvisoryIndex Open(string path) => new(IndexFile.Open(path));

    /// <summary>Checks all of it.</summary>
    /// <exception cref="AdvisoryIndexException">It is damaged.</exception>
    public void Verify() => file.Verify();

    /// <summary>What affects a version of a package.</summary>
    /// <param name="name">As in <see cref="PackageUrl.Name"/>.</param>
    public PackageMatches Matches(Ecosystem ecosystem, string name, string version)
    {
        // Most libraries have no advisory; their versions need not be understood.
        if (Find(ecosystem, name) is not { } package)
        {
            return PackageMatches.None;
        }

        if (PositionOf(package, version) is not { } position)
        {
            return new PackageMatches([], IsVersion: false);
        }

        List<AdvisoryMatch>? matches = null;
        foreach (var affected in AffectedBy(package))
        {
            if (StretchWith(affected, position) is { } stretch && Advisory(affected.Advisory) is { IsWithdrawn: false } advisory)
            {
                matches ??= [];
                if (matches is not [.., var last] || last.Advisory != advisory)
                {
                    matches.Add(new AdvisoryMatch(this, advisory, package, stretch, affected.Source));
                }
            }
        }

        return matches is null ? PackageMatches.None : new PackageMatches(matches, IsVersion: true);
    }

    /// <summary>The advisory that has this id or alias, in whatever case; null where none has. A withdrawn one is found too.</summary>
    public IndexedAdvisory? Find(string id)
    {
        var ids = file.Table<IdRecord>(IndexSection.Ids);
        var (low, high) = (0, ids.Length - 1);
        IndexedAdvisory? found = null;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = CompareIds(Text(ids[middle].Id), id);
            if (order == 0)
            {
                // Of several the first, which is the first by id.
                found = Advisory(ids[middle].Advisory);
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return found;
    }

    /// <summary>The group ids of Maven's packages with advisories that have this artifactId, in ordinal order.</summary>
    public IReadOnlyList<string> GroupsOf(string artifactId)
    {
        var artifacts = file.Table<uint>(IndexSection.Artifacts);
        var (low, high) = (0, artifacts.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = string.CompareOrdinal(ArtifactOf(NameOf(artifacts[middle])), artifactId) < 0 ? (middle + 1, high) : (low, middle);
        }

        var groups = new List<string>();
        for (; low < artifacts.Length && NameOf(artifacts[low]) is var name && ArtifactOf(name) == artifactId; low++)
        {
            groups.Add(name[..Math.Max(0, name.Length - artifactId.Length - 1)]);
        }

        return groups;
    }

    /// <summary>All advisories, by id.</summary>
    public IEnumerable<IndexedAdvisory> All()
    {
        for (var at = 0u; at < (uint)Count; at++)
        {
            yield return Advisory(at);
        }
    }

    /// <summary>All packages with advisories, by ecosystem and name.</summary>
    public IEnumerable<(Ecosystem Ecosystem, string Name)> AllPackages()
    {
        for (var at = 0u; at < (uint)PackageCount; at++)
        {
            var package = file.Row(Packages, at);
            yield return ((Ecosystem)package.Ecosystem, Text(package.Name));
        }
    }

    /// <summary>The advisories of a package, whatever the version, by id; withdrawn ones too.</summary>
    public IReadOnlyList<IndexedAdvisory> AdvisoriesOf(Ecosystem ecosystem, string name)
    {
        var advisories = new List<IndexedAdvisory>();
        if (Find(ecosystem, name) is { } package)
        {
            foreach (var affected in AffectedBy(package))
            {
                if (Advisory(affected.Advisory) is var advisory && !advisories.Contains(advisory))
                {
                    advisories.Add(advisory);
                }
            }
        }

        return advisories;
    }

    public void Dispose() => file.Dispose();

    /// <summary>What stands behind the last colon.</summary>
    internal static string ArtifactOf(string mavenName) => mavenName[(mavenName.LastIndexOf(':') + 1)..];

    /// <summary>The order of ids in the file, which does not know their case.</summary>
    internal static int CompareIds(string left, string right) => string.Compare(left, right, StringComparison.OrdinalIgnoreCase);

    internal string Text(uint at) => file.Text(at);

    internal IndexedAdvisory Advisory(uint position) => new(this, position, file.Row(Advisories, position));

    internal Advisory Read(IndexedAdvisory indexed)
    {
        var details = file.Section(IndexSection.Details);
        if (indexed.Record.Details > (uint)details.Length)
        {
            throw file.Damaged("details are outside of it");
        }

        try
        {
            var from = new BlockReader(details[(int)indexed.Record.Details..]);
            var advisory = AdvisoryDetails.Read(indexed.Id, indexed.IsMalicious, ref from);
            var affected = new List<AffectedPackage>();
            for (var count = from.Count(); count > 0; count--)
            {
                affected.AddRange(AffectedOf((Ecosystem)from.Number(), from.Text(), indexed.Position));
            }

            return advisory with
            {
                Affected = [.. affected],
            };
        }
        catch (InvalidDataException e)
        {
            throw file.Damaged(e.Message);
        }
    }

    private List<AffectedPackage> AffectedOf(Ecosystem ecosystem, string name, uint advisory)
    {
        var result = new List<AffectedPackage>();
        if (Find(ecosystem, name) is not { } package)
        {
            return result;
        }

        foreach (var affected in AffectedBy(package))
        {
            if (affected.Advisory != advisory)
            {
                continue;
            }

            var ranges = new List<VersionRange>();
            var versions = new List<string>();
            foreach (var stretch in StretchesOf(affected))
            {
                var range = RangeOf(package, stretch);
                if (range.From is { } only && stretch.From == stretch.To)
                {
                    versions.Add(only);
                }
                else
                {
                    ranges.Add(range);
                }
            }

            result.Add(new AffectedPackage(ecosystem, name, [.. ranges], [.. versions], Text(affected.Source)));
        }

        return result;
    }

    private string NameOf(uint package) => Text(file.Row(Packages, package).Name);

    private PackageRecord? Find(Ecosystem ecosystem, string name)
    {
        var size = Encoding.UTF8.GetMaxByteCount(name.Length);
        var rented = size > UsualNameBytes ? ArrayPool<byte>.Shared.Rent(size) : null;
        Span<byte> buffer = rented ?? stackalloc byte[UsualNameBytes];
        try
        {
            return Find(ecosystem, (ReadOnlySpan<byte>)buffer[..Encoding.UTF8.GetBytes(name, buffer)]);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    /// <summary>The package of this name; null where no advisory names it.</summary>
    internal PackageRecord? Find(Ecosystem ecosystem, ReadOnlySpan<byte> name)
    {
        var slots = file.Table<PackageSlot>(IndexSection.PackageTable);
        if (slots.Length == 0 || (slots.Length & (slots.Length - 1)) != 0)
        {
            throw file.Damaged("its table of packages has no power of two");
        }

        var hash = PackageHash.Of(ecosystem, name);
        var tag = (uint)(hash >> 32);
        // A table that has no free slot ends the search too.
        for (var i = 0; i < slots.Length; i++)
        {
            var slot = slots[(int)((hash + (uint)i) & (uint)(slots.Length - 1))];
            if (slot.Package == 0)
            {
                return null;
            }

            if (
                slot.Tag == tag
                && file.Row(Packages, slot.Package - 1) is var package
                && package.Ecosystem == (uint)ecosystem
                && file.Utf8(package.Name).SequenceEqual(name)
            )
            {
                return package;
            }
        }

        return null;
    }
}
