using System.Collections.Immutable;
using Ecoscanner.Advisories.Reading;
using Ecoscanner.Packages;

namespace Ecoscanner.Advisories.Merging;

/// <summary>Makes one advisory of all records that speak of one vulnerability.</summary>
public static class AdvisoryMerger
{
    // What a person follows; the rest stands in the records.
    private const int MaxReferences = 50;

    /// <summary>The outcome does not depend on the order of the records.</summary>
    /// <returns>In ordinal order of their ids.</returns>
    public static MergedAdvisories Merge(IEnumerable<Advisory> records)
    {
        // The most trusted first, so that an id that two claim is theirs.
        var ordered = Newest(records);
        var ids = ordered.ConvertAll(IReadOnlyCollection<string> (record) => [record.Id, .. record.Aliases]);
        var clusters = new AliasClusters(ids);
        var bridges = new List<AliasBridge>();
        var homes = new List<string>[ordered.Count];
        for (var i = 0; i < ordered.Count; i++)
        {
            homes[i] = Join(clusters, ordered[i], ids[i], bridges);
        }

        var members = new Dictionary<int, List<Advisory>>();
        for (var i = 0; i < ordered.Count; i++)
        {
            foreach (var cluster in homes[i].Select(clusters.Of).Distinct())
            {
                if (!members.TryGetValue(cluster, out var cohort))
                {
                    members.Add(cluster, cohort = []);
                }

                cohort.Add(ordered[i]);
            }
        }

        var merged = members.Select(cluster => Merge(cluster.Value, clusters, cluster.Key)).OrderBy(advisory => advisory.Id, StringComparer.Ordinal);
        return new([.. merged], bridges);
    }

    // Of a record that came several times, by feeds of other age, the newest.
    private static List<Advisory> Newest(IEnumerable<Advisory> records) =>
        [
            .. records
                .GroupBy(record =>
                    (record.Id, Source(record), record.Sources is [var first, ..] ? first.Record : "", record.Affected is [var package, ..] ? package.Name : "")
                )
                .Select(same => same.MaxBy(record => record.Modified ?? DateTimeOffset.MinValue)!)
                .OrderBy(record => SourceNames.Rank(Source(record)))
                .ThenBy(record => record.Id, StringComparer.Ordinal)
                .ThenBy(record => record.Sources is [var first, ..] ? first.Record : "", StringComparer.Ordinal)
                .ThenBy(record => record.Affected is [var package, ..] ? package.Name : "", StringComparer.Ordinal),
        ];

    // Returns an id of each cluster that the record speaks of.
    private static List<string> Join(AliasClusters clusters, Advisory record, IReadOnlyCollection<string> ids, List<AliasBridge> bridges)
    {
        var cves = ids.Where(AdvisoryId.IsCve).ToList();
        var distinct = cves.FindAll(clusters.IsDistinct);
        if (distinct.Count > 1)
        {
            bridges.Add(new(record.Id, Source(record), [.. cves.Order(StringComparer.Ordinal)]));
            return cves;
        }

        var home =
            distinct.Count == 1 ? distinct[0]
            : cves.Count > 0 ? cves[0]
            : record.Id;
        foreach (var id in ids)
        {
            if (!clusters.TryJoin(home, id))
            {
                bridges.Add(new(record.Id, Source(record), [home, id]));
            }
        }

        return [home];
    }

    private static Advisory Merge(List<Advisory> records, AliasClusters clusters, int cluster)
    {
        // The most trusted source that speaks decides whether it stands.
        var trusted = Source(records[0]);
        var isWithdrawn = records.TrueForAll(record => Source(record) != trusted || record.Withdrawn is not null);
        var standing = isWithdrawn ? records : records.FindAll(record => record.Withdrawn is null);
        var names = records
            .SelectMany(record => record.Aliases.Prepend(record.Id))
            .Where(id => clusters.Of(id) == cluster || (!AdvisoryId.IsCve(id) && clusters.DistinctCve(clusters.Of(id)) is null))
            .Distinct(StringComparer.Ordinal)
            .ToList();
        names.Sort(AdvisoryId.Compare);
        var id = clusters.DistinctCve(cluster) ?? names[0];
        var score = standing.Select(record => (record.Score, Source: Source(record))).Aggregate(ScoreChoice.Better).Score;
        return new()
        {
            Id = id,
            Aliases = [.. names.Where(name => name != id).Order(StringComparer.Ordinal)],
            Summary = standing.Select(record => record.Summary).FirstOrDefault(summary => summary.Length > 0) ?? "",
            Published = standing.Min(record => record.Published),
            Modified = standing.Max(record => record.Modified),
            Withdrawn = isWithdrawn ? records.Max(record => record.Withdrawn) : null,
            Score = score,
            IsMalicious = standing.Exists(record => record.IsMalicious),
            Weaknesses = standing.Select(record => record.Weaknesses).FirstOrDefault(weaknesses => weaknesses.Length > 0, []),
            Affected = Affected(standing),
            References = [.. standing.SelectMany(record => record.References).Distinct().Take(MaxReferences)],
            Sources = [.. records.SelectMany(record => record.Sources).Distinct()],
        };
    }

    // Of each package what its most trusted source says: the union of sources has the errors of the worst.
    private static ImmutableArray<AffectedPackage> Affected(List<Advisory> records)
    {
        var packages = new Dictionary<(Ecosystem, string), List<AffectedPackage>>();
        foreach (var package in records.SelectMany(record => record.Affected))
        {
            var key = (package.Ecosystem, package.Name);
            if (!packages.TryGetValue(key, out var said))
            {
                packages.Add(key, [package]);
            }
            else if (SourceNames.Rank(package.Source) < SourceNames.Rank(said[0].Source))
            {
                packages[key] = [package];
            }
            else if (package.Source == said[0].Source)
            {
                said.Add(package);
            }
        }

        return
        [
            .. packages
                .Values.Select(said =>
                    said is [var only]
                        ? only
                        : said[0] with
                        {
                            Ranges = [.. said.SelectMany(one => one.Ranges).Distinct()],
                            Versions = [.. said.SelectMany(one => one.Versions).Distinct(StringComparer.Ordinal)],
                        }
                )
                .OrderBy(package => package.Ecosystem)
                .ThenBy(package => package.Name, StringComparer.Ordinal),
        ];
    }

    // An override is a decision on the record, and speaks for it.
    private static string Source(Advisory record) =>
        record.Sources.Any(source => source.Name == SourceNames.Override) ? SourceNames.Override
        : record.Sources is [var first, ..] ? record.Sources.Select(source => source.Name).MinBy(SourceNames.Rank) ?? first.Name
        : SourceNames.Unknown;
}
