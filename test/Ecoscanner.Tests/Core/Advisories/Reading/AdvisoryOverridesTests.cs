using System.Text;
using Ecoscanner.Advisories.Reading;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Advisories.Reading;

public sealed class AdvisoryOverridesTests
{
    [Fact]
    public void Those_that_ship_are_right_and_have_reasons()
    {
        Assert.Equal(4, AdvisoryOverrides.Shipped.All.Count);
        Assert.All(AdvisoryOverrides.Shipped.All, item => Assert.NotEmpty(item.Reason));
    }

    [Fact]
    public void Other_ones_of_the_same_form_are_read()
    {
        var read = AdvisoryOverrides.Read(File.ReadAllBytes(SharedData.Path("advisories/overrides.json")), out var problems);
        Assert.Empty(problems);
        Assert.Equal(4, read.All.Count);
    }

    [Theory]
    [InlineData("GHSA-pr98-23f8-jwxv", "Maven", "ch.qos.logback:logback-core", "1.15.13", "ch.qos.logback:logback-core < 1.5.13")]
    [InlineData("GHSA-pr98-23f8-jwxv", "Maven", "ch.qos.logback:logback-core", "1.6.0", null)]
    [InlineData("GHSA-8hc4-vh64-cxmj", "npm", "Axios", "1.7.4", "axios < 1.7.4")]
    [InlineData("GHSA-j8xg-fqg3-53r7", "GitHub Actions", "word-wrap", "1.2.4", "word-wrap < 1.2.4")]
    [InlineData("GHSA-j8xg-fqg3-53r7", "npm", "word-wrap", "1.2.4", null)]
    [InlineData("GHSA-f5x3-32g6-xq36", "npm", "node-tar", "6.2.1", "tar < 6.2.1")]
    public void A_wrong_record_is_corrected_with_the_reason(string id, string ecosystem, string name, string fixedIn, string? expected)
    {
        var json =
            $$"""{"id": "{{id}}", "affected": [{"package": {"ecosystem": "{{ecosystem}}", "name": "{{name}}"}, "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "{{fixedIn}}"}]}]}]}""";
        var reading = OsvReader.Read(Encoding.UTF8.GetBytes(json), "feed", AdvisoryOverrides.Shipped);
        var package = Assert.Single(reading.Advisory!.Affected);
        if (expected is null)
        {
            Assert.Contains("look at it again", Assert.Single(reading.Problems).Reason, StringComparison.Ordinal);
            Assert.NotEqual("override", package.Source);
            return;
        }

        Assert.Empty(reading.Problems);
        Assert.Equal(expected, $"{package.Name} {package.Ranges[0]}");
        Assert.Equal("override", package.Source);
        Assert.Contains(reading.Advisory.Sources, source => source is { Name: "override", Note.Length: > 20 });
    }

    [Fact]
    public void A_record_can_be_left_out_and_scored_anew()
    {
        var overrides = AdvisoryOverrides.Read(
            """[{"id": "CVE-2022-1", "reason": "no vulnerability", "change": {"withdrawn": "2023-01-30"}}, {"id": "CVE-2022-2", "reason": "the vector forgets the scope", "change": {"vector": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H"}}]"""u8.ToArray(),
            out var problems
        );
        Assert.Empty(problems);
        Assert.Equal(2023, Read("CVE-2022-1").Withdrawn!.Value.Year);
        Assert.Equal(10.0, Read("CVE-2022-2").Score!.Base);

        Ecoscanner.Advisories.Advisory Read(string alias) =>
            OsvReader
                .Read(
                    Encoding.UTF8.GetBytes(
                        $$"""{"id": "GHSA-1", "aliases": ["{{alias}}"], "affected": [{"package": {"ecosystem": "npm", "name": "a"}, "versions": ["1.0.0"]}]}"""
                    ),
                    "feed",
                    overrides
                )
                .Advisory!;
    }

    [Theory]
    [InlineData("{", "they are no JSON")]
    [InlineData("{}", "it is no JSON array")]
    [InlineData("""[{"id": "CVE-1-1", "change": {"fixed": "1"}}]""", "it needs an id and a reason")]
    [InlineData("""[{"id": "CVE-1-1", "reason": "x", "change": {"fixes": "1"}}]""", "its change changes nothing")]
    [InlineData("""[{"id": "CVE-1-1", "reason": "x", "change": {"ecosystem": "pub"}}]""", "'pub' is no ecosystem that is known")]
    [InlineData("""[{"id": "CVE-1-1", "reason": "x", "change": {"vector": "CVSS:3.1/"}}]""", "AV is missing")]
    [InlineData(
        """[{"id": "CVE-1-1", "reason": "x", "change": {"fixed": "1"}}, {"id": "cve-1-1", "reason": "x", "change": {"fixed": "2"}}]""",
        "it stands twice"
    )]
    public void A_wrong_correction_is_named(string json, string reason)
    {
        AdvisoryOverrides.Read(Encoding.UTF8.GetBytes(json), out var problems);
        Assert.Equal(reason, Assert.Single(problems).Reason);
    }
}
