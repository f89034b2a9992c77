using System.Text;
using Ecoscanner.Advisories.Reading;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Advisories.Reading;

public sealed class GitLabReaderTests
{
    private const string Whole = """
        ---
        identifier: "CVE-2021-26544"
        identifiers:
        - "GHSA-74qp-233x-p5j8"
        - "CVE-2021-26544"
        package_slug: "maven/org.apache.livy/livy-main"
        title: "Cross-site scripting"
        description: "A text
          of two lines."
        date: "2021-05-13"
        pubdate: "2021-05-12"
        affected_range: "(,0.6),[0.7.0]"
        fixed_versions: ["0.7.1"]
        urls:
        - "https://nvd.nist.gov/vuln/detail/CVE-2021-26544"
        credit: {who: [a, {b: c}]}
        cvss_v2: "AV:N/AC:M/Au:S/C:N/I:P/A:N"
        cvss_v3: "CVSS:3.1/AV:N/AC:L/PR:L/UI:R/S:C/C:L/I:L/A:N"
        uuid: "18652d4b-5f09-4e96-a0be-caabca8fcee1"
        cwe_ids:
        - "CWE-1035"
        - "CWE-79"
        """;

    [Fact]
    public void A_record_is_read_whole()
    {
        var reading = Read(Whole);
        Assert.Empty(reading.Problems);
        var advisory = reading.Advisory!;
        Assert.Equal("CVE-2021-26544", advisory.Id);
        Assert.Equal(["GHSA-74qp-233x-p5j8"], advisory.Aliases);
        Assert.Equal("Cross-site scripting", advisory.Summary);
        Assert.Equal(5.4, advisory.Score!.Base);
        Assert.Equal([79, 1035], advisory.Weaknesses);
        Assert.Equal(2021, advisory.Published!.Value.Year);
        var package = Assert.Single(advisory.Affected);
        Assert.Equal("org.apache.livy:livy-main", package.Name);
        Assert.Equal("< 0.6 | = 0.7.0", string.Join(" | ", package.Ranges));
        Assert.Equal("MIT", Assert.Single(advisory.Sources).Licence);
    }

    [Theory]
    [InlineData("package_slug: npm/@scope/name", "@scope/name")]
    [InlineData("package_slug: npm/name", "name")]
    public void Names_are_those_of_npm(string slug, string expected) =>
        Assert.Equal(expected, Read($"identifier: GMS-2020-1\n{slug}\naffected_range: \"<1.0.0\"").Advisory!.Affected[0].Name);

    [Theory]
    [InlineData("a: [", "it is no YAML: line 2")]
    [InlineData("- a", "it has no package_slug")]
    [InlineData("package_slug: npm/a\naffected_range: '<1'", "it has no id")]
    [InlineData("package_slug: npm/a\nidentifier: GMS-2020-1", "it has no affected_range")]
    [InlineData("package_slug: npm/a\nidentifier: GMS-2020-1\naffected_range: '>=2 <1'", "a: the range ends at '1', before it begins at '2'")]
    [InlineData("a: &a [b]\nc: *a", "it has an alias")]
    public void A_wrong_record_is_a_problem_with_the_reason(string yaml, string reason)
    {
        var reading = Read(yaml);
        Assert.Null(reading.Advisory);
        Assert.Equal(reason, Assert.Single(reading.Problems).Reason);
    }

    [Fact]
    public void Deep_and_endless_YAML_ends_soon()
    {
        Assert.Single(Read("a: " + new string('[', 5000)).Problems);
        Assert.Equal("it is too large or too deep", Assert.Single(Read("a: [" + string.Concat(Enumerable.Repeat("b,", 20_000)) + "]").Problems).Reason);
    }

    [Fact]
    public void Whatever_is_given_nothing_is_thrown() => Fuzz.Run(random => GitLabReader.Read(Fuzzing.Mutate(Encoding.UTF8.GetBytes(Whole), random), "a.yml"));

    private static AdvisoryReading Read(string yaml) => GitLabReader.Read(Encoding.UTF8.GetBytes(yaml), "a.yml");
}
