using Ecoscanner.Advisories;
using Ecoscanner.Advisories.Indexing;
using Ecoscanner.Advisories.Reading;
using Ecoscanner.Advisories.Versions;
using Ecoscanner.Packages;
using Ecoscanner.Rules;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Advisories.Indexing;

public sealed class AdvisoryIndexTests : IDisposable
{
    private readonly MadeIndex made = new();

    [Theory]
    [InlineData("[1.0,2.0)", "0.9", false)]
    [InlineData("[1.0,2.0)", "1.0", true)]
    [InlineData("[1.0,2.0)", "1.0.0", true)]
    [InlineData("[1.0,2.0)", "1.9.9", true)]
    [InlineData("[1.0,2.0)", "2.0-rc1", true)]
    [InlineData("[1.0,2.0)", "2.0", false)]
    [InlineData("(1.0,2.0]", "1.0", false)]
    [InlineData("(1.0,2.0]", "1.0.1", true)]
    [InlineData("(1.0,2.0]", "2.0", true)]
    [InlineData("(1.0,2.0]", "2.0.1", false)]
    [InlineData("(,2.0)", "0", true)]
    [InlineData("[1.0,)", "999999999999999999999", true)]
    [InlineData("(,)", "1", true)]
    [InlineData("[2.0,1.0)", "1.5", false)]
    public void A_version_is_affected_where_it_stands_in_a_range(string range, string version, bool isAffected)
    {
        var index = made.Of(MadeIndex.Maven("CVE-2026-0001", "org.example:lib", range));
        Assert.Equal(isAffected ? ["CVE-2026-0001"] : [], Ids(index, "org.example:lib", version));
    }

    [Fact]
    public void A_match_says_its_range_the_fixed_version_and_whose_range_it_is()
    {
        var index = made.Of(
            MadeIndex.Maven("CVE-2026-0001", "org.example:lib", "[1.0,1.5]", "[2.0,2.3)"),
            MadeIndex.Maven("CVE-2026-0002", "org.example:lib", "(1.7,2.1)")
        );
        var matches = index.Matches(Ecosystem.Maven, "org.example:lib", "2.0.5").Matches;
        Assert.Equal([new VersionRange("2.0", true, "2.3", false), new VersionRange("1.7", false, "2.1", false)], matches.Select(match => match.Range));
        Assert.Equal(["2.3", "2.1"], matches.Select(match => match.Fixed));
        Assert.All(matches, match => Assert.Equal("made", match.Source));
        var old = Assert.Single(index.Matches(Ecosystem.Maven, "org.example:lib", "1.2").Matches);
        Assert.Equal((new VersionRange("1.0", true, "1.5", true), null), (old.Range, old.Fixed));
    }

    [Fact]
    public void A_listed_version_is_affected_and_its_neighbours_are_not()
    {
        var advisory = new Advisory
        {
            Id = "GHSA-aaaa",
            Affected = [new AffectedPackage(Ecosystem.Npm, "lib", [MadeIndex.Range("[2.0.0,2.1.0)")], ["1.0.0", "1.2.0", "2.0.5"], "made")],
        };
        var index = made.Of(advisory);
        Assert.Equal(
            [true, false, true, false, true, false],
            ((string[])["1.0.0", "1.1.0", "1.2.0", "1.3.0", "2.0.5", "2.1.0"]).Select(version =>
                index.Matches(Ecosystem.Npm, "lib", version).Matches.Count == 1
            )
        );
    }

    [Fact]
    public void Names_of_packages_are_compared_with_their_case_and_ecosystem()
    {
        var index = made.Of(MadeIndex.Npm("GHSA-aaaa", "axios", "(,1.0.0)"));
        Assert.Single(index.Matches(Ecosystem.Npm, "axios", "0.1.0").Matches);
        Assert.Empty(index.Matches(Ecosystem.Npm, "Axios", "0.1.0").Matches);
        Assert.Empty(index.Matches(Ecosystem.Maven, "axios", "0.1.0").Matches);
        Assert.Empty(index.Matches(Ecosystem.Npm, new string('a', 100_000), "0.1.0").Matches);
        Assert.Empty(index.Matches(Ecosystem.Npm, "", "0.1.0").Matches);
    }

