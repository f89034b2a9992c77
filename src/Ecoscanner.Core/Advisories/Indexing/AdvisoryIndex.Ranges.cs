using Ecoscanner.Advisories.Reading;
using Ecoscanner.Advisories.Versions;
using Ecoscanner.Packages;
using Ecoscanner.Rules;

namespace Ecoscanner.Advisories.Indexing;

/// <remarks>Versions among the boundaries of their package, and the ways out of what affects them.</remarks>
public sealed partial class AdvisoryIndex
{
    /// <summary>
    /// The lowest version with a fix that no advisory of at least this severity affects: of the same major version where there is one, else of any later.
    /// Releases come before pre-releases. Null where nothing so severe affects this version, or no version is known that clears all.
    /// </summary>
    public Fix? Fixes(Ecosystem ecosystem, string name, string version, Severity least = Severity.High)
    {
        if (Find(ecosystem, name) is not { } package || PositionOf(package, version) is not { } position || !IsAffected(package, position, least))
        {
            return null;
        }

        var candidates = new SortedSet<uint>();
        foreach (var affected in AffectedBy(package))
        {
            foreach (var stretch in StretchesOf(affected))
            {
                // Up to just below a boundary: that boundary is the fix.
                if (stretch.To != IndexFormat.NoEnd && stretch.To % 2 == 0 && stretch.To + 1 > position)
                {
                    candidates.Add(stretch.To + 1);
                }
            }
        }

        var clear = candidates.Where(candidate => !IsAffected(package, candidate, least)).Select(candidate => BoundaryAt(package, candidate)).ToList();
        var major = MajorOf(version);
        var order = clear.OrderBy(IsPreRelease).ThenByDescending(candidate => MajorOf(candidate) == major);
        return order.FirstOrDefault() is { } lowest ? new Fix(lowest, MajorOf(lowest) == major) : null;
    }

    /// <summary>What is known of attacks with an advisory's vulnerabilities.</summary>
    public Exploitation Exploitation(Advisory advisory) => Exploitation([advisory.Id, .. advisory.Aliases]);

    /// <summary>What is known of attacks with any of these CVEs; other ids are passed over.</summary>
    public Exploitation Exploitation(IEnumerable<string> ids)
    {
        var known = Indexing.Exploitation.Unknown;
        foreach (var cve in ids.Select(CveNumber.Of).OfType<ulong>())
        {
            if (
                Row(file.Table<ExploitedRecord>(IndexSection.Exploited), cve, static row => row.Cve) is { } entry
                && Day(entry.Added) is var added
                && !(known.Exploited?.Added <= added)
            )
            {
                known = known with
                {
                    ExploitedCve = CveNumber.Text(cve),
                    Exploited = new KnownExploitation(added, entry.Due == 0 ? null : Day(entry.Due), entry.Ransomware != 0),
                };
            }

            if (
                Row(file.Table<PredictedRecord>(IndexSection.Predicted), cve, static row => row.Cve) is { } score
                && !(known.Predicted?.Probability >= score.Probability)
            )
            {
                known = known with { PredictedCve = CveNumber.Text(cve), Predicted = new ExploitProbability(score.Probability, score.Percentile) };
            }
        }

        return known;
    }

    /// <summary>True where this advisory affects this version of the package; null where the text is no version.</summary>
    internal bool? Affects(uint advisory, Ecosystem ecosystem, ReadOnlySpan<byte> name, string version)
    {
        if (Find(ecosystem, name) is not { } package)
        {
            return false;
        }

        if (PositionOf(package, version) is not { } position)
        {
            return null;
        }

        foreach (var affected in AffectedBy(package))
        {
            if (affected.Advisory == advisory && StretchWith(affected, position) is not null)
            {
                return !Advisory(advisory).IsWithdrawn;
            }
        }

        return false;
    }

    private bool IsAffected(PackageRecord package, uint position, Severity least)
    {
        foreach (var affected in AffectedBy(package))
        {
            if (StretchWith(affected, position) is not null && Advisory(affected.Advisory) is { IsWithdrawn: false } advisory && advisory.Severity >= least)
            {
                return true;
            }
        }

        return false;
    }

