using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Ecoscanner.Advisories.Reading;

namespace Ecoscanner.Tests.Core.Advisories.Reading;

public sealed class AdvisoryFeedTests : IDisposable
{
    private const string Yaml = "identifier: GMS-2020-1\npackage_slug: npm/c\naffected_range: <1.0.0\n";

    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_folder_is_read_with_all_that_lies_in_it()
    {
        Write("b/1.json", Record("A-1"));
        Write("b/2.yml", Yaml);
        Write("README.md", "# text");
        Write("known_exploited_vulnerabilities.json", "{}");
        Write("overrides.json", "[]");
        Write("c.jsonl", $"{Record("A-2")}\n\n{Record("A-3")}");
        Write("d.jsonl.gz", Gzip($"{Record("A-4")}\r\n"));
        Write("e.json.gz", Gzip(Record("A-5")));
        Write("jsrepository-v5.json", """{"x": {"vulnerabilities": [{"below": "1.0.0", "identifiers": {"CVE": ["CVE-2020-1"]}}], "extractors": {}}}""");
        Assert.Equal(["A-1", "GMS-2020-1", "A-2", "A-3", "A-4", "A-5", "CVE-2020-1"], Ids(folder));
    }

    [Fact]
    public void A_ZIP_is_read()
    {
        var path = Path.Combine(folder, "all.zip");
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            foreach (var (name, text) in new[] { ("A-1.json", Record("A-1")), ("x/README", "text"), ("../../A-2.json", Record("A-2")) })
            {
                using var entry = new StreamWriter(zip.CreateEntry(name).Open());
                entry.Write(text);
            }
        }

        Assert.Equal(["all.zip!/A-1.json", "all.zip!/../../A-2.json"], AdvisoryFeed.Records(path).Select(record => record.Place));
        Assert.Equal(["A-1", "A-2"], Ids(path));
    }

    [Fact]
    public void A_tar_gz_is_read()
    {
        var path = Path.Combine(folder, "all.tar.gz");
        using (var tar = new TarWriter(new GZipStream(File.Create(path), CompressionLevel.Fastest)))
        {
            foreach (var (name, text) in new[] { ("npm/c/1.yml", Yaml), ("LICENSE", "text"), ("2.json", Record("A-2")) })
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
            }
        }

        Assert.Equal(["GMS-2020-1", "A-2"], Ids(path));
    }

    [Fact]
    public void What_is_broken_is_a_problem_and_the_rest_is_read()
    {
        Write("a.zip", "PK no zip");
        Write("b.tar.gz", Gzip("no tar").AsSpan()[..8].ToArray());
        Write("c.jsonl", $"{Record("A-1")}\nno json\n{Record("A-2")}");
        var readings = AdvisoryFeed.Read(folder).ToList();
        Assert.Equal(["A-1", "A-2"], readings.Select(reading => reading.Advisory?.Id).OfType<string>());
        Assert.Equal(["a.zip", "b.tar.gz", "c.jsonl:2"], readings.SelectMany(reading => reading.Problems).Select(problem => problem.Record));
    }

    [Fact]
    public void What_is_missing_is_a_problem() =>
        Assert.Contains(
            "cannot be read",
            Assert.Single(AdvisoryFeed.Read(Path.Combine(folder, "none.zip")).Single().Problems).Reason,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_record_without_end_is_a_problem_and_the_next_is_read()
    {
        var path = Path.Combine(folder, "a.jsonl.gz");
        using (var file = new GZipStream(File.Create(path), CompressionLevel.Fastest))
        {
            var part = new byte[1024 * 1024];
            for (var i = 0; i <= AdvisoryFeed.MaxRecordBytes / part.Length; i++)
            {
                file.Write(part);
            }

            file.Write(Encoding.UTF8.GetBytes($"\n{Record("A-1")}"));
        }

        var readings = AdvisoryFeed.Read(path).ToList();
        Assert.Equal("it has more than 32 MB", Assert.Single(readings[0].Problems).Reason);
        Assert.Equal("A-1", readings[1].Advisory!.Id);
    }

    [Fact]
    public void Reading_tells_how_far_it_is_and_can_be_stopped()
    {
        Write("a.jsonl", string.Join('\n', Enumerable.Range(1, 1200).Select(i => Record($"A-{i}"))));
        var reports = new List<FeedProgress>();
        Assert.Equal(1200, AdvisoryFeed.Read(folder, progress: new Reports(reports.Add)).Count());
        Assert.Equal([512, 1024, 1200], reports.Select(report => report.Records));
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            foreach (var reading in AdvisoryFeed.Read(folder, progress: new Reports(_ => stop.Cancel()), cancellation: stop.Token))
            {
                Assert.NotEqual("A-1100", reading.Advisory!.Id);
            }
        });
    }

    private static List<string> Ids(string path) =>
        AdvisoryFeed
            .Read(path)
            .Select(reading =>
            {
                Assert.Empty(reading.Problems);
                return reading.Advisory!.Id;
            })
            .ToList();

    private static string Record(string id) => $$$"""{"id": "{{{id}}}", "affected": [{"package": {"ecosystem": "npm", "name": "a"}, "versions": ["1.0.0"]}]}""";

    private static byte[] Gzip(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }

    private void Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    private void Write(string name, byte[] bytes)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
    }

    private sealed class Reports(Action<FeedProgress> report) : IProgress<FeedProgress>
    {
        public void Report(FeedProgress value) => report(value);
    }
}
