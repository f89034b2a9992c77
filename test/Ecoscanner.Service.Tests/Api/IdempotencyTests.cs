using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;

namespace Ecoscanner.Service.Tests.Api;

public sealed class IdempotencyTests
{
    private const string App = "com.example.app";

    [Fact]
    public async Task A_change_whose_answer_was_lost_is_not_made_again()
    {
        await using var site = await ApiSite.StartAsync();
        var (partner, app) = site.Partner("acme", App, "forge");
        using var client = site.As(site.Token(partner));
        using var uploaded = await ApiSite.UploadAsync(client, [1], "app.zip", App, more: "&release=true");
        Assert.Equal(HttpStatusCode.Accepted, uploaded.StatusCode);

        // Between the change and its answer, where a process may end as well.
        site.Platform.WakeScheduler = static () => throw new InvalidOperationException("the process ends here");
        using var lostScan = await client.SendAsync(Scan(app, "s"), ApiSite.Stop);
        using var lostUpload = await ApiSite.UploadAsync(client, [2], "app.zip", App, "u");
        Assert.Equal(HttpStatusCode.InternalServerError, lostScan.StatusCode);
        Assert.Equal(HttpStatusCode.InternalServerError, lostUpload.StatusCode);

        site.Platform.WakeScheduler = static () => { };
        using var scan = await client.SendAsync(Scan(app, "s"), ApiSite.Stop);
        using var upload = await ApiSite.UploadAsync(client, [2], "app.zip", App, "u");
        await ApiSite.JsonAsync(scan, HttpStatusCode.Accepted);
        await ApiSite.JsonAsync(upload, HttpStatusCode.Accepted);
        Assert.Equal(3, Runs(site));
    }

    [Fact]
    public async Task A_change_that_was_not_made_is_made_when_it_is_asked_for_again()
    {
        await using var site = await ApiSite.StartAsync();
        var (partner, app) = site.Partner("acme", App, "forge");
        using var client = site.As(site.Token(partner));
        using var early = await client.SendAsync(Scan(app, "s"), ApiSite.Stop);
        Assert.Equal(HttpStatusCode.Conflict, early.StatusCode);
        using var uploaded = await ApiSite.UploadAsync(client, [1], "app.zip", App, more: "&release=true");
        using var again = await client.SendAsync(Scan(app, "s"), ApiSite.Stop);
        await ApiSite.JsonAsync(again, HttpStatusCode.Accepted);
        Assert.Equal(2, Runs(site));
    }

