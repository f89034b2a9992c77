using System.Diagnostics;
using System.Text.RegularExpressions;
using Ecoscanner.JavaScript.Modules;
using Ecoscanner.JavaScript.Resolution;

namespace Ecoscanner.JavaScript.Tests.Modules;

/// <summary>Looks for the handlers of real Forge apps: those below the folder that <c>ECOSCANNER_FORGE_APPS</c> names.</summary>
public sealed partial class ForgeAppsTests(ITestOutputHelper output)
{
    private static readonly string[] Endings = [".js", ".jsx", ".ts", ".tsx", ".mjs", ".mts", ".cjs", ".cts"];

    [Fact]
    public void Handlers_lead_to_functions()
    {
        var folder = Environment.GetEnvironmentVariable("ECOSCANNER_FORGE_APPS");
        Assert.SkipWhen(folder is null, "ECOSCANNER_FORGE_APPS names no folder with apps");
        var (handlers, found) = (0, 0);
        var manifests = Directory
            .EnumerateFiles(folder, "manifest.y*ml", SearchOption.AllDirectories)
            .Where(path => !path.Contains("node_modules", StringComparison.Ordinal));
        foreach (var manifest in manifests.Order(StringComparer.Ordinal))
        {
            var app = Path.GetDirectoryName(manifest)!;
            var names = Handler()
                .Matches(File.ReadAllText(manifest))
                .Select(match => match.Groups["name"].Value)
                .Where(name => name.Contains('.', StringComparison.Ordinal))
                .ToList();
            var watch = Stopwatch.StartNew();
            var graph = ModuleGraph.Of(new FolderFiles(app));
            output.WriteLine($"{Path.GetRelativePath(folder, app)}: {names.Count} handlers, {graph.Modules.Length} modules, {watch.ElapsedMilliseconds} ms");
            foreach (var name in names)
            {
                handlers++;
                var problem = Problem(graph, name);
                found += problem is null ? 1 : 0;
                if (problem is not null)
                {
                    output.WriteLine($"    {name}: {problem}");
                }
            }
        }

        output.WriteLine($"{found} of {handlers} handlers are found");
    }

    private static string? Problem(ModuleGraph graph, string handler)
    {
        var dot = handler.LastIndexOf('.');
        var files = Endings.Select(ending => $"src/{handler[..dot]}{ending}").ToList();
        if (files.Select(graph.ModuleAt).FirstOrDefault(module => module is not null) is not { } module)
        {
            return $"no file src/{handler[..dot]}";
        }

        var resolution = graph.ResolveExport(module, handler[(dot + 1)..]);
        return resolution.Kind == ExportResolutionKind.Found
            ? null
            : $"{resolution.Kind} {resolution.Gap?.Reason} {resolution.External} by {string.Join(' ', resolution.Way)}, exports {string.Join(' ', graph.ExportsOf(module).Select(export => export.Name))}";
    }

    [GeneratedRegex(
        """^\s*-?\s*handler:\s*["']?(?<name>[\w./-]+)""",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 5000
    )]
    private static partial Regex Handler();
}
