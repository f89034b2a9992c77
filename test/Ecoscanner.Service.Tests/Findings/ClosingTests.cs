using Ecoscanner.Findings;
using Ecoscanner.Scanners.BundledLibraries;
using Ecoscanner.Scanners.ResponseHeaders;
using Ecoscanner.Scanners.TransportSecurity;
using Ecoscanner.Scanning;
using Ecoscanner.Service.Findings;
using Ecoscanner.Service.Runs;

namespace Ecoscanner.Service.Tests.Findings;

public sealed class ClosingTests : IDisposable
{
    private const string Old = "GET https://app.example.com/page/12";
    private const string Kept = "GET https://app.example.com/kept";
    private const string SnakeYaml = "pkg:maven/org.yaml/snakeyaml";

    private static readonly MadeReport Clean = new();
    private static readonly MadeReport Flawed = Clean.With(MadeReport.OfAuth(Confidence.High)).Naming(Old, Kept);

    // The page is gone, so the scanner asks the other one only.
    private static readonly MadeReport Without = (
        Clean with
        {
            Covered = [.. Clean.Covered.Where(place => place.Scanner != "connect-authentication"), new("connect-authentication", Kept)],
            Verdicts = [new(MadeReport.Auth, Verdict.Pass, Kept, "refused")],
        }
    ).Naming(Kept);

    private readonly IngestSite site = new();

