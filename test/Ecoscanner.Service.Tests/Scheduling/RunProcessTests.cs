using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Ecoscanner.Probing.Signing;
using Ecoscanner.Reports.Json;
using Ecoscanner.Scanning;
using Ecoscanner.Service.Scheduling;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Ecoscanner.Service.Tests.Scheduling;

public sealed class RunProcessTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("ecoscanner-").FullName;

    [Theory]
    [InlineData("stack", RunOutcomeKind.Crashed, "stack overflowed")]
    [InlineData("memory", RunOutcomeKind.Stopped, "more than 256 MB of memory")]
    [InlineData("loop", RunOutcomeKind.Stopped, "processor time")]
    [InlineData("kill", RunOutcomeKind.Crashed, "was killed")]
    [InlineData("exit", RunOutcomeKind.Crashed, "exit code 77")]
    [InlineData("silence", RunOutcomeKind.Crashed, "without saying that it was done")]
    [InlineData("garbage", RunOutcomeKind.Crashed, "cannot be read")]
    [InlineData("deep", RunOutcomeKind.Crashed, "cannot be read")]
    [InlineData("link", RunOutcomeKind.Crashed, "cannot be read")]
    [InlineData("large", RunOutcomeKind.Crashed, "the scanner")]
    [InlineData("flood", RunOutcomeKind.Stopped, "KiB of progress")]
    public async Task Whatever_breaks_a_run_is_its_outcome_in_words(string fault, RunOutcomeKind kind, string reason)
    {
        var limits = new RunLimits
        {
            HeapBytes = 256 * 1024 * 1024,
            Processor = TimeSpan.FromSeconds(2),
            FileBytes = 64 * 1024 * 1024,
            OutputBytes = 256 * 1024,
        };
        // Looping needs its two seconds, the others shall not meet that limit on a busy machine.
        limits = fault == "loop" ? limits : limits with { Processor = TimeSpan.FromSeconds(60) };
        var outcome = await RunAsync(fault, limits);
        Assert.Equal((kind, true), (outcome.Kind, outcome.Reason!.Contains(reason, StringComparison.Ordinal)));
        Assert.Null(outcome.Report);
    }

    [Fact]
    public async Task A_run_that_does_not_end_is_killed_with_what_it_started()
    {
        var outcome = await RunAsync("child", new RunLimits { Wall = TimeSpan.FromSeconds(8) });
        Assert.Equal(RunOutcomeKind.Stopped, outcome.Kind);
        Assert.Contains("did not end within", outcome.Reason!, StringComparison.Ordinal);
        var grandchild = int.Parse(File.ReadAllText(Path.Combine(folder, "grandchild")));
        Assert.True(IsGone(grandchild), $"process {grandchild} lives on");
    }

    [Fact]
    public async Task A_run_ends_when_the_platform_is_gone()
    {
        var start = new ProcessStartInfo(WorkerProgram.File, ["run-worker"])
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["ECOSCANNER_WORKER_FAULT"] = "hang";
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteLineAsync(new RunInput { RunId = "r", Artifact = "app.zip" }.ToJson());
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(patience.Token);
        Assert.Equal(130, process.ExitCode);
    }

    [Fact]
    public async Task A_run_is_ended_when_it_is_cancelled()
    {
        using var cancel = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        var run = new RunProcess(WorkerProgram.Of("hang"), new RunLimits(), TimeProvider.System);
        var outcome = await run.RunAsync(new RunInput { RunId = "r", Artifact = "app.zip" }, folder, null, cancel.Token);
        Assert.Equal(RunOutcomeKind.Cancelled, outcome.Kind);
        Assert.True(outcome.Duration < TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task An_app_is_scanned_as_at_the_desk()
    {
        var seen = new List<RunEvent>();
        var request = new RunInput { RunId = Guid.CreateVersion7().ToString(), Artifact = WorkerProgram.Zip(folder) };
        var run = new RunProcess(WorkerProgram.Of(), new RunLimits(), TimeProvider.System);
        var outcome = await run.RunAsync(request, folder, new Seen(seen), TestContext.Current.CancellationToken);
        Assert.True(outcome.Kind == RunOutcomeKind.Reported, outcome.Reason);
        Assert.NotEmpty(seen);
        Assert.NotNull(outcome.Inventory);
        var desk = await DeskAsync(request.Artifact);
        Assert.NotEmpty(desk.Apps[0].Findings);
        Assert.Equal(Said(desk), Said(outcome.Report!));
    }

    [Fact]
    public async Task A_connect_app_is_asked_as_at_the_desk()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var site = builder.Build();
        site.MapGet(
            "/atlassian-connect.json",
            (HttpRequest request) =>
                $$$"""
                    {"key": "sample", "name": "Sample", "baseUrl": "http://{{{request.Host}}}", "authentication": {"type": "jwt"},
                     "modules": {"generalPages": [{"key": "page", "url": "/page", "name": {"value": "Page"}}]}}
                    """
        );
        site.MapGet("/page", () => "<html>everybody may see it</html>");
        await site.StartAsync(TestContext.Current.CancellationToken);
        var url = $"{site.Urls.First()}/atlassian-connect.json";
        var place = new Uri(url).Authority;
        var request = new RunInput
        {
            RunId = "r",
            DescriptorUrl = url,
            AllowedPrivate = [place],
        };
        var outcome = await new RunProcess(WorkerProgram.Of(), new RunLimits(), TimeProvider.System).RunAsync(
            request,
            folder,
            null,
            TestContext.Current.CancellationToken
        );
        Assert.True(outcome.Kind == RunOutcomeKind.Reported, outcome.Reason);
        Assert.NotEqual(0, outcome.Report!.Apps[0].Traffic.Requests);
        var desk = await DeskAsync(url, "--allow-private", place);
        Assert.NotEmpty(desk.Apps[0].Findings);
        Assert.Equal(Said(desk), Said(outcome.Report));
    }

    [Fact]
    public async Task What_a_run_sends_is_signed_by_the_platform_whose_key_it_never_has()
    {
        Assert.SkipWhen(Ed25519.UnavailableReason is not null, Ed25519.UnavailableReason ?? "");
        var keys = new PlatformKeys(Path.Combine(folder, "traffic-keys"), TimeProvider.System);
        var captured = new ConcurrentQueue<string>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var site = builder.Build();
        site.Run(async http =>
        {
            using var body = new StreamReader(http.Request.Body);
            var text = await body.ReadToEndAsync(http.RequestAborted);
            var target = http.Features.Get<IHttpRequestFeature>()!.RawTarget;
            captured.Enqueue(
                $"{http.Request.Method} {target} HTTP/1.1\r\n{string.Concat(http.Request.Headers.Select(header => $"{header.Key}: {header.Value}\r\n"))}\r\n{text}"
            );
            await http.Response.WriteAsync(
                $$$"""
                {"key": "sample", "name": "Sample", "baseUrl": "http://{{{http.Request.Host}}}", "authentication": {"type": "jwt"},
                 "modules": {"generalPages": [{"key": "page", "url": "/page", "name": {"value": "Page"}}]}}
                """,
                http.RequestAborted
            );
        });
        await site.StartAsync(TestContext.Current.CancellationToken);
        var url = $"{site.Urls.First()}/atlassian-connect.json";
        var run = new RunProcess(WorkerProgram.Of(), new RunLimits(), TimeProvider.System)
        {
            Signer = new RunSigner(MessageSigner.ForPlatform(keys, new Uri("https://ecoscanner.example"), TimeProvider.System)),
        };
        var request = new RunInput
        {
            RunId = "r7",
            DescriptorUrl = url,
            AllowedPrivate = [new Uri(url).Authority],
        };
        var outcome = await run.RunAsync(request, folder, null, TestContext.Current.CancellationToken);
        Assert.True(outcome.Kind == RunOutcomeKind.Reported, outcome.Reason);
        Assert.Equal("platform", outcome.Report!.Apps[0].Traffic.SignedAs);
        Assert.True(captured.Count > 1);
        var verifier = new SignatureVerifier(keys.Published);
        Assert.All(
            captured,
            text =>
            {
                var verification = verifier.Verify(CapturedRequest.Parse(Encoding.UTF8.GetBytes(text)), DateTimeOffset.UtcNow);
                Assert.True(verification.Verified, string.Join('\n', verification.Steps));
                Assert.Equal("r7", verification.RunId);
            }
        );
    }

    [Theory]
    [InlineData("https://app.example/page", true)]
    [InlineData("https://APP.example:8443/page?jwt=x", true)]
    [InlineData("http://host.example/", true)]
    [InlineData("https://other.example/page", false)]
    [InlineData("https://app.example.other.example/", false)]
    [InlineData("https://app.example@other.example/", false)]
    [InlineData("ftp://app.example/", false)]
    [InlineData("/page", false)]
    [InlineData(null, false)]
    public void The_platform_signs_only_requests_to_the_runs_own_app(string? target, bool signed)
    {
        Assert.SkipWhen(Ed25519.UnavailableReason is not null, Ed25519.UnavailableReason ?? "");
        var keys = new PlatformKeys(Path.Combine(folder, "traffic-keys"), TimeProvider.System);
        var signer = new RunSigner(MessageSigner.ForPlatform(keys, new Uri("https://ecoscanner.example"), TimeProvider.System));
        var run = new RunInput
        {
            RunId = "r",
            DescriptorUrl = "https://app.example/atlassian-connect.json",
            ApprovedHosts = ["host.example"],
        };
        var asked = new RunEvent(RunEvent.Sign)
        {
            Number = 3,
            Method = "GET",
            Target = target,
            Digest = MessageSigner.DigestOf([]),
        };
        var answer = signer.Answer(run, asked);
        Assert.Equal((3, signed), (answer.Number, answer.Fields.Count > 0));
        Assert.Equal(answer.Fields, RunSignature.Parse(answer.ToJson())!.Fields);
        Assert.Empty(signer.Answer(run, asked with { Method = "GET\n" }).Fields);
    }

    [Fact]
    public async Task Only_the_rules_that_were_asked_for_are_judged()
    {
        var name = WorkerProgram.Zip(folder);
        var run = new RunProcess(WorkerProgram.Of(), new RunLimits(), TimeProvider.System);
        var request = new RunInput
        {
            RunId = "r",
            Artifact = name,
            OnlyRules = ["dependency-vulnerable"],
            Offline = true,
        };
        var outcome = await run.RunAsync(request, folder, null, TestContext.Current.CancellationToken);
        Assert.True(outcome.Kind == RunOutcomeKind.Reported, outcome.Reason);
        Assert.Equal(["dependency-vulnerable"], outcome.Report!.Apps[0].Verdicts.Select(verdict => verdict.Rule.Id));
        Assert.Equal(["forge-dependencies"], outcome.Report.Apps[0].Scanners.Select(scanner => scanner.Name));
    }

    [Fact]
    public async Task A_file_that_is_no_app_is_unusable_and_a_host_that_does_not_answer_is_unreachable()
    {
        File.WriteAllText(Path.Combine(folder, "broken.jar"), "this is no archive");
        var run = new RunProcess(WorkerProgram.Of(), new RunLimits(), TimeProvider.System);
        var broken = await run.RunAsync(new RunInput { RunId = "r", Artifact = "broken.jar" }, folder, null, TestContext.Current.CancellationToken);
        Assert.Equal(RunOutcomeKind.Unusable, broken.Kind);
        // Nobody listens on the port for discarding.
        var gone = new RunInput
        {
            RunId = "r",
            DescriptorUrl = "http://127.0.0.1:9/atlassian-connect.json",
            AllowedPrivate = ["127.0.0.1:9"],
        };
        Assert.Equal(RunOutcomeKind.Unreachable, (await run.RunAsync(gone, folder, null, TestContext.Current.CancellationToken)).Kind);
    }

    [Fact]
    public async Task A_run_gets_nothing_of_the_platforms_environment()
    {
        // The command that lists it stands in the worker's place.
        Environment.SetEnvironmentVariable("ECOSCANNER_TEST_SECRET", "hunter2");
        var program = new RunProgram("/bin/sh", ["-c", "env > environment; exit 3"]);
        await new RunProcess(program, new RunLimits(), TimeProvider.System).RunAsync(
            new RunInput { RunId = "r" },
            folder,
            null,
            TestContext.Current.CancellationToken
        );
        var environment = File.ReadAllText(Path.Combine(folder, "environment"));
        Assert.DoesNotContain("hunter2", environment, StringComparison.Ordinal);
        Assert.Contains($"HOME={folder}", environment, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private Task<RunOutcome> RunAsync(string fault, RunLimits limits) =>
        new RunProcess(WorkerProgram.Of(fault), limits, TimeProvider.System).RunAsync(
            new RunInput { RunId = "r", Artifact = "app.zip" },
            folder,
            null,
            TestContext.Current.CancellationToken
        );

    private async Task<ScanReport> DeskAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(WorkerProgram.File, ["scan", .. arguments, "-q", "-f", "json=desk.json"]) { WorkingDirectory = folder };
        start.Environment["ECOSCANNER_ADVISORIES"] = Path.Combine(folder, "none");
        start.Environment["HOME"] = folder;
        using var desk = Process.Start(start)!;
        await desk.WaitForExitAsync(TestContext.Current.CancellationToken);
        using var stream = File.OpenRead(Path.Combine(folder, "desk.json"));
        return ReportReader.Read(stream);
    }

    private static IReadOnlyList<string> Said(ScanReport report) =>
        [
            .. report.Apps[0].Findings.Select(finding => $"{finding.Fingerprint} {finding.Rule.Id} {finding.Cvss} {finding.Location}"),
            .. report.Apps[0].Verdicts.Select(verdict => $"{verdict.Rule.Id} {verdict.Verdict} {verdict.Reason}"),
        ];

    private static bool IsGone(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return process.WaitForExit(TimeSpan.FromSeconds(10));
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    private sealed class Seen(List<RunEvent> events) : IProgress<RunEvent>
    {
        public void Report(RunEvent value) => events.Add(value);
    }
}
