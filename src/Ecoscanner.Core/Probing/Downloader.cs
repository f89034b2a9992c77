using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;

namespace Ecoscanner.Probing;

/// <summary>
/// Fetches files that the operator named, such as lists of advisories: conditionally, resumed where it broke off, within limits, and in one piece or not at all.
/// What probes send and how they are paced does not hold for it: it asks no app anything.
/// </summary>
public sealed class Downloader
{
    /// <summary>How often a broken download is taken up again.</summary>
    private const int MaximumAttempts = 5;

    private const int MaximumRedirects = 5;

    private const string PartExtension = ".part";

    /// <summary>A server that sends nothing for so long has stopped.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ProbeOptions options;
    private readonly TimeProvider time;
    private readonly Network network;
    private readonly TimeSpan pause;

    public Downloader(ProbeOptions options, TimeProvider time)
        : this(options, time, Network.Machine, TimeSpan.FromSeconds(1)) { }

    /// <param name="pause">Before the second attempt; twice as long before each further one.</param>
    internal Downloader(ProbeOptions options, TimeProvider time, Network network, TimeSpan pause)
    {
        Identification.Check(options);
        this.options = options;
        this.time = time;
        this.network = network;
        this.pause = pause;
    }

    /// <summary>Fetches it. Never throws for what the network or the server does.</summary>
    /// <exception cref="OperationCanceledException">A person stopped it; what came so far is kept for the next time.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public async Task<DownloadOutcome> FetchAsync(Download download, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(download.Path))!);
        for (var attempt = 1; ; attempt++)
        {
            var outcome = await AttemptAsync(download, progress, cancellationToken);
            if (outcome.Failure is not { } failure || attempt == MaximumAttempts || !MayPass(failure.Kind))
            {
                return outcome;
            }

            await Task.Delay(pause * Math.Pow(2, attempt - 1), time, cancellationToken);
        }
    }

    /// <summary>What the server said of a file that was fetched, for who keeps the file elsewhere; null where it cannot be asked whether the file changed.</summary>
    public static byte[]? Said(Download download) =>
        DownloadState.Of(download.Path, download.Url) is { Sha256: not null } state && (state.ETag ?? (object?)state.Modified) is not null
            ? state.ToJson()
            : null;

    /// <summary>Says it again of a file that was brought back: it is fetched only where it is another one by now.</summary>
    public static void Say(Download download, byte[] said) => DownloadState.Put(download.Path, said);

    // What may be otherwise a moment later.
    private static bool MayPass(ProbeFailureKind kind) =>
        kind is ProbeFailureKind.ConnectionFailed or ProbeFailureKind.ConnectionReset or ProbeFailureKind.TimedOut or ProbeFailureKind.AskedToWait;

    private async Task<DownloadOutcome> AttemptAsync(Download download, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var place = $"{download.Url.Scheme}://{download.Url.Authority}";
        try
        {
            var url = download.Url;
            for (var redirects = 0; redirects <= MaximumRedirects; redirects++)
            {
                place = $"{url.Scheme}://{url.Authority}";
                using var hop = new DownloadHop(options, time, network, url, isNamed: url.Authority == download.Url.Authority, download.IsChecked);
                using var response = await hop.SendAsync(Request(download, url), stop.Token);
                if (response.Headers.Location is not { } location || (int)response.StatusCode is not (301 or 302 or 303 or 307 or 308))
                {
                    return await TakeAsync(download, response, place, progress, limit, stop.Token);
                }

                url = new Uri(url, location);
                if (url.Scheme != Uri.UriSchemeHttps && download.Url.Scheme == Uri.UriSchemeHttps)
                {
                    return Failed(ProbeFailureKind.OutOfScope, $"{place} leads away from https; name the file's own URL");
                }
            }

            return Failed(ProbeFailureKind.ProtocolError, $"{place} leads on and on; name the file's own URL");
        }
        catch (ProbeException e)
        {
            return DownloadOutcome.Failed(e.Failure);
        }
        catch (DiskException e)
        {
            throw e.Inner;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or AuthenticationException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return limit.IsCancellationRequested
                ? Failed(ProbeFailureKind.TimedOut, $"{place} sent nothing for {Patience.TotalSeconds:0} s")
                : DownloadOutcome.Failed(NetworkFailure.Of(e, place));
        }
    }

    private HttpRequestMessage Request(Download download, Uri url)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        request.Headers.TryAddWithoutValidation("User-Agent", Identification.UserAgent(options));
        request.Headers.TryAddWithoutValidation("Accept", "*/*");
        // A range counts the bytes of the coding.
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "identity");
        DownloadState.Of(download.Path, download.Url)?.AskIfChanged(request.Headers);
        var part = download.Path + PartExtension;
        DownloadState.Of(part, download.Url)?.AskForRest(request.Headers, new FileInfo(part).Length);
        return request;
    }

    private static async Task<DownloadOutcome> TakeAsync(
        Download download,
        HttpResponseMessage response,
        string place,
        IProgress<DownloadProgress>? progress,
        CancellationTokenSource limit,
        CancellationToken stop
    )
    {
        var part = download.Path + PartExtension;
        switch ((int)response.StatusCode)
        {
            case 304 when DownloadState.Of(download.Path, download.Url) is { Sha256: { } hash } kept:
                DownloadState.Forget(part);
                return new DownloadOutcome(null, IsNew: false, kept.Modified, hash);
            case 304 or 416:
                // What we have is not what the server thinks we have.
                DownloadState.Forget(part);
                DownloadState.Forget(download.Path);
                return Failed(ProbeFailureKind.ConnectionReset, $"{place} does not know the part that was fetched earlier; fetch it again");
            case 429 or 502 or 503 or 504:
                return Failed(ProbeFailureKind.AskedToWait, $"{place} cannot answer now (status {(int)response.StatusCode}); try again later");
            case not (200 or 206):
                return Failed(
                    ProbeFailureKind.ProtocolError,
                    $"{download.Url.GetLeftPart(UriPartial.Path)} answers {(int)response.StatusCode}; name a URL that has the file"
                );
        }

        var from = response.StatusCode == HttpStatusCode.PartialContent ? new FileInfo(part).Length : 0;
        if (response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From != from)
        {
            DownloadState.Forget(part);
            return Failed(ProbeFailureKind.ConnectionReset, $"{place} sent another part than the one asked for");
        }

        var total = response.Content.Headers.ContentLength + from;
        if (total > download.MaximumBytes)
        {
            return TooLarge(download);
        }

        var state = new DownloadState(
            download.Url.AbsoluteUri,
            response.Headers.NonValidated.TryGetValues("ETag", out var tags) ? tags.ToString() : null,
            response.Content.Headers.LastModified,
            null
        );
        await using var body = await response.Content.ReadAsStreamAsync(stop);
        if (await ReceiveAsync(body, part, state, from, total, download.MaximumBytes, progress, limit, stop) is not { } sha256)
        {
            return TooLarge(download);
        }

        File.Move(part, download.Path, overwrite: true);
        DownloadState.Forget(part);
        (state with { Sha256 = sha256 }).Save(download.Path);
        return new DownloadOutcome(null, IsNew: true, state.Modified, sha256);
    }

    /// <summary>Appends the body to the part; the hash of the whole, or null where it is larger than allowed.</summary>
    private static async Task<string?> ReceiveAsync(
        Stream body,
        string part,
        DownloadState state,
        long from,
        long? total,
        long maximum,
        IProgress<DownloadProgress>? progress,
        CancellationTokenSource limit,
        CancellationToken stop
    )
    {
        try
        {
            await using var file = new FileStream(part, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            file.SetLength(from);
            state.Save(part);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[128 * 1024];
            for (var count = await file.ReadAsync(buffer, stop); count > 0; count = await file.ReadAsync(buffer, stop))
            {
                hash.AppendData(buffer, 0, count);
            }

            while (await body.ReadAsync(buffer, stop) is var count and > 0)
            {
                if (file.Position + count > maximum)
                {
                    return null;
                }

                await WriteAsync(file, buffer.AsMemory(0, count), stop);
                hash.AppendData(buffer, 0, count);
                limit.CancelAfter(Patience);
                progress?.Report(new DownloadProgress(file.Position, total));
            }

            file.Flush(flushToDisk: true);
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        catch (UnauthorizedAccessException e)
        {
            throw new DiskException(new IOException(e.Message, e));
        }
    }

    private static async Task WriteAsync(FileStream file, ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        try
        {
            await file.WriteAsync(bytes, stop);
        }
        // A full disk is no broken connection.
        catch (IOException e)
        {
            throw new DiskException(e);
        }
    }

    private static DownloadOutcome TooLarge(Download download) =>
        Failed(ProbeFailureKind.TooLarge, $"{download.Url.GetLeftPart(UriPartial.Path)} is larger than {download.MaximumBytes / (1024 * 1024)} MB");

    private static DownloadOutcome Failed(ProbeFailureKind kind, string message) => DownloadOutcome.Failed(new ProbeFailure(kind, message));

    private sealed class DiskException(IOException inner) : Exception(inner.Message, inner)
    {
        public IOException Inner { get; } = inner;
    }
}
