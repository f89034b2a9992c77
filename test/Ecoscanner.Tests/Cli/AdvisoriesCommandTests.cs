using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Ecoscanner.Findings;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Cli;

public sealed partial class AdvisoriesCommandTests : IDisposable
{
    private readonly Desk desk = new();

    [Fact]
    public async Task Without_an_index_each_command_says_how_to_get_one()
    {
        foreach (var command in (string[])["status", "show CVE-2021-44228"])
        {
            var outcome = await desk.RunAsync(["advisories", .. command.Split(' ')]);
            Assert.Equal(3, outcome.ExitCode);
            Assert.Matches(
                "^ecoscanner: there is no advisory index at .*/.local/share/ecoscanner/advisories.index; build it: ecoscanner advisories update\n$",
                outcome.Error
            );
        }
    }

    [Fact]
    public async Task An_index_is_built_from_a_folder_and_asked()
    {
        Feed("feed");
        var update = await desk.RunAsync("advisories", "update", "--from", "feed");
        Assert.Equal((0, ""), (update.ExitCode, update.Output));
        Assert.Matches("^the advisory index is new: snapshot [0-9a-f]{12}, 3 advisories of 3 packages\n$", update.Error);
        var page = new StringBuilder();
        foreach (
            var subject in (string[])
                [
                    "ghsa-jfh8-c2jp-5v3q",
                    "CVE-2026-0002",
                    "MAL-2026-1",
                    "pkg:maven/org.example/logging@2.14.1",
                    "pkg:maven/org.example/logging",
                    "pkg:npm/%40scope/evil@1.0.0",
                    "pkg:npm/harmless@1.0.0",
                    "pkg:maven/org.example/logging@%24%7Brevision%7D",
                ]
        )
        {
            var shown = await desk.RunAsync("advisories", "show", subject);
            Assert.Equal((0, ""), (shown.ExitCode, shown.Error));
            page.Append($"$ ecoscanner advisories show {subject}\n{shown.Output}\n");
        }

        var status = await desk.RunAsync("advisories", "status");
        page.Append($"$ ecoscanner advisories status\n{Volatile().Replace(status.Output.Replace(desk.Folder, "FOLDER"), "…")}");
        Golden.Matches(page.ToString(), ".txt");
    }

    [Fact]
    public async Task What_strangers_wrote_steers_no_terminal()
    {
        desk.Write("feed/a.json", Osv("CVE-2026-0003", "\\u001b[31mred\\u202e ::error::x", "org.example:\\u001b]0;lib", "1.0", "2.0"));
        await desk.RunAsync("advisories", "update", "--from", "feed");
        var shown = await desk.RunAsync("advisories", "show", "CVE-2026-0003");
        Assert.Equal(0, shown.ExitCode);
        Assert.DoesNotContain('\u001b', shown.Output);
        Assert.DoesNotContain('\u202e', shown.Output);
        Assert.DoesNotContain(" ::error", shown.Output);
    }

    [Fact]
    public async Task The_index_lies_where_the_variable_says()
    {
        Feed("feed");
        desk.Environment["ECOSCANNER_ADVISORIES"] = desk.PathOf("mine/known.index");
        Assert.Equal(0, (await desk.RunAsync("advisories", "update", "--from", "feed")).ExitCode);
        Assert.Equal(["known.index"], Directory.GetFiles(desk.PathOf("mine")).Select(Path.GetFileName));
        File.WriteAllText(desk.PathOf("mine/known.index"), "no index at all");
        var status = await desk.RunAsync("advisories", "status");
        Assert.Equal(2, status.ExitCode);
        Assert.Contains("is no advisory index", status.Error);
        // What answers nothing is replaced without a question.
        Assert.Equal(0, (await desk.RunAsync("advisories", "update", "--from", "feed")).ExitCode);
    }

    [Fact]
    public async Task An_update_that_touches_much_is_refused_without_a_person()
    {
        Feed("feed");
        await desk.RunAsync("advisories", "update", "--from", "feed");
        desk.Write("feed/a.json", Osv("CVE-2021-44228", "another range", "org.example:logging", "2.0", "2.17.1"));
        var refused = await desk.RunAsync("advisories", "update", "--from", "feed");
        Assert.Equal(4, refused.ExitCode);
        Assert.Contains("this update touches 33.3% of the old records (0 added, 1 changed, 0 withdrawn, 0 gone, 0 back); usual are 2% at most", refused.Error);
        Assert.Contains("--yes", refused.Error);
        Assert.Contains("fixed in 2.15.0", (await desk.RunAsync("advisories", "show", "pkg:maven/org.example/logging@2.14.1")).Output);
        Assert.Equal(0, (await desk.RunAsync("advisories", "update", "--from", "feed", "--yes")).ExitCode);
        Assert.Contains("fixed in 2.17.1", (await desk.RunAsync("advisories", "show", "pkg:maven/org.example/logging@2.14.1")).Output);
    }

