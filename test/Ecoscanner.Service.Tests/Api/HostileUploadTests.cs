using System.Net;
using System.Net.Sockets;
using System.Text;
using Ecoscanner.Service.Api;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Service.Tests.Api;

/// <summary>Uploads that no client of ours would send, byte by byte over a socket: the service answers or closes, keeps nothing, and goes on.</summary>
public sealed class HostileUploadTests
{
    private const int Most = 64 * 1024;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    // The server looks at its clock once a second.
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1.1);

    [Theory]
    [InlineData("Content-Length: 10000000000", "", "413")]
    [InlineData("Content-Length: 10000000000\r\nExpect: 100-continue", "", "413")]
    [InlineData("Content-Length: 99999999999999999999999999", "", "400")]
    [InlineData("Content-Length: -1", "", "400")]
    [InlineData("Content-Length: 0x10", "", "400")]
    [InlineData("Content-Length: 3\r\nContent-Length: 30", "abc", "400")]
    [InlineData("Content-Length: 3\r\nTransfer-Encoding: gzip", "abc", "400")]
    [InlineData("Transfer-Encoding: chunked", "ZZZ\r\nabc\r\n0\r\n\r\n", "400")]
    [InlineData("Transfer-Encoding: chunked", "-3\r\nabc\r\n0\r\n\r\n", "400")]
    [InlineData("Transfer-Encoding: chunked", "FFFFFFFFFFFFFFFFF\r\nabc", "400")]
    [InlineData("Transfer-Encoding: chunked", "3\r\nabcdef\r\n0\r\n\r\n", "400")]
    [InlineData("Transfer-Encoding: chunked", "7FFFFFFF\r\nabc", "408")]
    public async Task A_body_that_lies_of_itself_is_refused_and_the_connection_closed(string headers, string body, string expected)
    {
        await using var site = await StartAsync();
        Assert.Equal(expected, await SendAsync(site, headers, Encoding.ASCII.GetBytes(body)));
        await UnharmedAsync(site);
    }

    [Fact]
    public async Task A_body_without_end_is_refused_at_the_limit()
    {
        await using var site = await StartAsync();
        var chunk = Encoding.ASCII.GetBytes($"1000\r\n{new string('x', 0x1000)}\r\n");
        Assert.Equal("413", await SendAsync(site, "Transfer-Encoding: chunked", chunk, repeat: 1000));
        await UnharmedAsync(site);
    }

    [Fact]
    public async Task A_form_whose_other_fields_have_no_end_is_refused()
    {
        await using var site = await StartAsync();
        var field = Encoding.ASCII.GetBytes("1000\r\n--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n".PadRight(0x1006, 'x') + "\r\n");
        var status = await SendAsync(site, "Content-Type: multipart/form-data; boundary=x\r\nTransfer-Encoding: chunked", field, repeat: 1000);
        Assert.Contains(status, new[] { "400", "413" });
        await UnharmedAsync(site);
    }

    [Fact]
    public async Task Headers_without_end_are_refused()
    {
        await using var site = await StartAsync();
        var many = string.Join("\r\n", Enumerable.Range(0, 1000).Select(i => $"X-{i}: y"));
        Assert.Equal("431", await SendAsync(site, $"{many}\r\nContent-Length: 3", "abc"u8.ToArray()));
        Assert.Equal("431", await SendAsync(site, $"X: {new string('y', 100_000)}\r\nContent-Length: 3", "abc"u8.ToArray()));
        Assert.Equal("414", await SendAsync(site, "Content-Length: 3", "abc"u8.ToArray(), name: new string('n', 100_000)));
        await UnharmedAsync(site);
    }

    [Fact]
    public async Task A_body_that_ends_early_leaves_nothing()
    {
        await using var site = await StartAsync();
        // Nobody may be there to be answered any more.
        Assert.Contains(await SendAsync(site, "Content-Length: 50000", new byte[40_000], ends: true), new[] { "400", "closed" });
        Assert.Contains(await SendAsync(site, "Transfer-Encoding: chunked", "ffff\r\nhalf"u8.ToArray(), ends: true), new[] { "400", "closed" });
        await UnharmedAsync(site);
    }

    [Fact]
    public async Task A_body_longer_than_it_says_is_cut_where_it_says()
    {
        await using var site = await StartAsync();
        using var socket = await OpenAsync(site, "Content-Length: 3", "abcdef\r\n\r\n"u8.ToArray());
        var answers = await AnswersAsync(socket);
        Assert.StartsWith("HTTP/1.1 202", answers, StringComparison.Ordinal);
        // What follows is no request, and the connection is closed on it.
        Assert.Contains("HTTP/1.1 400", answers, StringComparison.Ordinal);
        Assert.Equal(3, site.Platform.Database.Read(session => session.One<long>("select bytes from artifact")));
    }

    [Fact]
    public async Task A_body_that_trickles_is_ended_and_its_connection_closed()
    {
        await using var site = await StartAsync();
        Assert.Equal("408", await SendAsync(site, "Content-Length: 50000", "slow"u8.ToArray()));
        await UnharmedAsync(site);
    }

    [Fact]
    public async Task Headers_that_trickle_are_ended_and_their_connection_closed()
    {
        await using var site = await StartAsync(options => options with { Patience = new RequestPatience { Headers = Short } });
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, site.Url.Port, ApiSite.Stop);
        await socket.GetStream().WriteAsync("POST /api/v1/artifacts HTTP/1.1\r\nHost: x\r\nX-Slow"u8.ToArray(), ApiSite.Stop);
        Assert.StartsWith("HTTP/1.1 408", await AnswersAsync(socket), StringComparison.Ordinal);
        await UnharmedAsync(site);
    }

    [Fact]
    public async Task An_upload_that_is_fast_enough_and_never_whole_is_ended_too()
    {
        var time = new ManualTime(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        await using var site = await StartAsync(options => options with { Time = time });
        using var socket = await OpenAsync(site, "Content-Length: 50000", new byte[20_000]);
        while (Files(site).Length == 0)
        {
            await Task.Delay(10, ApiSite.Stop);
        }

        time.Advance(new RequestPatience().Upload);
        var answer = await AnswersAsync(socket);
        Assert.StartsWith("HTTP/1.1 408", answer, StringComparison.Ordinal);
        Assert.Contains("send it over a faster line", answer, StringComparison.Ordinal);
        await UnharmedAsync(site);
    }

    [Fact]
    public async Task What_is_not_accepted_when_it_is_whole_leaves_nothing()
    {
        await using var site = await StartAsync();
        site.Partner("acme", "com.example.other", "forge");
        using var client = site.As(site.Token(1, app: 1));
        using var theirs = await ApiSite.UploadAsync(client, [1, 2, 3], "app.zip", "com.example.other");
        Assert.Equal(HttpStatusCode.NotFound, theirs.StatusCode);
        using var empty = await ApiSite.UploadAsync(client, [], "app.zip", "com.example.app");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        await UnharmedAsync(site);

        using var first = await ApiSite.UploadAsync(client, [1], "app.zip", "com.example.app", "k");
        using var other = await ApiSite.UploadAsync(client, [2], "app.zip", "com.example.app", "k");
        using var again = await ApiSite.UploadAsync(client, [1], "app.zip", "com.example.app", "k");
        Assert.Equal(
            [HttpStatusCode.Accepted, HttpStatusCode.UnprocessableEntity, HttpStatusCode.Accepted],
            new[] { first, other, again }.Select(answer => answer.StatusCode)
        );
        Assert.Single(Files(site));
    }

    private static async Task<ApiSite> StartAsync(Func<SiteOptions, SiteOptions>? change = null)
    {
        var site = await ApiSite.StartAsync(change: options =>
            (change ?? (same => same))(
                options with
                {
                    MaximumArtifactBytes = Most,
                    Patience = new RequestPatience { Slow = Short },
                }
            )
        );
        site.Partner("acme", "com.example.app", "forge");
        return site;
    }

    /// <summary>Sends a request, and reads until the service closes; the first answer's status.</summary>
    private static async Task<string> SendAsync(ApiSite site, string headers, byte[] body, int repeat = 1, bool ends = false, string name = "app.zip")
    {
        using var socket = await OpenAsync(site, headers, body, repeat, name);
        if (ends)
        {
            socket.Client.Shutdown(SocketShutdown.Send);
        }

        return (await AnswersAsync(socket)).Split(' ').ElementAtOrDefault(1) ?? "closed";
    }

    private static async Task<TcpClient> OpenAsync(ApiSite site, string headers, byte[] body, int repeat = 1, string name = "app.zip")
    {
        var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, site.Url.Port, ApiSite.Stop);
        var head = $"POST /api/v1/artifacts?name={name}&app=com.example.app HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {site.Token(1)}\r\n{headers}\r\n\r\n";
        try
        {
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), ApiSite.Stop);
            for (var i = 0; i < repeat && !socket.GetStream().DataAvailable; i++)
            {
                await socket.GetStream().WriteAsync(body, ApiSite.Stop);
            }
        }
        catch (IOException)
        {
            // It was refused before all was sent.
        }

        return socket;
    }

    private static async Task<string> AnswersAsync(TcpClient socket)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ApiSite.Stop);
        limit.CancelAfter(Soon);
        var (answer, buffer) = (new StringBuilder(), new byte[4096]);
        try
        {
            while (await socket.Client.ReceiveAsync(buffer, limit.Token) is var count and > 0)
            {
                answer.Append(Encoding.ASCII.GetString(buffer, 0, count));
            }
        }
        catch (SocketException)
        {
            // What we sent was not read to its end.
        }

        return answer.ToString();
    }

    private static async Task UnharmedAsync(ApiSite site)
    {
        using var client = site.As(null);
        await ApiSite.JsonAsync(await client.GetAsync("/healthz", ApiSite.Stop));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ApiSite.Stop);
        limit.CancelAfter(Soon);
        // Who went away is noticed a moment later.
        while (Files(site).Length > 0)
        {
            await Task.Delay(10, limit.Token);
        }

        Assert.Equal(0, site.Platform.Database.Read(session => session.One<long>("select count(*) from artifact")));
    }

    private static string[] Files(ApiSite site) => Directory.GetFiles(Path.Combine(site.Folder, "blobs"), "*", SearchOption.AllDirectories);
}
