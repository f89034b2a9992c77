using System.Collections.Immutable;
using Ecoscanner.Advisories.Reading;

namespace Ecoscanner.Advisories.Indexing;

/// <summary>Builds an index: the same advisories give the same bytes and the same snapshot, in whatever order they come.</summary>
public sealed class AdvisoryIndexBuilder
{
    private readonly IndexStrings strings = new();
    private readonly List<Kept> kept = [];
    private readonly AffectedPieces affecting = new();
    private readonly Dictionary<ulong, KnownExploitation> exploited = [];
    private readonly Dictionary<ulong, ExploitProbability> predicted = [];
    private readonly ChunkedBytes details = new();
    private readonly SectionWriter scratch = new();

    /// <summary>Writes an index of these; see <see cref="Write"/>.</summary>
    public static void Build(
        IEnumerable<Advisory> advisories,
        KnownExploited exploited,
        ExploitPrediction predicted,
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

        builder.Add(exploited);
        builder.Add(predicted);
        builder.Write(path, sources, built);
    }

    /// <summary>Adds an advisory, of which nothing but its texts is kept.</summary>
    public void Add(Advisory advisory)
    {
        scratch.Clear();
        AdvisoryDetails.Write(advisory, scratch);
        var packages = advisory.Affected.Select(affected => (affected.Ecosystem, affected.Name)).Distinct().ToList();
        scratch.Number((ulong)packages.Count);
        foreach (var (ecosystem, name) in packages)
        {
            scratch.Number((ulong)ecosystem);
            scratch.Text(name);
        }

        var piece = details.Add(scratch.Written.Span);
        var flags =
            (advisory.IsMalicious ? AdvisoryFlags.Malicious : AdvisoryFlags.None) | (advisory.Withdrawn is null ? AdvisoryFlags.None : AdvisoryFlags.Withdrawn);
        var score = advisory.Score is { } some ? (byte)Math.Clamp(Math.Round(some.Base * 10), 0, 100) : AdvisoryRecord.NoScore;
        var number = kept.Count;
        kept.Add(
            new Kept(strings.Intern(advisory.Id), [.. advisory.Aliases.Select(strings.Intern)], AdvisoryDetails.Digest(advisory, scratch), flags, score, piece)
        );
        foreach (var affected in advisory.Affected)
        {
            affecting.Add(number, affected with { Name = strings.Intern(affected.Name) });
        }
    }

    /// <summary>Adds CISA's catalogue; of two entries with one CVE the earlier stays. What is no CVE is not kept.</summary>
    public void Add(KnownExploited catalogue)
    {
        foreach (var (id, entry) in catalogue.ById)
        {
            if (CveNumber.Of(id) is { } cve && (!exploited.TryGetValue(cve, out var other) || entry.Added < other.Added))
            {
                exploited[cve] = entry;
            }
        }
    }

    /// <summary>Adds EPSS; of two scores of one CVE the last stays. What is no CVE is not kept.</summary>
    public void Add(ExploitPrediction prediction)
    {
        foreach (var (id, probability) in prediction.ById)
        {
            if (CveNumber.Of(id) is { } cve)
            {
                predicted[cve] = probability;
            }
        }
    }

    /// <summary>Writes the file anew beside its place and moves it there, so that a reader sees the old one or the new one, whole.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string path, IReadOnlyList<IndexSource> sources, DateTimeOffset built)
    {
        var order = Enumerable.Range(0, kept.Count).ToArray();
        Array.Sort(
            order,
            (a, b) =>
                string.CompareOrdinal(kept[a].Id, kept[b].Id) is not 0 and var sign
                    ? sign
                    : details[kept[a].Details].Span.SequenceCompareTo(details[kept[b].Details].Span)
        );
        var places = new uint[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            places[order[i]] = (uint)i;
        }

        var ranges = new PackageSections(strings, places, affecting.PackageCount);
        foreach (var (ecosystem, name, affected) in affecting.InOrder())
        {
            ranges.Add(ecosystem, name, affected);
        }

        var file = new IndexFileWriter(built);
        file.Add(IndexSection.About, IndexAbout.Write(sources));
        file.Add(IndexSection.Strings, strings.Write());
        WriteAdvisories(file, order);
        ranges.WriteTo(file);
        WriteIds(file, places);
        WriteExploitation(file);
        file.Save(path);
    }

    private void WriteAdvisories(IndexFileWriter file, int[] order)
    {
        var records = new SectionWriter(order.Length * 20);
        var position = 0u;
        foreach (var number in order)
        {
            var one = kept[number];
            records.Row(new AdvisoryRecord(one.Digest, strings.At(one.Id), position, one.Flags, one.Score, 0));
            position += (uint)one.Details.Length;
        }

        file.Add(IndexSection.Advisories, records.Written);
        file.Add(IndexSection.Details, order.Select(number => details[kept[number].Details]));
    }

    private void WriteIds(IndexFileWriter file, uint[] places)
    {
        var ids = new List<(string Id, uint Advisory)>(kept.Count * 2);
        for (var number = 0; number < kept.Count; number++)
        {
            ids.Add((kept[number].Id, places[number]));
            foreach (var alias in kept[number].Aliases)
            {
                ids.Add((alias, places[number]));
            }
        }

        ids.Sort(static (a, b) => AdvisoryIndex.CompareIds(a.Id, b.Id) is not 0 and var sign ? sign : a.Advisory.CompareTo(b.Advisory));
        var section = new SectionWriter(ids.Count * 8);
        foreach (var (id, advisory) in ids)
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
            known.Row(new ExploitedRecord(cve, (uint)entry.Added.DayNumber, (uint)(entry.Due?.DayNumber ?? 0), entry.ByRansomware ? 1u : 0));
        }

        file.Add(IndexSection.Exploited, known.Written);
        var scores = new SectionWriter(predicted.Count * 16);
        foreach (var (cve, prediction) in predicted.OrderBy(pair => pair.Key))
        {
            scores.Row(new PredictedRecord(cve, prediction.Probability, prediction.Percentile));
        }

        file.Add(IndexSection.Predicted, scores.Written);
    }

    private readonly record struct Kept(string Id, ImmutableArray<string> Aliases, ulong Digest, AdvisoryFlags Flags, byte Score, ChunkedBytes.Piece Details);
}
