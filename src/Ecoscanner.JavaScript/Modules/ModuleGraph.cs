using System.Collections.Immutable;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Modules;

/// <summary>The files of an app and how they take from each other. It does not change and may be asked by several threads.</summary>
public sealed class ModuleGraph
{
    /// <summary>As many as a listing of sources has.</summary>
    public const int MaximumFiles = SourceListing.MaximumFiles;

    /// <summary>The trees of sources take about ten times their size.</summary>
    public const long MaximumBytes = 256L * 1024 * 1024;

    /// <summary>The largest bundles that are committed have about 10 MB.</summary>
    public const int MaximumFileBytes = 16 * 1024 * 1024;

    private readonly Dictionary<string, GraphModule> byPath;
    private readonly Dictionary<SyntaxTree, GraphModule> byTree;
    private readonly ExportLinker linker;

    internal ModuleGraph(IModuleFiles files, ImmutableArray<GraphModule> modules, Dictionary<string, GraphModule> byPath, ImmutableArray<string> problems)
    {
        Files = files;
        Modules = modules;
        Problems = problems;
        this.byPath = byPath;
        byTree = modules.Where(module => module.Record is not null).ToDictionary(module => module.Record!.Tree);
        linker = new();
    }

    /// <summary>The files that it was made of.</summary>
    public IModuleFiles Files { get; }

    /// <summary>The files that were asked for, in their order, then those that they lead to.</summary>
    public ImmutableArray<GraphModule> Modules { get; }

    /// <summary>What was left out and why, each a sentence; what is amiss in one module is said there.</summary>
    public ImmutableArray<string> Problems { get; }

    /// <summary>The requests that no file was found for.</summary>
    public IEnumerable<(GraphModule Module, RequestTarget Target)> Unresolved =>
        from module in Modules
        from target in module.Targets
        where target.Resolution is UnresolvedModule
        select (module, target);

    /// <summary>Reads all sources of a tree and what they lead to.</summary>
    public static ModuleGraph Of(IModuleFiles files, ModuleGraphOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        var listing = SourceListing.Of(files);
        var builder = new GraphBuilder(files, options ?? new(), cancellation);
        builder.AddProblems(listing.Problems);
        return builder.Build(listing.Files);
    }

    /// <summary>Reads some files and what they lead to.</summary>
    /// <param name="entries">Names below the root.</param>
    public static ModuleGraph From(
        IModuleFiles files,
        IEnumerable<string> entries,
        ModuleGraphOptions? options = null,
        CancellationToken cancellation = default
    )
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(entries);
        return new GraphBuilder(files, options ?? new(), cancellation).Build(entries);
    }

    /// <summary>The module of that file; null where it is not in the graph.</summary>
    public GraphModule? ModuleAt(string path) => byPath.GetValueOrDefault(path);

    /// <summary>The module that a tree is of; null where it is not in the graph.</summary>
    public GraphModule? ModuleOf(SyntaxTree tree) => byTree.GetValueOrDefault(tree);

    /// <summary>
    /// What a module exports under a name, as <c>import { name }</c> sees it: by ECMA-262 16.2.1.7.2.2 (ResolveExport) in ECMAScript modules;
    /// of CommonJS <c>default</c> is <c>module.exports</c>, unless it was compiled from an ECMAScript module. The name <c>*</c> asks for the module itself,
    /// <c>export=</c> for the value that <c>require</c> gives.
    /// </summary>
    public ExportResolution ResolveExport(GraphModule module, string name)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(name);
        return linker.Resolve(module, name, isLiteral: false);
    }

    /// <summary>All that a module exports, by name in ordinal order: what is found, what comes from outside, what is not known, the last two as <c>*</c> where they have no name. Conflicts of stars are left out, as they are no exports.</summary>
    public IReadOnlyList<ModuleExportName> ExportsOf(GraphModule module)
    {
        ArgumentNullException.ThrowIfNull(module);
        return linker.ExportsOf(module);
    }

    /// <summary>What an entry of a file's imports is in the end.</summary>
    public static ExportResolution Resolve(GraphModule module, ImportEntry entry)
    {
        ArgumentNullException.ThrowIfNull(module);
        ArgumentNullException.ThrowIfNull(entry);
        return ExportLinker.Resolve(module, entry);
    }

    /// <summary>
    /// What an identifier or an access to a member means across files: an import, a member of a namespace or of <c>require(…)</c>,
    /// or a name of its own file. Null where it is none of this: a global name, a member of a value.
    /// </summary>
    public ExportResolution? DefinitionOf(Node node) => node.Exists && ModuleOf(node.Tree) is { } module ? linker.DefinitionOf(module, node) : null;
}

/// <summary>An export with what it is.</summary>
public sealed record ModuleExportName(string Name, ExportResolution Resolution);
