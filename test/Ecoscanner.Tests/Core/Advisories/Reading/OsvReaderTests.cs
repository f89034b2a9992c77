using System.Text;
using Ecoscanner.Advisories;
using Ecoscanner.Advisories.Reading;
using Ecoscanner.Rules;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Advisories.Reading;

public sealed class OsvReaderTests
{
    private const string Whole = """
        {"schema_version": "1.6.0", "id": "ghsa-22WJ-vf5f-wrvj", "modified": "2024-05-14T21:58:53Z", "published": "2022-11-23T21:30:31Z", "unknown": {"a": [1]},
         "aliases": ["cve-2022-45868", "CWE-201", "https://example.com/x", "CVE-2022-45868"], "summary": "Password\n exposure", "details": "…",
         "severity": [{"type": "CVSS_V2", "score": "AV:N/AC:L/Au:N/C:P/I:P/A:P"}, {"type": "CVSS_V3", "score": "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H"}],
         "affected": [
           {"package": {"ecosystem": "Maven", "name": "com.h2database:h2"}, "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "1.4.198"}, {"fixed": "2.2.220"}]}], "versions": ["1.4.199", "1.3.1-odd"]},
           {"package": {"ecosystem": "Maven", "name": "com.h2database:h2"}, "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}, {"last_affected": "1.3"}]}]},
           {"package": {"ecosystem": "PyPI", "name": "h2"}, "versions": ["1"]}],
         "references": [{"type": "WEB", "url": "https://nvd.nist.gov/vuln/detail/CVE-2022-45868"}, {"type": "WEB", "url": "javascript:alert(1)"}],
         "database_specific": {"severity": "HIGH", "cwe_ids": ["CWE-312", "CWE-200", "x"]}}
        """;

    [Fact]
    public void A_record_is_read_whole()
    {
        var advisory = Read(Whole, out var problems);
        Assert.Empty(problems);
        Assert.Equal("GHSA-22wj-vf5f-wrvj", advisory.Id);
        Assert.Equal(["CVE-2022-45868"], advisory.Aliases);
        Assert.Equal("Password exposure", advisory.Summary);
        Assert.Equal(7.8, advisory.Score!.Base);
        Assert.Equal("CVSS 3.1 of GHSA", advisory.Score.Reason);
        Assert.Equal(Severity.High, advisory.Severity);
        Assert.Equal([200, 312], advisory.Weaknesses);
        Assert.Equal(["https://nvd.nist.gov/vuln/detail/CVE-2022-45868"], advisory.References.Select(uri => uri.ToString()));
        Assert.Equal(new DateTimeOffset(2024, 5, 14, 21, 58, 53, TimeSpan.Zero), advisory.Modified);
        Assert.Null(advisory.Withdrawn);
        var package = Assert.Single(advisory.Affected);
        Assert.Equal(">= 1.4.198, < 2.2.220 | <= 1.3", string.Join(" | ", package.Ranges));
        Assert.Equal("2.2.220", package.Ranges[0].Fixed);
        Assert.Equal(["1.3.1-odd"], package.Versions);
        Assert.Equal("GHSA", package.Source);
        Assert.Equal("CC-BY-4.0", Assert.Single(advisory.Sources).Licence);
    }

