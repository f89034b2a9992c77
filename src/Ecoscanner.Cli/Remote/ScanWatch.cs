using Ecoscanner.Cli.Terminals;

namespace Ecoscanner.Cli.Remote;

/// <summary>Follows a scan of the service until it is over, and says meanwhile what it does.</summary>
internal static class ScanWatch
{
    // Often enough for a person; an hour's wait costs the service as little as a page.
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    public static async Task<RemoteScan> FollowAsync(
        RemoteService service,
        string path,
        Terminal terminal,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var scan = await service.GetAsync(path, RemoteJson.Default.RemoteScan, cancellationToken);
        await using var line = new ActivityLine(
            terminal,
            time,
            elapsed =>
                $"{scan.App ?? "scan"} {scan.Id}  {elapsed}  {scan.State}{(scan.Progress is { } progress ? $": {progress.Scanner} {progress.What}" : "")}"
        );
        while (scan.State is "queued" or "running")
        {
            await Task.Delay(Between, time, cancellationToken);
            scan = await service.GetAsync(path, RemoteJson.Default.RemoteScan, cancellationToken);
        }

        return scan;
    }
}
