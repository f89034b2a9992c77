using System.CommandLine;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Ecoscanner.Apps.DataCenter;
using Ecoscanner.Cli.Remote;
using Ecoscanner.Cli.Scans;
using Ecoscanner.Cli.Terminals;
using Ecoscanner.Reports;
using Ecoscanner.Reports.Json;
using Ecoscanner.Reports.Sinks;
using Ecoscanner.Rules;

namespace Ecoscanner.Cli.Commands;

/// <summary><c>ecoscanner upload</c>: gives a file to the service, and waits for what it says of it.</summary>
internal static class UploadCommand
{
    // A slow line and a great archive.
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    public static Command Create(Terminal terminal, TimeProvider time)
    {
        var file = new Argument<string>("FILE") { Description = "an archive of an app, a ZIP of its source, a descriptor, or a bill of materials" };
        var app = new Option<string>("--app") { Description = "the app's key; not needed with a token of one app", HelpName = "KEY" };
        var release = new Option<bool>("--release")
        {
            Description = "customers get it: it opens and closes findings and tickets; else it is a trial, judged and reported only",
        };
        var version = new Option<string>("--app-version")
        {
            Description =
                "with --release: the version that customers get; else what an archive's atlassian-plugin.xml or manifest says, and for all other files their digest",
            HelpName = "TEXT",
        };
        var wait = new Option<bool>("--wait") { Description = "wait until it is scanned, print the report, and exit as scan does" };
        var failOn = new Option<string>("--fail-on")
        {
            Description = "with --wait: exit with 1 for findings of this severity and worse; none never does",
            HelpName = "SEVERITY",
            DefaultValueFactory = static _ => "high",
        };
        failOn.AcceptOnlyFromAmong("none", "low", "medium", "high", "critical");
        var format = new Option<string[]>("--format", "-f")
        {
            Description = $"with --wait: {string.Join(", ", ReportOutput.Names)}; FORMAT=FILE writes a file",
            HelpName = "FORMAT",
            DefaultValueFactory = static _ => [ReportFormats.ForPeople],
        };
        var service = RemoteService.ServiceOption();
        var trust = RemoteService.TrustOption();
        var command = new Command("upload", "Give a file to the service to be scanned there.")
        {
            file,
            app,
            release,
            version,
            wait,
            failOn,
            format,
            service,
            trust,
        };
        command.SetAction(
            async (arguments, _) =>
            {
                var formats = arguments.GetValue(format)!;
                if (formats.FirstOrDefault(text => ReportOutput.Problem(text) is not null) is { } wrong)
                {
                    throw new ExitException(ExitCode.Usage, $"--format {wrong} {ReportOutput.Problem(wrong)}");
                }

                if (arguments.GetValue(version) is not null && !arguments.GetValue(release))
                {
                    throw new ExitException(ExitCode.Usage, "--app-version names what customers get: add --release, or leave it out");
                }

                using var interruption = new Interruption(() => terminal.Say("stopping; what was uploaded stays, and is scanned"));
                var remote = RemoteService.Of(arguments, service, trust, time);
                var path = arguments.GetValue(file)!;
                var released = arguments.GetValue(release) ? arguments.GetValue(version) ?? VersionOf(path, terminal, interruption.Token) : null;
                var query = Query(path, arguments.GetValue(app), arguments.GetValue(release), released);
                var scan = await SendAsync(remote, path, query, terminal, time, interruption.Token);
                if (scan.Stage == "trial")
                {
                    terminal.Say("a trial: tickets stay as they are; --release makes it count");
                }

                if (!arguments.GetValue(wait))
                {
                    terminal.Output.WriteLine(ConsoleText.Of(scan.Id));
                    terminal.Say("uploaded and queued; nothing is judged yet. With --wait it says what was found");
                    return ExitCode.Clean;
                }

                scan = await ScanWatch.FollowAsync(remote, $"{RemoteService.Root}/scans/{scan.Id}", terminal, time, interruption.Token);
                return await JudgeAsync(remote, scan, arguments.GetValue(failOn)!, ReportOutput.All(formats), terminal, interruption.Token);
            }
        );
        return command;
    }

