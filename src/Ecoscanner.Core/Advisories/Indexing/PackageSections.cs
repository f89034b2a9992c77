using System.Runtime.InteropServices;
using System.Text;
using Ecoscanner.Advisories.Versions;
using Ecoscanner.Packages;

namespace Ecoscanner.Advisories.Indexing;

/// <summary>Lays out packages, their boundaries and what affects them; packages come by ecosystem and name.</summary>
/// <param name="places">The position of each advisory by its number.</param>
/// <param name="count">How many packages come.</param>
internal sealed class PackageSections(IndexStrings strings, uint[] places, int count)
{
    private readonly List<(Ecosystem Ecosystem, string Name, uint BoundariesStart, uint BoundariesCount, uint AffectedStart, uint AffectedCount)> packages =
        new(count);
    private readonly List<(uint Key, string Text)> boundaries = [];
    private readonly List<(uint Advisory, uint StretchesStart, uint StretchesCount, string Source)> affecting = [];
    private readonly Dictionary<(Ecosystem, string), uint> keys = [];
    private readonly SectionWriter keySection = new();
    private readonly SectionWriter stretches = new();
    private uint stretchCount;

    public void Add(Ecosystem ecosystem, string name, IReadOnlyList<(int Advisory, AffectedPackage Affected)> affected)
    {
        var ordered = new PackageBoundaries(ecosystem, [.. affected.Select(one => one.Affected)]);
        var package = (ecosystem, name, (uint)boundaries.Count, (uint)ordered.All.Count, (uint)affecting.Count, (uint)affected.Count);
        packages.Add(package);
        foreach (var (key, text) in ordered.All)
        {
            boundaries.Add((At(ecosystem, key, text), strings.Intern(text)));
        }

        var rows = affected
            .Select(one => (Advisory: places[one.Advisory], Stretches: ordered.Stretches(one.Affected), one.Affected.Source))
            .OrderBy(row => row.Advisory)
            .ThenBy(row => row.Source, StringComparer.Ordinal)
            .ThenBy(row => row.Stretches.FirstOrDefault().From);
        foreach (var (advisory, ranges, source) in rows)
        {
            affecting.Add((advisory, stretchCount, (uint)ranges.Count, strings.Intern(source)));
            stretchCount += (uint)ranges.Count;
            ranges.ForEach(stretches.Row);
        }
    }

    /// <summary>Writes the sections, once the strings have their positions.</summary>
    public void WriteTo(IndexFileWriter file)
    {
        var rows = new SectionWriter(packages.Count * 24);
        foreach (var (ecosystem, name, boundariesStart, boundariesCount, affectedStart, affectedCount) in packages)
        {
            rows.Row(new PackageRecord(strings.At(name), (uint)ecosystem, boundariesStart, boundariesCount, affectedStart, affectedCount));
        }

        file.Add(IndexSection.Packages, rows.Written);
        file.Add(IndexSection.PackageTable, Table());
        file.Add(IndexSection.Keys, keySection.Written);
        var boundaryRows = new SectionWriter(boundaries.Count * 8);
        boundaries.ForEach(boundary => boundaryRows.Row(new BoundaryRecord(boundary.Key, strings.At(boundary.Text))));
        file.Add(IndexSection.Boundaries, boundaryRows.Written);
        var affectedRows = new SectionWriter(affecting.Count * 16);
        affecting.ForEach(row => affectedRows.Row(new AffectedRecord(row.Advisory, row.StretchesStart, row.StretchesCount, strings.At(row.Source))));
        file.Add(IndexSection.Affected, affectedRows.Written);
        file.Add(IndexSection.Stretches, stretches.Written);
        file.Add(IndexSection.Artifacts, Artifacts());
    }

    // Versions such as 2.0.0 bound the ranges of many packages.
    private uint At(Ecosystem ecosystem, VersionKey key, string text)
    {
        if (keys.TryGetValue((ecosystem, text), out var at))
        {
            return at;
        }

        at = keySection.Position;
        keySection.Number((ulong)key.Bytes.Length);
        keySection.Bytes(key.Bytes);
        keys.Add((ecosystem, text), at);
        return at;
    }

    private byte[] Table()
    {
        var slots = new PackageSlot[PackageHash.SlotsFor(packages.Count)];
        for (var i = 0; i < packages.Count; i++)
        {
            var hash = PackageHash.Of(packages[i].Ecosystem, Encoding.UTF8.GetBytes(packages[i].Name));
            var at = hash & (ulong)(slots.Length - 1);
            while (slots[at].Package != 0)
            {
                at = (at + 1) & (ulong)(slots.Length - 1);
            }

            slots[at] = new PackageSlot((uint)(hash >> 32), (uint)i + 1);
        }

        return MemoryMarshal.AsBytes(slots.AsSpan()).ToArray();
    }

    private byte[] Artifacts()
    {
        var maven = new List<(string Artifact, uint Package)>();
        for (var i = 0; i < packages.Count; i++)
        {
            if (packages[i].Ecosystem == Ecosystem.Maven)
            {
                maven.Add((AdvisoryIndex.ArtifactOf(packages[i].Name), (uint)i));
            }
        }

        maven.Sort(static (a, b) => string.CompareOrdinal(a.Artifact, b.Artifact) is not 0 and var sign ? sign : a.Package.CompareTo(b.Package));
        return MemoryMarshal.AsBytes<uint>(maven.Select(one => one.Package).ToArray()).ToArray();
    }
}
