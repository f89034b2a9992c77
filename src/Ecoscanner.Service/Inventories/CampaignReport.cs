using Ecoscanner.Apps;
using Ecoscanner.Findings;
using Ecoscanner.Packages;
using Ecoscanner.Probing;
using Ecoscanner.Rules;
using Ecoscanner.Scanning;

namespace Ecoscanner.Service.Inventories;

/// <summary>What a campaign says of an app, as a report like any other, so that its findings live like any others.</summary>
internal static class CampaignReport
{
    public const string Scanner = "campaign";

    private const int KnownVulnerable = 1395;
    private const int MostShown = 5;

    /// <summary>Of an advisory the rule is the scanner's, whose later runs close it; of a package it is the campaign's own.</summary>
    public static Rule RuleOf(CampaignRequest campaign, string hosting)
    {
        var rule = StoredLibraries.RulesOf(hosting).Vulnerable;
        return campaign.Query.AdvisoryId is not null ? rule : new Rule(OwnRule(campaign.Key), campaign.Title, rule.Requirement, campaign.Cvss, KnownVulnerable);
    }

    public static string OwnRule(string key) => $"campaign-{key}";

    /// <summary>Where it is: the same as for the scanner, where an advisory names it.</summary>
    public static Location PlaceOf(CampaignRequest campaign, ShippedLibrary library)
    {
        var sought = campaign.Query.Packages.First(package => package.Name == library.Package);
        var first = library.Copies[0].Place;
        var end = first.IndexOfAny(['!', '#']);
        return Location.OfPackage(
            end < 0 ? first : first[..end],
            new PackageUrl(sought.Ecosystem, sought.Name, null).ToString(),
            campaign.Query.AdvisoryId ?? OwnRule(campaign.Key),
            $"{library.Package}@{string.Join(", ", library.Copies.Select(copy => copy.Version).Distinct(StringComparer.Ordinal).Take(MostShown))}"
        );
    }

    /// <summary>What the campaign finds in an app; with no library, that it is clean.</summary>
    public static ScanReport Of(CampaignRequest campaign, string appKey, string hosting, IReadOnlyList<ShippedLibrary> libraries, DateTimeOffset now)
    {
        var rule = RuleOf(campaign, hosting);
        var findings = libraries.Select(library => FindingOf(campaign, rule, appKey, library)).ToList();
        List<PlaceVerdict> places =
        [
            .. findings.Select(finding => new PlaceVerdict(rule, Verdict.Fail, finding.Location.ToString(), finding.Message)
            {
                Fingerprint = finding.Fingerprint,
            }),
        ];
        if (campaign.Query.AdvisoryId is not null)
        {
            // One advisory of all that the rule is about: of the others it says nothing.
            places.Add(new PlaceVerdict(rule, Verdict.Inconclusive, null, "a campaign looks for one advisory only") { Cause = InconclusiveCause.Ambiguous });
        }
        else if (places.Count == 0)
        {
            places.Add(new PlaceVerdict(rule, Verdict.Pass, null, $"the newest version does not ship {campaign.Query.Text}"));
        }

        var worst = places.MaxBy(place => place.Verdict)!;
        return new ScanReport
        {
            ToolVersion = typeof(CampaignReport).Assembly.GetName().Version?.ToString(3) ?? "0",
            RunId = campaign.Key,
            Apps =
            [
                new AppReport
                {
                    App = new SbomApp(appKey, appKey) { Source = "stored inventory", Inventory = Inventory.Empty },
                    Started = now,
                    Duration = TimeSpan.Zero,
                    Scanners = [new ScannerRun(Scanner, 1, [rule], TimeSpan.Zero, null)],
                    Findings = findings,
                    Verdicts = [new RuleVerdict(rule, worst.Verdict, worst.Reason, places)],
                    Coverage = new Coverage([new CoveredPlace(Scanner, "stored inventory")], []),
                    Traffic = Traffic.None,
                },
            ],
        };
    }

    private static Finding FindingOf(CampaignRequest campaign, Rule rule, string appKey, ShippedLibrary library)
    {
        var place = PlaceOf(campaign, library);
        return new Finding
        {
            Rule = rule,
            Location = place,
            Evidence = new Evidence($"version {library.AppVersion} ships {place.Component}", $"no {campaign.Query.Text}")
            {
                Facts = [.. library.Copies.Take(MostShown).Select(copy => new Fact("Lies in", copy.Place))],
            },
            Message = campaign.Title,
            Confidence = Confidence.High,
            OwnCvss = campaign.Cvss,
            Fingerprint = Fingerprint.Of(appKey, rule, place),
        };
    }
}
