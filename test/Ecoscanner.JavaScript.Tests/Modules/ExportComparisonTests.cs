using System.Diagnostics;
using System.Text.Json;
using Ecoscanner.JavaScript.Modules;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.JavaScript.Tests.Modules;

/// <summary>Holds the exports of installed packages against TypeScript's checker, and those of CommonJS against Node itself.</summary>
public sealed class ExportComparisonTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    // Differences that a failure shows.
    private const int MaximumShown = 60;

    // What every function or compiled module has, and the module as a whole.
    private static readonly string[] NotExported = ["length", "name", "prototype", "arguments", "caller", "__esModule", ImportEntry.All, ExportEntry.Default];

    // Ajv puts this on functions of other packages.
    private static readonly string[] AddedElsewhere = ["code"];

    private static string Packages => Environment.GetEnvironmentVariable("ECOSCANNER_MODULE_TREE") ?? Path.Combine(Repository.Root, "test", "node");

    [Theory]
    [InlineData("rxjs/src", false)]
    [InlineData("rxjs/dist/cjs", true)]
    [InlineData("rxjs/dist/esm5", true)]
    [InlineData("zod/src", true)]
    [InlineData("apache-arrow/src", false)]
    [InlineData("@blueprintjs/core/src", true)]
    [InlineData("ajv/dist", false)]
    [InlineData("ajv-formats/dist", false)]
    [InlineData("flatbuffers/js", true)]
    public void Exports_are_those_that_TypeScript_sees(string folder, bool isSlow)
    {
        Assert.SkipWhen(isSlow && Environment.GetEnvironmentVariable("ECOSCANNER_SLOW") != "1", "the others are compared too where ECOSCANNER_SLOW is 1");
        var (root, graph, modules) = Read(folder);
        var (names, definitions, getters, members) = (0, 0, 0, 0);
        var different = new List<string>();
        foreach (var (module, answer) in modules.Zip(Ask("typescript-exports.mjs", root, modules)))
        {
            var theirs = answer
                .GetProperty("exports")
                .EnumerateObject()
                .ToDictionary(export => export.Name, export => export.Value.GetString(), StringComparer.Ordinal);
            var ours = graph
                .ExportsOf(module)
                .Where(export => export.Name != ImportEntry.All)
                .ToDictionary(export => export.Name, export => export.Resolution, StringComparer.Ordinal);
            if (module.Record!.IsCompiled == false && module.Format is ModuleFormat.CommonJs or ModuleFormat.Script)
            {
                // TypeScript has no name for module.exports as a whole.
                ours.Remove(ExportEntry.Default);
            }

            foreach (var name in theirs.Keys.Union(ours.Keys).Order(StringComparer.Ordinal))
            {
                names++;
                var our = ours.GetValueOrDefault(name);
                if (module.Format == ModuleFormat.CommonJs && name == "__esModule")
                {
                    // A mark here and no export.
                    continue;
                }

                if (
                    module.Format == ModuleFormat.CommonJs
                    && our is { Kind: ExportResolutionKind.Found }
                    && theirs.GetValueOrDefault(name) == module.Path
                    && our.Definition!.Module != module
                )
                {
                    // TypeScript takes the getter for the definition, and does not look at what it returns.
                    getters++;
                    continue;
                }

                if (our?.Definition?.Entry is { IsAssigned: true } && !module.Record!.Wholes.IsEmpty && !theirs.ContainsKey(name))
                {
                    // module.exports = f; f.a = …: a member of a value for TypeScript.
                    members++;
                    continue;
                }

                if (our is null || !theirs.TryGetValue(name, out var their))
                {
                    different.Add($"{module.Path} {name}: {(our is null ? "only TypeScript has it" : $"only here, {our.Kind}")}");
                }
                else if (our.Definitions.Any(definition => definition.Module.Path == their))
                {
                    definitions++;
                }
                else if (their is not null || our.Kind == ExportResolutionKind.Found)
                {
                    different.Add($"{module.Path} {name}: TypeScript {their ?? "nothing"}, here {our.Kind} {our.Definition?.Module}");
                }
            }
        }

        output.WriteLine(
            $"{modules.Count} modules, {names} names: {definitions} with the same file, {getters} getters followed further, {members} members of values, {different.Count} different"
        );
        Assert.True(different.Count == 0, $"{different.Count} differ\n{string.Join('\n', different.Take(MaximumShown))}");
    }

    [Theory]
    [InlineData("rxjs/dist/cjs")]
    [InlineData("ajv/dist")]
    [InlineData("ajv-formats/dist")]
    [InlineData("flatbuffers/js")]
    [InlineData("react")]
    [InlineData("react-dom")]
    [InlineData("scheduler")]
    [InlineData("tslib")]
    [InlineData("json-schema-traverse")]
    [InlineData("fast-uri")]
    [InlineData("fast-deep-equal")]
    public void Exports_of_CommonJS_are_those_that_Node_gives(string folder)
    {
        var (root, graph, modules) = Read(folder);
        CompareWithNode(root, graph, modules);
    }

    private void CompareWithNode(string root, ModuleGraph graph, IReadOnlyList<GraphModule> modules)
    {
        var (files, names, unknown, missed, imported) = (0, 0, 0, 0, 0);
        var more = new List<string>();
        var different = new List<string>();
        foreach (var (module, answer) in modules.Zip(Ask("node-exports.mjs", root, modules)))
        {
            if (module.Format != ModuleFormat.CommonJs || answer.GetProperty("names") is not { ValueKind: JsonValueKind.Array } list)
            {
                continue;
            }

            files++;
            var theirs = list.EnumerateArray().Select(name => name.GetString()!).Except(NotExported).ToHashSet(StringComparer.Ordinal);
            var exports = graph.ExportsOf(module).Select(export => export.Name).ToHashSet(StringComparer.Ordinal);
            var ours = exports.Except(NotExported).ToHashSet(StringComparer.Ordinal);
            var hasMore = exports.Contains(ImportEntry.All);
            unknown += hasMore ? 1 : 0;
            names += theirs.Count;
            missed += theirs.Except(ours).Count();
            if (!hasMore && theirs.Except(ours).Except(AddedElsewhere).Any())
            {
                different.Add($"{module.Path}: only Node has {string.Join(' ', theirs.Except(ours))}");
            }

            // What only some runs add is an export, too; but it should be rare.
            more.AddRange(ours.Except(theirs).Select(name => $"{module.Path} {name}"));
            // What cjs-module-lexer in Node sees, and is there.
            imported += answer.GetProperty("imported") is { ValueKind: JsonValueKind.Array } all
                ? all.EnumerateArray().Count(name => theirs.Contains(name.GetString()!))
                : 0;
        }

        output.WriteLine(
            $"{files} files, {names} names, of which Node can import {imported}: {missed} are missed, {different.Count} files without saying so ({unknown} say so); {more.Count} only here: {string.Join(", ", more)}"
        );
        Assert.True(different.Count == 0, $"{different.Count} differ\n{string.Join('\n', different.Take(MaximumShown))}");
    }

    /// <summary>The entries of all packages of the folder that <c>ECOSCANNER_MODULE_TREE</c> names.</summary>
    [Fact]
    public void Entries_of_packages_export_what_Node_gives()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable("ECOSCANNER_MODULE_TREE") is null, "ECOSCANNER_MODULE_TREE names no folder with node_modules");
        var files = new FolderFiles(Packages);
        var resolver = new ModuleResolver(files);
        var packages = files
            .Entries("node_modules")
            .SelectMany(name => name.StartsWith('@') ? files.Entries($"node_modules/{name}").Select(inner => $"{name}/{inner}") : [name]);
        var entries = packages
            .Select(name => resolver.Resolve("app.cjs", name, ImportKind.Require))
            .OfType<ResolvedModule>()
            .Where(found => found.Contents == ModuleContents.Source)
            .Select(found => found.Path)
            .Distinct()
            .ToList();
        var graph = ModuleGraph.From(files, entries, new() { FollowsPackages = true });
        CompareWithNode(Packages, graph, [.. entries.Select(graph.ModuleAt).OfType<GraphModule>()]);
    }

    private static (string Root, ModuleGraph Graph, List<GraphModule> Modules) Read(string folder)
    {
        folder = $"node_modules/{folder}";
        var path = Path.Combine(Packages, folder);
        Assert.SkipUnless(
            Directory.Exists(path) && Directory.Exists(Path.Combine(Packages, "node_modules", "typescript")),
            $"{folder} is not installed: run npm ci in test/node"
        );
        var entries = SourceListing.Of(new FolderFiles(path)).Files.Where(file => !ModulePath.IsDeclaration(file)).Select(file => $"{folder}/{file}");
        var graph = ModuleGraph.From(new FolderFiles(Packages), entries, new() { FollowsPackages = true });
        return (Packages, graph, [.. graph.Modules.Where(module => module.Record is not null && module.Path.StartsWith(folder, StringComparison.Ordinal))]);
    }

    private static List<JsonElement> Ask(string script, string root, IEnumerable<GraphModule> modules)
    {
        using var node = Process.Start(
            new ProcessStartInfo("node", [Path.Combine(Repository.Root, "test", "node", script), root])
            {
                UseShellExecute = false,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        var lines = node.StandardOutput.ReadToEndAsync();
        node.StandardInput.Write(string.Join('\n', modules.Select(module => module.Path)));
        node.StandardInput.Close();
        if (!node.WaitForExit(Patience))
        {
            node.Kill();
            Assert.Fail("node did not answer");
        }

        return [.. lines.Result.TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement)];
    }
}
