using Ecoscanner.Findings;
using Ecoscanner.Reports;
using Ecoscanner.Service.Findings;
using Ecoscanner.Service.Runs;

namespace Ecoscanner.Service.Tests.Findings;

public sealed class IngestionTests : IDisposable
{
    private static readonly MadeReport Clean = new();

    private readonly IngestSite site = new();

    [Fact]
    public void A_finding_of_a_steady_check_is_confirmed_at_once()
    {
        site.Ingest(Clean.With(MadeReport.OfTls()));
        Assert.Equal("confirmed", site.State());
        Assert.Equal([FindingChangeKind.Opened, FindingChangeKind.Confirmed], site.Kinds);
    }

    [Fact]
    public void A_finding_of_a_server_that_is_not_proven_is_confirmed_when_a_second_run_sees_it()
    {
        var report = Clean.With(MadeReport.OfAuth());
        site.Ingest(report);
        Assert.Equal("new", site.State());
        site.Ingest(report);
        Assert.Equal("confirmed", site.State());
        Assert.Equal([FindingChangeKind.Opened, FindingChangeKind.Confirmed], site.Kinds);
    }

    [Fact]
    public void A_finding_of_a_server_that_a_control_proves_is_confirmed_at_once()
    {
        site.Ingest(Clean.With(MadeReport.OfAuth(Confidence.High)));
        Assert.Equal("confirmed", site.State());
    }

    [Fact]
    public void The_same_report_again_changes_only_times()
    {
        var report = Clean.With(MadeReport.OfTls(), MadeReport.OfCode());
        Assert.Equal(IngestOutcome.Ingested, site.Ingest(report).Outcome);
        var before = site.Database.Read(session => session.List<long>("select row_version from finding"));
        site.Changes.Clear();
        Assert.Equal(IngestOutcome.Unchanged, site.Ingest(report).Outcome);
        Assert.Empty(site.Changes);
        Assert.Equal(before, site.Database.Read(session => session.List<long>("select row_version from finding")));
        Assert.Equal(2, site.Database.Read(session => session.One<long>("select count(*) from run where state = 'done' and complete = 1")));
    }

    [Fact]
    public void What_somebody_else_closed_is_opened_again_by_the_same_report()
    {
        var report = Clean.With(MadeReport.OfTls());
        site.Ingest(report);
        site.Database.Write(session => session.Execute("update finding set state = 'fixed', closed_at = @Clock, row_version = row_version + 1", session));
        Assert.Equal(IngestOutcome.Ingested, site.Ingest(report).Outcome);
        Assert.Equal("confirmed", site.State());
    }

    [Fact]
    public void A_run_that_ended_is_not_taken_in_twice()
    {
        var run = site.Queue();
        Assert.Equal(IngestOutcome.Ingested, Give(run, Clean.With(MadeReport.OfTls())).Outcome);
        Assert.Equal(IngestOutcome.Ended, Give(run, Clean.With(MadeReport.OfTls(), MadeReport.OfCode())).Outcome);
        Assert.Single(site.States());
    }

    [Fact]
    public void The_report_of_a_worker_that_lost_its_lane_is_thrown_away()
    {
        var run = site.Queue();
        Assert.Equal(IngestOutcome.LeaseLost, Give(run, Clean.With(MadeReport.OfTls()), isHeld: false).Outcome);
        Assert.Empty(site.States());
        Assert.Equal("running", site.Database.Read(session => RunLog.Find(session, run))!.State);
        Assert.Equal(IngestOutcome.Ingested, Give(run, Clean.With(MadeReport.OfTls()), isHeld: true).Outcome);
    }

    [Fact]
    public void A_complete_run_that_does_not_see_it_holds_it_fixed()
    {
        site.Ingest(Clean.With(MadeReport.OfTls()));
        site.Ingest(Clean);
        Assert.Equal("fixed", site.State());
        Assert.Equal(FindingChangeKind.Fixed, site.Kinds[^1]);
    }

    [Fact]
    public void A_closed_finding_that_is_seen_again_is_opened_again()
    {
        site.Ingest(Clean.With(MadeReport.OfTls()));
        site.Ingest(Clean);
        site.Ingest(Clean.With(MadeReport.OfTls()));
        Assert.Equal("confirmed", site.State());
        Assert.Equal(FindingChangeKind.Reopened, site.Kinds[^1]);
    }

