using System.Diagnostics;
using System.Text.Json.Nodes;
using Ecoscanner.Findings;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Cli;

public sealed class ScanCommandTests : IDisposable
{
    private static readonly HeaderField[] NoHeaders = [];

    private readonly Desk desk = new();

    [Theory]
    [InlineData("", 0)]
    [InlineData("--fail-on medium", 1)]
    [InlineData("--fail-on low", 1)]
    [InlineData("--fail-on none", 0)]
    [InlineData("--fail-on medium --exit-zero", 0)]
    [InlineData("--fail-on medium --exclude hsts-missing", 0)]
    [InlineData("--fail-on medium --rule authentication-none", 0)]
    [InlineData("--fail-on medium --scanner connect-authentication", 0)]
    public async Task A_medium_finding_decides_the_exit_code_as_the_options_say(string options, int code)
    {
        await using var app = new LiveApp(headers: NoHeaders);
        var outcome = await desk.RunAsync(app.Scan(desk, options.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.True(code == outcome.ExitCode, $"{outcome.ExitCode}\n{outcome.Output}\n{outcome.Error}");
    }

    [Fact]
    public async Task A_machine_format_stands_alone_on_standard_output_and_the_plan_beside_it()
    {
        await using var app = new LiveApp();
        var outcome = await desk.RunAsync(app.Scan(desk, "-f", "json", "-f", "sarif=out.sarif", "-f", "html=out.html"));
        var report = JsonNode.Parse(outcome.Output)!;
        Assert.Equal("live-app", (string?)report["apps"]![0]!["key"]);
        Assert.NotNull(JsonNode.Parse(desk.Read("out.sarif"))!["runs"]);
        Assert.StartsWith("<!doctype html>", desk.Read("out.html"), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("plan for live-app\n  app         Live app, Connect\n", outcome.Error);
        Assert.Contains("2 + 6 x 2 links + 3 x 1 hosts = 17", outcome.Error);
    }

    [Fact]
    public async Task No_more_is_sent_than_was_planned_and_all_of_it_signed_as_a_desk_scan()
    {
        await using var app = new LiveApp();
        var outcome = await desk.RunAsync(app.Scan(desk, "-f", "json"));
        var traffic = JsonNode.Parse(outcome.Output)!["apps"]![0]!["traffic"]!;
        Assert.Equal(app.Requests.Count, (int)traffic["requests"]!);
        Assert.InRange(app.Requests.Count, 2, (int)traffic["planned"]!);
        Assert.Equal("desk scan", (string?)traffic["signedAs"]);
        Assert.All(app.Requests, request => Assert.NotNull(request.Header("Signature")));
        Assert.Single(app.Requests.Select(request => request.Header("X-Ecoscanner-Run")).Distinct());
    }

    [Fact]
    public async Task A_host_that_does_not_serve_the_descriptor_gets_no_request_and_is_named()
    {
        await using var other = LoopbackServer.Http(_ => new(200));
        await using var app = new LiveApp(descriptor => descriptor["modules"]!["generalPages"]![0]!["url"] = other.Url("/page").AbsoluteUri);
        var outcome = await desk.RunAsync(app.Scan(desk));
        Assert.Equal(0, other.Connections);
        Assert.Contains(
            "is the app's; approve it with --approve-host 127.0.0.1",
            string.Join(' ', outcome.Error.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        );
    }

    public static TheoryData<string, int, string> Targets =>
        new()
        {
            { "nowhere.json", 2, "nowhere.json: is no file or folder; a URL begins with https://" },
            { "ftp://localhost/x", 2, "ftp://localhost/x: is no URL that can be scanned" },
            { "https://", 2, "https://: is no URL that can be scanned" },
            { "https://me:secret@localhost/", 2, "https://localhost/: was given with a user name or password" },
            { "empty", 3, "empty: holds no atlassian-connect.json" },
            { "text.json", 2, "text.json:1:1: not valid JSON" },
            { "nobase.json", 2, "nobase.json: the descriptor has no baseUrl; add" },
            { "script.json", 2, "script.json:1:" },
            { "deep.json", 2, "more than 64 levels of nesting" },
            { "big.json", 2, "big.json: is larger than 8 MB" },
            { "https://localhost:1/atlassian-connect.json", 4, "localhost" },
            { "https://127.0.0.1:9443/atlassian-connect.json", 4, "127.0.0.1" },
            { "http://[::1]:9443/atlassian-connect.json", 4, "http://[::1]:9443/atlassian-connect.json: ::1 is at ::1: " },
        };

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task What_cannot_be_scanned_is_named_in_one_line(string target, int code, string complaint)
    {
        desk.Write("empty/x", "");
        desk.Write("text.json", "hello");
        desk.Write("nobase.json", "{\"key\": \"a\"}");
        desk.Write("script.json", LiveApp.Descriptor("javascript:alert(1)"));
        desk.Write("deep.json", $"{{\"key\":\"a\",\"baseUrl\":\"https://a.example\",\"x\":{new string('[', 1000)}{new string(']', 1000)}}}");
        desk.Write("big.json", new string(' ', 9 * 1024 * 1024));
        var outcome = await desk.RunAsync("scan", target);
        Assert.Equal(code, outcome.ExitCode);
        Assert.Empty(outcome.Output);
        Assert.Contains(complaint, outcome.Error);
        Assert.Equal(1, outcome.Error.Count(character => character == '\n'));
        Assert.DoesNotContain("   at ", outcome.Error);
        Assert.DoesNotContain("secret", outcome.Error);
    }

    [Theory]
    [InlineData(404, "", 4, "answered 404, and a descriptor is served with 200; check the URL")]
    [InlineData(302, "https://elsewhere.example/c.json", 4, "answered 302 and points to https://elsewhere.example/c.json; scan that URL if it is the app's")]
    [InlineData(302, "/\u001b[31mred", 4, "answered 302 and points to")]
    [InlineData(200, "", 2, "this is")]
    public async Task An_answer_that_is_no_descriptor_is_named_in_one_line(int status, string location, int code, string complaint)
    {
        await using var server = LoopbackServer.Http(_ => new LoopbackAnswer(status, "<html>", new HeaderField("Location", location)));
        var url = server.Url("/c.json").AbsoluteUri;
        var outcome = await desk.RunAsync("scan", url, "--allow-private", $"127.0.0.1:{server.Port}");
        Assert.Equal(code, outcome.ExitCode);
        Assert.StartsWith($"ecoscanner: {url}", outcome.Error);
        Assert.Contains(complaint, outcome.Error);
        Assert.DoesNotContain('\u001b', outcome.Error);
        Assert.Equal(1, outcome.Error.Count(character => character == '\n'));
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_host_that_asks_to_wait_is_named_with_the_end_of_its_pause(int status)
    {
        await using var server = LoopbackServer.Http(_ => new LoopbackAnswer(status, "", new HeaderField("Retry-After", "Fri, 01 Jan 2100 00:00:00 GMT")));
        var outcome = await desk.RunAsync("scan", server.Url("/c.json").AbsoluteUri, "--allow-private", $"127.0.0.1:{server.Port}");
        Assert.Equal(4, outcome.ExitCode);
        Assert.Matches($@"answered {status} and asked us to wait \(Retry-After\); scan it again after \d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d UTC\n$", outcome.Error);
    }

    [Fact]
    public async Task One_target_that_fails_leaves_the_others_scanned_and_the_run_incomplete()
    {
        await using var app = new LiveApp();
        var outcome = await desk.RunAsync([.. app.Scan(desk, "-f", "json"), "nowhere.json"]);
        Assert.Equal(4, outcome.ExitCode);
        var report = JsonNode.Parse(outcome.Output)!;
        Assert.Single(report["apps"]!.AsArray());
        Assert.Equal("nowhere.json", (string?)report["failedTargets"]![0]!["target"]);
    }

    [Fact]
    public async Task A_file_is_scanned_without_a_request_and_says_what_it_could_not_see()
    {
        await using var app = new LiveApp();
        desk.Write(
            "atlassian-connect.json",
            LiveApp.Descriptor(app.DescriptorUrl.GetLeftPart(UriPartial.Authority), it => it["authentication"]!["type"] = "none")
        );
        var outcome = await desk.RunAsync("scan", ".", "--offline", "--approve-host", "localhost", "--fail-on", "medium", "-f", "json");
        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal("authentication-none", (string?)JsonNode.Parse(outcome.Output)!["apps"]![0]!["findings"]![0]!["rule"]);
        Assert.Empty(app.Requests);
        Assert.Contains("offline, so nothing is sent", string.Join(' ', outcome.Error.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        Assert.DoesNotContain("approve", outcome.Output + outcome.Error);
    }

    [Theory]
    [InlineData("{{localBaseUrl}}", "atlassian-connect.json", "https://HOST/atlassian-connect.json")]
    [InlineData("https://app.example.com/x", "src/main/resources/atlassian-connect.json", "https://app.example.com/x/atlassian-connect.json")]
    public async Task A_repository_is_judged_as_far_as_its_descriptor_tells(string baseUrl, string path, string wayOut)
    {
        desk.Write(
            $"app/{path}",
            LiveApp.Descriptor(
                "https://app.example.com",
                it =>
                {
                    it["authentication"]!["type"] = "none";
                    it["baseUrl"] = baseUrl;
                }
            )
        );
        var outcome = await desk.RunAsync("scan", "app", "-f", "json");
        Assert.True(outcome.ExitCode == 0, outcome.Output + outcome.Error);
        var app = JsonNode.Parse(outcome.Output)!["apps"]![0]!;
        var finding = Assert.Single(app["findings"]!.AsArray())!;
        Assert.Equal(("authentication-none", "medium"), ((string?)finding["rule"], (string?)finding["confidence"]));
        var open = app["verdicts"]!.AsArray().Where(verdict => (string?)verdict!["rule"] is "token-forged-accepted" or "hsts-missing").ToList();
        Assert.All(open, verdict => Assert.Equal("inconclusive", (string?)verdict!["verdict"]));
        Assert.All(open, verdict => Assert.EndsWith($"ecoscanner scan {wayOut}", (string?)verdict!["reason"], StringComparison.Ordinal));
        Assert.Contains("requests    none", outcome.Error);
        Assert.DoesNotContain("base-url.invalid", outcome.Output + outcome.Error);
    }

    [Fact]
    public async Task Offline_no_URL_is_fetched()
    {
        await using var app = new LiveApp();
        var outcome = await desk.RunAsync(app.Scan(desk, "--offline"));
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains("--offline sends nothing", outcome.Error);
        Assert.Empty(app.Requests);
    }

    [Theory]
    [InlineData("2999-01-01", 0, "")]
    [InlineData("2020-01-01", 1, "ecoscanner.yaml:2: the ignore of hsts-missing expired on 2020-01-01, so its findings count again; renew or remove it")]
    public async Task An_ignore_holds_until_its_day_and_then_says_so(string expires, int code, string complaint)
    {
        await using var app = new LiveApp(headers: NoHeaders);
        desk.Write("ecoscanner.yaml", $"ignores:\n  - rule: hsts-missing\n    reason: known\n    expires: {expires}\n");
        var outcome = await desk.RunAsync(app.Scan(desk, "--fail-on", "medium", "-q"));
        Assert.True(code == outcome.ExitCode, outcome.Output);
        Assert.Equal(complaint.Length > 0, outcome.Error.Contains(complaint, StringComparison.Ordinal) && outcome.Error.Length > 0);
    }

    [Fact]
    public async Task What_the_baseline_has_does_not_fail_and_what_is_new_does()
    {
        await using var app = new LiveApp(headers: NoHeaders);
        await desk.RunAsync(app.Scan(desk, "-f", "json=first.json"));
        var created = await desk.RunAsync("baseline", "create", "first.json");
        Assert.Contains("wrote ecoscanner-baseline.json with 2 findings", created.Error);
        Assert.DoesNotContain("curl", desk.Read("ecoscanner-baseline.json"));
        Assert.Equal(0, (await desk.RunAsync(app.Scan(desk, "--fail-on", "medium", "--baseline", "ecoscanner-baseline.json", "--fail-on-new"))).ExitCode);

        await using var sound = new LiveApp();
        await desk.RunAsync(sound.Scan(desk, "-f", "json=sound.json"));
        Assert.Equal(1, (await desk.RunAsync(app.Scan(desk, "--fail-on", "medium", "--baseline", "sound.json", "--fail-on-new"))).ExitCode);
        var diff = await desk.RunAsync("baseline", "diff", "sound.json", "first.json");
        Assert.Equal(1, diff.ExitCode);
        Assert.StartsWith("new     live-app  medium  hsts-missing  https://localhost:", diff.Output);
        Assert.Equal(0, (await desk.RunAsync("baseline", "diff", "first.json", "first.json")).ExitCode);
    }

    [Fact]
    public async Task A_report_is_converted_to_what_the_scan_would_have_written()
    {
        await using var app = new LiveApp(headers: NoHeaders);
        await desk.RunAsync(app.Scan(desk, "-f", "json=report.json", "-f", "md=scan.md"));
        var outcome = await desk.RunAsync("report", "convert", "report.json", "-f", "md=convert.md");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));

        // Where it was scanned from is not in the report, and so not in what it tells to run.
        Assert.Equal(
            desk.Read("scan.md").Replace($" --allow-private {app.DescriptorUrl.Authority} --trust root.pem", "", StringComparison.Ordinal),
            desk.Read("convert.md")
        );
    }

    [Theory]
    [InlineData("-f json -f text", "two formats want standard output; give all but one a file, such as -f sarif=out.sarif")]
    [InlineData("-f json=a.json -f sarif=./a.json", "a.json is wanted by several formats, json and sarif; give each a file of its own")]
    [InlineData("-f json=.", ". cannot be written: it is a folder; name a file")]
    [InlineData("-f sarif=no/such/out.sarif", "no/such/out.sarif cannot be written: there is no folder")]
    [InlineData("-f sarf", "format \"sarf\" (--format) is no format; did you mean \"sarif\"?")]
    [InlineData("--rate fast", "rate \"fast\" (--rate) must be a number of requests a second from 0.01 to 1000")]
    [InlineData("--fail-on hihg", "fail-on \"hihg\" (--fail-on) must be one of none, low, medium, high, critical")]
    [InlineData("--rule hsts-mising", "rule \"hsts-mising\" (--rule) is no rule; did you mean \"hsts-missing\"?")]
    [InlineData("--approve-host https://a.example/", "approve-host \"https://a.example/\" (--approve-host) must be a host without scheme and path")]
    [InlineData("--allow-private localhost", "allow-private \"localhost\" (--allow-private) must be a host and port")]
    [InlineData("--trust none.pem", "none.pem cannot be read: there is no such file")]
    [InlineData("--tenant none.json", "none.json cannot be read: there is no such file")]
    [InlineData("--baseline none.json", "none.json cannot be read: there is no such file")]
    [InlineData("--fail-on-new", "fail-on-new needs a baseline")]
    [InlineData("--config none.yaml", "none.yaml cannot be read: there is no such file")]
    [InlineData("--rate 1 --rate 2", "rate (--rate) is given 2 times; give it once")]
    public async Task What_is_wrong_with_the_options_is_said_before_anything_is_sent(string options, string complaint)
    {
        await using var app = new LiveApp();
        var outcome = await desk.RunAsync(["scan", app.DescriptorUrl.AbsoluteUri, .. options.Split(' ')]);
        Assert.Equal((2, ""), (outcome.ExitCode, outcome.Output));
        Assert.StartsWith($"ecoscanner: {complaint}", outcome.Error);
        Assert.Empty(app.Requests);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Ctrl_C_ends_cleanly_with_a_report_of_what_was_done_and_a_second_one_at_once(int times)
    {
        await using var app = new SilentApp();
        using var process = Process.Start(
            desk.StartInfo(Desk.Program, "scan", app.DescriptorUrl.AbsoluteUri, "--allow-private", app.Place, "--timeout", "10m", "-f", "json")
        )!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await app.Asked;
        for (var i = 0; i < times; i++)
        {
            await desk.StartAsync("kill", "-INT", process.Id.ToString());
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await process.WaitForExitAsync(patience.Token);
        Assert.Equal(130, process.ExitCode);
        Assert.Contains("ecoscanner: stopping; the report says what was done. Ctrl-C again ends at once\n", await error);
        if (times == 1)
        {
            var report = JsonNode.Parse(await output)!;
            Assert.True((bool)report["cancelled"]!);
            Assert.Equal("live-app", (string?)report["apps"]![0]!["key"]);
        }
    }

    public void Dispose() => desk.Dispose();

    /// <summary>Serves its descriptor and then never answers again.</summary>
    private sealed class SilentApp : IAsyncDisposable
    {
        private readonly TaskCompletionSource asked = new();
        private readonly LoopbackServer server;

        public SilentApp() =>
            server = LoopbackServer.Tcp(
                async (stream, token) =>
                {
                    while (await LoopbackServer.ReadHeadAsync(stream, token) is { Length: > 0 } head)
                    {
                        if (!head.StartsWith("GET /atlassian-connect.json ", StringComparison.Ordinal))
                        {
                            asked.TrySetResult();
                            await Task.Delay(Timeout.InfiniteTimeSpan, token);
                        }

                        await stream.WriteAsync(new LoopbackAnswer(200, LiveApp.Descriptor($"http://{Place}")).ToBytes(), token);
                    }
                }
            );

        /// <summary>Done when something else than the descriptor was asked for.</summary>
        public Task Asked => asked.Task;

        public string Place => $"127.0.0.1:{server.Port}";

        public Uri DescriptorUrl => server.Url("/atlassian-connect.json");

        public ValueTask DisposeAsync() => server.DisposeAsync();
    }
}
