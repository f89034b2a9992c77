using System.Collections.Immutable;
using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Modules;

/// <summary>
/// Makes the <see cref="ModuleRecord"/> of a file. What ECMAScript modules say stands at the top of the file and is read first;
/// then, only where such names occur, two loops over all nodes find <c>require</c> and the ways to fill <c>exports</c>.
/// </summary>
internal sealed partial class ModuleReader
{
    private readonly SemanticModel model;
    private readonly SyntaxTree tree;
    private readonly ConstantText constants;
    private readonly List<ModuleRequest> requests = [];
    private readonly List<ImportEntry> imports = [];
    private readonly List<ExportEntry> exports = [];
    private readonly List<ModuleGap> gaps = [];
    private readonly List<string> declaredModules = [];
    private readonly Dictionary<int, ModuleRequest> requestAt = [];
    private readonly Dictionary<int, ImportEntry> importOf = [];

    // The value that the declarator of each symbol gives it; by the symbol's number.
    private int[] initOf = [];
    private bool hasEcmaScript;
    private bool hasCommonJs;
    private bool isCompiled;

    public ModuleReader(SemanticModel model)
    {
        this.model = model;
        tree = model.Tree;
        constants = new(model, InitOf);
    }

    public ModuleRecord Read()
    {
        ReadModuleItems();
        var uses = UsesOf();
        if (uses.Requests || uses.Exports)
        {
            initOf = new int[model.SymbolCount + 1];
            ReadRequests();
        }

        if (uses.Exports)
        {
            ReadCommonJsExports();
        }

        // `import` is read before `require`; people read from top to bottom.
        gaps.Sort((one, other) => Place(one.Node).CompareTo(Place(other.Node)));
        return new(model, [.. requests], requestAt, [.. imports], importOf, Sorted())
        {
            Format =
                hasEcmaScript && hasCommonJs ? ModuleFormat.Mixed
                : hasEcmaScript || tree.Options.Goal == SourceGoal.Module ? ModuleFormat.EcmaScript
                : hasCommonJs ? ModuleFormat.CommonJs
                : ModuleFormat.Script,
            IsCompiled = isCompiled,
            Gaps = [.. gaps],
            DeclaredModules = [.. declaredModules],
        };
    }

    private static int Place(Node node) => node.Exists ? node.Start : 0;

    // A name that is only made and filled later (`exports.a = void 0`) is exported there.
    private ImmutableArray<ExportEntry> Sorted()
    {
        var filled = exports.Where(entry => !IsEmpty(entry)).Select(entry => entry.Name).ToHashSet(StringComparer.Ordinal);
        return [.. exports.Where(entry => !IsEmpty(entry) || filled.Add(entry.Name)).OrderBy(entry => entry.Node.Start).ThenBy(entry => Place(entry.Value))];
    }

    private static bool IsEmpty(ExportEntry entry) =>
        entry.IsAssigned
        && entry.Form == ExportForm.Local
        && entry.Value.Kind is NodeKind.UnaryExpression or NodeKind.Identifier
        && (entry.Value.Kind == NodeKind.UnaryExpression ? entry.Value.Operator == TokenKind.Void : !entry.Symbol.Exists && entry.Value.Name == "undefined");

    /// <summary>Which of the loops over all nodes are worth it.</summary>
    private (bool Requests, bool Exports) UsesOf()
    {
        var exportsName = tree.Names.Find("exports");
        var (hasRequests, hasExports) = (false, false);
        for (var index = 1; index <= tree.NodeCount; index++)
        {
            ref readonly var node = ref tree.Nodes[index];
            switch (node.Kind)
            {
                case NodeKind.Identifier:
                    hasRequests |= node.A == WellKnownNames.Require;
                    hasExports |= node.A == exportsName && exportsName != 0;
                    break;
                case NodeKind.ImportExpression or NodeKind.TSImportType:
                    hasRequests = true;
                    break;
                default:
                    break;
            }

            if (hasRequests && hasExports)
            {
                break;
            }
        }

        return (hasRequests, hasExports && tree.Options.Goal != SourceGoal.Module);
    }

    private ModuleRequest AddRequest(ImportKind kind, ImmutableArray<string?> parts, Node node)
    {
        var request = new ModuleRequest(requests.Count, kind, parts, node);
        requests.Add(request);
        requestAt[node.Index] = request;
        if (request.Specifier is null)
        {
            gaps.Add(
                new(
                    ModuleGapKind.Request,
                    node,
                    parts is [null]
                        ? "The module that is asked for is worked out while running."
                        : $"Which of {Quoted.Of(request.Pattern)} is asked for is worked out while running."
                )
            );
        }

        return request;
    }

    private void AddImport(ImportEntry entry)
    {
        imports.Add(entry);
        if (entry.Symbol.Exists)
        {
            importOf.TryAdd(entry.Symbol.Index, entry);
        }
    }

    private ImportEntry? Taken(Node expression) => Taking.Of(model, importOf, requestAt, expression);

    private Node InitOf(Symbol symbol) =>
        symbol.Exists && symbol.Index < initOf.Length && initOf[symbol.Index] is > 0 and var init ? tree.NodeAt(init) : default;
}
