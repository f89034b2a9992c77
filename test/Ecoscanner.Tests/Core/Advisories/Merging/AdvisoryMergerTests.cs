using Ecoscanner.Advisories;
using Ecoscanner.Advisories.Merging;
using Ecoscanner.Packages;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Advisories.Merging;

public sealed class AdvisoryMergerTests
{
    [Fact]
    public void Records_of_one_vulnerability_become_one_advisory_with_all_ids()
    {
        var merged = Merge(
            Record("GHSA-1", "GHSA", "CVE-2020-1"),
            Record("GMS-1", "GitLab", "GHSA-1"),
            Record("NSWG-1", "Node.js WG", "CVE-2020-1"),
            Record("GHSA-2", "GHSA")
        );
        Assert.Equal(["CVE-2020-1 GHSA-1 GMS-1 NSWG-1", "GHSA-2 "], Ids(merged));
        Assert.Equal(["GHSA", "GitLab", "Node.js WG"], merged.Advisories[0].Sources.Select(source => source.Name));
        Assert.Empty(merged.Bridges);
    }

    [Fact]
    public void A_package_has_the_ranges_of_its_most_trusted_source_and_no_others()
    {
        var merged = Merge(
            Record("GMS-1", "GitLab", "CVE-2020-1") with
            {
                Affected = [Package("a", "GitLab", "9"), Package("b", "GitLab", "5")],
            },
            Record("GHSA-1", "GHSA", "CVE-2020-1") with
            {
                Affected = [Package("a", "GHSA", "2"), Package("c", "GHSA", "3")],
            },
            Record("GHSA-3", "GHSA", "CVE-2020-1") with
            {
                Affected = [Package("a", "GHSA", "4"), Package("a", "GHSA", "2")],
            }
        );
        Assert.Equal(
            ["a GHSA < 2 | < 4", "b GitLab < 5", "c GHSA < 3"],
            Assert.Single(merged.Advisories).Affected.Select(package => $"{package.Name} {package.Source} {string.Join(" | ", package.Ranges)}")
        );
    }

    [Fact]
    public void A_record_that_names_two_known_vulnerabilities_joins_neither_to_the_other()
    {
        var merged = Merge(Record("CVE-2020-1", "GHSA"), Record("CVE-2020-2", "GHSA"), Record("GMS-1", "GitLab", "CVE-2020-1", "CVE-2020-2"));
        Assert.Equal(["CVE-2020-1 GMS-1", "CVE-2020-2 GMS-1"], Ids(merged));
        Assert.Equal(
            "GitLab GMS-1: CVE-2020-1 CVE-2020-2",
            Assert.Single(merged.Bridges.Select(bridge => $"{bridge.Source} {bridge.Record}: {string.Join(' ', bridge.Ids)}"))
        );
    }

    [Fact]
    public void An_id_that_two_claim_is_that_of_the_more_trusted_source()
    {
        var merged = Merge(Record("CVE-2020-2", "GitLab", "GHSA-1"), Record("GHSA-1", "GHSA", "CVE-2020-1"));
        Assert.Equal(["CVE-2020-1 GHSA-1", "CVE-2020-2 "], Ids(merged));
        Assert.Equal("CVE-2020-2", Assert.Single(merged.Bridges).Record);
    }

    [Fact]
    public void A_chain_of_ids_does_not_join_two_known_vulnerabilities()
    {
        var merged = Merge(
            Record("GHSA-1", "GHSA", "CVE-2020-1"),
            Record("GHSA-2", "GHSA", "CVE-2020-2"),
            Record("GMS-1", "GitLab", "GHSA-1", "GMS-2"),
            Record("GMS-2", "GitLab", "GHSA-2")
        );
        Assert.Equal(2, merged.Advisories.Count);
        Assert.All(merged.Advisories, advisory => Assert.Single(advisory.Aliases.Append(advisory.Id), AdvisoryId.IsCve));
    }

    [Fact]
    public void A_second_CVE_that_nobody_names_alone_is_an_alias()
    {
        var merged = Merge(Record("GHSA-1", "GHSA", "CVE-2020-1", "CVE-2020-0"), Record("NSWG-1", "Node.js WG", "CVE-2020-1"));
        Assert.Equal(["CVE-2020-1 CVE-2020-0 GHSA-1 NSWG-1"], Ids(merged));
    }

    [Fact]
    public void Two_CVEs_that_only_a_record_without_a_GHSA_names_together_stay_two()
    {
        var merged = Merge(Record("CVE-2010-1", "retire.js", "CVE-2010-2"));
        Assert.Equal(["CVE-2010-1 ", "CVE-2010-2 "], Ids(merged));
        Assert.Single(merged.Bridges);
    }

