using Ecoscanner.Apps;
using Ecoscanner.Probing;
using Ecoscanner.Service.Storage;

namespace Ecoscanner.Service.Scheduling;

/// <summary>Opens the content of a partner's artifact; null where it is not kept (any more).</summary>
public delegate Stream? OpenArtifact(long partnerId, string digest);

/// <summary>The secrets of an app's test tenant, for one run; each use is audited by who gives them. Null where there are none.</summary>
public delegate TestTenant? RunSecrets(ClaimedRun run);

/// <summary>What the operator says of all runs.</summary>
public sealed record RunSettings
{
    /// <summary>The file with the advisories; null where there is none.</summary>
    public string? AdvisoryIndex { get; init; }

    /// <summary>Hosts that never get a request.</summary>
    public IReadOnlyList<string> DeniedHosts { get; init; } = [];

    /// <summary>Fake installs are sent to owned apps that have no open finding of them, naming this site of the operator's; null sends none.</summary>
    public string? InstallBaseUrl { get; init; }

    /// <summary>Archives are fetched from these hosts (<c>HOST:PORT</c>), the Marketplace's.</summary>
    public IReadOnlyList<string> DownloadHosts { get; init; } = ["marketplace.atlassian.com:443"];

    /// <summary>True where an archive may be fetched from there.</summary>
    public bool Fetches(Uri archive) => DownloadHosts.Contains($"{archive.IdnHost}:{archive.Port}", StringComparer.OrdinalIgnoreCase);

    /// <summary><c>HOST:PORT</c> at private addresses: tests and staging.</summary>
    public IReadOnlyList<string> AllowedPrivate { get; init; } = [];

    /// <summary>Files with root certificates beside the system's.</summary>
    public IReadOnlyList<string> TrustedRoots { get; init; } = [];
}

/// <summary>Puts what a run needs into its folder, and says what its process is told: this app's, and nobody else's.</summary>
public sealed class RunPreparation(Database database, RunSettings settings, string ledgers, OpenArtifact open, RunSecrets secrets, TimeProvider time)
{
    private const int CopyBuffer = 128 * 1024;

    /// <summary>What was fetched for runs before; null fetches for each run anew.</summary>
    public FetchedArchives? Fetched { get; init; }

    /// <summary>The request, or why there can be none.</summary>
    public async Task<(RunInput? Input, RunOutcome? Outcome)> PrepareAsync(ClaimedRun run, string folder, CancellationToken cancellationToken)
    {
        var (rollouts, approved) = database.Read(session => (Rollouts.List(session), ApprovedHosts(session, run)));
        var view = Rollouts.For(rollouts, run.AppKey);
        var input = new RunInput
        {
            RunId = run.RunId,
            OnlyRules = run.Rules,
            OnlyPlaces = run.Places,
            Scanners = run.Stage == "shadow" ? view.Shadow : [],
            ExcludedScanners = run.Stage == "shadow" ? view.Paused : [.. view.Shadow, .. view.Paused],
            AdvisoryIndex = settings.AdvisoryIndex,
            // What nobody has proven to be theirs is read, and no host of it is asked.
            Offline = !run.IsOwned,
            ApprovedHosts = approved,
            DeniedHosts = settings.DeniedHosts,
            AllowStateChange = run.IsOwned && settings.InstallBaseUrl is not null && run.Hosting == "connect",
            InstallBaseUrl = settings.InstallBaseUrl,
            AllowedPrivate = settings.AllowedPrivate,
            TrustedRoots = settings.TrustedRoots,
            LedgerFolder = Directory.CreateDirectory(Path.Combine(ledgers, $"{run.LaneId}")).FullName,
            Tenant = run.IsOwned ? secrets(run) : null,
        };
        if (run.ArtifactId is { } artifact)
        {
            if (await ArtifactAsync(run, artifact, folder, cancellationToken) is { } name)
            {
                return (input with { Artifact = name }, null);
            }

            // What is deleted here the Marketplace may have.
            if (run.DownloadUrl is null)
            {
                return (
                    null,
                    new RunOutcome(
                        RunOutcomeKind.Unusable,
                        "the file to scan was deleted, as its keeping time was over; upload it again, with --release where it is the newest released version"
                    )
                );
            }
        }

        if (run is { Hosting: "connect", DescriptorUrl: { } url, IsOwned: true })
        {
            return (input with { DescriptorUrl = url }, null);
        }

        return run.DownloadUrl is { } download && run.IsOwned
            ? await DownloadAsync(run, input, new Uri(download), folder, cancellationToken)
            : (
                null,
                new RunOutcome(
                    RunOutcomeKind.Unusable,
                    "there is nothing to scan: no released file was uploaded, and none can be fetched; upload the app with --release"
                )
            );
    }

    private async Task<string?> ArtifactAsync(ClaimedRun run, string id, string folder, CancellationToken cancellationToken)
    {
        var artifact = database.Read(session =>
            session.Find<Kept>("select digest, name from artifact where id = @id and partner_id = @PartnerId and deleted_at is null", new { id, run.PartnerId })
        );
        if (artifact is null || open(run.PartnerId, artifact.Digest) is not { } content)
        {
            return null;
        }

        await using (content)
        {
            // Its own name would stand in paths of findings; what it is, its ending says.
            var name = $"app{Path.GetExtension(artifact.Name).ToLowerInvariant()}";
            name = artifact.Name.EndsWith("atlassian-connect.json", StringComparison.OrdinalIgnoreCase) ? "atlassian-connect.json" : name;
            await using var file = new FileStream(Path.Combine(folder, name), FileMode.CreateNew, FileAccess.Write, FileShare.None, CopyBuffer);
            await content.CopyToAsync(file, cancellationToken);
            return name;
        }
    }

    private async Task<(RunInput? Input, RunOutcome? Outcome)> DownloadAsync(
        ClaimedRun run,
        RunInput input,
        Uri url,
        string folder,
        CancellationToken cancellationToken
    )
    {
        if (!settings.Fetches(url))
        {
            return (
                null,
                new RunOutcome(RunOutcomeKind.Unusable, $"its archive lies on {url.Authority}, from which none is fetched; upload it with --release")
            );
        }

        var name = Path.GetExtension(url.AbsolutePath).Equals(".obr", StringComparison.OrdinalIgnoreCase) ? "app.obr" : "app.jar";
        var download = new Download(url, Path.Combine(folder, name)) { MaximumBytes = Catalogue.ArtifactList.MaximumBytes };
        if (Fetched is not null)
        {
            await Fetched.RestoreAsync(run, download, cancellationToken);
        }

        var outcome = await new Downloader(new ProbeOptions { RunId = input.RunId }, time).FetchAsync(download, null, cancellationToken);
        if (outcome.Failure is { } failure)
        {
            // What is kept may be another file by now.
            return (null, new RunOutcome(RunOutcomeKind.Unreachable, failure.Message));
        }

        if (Fetched is not null && outcome.IsNew)
        {
            await Fetched.KeepAsync(run, download, cancellationToken);
        }

        return (input with { Artifact = name }, null);
    }

    private static IReadOnlyList<string> ApprovedHosts(Session session, ClaimedRun run) =>
        run.IsOwned
            ? session.List<string>(
                "select distinct subject from ownership_proof where partner_id = @PartnerId and kind = 'host' and state = 'proven' order by subject limit 200",
                run
            )
            : [];

    private sealed record Kept
    {
        public string Digest { get; init; } = "";
        public string Name { get; init; } = "";
    }
}