    [Fact]
    public void What_an_answer_showed_is_held_fixed_by_two_clean_runs_six_hours_apart()
    {
        site.Ingest(Clean.With(MadeReport.OfAuth(Confidence.High)));
        site.Ingest(Clean);
        site.Ingest(Clean);
        Assert.Equal("confirmed", site.State());
        site.Time.Advance(TimeSpan.FromHours(6));
        Assert.Equal(IngestOutcome.Ingested, site.Ingest(Clean).Outcome);
        Assert.Equal("fixed", site.State());
    }

    [Fact]
    public void A_run_that_sees_it_begins_the_count_of_clean_runs_anew()
    {
        site.Ingest(Clean.With(MadeReport.OfAuth(Confidence.High)));
        site.Ingest(Clean);
        site.Time.Advance(TimeSpan.FromHours(7));
        site.Ingest(Clean.With(MadeReport.OfAuth(Confidence.High)));
        site.Ingest(Clean);
        Assert.Equal("confirmed", site.State());
    }

    [Fact]
    public void A_verification_holds_it_fixed_by_one_clean_run()
    {
        site.Ingest(Clean.With(MadeReport.OfAuth(Confidence.High)));
        site.Ingest(Clean, request => request with { Reason = RunReason.Verification, OnlyRules = [MadeReport.Auth.Id], OnlyPlaces = [MadeReport.Endpoint] });
        Assert.Equal("fixed", site.State());
    }

    [Fact]
    public void What_was_never_sure_and_is_not_seen_again_is_told_to_nobody()
    {
        site.Ingest(Clean.With(MadeReport.OfAuth()));
        site.Ingest(Clean);
        site.Time.Advance(TimeSpan.FromHours(7));
        site.Ingest(Clean);
        Assert.Equal("unobserved", site.State());
        Assert.Equal([FindingChangeKind.Opened], site.Kinds);
    }

    public static TheoryData<string, MadeReportBox> Blind =>
        new()
        {
            { "the scanner failed", new(Clean with { Scanners = [.. Clean.Scanners.Select(scanner => scanner with { Failure = "it fell over" })] }) },
            { "the scanner is older", new(Clean with { Scanners = [.. Clean.Scanners.Select(scanner => scanner with { Version = 0 })] }) },
            { "the scanner did not run", new(Clean with { Scanners = [.. Clean.Scanners.Where(scanner => scanner.Name != "transport-security")] }) },
            { "the place was not covered", new(Clean with { Covered = [new("transport-security", "https://other.example.com:443")] }) },
            { "the place is a gap", new(Clean with { Gaps = [new("transport-security", MadeReport.Host, "no answer")] }) },
            { "the rule is open there", new(Clean with { Verdicts = [new(MadeReport.Tls, Verdict.Inconclusive, MadeReport.Host, "no answer")] }) },
            { "the rule is open as a whole", new(Clean with { Verdicts = [new(MadeReport.Tls, Verdict.Inconclusive, null, "no answer")] }) },
            { "the rule had nothing to say", new(Clean with { Verdicts = [new(MadeReport.Tls, Verdict.NotApplicable, MadeReport.Host, "no TLS")] }) },
            { "the scan was cancelled", new(Clean with { Cancelled = true }) },
        };

    [Theory]
    [MemberData(nameof(Blind))]
    public void A_run_that_could_not_have_seen_it_closes_nothing(string why, MadeReportBox blind)
    {
        site.Ingest(Clean.With(MadeReport.OfTls()));
        site.Ingest(blind.Report);
        Assert.True(site.State() == "confirmed", why);
    }

    [Fact]
    public void A_library_is_not_held_gone_while_a_part_of_the_archive_could_not_be_read()
    {
        site.Ingest(Clean.With(MadeReport.OfLibrary()));
        site.Ingest(
            Clean with
            {
                Verdicts = [new(MadeReport.Library, Verdict.Inconclusive, "app.jar!/lib/secret.jar", "encrypted") { Cause = InconclusiveCause.Ambiguous }],
            }
        );
        Assert.Equal("confirmed", site.State());
        site.Ingest(Clean);
        Assert.Equal("fixed", site.State());
    }

    [Fact]
    public void A_finding_in_a_file_that_is_gone_is_held_fixed()
    {
        site.Ingest(Clean.With(MadeReport.OfCode(file: "src/old.ts")));
        site.Ingest(Clean);
        Assert.Equal("fixed", site.State());
    }