    private static string Query(string path, string? app, bool release, string? version) =>
        string.Join(
            '&',
            new (string Name, string? Value)[] { ("name", Path.GetFileName(path)), ("app", app), ("release", release ? "true" : null), ("version", version) }
                .Where(part => part.Value is not null)
                .Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}")
        );

    /// <summary>What an archive calls its version; null where it is none, or says nothing. Whether it is a version is the service's to judge.</summary>
    private static string? VersionOf(string path, Terminal terminal, CancellationToken cancellationToken)
    {
        if (Path.GetExtension(path).ToLowerInvariant() is not (".jar" or ".obr"))
        {
            return null;
        }

        try
        {
            var version = DataCenterAppReader.Read(path, DataCenterReading.Of(null), cancellationToken).Version;
            terminal.Say(
                version is null
                    ? $"{path} tells no version; it is named by its digest, or by --app-version"
                    : $"released as version {ConsoleText.Of(version)}, as {path} says; --app-version names another"
            );
            return version;
        }
        catch (InvalidDataException)
        {
            // The service says what is wrong with it.
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw TextFiles.Unreadable(path, e);
        }
    }

    private static async Task<RemoteScan> SendAsync(
        RemoteService remote,
        string path,
        string query,
        Terminal terminal,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var file = File.OpenRead(path);
            // The same file twice in a row is one upload, whatever broke between.
            var digest = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
            file.Position = 0;
            using var content = new StreamContent(file);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            await using var line = new ActivityLine(terminal, time, elapsed => $"uploading {path}  {Done(file)}  {elapsed}");
            using var answer = await remote.SendAsync(
                "POST",
                $"{RemoteService.Root}/artifacts?{query}",
                content,
                [("Idempotency-Key", $"{digest}-{Guid.NewGuid():N}")],
                Patience,
                cancellationToken
            );
            return await remote.ReadAsync(answer, RemoteJson.Default.RemoteScan, cancellationToken);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw TextFiles.Unreadable(path, e);
        }
    }

    private static string Done(FileStream file)
    {
        try
        {
            return $"{100 * file.Position / Math.Max(1, file.Length)} %";
        }
        catch (ObjectDisposedException)
        {
            return "100 %";
        }
    }

    /// <summary>What is not decided is never a success.</summary>
    private static async Task<int> JudgeAsync(
        RemoteService remote,
        RemoteScan scan,
        string failOn,
        IReadOnlyList<ReportOutput> outputs,
        Terminal terminal,
        CancellationToken cancellationToken
    )
    {
        if (scan.State != "done")
        {
            throw new ExitException(ExitCode.Incomplete, $"scan {scan.Id} {scan.State}: {scan.Failure ?? "nobody said why"}; nothing is known of the file");
        }

        var json = await remote.BytesAsync($"{RemoteService.Root}/scans/{scan.Id}/report?format=json", cancellationToken);
        try
        {
            using var stream = new MemoryStream(json);
            var report = ReportReader.Read(stream);
            var policy = new FailPolicy { FailOn = failOn == "none" ? null : Enum.Parse<Severity>(failOn, ignoreCase: true) };
            var options = ReportFiles.Options(terminal) with { Policy = policy };
            foreach (var output in outputs)
            {
                output.Write(report, options, terminal.OutputStream);
            }

            var code = ExitCode.Of(report, policy);
            if (code == ExitCode.Clean && scan.Outcome is ("held" or "pending"))
            {
                throw new ExitException(ExitCode.Incomplete, $"scan {scan.Id} is {scan.Outcome}: {scan.Failure ?? "not everything could be judged"}");
            }

            return code;
        }
        catch (ReportFormatException e)
        {
            throw new ExitException(ExitCode.Service, $"the service's report cannot be read here: {e.Message}", e);
        }
    }
}
