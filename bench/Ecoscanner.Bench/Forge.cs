using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Ecoscanner.Apps.Forge;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.Probing;
using Ecoscanner.Scanners.ForgeAuthorization;
using Ecoscanner.Scanners.ForgePrograms;
using Ecoscanner.Scanning;

namespace Ecoscanner.Bench;

/// <summary>Scans of Forge apps of 30, 300 and 3,000 files, and of such as want to keep a scanner.</summary>
internal static class Forge
{
    private const string Usual = "usual";
    private const int Large = 3_000;
    private const long AllowedBytes = 300L * 1024 * 1024;
    private const int Rounds = 5;

    // Once more is enough for what takes long.
    private const int LongRounds = 2;

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static async Task<bool> RunAsync(Scanner scanner)
    {
        var folders = new ForgeFolders(scanner.Root);
        var isGood = true;
        (string Name, string Folder, int Files, int Seconds)[] apps =
        [
            (Usual, folders.Usual(30), 30, 1),
            (Usual, folders.Usual(300), 300, 2),
            (Usual, folders.Usual(Large), Large, 10),
            ("circles", folders.Circles(300), 301, 10),
            ("a bundle of 2 MB", folders.Bundle(), 2, 10),
            ("a chain of 1,000", folders.Chain(1_000), 1, 10),
            ("2,000 keys", folders.Keys(2_000), 1, 10),
        ];
        Console.WriteLine("| app | files | wall, s | processor, s | cores | peak, MB | ms a file | findings | gaps | exit | load |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var app in apps)
        {
            var run = await scanner.BestAsync(app.Files < Large ? Rounds : LongRounds, "scan", app.Folder, "-f", "json", "--fail-on", "none");
            Say(app.Name, app.Files, run);
            isGood &= run.Elapsed.TotalSeconds <= app.Seconds && (app.Files >= Large || run.PeakBytes <= AllowedBytes);
        }

        foreach (var app in apps.Where(app => app.Name == Usual))
        {
            await SharesAsync(app.Folder);
        }

        return isGood;
    }

    private static void Say(string name, int files, Run run)
    {
        var (findings, gaps) = run.ExitCode is 0 or 4 ? Counts(run.Output) : (-1, -1);
        var (wall, processor) = (run.Elapsed.TotalSeconds, run.Processor.TotalSeconds);
        Console.WriteLine(
            string.Create(
                Culture,
                $"| {name} | {files} | {wall:0.00} | {processor:0.00} | {processor / wall:0.0} | {run.PeakBytes / 1048576} | {wall * 1000 / files:0.0} | {findings} | {gaps} | {run.ExitCode} | {Load} |"
            )
        );
    }

    // Findings, and what was not looked at or not decided.
    private static (int Findings, int Gaps) Counts(string output)
    {
        using var report = JsonDocument.Parse(output);
        var app = report.RootElement.GetProperty("apps")[0];
        return (app.GetProperty("findings").GetArrayLength(), app.GetProperty("coverage").GetProperty("gaps").GetArrayLength());
    }

    // In this process, each scanner alone; each reads the sources.
    private static async Task SharesAsync(string folder)
    {
        var scanners = typeof(ForgeAuthorizationScanner)
            .Assembly.GetTypes()
            .Where(type => typeof(IScanner).IsAssignableFrom(type) && type.GetConstructor([]) is not null)
            .Select(type => (IScanner)Activator.CreateInstance(type)!)
            .OrderBy(scanner => scanner.Name, StringComparer.Ordinal);
        var app = ForgeAppReader.Read(Path.Combine(folder, "manifest.yml"));
        Console.WriteLine($"\n{Path.GetFileName(folder)}, warm and alone:");
        for (var round = 0; round < LongRounds; round++)
        {
            var time = Stopwatch.StartNew();
            ForgeProgram.Of(app.Manifest, new FolderFiles(folder));
            Console.WriteLine(string.Create(Culture, $"  {(round == 0 ? "reading, cold" : "reading"), -24} {time.Elapsed.TotalMilliseconds, 7:0} ms"));
        }

        foreach (var scanner in scanners.Where(scanner => scanner.AppliesTo(app)))
        {
            var best = TimeSpan.MaxValue;
            for (var round = 0; round < LongRounds; round++)
            {
                using var session = new ProbeSession(new ProbeOptions { RunId = "bench", Offline = true }, TimeProvider.System);
                var time = Stopwatch.StartNew();
                await new ScanEngine([scanner], TimeProvider.System).ScanAsync(app, session, new ScanOptions(), null, CancellationToken.None);
                best = time.Elapsed < best ? time.Elapsed : best;
            }

            Console.WriteLine(string.Create(Culture, $"  {scanner.Name, -24} {best.TotalMilliseconds, 7:0} ms   load {Load}"));
        }
    }

    private static string Load => File.ReadAllText("/proc/loadavg").Split(' ')[0];
}
