using Ecoscanner.Apps;
using Ecoscanner.Apps.DataCenter;
using Ecoscanner.Apps.Forge;
using static Ecoscanner.Reports.Approval.ApprovalSignal;

namespace Ecoscanner.Reports.Approval;

/// <summary>The questions, in the order of the questionnaires: those that Atlassian asks, then what its requirements ask beside them.</summary>
public static class ApprovalQuestions
{
    /// <summary>Those of a hosting; none where it has no questionnaire.</summary>
    public static IReadOnlyList<ApprovalQuestion> For(App app) =>
        app switch
        {
            ForgeApp => Forge,
            DataCenterApp => DataCenter,
            _ => [],
        };

    /// <summary>Of all hostings.</summary>
    public static IReadOnlyList<ApprovalQuestion> All => [.. Forge, .. DataCenter];

    /// <summary>Of Forge apps.</summary>
    public static IReadOnlyList<ApprovalQuestion> Forge { get; } =
    [
        new("as-user", "Are calls that serve a user made as the user (asUser) where that is possible?", Warning, "authorization-missing"),
        new("remote-token", "Does each remote validate the Forge Invocation Token of each call?", Fail, "remote-token-unverified", "remote-token-check-weak")
        {
            About = Of(Remotes),
            Otherwise = "the app has no remote",
        },
        new("remote-permissions", "Does each remote check the user's permissions before it acts?", Fail)
        {
            About = Of(app => Endpoints(app) is var endpoints && endpoints.Any() ? endpoints : Remotes(app)),
            Otherwise = "the app has no remote",
            ForPerson = "a remote's own code is not part of the app's source: say where it checks the permissions of the user in the verified token",
        },
        new(
            "permission-before-as-app",
            "Is the user's permission checked before each call as the app (asApp), and before the app's own data is given or changed?",
            Fail,
            "authorization-missing",
            "data-authorization-missing",
            "tenant-data-shared"
        ),
        new(
            "web-trigger-authentication",
            "Does each web trigger authenticate its caller before it does anything critical?",
            Warning,
            "webtrigger-authentication-missing",
            "webtrigger-unauthenticated",
            "webtrigger-answer-dynamic"
        )
        {
            About = Of(app => Modules(app, module => module.Type == "webtrigger", "is a web trigger")),
            Otherwise = "the app has no web trigger",
        },
        new("display-conditions", "Is what display conditions hide guarded in code too?", Warning, "authorization-missing", "data-authorization-missing")
        {
            About = Of(app => Modules(app, module => module.DisplayConditions is not null, "has display conditions, which authorise nothing")),
            Otherwise = "no module has display conditions",
        },
        new("anonymous-access", "Is what opens without login or licence meant for everybody?", Warning, "anonymous-access")
        {
            About = Of(app => Modules(app, module => module.UnlicensedAccess.Count > 0, "has unlicensedAccess")),
            Otherwise = "no module has unlicensedAccess",
        },
        new("least-privilege", "Does the app ask for no scope that it does not need?", Warning, "scope-unused", "scope-overbroad", "scope-invalid"),
        new("egress", "Does the app name each host that it sends data to?", Warning, "egress-wildcard", "egress-shared-domain", "event-recipients-wildcard"),
        new("data-outside", "Does the listing say which data leaves Atlassian's platform, and for where?", Warning)
        {
            About = Of(Egress),
            Otherwise = "the manifest names no remote and no egress",
            ForPerson = "compare these places with the Privacy & Security tab of the listing",
        },
        new(
            "transport",
            "Is all traffic outside Atlassian's platform TLS 1.2 or better, with valid certificates?",
            Fail,
            "manifest-plain-http",
            "tls-version-old",
            "certificate-untrusted",
            "certificate-host-mismatch",
            "certificate-expired"
        )
        {
            About = Of(Egress),
            Otherwise = "the manifest names no address outside Atlassian's platform",
        },
        new("content-policy", "Do the app's pages do without unsafe-inline and unsafe-eval?", Warning, "script-policy-unsafe", "style-policy-unsafe"),
        new("credentials", "Does the app collect no API tokens and passwords of Atlassian accounts?", Fail, "atlassian-token-collected"),
        new("secrets", "Are the app's secrets kept where only it can read them?", Fail, "secret-in-plain-storage", "secret-logged"),
        new(
            "input",
            "Is what users and others send validated before it becomes HTML, a query, an address or code?",
            Fail,
            "html-injection",
            "sql-injection",
            "server-side-request-forgery",
            "code-injection",
            "command-injection",
            "route-injection",
            "prototype-pollution",
            "agent-input-unvalidated"
        ),
        new(
            "vulnerable-packages",
            "Are the packages that the app ships free of known critical and high vulnerabilities?",
            Fail,
            "dependency-vulnerable",
            "dependency-malicious"
        ),
        new("supported-software", "Does the app run on software that gets security fixes?", Warning, "runtime-outdated"),
    ];