    [Fact]
    public void The_score_is_that_of_the_newest_version_by_who_knows()
    {
        var merged = Merge(
            Record("GHSA-1", "GHSA", "CVE-2020-1") with
            {
                Score = new(5.5, null, "label of GHSA"),
            },
            Record("GMS-1", "GitLab", "CVE-2020-1") with
            {
                Score = new(9.3, "CVSS:4.0/x", "4.0 of GitLab"),
            },
            Record("GMS-2", "GitLab", "CVE-2020-1") with
            {
                Score = new(7.5, "CVSS:3.0/x", "3.0 of GitLab"),
            }
        );
        Assert.Equal("3.0 of GitLab", merged.Advisories[0].Score!.Reason);
        merged = Merge([.. merged.Advisories, Record("GHSA-2", "GHSA", "CVE-2020-1") with { Score = new(8.7, "CVSS:4.0/x", "4.0 of GHSA") }]);
        Assert.Equal("4.0 of GHSA", merged.Advisories[0].Score!.Reason);
    }

    [Fact]
    public void What_the_most_trusted_source_takes_back_is_taken_back()
    {
        var day = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(
            day,
            Merge(Record("GHSA-1", "GHSA", "CVE-2020-1") with { Withdrawn = day }, Record("GMS-1", "GitLab", "CVE-2020-1")).Advisories[0].Withdrawn
        );
        // A duplicate of a record that stands.
        Assert.Null(Merge(Record("GHSA-1", "GHSA", "CVE-2020-1") with { Withdrawn = day }, Record("GHSA-2", "GHSA", "CVE-2020-1")).Advisories[0].Withdrawn);
        Assert.Null(Merge(Record("GHSA-1", "GHSA", "CVE-2020-1"), Record("GMS-1", "GitLab", "CVE-2020-1") with { Withdrawn = day }).Advisories[0].Withdrawn);
    }

    [Fact]
    public void Of_one_record_of_two_days_the_newer_counts()
    {
        var old = Record("GHSA-1", "GHSA") with { Modified = new DateTimeOffset(2023, 1, 1, 0, 0, 0, TimeSpan.Zero), Affected = [Package("a", "GHSA", "2")] };
        var merged = Merge(old with { Modified = old.Modified!.Value.AddDays(1), Affected = [Package("a", "GHSA", "3")] }, old);
        Assert.Equal("< 3", string.Join(" | ", merged.Advisories[0].Affected[0].Ranges));
    }

    [Fact]
    public void The_order_of_the_records_does_not_count_and_no_cluster_has_two_known_vulnerabilities() =>
        Fuzz.Run(random =>
        {
            string[] ids = ["CVE-2020-1", "CVE-2020-2", "CVE-2020-3", "GHSA-1", "GHSA-2", "GHSA-3", "GMS-1", "GMS-2", "NSWG-1"];
            string[] sources = ["GHSA", "GitLab", "Node.js WG"];
            var records = Enumerable
                .Range(0, random.Next(1, 12))
                .Select(i =>
                    Record(
                        ids[random.Next(ids.Length)],
                        sources[random.Next(3)],
                        [.. Enumerable.Range(0, random.Next(3)).Select(_ => ids[random.Next(ids.Length)])]
                    ) with
                    {
                        Sources = [new(sources[i % 3], $"{i}", null)],
                    }
                )
                .ToArray();
            var merged = Merge(records);
            var known = records
                .Select(record => record.Aliases.Append(record.Id).Where(AdvisoryId.IsCve).Distinct().ToList())
                .Where(cves => cves.Count == 1)
                .Select(cves => cves[0])
                .ToHashSet();
            Assert.All(merged.Advisories, advisory => Assert.True(advisory.Aliases.Append(advisory.Id).Count(known.Contains) <= 1));
            random.Shuffle(records);
            Assert.Equal(Ids(merged), Ids(Merge(records)));
        });

    private static MergedAdvisories Merge(params Advisory[] records) => AdvisoryMerger.Merge(records);

    private static IEnumerable<string> Ids(MergedAdvisories merged) =>
        merged.Advisories.Select(advisory => $"{advisory.Id} {string.Join(' ', advisory.Aliases)}");

    private static Advisory Record(string id, string source, params string[] aliases) =>
        new()
        {
            Id = id,
            Aliases = [.. aliases],
            Affected = [Package("a", source, "1")],
            Sources = [new(source, id, null)],
        };

    private static AffectedPackage Package(string name, string source, string fixedIn) =>
        new(Ecosystem.Npm, name, [new(null, IncludesFrom: true, fixedIn, IncludesTo: false)], [], source);
}
