using System.Text;
using Ecoscanner.Apps;
using Ecoscanner.Findings;
using Ecoscanner.Probing;
using Ecoscanner.Reports;
using Ecoscanner.Reports.Text;
using Ecoscanner.Rules;
using Ecoscanner.Scanning;

namespace Ecoscanner.Tests.Core.Reports;

/// <summary>Reports as scans make them, with every kind of thing in them that a format must show, and hostile text wherever an app can put some.</summary>
internal static class SampleReports
{
    public const string AppKey = "com.example.checklists";

    /// <summary>Markup, commands of terminals and build servers, formulas and invisible characters in one.</summary>
    public const string Hostile =
        "\u001b[31mred\u001b]8;;https://evil.example\u0007 <img src=x onerror=alert(1)> | `code` ``` @team #1 ::error::pwned ##vso[task.complete] "
        + "\u202Egnp.exe\u200B =1+1 &amp; ]]> [a](javascript:alert) {0} %0A\r\n::stop-commands::x\u2028 日本語 'quoted' \"twice\" \\";

    public static readonly Rule InstallUnsigned = new(
        "install-unsigned",
        "Install and uninstall requests must be signed by Atlassian",
        Requirement.Connect14,
        Cvss: 8.6,
        Cwe: 306
    );

    public static readonly Rule ContextToken = new("context-token", "A token must be valid for the very request it came with", Requirement.Connect12, 8.8, 345);
    public static readonly Rule TlsOld = new("tls-old", "TLS must be version 1.2 or higher", Requirement.Connect3, 7.4, 326);
    public static readonly Rule HstsMissing = new("hsts-missing", "HSTS must be on for a year or more", Requirement.Connect3, 6.8, 319);
    public static readonly Rule CertificateInvalid = new("certificate-invalid", "Certificates must be valid and trusted", Requirement.Connect62, 8.1, 295);
    public static readonly Rule ReferrerLeak = new("referrer-leak", "Pages must keep their address to themselves", Requirement.Connect72, 3.1, 200);
    public static readonly Rule CookieFlags = new("cookie-flags", "Session cookies must be Secure and HttpOnly", Requirement.Connect74, 3.7, 614);

    private static readonly DateTimeOffset Started = new(2026, 11, 21, 22, 15, 3, TimeSpan.Zero);

    public static ReportOptions Options { get; } = new() { Page = Page };

    public static ReportOptions WithBaseline { get; } = Options with { Policy = new FailPolicy { Baseline = Baseline.Of(Earlier()) } };

    /// <summary>Two apps: one with findings of every kind and hostile text, one that is sound; and a target that could not be read.</summary>
    public static ScanReport Rich() =>
        new()
        {
            ToolVersion = "0.1.0",
            RunId = "01JD8QK3W1",
            Apps = [Sound(), Flawed()],
            FailedTargets = [new FailedTarget("https://gone.example/descriptor.json", $"no answer; is the address right? {Hostile}")],
        };

    public static ScanReport Of(params AppReport[] apps) =>
        new()
        {
            ToolVersion = "0.1.0",
            RunId = "01JD8QK3W1",
            Apps = apps,
        };

    /// <summary>A scan of the flawed app that found one thing it still has and one that it no longer has.</summary>
    public static ScanReport Earlier()
    {
        var flawed = Flawed();
        var gone = FindingOf(TlsOld, Location.OfHost("https", "old.example.com", 443));
        return Of(flawed with { Findings = [flawed.Findings.First(finding => finding.Rule == HstsMissing), gone] });
    }

    public static AppReport Sound() =>
        Empty(new ConnectApp("com.example.sound", "Sound", new Uri("https://sound.example.com")) { Source = "atlassian-connect.json" }) with
        {
            Scanners = [new ScannerRun("transport-security", 1, [HstsMissing], TimeSpan.FromSeconds(2), Failure: null)],
            Verdicts = [VerdictOf(HstsMissing, Verdict.Pass, "https://sound.example.com:443", "max-age=63072000")],
        };