    /// <summary>Of Data Center apps.</summary>
    public static IReadOnlyList<ApprovalQuestion> DataCenter { get; } =
    [
        new("vulnerable-libraries", "Is what the app bundles free of known critical and high vulnerabilities?", Fail, "library-vulnerable", "library-malicious")
        {
            About = static app => [Artifact((DataCenterApp)app)],
        },
        new("minor-vulnerabilities", "Is it free of lesser ones, and of those in what nothing loads?", Warning, "library-vulnerable-minor"),
    ];

    private static Func<App, IEnumerable<ApprovalEvidence>> Of(Func<ForgeApp, IEnumerable<ApprovalEvidence>> about) => app => about((ForgeApp)app);

    private static ApprovalEvidence Artifact(DataCenterApp app) =>
        new(ApprovalEvidence.OfArtifact, app.Source, $"version {app.Version ?? "not known"}, SHA-256 {app.Sha256}");

    private static IEnumerable<ApprovalEvidence> Remotes(ForgeApp app) =>
        app.Manifest.Remotes.Select(remote =>
            Stands(app, remote.Place, $"remote {remote.Key?.Value ?? "without key"} at {string.Join(", ", remote.BaseUrls.Select(url => url.Text.Value))}")
        );

    private static IEnumerable<ApprovalEvidence> Endpoints(ForgeApp app) =>
        app
            .Manifest.Endpoints.Where(endpoint => endpoint.Remote is not null)
            .Select(endpoint =>
                Stands(
                    app,
                    endpoint.Place,
                    $"endpoint {endpoint.Key?.Value ?? "without key"} is {endpoint.Route?.Value ?? "the base URL"} of remote {endpoint.Remote!.Value}"
                        + (
                            endpoint.Tokens.AppSystem is true ? ", which gets a token to call the product as the app"
                            : endpoint.Tokens.AppUser is true ? ", which gets a token to call the product as the user"
                            : ""
                        )
                )
            );

    private static IEnumerable<ApprovalEvidence> Modules(ForgeApp app, Func<ForgeModule, bool> isMeant, string what) =>
        app.Manifest.Modules.Where(isMeant).Select(module => Stands(app, module.Place, $"{module} {what}"));

    private static IEnumerable<ApprovalEvidence> Egress(ForgeApp app) =>
        Remotes(app)
            .Concat(
                app.Manifest.Permissions.Egress.Where(egress => egress.Address is not null)
                    .Select(egress => Stands(app, egress.Place, $"permissions.external.{egress.Use} names {egress.Address!.Value}{UserData(egress)}"))
            );

    private static string UserData(ForgeEgress egress) => egress.HoldsUserData is true ? ", for data of end users" : "";

    private static ApprovalEvidence Stands(ForgeApp app, ManifestPlace place, string text) =>
        new(ApprovalEvidence.OfManifest, app.InManifest("", place).ToString(), text);
}