    // OSV schema, "Evaluation"; the version and whether it is affected.
    [Theory]
    [InlineData("""[{"introduced": "0"}, {"fixed": "1.5"}, {"introduced": "2"}, {"last_affected": "2.3"}]""", "< 1.5 | >= 2, <= 2.3")]
    [InlineData("""[{"last_affected": "2.3"}, {"introduced": "2"}, {"fixed": "1.5"}, {"introduced": "0"}]""", "< 1.5 | >= 2, <= 2.3")]
    [InlineData("""[{"introduced": "1"}, {"introduced": "1.2"}, {"fixed": "2"}, {"fixed": "3"}]""", ">= 1, < 2")]
    [InlineData("""[{"introduced": "0"}]""", "every version")]
    [InlineData("""[{"introduced": "1.0"}, {"last_affected": "1"}]""", ">= 1.0, <= 1")]
    [InlineData("""[{"introduced": "1"}, {"limit": "2"}, {"limit": "3"}]""", ">= 1, < 3")]
    [InlineData("""[{"introduced": "1"}, {"limit": "*"}]""", ">= 1")]
    [InlineData("""[{"introduced": "1"}, {"fixed": "2"}, {"introduced": "5"}, {"limit": "4"}]""", ">= 1, < 2")]
    [InlineData("""[{"introduced": "2"}, {"fixed": "1"}]""", "a:b: the range ends at '1', before it begins")]
    [InlineData("""[{"introduced": "1"}, {"fixed": "1.0"}]""", "a:b: the range ends at '1.0', before it begins")]
    [InlineData("""[{"fixed": "1"}]""", "a:b: no event says where the range begins")]
    [InlineData("""[]""", "a:b: no event says where the range begins")]
    [InlineData("""[{"introduced": "${v}"}]""", "a:b: {\"introduced\": \"${v}\"} names no version")]
    [InlineData("""[{"introduced": 1}]""", "a:b: {\"introduced\": 1} names no version")]
    public void Events_become_stretches(string events, string expected)
    {
        var reading = Reading(
            $$"""{"id": "X-1", "affected": [{"package": {"ecosystem": "Maven", "name": "a:b"}, "ranges": [{"type": "ECOSYSTEM", "events": {{events}}}]}]}"""
        );
        Assert.Equal(
            expected,
            reading.Advisory is { } advisory
                ? string.Join(" | ", advisory.Affected[0].Ranges)
                : string.Join(" | ", reading.Problems.Select(problem => problem.Reason))
        );
    }

    [Theory]
    [InlineData("<= 8.5.1", "<= 8.5.1")]
    [InlineData("< 9", "< 9")]
    [InlineData("odd", "every version")]
    public void The_last_version_that_is_known_to_be_affected_ends_what_no_event_ends(string lastKnown, string expected)
    {
        var advisory = Read(
            $$$"""{"id": "GHSA-1", "affected": [{"package": {"ecosystem": "npm", "name": "a"}, "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}]}], "database_specific": {"last_known_affected_version_range": "{{{lastKnown}}}"}}]}""",
            out _
        );
        Assert.Equal(expected, string.Join(" | ", advisory.Affected[0].Ranges));
    }

    [Theory]
    [InlineData(
        """[{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N"}, {"type": "CVSS_V4", "score": "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N"}]""",
        8.7,
        "CVSS 4.0 of GHSA"
    )]
    [InlineData(
        """[{"type": "CVSS_V4", "score": "CVSS:4.0/AV:N/AC:L/Au:N/C:P/I:P/A:P"}, {"type": "CVSS_V3", "score": "CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N"}]""",
        7.5,
        "CVSS 3.0 of GHSA"
    )]
    [InlineData(
        """[{"type": "CVSS_V2", "score": "AV:N/AC:L/Au:N/C:P/I:P/A:P"}]""",
        5.5,
        "the middle of the band that GHSA calls moderate; it gives no CVSS 3 or 4 vector"
    )]
    public void The_score_is_chosen_and_the_choice_is_said(string severity, double expected, string reason)
    {
        var advisory = Read(
            $$$"""{"id": "GHSA-1", "severity": {{{severity}}}, "affected": [{"package": {"ecosystem": "npm", "name": "a"}, "versions": ["1.0.0"]}], "database_specific": {"severity": "MODERATE"}}""",
            out _
        );
        Assert.Equal(expected, advisory.Score!.Base);
        Assert.Equal(reason, advisory.Score.Reason);
    }

    [Fact]
    public void A_malicious_package_is_critical()
    {
        var advisory = Read(
            """{"id": "MAL-2023-995", "affected": [{"package": {"name": "yandex-yt", "ecosystem": "npm"}, "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}]}], "versions": ["103.99.99"]}]}""",
            out _
        );
        Assert.True(advisory.IsMalicious);
        Assert.Equal(Severity.Critical, advisory.Severity);
        Assert.Empty(advisory.Affected[0].Versions);
        Assert.True(advisory.Affected[0].Affects("103.99.99"));
    }

