using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using Ecoscanner.Service.Access;

namespace Ecoscanner.Service.Tests.Api;

/// <summary>A real disk of its own, of a few megabytes, that gets full.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const string App = "com.example.app";

    private readonly string folder = Directory.CreateTempSubdirectory("ecoscanner-").FullName;
    private bool isMounted;

    private string Filler => Path.Combine(folder, "filler");

    [Fact]
    public async Task Where_the_disk_is_full_writes_are_refused_reads_go_on_and_room_mends_it()
    {
        Mount(megabytes: 16);
        await using var site = await ApiSite.StartAsync(folder: Path.Combine(folder, "d"));
        var (partner, app) = site.Partner("acme", App, "forge");
        using var client = site.As(site.Token(partner));
        using var staff = await site.PersonAsync("staff@example.org", Role.Engineer, 0);
        using (var first = await ApiSite.UploadAsync(client, [1], "app.zip", App, more: "&release=true"))
        {
            await ApiSite.JsonAsync(first, HttpStatusCode.Accepted);
        }

        var before = Blobs(site);
        Fill(leave: 256 * 1024);
        // The file itself is too large for what is left.
        using (var large = await ApiSite.UploadAsync(client, RandomNumberGenerator.GetBytes(2 * 1024 * 1024), "app.zip", App, "large"))
        {
            await FullAsync(large);
        }

        Assert.Equal(before, Blobs(site));
        Fill(leave: 0);
        foreach (var ask in Writes(app))
        {
            using var answer = await (ask.Key == "partners" ? staff : client).SendAsync(ask.Value, ApiSite.Stop);
            await FullAsync(answer);
        }

        using (var small = await ApiSite.UploadAsync(client, [2], "app.zip", App, "small"))
        {
            await FullAsync(small);
        }

        Assert.Equal(before, Blobs(site));
        Assert.Equal((1, 1), Rows(site));
        // Who was seen when is not written, and nobody is refused for it.
        foreach (var path in new[] { "/healthz", "/api/v1/apps", "/api/v1/scans", "/api/v1/me" })
        {
            await ApiSite.JsonAsync(await client.GetAsync(path, ApiSite.Stop));
        }

        await ApiSite.JsonAsync(await staff.GetAsync("/api/v1/partners", ApiSite.Stop));

        File.Delete(Filler);
        using (var small = await ApiSite.UploadAsync(client, [2], "app.zip", App, "small"))
        {
            await ApiSite.JsonAsync(small, HttpStatusCode.Accepted);
        }

        foreach (var ask in Writes(app))
        {
            using var answer = await (ask.Key == "partners" ? staff : client).SendAsync(ask.Value, ApiSite.Stop);
            Assert.True(answer.IsSuccessStatusCode, $"{ask.Key}: {answer.StatusCode}");
        }

        Assert.Equal((2, 3), Rows(site));
        Assert.Equal("ok", site.Platform.Database.Read(session => session.One<string>("pragma integrity_check")));
    }

    [Fact]
    public async Task Serve_says_that_there_is_no_room_to_start()
    {
        Mount(megabytes: 1);
        Fill(leave: 128 * 1024);
        var outcome = await Program.RunAsync(Directory.GetCurrentDirectory(), [], "serve", "--data", Path.Combine(folder, "d"), "--urls", "http://127.0.0.1:0");
        Assert.Equal(5, outcome.Code);
        Assert.Contains("there is no room left where", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", outcome.Error, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        if (isMounted)
        {
            Run("umount", folder);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static Dictionary<string, HttpRequestMessage> Writes(long app) =>
        new(StringComparer.Ordinal)
        {
            ["scans"] = ApiSite.Json(HttpMethod.Post, "/api/v1/scans", $$"""{"appId":{{app}}}"""),
            ["partners"] = ApiSite.Json(HttpMethod.Post, "/api/v1/partners", """{"key":"other","name":"Other"}"""),
        };

    private static async Task FullAsync(HttpResponseMessage answer)
    {
        var problem = await ApiSite.JsonAsync(answer, HttpStatusCode.InsufficientStorage);
        Assert.Equal("urn:ecoscanner:problem:disk-full", (string?)problem["type"]);
        Assert.Contains("nothing was half written", (string?)problem["detail"], StringComparison.Ordinal);
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    private static string[] Blobs(ApiSite site) =>
        [.. Directory.GetFiles(Path.Combine(site.Folder, "blobs"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private static (long Artifacts, long Runs) Rows(ApiSite site) =>
        site.Platform.Database.Read(session => (session.One<long>("select count(*) from artifact"), session.One<long>("select count(*) from run")));

    /// <summary>Fills the disk up to so many bytes.</summary>
    private void Fill(int leave)
    {
        using var file = new FileStream(Filler, FileMode.Append);
        var (block, free) = (new byte[4096], new DriveInfo(folder));
        try
        {
            while (free.AvailableFreeSpace > leave)
            {
                file.Write(block);
                file.Flush();
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    private void Mount(int megabytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "a disk of its own is made on Linux");
        isMounted = Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder);
        Assert.SkipUnless(isMounted, "this account may not mount a small disk; run it as root");
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments)
            {
                UseShellExecute = false,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            }
        )!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
