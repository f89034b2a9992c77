using System.Collections.Immutable;
using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Modules;

/// <summary>What one file takes from others and gives to them, as it says itself. It does not change and may be read by several threads.</summary>
public sealed class ModuleRecord
{
    private readonly Dictionary<int, ImportEntry> importOf;
    private readonly Dictionary<int, ModuleRequest> requestAt;
    private readonly Dictionary<string, ImmutableArray<ExportEntry>> exportsByName = new(StringComparer.Ordinal);

    internal ModuleRecord(
        SemanticModel model,
        ImmutableArray<ModuleRequest> requests,
        Dictionary<int, ModuleRequest> requestAt,
        ImmutableArray<ImportEntry> imports,
        Dictionary<int, ImportEntry> importOf,
        ImmutableArray<ExportEntry> exports
    )
    {
        Model = model;
        Requests = requests;
        Imports = imports;
        Exports = exports;
        this.requestAt = requestAt;
        this.importOf = importOf;
        foreach (
            var group in exports.Where(entry => entry.Form is ExportForm.Local or ExportForm.Indirect).GroupBy(entry => entry.Name, StringComparer.Ordinal)
        )
        {
            exportsByName[group.Key] = [.. group];
        }

        Stars = [.. exports.Where(entry => entry.Form == ExportForm.Star)];
        Wholes = [.. exports.Where(entry => entry.Form == ExportForm.Whole)];
    }

    public SemanticModel Model { get; }

    public SyntaxTree Tree => Model.Tree;

    public ModuleFormat Format { get; internal init; }

    /// <summary>Whether it says of itself that it was an ECMAScript module before it was compiled: <c>exports.__esModule = true</c>.</summary>
    public bool IsCompiled { get; internal init; }

    /// <summary>What it asks for, in the order of the source.</summary>
    public ImmutableArray<ModuleRequest> Requests { get; }

    /// <summary>What it takes, as far as that stands in the source: names, and whole modules. Members of a whole module are found by <see cref="TakenAt"/>.</summary>
    public ImmutableArray<ImportEntry> Imports { get; }

    /// <summary>What it exports, in the order of the source. CommonJS may export one name in several places.</summary>
    public ImmutableArray<ExportEntry> Exports { get; }

    /// <summary>What it may export or ask for beside.</summary>
    public ImmutableArray<ModuleGap> Gaps { get; internal init; } = [];

    /// <summary>The modules that it declares for others: <c>declare module "x" { }</c>.</summary>
    public ImmutableArray<string> DeclaredModules { get; internal init; } = [];

    internal ImmutableArray<ExportEntry> Stars { get; }

    internal ImmutableArray<ExportEntry> Wholes { get; }

    internal IEnumerable<string> ExportedNames => exportsByName.Keys;

    internal bool HasRequests => requestAt.Count > 0;

    internal bool IsCommonJs => Format is ModuleFormat.CommonJs or ModuleFormat.Script or ModuleFormat.Mixed;

    internal bool HasUnknownExports => Gaps.Any(gap => gap.Kind == ModuleGapKind.Exports);

    /// <summary>Reads it off the tree of a file.</summary>
    public static ModuleRecord Of(SemanticModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new ModuleReader(model).Read();
    }

    /// <summary>What is exported under that name; empty where nothing is, or where only a star may have it.</summary>
    public ImmutableArray<ExportEntry> ExportsNamed(string name) => exportsByName.TryGetValue(name, out var entries) ? entries : [];

    /// <summary>What a symbol stands for that is imported; null where it is not.</summary>
    public ImportEntry? ImportOf(Symbol symbol) => symbol.Exists && importOf.TryGetValue(symbol.Index, out var entry) ? entry : null;

    /// <summary>What a declaration or call asks for; null where it asks for nothing.</summary>
    internal ModuleRequest? RequestAt(Node node) => requestAt.GetValueOrDefault(node.Index);

    /// <summary>What an expression takes of another module: a name that is imported, <c>require("x").a</c>, <c>(0, ns.a)</c>; null where it takes nothing.</summary>
    public ImportEntry? TakenAt(Node expression) => Taking.Of(Model, importOf, requestAt, expression);
}
