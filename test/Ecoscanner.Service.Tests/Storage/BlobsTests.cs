using System.IO.Compression;
using System.Security.Cryptography;
using Ecoscanner.Service.Storage;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Service.Tests.Storage;

[Collection(nameof(Alone))]
public sealed class BlobsTests : IDisposable
{
    private const int Chunk = BlobFormat.ChunkBytes;
    private const long NoLimit = long.MaxValue;

    private readonly string folder = Directory.CreateTempSubdirectory("ecoscanner-").FullName;
    private readonly PartnerKeys keys;
    private readonly Blobs blobs;

    public BlobsTests()
    {
        keys = PartnerKeys.Open(Path.Combine(folder, "keys"));
        blobs = new Blobs(Path.Combine(folder, "blobs"), keys, TimeProvider.System);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Chunk - 1)]
    [InlineData(Chunk)]
    [InlineData(Chunk + 1)]
    [InlineData(3 * Chunk)]
    [InlineData(200_000)]
    public async Task What_was_kept_is_read_back(int length)
    {
        var content = RandomNumberGenerator.GetBytes(length);
        var blob = await Keep(7, content);
        Assert.Equal(new Blob(keys.Digest(7, content), length), blob);
        Assert.Equal(content, Read(7, blob.Digest));
    }

    [Fact]
    public async Task It_is_read_from_any_place_so_that_archives_need_no_unsealed_copy()
    {
        var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var i = 0; i < 5; i++)
            {
                using var entry = zip.CreateEntry($"{i}.bin").Open();
                entry.Write(RandomNumberGenerator.GetBytes(100_000));
            }
        }

        var blob = await Keep(7, archive.ToArray());
        await using var content = blobs.Open(7, blob.Digest)!;
        using var read = new ZipArchive(content);
        Assert.All(read.Entries.Reverse(), entry => Assert.Equal(100_000, ReadAll(entry.Open()).Length));
    }

    [Fact]
    public async Task Equal_contents_lie_once_for_a_partner_and_look_different_for_another()
    {
        var content = RandomNumberGenerator.GetBytes(1000);
        var (first, again, others) = (await Keep(7, content), await Keep(7, content), await Keep(8, content));
        Assert.Equal(first, again);
        Assert.NotEqual(first.Digest, others.Digest);
        Assert.Single(Directory.GetFiles(Path.Combine(folder, "blobs", "7"), "*", SearchOption.AllDirectories));
        Assert.Null(blobs.Open(8, first.Digest));
    }

    [Fact]
    public async Task What_is_longer_than_allowed_leaves_nothing_behind()
    {
        Assert.Null(await blobs.WriteAsync(7, new MemoryStream(new byte[Chunk + 1]), Chunk, Stop));
        Assert.Empty(Directory.GetFiles(Path.Combine(folder, "blobs"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task What_breaks_off_leaves_nothing_behind()
    {
        await Assert.ThrowsAsync<EndOfStreamException>(() => blobs.WriteAsync(7, new BreakingStream(), NoLimit, Stop));
        Assert.Empty(Directory.GetFiles(Path.Combine(folder, "blobs"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void What_a_killed_process_left_half_written_is_deleted_at_the_next_start()
    {
        File.WriteAllText(Path.Combine(folder, "blobs", "incoming", "half"), "…");
        _ = new Blobs(Path.Combine(folder, "blobs"), keys, TimeProvider.System);
        Assert.Empty(Directory.GetFiles(Path.Combine(folder, "blobs"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Nothing_can_be_cut_off_swapped_or_put_in_anothers_place()
    {
        var content = RandomNumberGenerator.GetBytes(3 * Chunk);
        var blob = await Keep(7, content);
        var path = PathOf(7, blob.Digest);
        var good = File.ReadAllBytes(path);

        File.WriteAllBytes(path, good[..(BlobFormat.HeadBytes + 2 * BlobFormat.SealedChunkBytes)]);
        Assert.Throws<SealedException>(() => blobs.Open(7, blob.Digest));

        // The first two chunks in each other's place.
        var swapped = good.ToArray();
        good.AsSpan(BlobFormat.HeadBytes, BlobFormat.SealedChunkBytes).CopyTo(swapped.AsSpan(BlobFormat.HeadBytes + BlobFormat.SealedChunkBytes));
        good.AsSpan(BlobFormat.HeadBytes + BlobFormat.SealedChunkBytes, BlobFormat.SealedChunkBytes).CopyTo(swapped.AsSpan(BlobFormat.HeadBytes));
        File.WriteAllBytes(path, swapped);
        Assert.Throws<SealedException>(() => Read(7, blob.Digest));

        var other = await Keep(7, RandomNumberGenerator.GetBytes(3 * Chunk));
        File.Copy(PathOf(7, other.Digest), path, overwrite: true);
        Assert.Throws<SealedException>(() => blobs.Open(7, blob.Digest));
    }

    [Fact]
    public async Task A_blob_that_was_changed_in_any_way_is_refused()
    {
        var content = RandomNumberGenerator.GetBytes(Chunk + 100);
        var blob = await Keep(7, content);
        var path = PathOf(7, blob.Digest);
        var good = File.ReadAllBytes(path);
        Fuzz.Run(random =>
        {
            var changed = Fuzzing.Mutate(good, random);
            if (changed.AsSpan().SequenceEqual(good))
            {
                return;
            }

            File.WriteAllBytes(path, changed);
            Assert.Throws<SealedException>(() => Read(7, blob.Digest));
        });
    }

    [Fact]
    public async Task A_great_artifact_is_never_held_in_memory()
    {
        const long Bytes = 200L * 1024 * 1024;
        var before = GC.GetTotalAllocatedBytes();
        var blob = await blobs.WriteAsync(7, new ZeroStream(Bytes), NoLimit, Stop);
        Assert.Equal(Bytes, blob!.Bytes);
        await using var content = blobs.Open(7, blob.Digest)!;
        await content.CopyToAsync(Stream.Null, Stop);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 20L * 1024 * 1024);
    }

    [Fact]
    public async Task Deleted_is_deleted_and_destroyed_keys_leave_noise()
    {
        var content = RandomNumberGenerator.GetBytes(1000);
        var blob = await Keep(7, content);
        blobs.Delete(7, blob.Digest);
        Assert.False(blobs.Contains(7, blob.Digest));
        blobs.Delete(7, blob.Digest);

        var again = await Keep(7, content);
        keys.Destroy(7);
        Assert.True(Assert.Throws<SealedException>(() => blobs.Open(7, again.Digest)).IsDestroyed);
        blobs.DeleteAll(7);
        Assert.False(blobs.Contains(7, again.Digest));
    }

    [Theory]
    [InlineData("../../keys/platform.key")]
    [InlineData("")]
    [InlineData("ABCDEF0000000000000000000000000000000000000000000000000000000000")]
    public void A_name_that_is_no_digest_opens_no_file(string name) => Assert.Throws<ArgumentException>(() => blobs.Open(7, name));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task<Blob> Keep(long partnerId, byte[] content) => (await blobs.WriteAsync(partnerId, new MemoryStream(content), NoLimit, Stop))!;

    private byte[] Read(long partnerId, string digest) => ReadAll(blobs.Open(partnerId, digest)!);

    private static byte[] ReadAll(Stream stream)
    {
        using (stream)
        {
            var copy = new MemoryStream();
            stream.CopyTo(copy);
            return copy.ToArray();
        }
    }

    private string PathOf(long partnerId, string digest) => Path.Combine(folder, "blobs", $"{partnerId}", digest[..2], digest);

    private sealed class ZeroStream(long bytes) : MemoryStream
    {
        private long left = bytes;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = (int)Math.Min(left, buffer.Length);
            left -= count;
            buffer.Span[..count].Clear();
            return ValueTask.FromResult(count);
        }
    }

    private sealed class BreakingStream : MemoryStream
    {
        private int reads;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            reads++ < 3 ? ValueTask.FromResult(buffer.Length) : throw new EndOfStreamException();
    }
}
