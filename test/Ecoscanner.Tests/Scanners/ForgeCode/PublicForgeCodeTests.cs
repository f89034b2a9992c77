using System.Diagnostics;
using System.Globalization;
using Ecoscanner.Apps.Forge;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.Probing;
using Ecoscanner.Scanners.ForgeCode;
using Ecoscanner.Scanners.ForgePrograms;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Scanners.ForgeCode;

/// <summary>What is found in apps that people wrote, and how long it takes: a folder of them, which ECOSCANNER_FORGE_APPS names.</summary>
public sealed class PublicForgeCodeTests(ITestOutputHelper output)
{
    // Beside what reading the program takes. A machine that does other things at the same time takes longer.
    private static readonly TimeSpan MostForEachFile = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan MostBeside = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Public_apps_are_judged_to_the_end_in_time()
    {
        var root = Environment.GetEnvironmentVariable("ECOSCANNER_FORGE_APPS");
        Assert.SkipUnless(Directory.Exists(root), "set ECOSCANNER_FORGE_APPS to a folder with Forge apps");
        var manifests = Directory
            .EnumerateFiles(root!, "manifest.y*ml", SearchOption.AllDirectories)
            .Where(path => !path.Contains("node_modules", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        foreach (var path in manifests)
        {
            var app = ForgeAppReader.Read(path);
            if (app.Manifest.EntryPoints.Count == 0)
            {
                continue;
            }

            using var session = new ProbeSession(new ProbeOptions { RunId = "test", Offline = true }, TimeProvider.System);
            var report = await ScannerRuns.RunAsync(app, session, null, new ForgeCodeScanner());
            Assert.All(report.Scanners, run => Assert.Null(run.Failure));
            foreach (var finding in report.Findings)
            {
                Say($"{Path.GetRelativePath(root!, path)}: {finding.Rule} {finding.Confidence} {finding.Location}: {finding.Evidence.Observed}");
            }

            var program = ForgeProgram.Of(app.Manifest, new FolderFiles(app.Folder!), TestContext.Current.CancellationToken);
            var clock = Stopwatch.StartNew();
            var (files, places) = ForgeCodeScanner.Measure(program);
            Say($"{Path.GetRelativePath(root!, path)}: {files} of {program.Graph.Modules.Length} files, {places} sinks, {clock.ElapsedMilliseconds} ms");
            Assert.True(clock.Elapsed < MostBeside + (files * MostForEachFile), $"{path} took {clock.Elapsed}");
        }
    }

    private void Say(string line) => output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{line}"));
}
