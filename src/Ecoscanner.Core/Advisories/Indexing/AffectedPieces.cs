using System.Runtime.InteropServices;
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
        AffectedRanges.Write(affected, scratch);
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
                affected.Add((all[at].Advisory, Read(ecosystem, name, all[at].Piece)));
            }

            affected.Reverse();
            yield return (ecosystem, name, affected);
        }
    }

    private AffectedPackage Read(Ecosystem ecosystem, string name, ChunkedBytes.Piece piece)
    {
        var reader = new BlockReader(bytes[piece].Span);
        return AffectedRanges.Read(ecosystem, name, ref reader);
    }
}
