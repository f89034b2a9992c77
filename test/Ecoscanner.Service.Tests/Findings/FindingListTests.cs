using Ecoscanner.Findings;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Audit;
using Ecoscanner.Service.Findings;
using Ecoscanner.Service.Inventories;
using Ecoscanner.Service.Runs;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Tests.Findings;

public sealed class FindingListTests : IDisposable
{
    private static readonly RowScope All = Principal.Platform.ScopeOf(Capability.ReadFindings);

    private readonly IngestSite site = new();

    [Fact]
    public void Pages_hold_each_finding_once_the_worst_first()
    {
        Fill();
        var rows = new List<FindingRow>();
        string? after = null;
        do
        {
            var part = site.Database.Read(session => FindingList.Part(session, All, new FindingFilter { States = [] }, after, 3));
            rows.AddRange(part.Rows);
            after = part.Next;
        } while (after is not null);

        Assert.Equal(site.States().Count, rows.Select(row => row.Id).Distinct().Count());
        Assert.Equal(rows.OrderByDescending(row => row.Severity).ThenByDescending(row => row.Id).Select(row => row.Id), rows.Select(row => row.Id));
        Assert.Equal(rows.Count, Count(All, new FindingFilter { States = [] }));
    }

    [Fact]
    public void Only_what_is_in_the_scope_is_there()
    {
        Fill();
        var other = site.Database.Write(session => IngestSite.AddApp(session, IngestSite.AddPartner(session, "other"), "com.example.other"));
        site.Ingest(new MadeReport { AppKey = "com.example.other" }.With(MadeReport.OfTls()), request => request with { HostingId = other });
        Assert.Equal([2L], Rows(new RowScope([new(2, null)]), new FindingFilter()).Select(row => row.PartnerId).Distinct());
        Assert.Equal([2L], Rows(new RowScope([new(2, 2)]), new FindingFilter()).Select(row => row.AppId).Distinct());
        Assert.Empty(Rows(new RowScope([new(2, 1)]), new FindingFilter()));
        Assert.Empty(Rows(new RowScope([]), new FindingFilter()));
        Assert.Empty(Rows(new RowScope([new(2, null)]), new FindingFilter { AppId = 1 }));
        Assert.Equal(0, Count(new RowScope([new(2, null)]), new FindingFilter { PartnerId = 1 }));
        var all = Rows(All, new FindingFilter());
        Assert.Equal(all.Count, Rows(new RowScope([new(1, null), new(2, null), new(2, 2)]), new FindingFilter()).Count);
        Assert.Null(site.Database.Read(session => FindingPage.Find(session, site.Keys, new RowScope([new(2, null)]), 1)));
    }

    [Fact]
    public void Filters_narrow_the_list()
    {
        Fill();
        Assert.All(Rows(All, new FindingFilter { Rule = MadeReport.Tls.Id }), row => Assert.Equal(MadeReport.Tls.Id, row.Rule));
        Assert.All(Rows(All, new FindingFilter { Requirement = "Data Center 9" }), row => Assert.Equal(MadeReport.Library.Id, row.Rule));
        Assert.All(Rows(All, new FindingFilter { Severity = 4 }), row => Assert.Equal(4, row.Severity));
        Assert.NotEmpty(Rows(All, new FindingFilter { Severity = 4 }));
        Assert.NotEmpty(
            Rows(
                All,
                new FindingFilter
                {
                    Hosting = "connect",
                    Rule = MadeReport.Tls.Id,
                    PartnerId = 1,
                }
            )
        );
        Assert.Empty(Rows(All, new FindingFilter { Hosting = "forge" }));
        Assert.Empty(Rows(All, new FindingFilter { States = ["fixed"] }));
        Assert.Empty(Rows(All, new FindingFilter { States = ["no such state"] }));
    }

