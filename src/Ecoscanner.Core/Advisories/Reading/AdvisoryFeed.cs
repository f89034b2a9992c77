using System.Formats.Tar;
using System.IO.Compression;

namespace Ecoscanner.Advisories.Reading;

/// <summary>Goes through the records of a folder, a ZIP, a tar.gz, a file of JSON lines, or a single record. What it holds at once is one batch of records.</summary>
public static class AdvisoryFeed
{
    /// <summary>A larger record is a problem: the largest real one has 3 MB.</summary>
    public const int MaxRecordBytes = 32 * 1024 * 1024;

    /// <summary>All of OSV, of every ecosystem, has less than a million.</summary>
    public const int MaxRecords = 5_000_000;

    // Enough to keep all cores busy, and little memory.
    private const int Batch = 512;

    /// <summary>Reads them all, on all cores, in the order of the feed.</summary>
    /// <param name="path">What is missing or cannot be opened is a problem of the first reading.</param>
    /// <param name="progress">Told after each batch.</param>
    public static IEnumerable<AdvisoryReading> Read(
        string path,
        AdvisoryOverrides? overrides = null,
        IProgress<FeedProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var records = 0L;
        var bytes = 0L;
        foreach (var batch in Records(path, cancellation).Chunk(Batch))
        {
            var readings = new IReadOnlyList<AdvisoryReading>[batch.Length];
            Parallel.For(0, batch.Length, new ParallelOptions { CancellationToken = cancellation }, i => readings[i] = batch[i].Read(overrides));
            foreach (var reading in readings.SelectMany(several => several))
            {
                yield return reading;
            }

            records += batch.Length;
            bytes += batch.Sum(record => (long)record.Bytes.Length);
            progress?.Report(new(records, bytes));
        }
    }

    /// <summary>The records, not read yet. Files that are no advisories, such as a README, are passed over.</summary>
    public static IEnumerable<AdvisoryRecord> Records(string path, CancellationToken cancellation = default)
    {
        var count = 0;
        foreach (var record in Directory.Exists(path) ? InFolder(path) : Guarded(InFile(path), Path.GetFileName(path)))
        {
            cancellation.ThrowIfCancellationRequested();
            if (++count > MaxRecords)
            {
                yield return new(record.Place, record.Format, default, $"the feed has more than {MaxRecords} records; the rest is left out");
                yield break;
            }

            yield return record;
        }
    }

    private static IEnumerable<AdvisoryRecord> InFolder(string folder)
    {
        // Links could lead anywhere, and in circles.
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        return Directory
            .EnumerateFiles(folder, "*", options)
            .Order(StringComparer.Ordinal)
            .SelectMany(file => Guarded(InFile(file), Path.GetRelativePath(folder, file)));
    }

    private static IEnumerable<AdvisoryRecord> InFile(string file)
    {
        var name = Path.GetFileName(file);
        if (!IsArchive(name) && !IsRecord(name))
        {
            yield break;
        }

        using var stream = File.OpenRead(file);
        var records = name switch
        {
            _ when Ends(name, ".zip") => InZip(stream, name),
            _ when Ends(name, ".tar.gz") || Ends(name, ".tgz") => InTar(new GZipStream(stream, CompressionMode.Decompress), name),
            _ when Ends(name, ".tar") => InTar(stream, name),
            _ => InEntry(stream, name, name),
        };
        foreach (var record in records)
        {
            yield return record;
        }
    }

    private static IEnumerable<AdvisoryRecord> InZip(Stream stream, string place)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
        foreach (var entry in zip.Entries.Where(entry => IsRecord(entry.Name)))
        {
            using var content = entry.Open();
            foreach (var record in InEntry(content, entry.Name, $"{place}!/{entry.FullName}"))
            {
                yield return record;
            }
        }
    }

    private static IEnumerable<AdvisoryRecord> InTar(Stream stream, string place)
    {
        using var tar = new TarReader(stream);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is { } content && IsRecord(entry.Name))
            {
                foreach (var record in InEntry(content, Path.GetFileName(entry.Name), $"{place}!/{entry.Name}"))
                {
                    yield return record;
                }
            }
        }
    }

    private static IEnumerable<AdvisoryRecord> InEntry(Stream stream, string name, string place)
    {
        if (Ends(name, ".gz"))
        {
            stream = new GZipStream(stream, CompressionMode.Decompress);
            name = name[..^3];
        }

        if (Ends(name, ".jsonl") || Ends(name, ".ndjson"))
        {
            var number = 0;
            foreach (var line in RecordBytes.Lines(stream, MaxRecordBytes))
            {
                number++;
                if (line is null || line.Value.Span.ContainsAnyExcept(" \t\r"u8))
                {
                    yield return Made($"{place}:{number}", AdvisoryFormat.Osv, line);
                }
            }
        }
        else if (FormatOf(name) is { } format)
        {
            yield return Made(place, format, RecordBytes.All(stream, MaxRecordBytes));
        }
    }

    private static AdvisoryRecord Made(string place, AdvisoryFormat format, ReadOnlyMemory<byte>? bytes) =>
        new(place, format, bytes ?? default, bytes is null ? $"it has more than {MaxRecordBytes / 1024 / 1024} MB" : null);

    // What is broken ends that file, and not the feed.
    private static IEnumerable<AdvisoryRecord> Guarded(IEnumerable<AdvisoryRecord> records, string place)
    {
        using var each = records.GetEnumerator();
        while (true)
        {
            string? problem = null;
            var isMore = false;
            try
            {
                isMore = each.MoveNext();
            }
            catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or NotSupportedException or FormatException)
            {
                problem = $"it cannot be read to its end: {e.Message}";
            }

            if (isMore)
            {
                yield return each.Current;
                continue;
            }

            if (problem is not null)
            {
                yield return new(place, AdvisoryFormat.Osv, default, problem);
            }

            yield break;
        }
    }

    private static bool IsArchive(string name) => Ends(name, ".zip") || Ends(name, ".tar") || Ends(name, ".tar.gz") || Ends(name, ".tgz");

    private static bool IsRecord(string name)
    {
        var bare = Ends(name, ".gz") ? name[..^3] : name;
        return Ends(bare, ".jsonl") || Ends(bare, ".ndjson") || FormatOf(Path.GetFileName(bare)) is not null;
    }

    private static AdvisoryFormat? FormatOf(string name) =>
        name switch
        {
            _ when name.StartsWith("jsrepository", StringComparison.Ordinal) && Ends(name, ".json") => AdvisoryFormat.Retire,
            // They lie beside advisories and are none: each has its own reader.
            _ when name.StartsWith("known_exploited_vulnerabilities", StringComparison.Ordinal) || name == "overrides.json" => null,
            _ when Ends(name, ".json") => AdvisoryFormat.Osv,
            _ when Ends(name, ".yml") || Ends(name, ".yaml") => AdvisoryFormat.GitLab,
            _ => null,
        };

    private static bool Ends(string name, string extension) => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase);
}

/// <summary>How far a feed has been read.</summary>
/// <param name="Bytes">Of the records, not compressed.</param>
public readonly record struct FeedProgress(long Records, long Bytes);
