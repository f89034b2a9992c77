using Ecoscanner.Apps;
using Ecoscanner.Apps.Forge;
using Ecoscanner.Rules;
using Ecoscanner.Scanning;

namespace Ecoscanner.Scanners.ForgeManifest;

/// <summary>Judges what a Forge app's manifest alone tells (Forge 1, 3, 4, 7, 9). Sends nothing, and reads no code.</summary>
public sealed class ForgeManifestScanner : IScanner
{
    public static readonly Rule WildcardEgress = new("egress-wildcard", "Egress should name the hosts it needs", Requirement.Forge4, Cvss: 4.3, Cwe: 942);
    public static readonly Rule SharedEgress = new(
        "egress-shared-domain",
        "Egress wildcards should stay within domains of one owner",
        Requirement.Forge4,
        Cvss: 3.1,
        Cwe: 942
    );
    public static readonly Rule PlainHttp = new("manifest-plain-http", "Remotes and egress addresses should use TLS", Requirement.Forge3, Cvss: 5.9, Cwe: 319);
    public static readonly Rule UnsafeScripts = new(
        "script-policy-unsafe",
        "The policy for scripts should keep its protection",
        Requirement.Forge7,
        Cvss: 4.7,
        Cwe: 693
    );
    public static readonly Rule UnsafeStyles = new(
        "style-policy-unsafe",
        "The policy for styles should keep its protection",
        Requirement.Forge7,
        Cvss: 2.6,
        Cwe: 693
    );
    public static readonly Rule OpenEvent = new(
        "event-recipients-wildcard",
        "The app's events should go to named apps",
        Requirement.Forge4,
        Cvss: 4.3,
        Cwe: 668
    );
    public static readonly Rule AnonymousAccess = new(
        "anonymous-access",
        "Code that anybody can call without login should be meant for it",
        Requirement.Forge1,
        Cvss: 5.3,
        Cwe: 306
    )
    {
        RaisesTickets = false,
    };
    public static readonly Rule UnauthenticatedTrigger = new(
        "webtrigger-unauthenticated",
        "Web triggers should have the platform authenticate their callers",
        Requirement.Forge1,
        Cvss: 5.3,
        Cwe: 306
    )
    {
        RaisesTickets = false,
    };
    public static readonly Rule DynamicAnswer = new(
        "webtrigger-answer-dynamic",
        "Web triggers that anybody can call should give answers from the manifest",
        Requirement.Forge1,
        Cvss: 3.7,
        Cwe: 200
    )
    {
        RaisesTickets = false,
    };
    public static readonly Rule UnknownCode = new("handler-unknown", "All code that something can call should be found", Requirement.Forge1, Cvss: 0, Cwe: 1059)
    {
        RaisesTickets = false,
    };
    public static readonly Rule InvalidScope = new("scope-invalid", "Scopes should be known names, each once", Requirement.Forge4, Cvss: 0, Cwe: 266);
    public static readonly Rule OutdatedRuntime = new(
        "runtime-outdated",
        "The runtime should be one that Forge supports",
        Requirement.Forge9,
        Cvss: 3.7,
        Cwe: 1104
    )
    {
        RaisesTickets = false,
    };

    public string Name => "forge-manifest";

    public int Version => 1;

    public IReadOnlyList<Rule> Rules =>
        [
            WildcardEgress,
            SharedEgress,
            PlainHttp,
            UnsafeScripts,
            UnsafeStyles,
            OpenEvent,
            AnonymousAccess,
            UnauthenticatedTrigger,
            DynamicAnswer,
            UnknownCode,
            InvalidScope,
            OutdatedRuntime,
        ];

    public TimeSpan TimeLimit => TimeSpan.FromMinutes(1);

    public bool AppliesTo(App app) => app is ForgeApp;

    public int PlannedRequests(App app, ScanOptions options) => 0;

    public Task ScanAsync(ScanContext context, CancellationToken cancellationToken)
    {
        var review = new ManifestReview(context, (ForgeApp)context.App);
        foreach (
            var check in (Action<ManifestReview>[])
                [
                    EgressCheck.Judge,
                    TransportCheck.Judge,
                    ContentPolicyCheck.Judge,
                    ExposureCheck.Judge,
                    WebTriggerCheck.Judge,
                    HandlerCheck.Judge,
                    ScopeCheck.Judge,
                    RuntimeCheck.Judge,
                ]
        )
        {
            cancellationToken.ThrowIfCancellationRequested();
            check(review);
        }

        review.UndecideWhatWasNotRead(Rules);
        context.Cover(review.App.Shown(review.App.ManifestName));
        return Task.CompletedTask;
    }
}
