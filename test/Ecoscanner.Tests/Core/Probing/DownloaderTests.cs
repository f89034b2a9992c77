using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Ecoscanner.Findings;
using Ecoscanner.Probing;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Probing;

public sealed class DownloaderTests : IDisposable
{
    private static readonly byte[] Content = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 50_000).Select(i => $"line {i}\n")));

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("ecoscanner-download-");

    private string Target => Path.Combine(folder.FullName, "all.zip");

    [Fact]
    public async Task A_file_is_fetched_with_its_date_and_hash_and_nothing_is_left_beside_it_but_its_source()
    {
        await using var server = LoopbackServer.Http(_ => new LoopbackAnswer(
            200,
            Content,
            new HeaderField("ETag", "\"one\""),
            new HeaderField("Last-Modified", "Thu, 05 Nov 2026 14:03:00 GMT")
        ));
        var outcome = await FetchAsync(server.Url("/all.zip"));
        Assert.Null(outcome.Failure);
        Assert.True(outcome.IsNew);
        Assert.Equal(new DateTimeOffset(2026, 11, 5, 14, 3, 0, TimeSpan.Zero), outcome.Modified);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Content)), outcome.Sha256);
        Assert.Equal(Content, await File.ReadAllBytesAsync(Target));
        Assert.Equal(["all.zip", "all.zip.source.json"], folder.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal));
        Assert.StartsWith("Ecoscanner/", Assert.Single(server.Requests).Header("User-Agent"));
    }

    [Theory]
    [InlineData("ETag", "\"one\"", "If-None-Match", "\"one\"")]
    [InlineData("ETag", "W/\"one\"", "If-None-Match", "W/\"one\"")]
    [InlineData("Last-Modified", "Thu, 05 Nov 2026 14:03:00 GMT", "If-Modified-Since", "Thu, 05 Nov 2026 14:03:00 GMT")]
    public async Task A_file_that_is_there_is_asked_for_only_where_it_changed(string header, string value, string condition, string expected)
    {
        await using var server = LoopbackServer.Http(request =>
            request.Header(condition) == expected ? new LoopbackAnswer(304) : new LoopbackAnswer(200, Content, new HeaderField(header, value))
        );
        var first = await FetchAsync(server.Url("/all.zip"));
        var second = await FetchAsync(server.Url("/all.zip"));
        Assert.Equal((null, true, null, false), (first.Failure, first.IsNew, second.Failure, second.IsNew));
        Assert.Equal((first.Sha256, first.Modified), (second.Sha256, second.Modified));
        // Another URL may have another file.
        Assert.True((await FetchAsync(server.Url("/other.zip"))).IsNew);
    }

    [Fact]
    public async Task A_download_that_breaks_off_is_taken_up_where_it_stopped()
    {
        var ranges = new List<string?>();
        await using var server = LoopbackServer.Tcp(
            async (stream, token) =>
            {
                var head = await LoopbackServer.ReadHeadAsync(stream, token);
                var range = head.Split("\r\n").FirstOrDefault(line => line.StartsWith("Range:", StringComparison.OrdinalIgnoreCase))?[6..].Trim();
                ranges.Add(range);
                var from = range is null ? 0 : int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture);
                var status = range is null ? "200 OK" : $"206 Partial Content\r\nContent-Range: bytes {from}-{Content.Length - 1}/{Content.Length}";
                await stream.WriteAsync(
                    Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nETag: \"one\"\r\nContent-Length: {Content.Length - from}\r\n\r\n"),
                    token
                );
                await stream.WriteAsync(Content.AsMemory(from, Math.Min(200_000, Content.Length - from)), token);
            }
        );
        var outcome = await FetchAsync(server.Url("/all.zip"));
        Assert.Null(outcome.Failure);
        Assert.Equal(Content, await File.ReadAllBytesAsync(Target));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Content)), outcome.Sha256);
        Assert.Equal([null, "bytes=200000-", "bytes=400000-"], ranges);
    }

    [Fact]
    public async Task A_part_of_a_file_that_has_changed_since_is_thrown_away()
    {
        await File.WriteAllTextAsync(Target + ".part", "old");
        var isChanged = false;
        await using var server = LoopbackServer.Http(request =>
            isChanged
                ? new LoopbackAnswer(200, Content, new HeaderField("ETag", "\"two\""))
                : new LoopbackAnswer(500, "", new HeaderField("X-Range", request.Header("Range") ?? ""))
        );
        new DownloadState(server.Url("/all.zip").AbsoluteUri, "\"one\"", null, null).Save(Target + ".part");
        Assert.Equal(ProbeFailureKind.ProtocolError, (await FetchAsync(server.Url("/all.zip"))).Failure!.Kind);
        Assert.Equal(("bytes=3-", "\"one\""), (server.Requests[0].Header("Range"), server.Requests[0].Header("If-Range")));
        isChanged = true;
        Assert.Null((await FetchAsync(server.Url("/all.zip"))).Failure);
        Assert.Equal(Content, await File.ReadAllBytesAsync(Target));
    }

    [Fact]
    public async Task What_was_there_stays_until_the_new_file_is_whole()
    {
        await File.WriteAllTextAsync(Target, "before");
        await using var server = LoopbackServer.Http(_ => new LoopbackAnswer(404, "gone"));
        var outcome = await FetchAsync(server.Url("/all.zip"));
        Assert.Contains("answers 404", outcome.Failure!.Message);
        Assert.Equal("before", await File.ReadAllTextAsync(Target));
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_whatever_the_server_says()
    {
        await using var honest = LoopbackServer.Http(_ => new LoopbackAnswer(200, Content));
        await using var silent = LoopbackServer.Tcp(
            async (stream, token) =>
            {
                await LoopbackServer.ReadHeadAsync(stream, token);
                await stream.WriteAsync("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"u8.ToArray(), token);
                while (true)
                {
                    await stream.WriteAsync(Content, token);
                }
            }
        );
        foreach (var server in (LoopbackServer[])[honest, silent])
        {
            var outcome = await Downloader().FetchAsync(new Download(server.Url("/x"), Target) { MaximumBytes = 10_000 }, null, default);
            Assert.Equal(ProbeFailureKind.TooLarge, outcome.Failure!.Kind);
            Assert.False(File.Exists(Target));
        }
    }

    [Fact]
    public async Task Redirects_are_followed_but_not_for_ever_and_not_into_a_private_network()
    {
        await using var file = LoopbackServer.Http(_ => new LoopbackAnswer(200, Content));
        await using var mirror = LoopbackServer.Http(request =>
            request.Target switch
            {
                "/circle" => new LoopbackAnswer(302, "", new HeaderField("Location", "/circle")),
                "/latest" => new LoopbackAnswer(302, "", new HeaderField("Location", "/dated")),
                "/away" => new LoopbackAnswer(307, "", new HeaderField("Location", file.Url("/").AbsoluteUri)),
                _ => new LoopbackAnswer(200, Content),
            }
        );
        Assert.Null((await FetchAsync(mirror.Url("/latest"))).Failure);
        Assert.Equal(ProbeFailureKind.ProtocolError, (await FetchAsync(mirror.Url("/circle"))).Failure!.Kind);
        Assert.Equal(ProbeFailureKind.PrivateAddress, (await FetchAsync(mirror.Url("/away"))).Failure!.Kind);
        Assert.Equal((9, 0), (mirror.Requests.Count, file.Connections));
    }

    [Theory]
    [InlineData("ftp://example.com/x")]
    [InlineData("https://user:secret@example.com/x")]
    public async Task Other_URLs_are_refused(string url) => Assert.Equal(ProbeFailureKind.OutOfScope, (await FetchAsync(new Uri(url))).Failure!.Kind);

    [Fact]
    public async Task No_name_leads_to_a_metadata_service() =>
        Assert.Equal(
            ProbeFailureKind.PrivateAddress,
            (
                await Downloader((_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("169.254.169.254")]))
                    .FetchAsync(new Download(new Uri("https://mirror.example/x"), Target), null, default)
            )
                .Failure!
                .Kind
        );

    [Fact]
    public async Task Plain_http_from_elsewhere_needs_a_digest()
    {
        await using var server = LoopbackServer.Http(_ => new LoopbackAnswer(200, Content));
        Connector connector = (_, token) => Network.Machine.Connect(new IPEndPoint(IPAddress.Loopback, server.Port), token);
        var downloader = new Downloader(
            Options,
            TimeProvider.System,
            new Network((_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("198.41.0.4")]), connector),
            TimeSpan.Zero
        );
        var url = new Uri("http://mirror.example/all.zip");
        var refused = await downloader.FetchAsync(new Download(url, Target), null, default);
        Assert.Contains("--digest sha256:", refused.Failure!.Message);
        Assert.Null((await downloader.FetchAsync(new Download(url, Target) { IsChecked = true }, null, default)).Failure);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused()
    {
        using var certificate = TestCertificates.SelfSigned();
        await using var server = LoopbackServer.Http(_ => new LoopbackAnswer(200, Content), TestCertificates.Server(certificate));
        var outcome = await FetchAsync(server.Url("/all.zip"));
        Assert.Equal(ProbeFailureKind.TlsFailed, outcome.Failure!.Kind);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_person_may_stop_it_and_go_on_later()
    {
        using var stop = new CancellationTokenSource();
        await using var server = LoopbackServer.Tcp(
            async (stream, token) =>
            {
                await LoopbackServer.ReadHeadAsync(stream, token);
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nETag: \"one\"\r\nContent-Length: {Content.Length}\r\n\r\n"), token);
                await stream.WriteAsync(Content.AsMemory(0, 100_000), token);
                await Task.Delay(Timeout.Infinite, token);
            }
        );
        var seen = new List<DownloadProgress>();
        var progress = new Watch(value =>
        {
            seen.Add(value);
            if (value.Received == 100_000)
            {
                stop.Cancel();
            }
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Downloader().FetchAsync(new Download(server.Url("/x"), Target), progress, stop.Token));
        Assert.Equal(100_000, new FileInfo(Target + ".part").Length);
        Assert.All(seen, value => Assert.Equal(Content.Length, value.Total));
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static ProbeOptions Options => new() { RunId = "test" };

    private static Downloader Downloader(NameResolver? resolve = null) =>
        new(Options, TimeProvider.System, resolve is null ? Network.Machine : new Network(resolve, Network.Machine.Connect), TimeSpan.Zero);

    private Task<DownloadOutcome> FetchAsync(Uri url) => Downloader().FetchAsync(new Download(url, Target), null, default);

    private sealed class Watch(Action<DownloadProgress> see) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => see(value);
    }
}
