using Ecoscanner.JavaScript.Diagnostics;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Binding;

/// <summary>
/// What the names of one tree mean: its scopes, the symbols in them, and which identifier refers to which symbol.
/// Names that nothing in the tree declares are global, or come from elsewhere. It does not change and may be read by several threads.
/// </summary>
public sealed class SemanticModel
{
    private readonly SymbolTable _symbols;
    private readonly int[] _symbolOf;
    private readonly ReferenceFlags[] _flagsOf;
    private ReferenceIndex? _references;
    private ScopeIndex? _places;
    private DynamicCode? _dynamicCode;

    internal SemanticModel(SyntaxTree tree, SymbolTable symbols, int[] symbolOf, ReferenceFlags[] flagsOf)
    {
        Tree = tree;
        _symbols = symbols;
        _symbolOf = symbolOf;
        _flagsOf = flagsOf;
    }

    public SyntaxTree Tree { get; }

    /// <summary>What can't be declared so, in the order of the source. What is wrong with the syntax is the tree's.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; internal init; } = [];

    /// <summary>The outermost scope.</summary>
    public Scope Root => ScopeCount == 0 ? default : new(this, 1);

    /// <summary>How many scopes there are.</summary>
    public int ScopeCount { get; internal init; }

    /// <summary>How many symbols there are.</summary>
    public int SymbolCount => _symbols.Count - 1;

    /// <summary>How many identifiers refer to something.</summary>
    public int ReferenceCount { get; internal init; }

    /// <summary>Whether names may mean something that only running tells, somewhere: by <c>with</c> or a direct <c>eval</c> in sloppy code.</summary>
    public bool HasDynamicScopes { get; internal init; }

    /// <summary>What the module exports, in the order of the source.</summary>
    public IEnumerable<ExportedName> ExportedNames =>
        Exports.Select(export => new ExportedName(export.Name, export.Symbol == 0 ? default : new(this, export.Symbol), Tree.NodeAt(export.Node)));

    /// <summary>All references, as the walk met them: the order of the source, but a value before the pattern that takes it apart.</summary>
    public IEnumerable<Reference> References
    {
        get
        {
            for (var at = 0; at < ReferenceCount; at++)
            {
                yield return new(this, ReferenceNodes[at]);
            }
        }
    }

    /// <summary>The references to what nothing in the tree declares.</summary>
    public ReferenceList Unresolved => ReferencesOf(0);

    internal ScopeRecord[] Scopes { get; init; } = [];

    // A longer array than its count.
    internal int[] ReferenceNodes { get; init; } = [];

    internal ModuleExport[] Exports { get; init; } = [];

    internal SymbolTable Symbols => _symbols;

    /// <summary>Finds what the names of the tree mean; any tree will do.</summary>
    public static SemanticModel Of(SyntaxTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        return Binder.Bind(tree);
    }

    /// <summary>
    /// What an identifier refers to or declares, or what a declaration of one name declares: a function, class or import,
    /// <c>a = 1</c> in <c>let a = 1</c>. No symbol where it is none of this, or its name is not declared in the tree.
    /// </summary>
    public Symbol SymbolOf(Node node)
    {
        var identifier = IdentifierOf(node);
        var symbol = identifier.Exists ? _symbolOf[identifier.Index] : 0;
        return symbol == 0 ? default : new(this, symbol);
    }

    /// <summary>The identifier as a reference; none where it is no reference.</summary>
    public Reference ReferenceOf(Node node) => node.Exists && IsReference(_flagsOf[node.Index]) ? new(this, node.Index) : default;

    /// <summary>Whether an identifier refers to what nothing in the tree declares.</summary>
    public bool IsUnresolved(Node node) => node.Exists && IsReference(_flagsOf[node.Index]) && _symbolOf[node.Index] == 0;

    /// <summary>The innermost scope around a node; of a node that makes a scope, the one that it makes.</summary>
    public Scope ScopeOf(Node node)
    {
        if (!node.Exists || ScopeCount == 0)
        {
            return default;
        }

        _places ??= new(Scopes, ScopeCount);
        var own = _places.Of(node.Index);
        return new(this, own != 0 ? own : _places.Around(node.Start, node.End));
    }

    internal bool HasDynamicCode(int scope)
    {
        _dynamicCode ??= new(Scopes, ScopeCount);
        return _dynamicCode.IsWithin(scope);
    }

    internal ReferenceFlags FlagsOf(int node) => _flagsOf[node];

    internal int SymbolNumberOf(int node) => _symbolOf[node];

    internal ReferenceList ReferencesOf(int symbol)
    {
        _references ??= new(ReferenceNodes.AsSpan(0, ReferenceCount), _symbolOf, _symbols.Count);
        return _references.Of(this, symbol);
    }

    private static bool IsReference(ReferenceFlags flags) => flags != 0 && (flags & ReferenceFlags.Declaration) == 0;

    private static Node IdentifierOf(Node node) =>
        node.Kind switch
        {
            NodeKind.FunctionDeclaration
            or NodeKind.FunctionExpression
            or NodeKind.ClassDeclaration
            or NodeKind.ClassExpression
            or NodeKind.VariableDeclarator
            or NodeKind.TSDeclareFunction
            or NodeKind.TSInterfaceDeclaration
            or NodeKind.TSTypeAliasDeclaration
            or NodeKind.TSEnumDeclaration
            or NodeKind.TSEnumMember
            or NodeKind.TSModuleDeclaration
            or NodeKind.TSImportEqualsDeclaration => node.Id,
            NodeKind.ImportSpecifier or NodeKind.ImportDefaultSpecifier or NodeKind.ImportNamespaceSpecifier or NodeKind.ExportSpecifier => node.Local,
            NodeKind.TSTypeParameter => node.NameNode,
            _ => node,
        };
}
