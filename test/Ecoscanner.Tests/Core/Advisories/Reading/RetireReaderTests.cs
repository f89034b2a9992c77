using System.Text;
using Ecoscanner.Advisories.Reading;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Advisories.Reading;

public sealed class RetireReaderTests
{
    private const string Whole = """
        {"retire-example": {"vulnerabilities": [{"below": "1"}], "extractors": {"filename": ["x"]}},
         "jQuery": {"npmname": "jquery", "vulnerabilities": [
           {"atOrAbove": "1.2.1", "below": "1.9.0", "severity": "medium", "cwe": ["CWE-79"], "identifiers": {"summary": "XSS", "CVE": ["CVE-2020-7656"], "githubID": "GHSA-q4m3-2j7h-f7xw"}, "info": ["https://example.com/"]},
           {"below": "2.999.999", "excludes": ["1.12.4-aem"], "severity": "low", "identifiers": {"retid": "73"}},
           {"below": "1.1.0", "severity": "high", "identifiers": {"CVE": ["CVE-2014-1", "CVE-2014-2"], "githubID": "GHSA-35jh-r3h4-6jhm"}},
           {"below": "1.0", "atOrAbove": "2.0", "identifiers": {"CVE": ["CVE-2014-3"]}}],
          "extractors": {"filename": ["jquery-(§§version§§)(\\.min)?\\.js"], "filecontent": ["/\\*!? jQuery v(§§version§§)", "("], "filecontentreplace": ["/major:([0-9]+),minor:([0-9]+)/$1.$2/"], "hashes": {"ABC": "1.0.0"}, "func": ["x"]}}}
        """;

    [Fact]
    public void Vulnerabilities_are_read()
    {
        var readings = RetireReader.Read(Encoding.UTF8.GetBytes(Whole), "jsrepository.json");
        Assert.Equal(
            [
                "CVE-2020-7656 GHSA-q4m3-2j7h-f7xw jquery >= 1.2.1, < 1.9.0 5.5",
                "RETIREJS-jQuery-73  jquery < 1.12.4-aem | > 1.12.4-aem, < 2.999.999 2",
                "CVE-2014-1  jquery < 1.1.0 8",
                "CVE-2014-2  jquery < 1.1.0 8",
                "CVE-2014-3: jquery: the range ends at '1.0', before it begins at '2.0'",
            ],
            readings.Select(reading =>
                reading.Advisory is { } advisory
                    ? $"{advisory.Id} {string.Join(' ', advisory.Aliases)} {advisory.Affected[0].Name} {string.Join(" | ", advisory.Affected[0].Ranges)} {advisory.Score!.Base}"
                    : $"{reading.Problems[0].Record}: {reading.Problems[0].Reason}"
            )
        );
    }

    [Fact]
    public void Signatures_are_read()
    {
        var signature = Assert.Single(RetireReader.Signatures(Encoding.UTF8.GetBytes(Whole), out var problems));
        Assert.StartsWith("a pattern is wrong", Assert.Single(problems).Reason, StringComparison.Ordinal);
        Assert.Equal("jquery", signature.Package);
        Assert.Equal("1.0.0", signature.Hashes["abc"]);
        Assert.Equal("3.4.1", signature.FileNames[0].Version("jquery-3.4.1.min.js"));
        Assert.Null(signature.FileNames[0].Version("my-jquery-3.4.1.min.js"));
        Assert.Equal("1.2", signature.Contents[1].Version("{major:1,minor:2}"));
    }

    [Theory]
    [InlineData("[", "it is no JSON")]
    [InlineData("[]", "it is no JSON object")]
    public void What_is_no_repository_is_a_problem(string json, string reason)
    {
        Assert.Equal(reason, Assert.Single(Assert.Single(RetireReader.Read(Encoding.UTF8.GetBytes(json), "x")).Problems).Reason);
        Assert.Empty(RetireReader.Signatures(Encoding.UTF8.GetBytes(json), out var problems));
        Assert.Equal(reason, Assert.Single(problems).Reason);
    }

    [Fact]
    public void Whatever_is_given_nothing_is_thrown() =>
        Fuzz.Run(random =>
        {
            var bytes = Fuzzing.Mutate(Encoding.UTF8.GetBytes(Whole), random);
            RetireReader.Read(bytes, "x");
            RetireReader.Signatures(bytes, out _);
        });
}
