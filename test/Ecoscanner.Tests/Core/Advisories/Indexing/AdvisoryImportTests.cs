using System.IO.Compression;
using Ecoscanner.Advisories.Indexing;
using Ecoscanner.Advisories.Reading;
using Ecoscanner.Packages;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Advisories.Indexing;

public sealed class AdvisoryImportTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("ecoscanner-import-");
    private readonly MadeIndex made = new();

    [Fact]
    public void Records_of_one_vulnerability_become_one_advisory_whatever_feed_they_are_from()
    {
        Zip("maven.zip", ("GHSA-aaaa-bbbb-cccc.json", Osv("GHSA-aaaa-bbbb-cccc", "CVE-2026-0001", "org.example:lib", "1.0", "2.0")));
        File.WriteAllText(
            PathOf("more.jsonl"),
            $"{Osv("CVE-2026-0001", "", "org.example:lib", "0", "9.0")}\n{Osv("MAL-2026-1", "", "evil", "0", "", "npm")}\n"
        );
        File.WriteAllText(PathOf("known_exploited_vulnerabilities.json"), """{"vulnerabilities": [{"cveID": "CVE-2026-0001", "dateAdded": "2026-01-02"}]}""");
        File.WriteAllText(PathOf("epss_scores-current.csv"), "#model_version:v1,score_date:2026-01-01T00:00:00Z\ncve,epss,percentile\nCVE-2026-0001,0.5,0.9\n");
        var (index, outcome) = Import(new AdvisoryInput("mine", folder.FullName, "here"));
        Assert.Equal((5, 2, 0), (outcome.Records, outcome.Advisories, outcome.ProblemCount));
        var advisory = index.Find("ghsa-aaaa-bbbb-cccc")!.Value;
        Assert.Equal("CVE-2026-0001", advisory.Id);
        Assert.Equal(["GHSA-aaaa-bbbb-cccc"], advisory.Read().Aliases);
        Assert.Empty(index.Matches(Ecosystem.Maven, "org.example:lib", "5.0").Matches);
        Assert.Single(index.Matches(Ecosystem.Npm, "evil", "5.0.0").Matches);
        var known = index.Exploitation(advisory.Read());
        Assert.Equal((new DateOnly(2026, 1, 2), 0.5f), (known.Exploited!.Added, known.Predicted!.Value.Probability));
        Assert.Equal(new IndexSource("mine", "here", null, null, 5, null), Assert.Single(index.Sources));
    }

    [Fact]
    public void What_cannot_be_read_is_counted_and_named_and_the_rest_stands()
    {
        File.WriteAllText(PathOf("a.json"), "{");
        File.WriteAllText(PathOf("b.json"), Osv("CVE-2026-0002", "", "org.example:lib", "1.0", "2.0"));
        File.WriteAllText(PathOf("c.zip"), "PK\u0003\u0004 no ZIP");
        File.WriteAllText(PathOf("known_exploited_vulnerabilities.json.gz"), "no gzip");
        var (index, outcome) = Import(new AdvisoryInput("mine", folder.FullName, "here"));
        Assert.Equal((1, 1, 3), (index.Count, outcome.Records, outcome.ProblemCount));
        Assert.Equal(["known_exploited_vulnerabilities.json.gz", "a.json", "c.zip"], outcome.Problems.Select(problem => problem.Record));
    }

    [Fact]
    public void Nothing_is_left_beside_the_index()
    {
        File.WriteAllText(PathOf("b.json"), Osv("CVE-2026-0002", "", "org.example:lib", "1.0", "2.0"));
        var target = Path.Combine(folder.FullName, "state", "index");
        new AdvisoryImport(AdvisoryOverrides.None, null, default).Run([new AdvisoryInput("mine", PathOf("b.json"), "here")], MadeIndex.Built, target);
        Assert.Equal(["index"], Directory.GetFiles(Path.Combine(folder.FullName, "state")).Select(Path.GetFileName));
    }

    [Fact]
    public void The_collection_of_the_wild_answers_as_its_records_do()
    {
        var path = SharedData.Path("advisories/maven-npm.osv.jsonl.gz");
        var (index, outcome) = Import(new AdvisoryInput("collection", path, path));
        Assert.True(outcome.Records > 6_000);
        var checks = 0;
        foreach (var advisory in index.All().Where(one => one.Position % 7 == 0 && !one.IsWithdrawn).ToList())
        {
            foreach (var affected in advisory.Read().Affected)
            {
                foreach (var version in affected.Ranges.SelectMany(range => (string?[])[range.From, range.To]).OfType<string>().Take(4))
                {
                    var isMatched = index.Matches(affected.Ecosystem, affected.Name, version).Matches.Any(match => match.Advisory == advisory);
                    Assert.Equal(affected.Affects(version), isMatched);
                    checks++;
                }
            }
        }

        Assert.True(checks > 1_000);
        Assert.Equal(
            "2.15.0",
            index.Matches(Ecosystem.Maven, "org.apache.logging.log4j:log4j-core", "2.14.1").Matches.Single(match => match.Advisory.Id == "CVE-2021-44228").Fixed
        );
    }

    public void Dispose()
    {
        made.Dispose();
        folder.Delete(recursive: true);
    }

    private (AdvisoryIndex Index, ImportOutcome Outcome) Import(AdvisoryInput input)
    {
        var path = made.NewPath();
        var outcome = new AdvisoryImport(AdvisoryOverrides.Shipped, null, default).Run([input], MadeIndex.Built, path);
        return (made.Open(path), outcome);
    }

    private string PathOf(string name) => Path.Combine(folder.FullName, name);

    private void Zip(string name, params (string Name, string Text)[] entries)
    {
        using var zip = ZipFile.Open(PathOf(name), ZipArchiveMode.Create);
        foreach (var (entry, text) in entries)
        {
            using var writer = new StreamWriter(zip.CreateEntry(entry).Open());
            writer.Write(text);
        }
    }

    private static string Osv(string id, string alias, string package, string from, string to, string ecosystem = "Maven") =>
        $$"""{"id": "{{id}}", "aliases": [{{(alias.Length > 0 ? $"\"{alias}\"" : "")}}], "affected": [{"package": {"ecosystem": "{{ecosystem}}", "name": "{{package}}"}, "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "{{from}}"}{{(to.Length > 0 ? $", {{\"fixed\": \"{to}\"}}" : "")}}]}]}]}""";
}