    [Fact]
    public void A_narrowed_run_closes_only_what_it_was_of()
    {
        site.Ingest(Clean.With(MadeReport.OfTls(), MadeReport.OfTls("other.example.com"), MadeReport.OfCode()));
        site.Ingest(
            Clean with
            {
                Covered = [.. Clean.Covered, new("transport-security", "https://other.example.com:443")],
            },
            request => request with { OnlyRules = [MadeReport.Tls.Id], OnlyPlaces = [MadeReport.Host] }
        );
        Assert.Equal(["fixed", "confirmed", "confirmed"], site.States().OrderByDescending(state => state, StringComparer.Ordinal));
    }

    [Fact]
    public void What_a_narrowed_run_closed_and_the_next_whole_one_sees_is_opened_again()
    {
        var report = Clean.With(MadeReport.OfTls());
        site.Ingest(report);
        site.Ingest(Clean, request => request with { OnlyRules = [MadeReport.Tls.Id] });
        Assert.Equal("fixed", site.State());
        site.Ingest(report);
        Assert.Equal("confirmed", site.State());
    }

    [Fact]
    public void A_finding_whose_rule_is_no_more_is_withdrawn_and_not_fixed()
    {
        site.Ingest(Clean.With(MadeReport.OfTls()));
        site.Ingest(
            Clean with
            {
                Scanners =
                [
                    .. Clean.Scanners.Select(scanner => scanner with { Version = 2, Rules = [.. scanner.Rules.Where(rule => rule != MadeReport.Tls)] }),
                ],
            }
        );
        Assert.Equal("withdrawn", site.State());
        Assert.Equal(FindingChangeKind.Withdrawn, site.Kinds[^1]);
    }

    [Fact]
    public void A_run_that_began_before_a_later_one_was_taken_in_closes_nothing()
    {
        var early = site.Queue();
        site.Ingest(Clean.With(MadeReport.OfTls()));
        Give(early, Clean);
        Assert.Equal("confirmed", site.State());
    }

    [Fact]
    public void A_shadow_run_is_measured_and_opens_nothing()
    {
        var result = site.Ingest(Clean.With(MadeReport.OfTls()), request => request with { Stage = RunStage.Shadow });
        Assert.Equal(1, result.Opened);
        Assert.Empty(site.States());
        Assert.Empty(site.Changes);
        Assert.Equal(1, site.Database.Read(session => session.One<long>("select opened from run")));
    }

    [Fact]
    public async Task A_trial_opens_and_closes_nothing_and_makes_no_other_run_stale()
    {
        site.Ingest(Clean.With(MadeReport.OfTls()));
        var before = (site.State(), site.Changes.Count, Rows());
        var earlier = site.Queue();
        var fixes = site.Ingest(Clean, request => request with { Stage = RunStage.Trial });
        var breaks = site.Ingest(Clean.With(MadeReport.OfTls(), MadeReport.OfLibrary()), request => request with { Stage = RunStage.Trial });
        Assert.Equal((1, 1), (fixes.Closed, breaks.Opened));
        Assert.Equal(before, (site.State(), site.Changes.Count, Rows()));
        Assert.Equal(2, site.Database.Read(session => session.One<long>("select count(*) from run where stage = 'trial' and report_digest is not null")));

        // What a trial said is not known when the same comes from what counts.
        await site.Ingestion.IngestAsync(earlier, Clean.Build(), IngestOptions.None, TestContext.Current.CancellationToken);
        Assert.Equal("fixed", site.State());

        string Rows() =>
            site.Database.Read(session =>
                session.One<string>(
                    """
                    select (select group_concat(row_version || ' ' || observations || ' ' || clean_runs) from finding) || (select count(*) from finding_event)
                      || (select group_concat(verdict || checked_at) from rule_state) || (select group_concat(digest) from settled)
                    """
                )
            );
    }

    [Fact]
    public void Another_score_is_told()
    {
        site.Ingest(Clean.With(MadeReport.OfLibrary(cvss: 7.5)));
        site.Ingest(Clean.With(MadeReport.OfLibrary(cvss: 9.8)));
        Assert.Equal(FindingChangeKind.Rescored, site.Kinds[^1]);
        Assert.Equal(4, site.Database.Read(session => session.One<long>("select severity from finding")));
    }

