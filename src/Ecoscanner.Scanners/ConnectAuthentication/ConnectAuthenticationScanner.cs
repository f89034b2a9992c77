using Ecoscanner.Apps;
using Ecoscanner.Apps.Forge;
using Ecoscanner.Findings;
using Ecoscanner.Probing;
using Ecoscanner.Rules;
using Ecoscanner.Scanning;

namespace Ecoscanner.Scanners.ConnectAuthentication;

/// <summary>Who may call a Connect app's URLs: asked of the live app, by comparing what different tokens get.</summary>
public sealed class ConnectAuthenticationScanner : IScanner
{
    public static readonly Rule AuthenticationNone = new(
        "authentication-none",
        "The descriptor must ask for JWT authentication",
        Requirement.Connect11,
        Cvss: 5.3,
        Cwe: 306
    );

    public static readonly Rule PageUnauthenticated = new(
        "page-unauthenticated",
        "A page with tenant data or for administrators must not open without a token",
        Requirement.Connect12,
        Cvss: 8.8,
        Cwe: 306
    );

    public static readonly Rule TokenForgedAccepted = new(
        "token-forged-accepted",
        "A token must be refused unless the tenant's secret signed it",
        Requirement.Connect12,
        Cvss: 8.8,
        Cwe: 347
    );

    public static readonly Rule TokenExpiredAccepted = new(
        "token-expired-accepted",
        "An expired token must be refused",
        Requirement.Connect12,
        Cvss: 8.8,
        Cwe: 613
    );

    public static readonly Rule QshIgnored = new(
        "qsh-ignored",
        "A token must be refused at a URL it was not made for",
        Requirement.Connect12,
        Cvss: 8.8,
        Cwe: 345
    );

    public static readonly Rule AdminPageOpen = new(
        "admin-page-open",
        "A page for administrators must not open for other users",
        Requirement.Connect12,
        Cvss: 8.8,
        Cwe: 863
    );

    public static readonly Rule TenantDataExposed = new(
        "tenant-data-exposed",
        "A tenant must not see another tenant's data",
        Requirement.Connect12,
        Cvss: 8.8,
        Cwe: 639
    );

    public static readonly Rule InstallUnsigned = new(
        "install-unsigned",
        "An install or uninstall must be refused unless Atlassian's key signed it",
        Requirement.Connect14,
        Cvss: 8.6,
        Cwe: 345
    );

    // Enough to keep a pace of 50 requests a second busy while every answer takes 200 ms.
    private const int MaximumConcurrentLinks = 16;

    public string Name => "connect-authentication";

    public int Version => 1;

    public IReadOnlyList<Rule> Rules { get; } =
    [AuthenticationNone, PageUnauthenticated, TokenForgedAccepted, TokenExpiredAccepted, QshIgnored, AdminPageOpen, TenantDataExposed, InstallUnsigned];

    /// <summary>An app of 600 links at the default pace, three requests a link, and room for slow answers.</summary>
    public TimeSpan TimeLimit => TimeSpan.FromMinutes(60);

    public bool AppliesTo(App app) => app is ConnectApp or ForgeApp { Manifest.ConnectModules.Count: > 0 };

    public int PlannedRequests(App app, ScanOptions options)
    {
        if (app.AsConnect() is not { BaseUrlTemplate: null } connect)
        {
            return 0;
        }

        var links = Asked(connect, options).ToList();
        var perLink = BudgetLine.LinkLimit + (options.Tenant is null ? 0 : BudgetLine.SignedLinkLimit);
        return (links.Count * perLink)
            + TenantProbes.Planned(connect, options.Tenant)
            + links.Select(link => link.Url.Authority).Distinct(StringComparer.OrdinalIgnoreCase).Count();
    }

