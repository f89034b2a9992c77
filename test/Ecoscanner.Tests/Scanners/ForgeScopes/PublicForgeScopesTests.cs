using System.Diagnostics;
using System.Globalization;
using Ecoscanner.Apps.Forge;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.Probing;
using Ecoscanner.Scanners.ForgePrograms;
using Ecoscanner.Scanners.ForgeScopes;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Scanners.ForgeScopes;

/// <summary>Measures on apps that people wrote: a folder of them, which ECOSCANNER_FORGE_APPS names.</summary>
public sealed class PublicForgeScopesTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Scopes_of_public_apps_are_reported_or_explained()
    {
        var root = Environment.GetEnvironmentVariable("ECOSCANNER_FORGE_APPS");
        Assert.SkipUnless(Directory.Exists(root), "set ECOSCANNER_FORGE_APPS to a folder with Forge apps");
        var (calls, known, scopes) = (0, 0, 0);
        var manifests = Directory
            .EnumerateFiles(root!, "manifest.y*ml", SearchOption.AllDirectories)
            .Where(path => !path.Contains("node_modules", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        foreach (var path in manifests)
        {
            var app = ForgeAppReader.Read(path);
            if (app.Manifest.Permissions.Scopes.Count == 0)
            {
                continue;
            }

            Say($"== {Path.GetRelativePath(root!, path)}");
            scopes += app.Manifest.Permissions.Scopes.Count;
            foreach (var call in ProductCalls.Of(ForgeProgram.Of(app.Manifest, new FolderFiles(app.Folder!), TestContext.Current.CancellationToken)))
            {
                var operations = ProductOperations.Of(call);
                (calls, known) = (calls + 1, known + (operations.IsWhole ? 1 : 0));
                var place = $"{call.Call.Tree.Source.Path}:{call.Call.Tree.Source.Lines.PositionOf(call.Call.Start)}";
                Say(
                    $"   {place} {call.Product} {call.Accounts}{(call.IsOfPage ? " page" : "")} {string.Join(',', call.Methods)} {string.Join(' ', call.Routes.Take(5))} -> {string.Join(", ", operations.Operations.Take(3))}{(operations.IsWhole ? "" : " ?")}"
                );
            }

            var watch = Stopwatch.StartNew();
            using var session = new ProbeSession(new ProbeOptions { RunId = "test", Offline = true }, TimeProvider.System);
            var report = await ScannerRuns.RunAsync(app, session, null, new ForgeScopesScanner());
            foreach (var verdict in report.Verdicts)
            {
                foreach (var place in verdict.Places)
                {
                    Say($" {verdict.Rule.Id} {place.Verdict}: {place.Place} {place.Reason}");
                }
            }

            Say($" {watch.ElapsedMilliseconds} ms");
            Assert.All(report.Scanners, scanner => Assert.Null(scanner.Failure));
        }

        Say($"{scopes} scopes; {calls} calls, {known} of operations that are known");
    }

    private void Say(string line) => output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{line}"));
}
