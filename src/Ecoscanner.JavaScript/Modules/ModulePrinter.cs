using System.Buffers;
using System.Globalization;
using System.Text;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Modules;

/// <summary>Prints a <see cref="ModuleGraph"/> for people and for programs.</summary>
public static partial class ModulePrinter
{
    // A barrel of icons has thousands; more of one module are counted only.
    private const int MaximumNames = 500;

    // Characters that a terminal shows as they are.
    private static readonly SearchValues<char> Harmless = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code)]);

    /// <summary>Each module with what it asks for and where that is, and what it exports and where that is defined.</summary>
    public static string Text(ModuleGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var text = new StringBuilder();
        foreach (var module in graph.Modules)
        {
            PrintModule(text, graph, module);
        }

        foreach (var problem in graph.Problems)
        {
            text.Append(CultureInfo.InvariantCulture, $"left out: {Shown(problem)}\n");
        }

        var unresolved = graph.Unresolved.Count();
        var gaps = graph.Modules.Sum(module => module.Record?.Gaps.Length ?? 0);
        text.Append(CultureInfo.InvariantCulture, $"{graph.Modules.Length} modules, {unresolved} requests unresolved, {gaps} gaps\n");
        return text.ToString();
    }

    private static void PrintModule(StringBuilder text, ModuleGraph graph, GraphModule module)
    {
        text.Append(CultureInfo.InvariantCulture, $"{Shown(module.Path)} ({WordsOf(module)})\n");
        if (module.Problem is { } problem)
        {
            text.Append(CultureInfo.InvariantCulture, $"  problem: {Shown(problem)}\n");
        }

        foreach (var target in module.Targets)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"  {PlaceOf(target.Request.Node)} {WordOf(target.Request.Kind)} {Quoted.Of(target.Request.Pattern)}: {TargetOf(target)}\n"
            );
        }

        var exports = graph.ExportsOf(module);
        foreach (var export in exports.Take(MaximumNames))
        {
            text.Append(CultureInfo.InvariantCulture, $"  export {Shown(export.Name)}: {DefinitionOf(module, export.Resolution)}\n");
        }

        if (exports.Count > MaximumNames)
        {
            text.Append(CultureInfo.InvariantCulture, $"  and {exports.Count - MaximumNames} exports more\n");
        }

        foreach (var gap in module.Record?.Gaps ?? [])
        {
            text.Append(CultureInfo.InvariantCulture, $"  {PlaceOf(gap.Node)} gap: {Shown(gap.Reason)}\n");
        }

        if (module.Importers.Length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"  imported by {string.Join(", ", module.Importers.Select(importer => Shown(importer.Path)))}\n");
        }
    }

    private static string TargetOf(RequestTarget target) =>
        target.Resolution switch
        {
            null when target.Candidates.IsEmpty => "not known",
            null => $"may be {string.Join(", ", target.Candidates.Select(candidate => Shown(candidate.Path)))}",
            ResolvedModule found => $"{Shown(found.Path)}{WayOf(found.By)}{(target.Module is null ? ", not read" : "")}",
            ExternalModule external => $"package {Shown(external.Package)}{(external.Subpath.Length == 0 ? "" : $", {Shown(external.Subpath)}")}",
            BuiltInModule builtIn => $"Node's {Shown(builtIn.Name)}",
            AssetModule asset => $"{Shown(asset.Path)}, no source",
            UnresolvedModule unresolved => $"unresolved: {Shown(unresolved.Reason)}",
            _ => throw new ArgumentOutOfRangeException(nameof(target)),
        };

    // A path from the importing file needs no words.
    private static string WayOf(ResolvedBy rule) =>
        rule switch
        {
            ResolvedBy.RelativePath => "",
            ResolvedBy.RootDirs => " by rootDirs",
            ResolvedBy.Paths => " by paths of the configuration",
            ResolvedBy.BaseUrl => " by baseUrl",
            ResolvedBy.Imports => " by the package's imports",
            ResolvedBy.SelfReference => " by the package's own name",
            ResolvedBy.NodeModules => " in node_modules",
            ResolvedBy.Workspace => " by a workspace's name",
            ResolvedBy.SourceOfOutput => ", the source of what is built",
            ResolvedBy.Convention => " by a custom of bundlers",
            _ => throw new ArgumentOutOfRangeException(nameof(rule)),
        };

    private static string WordsOf(GraphModule module) =>
        FormatOf(module)
            .Replace(nameof(ModuleFormat.EcmaScript), "ES module", StringComparison.Ordinal)
            .Replace(nameof(ModuleFormat.CommonJs), "CommonJS", StringComparison.Ordinal)
            .Replace(nameof(ModuleFormat.Mixed), "ES module and CommonJS", StringComparison.Ordinal)
            .Replace(nameof(ModuleFormat.Script), "script", StringComparison.Ordinal)
            .Replace(nameof(ModuleFormat.Json), "JSON", StringComparison.Ordinal);

    private static string DefinitionOf(GraphModule module, ExportResolution resolution)
    {
        var way = resolution.Way.Where(step => step != module && step != resolution.Definition?.Module).Select(step => Shown(step.Path)).ToList();
        var through = way.Count switch
        {
            0 => "",
            <= 8 => $" through {string.Join(", ", way)}",
            _ => $" through {way[0]} and {way.Count - 1} more",
        };
        var what = resolution.Kind switch
        {
            ExportResolutionKind.Found => string.Join(" or ", resolution.Definitions.Select(definition => DefinitionOf(module, definition))),
            ExportResolutionKind.External => $"{Shown(resolution.ExternalName ?? "")} of {ExternalOf(resolution.External)}",
            ExportResolutionKind.Unknown => $"unknown: {Shown(resolution.Gap?.Reason ?? "")}",
            ExportResolutionKind.Cycle => "leads back to itself",
            ExportResolutionKind.Ambiguous => "two stars have it",
            _ => "not found",
        };
        return what + through;
    }

    private static string DefinitionOf(GraphModule module, ExportDefinition definition)
    {
        var file = definition.Module == module ? "" : Shown(definition.Module.Path) + " ";
        return definition.Kind switch
        {
            ExportDefinitionKind.Namespace => $"{file}module".TrimStart(),
            ExportDefinitionKind.Json => $"{file}JSON{(definition.JsonName is { } name ? $" {Shown(name)}" : "")}",
            _ => $"{file}{PlaceOf(definition.Node)} {(definition.Symbol.Exists ? Shown(definition.Symbol.Name) : definition.Node.Kind.ToString())}",
        };
    }

    private static string ExternalOf(ModuleResolution? external) =>
        external switch
        {
            ExternalModule package => Shown(package.Subpath.Length == 0 ? package.Package : $"{package.Package}/{package.Subpath}"),
            BuiltInModule builtIn => $"node:{Shown(builtIn.Name)}",
            ResolvedModule found => Shown(found.Path),
            AssetModule asset => Shown(asset.Path),
            _ => "an unresolved module",
        };

    private static string FormatOf(GraphModule module) =>
        module.Record is null && !module.IsJson ? "not read"
        : module.Record is { IsCompiled: true } ? $"{module.Format}, compiled"
        : module.Format.ToString();

    private static string WordOf(ImportKind kind) =>
        kind == ImportKind.DynamicImport ? "import()"
        : kind == ImportKind.Type ? "import type"
        : kind.ToString().ToLowerInvariant();

    private static string PlaceOf(Node node) => node.Exists ? node.Tree.Source.Lines.PositionOf(node.Start).ToString() : "-";

    private static string Shown(string text) => text.AsSpan().ContainsAnyExcept(Harmless) ? Quoted.Of(text) : text;
}
