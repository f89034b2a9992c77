using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ecoscanner.Reports.Json;
using Ecoscanner.Service.Access;
using Ecoscanner.Service.Scheduling;
using Ecoscanner.Service.Tests.Scheduling;

namespace Ecoscanner.Service.Tests.Api;

public sealed class UploadTests
{
    private const string Sample = "leaky";

    [Fact]
    public async Task A_file_that_is_uploaded_is_scanned_and_gives_what_the_command_line_finds()
    {
        await using var site = await ApiSite.StartAsync(works: true);
        var (partner, _) = site.Partner("acme", ApiSite.SampleKey, "forge");
        using var client = site.As(site.Token(partner));
        var (zip, desk) = await DeskAsync(site.Folder);
        using var answer = await ApiSite.UploadAsync(client, zip, "app.zip", ApiSite.SampleKey, more: "&release=true");
        var queued = await ApiSite.JsonAsync(answer, HttpStatusCode.Accepted);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(zip)), (string?)queued["sha256"]);
        Assert.Equal($"/api/v1/scans/{queued["id"]}", answer.Headers.Location?.ToString());

        var over = await ApiSite.OverAsync(client, (string)queued["id"]!);
        Assert.True((string?)over["state"] == "done", over.ToJsonString());
        Assert.Equal("failed", (string?)over["outcome"]);
        var report = await ReportAsync(client, (string)queued["id"]!);
        Assert.NotEmpty(report);
        Assert.Equal(Fingerprints(desk), report);

        var findings = await ApiSite.JsonAsync(await client.GetAsync("/api/v1/findings?state=all&limit=200&count=true", ApiSite.Stop));
        Assert.Equal(report.Count, findings["items"]!.AsArray().Count);
        Assert.Equal(report.Count, (int)findings["count"]!["total"]!);
        foreach (var format in Ecoscanner.Reports.ReportFormats.All)
        {
            using var written = await client.GetAsync($"/api/v1/scans/{queued["id"]}/report?format={format.Name}", ApiSite.Stop);
            Assert.Equal(HttpStatusCode.OK, written.StatusCode);
            Assert.Equal("attachment", written.Content.Headers.ContentDisposition?.DispositionType);
        }

        using var accepted = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/scans/{queued["id"]}/report");
        accepted.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/sarif+json"));
        using var sarif = await client.SendAsync(accepted, ApiSite.Stop);
        Assert.Equal("application/sarif+json", sarif.Content.Headers.ContentType?.MediaType);
        await ReadsAreAuditedAsync(site, client, queued, findings);
        await GateAsync(site, client, queued);
    }

    [Fact]
    public async Task A_trial_finds_and_states_what_a_release_does_and_leaves_findings_as_they_are()
    {
        await using var site = await ApiSite.StartAsync(works: true);
        var (partner, _) = site.Partner("acme", ApiSite.SampleKey, "forge");
        using var client = site.As(site.Token(partner));
        var (zip, desk) = await DeskAsync(site.Folder);
        var queued = await ApiSite.JsonAsync(await ApiSite.UploadAsync(client, zip, "app.zip", ApiSite.SampleKey), HttpStatusCode.Accepted);
        var over = await ApiSite.OverAsync(client, (string)queued["id"]!);
        Assert.Equal("failed", (string?)over["outcome"]);
        Assert.Equal("trial", (string?)over["stage"]);
        Assert.Equal(Fingerprints(desk), await ReportAsync(client, (string)queued["id"]!));
        await ApiSite.JsonAsync(await client.GetAsync($"/api/v1/scans/{queued["id"]}/coverage", ApiSite.Stop));
        await GateAsync(site, client, queued);
        foreach (var table in (string[])["finding", "ticket", "evidence", "inventory", "app_version", "rule_state", "settled"])
        {
            Assert.Equal(0, site.Platform.Database.Read(session => session.One<long>($"select count(*) from {table}")));
        }

        // The same bytes count when they are released, whatever the trial came to.
        var released = await ApiSite.JsonAsync(
            await ApiSite.UploadAsync(client, zip, "app.zip", ApiSite.SampleKey, more: "&release=true"),
            HttpStatusCode.Accepted
        );
        Assert.NotEqual((string?)queued["id"], (string?)released["id"]);
        await ApiSite.OverAsync(client, (string)released["id"]!);
        var findings = await ApiSite.JsonAsync(await client.GetAsync("/api/v1/findings?state=all&limit=200", ApiSite.Stop));
        Assert.Equal(desk.Apps.Sum(app => app.Findings.Count), findings["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task The_same_upload_with_one_key_makes_one_scan()
    {
        await using var site = await ApiSite.StartAsync();
        var (partner, _) = site.Partner("acme", "com.example.app", "forge");
        using var client = site.As(site.Token(partner));
        using var first = await ApiSite.UploadAsync(client, [1, 2, 3], "app.zip", "com.example.app", "k");
        using var second = await ApiSite.UploadAsync(client, [1, 2, 3], "app.zip", "com.example.app", "k");
        using var third = await ApiSite.UploadAsync(client, [1, 2, 4], "app.zip", "com.example.app", "k");
        Assert.Equal(
            (await ApiSite.JsonAsync(first, HttpStatusCode.Accepted)).ToJsonString(),
            (await ApiSite.JsonAsync(second, HttpStatusCode.Accepted)).ToJsonString()
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, third.StatusCode);
        Assert.Equal(1, site.Platform.Database.Read(session => session.One<long>("select count(*) from run")));
    }

    [Fact]
    public async Task A_form_is_taken_as_a_raw_body_is()
    {
        await using var site = await ApiSite.StartAsync();
        var (partner, app) = site.Partner("acme", "com.example.app", "forge");
        using var client = site.As(site.Token(partner, app));
        using var form = new MultipartFormDataContent { { new StringContent("x"), "note" }, { new ByteArrayContent([1, 2, 3]), "file", "app.zip" } };
        using var answer = await client.PostAsync("/api/v1/artifacts", form, ApiSite.Stop);
        Assert.Equal("com.example.app", (string?)(await ApiSite.JsonAsync(answer, HttpStatusCode.Accepted))["app"]);
    }

    [Theory]
    [InlineData("app.exe", 3, HttpStatusCode.UnprocessableEntity)]
    [InlineData("app.zip", 0, HttpStatusCode.UnprocessableEntity)]
    [InlineData("", 3, HttpStatusCode.UnprocessableEntity)]
    [InlineData("app.zip", 5000, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_wrong_upload_is_refused_and_nothing_of_it_stays(string name, int bytes, HttpStatusCode expected)
    {
        await using var site = await ApiSite.StartAsync(change: options => options with { MaximumArtifactBytes = 4096 });
        var (partner, _) = site.Partner("acme", "com.example.app", "forge");
        using var client = site.As(site.Token(partner));
        using var answer = await ApiSite.UploadAsync(client, new byte[bytes], name, "com.example.app");
        await ApiSite.JsonAsync(answer, expected);
        Assert.Equal(0, site.Platform.Database.Read(session => session.One<long>("select count(*) from run")));
    }

    [Theory]
    [InlineData("multipart/form-data", "")]
    [InlineData("multipart/form-data; boundary=x", "nothing of a form")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nv\r\n--x--\r\n")]
    [InlineData("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a.zip\"\r\n\r\nhalf")]
    public async Task A_broken_form_is_refused(string type, string body)
    {
        await using var site = await ApiSite.StartAsync();
        var (partner, app) = site.Partner("acme", "com.example.app", "forge");
        using var client = site.As(site.Token(partner, app));
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var answer = await client.PostAsync("/api/v1/artifacts", content, ApiSite.Stop);
        Assert.InRange((int)answer.StatusCode, 400, 422);
        Assert.Equal(0, site.Platform.Database.Read(session => session.One<long>("select count(*) from run")));
    }

    [Fact]
    public async Task Half_an_upload_leaves_nothing_and_the_service_goes_on()
    {
        await using var site = await ApiSite.StartAsync();
        var (partner, app) = site.Partner("acme", "com.example.app", "forge");
        var token = site.Token(partner, app);
        using (var socket = new TcpClient())
        {
            await socket.ConnectAsync(IPAddress.Loopback, site.Url.Port, ApiSite.Stop);
            var head = $"POST /api/v1/artifacts?name=app.zip HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Length: 1000000\r\n\r\nhalf";
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), ApiSite.Stop);
        }

        using var client = site.As(token);
        await ApiSite.JsonAsync(await client.GetAsync("/healthz", ApiSite.Stop));
        Assert.Equal(0, site.Platform.Database.Read(session => session.One<long>("select count(*) from artifact")));
    }

    [Fact]
    public async Task Bytes_that_are_no_HTTP_do_the_service_no_harm()
    {
        await using var site = await ApiSite.StartAsync();
        var random = new Random(7);
        for (var i = 0; i < 50; i++)
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(IPAddress.Loopback, site.Url.Port, ApiSite.Stop);
            var bytes = new byte[random.Next(1, 3000)];
            random.NextBytes(bytes);
            await socket.GetStream().WriteAsync(bytes, ApiSite.Stop);
        }

        using var nobody = site.As(null);
        await ApiSite.JsonAsync(await nobody.GetAsync("/healthz", ApiSite.Stop));
    }

    [Fact]
    public async Task An_upload_token_reads_nothing_and_a_token_of_one_app_uploads_to_no_other()
    {
        await using var site = await ApiSite.StartAsync();
        var (partner, app) = site.Partner("acme", "com.example.app", "forge");
        site.Partner("acme", "com.example.other", "forge");
        using var client = site.As(site.Token(partner, app, Capability.Upload));
        using var findings = await client.GetAsync("/api/v1/findings", ApiSite.Stop);
        Assert.Equal(HttpStatusCode.Forbidden, findings.StatusCode);
        using var other = await ApiSite.UploadAsync(client, [1], "app.zip", "com.example.other");
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
        using var own = await ApiSite.UploadAsync(client, [1], "app.zip", "com.example.app");
        Assert.Equal(HttpStatusCode.Accepted, own.StatusCode);
    }

    [Fact]
    public async Task Scans_on_demand_have_a_share_of_a_day()
    {
        await using var site = await ApiSite.StartAsync();
        var (partner, app) = site.Partner("acme", "com.example.app", "forge");
        using var client = site.As(site.Token(partner));
        using var first = await ApiSite.UploadAsync(client, [1], "app.zip", "com.example.app", more: "&release=true");
        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        site.Platform.Database.Write(session =>
        {
            Quotas.SetMost(session, Principal.Platform, partner, QuotaKind.Rescans, 1, "a test");
            Quotas.SetMost(session, Principal.Platform, partner, QuotaKind.Uploads, 1, "a test");
        });
        using var scan = await client.SendAsync(ApiSite.Json(HttpMethod.Post, "/api/v1/scans", $$"""{"appId":{{app}}}"""), ApiSite.Stop);
        Assert.Equal(HttpStatusCode.Accepted, scan.StatusCode);
        using var again = await client.SendAsync(ApiSite.Json(HttpMethod.Post, "/api/v1/scans", $$"""{"appId":{{app}}}"""), ApiSite.Stop);
        var problem = await ApiSite.JsonAsync(again, HttpStatusCode.TooManyRequests);
        Assert.Equal("urn:ecoscanner:problem:quota-used", (string?)problem["type"]);
        Assert.NotNull(again.Headers.RetryAfter);
        using var upload = await ApiSite.UploadAsync(client, [1], "app.zip", "com.example.app");
        Assert.Equal(HttpStatusCode.TooManyRequests, upload.StatusCode);
    }

    /// <summary>Every answer with content of findings stands in the partner's chain before it was given.</summary>
    private static async Task ReadsAreAuditedAsync(ApiSite site, HttpClient client, JsonNode queued, JsonNode findings)
    {
        var id = (long)findings["items"]![0]!["id"]!;
        await ApiSite.JsonAsync(await client.GetAsync($"/api/v1/findings/{id}", ApiSite.Stop));
        await ApiSite.JsonAsync(await client.GetAsync($"/api/v1/findings/{id}/evidence", ApiSite.Stop));
        await ApiSite.JsonAsync(await client.GetAsync($"/api/v1/scans/{queued["id"]}/coverage", ApiSite.Stop));
        await ApiSite.JsonAsync(await client.GetAsync($"/api/v1/apps/{queued["appId"]}/checklist", ApiSite.Stop));
        using var admin = await site.PersonAsync("admin@example.org", Role.PartnerAdmin, 1);
        var events = await ApiSite.JsonAsync(await admin.GetAsync("/api/v1/audit/events?limit=200", ApiSite.Stop));
        var told = events["items"]!.AsArray().Select(item => (string)item!["action"]!).ToHashSet(StringComparer.Ordinal);
        Assert.Superset(
            new HashSet<string>
            {
                "findings.list",
                "finding.read",
                "evidence.read",
                "coverage.read",
                "checklist.read",
                "report.read:json",
                "report.read:sarif",
            },
            told
        );
    }

    private static async Task GateAsync(ApiSite site, HttpClient client, JsonNode queued)
    {
        using var made = await client.SendAsync(
            ApiSite.Json(HttpMethod.Post, "/api/v1/gates", $$"""{"scan":"{{queued["id"]}}","failOn":"critical"}"""),
            ApiSite.Stop
        );
        var gate = await ApiSite.JsonAsync(made, HttpStatusCode.Created);
        using var nobody = site.As(null);
        var read = await ApiSite.JsonAsync(await nobody.GetAsync(made.Headers.Location, ApiSite.Stop));
        Assert.Equal(gate.ToJsonString(), read.ToJsonString());
        Assert.Equal((string?)queued["sha256"], (string?)read["statement"]!["sha256"]);
        var keys = await ApiSite.JsonAsync(await nobody.GetAsync("/api/v1/keys", ApiSite.Stop));
        var signature = read["envelope"]!["signatures"]![0]!;
        using var key = ECDsa.Create();
        key.ImportFromPem((string)keys["keys"]![(string)signature["keyid"]!]!);
        var (type, payload) = ((string)read["envelope"]!["payloadType"]!, Convert.FromBase64String((string)read["envelope"]!["payload"]!));
        byte[] signed = [.. Encoding.ASCII.GetBytes($"DSSEv1 {type.Length} {type} {payload.Length} "), .. payload];
        Assert.True(key.VerifyData(signed, Convert.FromBase64String((string)signature["sig"]!), HashAlgorithmName.SHA256));
    }

    private static async Task<List<string>> ReportAsync(HttpClient client, string scan)
    {
        using var stream = new MemoryStream(await client.GetByteArrayAsync($"/api/v1/scans/{scan}/report", ApiSite.Stop));
        return Fingerprints(ReportReader.Read(stream));
    }

    private static List<string> Fingerprints(Ecoscanner.Scanning.ScanReport report) =>
        [.. report.Apps.SelectMany(app => app.Findings).Select(finding => $"{finding.Rule.Id} {finding.Fingerprint}").Order(StringComparer.Ordinal)];

    /// <summary>The same file by <c>ecoscanner scan</c>, the program that ships.</summary>
    private static async Task<(byte[] Zip, Ecoscanner.Scanning.ScanReport Report)> DeskAsync(string folder)
    {
        var desk = Directory.CreateDirectory(Path.Combine(folder, "desk")).FullName;
        var zip = Path.Combine(desk, WorkerProgram.Zip(desk, Sample));
        await Program.RunAsync(desk, [], "scan", zip, "--offline", "-f", "json=report.json");
        await using var stream = File.OpenRead(Path.Combine(desk, "report.json"));
        return (await File.ReadAllBytesAsync(zip, ApiSite.Stop), ReportReader.Read(stream));
    }
}