    [Fact]
    public async Task Of_many_requests_at_once_with_one_key_one_is_done()
    {
        await using var site = await ApiSite.StartAsync();
        var (partner, app) = site.Partner("acme", App, "forge");
        using var client = site.As(site.Token(partner));
        using var uploaded = await ApiSite.UploadAsync(client, [1], "app.zip", App, more: "&release=true");
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => client.SendAsync(Scan(app, "s"), ApiSite.Stop)));
        var bodies = new HashSet<string>(StringComparer.Ordinal);
        foreach (var answer in answers)
        {
            // The first is still being done, or is done.
            Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Accepted, HttpStatusCode.Conflict });
            if (answer.StatusCode == HttpStatusCode.Conflict)
            {
                Assert.NotNull(answer.Headers.RetryAfter);
            }
            else
            {
                bodies.Add((await ApiSite.JsonAsync(answer, HttpStatusCode.Accepted)).ToJsonString());
            }

            answer.Dispose();
        }

        Assert.Single(bodies);
        Assert.Equal(2, Runs(site));
    }

    [Fact]
    public async Task A_key_belongs_to_one_request_of_one_account_and_is_known_after_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("ecoscanner-").FullName;
        try
        {
            string first,
                token,
                others,
                made;
            long app;
            await using (var site = await ApiSite.StartAsync(folder: folder))
            {
                (var partner, app) = site.Partner("acme", App, "forge");
                (token, others) = (site.Token(partner), site.Token(partner));
                using var client = site.As(token);
                using var uploaded = await ApiSite.UploadAsync(client, [1], "app.zip", App, more: "&release=true");
                using var answer = await client.SendAsync(Scan(app, "s"), ApiSite.Stop);
                first = (await ApiSite.JsonAsync(answer, HttpStatusCode.Accepted)).ToJsonString();
                made = answer.Headers.Location!.ToString();
            }

            await using (var site = await ApiSite.StartAsync(folder: folder))
            {
                using var client = site.As(token);
                using var again = await client.SendAsync(Scan(app, "s"), ApiSite.Stop);
                Assert.Equal(first, (await ApiSite.JsonAsync(again, HttpStatusCode.Accepted)).ToJsonString());
                Assert.Equal(made, again.Headers.Location!.ToString());
                using var otherBody = await client.SendAsync(Scan(app + 1, "s"), ApiSite.Stop);
                using var otherPath = await ApiSite.UploadAsync(client, [1], "app.zip", App, "s");
                foreach (var wrong in new[] { otherBody, otherPath })
                {
                    var problem = await ApiSite.JsonAsync(wrong, HttpStatusCode.UnprocessableEntity);
                    Assert.Equal("urn:ecoscanner:problem:key-reused", (string?)problem["type"]);
                }

                using var other = site.As(others);
                using var theirs = await other.SendAsync(Scan(app, "s"), ApiSite.Stop);
                Assert.NotEqual(first, (await ApiSite.JsonAsync(theirs, HttpStatusCode.Accepted)).ToJsonString());
                Assert.Equal(3, Runs(site));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Requests_that_are_repeated_after_the_process_was_killed_are_done_once()
    {
        const int Requests = 60;
        const int AnsweredBefore = 20;
        var folder = Directory.CreateTempSubdirectory("ecoscanner-").FullName;
        try
        {
            string token;
            long app;
            await using (var site = await ApiSite.StartAsync(folder: Path.Combine(folder, "d")))
            {
                (var partner, app) = site.Partner("acme", App, "forge");
                token = site.Token(partner);
                using var client = site.As(token);
                using var uploaded = await ApiSite.UploadAsync(client, [1], "app.zip", App, more: "&release=true");
            }

            var told = new string?[Requests];
            using (var process = Program.Start(folder, new Dictionary<string, string>(), "serve", "--data", "d", "--urls", "http://127.0.0.1:0"))
            {
                using var client = await ClientAsync(process, token);
                var answered = 0;
                await Task.WhenAll(
                    Enumerable
                        .Range(0, Requests)
                        .Select(async i =>
                        {
                            told[i] = await TryAsync(client, app, i);
                            if (told[i] is not null && Interlocked.Increment(ref answered) == AnsweredBefore)
                            {
                                process.Kill();
                            }
                        })
                );
                await process.WaitForExitAsync(ApiSite.Stop);
            }

            Assert.Contains(told, id => id is null);
            await using (var site = await ApiSite.StartAsync(folder: Path.Combine(folder, "d")))
            {
                using var client = site.As(token);
                for (var i = 0; i < Requests; i++)
                {
                    var id = await TryAsync(client, app, i);
                    Assert.NotNull(id);
                    Assert.Equal(told[i] ?? id, id);
                    told[i] = id;
                }

                Assert.Equal(Requests, told.Distinct().Count());
                Assert.Equal(Requests + 1, Runs(site));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static HttpRequestMessage Scan(long app, string key)
    {
        var request = ApiSite.Json(HttpMethod.Post, "/api/v1/scans", $$"""{"appId":{{app}}}""");
        request.Headers.Add("Idempotency-Key", key);
        return request;
    }

    private static long Runs(ApiSite site) => site.Platform.Database.Read(session => session.One<long>("select count(*) from run"));

    private static async Task<HttpClient> ClientAsync(Process process, string token)
    {
        var listening = await process.StandardOutput.ReadLineAsync(ApiSite.Stop);
        var client = new HttpClient { BaseAddress = new Uri(listening!["listening on ".Length..]) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>The scan that was queued; null where no whole answer came.</summary>
    private static async Task<string?> TryAsync(HttpClient client, long app, int number)
    {
        try
        {
            using var answer = await client.SendAsync(Scan(app, $"key-{number}"), ApiSite.Stop);
            return (string?)(await ApiSite.JsonAsync(answer, HttpStatusCode.Accepted))["id"];
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return null;
        }
    }
}
