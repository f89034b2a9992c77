namespace Ecoscanner.Probing;

/// <summary>A file that the operator wants from a place that the operator named: big, and trusted as far as TLS or a digest vouches for it.</summary>
/// <param name="Url">https; plain http from this machine, or where the digest is checked.</param>
/// <param name="Path">Where the file is kept. What was fetched earlier stays there until the new one is whole.</param>
public sealed record Download(Uri Url, string Path)
{
    /// <summary>A longer one is refused.</summary>
    public long MaximumBytes { get; init; } = 2L * 1024 * 1024 * 1024;

    /// <summary>True where the caller compares the file with a digest, so that plain http does no harm.</summary>
    public bool IsChecked { get; init; }
}

/// <summary>How far a download is.</summary>
/// <param name="Received">Bytes there, with those of an earlier attempt.</param>
/// <param name="Total">Null where the server does not say.</param>
public readonly record struct DownloadProgress(long Received, long? Total);

/// <summary>What became of a download.</summary>
/// <param name="Failure">Why there is no new file; null where there is one, or the one that is there is still the newest.</param>
/// <param name="IsNew">False where the server said that the file has not changed.</param>
/// <param name="Modified">When the server says the file was last changed, UTC; null where it says nothing.</param>
/// <param name="Sha256">Of the file, in lower-case hex.</param>
public sealed record DownloadOutcome(ProbeFailure? Failure, bool IsNew, DateTimeOffset? Modified, string Sha256)
{
    internal static DownloadOutcome Failed(ProbeFailure failure) => new(failure, IsNew: false, null, "");
}