    public async Task ScanAsync(ScanContext context, CancellationToken cancellationToken)
    {
        if (context.App.AsConnect() is not { } app)
        {
            context.UndecideAll("the address of the Connect modules is not known; the coverage says why");
            return;
        }

        JudgeDescriptor(app, context);
        if (app.BaseUrlTemplate is { } template)
        {
            foreach (var rule in Rules.Where(rule => rule != AuthenticationNone))
            {
                context.Undecide(rule, null, $"the base URL {template} is known only where the app runs; {app.WayToAsk}", InconclusiveCause.NeedsOperator);
            }

            return;
        }

        NameLeftAlone(app, context);
        using var mint = new TokenMint(app, context.Options.Tenant, context.Time);
        var stories = Asked(app, context.Options).Where(link => link.Kind != LinkKind.Install).Select(link => new LinkStory(link)).ToList();

        var unsigned = new UnsignedProbes(context, mint);
        await unsigned.ControlHostsAsync(stories, cancellationToken);
        await ForEachAsync(stories, unsigned.OpenAsync, cancellationToken);
        stories = InScope(stories, context);
        await ForEachAsync(stories, unsigned.ForgeAsync, cancellationToken);
        if (context.Options.Tenant is { } tenant)
        {
            var signed = new SignedProbes(context, mint, tenant);
            await ForEachAsync(stories, signed.AskAsync, cancellationToken);
        }

        new LinkJudge(context, stories).JudgeAll();
        await new TenantProbes(app, context, mint, stories).ProbeAsync(cancellationToken);
        await new InstallProbes(app, context, mint, stories).ProbeAsync(cancellationToken);
    }

    private static void JudgeDescriptor(ConnectApp app, ScanContext context)
    {
        const string jwt = "jwt";
        var location = context.App is ForgeApp forge
            ? forge.InManifest("app.connect.authentication", forge.Manifest.App.Connect?.Authentication?.Place ?? forge.Manifest.App.Connect?.Place ?? default)
            : Location.OfFile("atlassian-connect.json", "/authentication/type");
        if (string.Equals(app.AuthenticationType, jwt, StringComparison.OrdinalIgnoreCase))
        {
            context.Pass(AuthenticationNone, location.ToString(), "authentication.type is \"jwt\"");
            return;
        }

        if (context.App is ForgeApp && app.AuthenticationType is null)
        {
            context.Undecide(
                AuthenticationNone,
                location.ToString(),
                "app.connect has no authentication; write authentication: jwt",
                InconclusiveCause.Ambiguous
            );
            return;
        }

        var observed = app.AuthenticationType is null ? "the descriptor has no authentication.type" : $"authentication.type is \"{app.AuthenticationType}\"";
        // What the app serves may say otherwise than the file in its repository; a manifest is what is deployed.
        var confidence = context.App is ConnectApp { IsLive: false } ? Confidence.Medium : Confidence.High;
        context.Report(AuthenticationNone, location, new Evidence(observed, "\"authentication\": { \"type\": \"jwt\" }"), confidence);
    }

    /// <summary>The links that get requests: pages and webhooks, and installs where the person allowed what changes the app's state.</summary>
    private static IEnumerable<ConnectLink> Asked(ConnectApp app, ScanOptions options) =>
        app.Links.Where(link => link.Kind is LinkKind.Frame or LinkKind.Webhook || (link.Kind is LinkKind.Install && options.AllowStateChange));

    /// <summary>What of the app is left alone, so that nobody takes silence for a pass.</summary>
    private static void NameLeftAlone(ConnectApp app, ScanContext context)
    {
        foreach (var link in app.Links.Where(link => link.Kind == LinkKind.Lifecycle))
        {
            context.Skip(link.Place, $"{link.ModuleKey} notifications change the app's state and are never asked");
        }

        foreach (var (region, url) in app.RegionBaseUrls.Where(pair => !pair.Value.Authority.Equals(app.BaseUrl.Authority, StringComparison.OrdinalIgnoreCase)))
        {
            context.Skip(
                url.AbsoluteUri,
                $"the pages of region {region} are those of the base URL, and are asked there only; scan the region's own descriptor to ask them here"
            );
        }
    }

    private static List<LinkStory> InScope(List<LinkStory> stories, ScanContext context)
    {
        foreach (var story in stories.Where(story => story.Open.Failure is { Refused: true }))
        {
            context.Skip(story.Place, story.Open.Failure!.Message);
        }

        return [.. stories.Where(story => story.Open.Failure is not { Refused: true })];
    }

    private static Task ForEachAsync(IEnumerable<LinkStory> stories, Func<LinkStory, CancellationToken, Task> probe, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            stories,
            new ParallelOptions { MaxDegreeOfParallelism = MaximumConcurrentLinks, CancellationToken = cancellationToken },
            async (story, token) => await probe(story, token)
        );
}
