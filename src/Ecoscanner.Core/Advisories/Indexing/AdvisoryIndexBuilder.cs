using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Ecoscanner.Packages;

namespace Ecoscanner.Advisories.Indexing;

/// <summary>Builds an index: the same advisories give the same bytes and the same snapshot, in whatever order they come.</summary>
public sealed class AdvisoryIndexBuilder
{
    private readonly IndexStrings strings = new();
    private readonly List<Kept> kept = [];
    private readonly Dictionary<(Ecosystem Ecosystem, string Name), List<(int Advisory, AffectedPackage Affected)>> packages = [];
    private readonly Dictionary<ulong, KnownExploited> exploited = [];
    private readonly Dictionary<ulong, ExploitPrediction> predicted = [];
    private readonly SectionWriter scratch = new();

    /// <summary>Writes an index of these; see <see cref="Write"/>.</summary>
    public static void Build(
        IEnumerable<Advisory> advisories,
        IEnumerable<KnownExploited> exploited,
        IEnumerable<ExploitPrediction> predicted,
        IReadOnlyList<IndexSource> sources,
        DateTimeOffset built,
        string path
    )
    {
        var builder = new AdvisoryIndexBuilder();
        foreach (var advisory in advisories)
        {
            builder.Add(advisory);
        }

        foreach (var entry in exploited)
        {
            builder.Add(entry);
        }

        foreach (var prediction in predicted)
        {
            builder.Add(prediction);
        }

        builder.Write(path, sources, built);
    }

    /// <summary>Adds an advisory, of which nothing but its texts is kept.</summary>
    public void Add(Advisory advisory)
    {
        scratch.Clear();
        AdvisoryDetails.Write(advisory, scratch);
        var details = scratch.Written.ToArray();
        var flags =
            (advisory.IsMalicious ? AdvisoryFlags.Malicious : AdvisoryFlags.None) | (advisory.Withdrawn is null ? AdvisoryFlags.None : AdvisoryFlags.Withdrawn);
        var score = advisory.Score is { } some ? (byte)Math.Clamp(Math.Round(some.Base * 10), 0, 100) : AdvisoryRecord.NoScore;
        var number = kept.Count;
        kept.Add(
            new Kept(
                strings.Intern(advisory.Id),
                [.. advisory.Aliases.Select(strings.Intern)],
                AdvisoryDetails.Digest(advisory, scratch),
                flags,
                score,
                details
            )
        );
        foreach (var affected in advisory.Affected)
        {
            var name = strings.Intern(affected.Name);
            ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(packages, (affected.Ecosystem, name), out _);
            (list ??= new(1)).Add((number, affected with { Name = name, Source = strings.Intern(affected.Source) }));
        }
    }

    /// <summary>Adds an entry of CISA's catalogue; of two with one CVE the earlier stays. What is no CVE is not kept.</summary>
    public void Add(KnownExploited entry)
    {
        if (CveNumber.Of(entry.Cve) is { } cve && (!exploited.TryGetValue(cve, out var other) || entry.Added < other.Added))
        {
            strings.Intern(entry.Name);
            exploited[cve] = entry;
        }
    }

    /// <summary>Adds a prediction; of two with one CVE the last stays. What is no CVE is not kept.</summary>
    public void Add(ExploitPrediction prediction)
    {
        if (CveNumber.Of(prediction.Cve) is { } cve)
        {
            predicted[cve] = prediction;
        }
    }

    /// <summary>Writes the file anew beside its place and moves it there, so that a reader sees the old one or the new one, whole.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string path, IReadOnlyList<IndexSource> sources, DateTimeOffset built)
    {
        var order = Enumerable.Range(0, kept.Count).ToArray();
        Array.Sort(
            order,
            (a, b) => string.CompareOrdinal(kept[a].Id, kept[b].Id) is not 0 and var sign ? sign : kept[a].Details.AsSpan().SequenceCompareTo(kept[b].Details)
        );
        var places = new uint[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            places[order[i]] = (uint)i;
        }

        var named = packages.Select(pair => (pair.Key.Ecosystem, pair.Key.Name, Affected: pair.Value)).ToArray();
        Array.Sort(named, static (a, b) => a.Ecosystem != b.Ecosystem ? a.Ecosystem.CompareTo(b.Ecosystem) : string.CompareOrdinal(a.Name, b.Name));
        var ranges = new PackageSections(strings, places);
        foreach (var (ecosystem, name, affected) in named)
        {
            ranges.Add(ecosystem, name, affected);
        }

        var file = new IndexFileWriter(built);
        file.Add(IndexSection.About, IndexAbout.Write(sources));
        file.Add(IndexSection.Strings, strings.Write().Written);
        WriteAdvisories(file, order);
        ranges.WriteTo(file);
        WriteIds(file, places);
        WriteExploitation(file);
        file.Save(path);
    }

    private void WriteAdvisories(IndexFileWriter file, int[] order)
    {
        var records = new SectionWriter(order.Length * 20);
        var details = new SectionWriter(kept.Sum(one => one.Details.Length));
        foreach (var number in order)
        {
            var one = kept[number];
            records.Row(new AdvisoryRecord(one.Digest, strings.At(one.Id), details.Position, one.Flags, one.Score, 0));
            details.Bytes(one.Details);
        }

        file.Add(IndexSection.Advisories, records.Written);
        file.Add(IndexSection.Details, details.Written);
    }

    private void WriteIds(IndexFileWriter file, uint[] places)
    {
        var ids = new List<(string Id, string Upper, uint Advisory)>(kept.Count * 2);
        for (var number = 0; number < kept.Count; number++)
        {
            ids.Add((kept[number].Id, kept[number].Id.ToUpperInvariant(), places[number]));
            ids.AddRange(kept[number].Aliases.Select(alias => (alias, alias.ToUpperInvariant(), places[number])));
        }

        ids.Sort(static (a, b) => string.CompareOrdinal(a.Upper, b.Upper) is not 0 and var sign ? sign : a.Advisory.CompareTo(b.Advisory));
        var section = new SectionWriter(ids.Count * 8);
        foreach (var (id, _, advisory) in ids)
        {
            section.Row(new IdRecord(strings.At(id), advisory));
        }

        file.Add(IndexSection.Ids, section.Written);
    }

    private void WriteExploitation(IndexFileWriter file)
    {
        var known = new SectionWriter();
        foreach (var (cve, entry) in exploited.OrderBy(pair => pair.Key))
        {
            known.Row(
                new ExploitedRecord(
                    cve,
                    (uint)entry.Added.DayNumber,
                    (uint)(entry.Due?.DayNumber ?? 0),
                    entry.UsedByRansomware ? 1u : 0,
                    strings.At(entry.Name)
                )
            );
        }

        file.Add(IndexSection.Exploited, known.Written);
        var scores = new SectionWriter(predicted.Count * 16);
        foreach (var (cve, prediction) in predicted.OrderBy(pair => pair.Key))
        {
            scores.Row(new PredictedRecord(cve, (float)prediction.Probability, (float)prediction.Percentile));
        }

        file.Add(IndexSection.Predicted, scores.Written);
    }

    private sealed record Kept(string Id, ImmutableArray<string> Aliases, ulong Digest, AdvisoryFlags Flags, byte Score, byte[] Details);
}