    [Fact]
    public void A_record_that_was_taken_back_says_so() =>
        Assert.NotNull(
            Read(
                """{"id": "GHSA-1", "withdrawn": "2024-01-01T00:00:00Z", "affected": [{"package": {"ecosystem": "npm", "name": "a"}, "versions": ["1.0.0"]}]}""",
                out _
            ).Withdrawn
        );

    [Theory]
    [InlineData("""{"id": "GO-1", "affected": [{"package": {"ecosystem": "Go", "name": "a"}, "versions": ["1"]}]}""")]
    [InlineData(
        """{"id": "GHSA-1", "affected": [{"package": {"ecosystem": "npm", "name": "a"}, "ranges": [{"type": "GIT", "repo": "x", "events": [{"introduced": "0"}]}]}]}"""
    )]
    [InlineData("""{"id": "GHSA-1", "affected": null}""")]
    public void Other_ecosystems_and_commits_are_none_of_ours(string json) =>
        Assert.Equal(0, Reading(json) is { Advisory: null, Problems.Count: var count } ? count : -1);

    [Theory]
    [InlineData("{", "feed:7", "it is no JSON: line 1")]
    [InlineData("[]", "feed:7", "it has no id")]
    [InlineData("""{"id": 7}""", "feed:7", "it has no id")]
    [InlineData(
        """{"id": "A-1", "summary": "\ud800", "affected": [{"package": {"ecosystem": "npm", "name": "a"}, "versions": ["1"]}]}""",
        "feed:7",
        "a text in it is no Unicode"
    )]
    [InlineData("""{"id": "A-1", "affected": [{"package": {"ecosystem": "npm"}, "versions": ["1"]}]}""", "A-1", "an affected package has no name")]
    [InlineData("""{"id": "A-1", "affected": [{"package": {"ecosystem": "npm", "name": "a"}}]}""", "A-1", "a has no range and no version")]
    public void A_wrong_record_is_a_problem_with_its_id_and_the_reason(string json, string record, string reason)
    {
        var reading = Reading(json);
        Assert.Null(reading.Advisory);
        Assert.Equal(new AdvisoryProblem(record, reason), Assert.Single(reading.Problems));
    }

    [Fact]
    public void A_wrong_range_leaves_the_others()
    {
        var advisory = Read(
            """{"id": "A-1", "affected": [{"package": {"ecosystem": "npm", "name": "a"}, "ranges": [{"type": "SEMVER", "events": [{"introduced": "2.0.0"}, {"fixed": "1.0.0"}]}, {"type": "SEMVER", "events": [{"introduced": "3.0.0"}, {"fixed": "3.0.1"}]}]}]}""",
            out var problems
        );
        Assert.Equal(">= 3.0.0, < 3.0.1", string.Join(" | ", advisory.Affected[0].Ranges));
        Assert.Equal("a: the range ends at '1.0.0', before it begins", Assert.Single(problems).Reason);
    }

    [Fact]
    public void Versions_of_ten_thousand_digits_and_deep_records_end_soon()
    {
        var digits = new string('9', 10_000);
        Assert.NotNull(Reading($$"""{"id": "A-1", "affected": [{"package": {"ecosystem": "Maven", "name": "a:b"}, "versions": ["{{digits}}"]}]}""").Advisory);
        Assert.Equal("it is no JSON: line 1", Assert.Single(Reading(new string('[', 100_000)).Problems).Reason);
    }

    [Fact]
    public void Whatever_is_given_nothing_is_thrown() =>
        Fuzz.Run(random =>
        {
            var reading = OsvReader.Read(Fuzzing.Mutate(Encoding.UTF8.GetBytes(Whole), random), "feed:1");
            Assert.All(reading.Problems, problem => Assert.NotEmpty(problem.Reason));
        });

    private static Advisory Read(string json, out IReadOnlyList<AdvisoryProblem> problems)
    {
        var reading = Reading(json);
        problems = reading.Problems;
        return reading.Advisory ?? throw new InvalidOperationException(string.Join("; ", problems));
    }

    private static AdvisoryReading Reading(string json) => OsvReader.Read(Encoding.UTF8.GetBytes(json), "feed:7");
}