    [Fact]
    public void A_place_that_is_no_part_of_the_app_any_more_closes_its_finding_in_these_words()
    {
        site.Ingest(Flawed);
        site.Ingest(Without);
        Assert.Equal("confirmed", site.State());
        site.Ingest(Without);
        Assert.Equal("confirmed", site.State());
        site.Time.Advance(TimeSpan.FromHours(7));
        site.Ingest(Without);
        Assert.Equal("unobserved", site.State());
        Assert.Equal(FindingChangeKind.Removed, site.Kinds[^1]);
        Assert.StartsWith("the place is no part of the app any more (run ", Why(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_that_comes_back_opens_the_same_finding_again()
    {
        site.Ingest(Flawed);
        Remove();
        Assert.Equal("unobserved", site.State());
        site.Ingest(Flawed);
        Assert.Equal("confirmed", site.State());
        Assert.Equal(FindingChangeKind.Reopened, site.Kinds[^1]);
    }

    [Fact]
    public void A_place_that_is_removed_only_now_and_then_stays_open()
    {
        site.Ingest(Flawed);
        for (var day = 0; day < 3; day++)
        {
            site.Ingest(Without);
            site.Time.Advance(TimeSpan.FromHours(12));
            site.Ingest(Flawed);
            site.Time.Advance(TimeSpan.FromHours(12));
        }

        Assert.Equal("confirmed", site.State());
    }

    [Fact]
    public void A_check_that_needs_one_clean_run_needs_two_of_a_place_that_is_gone()
    {
        site.Ingest(Clean.With(MadeReport.OfTls("old.example.com")).Naming("https://old.example.com/"));
        site.Ingest(Without);
        Assert.Equal("confirmed", site.State());
        site.Time.Advance(TimeSpan.FromHours(7));
        site.Ingest(Without);
        Assert.Equal("unobserved", site.State());
    }

    [Fact]
    public void A_verification_closes_it_at_once()
    {
        site.Ingest(Flawed);
        site.Ingest(Without, request => request with { Reason = RunReason.Verification, OnlyRules = [MadeReport.Auth.Id], OnlyPlaces = [MadeReport.Endpoint] });
        Assert.Equal("unobserved", site.State());
    }

    public static TheoryData<string, MadeReportBox> Silent =>
        new()
        {
            { "a report of before there were extents", new(Without with { Extent = null }) },
            { "another descriptor", new(Without with { Extent = Without.Extent! with { Document = "https://app.example.com/other.json" } }) },
            { "the place is named", new(Without.Naming(Old, Kept)) },
            { "the place is named by what is filled", new(Without.Naming("GET https://app.example.com/page/%7B%7D")) },
            { "the place was a gap all the same", new(Without with { Gaps = [new("connect-authentication", Old, "refused")] }) },
            {
                "the rule is open there all the same",
                new(Without with { Verdicts = [.. Without.Verdicts, new(MadeReport.Auth, Verdict.Inconclusive, Old, "no answer")] })
            },
            {
                "another scanner failed",
                new(
                    Without with
                    {
                        Scanners = [.. Clean.Scanners.Select(scanner => scanner with { Failure = scanner.Name == "forge-code" ? "it fell over" : null })],
                    }
                )
            },
            { "the scanner did not run", new(Without with { Scanners = [.. Clean.Scanners.Where(scanner => scanner.Name != "connect-authentication")] }) },
            { "the scanner is older", new(Without with { Scanners = [.. Clean.Scanners.Select(scanner => scanner with { Version = 0 })] }) },
            { "the scan was cancelled", new(Without with { Cancelled = true }) },
        };

    [Theory]
    [MemberData(nameof(Silent))]
    public void A_run_that_does_not_show_that_the_place_is_gone_closes_nothing(string why, MadeReportBox silent)
    {
        site.Ingest(Flawed);
        for (var runs = 0; runs < 3; runs++)
        {
            site.Ingest(silent.Report);
            site.Time.Advance(TimeSpan.FromHours(7));
        }

        Assert.True(site.State() == "confirmed", why);
    }

    [Fact]
    public void A_run_of_some_rules_says_nothing_of_places_unless_somebody_waits_for_it()
    {
        site.Ingest(Flawed);
        for (var runs = 0; runs < 3; runs++)
        {
            site.Ingest(Without, request => request with { OnlyRules = [MadeReport.Auth.Id] });
            site.Time.Advance(TimeSpan.FromHours(7));
        }

        Assert.Equal("confirmed", site.State());
    }

    [Fact]
    public void A_descriptor_to_which_the_hosting_was_moved_says_nothing_of_what_was_found_before()
    {
        site.Ingest(Flawed);
        site.Database.Write(session =>
            session.Execute("update app_hosting set descriptor_since = @Clock", new { Clock = site.Time.GetUtcNow().ToUnixTimeMilliseconds() + 1 })
        );
        Remove();
        Assert.Equal("confirmed", site.State());
    }

    [Fact]
    public void A_finding_whose_place_is_gone_stays_while_another_source_reports_it()
    {
        site.Ingest(Flawed);
        site.Ingest(Clean.With(MadeReport.OfAuth(Confidence.High)), request => request with { Source = "csrt" });
        Remove();
        Assert.Equal("confirmed", site.State());
    }

    [Fact]
    public void Plain_HTTP_that_no_URL_of_the_descriptor_has_any_more_is_held_fixed()
    {
        var named = MadeReport.Of(TransportSecurityScanner.MissingTls, Location.OfHost("http", "app.example.com", 80), Confidence.High);
        site.Ingest(Clean.With(named));
        site.Ingest(Clean with { Verdicts = [new(TransportSecurityScanner.MissingTls, Verdict.Pass, null, "every URL is https")] });
        Assert.Equal("fixed", site.State());
    }

    [Fact]
    public void A_scanner_that_covers_by_what_it_says_closes_by_it()
    {
        var headers = new ScannerRun("response-headers", 1, new ResponseHeadersScanner().Rules, TimeSpan.Zero, null);
        var rule = ResponseHeadersScanner.WeakReferrerPolicy;
        var clean = Clean with { Scanners = [.. Clean.Scanners, headers] };
        site.Ingest(clean.With(MadeReport.Of(rule, Location.OfEndpoint("GET", new Uri("https://app.example.com/page"), null), Confidence.High)));
        site.Ingest(clean with { Verdicts = [new(rule, Verdict.Pass, "https://app.example.com/other", "good")] });
        Assert.Equal("confirmed", site.State());
        site.Ingest(clean with { Verdicts = [new(rule, Verdict.Pass, "https://app.example.com/page?jwt=x", "good")] });
        Assert.Equal("fixed", site.State());
    }

    public static TheoryData<string, string?, bool, bool> Open =>
        new()
        {
            // What is open, about what; whether the finding of snakeyaml stays open, and that of commons-text.
            { "app.jar!/lib/snakeyaml.jar", SnakeYaml, true, false },
            { "app.jar!/lib/other.jar", "pkg:maven/com.example/other", false, false },
            { "app.jar!/lib/unknown.jar", "app.jar!/lib/unknown.jar", false, false },
            { "app.jar", "app.jar", true, true },
            // What could not be read may be anything.
            { "app.jar!/lib/encrypted.jar", null, true, true },
            { "other.jar", null, true, true },
        };

    [Theory]
    [MemberData(nameof(Open))]
    public void An_open_place_keeps_open_what_it_may_be_and_nothing_else(string place, string? about, bool keepsOne, bool keepsOther)
    {
        site.Ingest(Clean.With(MadeReport.OfLibrary(), MadeReport.OfLibrary("org.apache.commons:commons-text", "CVE-2022-42889", "1.9")));
        site.Ingest(
            Clean with
            {
                Verdicts =
                [
                    new(MadeReport.Library, Verdict.Pass, null, "40 libraries"),
                    new(MadeReport.Library, Verdict.Inconclusive, place, "not known") { Cause = InconclusiveCause.Ambiguous, About = about },
                ],
                Gaps = [new("bundled-libraries", place, "not known")],
            }
        );
        Assert.Equal([State(keepsOne), State(keepsOther)], States("%snakeyaml%", "%commons-text%"));
    }

    [Fact]
    public void Weight_and_sureness_of_a_library_that_stays_open_do_not_matter()
    {
        var minor = MadeReport.Of(
            BundledLibrariesScanner.Minor,
            Location.OfPackage("app.jar", SnakeYaml, "CVE-2022-25857", "org.yaml:snakeyaml@1.30"),
            Confidence.High
        );
        site.Ingest(Clean.With(minor));
        site.Ingest(Clean with { Verdicts = [new(MadeReport.Library, Verdict.Inconclusive, "app.jar!/lib/a.jar", "not known") { About = SnakeYaml }] });
        Assert.Equal("confirmed", site.State());
    }

    [Fact]
    public void What_is_open_of_a_whole_rule_keeps_all_its_libraries_open()
    {
        site.Ingest(Clean.With(MadeReport.OfLibrary()));
        site.Ingest(Clean with { Verdicts = [new(MadeReport.Library, Verdict.Inconclusive, null, "no advisories")] });
        Assert.Equal("confirmed", site.State());
    }

    [Fact]
    public void A_file_or_an_archive_that_is_gone_needs_no_descriptor()
    {
        site.Ingest(Clean.With(MadeReport.OfCode(file: "src/old.ts"), MadeReport.OfLibrary()));
        site.Ingest(
            Clean with
            {
                Covered = [.. Clean.Covered.Where(place => place.Scanner != "bundled-libraries")],
                Verdicts =
                [
                    .. new BundledLibrariesScanner().Rules.Select(rule => new PlaceVerdict(rule, Verdict.NotApplicable, null, "the app ships no library")),
                ],
            }
        );
        Assert.Equal(["fixed", "fixed"], site.States());
    }

    public void Dispose() => site.Dispose();

    private void Remove()
    {
        site.Ingest(Without);
        site.Time.Advance(TimeSpan.FromHours(7));
        site.Ingest(Without);
    }

    private string Why() => site.Database.Read(session => session.One<string>("select closed_why from finding"));

    private static string State(bool isKept) => isKept ? "confirmed" : "fixed";

    private IReadOnlyList<string> States(params string[] identities) =>
        [
            .. identities.Select(identity =>
                site.Database.Read(session => session.One<string>("select state from finding where place_identity like @identity", new { identity }))
            ),
        ];
}