    [Fact]
    public void A_text_that_is_no_version_is_not_passed_in_silence()
    {
        var index = made.Of(MadeIndex.Maven("CVE-2026-0001", "org.example:lib", "(,2.0)"));
        Assert.False(index.Matches(Ecosystem.Maven, "org.example:lib", "${revision}").IsVersion);
        Assert.False(index.Matches(Ecosystem.Maven, "org.example:lib", "").IsVersion);
        Assert.True(index.Matches(Ecosystem.Maven, "org.example:harmless", "${revision}").IsVersion);
    }

    [Fact]
    public void A_withdrawn_advisory_is_found_and_never_matches()
    {
        var index = made.Of(MadeIndex.Npm("CVE-2022-23529", "jsonwebtoken", "(,9.0.0)") with { Withdrawn = MadeIndex.Built });
        Assert.Empty(index.Matches(Ecosystem.Npm, "jsonwebtoken", "8.5.1").Matches);
        Assert.True(index.Find("CVE-2022-23529")!.Value.IsWithdrawn);
        Assert.Equal(MadeIndex.Built, index.Find("CVE-2022-23529")!.Value.Read().Withdrawn);
    }

    [Fact]
    public void An_advisory_comes_back_as_it_went_in()
    {
        var advisory = new Advisory
        {
            Id = "CVE-2021-44228",
            Aliases = ["GHSA-jfh8-c2jp-5v3q", "GMS-2021-1"],
            Summary = "Remote code injection in Log4j \u202e<b>",
            Published = new DateTimeOffset(2021, 12, 10, 0, 40, 56, TimeSpan.Zero),
            Modified = MadeIndex.Built,
            Score = new AdvisoryScore(10, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", "GHSA's CVSS 3.1"),
            Weaknesses = [20, 400, 502],
            References = [new Uri("https://example.com/a?b=c#d"), new Uri("https://example.com/%20")],
            Sources = [new AdvisorySource("GHSA", "GHSA-jfh8-c2jp-5v3q", "CC-BY-4.0"), new AdvisorySource("ours", "x", null)],
            Affected =
            [
                new AffectedPackage(
                    Ecosystem.Maven,
                    "org.apache.logging.log4j:log4j-core",
                    [MadeIndex.Range("[2.13.0,2.15.0)"), MadeIndex.Range("[2.0-beta9,2.3.1)")],
                    ["2.15.0-special"],
                    "GHSA"
                ),
                new AffectedPackage(Ecosystem.Maven, "com.guicedee.services:log4j-core", [MadeIndex.Range("(,1.2.1.2-jre17]")], [], "GitLab"),
            ],
        };
        var back = made.Of(MadeIndex.Npm("GHSA-zzzz", "other", "(,)"), advisory).Find("ghsa-JFH8-c2jp-5v3q")!.Value;
        Assert.Equivalent(advisory, back.Read(), strict: true);
        Assert.Equal(("CVE-2021-44228", 10.0, Severity.Critical), (back.Id, back.Score, back.Severity));
    }

    [Fact]
    public void A_malicious_package_is_critical_without_a_score()
    {
        var index = made.Of(MadeIndex.Npm("MAL-2026-1", "evil", "(,)") with { IsMalicious = true, Score = null });
        var match = Assert.Single(index.Matches(Ecosystem.Npm, "evil", "1.0.0").Matches);
        Assert.Equal((Severity.Critical, null, true), (match.Advisory.Severity, match.Advisory.Score, match.Advisory.IsMalicious));
    }

    [Fact]
    public void The_groups_of_an_artifact_are_those_with_advisories()
    {
        var index = made.Of(
            MadeIndex.Maven("CVE-2026-0001", "org.dom4j:dom4j", "(,)"),
            MadeIndex.Maven("CVE-2026-0002", "dom4j:dom4j", "(,)"),
            MadeIndex.Maven("CVE-2026-0003", "dom4j:dom4j-core", "(,)"),
            MadeIndex.Npm("CVE-2026-0004", "dom4j", "(,)"),
            MadeIndex.Maven("CVE-2026-0005", "a:a", "(,)")
        );
        Assert.Equal(["dom4j", "org.dom4j"], index.GroupsOf("dom4j"));
        Assert.Equal(["a"], index.GroupsOf("a"));
        Assert.Empty(index.GroupsOf("dom"));
        Assert.Empty(index.GroupsOf("zzz"));
    }

    [Fact]
    public void Exploitation_is_that_of_all_its_CVEs()
    {
        var path = made.NewPath();
        AdvisoryIndexBuilder.Build(
            [MadeIndex.Npm("GHSA-aaaa", "lib", "(,)") with { Aliases = ["CVE-2021-0001", "CVE-2021-44228"] }],
            MadeIndex.Kev(
                ("CVE-2021-44228", new(new DateOnly(2021, 12, 10), new DateOnly(2021, 12, 24), ByRansomware: true)),
                ("CVE-2019-0708", new(new DateOnly(2021, 11, 3), null, ByRansomware: false)),
                ("no CVE", new(new DateOnly(2021, 11, 3), null, ByRansomware: false))
            ),
            MadeIndex.Epss("CVE-2021-0001,0.00043,0.1", "CVE-2021-44228,0.94358,0.99966"),
            [new IndexSource("made", "here", MadeIndex.Built, "CC0-1.0", 3, null)],
            MadeIndex.Built,
            path
        );
        var index = made.Open(path);
        var known = index.Exploitation(index.Find("GHSA-aaaa")!.Value.Read());
        Assert.Equal(
            new Exploitation(
                "CVE-2021-44228",
                new(new DateOnly(2021, 12, 10), new DateOnly(2021, 12, 24), ByRansomware: true),
                "CVE-2021-44228",
                new(0.94358f, 0.99966f)
            ),
            known
        );
        Assert.Null(index.Exploitation(["CVE-2019-0708"]).Exploited!.Due);
        Assert.Equal(Exploitation.Unknown, index.Exploitation(["CVE-1999-0001", "GHSA-x"]));
        Assert.Equal(new IndexSource("made", "here", MadeIndex.Built, "CC0-1.0", 3, null), Assert.Single(index.Sources));
        Assert.Equal((MadeIndex.Built, 1, 1, 2, 2), (index.Built, index.Count, index.PackageCount, index.ExploitedCount, index.PredictedCount));
    }

    [Fact]
    public void The_snapshot_depends_on_what_is_in_it_and_not_on_when_or_in_which_order_it_came()
    {
        var advisories = Enumerable.Range(0, 200).Select(i => MadeIndex.Maven($"CVE-2026-{i:0000}", $"org.example:lib{i % 7}", $"[{i % 3}.0,{i}.0)")).ToList();
        var one = made.Of(advisories);
        var other = made.NewPath();
        AdvisoryIndexBuilder.Build(
            Enumerable.Reverse(advisories),
            KnownExploited.None,
            new ExploitPrediction(),
            [new IndexSource("x", "y", null, null, 1, null)],
            MadeIndex.Built.AddDays(1),
            other
        );
        Assert.Equal(one.Snapshot, made.Open(other).Snapshot);
        Assert.NotEqual(one.Snapshot, made.Of(advisories.Skip(1)).Snapshot);
        Assert.Equal(64, one.Snapshot.Length);
        Assert.StartsWith(one.ShortSnapshot, one.Snapshot);
    }

    [Theory]
    [InlineData(Ecosystem.Maven, "")]
    [InlineData(Ecosystem.Npm, "")]
    public void The_bytes_that_versions_sort_by_are_part_of_the_format(Ecosystem ecosystem, string expected)
    {
        string[] versions =
        [
            "1",
            "1.0.0",
            "1.2.3-alpha.1",
            "1.2.3-rc-2",
            "1.2.3.Final",
            "1.2.3-sp1",
            "1.2.3-x.7",
            "4.3.30.RELEASE",
            "31.1-jre",
            "1.0-SNAPSHOT",
        ];
        var keys = versions.SelectMany(version => VersionOrder.Of(ecosystem).Key(version) is { } key ? [.. key.Bytes, (byte)0] : Array.Empty<byte>());
        var checksum = $"{IndexFormat.Version}:{Checksum.Of([.. keys]):x8}";
        Assert.True(
            checksum == expected,
            $"indexes on disk order versions as {expected}, the program as {checksum}: raise IndexFormat.Version, then write {checksum} here"
        );
    }

    [Fact]
    public void An_empty_index_answers()
    {
        var index = made.Of();
        Assert.Empty(index.Matches(Ecosystem.Npm, "lib", "1.0.0").Matches);
        Assert.Null(index.Find("CVE-2021-44228"));
        Assert.Empty(index.GroupsOf("lib"));
        Assert.Empty(index.All());
    }

    [Fact]
    public void Matching_by_positions_is_matching_by_the_order_of_versions() =>
        Fuzz.Run(random =>
        {
            var ecosystem = random.Next(2) == 0 ? Ecosystem.Maven : Ecosystem.Npm;
            var advisories = Enumerable
                .Range(0, random.Next(1, 12))
                .Select(i => new Advisory
                {
                    Id = $"CVE-2026-{i:0000}",
                    Affected =
                    [
                        new AffectedPackage(
                            ecosystem,
                            "a:b",
                            [
                                .. Enumerable
                                    .Range(0, random.Next(4))
                                    .Select(_ => new VersionRange(
                                        random.Next(5) == 0 ? null : Version(random),
                                        random.Next(2) == 0,
                                        random.Next(5) == 0 ? null : Version(random),
                                        random.Next(2) == 0
                                    )),
                            ],
                            [.. Enumerable.Range(0, random.Next(4)).Select(_ => Version(random))],
                            "made"
                        ),
                    ],
                })
                .ToList();
            using var made = new MadeIndex();
            var index = made.Of(advisories);
            var order = VersionOrder.Of(ecosystem);
            for (var i = 0; i < 40; i++)
            {
                var version = Version(random);
                var expected = advisories.Where(advisory => IsAffected(order, advisory.Affected[0], version)).Select(advisory => advisory.Id);
                Assert.Equal(expected, index.Matches(ecosystem, "a:b", version).Matches.Select(match => match.Advisory.Id));
            }
        });

    public void Dispose() => made.Dispose();

    private static bool IsAffected(VersionOrder order, AffectedPackage affected, string version) =>
        affected.Versions.Any(listed => order.Compare(listed, version) == 0)
        || affected.Ranges.Any(range =>
            (range.From is null || order.Compare(version, range.From) is var low && (range.IncludesFrom ? low >= 0 : low > 0))
            && (range.To is null || order.Compare(version, range.To) is var high && (range.IncludesTo ? high <= 0 : high < 0))
        );

    private static string Version(Random random)
    {
        string[] qualifiers = ["", "", "", "", "-alpha.1", "-rc1", "-beta", ".0"];
        return $"{random.Next(3)}.{random.Next(3)}.{random.Next(2)}{qualifiers[random.Next(qualifiers.Length)]}";
    }

    private static IEnumerable<string> Ids(AdvisoryIndex index, string name, string version) =>
        index.Matches(Ecosystem.Maven, name, version).Matches.Select(match => match.Advisory.Id);
}