    [Fact]
    public void A_rule_that_is_refined_within_its_family_keeps_the_finding()
    {
        site.Ingest(Clean.With(MadeReport.OfLibrary()));
        var minor = Ecoscanner.Scanners.BundledLibraries.BundledLibrariesScanner.Minor;
        site.Ingest(Clean.With(MadeReport.OfLibrary() with { Rule = minor, OwnCvss = 6.9 }));
        Assert.Equal("confirmed", site.State());
        Assert.Equal(minor.Id, site.Database.Read(session => session.One<string>("select rule from finding")));
    }

    [Fact]
    public void A_finding_is_known_by_the_fingerprint_of_an_older_recipe()
    {
        site.Ingest(Clean.With(MadeReport.OfTls() with { Fingerprint = "eco0:0123" }));
        site.Database.Write(session => session.Execute("delete from finding_alias where fingerprint <> 'eco0:0123'"));
        site.Database.Write(session => session.Execute("update finding set fingerprint = 'eco0:0123'"));
        site.Ingest(Clean.With(MadeReport.OfTls() with { Fingerprint = "eco0:0123" }, MadeReport.OfCode()));
        site.Ingest(Clean.With(MadeReport.OfTls(), MadeReport.OfCode()));
        Assert.Equal(["confirmed", "confirmed"], site.States());
        Assert.Equal(3, site.Count("finding_alias"));
    }

    [Fact]
    public void What_two_sources_report_is_one_finding_and_stays_while_one_does()
    {
        site.Ingest(Clean.With(MadeReport.OfTls()));
        site.Ingest(Clean.With(MadeReport.OfTls()), request => request with { Source = "csrt", Reason = RunReason.Import });
        Assert.Equal(2, site.Count("finding_attribution"));
        site.Ingest(Clean);
        Assert.Equal("confirmed", site.State());
        Assert.Equal(1, site.Database.Read(session => session.One<long>("select count(*) from finding_attribution where gone_at is not null")));
        site.Ingest(Clean, request => request with { Source = "csrt", Reason = RunReason.Import });
        Assert.Equal("fixed", site.State());
    }

    [Fact]
    public void A_claim_of_the_app_stands_beside_the_verdict_and_is_kept_once()
    {
        var ignored = MadeReport.OfTls() with
        {
            ExemptedBy = new Exemption
            {
                Source = ExemptionSource.Desk,
                Rule = MadeReport.Tls.Id,
                Path = "/",
                Reason = "we like it so",
                Expires = new DateOnly(2027, 1, 1),
            },
        };
        site.Ingest(Clean.With(ignored));
        site.Ingest(Clean.With(ignored, MadeReport.OfCode()));
        Assert.Equal("confirmed", site.States()[0]);
        Assert.Equal(1, site.Count("claim"));
        Assert.Contains(FindingChangeKind.Confirmed, site.Kinds);
    }

    [Fact]
    public void What_the_platform_forces_is_said_to_be_so()
    {
        site.Ingest(
            Clean.With(
                MadeReport.OfLibrary() with
                {
                    ExemptedBy = new Exemption
                    {
                        Source = ExemptionSource.Platform,
                        Rule = MadeReport.Library.Id,
                        Reason = "the product brings it",
                        Expires = new DateOnly(2027, 1, 1),
                    },
                }
            )
        );
        Assert.All(site.Changes, change => Assert.True(change.PlatformForced));
        Assert.Equal(0, site.Count("claim"));
    }

    [Fact]
    public void An_app_that_nobody_proved_to_be_theirs_gets_findings_and_no_tickets()
    {
        var other = site.Database.Write(session => IngestSite.AddApp(session, IngestSite.AddPartner(session, "mallory"), IngestSite.AppKey, "unproven"));
        site.Ingest(Clean.With(MadeReport.OfTls()));
        site.Changes.Clear();
        site.Ingest(Clean.With(MadeReport.OfTls()), request => request with { HostingId = other });
        Assert.Empty(site.Changes);
        Assert.Equal(2, site.Database.Read(session => session.One<long>("select count(distinct partner_id) from finding")));
        // Its clean run says nothing of the other partner's app.
        site.Ingest(Clean, request => request with { HostingId = other });
        Assert.Equal(["confirmed", "fixed"], site.States());
    }

