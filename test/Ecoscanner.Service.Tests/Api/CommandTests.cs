using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using Ecoscanner.Service.Storage;
using Ecoscanner.Service.Tests.Scheduling;

namespace Ecoscanner.Service.Tests.Api;

/// <summary>The commands of the service, as processes of their own.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ecoscanner-").FullName;

    [Fact]
    public async Task A_token_is_kept_for_its_owner_alone_and_used_from_then_on()
    {
        await using var site = await ApiSite.StartAsync();
        var (partner, app) = site.Partner("acme", "com.example.app", "forge");
        var token = site.Token(partner, app);
        using var process = Program.Start(folder, new Dictionary<string, string>(), "login", "--service", site.Url.AbsoluteUri);
        await process.StandardInput.WriteLineAsync(token);
        process.StandardInput.Close();
        var (output, error) = (await process.StandardOutput.ReadToEndAsync(ApiSite.Stop), await process.StandardError.ReadToEndAsync(ApiSite.Stop));
        await process.WaitForExitAsync(ApiSite.Stop);
        Assert.True(process.ExitCode == 0, error);
        Assert.Contains("ci-token for acme, app com.example.app", output, StringComparison.Ordinal);
        Assert.DoesNotContain(token, output + error, StringComparison.Ordinal);
        var file = Path.Combine(folder, "config", "ecoscanner", "account.json");
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        var whoami = await Program.RunAsync(folder, [], "whoami");
        Assert.Equal(0, whoami.Code);
        Assert.Contains(site.Url.Authority, whoami.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await Program.RunAsync(folder, [], "tickets")).Code);
    }

    [Fact]
    public async Task A_wrong_token_and_a_service_that_is_not_there_are_told_with_a_code_of_their_own()
    {
        await using var site = await ApiSite.StartAsync();
        var wrong = await Program.RunAsync(folder, [("ECOSCANNER_TOKEN", "eco_x"), ("ECOSCANNER_SERVICE", site.Url.AbsoluteUri)], "whoami");
        Assert.Equal(5, wrong.Code);
        Assert.Contains("does not know the token", wrong.Error, StringComparison.Ordinal);
        var gone = await Program.RunAsync(folder, [("ECOSCANNER_TOKEN", "eco_x"), ("ECOSCANNER_SERVICE", $"http://127.0.0.1:{FreePort()}")], "whoami");
        Assert.Equal(5, gone.Code);
        Assert.Contains("is the service up", gone.Error, StringComparison.Ordinal);
        Assert.Equal(5, (await Program.RunAsync(folder, [], "tickets")).Code);
        Assert.Equal(2, (await Program.RunAsync(folder, [("ECOSCANNER_TOKEN", "eco_x")], "whoami", "--service", "http://example.com")).Code);
    }

    [Fact]
    public async Task An_upload_that_is_waited_for_ends_as_a_scan_at_the_desk_does()
    {
        await using var site = await ApiSite.StartAsync(works: true);
        var (partner, _) = site.Partner("acme", ApiSite.SampleKey, "forge");
        var account = new[] { ("ECOSCANNER_TOKEN", site.Token(partner)), ("ECOSCANNER_SERVICE", site.Url.AbsoluteUri) };
        WorkerProgram.Zip(folder, "leaky");
        var queued = await Program.RunAsync(folder, account, "upload", "app.zip", "--app", ApiSite.SampleKey);
        Assert.True(queued.Code == 0, queued.Error);
        Assert.Contains("nothing is judged yet", queued.Error, StringComparison.Ordinal);
        var desk = await Program.RunAsync(folder, [], "scan", "app.zip", "--offline", "-f", "json=desk.json");
        var waited = await Program.RunAsync(folder, account, "upload", "app.zip", "--app", ApiSite.SampleKey, "--wait", "-f", "json=service.json");
        Assert.True(waited.Code == desk.Code, $"{waited.Code} and at the desk {desk.Code}: {waited.Error}");
        Assert.True(File.Exists(Path.Combine(folder, "service.json")));
        await File.WriteAllTextAsync(Path.Combine(folder, "broken.zip"), "no archive", ApiSite.Stop);
        var broken = await Program.RunAsync(folder, account, "upload", "broken.zip", "--app", ApiSite.SampleKey, "--wait");
        Assert.True(broken.Code == 4, $"{broken.Code}: {broken.Error}");
    }

    [Theory]
    [InlineData("app.jar", "<plugin-info><version>1.2.3</version></plugin-info>", null, "1.2.3")]
    [InlineData("app.jar", "<plugin-info><version>1.2.3</version></plugin-info>", "2.0", "2.0")]
    [InlineData("app.obr", "<plugin-info><version>1.2.3</version></plugin-info>", null, "1.2.3")]
    [InlineData("app.jar", "", null, null)]
    [InlineData("app.zip", "", "3.1", "3.1")]
    public async Task A_release_stands_under_the_version_that_it_was_uploaded_with(string file, string tells, string? says, string? version)
    {
        await using var site = await ApiSite.StartAsync();
        var (partner, app) = site.Partner("acme", "com.example.app", file == "app.zip" ? "forge" : "datacenter");
        var account = new[] { ("ECOSCANNER_TOKEN", site.Token(partner, app)), ("ECOSCANNER_SERVICE", site.Url.AbsoluteUri) };
        await using (var archive = await ZipFile.OpenAsync(Path.Combine(folder, file), ZipArchiveMode.Create, ApiSite.Stop))
        {
            await using var descriptor = await archive.CreateEntry("atlassian-plugin.xml").OpenAsync(ApiSite.Stop);
            await descriptor.WriteAsync(Encoding.UTF8.GetBytes($"<atlassian-plugin key='com.example.app'>{tells}</atlassian-plugin>"), ApiSite.Stop);
        }

        var uploaded = await Program.RunAsync(folder, account, ["upload", file, "--release", .. says is null ? (string[])[] : ["--app-version", says]]);
        Assert.True(uploaded.Code == 0, uploaded.Error);
        var stands = site.Platform.Database.Read(session => session.One<string>("select version from app_version"));
        Assert.Equal(version is null, stands.StartsWith("upload-", StringComparison.Ordinal));
        Assert.Equal(version ?? stands, stands);
        if (version is not null && says is null)
        {
            Assert.Contains($"released as version {version}", uploaded.Error, StringComparison.Ordinal);
        }

        // The API's own caller gets the same.
        using var client = site.As(site.Token(partner, app));
        var content = await File.ReadAllBytesAsync(Path.Combine(folder, file), ApiSite.Stop);
        using var again = await ApiSite.UploadAsync(
            client,
            content,
            file,
            "com.example.app",
            more: $"&release=true{(version is null ? "" : $"&version={version}")}"
        );
        await ApiSite.JsonAsync(again, HttpStatusCode.Accepted);
        Assert.Equal([stands], site.Platform.Database.Read(session => session.List<string>("select version from app_version")));
    }

    [Theory]
    [InlineData("a trial has no version", "--app-version", "1.0")]
    [InlineData(
        "a version is short",
        "--release",
        "--app-version",
        "12345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901"
    )]
    public async Task A_version_that_is_none_is_refused(string why, params string[] options)
    {
        await using var site = await ApiSite.StartAsync();
        var (partner, app) = site.Partner("acme", "com.example.app", "forge");
        await File.WriteAllTextAsync(Path.Combine(folder, "app.zip"), "x", ApiSite.Stop);
        var account = new[] { ("ECOSCANNER_TOKEN", site.Token(partner, app)), ("ECOSCANNER_SERVICE", site.Url.AbsoluteUri) };
        var refused = await Program.RunAsync(folder, account, ["upload", "app.zip", .. options]);
        Assert.True(refused.Code == (options.Length > 2 ? 5 : 2), why + refused.Error);
        Assert.Contains("version", refused.Error, StringComparison.Ordinal);
        Assert.Equal(0, site.Platform.Database.Read(session => session.One<long>("select count(*) from artifact")));
    }

    [Fact]
    public async Task Serve_tells_where_it_listens_and_how_the_first_account_is_made_and_stops_gracefully()
    {
        using var process = Program.Start(folder, new Dictionary<string, string>(), "serve", "--data", "d", "--urls", "http://127.0.0.1:0");
        try
        {
            var listening = await process.StandardOutput.ReadLineAsync(ApiSite.Stop);
            var setup = await process.StandardOutput.ReadLineAsync(ApiSite.Stop);
            Assert.StartsWith("listening on http://127.0.0.1:", listening, StringComparison.Ordinal);
            var code = setup!.Split(": ")[^1];
            using var client = new HttpClient { BaseAddress = new Uri(listening!["listening on ".Length..]) };
            var account = new
            {
                code,
                email = "you@example.org",
                name = "You",
                password = ApiSite.Password,
            };
            using var made = await client.PostAsJsonAsync("/api/v1/setup", account, ApiSite.Stop);
            Assert.Equal(HttpStatusCode.NoContent, made.StatusCode);
            using var again = await client.PostAsJsonAsync("/api/v1/setup", account, ApiSite.Stop);
            Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
            var session = new { email = "you@example.org", password = ApiSite.Password };
            using var signedIn = await client.PostAsJsonAsync("/api/v1/session", session, ApiSite.Stop);
            Assert.Equal(HttpStatusCode.OK, signedIn.StatusCode);
            Assert.True((bool)(await ApiSite.JsonAsync(signedIn))["needsSecondFactor"]!);

            var second = await Program.RunAsync(folder, [], "serve", "--data", "d", "--urls", "http://127.0.0.1:0");
            Assert.Equal(5, second.Code);
            Assert.Contains("is used by another ecoscanner serve", second.Error, StringComparison.Ordinal);
            var port = await Program.RunAsync(folder, [], "serve", "--data", "other", "--urls", client.BaseAddress!.AbsoluteUri);
            Assert.Equal(5, port.Code);
            Assert.Contains("another program listens there", port.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", port.Error, StringComparison.Ordinal);
        }
        finally
        {
            Assert.Equal(0, kill(process.Id, 15));
            await process.WaitForExitAsync(ApiSite.Stop);
        }

        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public async Task A_partner_checks_its_audits_without_the_platform()
    {
        await using (var site = await ApiSite.StartAsync())
        {
            var (partner, _) = site.Partner("acme", "com.example.app", "forge");
            using var person = await site.PersonAsync("viewer@example.com", Ecoscanner.Service.Access.Role.PartnerViewer, partner);
            site.Platform.AuditHeads.SignAll();
            foreach (var (file, path) in new[] { ("events", "audit/events"), ("heads", "audit/heads"), ("keys", "keys") })
            {
                await File.WriteAllTextAsync(Path.Combine(folder, file), await person.GetStringAsync($"/api/v1/{path}", ApiSite.Stop), ApiSite.Stop);
            }
        }

        var whole = await Program.RunAsync(folder, [], "audit", "check", "events", "heads", "keys");
        Assert.True(whole.Code == 0, whole.Output + whole.Error);
        Assert.StartsWith("whole: ", whole.Output, StringComparison.Ordinal);
        var events = await File.ReadAllTextAsync(Path.Combine(folder, "events"), ApiSite.Stop);
        await File.WriteAllTextAsync(Path.Combine(folder, "events"), events.Replace("app.granted", "app.refused", StringComparison.Ordinal), ApiSite.Stop);
        var changed = await Program.RunAsync(folder, [], "audit", "check", "events", "heads", "keys");
        Assert.True(changed.Code == 1, changed.Output + changed.Error);
        Assert.Contains("its content was changed", changed.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await Program.RunAsync(folder, [], "audit", "check", "nothing", "heads", "keys")).Code);
    }

    [Fact]
    public async Task Serve_says_why_it_cannot_start()
    {
        Directory.CreateDirectory(Path.Combine(folder, "damaged"));
        await File.WriteAllTextAsync(Path.Combine(folder, "damaged", "platform.db"), new string('x', 8192), ApiSite.Stop);
        await File.WriteAllTextAsync(Path.Combine(folder, "file"), "", ApiSite.Stop);
        Made("newer", "pragma user_version = 999");
        Made("others", "create table theirs (id integer)");
        Database.Open(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "cut")).FullName, "platform.db"), TimeProvider.System).Dispose();
        await using (var cut = File.OpenWrite(Path.Combine(folder, "cut", "platform.db")))
        {
            cut.SetLength(8192);
        }

        foreach (
            var (data, urls, says) in new[]
            {
                ("damaged", "http://127.0.0.1:0", "put the last backup in its place"),
                ("cut", "http://127.0.0.1:0", "put the last backup in its place"),
                ("newer", "http://127.0.0.1:0", "start the version that wrote it, or a later one"),
                ("others", "http://127.0.0.1:0", "name another folder with --data"),
                ("file", "http://127.0.0.1:0", "--data"),
                ("fine", "127.0.0.1", "--urls"),
            }
        )
        {
            var outcome = await Program.RunAsync(folder, [], "serve", "--data", data, "--urls", urls);
            Assert.Equal(5, outcome.Code);
            Assert.Contains(says, outcome.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", outcome.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("--origin", "http://ecoscanner.example", 5, "no https origin")]
    [InlineData("--origin", "ecoscanner", 2, "must be a URL")]
    [InlineData("--marketplace", "ftp://x.example", 2, "must be a URL")]
    [InlineData("--marketplace-api", "4", 2, "Must be one of")]
    [InlineData("--providers", "none.json", 5, "no such file")]
    public async Task Serve_says_which_option_it_cannot_take(string option, string value, int code, string says)
    {
        Assert.SkipWhen(Ecoscanner.Probing.Signing.Ed25519.UnavailableReason is not null, "requests cannot be signed here");
        var outcome = await Program.RunAsync(folder, [], "serve", "--data", "data", option, value);
        Assert.Equal(code, outcome.Code);
        Assert.Contains(says, outcome.Error, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>A folder whose database is ours with one thing changed, or another program's.</summary>
    private void Made(string name, string sql)
    {
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, name)).FullName, "platform.db");
        if (name != "others")
        {
            Database.Open(file, TimeProvider.System).Dispose();
        }

        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={file};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

#pragma warning disable SYSLIB1054, CA5392, IDE1006
    [System.Runtime.InteropServices.DllImport("libc")]
    private static extern int kill(int process, int signal);
#pragma warning restore SYSLIB1054, CA5392, IDE1006
}
