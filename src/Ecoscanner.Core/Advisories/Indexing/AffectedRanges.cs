using System.Collections.Immutable;
using Ecoscanner.Packages;

namespace Ecoscanner.Advisories.Indexing;

/// <summary>Ranges and versions of an affected package as bytes, while an index is built.</summary>
internal static class AffectedRanges
{
    public static void Write(AffectedPackage affected, SectionWriter to)
    {
        to.Text(affected.Source);
        to.Number((ulong)affected.Ranges.Length);
        foreach (var range in affected.Ranges)
        {
            to.Number((range.From is null ? 1u : 0) + (range.IncludesFrom ? 2u : 0) + (range.To is null ? 4u : 0) + (range.IncludesTo ? 8u : 0));
            to.Text(range.From);
            to.Text(range.To);
        }

        to.Number((ulong)affected.Versions.Length);
        foreach (var version in affected.Versions)
        {
            to.Text(version);
        }
    }

    public static AffectedPackage Read(Ecosystem ecosystem, string name, ref BlockReader from)
    {
        var source = from.Text();
        var ranges = ImmutableArray.CreateBuilder<VersionRange>();
        for (var count = from.Count(); count > 0; count--)
        {
            var flags = from.Number();
            var (lower, upper) = (from.Text(), from.Text());
            ranges.Add(new VersionRange((flags & 1) != 0 ? null : lower, (flags & 2) != 0, (flags & 4) != 0 ? null : upper, (flags & 8) != 0));
        }

        var versions = ImmutableArray.CreateBuilder<string>();
        for (var count = from.Count(); count > 0; count--)
        {
            versions.Add(from.Text());
        }

        return new AffectedPackage(ecosystem, name, ranges.DrainToImmutable(), versions.DrainToImmutable(), source);
    }
}