    public static AppReport Flawed()
    {
        IReadOnlyList<Finding> findings =
        [
            FindingOf(HstsMissing, Location.OfHost("https", "app.example.com", 443), "no header", "max-age=31536000"),
            FindingOf(
                InstallUnsigned,
                Location.OfEndpoint("POST", new Uri("https://app.example.com/installed"), "lifecycle/installed"),
                "204 to an install signed by a key that is not Atlassian's",
                "401",
                [
                    ExchangeOf(4, "fake RS256 install token", "POST", "https://app.example.com/installed", 204),
                    ExchangeOf(5, "no token", "POST", "https://app.example.com/installed", status: null),
                ]
            ),
            FindingOf(
                ContextToken,
                Location.OfEndpoint("GET", new Uri("https://app.example.com/issue/10001/panel?x=1"), $"webPanels/{Hostile}"),
                Hostile,
                Hostile,
                [ExchangeOf(9, Hostile, "GET", "https://app.example.com/issue/10001/panel?x=1", 200)],
                $"{Hostile}."
            ),
            FindingOf(ReferrerLeak, Location.OfFile("atlassian-connect.json", "/modules/generalPages/0/url", 12, 14)) with
            {
                Confidence = Confidence.Medium,
                Evidence = new Evidence("200 without a token", "401 or 403")
                {
                    Steps = [new("src/index.js", 12, 3, "is entered"), new($"src/{Hostile}.js", 7, 1, $"calls {Hostile}")],
                },
                ExemptedBy = new Exemption
                {
                    Source = ExemptionSource.Desk,
                    Rule = ReferrerLeak.Id,
                    Reason = $"the page has no secrets in its address {Hostile}",
                    Expires = new DateOnly(2027, 6, 1),
                    By = "security@example.com",
                },
            },
            FindingOf(CookieFlags, Location.OfEndpoint("GET", new Uri("https://app.example.com/login"), component: null)) with
            {
                Confidence = Confidence.Low,
            },
        ];
        return Empty(
            new ConnectApp(AppKey, $"Checklists {Hostile}", new Uri("https://app.example.com")) { Source = "https://app.example.com/atlassian-connect.json" }
        ) with
        {
            Duration = TimeSpan.FromSeconds(41.3),
            Scanners =
            [
                new ScannerRun(
                    "transport-security",
                    3,
                    [TlsOld, HstsMissing, CertificateInvalid],
                    TimeSpan.FromSeconds(12),
                    $"stopped at its time limit {Hostile}"
                ),
                new ScannerRun(
                    "connect-authentication",
                    7,
                    [InstallUnsigned, ContextToken, ReferrerLeak, CookieFlags],
                    TimeSpan.FromSeconds(29),
                    Failure: null
                ),
            ],
            Findings = findings,
            Verdicts =
            [
                new RuleVerdict(
                    ContextToken,
                    Verdict.Fail,
                    Hostile,
                    [
                        new PlaceVerdict(ContextToken, Verdict.Fail, "https://app.example.com/issue/10001/panel?x=1", Hostile),
                        new PlaceVerdict(ContextToken, Verdict.Pass, "https://app.example.com/other", "401 without a token"),
                        new PlaceVerdict(ContextToken, Verdict.Inconclusive, "https://app.example.com/hook", "204 to everything, the control path too")
                        {
                            Cause = InconclusiveCause.Ambiguous,
                            About = Hostile,
                        },
                    ]
                ),
                VerdictOf(InstallUnsigned, Verdict.Fail, "https://app.example.com/installed", "204 to an install signed by a key that is not Atlassian's"),
                VerdictOf(TlsOld, Verdict.Inconclusive, place: null, $"stopped at its time limit {Hostile}"),
                VerdictOf(HstsMissing, Verdict.Fail, "https://app.example.com:443", "no header"),
                VerdictOf(CertificateInvalid, Verdict.Pass, "https://app.example.com:443", "valid until 2027-03-01, trusted"),
                VerdictOf(ReferrerLeak, Verdict.Exempt, "atlassian-connect.json:12", $"the page has no secrets in its address {Hostile}"),
                VerdictOf(
                    CookieFlags,
                    Verdict.Inconclusive,
                    "https://app.example.com/login",
                    "no test tenant was given; give one with --tenant to see the cookie that a log-in sets"
                ) with
                {
                    Places =
                    [
                        new PlaceVerdict(CookieFlags, Verdict.Inconclusive, "https://app.example.com/login", "no test tenant was given")
                        {
                            Cause = InconclusiveCause.NeedsOperator,
                        },
                        new PlaceVerdict(CookieFlags, Verdict.NotApplicable, "https://app.example.com/picture", "sets no cookie"),
                    ],
                },
            ],
            Extent = new Extent(
                "https://app.example.com/atlassian-connect.json",
                ["https://app.example.com/", "GET https://app.example.com/issue/%7B%7D/panel", $"POST https://app.example.com/{Hostile}"]
            ),
            Coverage = new Coverage(
                [
                    new CoveredPlace("transport-security", "https://app.example.com:443"),
                    new CoveredPlace("connect-authentication", "GET https://app.example.com/other"),
                    new CoveredPlace("connect-authentication", $"GET https://app.example.com/{Hostile}"),
                ],
                [
                    new CoverageGap(
                        "connect-authentication",
                        $"https://cdn.example.net/{Hostile}",
                        "not the app's host; approve it with --approve-host cdn.example.net"
                    ),
                    new CoverageGap("descriptor", "/modules/webPanels/3/url", "is no URL; write a path below baseUrl"),
                ]
            ),
            Traffic = new Traffic
            {
                Planned = 60,
                Requests = 38,
                Handshakes = 12,
                BytesSent = 3_120,
                BytesReceived = 40_960,
                ByHost = new Dictionary<string, int>(StringComparer.Ordinal) { ["status.example.com:443"] = 2, ["app.example.com:443"] = 36 },
                Refused = [new RefusedHost("cdn.example.net", $"does not serve this app's descriptor {Hostile}")],
                SignedAs = "desk scan",
                Exchanges = [.. findings.SelectMany(finding => finding.Evidence.Exchanges).OrderBy(exchange => exchange.Number)],
            },
        };
    }