    [Fact]
    public async Task A_file_with_another_digest_is_refused_and_the_index_stays()
    {
        var zip = Zip();
        File.WriteAllBytes(desk.PathOf("all.zip"), zip);
        var good = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(zip))}";
        Assert.Equal(0, (await desk.RunAsync("advisories", "update", "--from", "all.zip", "--digest", good)).ExitCode);
        var wrong = await desk.RunAsync("advisories", "update", "--from", "all.zip", "--digest", $"sha256:{new string('0', 64)}");
        Assert.Equal(2, wrong.ExitCode);
        Assert.Contains($"all.zip has the digest {good}, not the one that was given", wrong.Error);
        foreach (
            var (arguments, words) in (IEnumerable<(string, string)>)
                [
                    ("--from all.zip --digest md5:1", "--digest md5:1 is none"),
                    ("--digest sha256:1", "name that file too"),
                    ("--from nowhere.zip", "there is no such file"),
                    ("--from feed2", "there is no such file"),
                ]
        )
        {
            var outcome = await desk.RunAsync(["advisories", "update", .. arguments.Split(' ')]);
            Assert.Equal(2, outcome.ExitCode);
            Assert.Contains(words, outcome.Error);
        }
    }

    [Fact]
    public async Task A_mirror_is_asked_for_what_changed_only()
    {
        var zip = Zip();
        await using var mirror = LoopbackServer.Http(request =>
            request.Header("If-None-Match") == "\"one\"" ? new LoopbackAnswer(304) : new LoopbackAnswer(200, zip, new HeaderField("ETag", "\"one\""))
        );
        var url = mirror.Url("/Maven/all.zip").AbsoluteUri;
        var first = await desk.RunAsync("advisories", "update", "--from", url);
        Assert.Equal(0, first.ExitCode);
        Assert.Contains("is new", first.Error);
        var second = await desk.RunAsync("advisories", "update", "--from", url);
        Assert.Equal(0, second.ExitCode);
        Assert.Contains("is up to date: snapshot ", second.Error);
        Assert.Equal(2, mirror.Requests.Count);
    }

    [Fact]
    public async Task A_mirror_that_fails_leaves_the_index_and_says_the_way_without_a_network()
    {
        await using var mirror = LoopbackServer.Http(_ => new LoopbackAnswer(404));
        var outcome = await desk.RunAsync("advisories", "update", "--from", mirror.Url("/all.zip").AbsoluteUri);
        Assert.Equal(4, outcome.ExitCode);
        Assert.Contains("answers 404", outcome.Error);
        Assert.Contains("--from FILE", outcome.Error);
    }

    [Fact]
    public async Task A_feed_without_an_advisory_of_ours_is_refused_and_its_problems_are_named()
    {
        desk.Write("feed/a.json", "{");
        desk.Write("feed/b.json", Osv("GO-1", "of Go", "x", "0", "1").Replace("Maven", "Go"));
        var outcome = await desk.RunAsync("advisories", "update", "--from", "feed");
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("left out: a.json: it is no JSON", outcome.Error);
        Assert.Contains("no advisory of Maven or npm", outcome.Error);
    }

    [Theory]
    [InlineData("CVE-1999-0001", 3, "no advisory of Maven or npm has the id CVE-1999-0001 in snapshot")]
    [InlineData("pkg:golang/x@1", 2, "is no package URL of Maven or npm")]
    public async Task What_is_not_there_is_said_with_the_way_out(string subject, int code, string words)
    {
        Feed("feed");
        await desk.RunAsync("advisories", "update", "--from", "feed");
        var outcome = await desk.RunAsync("advisories", "show", subject);
        Assert.Equal((code, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains(words, outcome.Error);
    }

    public void Dispose() => desk.Dispose();

    private static byte[] Zip()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var writer = new StreamWriter(zip.CreateEntry("CVE-2021-44228.json").Open());
            writer.Write(Osv("CVE-2021-44228", "Code injection", "org.example:logging", "2.0", "2.15.0"));
        }

        return stream.ToArray();
    }

    private void Feed(string folder)
    {
        desk.Write(
            $"{folder}/a.json",
            """
            {"id": "GHSA-jfh8-c2jp-5v3q", "aliases": ["CVE-2021-44228"], "summary": "Remote code injection in a logging library, through lookups in messages",
             "published": "2021-12-10T00:40:56Z", "modified": "2025-02-01T00:00:00Z",
             "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H"}],
             "affected": [{"package": {"ecosystem": "Maven", "name": "org.example:logging"}, "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "2.0"}, {"fixed": "2.15.0"}]}]}],
             "references": [{"type": "WEB", "url": "https://logging.example.org/security"}],
             "database_specific": {"cwe_ids": ["CWE-502", "CWE-917"]}}
            """
        );
        desk.Write(
            $"{folder}/b.json",
            Osv("CVE-2026-0002", "Withdrawn later", "org.example:other", "1.0", "2.0")
                .Replace("\"affected\"", "\"withdrawn\": \"2026-02-03T00:00:00Z\", \"affected\"")
        );
        desk.Write($"{folder}/c.json", Osv("MAL-2026-1", "Malicious code in @scope/evil (npm)", "@scope/evil", "0", "").Replace("Maven", "npm"));
        desk.Write(
            $"{folder}/known_exploited_vulnerabilities.json",
            """{"vulnerabilities": [{"cveID": "CVE-2021-44228", "dateAdded": "2021-12-10", "dueDate": "2021-12-24", "knownRansomwareCampaignUse": "Known"}]}"""
        );
        desk.Write(
            $"{folder}/epss_scores-current.csv",
            "#model_version:v2025.03.14,score_date:2026-11-05T00:00:00Z\ncve,epss,percentile\nCVE-2021-44228,0.94358,0.99966\n"
        );
    }

    private static string Osv(string id, string summary, string package, string from, string to) =>
        $$"""{"id": "{{id}}", "summary": "{{summary}}", "affected": [{"package": {"ecosystem": "Maven", "name": "{{package}}"}, "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "{{from}}"}{{(to.Length > 0 ? $", {{\"fixed\": \"{to}\"}}" : "")}}]}]}]}""";

    // What differs from run to run.
    [GeneratedRegex("[0-9a-f]{12}|[0-9-]{10} [0-9:]{5} UTC, just now|/[^ ]*/.local|[0-9.]+ MB", RegexOptions.None, 1000)]
    private static partial Regex Volatile();
}
