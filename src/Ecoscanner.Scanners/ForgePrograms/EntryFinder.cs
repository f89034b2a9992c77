using System.Collections.Immutable;
using Ecoscanner.Apps.Forge;
using Ecoscanner.JavaScript.Modules;
using Ecoscanner.JavaScript.Values;
using Manifest = Ecoscanner.Apps.Forge.ForgeManifest;

namespace Ecoscanner.Scanners.ForgePrograms;

/// <summary>Goes from the entry points of a manifest to functions.</summary>
internal sealed class EntryFinder
{
    private readonly Manifest manifest;
    private readonly ModuleGraph graph;
    private readonly ExportFinder exports;
    private readonly FunctionFinder functions;
    private readonly ResolverReader resolvers;

    public EntryFinder(Manifest manifest, ProgramValues values)
    {
        this.manifest = manifest;
        graph = values.Graph;
        exports = new(values);
        functions = new(values);
        resolvers = new(values, functions);
    }

    public ImmutableArray<ForgeEntry> Find() => [.. manifest.EntryPoints.SelectMany(EntriesOf)];

    private IEnumerable<ForgeEntry> EntriesOf(ForgeEntryPoint point)
    {
        var entry = new ForgeEntry
        {
            Point = point,
            Kind = ForgeEntryKind.Function,
            Uses = point.Uses,
        };
        if (!point.IsDefined)
        {
            return [entry with { Reason = ForgeEntryReason.NotDefined, Problem = $"the manifest defines no {Word(point)} {point.Key}" }];
        }

        if (point.Function is not { } function)
        {
            return
            [
                entry with
                {
                    Kind = ForgeEntryKind.Elsewhere,
                    Reason = ForgeEntryReason.Elsewhere,
                    Problem = point.Remote is { } remote ? $"it runs on the remote {remote.Key}" : "it runs in a container of the app",
                },
            ];
        }

        return function.Handler switch
        {
            null => [entry with { Reason = ForgeEntryReason.NoHandler, Problem = "the function has no handler" }],
            { Refusal: { } refusal } => [entry with { Reason = ForgeEntryReason.NoHandler, Problem = $"the handler {function.Handler.Text} {refusal}" }],
            var handler => EntriesOf(entry, handler),
        };
    }

    private IEnumerable<ForgeEntry> EntriesOf(ForgeEntry entry, ForgeHandler handler)
    {
        if (handler.Candidates.FirstOrDefault(file => graph.ModuleAt(file.Path) is not null) is not { } candidate)
        {
            return
            [
                entry with
                {
                    Reason = ForgeEntryReason.NoFile,
                    Problem = $"there is no file {handler.Folder}/{handler.File} with an ending of JavaScript or TypeScript",
                },
            ];
        }

        var module = graph.ModuleAt(candidate.Path)!;
        entry = entry with { File = module.Path };
        if (module.Record is null)
        {
            return [entry with { Reason = ForgeEntryReason.NotRead, Problem = $"{module.Path} {module.Problem ?? "is no source"}" }];
        }

        var exported = exports.Find(module, handler.Export);
        if (exported.Reason is not ForgeEntryReason.None && exported.Values.IsEmpty)
        {
            return [entry with { Reason = exported.Reason, Problem = exported.Problem }];
        }

        var where = candidate.IsForges ? exported.Found : $"{exported.Found}; Forge itself would not find {module.Path}";
        var found = new List<ForgeEntry>();
        var direct = functions.Find(exported.Values, exported.Expressions);
        foreach (var resolver in direct.Resolvers.GroupBy(value => value.Node))
        {
            found.AddRange(resolvers.Entries(entry with { Kind = ForgeEntryKind.Resolver, Found = where }, resolver.Key, [.. resolver]));
        }

        if (!direct.Functions.IsEmpty || found.Count == 0 || direct.Reason is not ForgeEntryReason.None)
        {
            found.Add(
                entry with
                {
                    Kind = direct.IsView ? ForgeEntryKind.View : ForgeEntryKind.Function,
                    Functions = direct.Functions,
                    Found = direct.Found.Length == 0 ? where : $"{where}; {direct.Found}",
                    Reason = direct.Reason is ForgeEntryReason.None ? exported.Reason : direct.Reason,
                    Problem = direct.Problem.Length == 0 ? exported.Problem : direct.Problem,
                }
            );
        }

        return found;
    }

    private static string Word(ForgeEntryPoint point) => point.Kind.ToString().ToLowerInvariant();
}
