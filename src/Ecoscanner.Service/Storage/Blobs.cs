using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Ecoscanner.Service.Storage;

/// <summary>A content that is kept.</summary>
/// <param name="Digest">Its name among the partner's: 64 hex digits.</param>
/// <param name="Bytes">Its length, unsealed.</param>
public sealed record Blob(string Digest, long Bytes);

/// <summary>Artifacts and reports: sealed files, one for each content of a partner. Nothing is ever on the disk unsealed, and no content is held in memory.</summary>
public sealed class Blobs
{
    private const string Incoming = "incoming";
    private const int DigestDigits = 2 * HMACSHA256.HashSizeInBytes;

    // Folders of one level, so that none has hundreds of thousands of files.
    private const int FolderDigits = 2;

    private readonly string folder;
    private readonly PartnerKeys keys;
    private readonly TimeProvider time;

    /// <summary>Opens the folder; what an earlier process left half written is deleted.</summary>
    public Blobs(string folder, PartnerKeys keys, TimeProvider time)
    {
        this.folder = folder;
        this.keys = keys;
        this.time = time;
        KeyFile.MakeFolder(folder);
        KeyFile.MakeFolder(Path.Combine(folder, Incoming));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(folder, Incoming)))
        {
            File.Delete(file);
        }
    }

    /// <summary>Keeps a content, as it comes; null where it is longer than allowed, and then nothing of it stays.</summary>
    /// <exception cref="SealedException">The partner's keys are destroyed.</exception>
    /// <exception cref="IOException">It cannot be read to its end, or the disk is full; nothing of it stays.</exception>
    public async Task<Blob?> WriteAsync(long partnerId, Stream content, long maximumBytes, CancellationToken cancellationToken)
    {
        var unfinished = Path.Combine(folder, Incoming, Guid.NewGuid().ToString("N"));
        try
        {
            var blob = await SealAsync(partnerId, unfinished, content, maximumBytes, cancellationToken);
            if (blob is null)
            {
                return null;
            }

            var path = PathOf(partnerId, blob.Digest);
            KeyFile.MakeFolder(Path.GetDirectoryName(path)!);
            // When it was last wanted, see Retention.
            File.SetLastWriteTimeUtc(unfinished, time.GetUtcNow().UtcDateTime);
            File.Move(unfinished, path, overwrite: true);
            return blob;
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    /// <summary>The content, from any place in it; null where there is none of that name.</summary>
    /// <exception cref="SealedException">It was changed, or the partner's keys are destroyed. Reading on may throw it too.</exception>
    public Stream? Open(long partnerId, string digest)
    {
        var path = PathOf(partnerId, digest);
        FileStream file;
        try
        {
            file = File.OpenRead(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        try
        {
            var head = new byte[BlobFormat.HeadBytes];
            if (file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || head[0] != BlobFormat.Version)
            {
                throw new SealedException($"{path} is no blob of this version; take it from a backup, or upload it again");
            }

            var (_, key) = keys.Derive(partnerId, BinaryPrimitives.ReadUInt16BigEndian(head.AsSpan(1)), head.AsSpan(1 + sizeof(ushort)), BlobFormat.Purpose);
            return new BlobStream(file, key, Convert.FromHexString(digest), path);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public bool Contains(long partnerId, string digest) => File.Exists(PathOf(partnerId, digest));

    /// <summary>Everything that lies there, whoever names it.</summary>
    public IEnumerable<(long PartnerId, string Digest)> All()
    {
        foreach (var all in Directory.EnumerateDirectories(folder))
        {
            if (!long.TryParse(Path.GetFileName(all), NumberStyles.None, CultureInfo.InvariantCulture, out var partnerId))
            {
                continue;
            }

            foreach (var file in Directory.EnumerateFiles(all, "*", SearchOption.AllDirectories))
            {
                yield return (partnerId, Path.GetFileName(file));
            }
        }
    }

    /// <summary>When it was last kept; null where it is not there.</summary>
    public DateTimeOffset? Kept(long partnerId, string digest)
    {
        var file = new FileInfo(PathOf(partnerId, digest));
        return file.Exists ? new DateTimeOffset(file.LastWriteTimeUtc) : null;
    }

    public void Delete(long partnerId, string digest)
    {
        var path = PathOf(partnerId, digest);
        if (Directory.Exists(Path.GetDirectoryName(path)))
        {
            File.Delete(path);
        }
    }

    /// <summary>Deletes everything of a partner.</summary>
    public void DeleteAll(long partnerId)
    {
        var all = FolderOf(partnerId);
        if (Directory.Exists(all))
        {
            Directory.Delete(all, recursive: true);
        }
    }

    private async Task<Blob?> SealAsync(long partnerId, string path, Stream content, long maximumBytes, CancellationToken cancellationToken)
    {
        var head = new byte[BlobFormat.HeadBytes];
        head[0] = BlobFormat.Version;
        RandomNumberGenerator.Fill(head.AsSpan(1 + sizeof(ushort)));
        var (keyNumber, key) = keys.Derive(partnerId, null, head.AsSpan(1 + sizeof(ushort)), BlobFormat.Purpose);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(1), keyNumber);

        using var digest = keys.Digesting(partnerId);
        using var aes = new AesGcm(key, BlobFormat.TagBytes);
        await using var file = KeyFile.Create(path);
        await file.WriteAsync(head, cancellationToken);
        var box = new byte[BlobFormat.SealedChunkBytes];
        var (chunk, next) = (new byte[BlobFormat.ChunkBytes], new byte[BlobFormat.ChunkBytes]);
        var count = await FillAsync(content, chunk, cancellationToken);
        long bytes = 0;
        for (uint number = 0; ; number++)
        {
            bytes += count;
            if (bytes > maximumBytes)
            {
                return null;
            }

            digest.AppendData(chunk, 0, count);
            // Only what comes after it tells whether a full one is the last.
            var following = count == chunk.Length ? await FillAsync(content, next, cancellationToken) : 0;
            var name = following > 0 ? [] : digest.GetHashAndReset();
            BlobFormat.Seal(aes, number, name, chunk.AsSpan(0, count), box);
            await file.WriteAsync(box.AsMemory(0, BlobFormat.TagBytes + count), cancellationToken);
            if (name.Length > 0)
            {
                await file.FlushAsync(cancellationToken);
                file.Flush(flushToDisk: true);
                return new Blob(Convert.ToHexStringLower(name), bytes);
            }

            (chunk, next, count) = (next, chunk, following);
        }
    }

    private static async Task<int> FillAsync(Stream content, byte[] chunk, CancellationToken cancellationToken) =>
        await content.ReadAtLeastAsync(chunk, chunk.Length, throwOnEndOfStream: false, cancellationToken);

    private string FolderOf(long partnerId) => Path.Combine(folder, partnerId.ToString(CultureInfo.InvariantCulture));

    private string PathOf(long partnerId, string digest) =>
        digest.Length == DigestDigits && digest.All(char.IsAsciiHexDigitLower)
            ? Path.Combine(FolderOf(partnerId), digest[..FolderDigits], digest)
            : throw new ArgumentException("a blob is named by 64 lower-case hex digits", nameof(digest));
}