    [Fact]
    public void Everything_that_a_run_says_is_kept()
    {
        site.Ingest(Clean.With(MadeReport.OfTls()) with { Gaps = [new("forge-code", "src/big.js", "too large")] });
        var run = site.Database.Read(session => session.One<RunRow>("select * from run"));
        Assert.Equal((7, 700, 7000, 1), (run.Requests, run.BytesSent, run.BytesReceived, run.Findings));
        Assert.Equal(4, site.Count("run_scanner"));
        Assert.Equal(Clean.Scanners.Sum(scanner => scanner.Rules.Count), site.Count("rule_state"));
        using var report = site.Blobs.Open(run.PartnerId, run.ReportDigest!);
        var kept = Ecoscanner.Reports.Json.ReportReader.Read(report!);
        Assert.Equal("src/big.js", kept.Apps[0].Coverage.Gaps[0].Place);
    }

    [Fact]
    public void Evidence_lies_sealed_and_once_for_each_content()
    {
        site.Ingest(Clean.With(MadeReport.OfTls(), MadeReport.OfTls("other.example.com")));
        var all = site.Database.Read(session => session.List<byte[]>("select sealed from evidence"));
        Assert.Equal(2, all.Count);
        Assert.All(all, content => Assert.Equal(-1, content.AsSpan().IndexOf("expected"u8)));
    }

    [Fact]
    public void A_report_of_another_app_is_refused_and_leaves_nothing()
    {
        var e = Assert.Throws<IngestException>(() => site.Ingest(Clean.With(MadeReport.OfTls()) with { AppKey = "com.example.other" }));
        Assert.Contains("com.example.other", e.Message, StringComparison.Ordinal);
        Assert.Empty(site.States());
    }

    [Fact]
    public void A_report_with_more_findings_than_are_taken_is_refused_with_the_way_out()
    {
        var many = Enumerable.Range(0, 25_001).Select(i => MadeReport.OfCode($"f{i}")).ToArray();
        var e = Assert.Throws<IngestException>(() => site.Ingest(Clean.With(many)));
        Assert.Contains("25,001", e.Message, StringComparison.Ordinal);
        Assert.Contains("narrow the scan", e.Message, StringComparison.Ordinal);
        Assert.Empty(site.States());
    }

    [Fact]
    public async Task Half_a_report_is_refused_and_one_with_unknown_fields_is_not()
    {
        using var written = new MemoryStream();
        new Ecoscanner.Reports.Json.JsonReport().Write(Clean.With(MadeReport.OfTls()).Build(), new ReportOptions { Page = _ => null }, written);
        var bytes = written.ToArray();
        var run = site.Queue();
        await Assert.ThrowsAsync<ReportFormatException>(() =>
            site.Ingestion.IngestAsync(run, new MemoryStream(bytes, 0, bytes.Length / 2), IngestOptions.None, TestContext.Current.CancellationToken)
        );
        Assert.Empty(site.States());
        var unknown = System
            .Text.Encoding.UTF8.GetString(bytes)
            .Replace("\"schemaVersion\"", "\"later\": {\"x\": [1]}, \"schemaVersion\"", StringComparison.Ordinal);
        var result = await site.Ingestion.IngestAsync(
            run,
            new MemoryStream(System.Text.Encoding.UTF8.GetBytes(unknown)),
            IngestOptions.None,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(IngestOutcome.Ingested, result.Outcome);
        Assert.Single(site.States());
    }

    [Fact]
    public void What_tickets_throw_leaves_nothing_behind()
    {
        var failing = new Ingestion(site.Database, site.Keys, site.Blobs, (_, _, _) => throw new InvalidOperationException("no ticket"));
        var run = site.Queue();
        Assert.Throws<InvalidOperationException>(() =>
            failing.IngestAsync(run, Clean.With(MadeReport.OfTls()).Build(), IngestOptions.None, TestContext.Current.CancellationToken).GetAwaiter().GetResult()
        );
        Assert.Empty(site.States());
        Assert.Equal(0, site.Count("audit_event"));
        Assert.Equal("running", site.Database.Read(session => RunLog.Find(session, run))!.State);
    }

    public void Dispose() => site.Dispose();

    private IngestResult Give(string run, MadeReport report, bool? isHeld = null) =>
        site
            .Ingestion.IngestAsync(
                run,
                report.Build(),
                isHeld is { } held ? new IngestOptions { IsHeld = _ => held } : IngestOptions.None,
                TestContext.Current.CancellationToken
            )
            .GetAwaiter()
            .GetResult();
}

/// <summary>A report as a row of a table of tests.</summary>
public sealed class MadeReportBox
{
    internal MadeReportBox(MadeReport report) => Report = report;

    internal MadeReport Report { get; }
}
