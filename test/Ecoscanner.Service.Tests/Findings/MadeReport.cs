using Ecoscanner.Apps;
using Ecoscanner.Findings;
using Ecoscanner.Probing;
using Ecoscanner.Rules;
using Ecoscanner.Scanners.BundledLibraries;
using Ecoscanner.Scanners.ConnectAuthentication;
using Ecoscanner.Scanners.ForgeCode;
using Ecoscanner.Scanners.TransportSecurity;
using Ecoscanner.Scanning;

namespace Ecoscanner.Service.Tests.Findings;

/// <summary>A report as a scan would give it: each scanner covers its place and decides its rules, unless a test says otherwise.</summary>
internal sealed record MadeReport
{
    public const string Host = "https://app.example.com:443";
    public const string Endpoint = "GET https://app.example.com/page/12?jwt=x";

    public static readonly Rule Tls = TransportSecurityScanner.OldVersion;
    public static readonly Rule Auth = ConnectAuthenticationScanner.PageUnauthenticated;
    public static readonly Rule Code = ForgeCodeScanner.RequestForgery;
    public static readonly Rule Library = BundledLibrariesScanner.Vulnerable;

    public string AppKey { get; init; } = IngestSite.AppKey;

    public IReadOnlyList<Finding> Findings { get; init; } = [];

    public IReadOnlyList<ScannerRun> Scanners { get; init; } =
    [
        new("transport-security", 1, new TransportSecurityScanner().Rules, TimeSpan.FromSeconds(1), null),
        new("connect-authentication", 1, new ConnectAuthenticationScanner().Rules, TimeSpan.FromSeconds(1), null),
        new("forge-code", 1, new ForgeCodeScanner().Rules, TimeSpan.FromSeconds(1), null),
        new("bundled-libraries", 1, new BundledLibrariesScanner().Rules, TimeSpan.FromSeconds(1), null),
    ];

    public IReadOnlyList<CoveredPlace> Covered { get; init; } =
    [new("transport-security", Host), new("connect-authentication", Endpoint), new("forge-code", "src/index.ts"), new("bundled-libraries", "app.jar")];

    public IReadOnlyList<CoverageGap> Gaps { get; init; } = [];

    /// <summary>Verdicts beside those that follow from findings and coverage.</summary>
    public IReadOnlyList<PlaceVerdict> Verdicts { get; init; } = [];

    public bool Cancelled { get; init; }

    /// <summary>Null where the run does not tell all places of the app.</summary>
    public Extent? Extent { get; init; }

    public static Finding OfTls(string host = "app.example.com") => Of(Tls, Location.OfHost("https", host, 443), Confidence.High);

    public static Finding OfAuth(Confidence confidence = Confidence.Medium, string path = "/page/12") =>
        Of(Auth, Location.OfEndpoint("GET", new Uri($"https://app.example.com{path}?jwt=x"), "generalPages/page"), confidence);

    public static Finding OfCode(string symbol = "handler/fetch", int line = 3, string file = "src/index.ts") =>
        Of(Code, Location.OfFile(file, symbol, line, 7), Confidence.Medium);

    public static Finding OfLibrary(string name = "org.yaml:snakeyaml", string advisory = "CVE-2022-1471", string version = "1.30", double cvss = 9.8) =>
        Of(Library, Location.OfPackage("app.jar", $"pkg:maven/{name.Replace(':', '/')}", advisory, $"{name}@{version}"), Confidence.High) with
        {
            OwnCvss = cvss,
        };

    public static Finding Of(Rule rule, Location location, Confidence confidence) =>
        new()
        {
            Rule = rule,
            Location = location,
            Evidence = new Evidence("seen", "expected"),
            Message = $"{rule.Title} is not so",
            Confidence = confidence,
            Fingerprint = Fingerprint.Of(IngestSite.AppKey, rule, location),
        };

    /// <summary>The app's descriptor, fetched whole, names these places.</summary>
    public MadeReport Naming(params string[] places) => this with { Extent = new Extent(IngestSite.DescriptorUrl, [IngestSite.DescriptorUrl, .. places]) };

    public MadeReport With(params Finding[] findings) => this with { Findings = findings };

    public ScanReport Build() =>
        new()
        {
            ToolVersion = "0.1.0",
            RunId = "run",
            Cancelled = Cancelled,
            Apps =
            [
                new AppReport
                {
                    App = new MadeApp(AppKey, "App") { Source = "test" },
                    Started = new DateTimeOffset(2026, 11, 27, 0, 0, 0, TimeSpan.Zero),
                    Duration = TimeSpan.FromSeconds(4),
                    Scanners = Scanners,
                    Findings = Findings,
                    Verdicts = [.. Scanners.SelectMany(scanner => scanner.Rules.Select(rule => Verdict(scanner, rule)))],
                    Extent = Extent,
                    Coverage = new Coverage(Covered, Gaps),
                    Traffic = new Traffic
                    {
                        Planned = 10,
                        Requests = 7,
                        Handshakes = 1,
                        BytesSent = 700,
                        BytesReceived = 7000,
                        ByHost = new Dictionary<string, int>(StringComparer.Ordinal) { ["app.example.com:443"] = 7 },
                        Refused = [],
                        Exchanges = [],
                    },
                },
            ],
        };

    private RuleVerdict Verdict(ScannerRun scanner, Rule rule)
    {
        List<PlaceVerdict> places =
        [
            .. Findings
                .Where(finding => finding.Rule == rule)
                .Select(finding => new PlaceVerdict(rule, Ecoscanner.Findings.Verdict.Fail, finding.Location.ToString(), finding.Message)),
            .. Verdicts.Where(verdict => verdict.Rule == rule),
        ];
        if (places.Count == 0)
        {
            var place = Covered.FirstOrDefault(covered => covered.Scanner == scanner.Name)?.Place;
            places.Add(
                scanner.Failure is null && place is not null
                    ? new PlaceVerdict(rule, Ecoscanner.Findings.Verdict.Pass, place, "good")
                    : new PlaceVerdict(rule, Ecoscanner.Findings.Verdict.Inconclusive, null, scanner.Failure ?? "not looked at")
            );
        }

        var worst = places.MaxBy(place => place.Verdict)!;
        return new RuleVerdict(rule, worst.Verdict, worst.Reason, places);
    }

    private sealed record MadeApp(string Key, string Name) : App(Key, Name)
    {
        public override string Hosting => "Connect";
    }
}
