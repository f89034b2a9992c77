using Ecoscanner.Apps;
using Ecoscanner.Findings;
using Ecoscanner.Probing;
using Ecoscanner.Scanning;
using static Ecoscanner.Scanners.ConnectAuthentication.ConnectAuthenticationScanner;

namespace Ecoscanner.Scanners.ConnectAuthentication;

/// <summary>
/// Tries to install a tenant that Atlassian never signed: last of all, only where allowed, and no further than the first acceptance,
/// which is then undone as far as the app lets us.
/// </summary>
internal sealed class InstallProbes(ConnectApp app, ScanContext context, TokenMint mint, IReadOnlyList<LinkStory> stories)
{
    private const string Installed = "installed";
    private const string Uninstalled = "uninstalled";

    private readonly LinkSender sender = new(context);

    public async Task ProbeAsync(CancellationToken cancellationToken)
    {
        // "installed" comes first by its name: an uninstall tells more once a tenant was accepted.
        var links = app.Links.Where(link => link.Kind == LinkKind.Install).OrderBy(link => link.ModuleKey, StringComparer.Ordinal).ToList();
        if (links.Count == 0)
        {
            context.NotApplicable(InstallUnsigned, null, $"the {context.App.Document} names no installed or uninstalled URL");
        }

        foreach (var link in links)
        {
            if (WhyNot(link) is { } reason)
            {
                Leave(link, reason, InconclusiveCause.NeedsOperator);
                continue;
            }

            context.Progress($"trying an unsigned {link.ModuleKey}");
            if (await TryAsync(link, new FakeInstall(app, context.Options.InstallBaseUrl!), cancellationToken))
            {
                return;
            }
        }
    }

    private string? WhyNot(ConnectLink link) =>
        !context.Options.AllowStateChange ? "a fake install may change the app's data: allow it with --allow-state-change"
        : context.Options.InstallBaseUrl is null ? "a fake install needs a site that you own as its baseUrl: name it with --install-base-url"
        : context.Options.KnownOpen.Contains(Fingerprint.Of(context.App.Key, InstallUnsigned, Where(link)))
        && !context.Options.Rules.Contains(InstallUnsigned.Id, StringComparer.Ordinal)
            ? "this finding is open; it is probed again when you ask with --rule install-unsigned"
        : null;

    /// <summary>Tries each way in turn; true where the app accepted one, which ends all probing.</summary>
    private async Task<bool> TryAsync(ConnectLink link, FakeInstall install, CancellationToken cancellationToken)
    {
        var takes = new List<Take>();
        foreach (var way in TokenMint.InstallWays)
        {
            var take = await SendAsync(link, install, way, cancellationToken);
            takes.Add(take);
            if (take.Failure is { } failure)
            {
                Leave(link, failure.Message, failure.Kind == ProbeFailureKind.OutOfScope ? InconclusiveCause.NeedsOperator : InconclusiveCause.CutShort);
                return false;
            }

            if (take.Succeeded)
            {
                await JudgeAcceptedAsync(link, install, way, takes, cancellationToken);
                return true;
            }
        }

        await JudgeRefusedAsync(link, install, takes, cancellationToken);
        context.Cover(link.Place);
        return false;
    }

    /// <summary>
    /// A refusal passes where it says "who are you?" to at least one way, and where nothing else can have been what the app missed:
    /// not the site, which many apps compare with atlassian.net first, and not a wall that refuses us whatever we ask.
    /// </summary>
    private async Task JudgeRefusedAsync(ConnectLink link, FakeInstall install, List<Take> takes, CancellationToken cancellationToken)
    {
        var control = await ControlAsync(link, install, cancellationToken);
        if (takes.FirstOrDefault(take => take.Status is < 400 or >= 500) is { } odd)
        {
            Doubt(link, $"{odd.Purpose}: {odd.Words}, which does not say whether it was the signature that it missed");
        }
        else if (takes.All(take => take.Status is not 401 and not 403))
        {
            Doubt(link, $"{takes[0].Purpose}: {takes[0].Words}, which does not say whether it was the signature that it missed");
        }
        else if (takes.All(take => take.Status == 403 && take.Answers(control)))
        {
            Doubt(link, $"all get {takes[0].Words}, and so does a path that cannot exist: something in front may refuse us altogether");
        }
        else if (!context.Options.InstallBaseUrl!.Host.EndsWith(".atlassian.net", StringComparison.OrdinalIgnoreCase))
        {
            Doubt(
                link,
                $"all get {takes[0].Words}, perhaps only for the site: many apps take none but *.atlassian.net; name one of yours there with --install-base-url"
            );
        }
        else
        {
            context.Pass(InstallUnsigned, link.Place, $"{takes.Count} unsigned or wrongly signed requests refused: {takes[0].Words}");
        }
    }