    private ReadOnlySpan<AffectedRecord> AffectedBy(PackageRecord package) =>
        file.Rows(file.Table<AffectedRecord>(IndexSection.Affected), package.AffectedStart, package.AffectedCount);

    private ReadOnlySpan<Stretch> StretchesOf(AffectedRecord affected) =>
        file.Rows(file.Table<Stretch>(IndexSection.Stretches), affected.StretchesStart, affected.StretchesCount);

    private ReadOnlySpan<BoundaryRecord> BoundariesOf(PackageRecord package) =>
        file.Rows(file.Table<BoundaryRecord>(IndexSection.Boundaries), package.BoundariesStart, package.BoundariesCount);

    private Stretch? StretchWith(AffectedRecord affected, uint position)
    {
        foreach (var stretch in StretchesOf(affected))
        {
            if (stretch.Has(position))
            {
                return stretch;
            }
        }

        return null;
    }

    /// <summary>Where a version stands among the boundaries; null where the text is no version.</summary>
    private uint? PositionOf(PackageRecord package, string version)
    {
        if (VersionOrder.Of((Ecosystem)package.Ecosystem).Key(version) is not { } key)
        {
            return null;
        }

        var boundaries = BoundariesOf(package);
        var keys = file.Section(IndexSection.Keys);
        var (low, high) = (0, boundaries.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = new IndexReader(file, keys, boundaries[middle].Key).Bytes().SequenceCompareTo(key.Bytes);
            if (order == 0)
            {
                return Stretch.At(middle);
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return 2 * (uint)low;
    }

    internal VersionRange RangeOf(PackageRecord package, Stretch stretch)
    {
        // An even start is what follows the boundary before it; an even end is what lies before its boundary.
        var from = stretch.From == 0 ? null : BoundaryAt(package, stretch.From % 2 == 1 ? stretch.From : stretch.From - 1);
        var to = stretch.To == IndexFormat.NoEnd ? null : BoundaryAt(package, stretch.To % 2 == 1 ? stretch.To : stretch.To + 1);
        return new VersionRange(from, from is null || stretch.From % 2 == 1, to, to is null || stretch.To % 2 == 1);
    }

    private string BoundaryAt(PackageRecord package, uint position) => Text(file.Row(BoundariesOf(package), position / 2).Text);

    private static string MajorOf(string version)
    {
        var digits = version.AsSpan().TrimStart("vV=");
        var end = digits.IndexOfAnyExceptInRange('0', '9');
        return (end < 0 ? digits : digits[..end]).ToString();
    }

    // Not asked of the order: what an ecosystem sorts below its release is one thing, and what its people call a release another.
    private static bool IsPreRelease(string version) =>
        version.Contains("alpha", StringComparison.OrdinalIgnoreCase)
        || version.Contains("beta", StringComparison.OrdinalIgnoreCase)
        || version.Contains("-rc", StringComparison.OrdinalIgnoreCase)
        || version.Contains(".rc", StringComparison.OrdinalIgnoreCase)
        || version.Contains("SNAPSHOT", StringComparison.OrdinalIgnoreCase)
        || version.Contains("canary", StringComparison.OrdinalIgnoreCase)
        || version.Contains("-pre", StringComparison.OrdinalIgnoreCase)
        || version.Contains("-next", StringComparison.OrdinalIgnoreCase)
        || version.Contains("-M", StringComparison.Ordinal);

    private static T? Row<T>(ReadOnlySpan<T> rows, ulong cve, Func<T, ulong> of)
        where T : unmanaged
    {
        var (low, high) = (0, rows.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var at = of(rows[middle]);
            if (at == cve)
            {
                return rows[middle];
            }

            (low, high) = at < cve ? (middle + 1, high) : (low, middle - 1);
        }

        return null;
    }

    private DateOnly Day(uint number) =>
        number <= (uint)DateOnly.MaxValue.DayNumber ? DateOnly.FromDayNumber((int)number) : throw file.Damaged("a date is none");
}
