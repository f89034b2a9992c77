using System.IO.Compression;
using System.Runtime.InteropServices;
using Ecoscanner.Advisories.Merging;
using Ecoscanner.Advisories.Reading;

namespace Ecoscanner.Advisories.Indexing;

/// <summary>Something on this machine that records are read from.</summary>
/// <param name="Name">For people, such as <c>OSV Maven</c>.</param>
/// <param name="Path">A file or folder. KEV and EPSS are known by their names: <c>known_exploited_vulnerabilities*.json</c>, <c>epss*.csv</c>, each also as <c>.gz</c>.</param>
/// <param name="From">Where it was got.</param>
public sealed record AdvisoryInput(string Name, string Path, string From, DateTimeOffset? Date = null, string? Licence = null, string? Sha256 = null);

/// <summary>What came of an import.</summary>
/// <param name="Records">Read and used, before they were merged.</param>
/// <param name="Problems">The first of them, for people.</param>
/// <param name="ProblemCount">All of them.</param>
/// <param name="Bridges">Records that would have joined what is known to be two vulnerabilities.</param>
public sealed record ImportOutcome(int Records, int Advisories, IReadOnlyList<AdvisoryProblem> Problems, int ProblemCount, int Bridges);

/// <summary>Reads records, merges those of one vulnerability, and writes an index of them.</summary>
public sealed class AdvisoryImport(AdvisoryOverrides overrides, IProgress<FeedProgress>? progress, CancellationToken cancellationToken)
{
    private const int MostProblems = 100;

    // KEV has 2 MB, EPSS 10; a larger one is another file.
    private const int MaximumFactsBytes = 256 * 1024 * 1024;

    private readonly AdvisoryIndexBuilder builder = new();
    private readonly List<AdvisoryProblem> problems = [];
    private readonly List<IndexSource> sources = [];
    private int problemCount;
    private int records;
    private int advisories;
    private int bridges;

    /// <summary>Writes the index.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public ImportOutcome Run(IReadOnlyList<AdvisoryInput> inputs, DateTimeOffset built, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using (var spool = new AdvisorySpool($"{path}.{Guid.NewGuid():N}.spool"))
        {
            var families = new IdFamilies();
            foreach (var input in inputs)
            {
                Read(input, spool, families);
            }

            foreach (var family in families.Records())
            {
                cancellationToken.ThrowIfCancellationRequested();
                var merged = AdvisoryMerger.Merge(family.Select(spool.Read));
                bridges += merged.Bridges.Count;
                advisories += merged.Advisories.Count;
                foreach (var advisory in merged.Advisories)
                {
                    builder.Add(advisory);
                }
            }
        }

        builder.Write(path, sources, built);
        return new ImportOutcome(records, advisories, problems, problemCount, bridges);
    }

    private void Read(AdvisoryInput input, AdvisorySpool spool, IdFamilies families)
    {
        var before = records;
        foreach (var (name, open) in Facts(input.Path))
        {
            records += ReadFacts(name, open);
        }

        if (!IsFacts(Path.GetFileName(input.Path)))
        {
            foreach (var reading in AdvisoryFeed.Read(input.Path, overrides, progress, cancellationToken))
            {
                Note(reading.Problems);
                if (reading.Advisory is { } advisory)
                {
                    families.Add(spool.Add(advisory), advisory.Aliases.Prepend(advisory.Id));
                    records++;
                }
            }
        }

        sources.Add(new IndexSource(input.Name, input.From, input.Date, input.Licence, records - before, input.Sha256));
    }

    private int ReadFacts(string name, Func<Stream> open)
    {
        try
        {
            using var file = open();
            using var stream = name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
            if (!IsKev(name))
            {
                using var reader = new StreamReader(stream);
                var prediction = ExploitPrediction.Read(reader, out var wrong, cancellationToken);
                Note(wrong);
                builder.Add(prediction);
                return prediction.ById.Count;
            }

            if (RecordBytes.All(stream, MaximumFactsBytes) is not { } bytes)
            {
                Note([new AdvisoryProblem(name, $"it is larger than {MaximumFactsBytes / 1024 / 1024} MB")]);
                return 0;
            }

            var catalogue = KnownExploited.Read(bytes, out var problem);
            Note(problem);
            builder.Add(catalogue);
            return catalogue.ById.Count;
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            Note([new AdvisoryProblem(name, $"it cannot be read: {e.Message}")]);
            return 0;
        }
    }

    private void Note(IReadOnlyList<AdvisoryProblem> more)
    {
        problemCount += more.Count;
        problems.AddRange(more.Take(MostProblems - problems.Count));
    }

    // The catalogues of exploitation at a place: itself, in a folder, in a ZIP.
    private static List<(string Name, Func<Stream> Open)> Facts(string path)
    {
        if (Directory.Exists(path))
        {
            var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
            return
            [
                .. Directory
                    .EnumerateFiles(path, "*", options)
                    .Where(file => IsFacts(Path.GetFileName(file)))
                    .Order(StringComparer.Ordinal)
                    .Select(file => (Path.GetFileName(file), (Func<Stream>)(() => File.OpenRead(file)))),
            ];
        }

        return IsFacts(Path.GetFileName(path)) ? [(Path.GetFileName(path), () => File.OpenRead(path))] : [];
    }

    private static bool IsFacts(string name) => IsKev(name) || IsEpss(name);

    private static bool IsKev(string name) =>
        name.StartsWith("known_exploited_vulnerabilities", StringComparison.OrdinalIgnoreCase)
        && Bare(name).EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    private static bool IsEpss(string name) =>
        name.StartsWith("epss", StringComparison.OrdinalIgnoreCase) && Bare(name).EndsWith(".csv", StringComparison.OrdinalIgnoreCase);

    private static string Bare(string name) => name.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? name[..^3] : name;

    /// <summary>Which records name an id in common, whatever comes of it: what is merged lies within one family.</summary>
    private sealed class IdFamilies
    {
        private readonly Dictionary<string, int> byId = new(StringComparer.Ordinal);
        private readonly List<int> parents = [];

        public void Add(int record, IEnumerable<string> ids)
        {
            parents.Add(record);
            foreach (var id in ids)
            {
                ref var first = ref CollectionsMarshal.GetValueRefOrAddDefault(byId, id, out var isKnown);
                if (isKnown)
                {
                    parents[Root(record)] = Root(first);
                }
                else
                {
                    first = record;
                }
            }
        }

        public IEnumerable<IReadOnlyList<int>> Records()
        {
            byId.Clear();
            byId.TrimExcess();
            var many = new Dictionary<int, List<int>>();
            var alone = new bool[parents.Count];
            Array.Fill(alone, value: true);
            for (var record = 0; record < parents.Count; record++)
            {
                alone[Root(record)] &= Root(record) == record;
            }

            for (var record = 0; record < parents.Count; record++)
            {
                if (alone[Root(record)])
                {
                    yield return [record];
                    continue;
                }

                ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(many, Root(record), out _);
                (list ??= []).Add(record);
            }

            foreach (var family in many.Values)
            {
                yield return family;
            }
        }

        private int Root(int record)
        {
            while (parents[record] != record)
            {
                record = parents[record] = parents[parents[record]];
            }

            return record;
        }
    }
}