    private async Task JudgeAcceptedAsync(ConnectLink link, FakeInstall install, InstallWay way, List<Take> takes, CancellationToken cancellationToken)
    {
        var accepted = takes[^1];
        var othersRefused = takes.Count > 1;
        var proof = link.ModuleKey == Installed ? await ProveAsync(install, cancellationToken) : Take.NotAsked;
        var (undo, undone) = await UndoAsync(link, install, way);

        // Last: the budget of a link is six, and the clean-up goes before.
        var control = await ControlAsync(link, install, cancellationToken);
        context.Cover(link.Place);

        if (!proof.Succeeded && WhyNoProof(accepted, control, proof, othersRefused) is { } why)
        {
            Doubt(link, $"{accepted.Purpose} gets {accepted.Status}, {why}");
            return;
        }

        // An uninstall is a notification: a 2xx says that it was heard. "installed" must answer 200 or 204 only to what it accepts (lifecycle documentation).
        if (link.ModuleKey != Installed && !othersRefused)
        {
            Doubt(
                link,
                $"an unsigned uninstall of a tenant that does not exist gets {accepted.Status}, which does not show that one that does would be removed"
            );
            return;
        }

        var observed = $"{accepted.Purpose} gets {accepted.Status}" + (proof.Succeeded ? ", and the tenant it made up then opens the app's pages" : "");
        context.Report(
            InstallUnsigned,
            Where(link),
            new Evidence($"{observed}; {undone}", "401 unless a token comes with it that Atlassian's key signed for this app")
            {
                Exchanges = [.. takes.Append(control).Append(proof).Append(undo).Where(take => take.Asked).Select(take => take.Exchange!)],
            },
            proof.Succeeded || othersRefused ? Confidence.High : Confidence.Medium,
            $"{link.Component}: {observed}"
        );
    }

    /// <summary>Opens a page as the fake tenant: a page that strangers are refused proves that the tenant was stored.</summary>
    private async Task<Take> ProveAsync(FakeInstall install, CancellationToken cancellationToken) =>
        stories.FirstOrDefault(story => story.Link.Kind == LinkKind.Frame && story.Open.Status is 401 or 403) is { } door
            ? await sender.SendAsync(door.Link, "signed with the secret of the fake tenant", mint.Of(install, door.Link), cancellationToken)
            : Take.NotAsked;

    /// <summary>Asks the app to forget the fake tenant, in the way that it accepted; says how that went.</summary>
    private async Task<(Take Take, string Outcome)> UndoAsync(ConnectLink link, FakeInstall install, InstallWay way)
    {
        if (link.ModuleKey != Installed)
        {
            return (Take.NotAsked, "nothing was installed, so nothing had to be undone");
        }

        var mine = $"remove the tenant {install.ClientKey} by hand";
        if (app.Links.FirstOrDefault(other => other is { Kind: LinkKind.Install, ModuleKey: Uninstalled } or { IsUninstallToo: true }) is not { } uninstall)
        {
            return (Take.NotAsked, $"no clean-up, the descriptor names no uninstalled URL: {mine}");
        }

        // Owed whatever became of the scan, so not cancelled with it.
        var take = await SendAsync(
            uninstall with
            {
                ModuleKey = Uninstalled,
            },
            install,
            way with
            {
                Purpose = "clean-up, uninstall of the fake tenant",
            },
            CancellationToken.None
        );
        return (take, take.Succeeded ? $"clean-up answered {take.Status}" : $"clean-up got {take.Words}: {mine}");
    }

    /// <summary>
    /// Why an acceptance may mean nothing; null where it stands. By protocol 200 and 204 are what an app says to an install that it accepts.
    /// </summary>
    private string? WhyNoProof(Take accepted, Take control, Take proof, bool othersRefused) =>
        accepted.Status is not 200 and not 204 ? "which is no acceptance by protocol (200 or 204)"
        : !othersRefused && (control.Failure is not null || control.Status == accepted.Status)
            ? $"and a path that cannot exist {control.Words}: it may answer everything alike"
        : proof.IsRefusal && stories.Any(story => story.Genuine.Succeeded) ? $"but the tenant it made up gets {proof.Words} where the test tenant is let in"
        : null;

    private Task<Take> ControlAsync(ConnectLink link, FakeInstall install, CancellationToken cancellationToken) =>
        SendAsync(
            link,
            install,
            TokenMint.InstallWays[0] with
            {
                Purpose = "the same to a path that cannot exist",
            },
            cancellationToken,
            UnsignedProbes.Sibling(link.Url)
        );

    private void Doubt(ConnectLink link, string reason) => context.Undecide(InstallUnsigned, link.Place, reason, InconclusiveCause.Ambiguous);

    private Task<Take> SendAsync(ConnectLink link, FakeInstall install, InstallWay way, CancellationToken cancellationToken, Uri? at = null) =>
        sender.SendAsync(link, way.Purpose, mint.Of(way, install, link), cancellationToken, at, install.Payload(link.ModuleKey));

    private void Leave(ConnectLink link, string reason, InconclusiveCause cause)
    {
        context.Undecide(InstallUnsigned, link.Place, reason, cause);
        context.Skip(link.Place, reason);
    }

    private static Location Where(ConnectLink link) => Location.OfEndpoint(link.Method, link.Url, link.Component);
}