    /// <summary>An app with that many findings of one rule, each with its own place and request.</summary>
    public static AppReport Large(int findings) =>
        Empty(new ConnectApp(AppKey, "Large", new Uri("https://app.example.com")) { Source = "https://app.example.com/atlassian-connect.json" }) with
        {
            Scanners = [new ScannerRun("connect-authentication", 7, [ContextToken], TimeSpan.FromSeconds(29), Failure: null)],
            Findings =
            [
                .. Enumerable
                    .Range(1, findings)
                    .Select(i =>
                        FindingOf(
                            ContextToken,
                            Location.OfEndpoint("GET", new Uri($"https://app.example.com/page-{i}"), $"generalPages/page-{i}"),
                            exchanges: [ExchangeOf(i, "no token", "GET", $"https://app.example.com/page-{i}", 200)]
                        )
                    ),
            ],
            Verdicts = [VerdictOf(ContextToken, Verdict.Fail, "https://app.example.com/page-1", "200 without a token")],
        };

    public static AppReport Empty(App app) =>
        new()
        {
            App = app,
            Started = Started,
            Duration = TimeSpan.FromSeconds(2),
            Scanners = [],
            Findings = [],
            Verdicts = [],
            Coverage = Coverage.None,
            Traffic = new Traffic
            {
                Planned = 2,
                Requests = 1,
                Handshakes = 0,
                BytesSent = 0,
                BytesReceived = 812,
                ByHost = new Dictionary<string, int>(StringComparer.Ordinal),
                Refused = [],
                SignedAs = null,
                Exchanges = [],
            },
        };

    public static Finding FindingOf(
        Rule rule,
        Location location,
        string observed = "200 without a token",
        string expected = "401 or 403",
        IReadOnlyList<Exchange>? exchanges = null,
        string? message = null
    ) =>
        new()
        {
            Rule = rule,
            Location = location,
            Evidence = new Evidence(observed, expected) { Exchanges = exchanges ?? [] },
            Message = message ?? $"{rule.Title}: {observed}",
            Confidence = Confidence.High,
            Fingerprint = Fingerprint.Of(AppKey, rule, location),
        };

    public static RuleVerdict VerdictOf(Rule rule, Verdict verdict, string? place, string reason, InconclusiveCause cause = InconclusiveCause.CutShort) =>
        new(rule, verdict, reason, [new PlaceVerdict(rule, verdict, place, reason) { Cause = cause }]);

    /// <summary>What a format makes of a report, as text.</summary>
    public static string Written(string format, ScanReport report, ReportOptions? options = null)
    {
        using var output = new MemoryStream();
        ReportFormats.Find(format)!.Write(report, options ?? Options, output);
        return Encoding.UTF8.GetString(output.GetBuffer(), 0, (int)output.Length);
    }

    public static ReportOptions Text(Func<TextStyle, TextStyle> change) => Options with { Text = change(new TextStyle()) };

    private static Exchange ExchangeOf(int number, string purpose, string method, string url, int? status) =>
        new()
        {
            Number = number,
            Purpose = purpose,
            Method = method,
            Url = url,
            Sent = Started.AddSeconds(number),
            Duration = TimeSpan.FromMilliseconds(87),
            Curl = $"curl --globoff -X {method} -H 'Authorization: JWT eyJhbGciOiJub25lIn0.e30.' '{url}'",
            Status = status,
            Headers = status is null ? [] : [new HeaderField("content-type", "application/json"), new HeaderField("set-cookie", $"id=…; {Hostile}")],
            Length = status is null ? null : 17,
            Hash = status is null ? null : "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            JsonKeys = status is null ? [] : ["name", Hostile],
            Failure = status is null ? "the connection was reset" : null,
        };

    private static string? Page(Rule rule) =>
        rule == CookieFlags
            ? null
            : $"""
                # {rule.Title}

                ## Why

                Others could pretend to be the sender.

                ## How to fix

                Verify the **signature** with [Atlassian's key](https://developer.atlassian.com/), e.g. with `atlassian-jwt`. Then refuse the rest.

                ## How to check

                Send a request without one.
                """;
}
