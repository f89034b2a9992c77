using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Ecoscanner.Service.Runs;

namespace Ecoscanner.Service.Tests.Api;

/// <summary>The events of a scan, for who loses the connection and comes back.</summary>
public sealed class ScanStreamTests
{
    [Fact]
    public async Task Who_comes_back_gets_what_came_after_the_last_event_they_saw()
    {
        await using var site = await ApiSite.StartAsync();
        var (partner, app) = site.Partner("acme", "com.example.app", "forge");
        using var client = site.As(site.Token(partner, app));
        using var uploaded = await ApiSite.UploadAsync(client, [1], "app.zip", "com.example.app");
        var scan = (string)(await ApiSite.JsonAsync(uploaded, HttpStatusCode.Accepted))["id"]!;

        Event queued,
            running,
            first;
        using (var stream = await OpenAsync(client, scan, null))
        {
            queued = await stream.NextAsync();
            Assert.Equal(("state", "queued"), (queued.Kind, (string?)queued.Data["state"]));
            site.Platform.Database.Write(session => RunLog.Start(session, scan));
            running = await stream.NextAsync();
            Assert.Equal(("state", "running"), (running.Kind, (string?)running.Data["state"]));
            site.Platform.Progress.Tell(scan, "forge-code", "one");
            first = await stream.NextAsync();
            Assert.Equal(("progress", "one"), (first.Kind, (string?)first.Data["what"]));
        }

        // Meanwhile nobody listens.
        site.Platform.Progress.Tell(scan, "forge-code", "two");
        site.Platform.Progress.Tell(scan, "forge-code", "three");
        long last;
        using (var stream = await OpenAsync(client, scan, first.Id))
        {
            var (two, three) = (await stream.NextAsync(), await stream.NextAsync());
            Assert.Equal(["two", "three"], new[] { two, three }.Select(step => (string?)step.Data["what"]));
            Assert.True(queued.Id < running.Id && running.Id < first.Id && first.Id < two.Id && two.Id < three.Id);
            last = three.Id;
        }

        site.Platform.Database.Write(session => RunLog.Fail(session, scan, "the file is no archive"));
        site.Platform.Progress.Forget(scan);
        foreach (var seen in new long?[] { last, null, long.MaxValue })
        {
            // It is over: the end is told whatever was seen, and then the stream ends.
            using var stream = await OpenAsync(client, scan, seen);
            var end = await stream.NextAsync();
            Assert.Equal(("failed", "the file is no archive"), ((string?)end.Data["state"], (string?)end.Data["failure"]));
            Assert.Null(await stream.Reader.ReadLineAsync(ApiSite.Stop));
        }
    }

    [Theory]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    public async Task An_event_that_no_stream_gave_is_refused(string id)
    {
        await using var site = await ApiSite.StartAsync();
        var (partner, app) = site.Partner("acme", "com.example.app", "forge");
        using var client = site.As(site.Token(partner, app));
        using var uploaded = await ApiSite.UploadAsync(client, [1], "app.zip", "com.example.app");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{uploaded.Headers.Location}/events");
        request.Headers.TryAddWithoutValidation("Last-Event-ID", id);
        using var answer = await client.SendAsync(request, ApiSite.Stop);
        await ApiSite.JsonAsync(answer, HttpStatusCode.UnprocessableEntity);
    }

    private static async Task<Open> OpenAsync(HttpClient client, string scan, long? seen)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/scans/{scan}/events");
        if (seen is { } id)
        {
            request.Headers.Add("Last-Event-ID", id.ToString(CultureInfo.InvariantCulture));
        }

        var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ApiSite.Stop);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        return new Open(answer, new StreamReader(await answer.Content.ReadAsStreamAsync(ApiSite.Stop)));
    }

    private sealed record Event(long Id, string Kind, JsonNode Data);

    private sealed record Open(HttpResponseMessage Answer, StreamReader Reader) : IDisposable
    {
        public async Task<Event> NextAsync()
        {
            var lines = new Dictionary<string, string>(StringComparer.Ordinal);
            while (await Reader.ReadLineAsync(ApiSite.Stop) is { } line && (line.Length > 0 || lines.Count == 0))
            {
                if (line.Split(": ", 2) is [{ Length: > 0 } name, var value])
                {
                    lines[name] = value;
                }
            }

            return new Event(long.Parse(lines["id"], CultureInfo.InvariantCulture), lines["event"], JsonNode.Parse(lines["data"])!);
        }

        public void Dispose()
        {
            Reader.Dispose();
            Answer.Dispose();
        }
    }
}
