using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using Ecoscanner.Packages;

namespace Ecoscanner.Advisories.Indexing;

/// <summary>Keeps, per package, what affects it until all advisories are there, as bytes: hundreds of thousands of ranges are many objects.</summary>
internal sealed class AffectedPieces
{
    private readonly Dictionary<(Ecosystem Ecosystem, string Name), int> last = [];
    private readonly List<(int Before, int Advisory, ChunkedBytes.Piece Piece)> all = [];
    private readonly ChunkedBytes bytes = new();
    private readonly SectionWriter scratch = new();

    public int PackageCount => last.Count;

    public void Add(int advisory, AffectedPackage affected)
    {
        scratch.Clear();
        scratch.Text(affected.Source);
        scratch.Number((ulong)affected.Ranges.Length);
        foreach (var range in affected.Ranges)
        {
            scratch.Number((range.From is null ? 1u : 0) + (range.IncludesFrom ? 2u : 0) + (range.To is null ? 4u : 0) + (range.IncludesTo ? 8u : 0));
            scratch.Text(range.From);
            scratch.Text(range.To);
        }

        scratch.Number((ulong)affected.Versions.Length);
        foreach (var version in affected.Versions)
        {
            scratch.Text(version);
        }

        ref var head = ref CollectionsMarshal.GetValueRefOrAddDefault(last, (affected.Ecosystem, affected.Name), out var isKnown);
        all.Add((isKnown ? head : -1, advisory, bytes.Add(scratch.Written.Span)));
        head = all.Count - 1;
    }

    /// <summary>The packages by ecosystem and name, each with what was added, in the order of adding.</summary>
    public IEnumerable<(Ecosystem Ecosystem, string Name, IReadOnlyList<(int Advisory, AffectedPackage Affected)> Affected)> InOrder()
    {
        var packages = last.Keys.ToArray();
        Array.Sort(packages, static (a, b) => a.Ecosystem != b.Ecosystem ? a.Ecosystem.CompareTo(b.Ecosystem) : string.CompareOrdinal(a.Name, b.Name));
        foreach (var (ecosystem, name) in packages)
        {
            var affected = new List<(int, AffectedPackage)>();
            for (var at = last[(ecosystem, name)]; at >= 0; at = all[at].Before)
            {
                affected.Add((all[at].Advisory, Read(ecosystem, name, bytes[all[at].Piece].Span)));
            }

            affected.Reverse();
            yield return (ecosystem, name, affected);
        }
    }

    private static AffectedPackage Read(Ecosystem ecosystem, string name, ReadOnlySpan<byte> piece)
    {
        var reader = new BlockReader(piece);
        var source = Encoding.UTF8.GetString(reader.Bytes());
        var ranges = ImmutableArray.CreateBuilder<VersionRange>();
        for (var count = reader.Number(); count > 0; count--)
        {
            var flags = reader.Number();
            var (from, to) = (Encoding.UTF8.GetString(reader.Bytes()), Encoding.UTF8.GetString(reader.Bytes()));
            ranges.Add(new VersionRange((flags & 1) != 0 ? null : from, (flags & 2) != 0, (flags & 4) != 0 ? null : to, (flags & 8) != 0));
        }

        var versions = ImmutableArray.CreateBuilder<string>();
        for (var count = reader.Number(); count > 0; count--)
        {
            versions.Add(Encoding.UTF8.GetString(reader.Bytes()));
        }

        return new AffectedPackage(ecosystem, name, ranges.DrainToImmutable(), versions.DrainToImmutable(), source);
    }
}
