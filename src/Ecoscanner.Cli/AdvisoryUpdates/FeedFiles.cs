using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ecoscanner.Advisories.Indexing;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Probing;
using Ecoscanner.Reports;

namespace Ecoscanner.Cli.AdvisoryUpdates;

/// <summary>Brings sources onto this machine, where they are not, and checks their digests.</summary>
/// <param name="folder">Where files are kept, so that the next update asks only for what changed.</param>
internal sealed class FeedFiles(string folder, ProbeOptions options, Terminal terminal, TimeProvider time)
{
    private const int BarWidth = 24;
    private const double Megabyte = 1024 * 1024;

    private readonly Downloader downloader = new(options, time);

    /// <summary>The source as a file or folder; null for one that is not needed and not to be had, of which the person was told.</summary>
    /// <exception cref="ExitException">It is not to be had, or not what its digest says.</exception>
    public async Task<AdvisoryInput?> BringAsync(FeedSource source, CancellationToken cancellationToken)
    {
        if (source.Url is { } url)
        {
            return await FetchAsync(source, url, cancellationToken);
        }

        if (Directory.Exists(source.Place))
        {
            return source.Digest is null
                ? new AdvisoryInput(source.Name, source.Place, Path.GetFullPath(source.Place))
                : throw new ExitException(
                    ExitCode.Usage,
                    $"{source.Place} is a folder, and a digest is of a file; give a ZIP with --digest, or the folder without"
                );
        }

        string hash;
        try
        {
            await using var file = File.OpenRead(source.Place);
            hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw TextFiles.Unreadable(source.Place, e);
        }

        Check(source, hash);
        return new AdvisoryInput(
            source.Name,
            source.Place,
            Path.GetFullPath(source.Place),
            new DateTimeOffset(File.GetLastWriteTimeUtc(source.Place), TimeSpan.Zero),
            source.Licence,
            hash
        );
    }

    private async Task<AdvisoryInput?> FetchAsync(FeedSource source, Uri url, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, NameOf(url));
        var download = new Download(url, path) { IsChecked = source.Digest is not null };
        var outcome = await FetchAsync(source, download, cancellationToken);
        if (outcome.Failure is { } failure)
        {
            if (source.IsNeeded)
            {
                throw new ExitException(
                    ExitCode.Incomplete,
                    [
                        $"{source.Name} was not fetched: {failure.Message}",
                        "without a network: fetch the files elsewhere, and ecoscanner advisories update --from FILE --digest sha256:HEX",
                    ]
                );
            }

            terminal.Complain(
                $"{source.Name} was not fetched: {failure.Message}; {(File.Exists(path) ? "what was fetched before is used" : "the index is made without it")}"
            );
            return File.Exists(path) ? new AdvisoryInput(source.Name, path, source.Place, null, source.Licence) : null;
        }

        if (source.Digest is not null && outcome.Sha256 != source.Digest)
        {
            File.Delete(path);
        }

        Check(source, outcome.Sha256);
        return new AdvisoryInput(source.Name, path, source.Place, outcome.Modified, source.Licence, outcome.Sha256);
    }

    private async Task<DownloadOutcome> FetchAsync(FeedSource source, Download download, CancellationToken cancellationToken)
    {
        var progress = new LastProgress();
        try
        {
            await using var line = new ActivityLine(terminal, time, elapsed => $"{source.Name}  {Bar(progress.Value)}  {elapsed}");
            return await downloader.FetchAsync(download, progress, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw TextFiles.Unwritable(download.Path, e);
        }
    }

    private static string Bar(DownloadProgress progress)
    {
        var there = string.Create(CultureInfo.InvariantCulture, $"{progress.Received / Megabyte:0.0}");
        if (progress.Total is not > 0)
        {
            return $"{there} MB";
        }

        var filled = (int)(BarWidth * progress.Received / progress.Total.Value);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"[{new string('#', filled)}{new string('-', BarWidth - filled)}] {there} of {progress.Total / Megabyte:0.0} MB"
        );
    }

    private static void Check(FeedSource source, string hash)
    {
        if (source.Digest is { } digest && digest != hash)
        {
            throw new ExitException(
                ExitCode.Usage,
                $"{source.Place} has the digest sha256:{hash}, not the one that was given; get the file, or the digest, anew. The index is as it was"
            );
        }
    }

    // Two URLs may end alike; the end tells what the file is.
    private static string NameOf(Uri url)
    {
        var end = Path.GetFileName(url.AbsolutePath);
        var safe = new string([.. (end.Length > 0 ? end : "feed.zip").Where(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')]);
        return $"{safe.Split('.')[0]}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(url.AbsoluteUri)))[..8]}{safe[safe.Split('.')[0].Length..]}";
    }

    private sealed class LastProgress : IProgress<DownloadProgress>
    {
        private readonly Lock gate = new();
        private DownloadProgress value;

        public DownloadProgress Value
        {
            get
            {
                lock (gate)
                {
                    return value;
                }
            }
        }

        public void Report(DownloadProgress value)
        {
            lock (gate)
            {
                this.value = value;
            }
        }
    }
}
