using System.Globalization;
using Ecoscanner.Apps.Forge;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.Scanners.ForgePrograms;

namespace Ecoscanner.Tests.Scanners.ForgePrograms;

/// <summary>Measures on apps that people wrote: a folder of them, which ECOSCANNER_FORGE_APPS names.</summary>
public sealed class PublicForgeAppsTests(ITestOutputHelper output)
{
    private const double Least = 0.95;

    [Fact]
    public void Handlers_of_public_apps_are_resolved_or_explained()
    {
        var root = Environment.GetEnvironmentVariable("ECOSCANNER_FORGE_APPS");
        Assert.SkipUnless(Directory.Exists(root), "set ECOSCANNER_FORGE_APPS to a folder with Forge apps");
        var entries = new List<ForgeEntry>();
        var handlers = new List<IReadOnlyList<ForgeEntry>>();
        var manifests = Directory
            .EnumerateFiles(root!, "manifest.y*ml", SearchOption.AllDirectories)
            .Where(path => !path.Contains("node_modules", StringComparison.Ordinal));
        foreach (var path in manifests)
        {
            var manifest = ForgeManifestReader.Read(File.ReadAllBytes(path));
            if (manifest.EntryPoints.Count == 0)
            {
                continue;
            }

            var program = ForgeProgram.Of(manifest, new FolderFiles(Path.GetDirectoryName(path)!), TestContext.Current.CancellationToken);
            entries.AddRange(program.Entries);
            var of = program.Entries.Where(entry => entry.Point.Kind is ForgeReferenceKind.Function).ToLookup(entry => entry.Point);
            handlers.AddRange(of.Select(group => group.ToList()));
            foreach (var entry in program.Entries.Where(entry => entry.Reason is not ForgeEntryReason.None))
            {
                Say($"{Path.GetRelativePath(root!, path)}: {entry.Point.Key} {entry.Key}: {entry.Reason}: {entry.Problem}");
            }
        }

        foreach (var group in entries.GroupBy(entry => (entry.Kind, entry.Reason, entry.IsResolved)).OrderByDescending(group => group.Count()))
        {
            Say($"{group.Count(), 5} {group.Key.Kind} {group.Key.Reason}{(group.Key.IsResolved ? "" : ", no function")}");
        }

        var resolved = handlers.Count(each => each.All(entry => entry.IsResolved));
        var explained = handlers.Count(each => each.All(entry => entry.IsResolved || entry.Problem.Length > 0));
        Say($"{handlers.Count} handlers, {resolved} resolved, {explained - resolved} explained; {entries.Count} entries");
        Assert.True(explained >= Least * handlers.Count);
    }

    private void Say(string line) => output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{line}"));
}