    public static TheoryData<string, FindingFilterBox> Filters =>
        new()
        {
            { "all", new(new FindingFilter { States = [] }) },
            { "open", new(new FindingFilter()) },
            { "severity", new(new FindingFilter { Severity = 3 }) },
            { "partner", new(new FindingFilter { PartnerId = 1 }) },
            { "partner and rule", new(new FindingFilter { PartnerId = 1, Rule = "a" }) },
            { "app", new(new FindingFilter { AppId = 1 }) },
            { "hosting of an app", new(new FindingFilter { HostingId = 1 }) },
            { "rule", new(new FindingFilter { Rule = "a" }) },
            { "requirement", new(new FindingFilter { Requirement = "a" }) },
            { "requirement of a kind of app", new(new FindingFilter { Requirement = "a", Hosting = "forge" }) },
            { "kind of app", new(new FindingFilter { Hosting = "forge" }) },
        };

    [Theory]
    [MemberData(nameof(Filters))]
    public void Every_list_is_read_through_an_index_in_its_order(string what, FindingFilterBox filter)
    {
        foreach (var scope in (RowScope[])[All, new([new(1, null)]), new([new(1, null), new(2, 7)])])
        {
            foreach (var isLater in (bool[])[false, true])
            {
                var plan = Plan(FindingList.Sql(scope, filter.Filter, isLater));
                Assert.NotEmpty(plan);
                Assert.DoesNotContain(
                    plan,
                    line => line.StartsWith("SCAN f", StringComparison.Ordinal) || line.StartsWith("SCAN a ", StringComparison.Ordinal)
                );
                var searches = plan.Where(line =>
                    line.StartsWith("SEARCH f USING ", StringComparison.Ordinal) && !line.Contains("PRIMARY KEY", StringComparison.Ordinal)
                );
                Assert.All(
                    searches,
                    line =>
                        Assert.True(
                            line.Contains("INDEX finding_", StringComparison.Ordinal) && line.Contains("state=?", StringComparison.Ordinal),
                            $"{what}: {line}"
                        )
                );
                // One sort of the pages of all branches, and none within a branch.
                Assert.True(plan.Count(line => line == "USE TEMP B-TREE FOR ORDER BY") <= 2, $"{what}: {string.Join('\n', plan)}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Filters))]
    public void A_count_reads_a_bounded_stretch_of_an_index_and_sorts_nothing(string what, FindingFilterBox filter)
    {
        foreach (var scope in (RowScope[])[All, new([new(1, null)]), new([new(1, null), new(2, 7)])])
        {
            var plan = Plan(FindingList.CountSql(scope, filter.Filter).Sql);
            Assert.DoesNotContain(plan, line => line.StartsWith("SCAN f", StringComparison.Ordinal) || line.Contains("TEMP B-TREE", StringComparison.Ordinal));
            Assert.True(
                plan.Where(line => line.StartsWith("SEARCH f USING ", StringComparison.Ordinal))
                    .All(line => line.Contains("INDEX finding_", StringComparison.Ordinal) && line.Contains("state=?", StringComparison.Ordinal)),
                $"{what}: {string.Join('\n', plan)}"
            );
        }
    }

    [Fact]
    public void A_count_that_no_index_answers_ends_after_so_many_rows_and_says_that_there_may_be_more()
    {
        site.Ingest(new MadeReport().With(MadeReport.OfTls()));
        var columns =
            "partner_id, app_id, hosting_id, hosting, rule, family, requirement, severity, cvss, confidence, place, place_identity, spot, raises_tickets, state, scanner, scanner_version, first_run, first_seen_at, changed_at";
        site.Database.Write(session =>
            session.Execute(
                $"""
                with recursive n (i) as (select 1 union all select i + 1 from n where i < @many)
                insert into finding (fingerprint, {columns}) select 'made-' || n.i, {columns} from finding, n where id = 1
                """,
                new { many = FindingList.MostLooked }
            )
        );
        var requirement = MadeReport.Tls.Requirement.Id;
        RowCount Of(FindingFilter filter) => site.Database.Read(session => FindingList.Count(session, All, filter));
        Assert.Equal(new RowCount(10_000, AtLeast: true), Of(new FindingFilter { Requirement = requirement }));
        Assert.Equal(new RowCount(10_000, AtLeast: true), Of(new FindingFilter { Requirement = requirement, PartnerId = 1 }));
        Assert.Equal(new RowCount(0, AtLeast: true), Of(new FindingFilter { Requirement = "none", PartnerId = 1 }));
        Assert.Equal(new RowCount(0, AtLeast: false), Of(new FindingFilter { Requirement = requirement, Hosting = "forge" }));
        Assert.Equal(new RowCount(0, AtLeast: false), Of(new FindingFilter { Requirement = "none", Hosting = "forge" }));
    }

    [Fact]
    public void The_lists_of_runs_and_of_libraries_are_read_through_an_index_in_their_order()
    {
        foreach (
            var sql in (string[])
                [
                    RunList.Sql(All, null, null, isLater: true),
                    RunList.Sql(All, 1, null, isLater: true),
                    RunList.Sql(All, null, 1, isLater: false),
                    RunList.Sql(new RowScope([new(1, null)]), null, null, isLater: true),
                    InventorySearch.Sql(All, onlyNewest: true),
                ]
        )
        {
            var plan = Plan(sql);
            Assert.DoesNotContain("USE TEMP B-TREE FOR ORDER BY", plan);
            Assert.True(
                plan.All(line => !line.StartsWith("SCAN", StringComparison.Ordinal) || line.Contains("USING INDEX", StringComparison.Ordinal)),
                string.Join('\n', plan)
            );
        }
    }

    [Fact]
    public void One_finding_comes_with_its_evidence_its_history_and_who_says_what()
    {
        site.Ingest(new MadeReport().With(MadeReport.OfTls()));
        site.Ingest(new MadeReport());
        site.Ingest(new MadeReport().With(MadeReport.OfTls()));
        var page = site.Database.Read(session => FindingPage.Find(session, site.Keys, All, 1))!;
        Assert.Equal("seen", page.Evidence!.Evidence.Observed);
        Assert.Equal(["opened", "confirmed", "fixed", "reopened", "confirmed"], page.Events.Select(one => one.Kind));
        Assert.Null(Assert.Single(page.Attributions).GoneAt);
        Assert.Single(page.Fingerprints);
        Assert.Equal("com.example.app", page.Finding.App);
    }

    [Fact]
    public void What_people_decide_survives_later_runs()
    {
        site.Ingest(new MadeReport().With(MadeReport.OfTls()));
        Assert.Equal(DecisionOutcome.Decided, Decide(new FindingDecision(1, FindingState.FalsePositive, "the host is not theirs")));
        site.Ingest(new MadeReport().With(MadeReport.OfTls()));
        site.Ingest(new MadeReport());
        site.Ingest(new MadeReport().With(MadeReport.OfTls() with { Message = "other" }, MadeReport.OfCode()));
        Assert.Equal("false-positive", site.States()[0]);
        var page = site.Database.Read(session => FindingPage.Find(session, site.Keys, All, 1))!;
        Assert.Equal("the host is not theirs", page.Events[^1].Detail.Why);
        Assert.Equal(DecisionOutcome.Decided, Decide(new FindingDecision(1, FindingState.Confirmed, "it is theirs after all")));
        Assert.Equal("confirmed", site.States()[0]);
    }

    [Fact]
    public void A_decision_needs_a_reason_and_what_it_decides()
    {
        site.Ingest(new MadeReport().With(MadeReport.OfTls(), MadeReport.OfCode()));
        Assert.Equal(DecisionOutcome.Refused, Decide(new FindingDecision(1, FindingState.Accepted, " ")));
        Assert.Equal(DecisionOutcome.Refused, Decide(new FindingDecision(1, FindingState.Fixed, "by decree")));
        Assert.Equal(DecisionOutcome.Refused, Decide(new FindingDecision(1, FindingState.Duplicate, "of itself", DuplicateOf: 1)));
        Assert.Equal(DecisionOutcome.Changed, Decide(new FindingDecision(1, FindingState.Accepted, "why", RowVersion: 99)));
        Assert.Equal(DecisionOutcome.NotFound, Decide(new FindingDecision(99, FindingState.Accepted, "why")));
        Assert.Equal(DecisionOutcome.Decided, Decide(new FindingDecision(1, FindingState.Duplicate, "the same", DuplicateOf: 2)));
    }

    [Fact]
    public void The_list_of_runs_is_filtered_and_goes_on_where_it_ended()
    {
        for (var i = 0; i < 5; i++)
        {
            site.Ingest(new MadeReport().With(MadeReport.OfTls()));
        }

        var first = site.Database.Read(session => RunList.Part(session, All, 1, null, null, 3));
        var second = site.Database.Read(session => RunList.Part(session, All, null, 1, first.Next, 3));
        Assert.Equal(5, first.Rows.Concat(second.Rows).Select(run => run.Id).Distinct().Count());
        Assert.Null(second.Next);
        Assert.Empty(site.Database.Read(session => RunList.Part(session, new RowScope([new(9, null)]), null, null, null, 3)).Rows);
        Assert.NotEmpty(site.Database.Read(session => RunList.Checklist(session, All, 1)));
    }

    [Fact]
    public void Each_run_and_each_decision_stands_in_the_audit_of_the_partner()
    {
        site.Ingest(new MadeReport().With(MadeReport.OfTls()));
        Decide(new FindingDecision(1, FindingState.Accepted, "why"));
        Assert.Equal(
            ["run.ingested", "finding.decided"],
            site.Database.Read(session => session.List<string>("select action from audit_event where partner_id = 1 order by sequence"))
        );
        Assert.NotEmpty(AuditLog.Beginning);
    }

    public void Dispose() => site.Dispose();

    private void Fill() =>
        site.Ingest(
            new MadeReport().With([
                MadeReport.OfTls(),
                MadeReport.OfTls("b.example.com"),
                MadeReport.OfAuth(),
                MadeReport.OfAuth(Confidence.High, "/b"),
                MadeReport.OfCode(),
                MadeReport.OfLibrary(),
                MadeReport.OfLibrary("a:b", "CVE-1", "1", 7.1),
                MadeReport.OfLibrary("a:c", "CVE-1", "1", 4.1),
            ])
        );

    private IReadOnlyList<FindingRow> Rows(RowScope scope, FindingFilter filter) =>
        site.Database.Read(session => FindingList.Part(session, scope, filter, null, 100)).Rows;

    private long Count(RowScope scope, FindingFilter filter)
    {
        var count = site.Database.Read(session => FindingList.Count(session, scope, filter));
        Assert.False(count.AtLeast);
        return count.Total;
    }

    private DecisionOutcome Decide(FindingDecision decision) => site.Database.Write(session => FindingDecisions.Decide(session, Staff, decision));

    private static readonly Principal Staff = new()
    {
        Kind = "account",
        Id = "staff",
        Grants = [new Grant(Enum.GetValues<Role>().First(role => RoleCapabilities.Has(role, Capability.DecideTickets)), null, null)],
    };

    private List<string> Plan(string sql) =>
        site.Database.Read(session =>
            session
                .List<PlanLine>(
                    $"explain query plan {sql}",
                    new
                    {
                        PartnerId = 1,
                        AppId = 1,
                        HostingId = 1,
                        Hosting = "",
                        Rule = "",
                        Requirement = "",
                        Severity = 1,
                        severityAfter = 1,
                        idAfter = 1,
                        rows = 50,
                        partnerId = 1,
                        appId = 1,
                        time = 1,
                        id = "",
                        package = 1,
                        after = 1,
                    }
                )
                .Select(line => line.Detail)
                .ToList()
        );

    private sealed record PlanLine
    {
        public string Detail { get; init; } = "";
    }
}

/// <summary>A filter as a row of a table of tests.</summary>
public sealed class FindingFilterBox(FindingFilter filter)
{
    public FindingFilter Filter { get; } = filter;
}
