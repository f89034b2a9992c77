using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Binding;

/// <summary>A part of the source with names of its own. It is a handle of two words; equal handles are the same scope.</summary>
public readonly record struct Scope
{
    private readonly SemanticModel? _model;
    private readonly int _index;

    internal Scope(SemanticModel model, int index)
    {
        _model = model;
        _index = index;
    }

    /// <summary>Whether there is one at all: the parent of the outermost does not exist.</summary>
    public bool Exists => _index != 0;

    /// <summary>Its number, from 1 to <see cref="SemanticModel.ScopeCount"/>; a scope has a larger number than those around it.</summary>
    public int Index => _index;

    public ScopeKind Kind => Exists ? Record.Kind : ScopeKind.None;

    /// <summary>The node that makes it.</summary>
    public Node Node => Model.Tree.NodeAt(Record.Node);

    public Scope Parent => new(Model, Record.Parent);

    /// <summary>The scope that a <c>var</c> in it belongs to: that of the function, field, module or script around, or itself.</summary>
    public Scope VarScope => new(Model, Record.VarScope);

    public bool IsStrict => Exists && (Record.Marks & ScopeMarks.Strict) != 0;

    /// <summary>Whether a name that is not found in it may still be in it: by <c>with</c>, or a direct <c>eval</c> in sloppy code.</summary>
    public bool IsDynamic => Exists && (Record.Marks & ScopeMarks.Dynamic) != 0;

    /// <summary>Whether a direct <c>eval</c> stands in it, which may read and write all that can be seen there.</summary>
    public bool CallsEval => Exists && (Record.Marks & ScopeMarks.Eval) != 0;

    /// <summary>Whether a direct <c>eval</c> or a <c>with</c> stands in it or in a scope within it, so that what it declares may be used by any name.</summary>
    public bool HasDynamicCode => Exists && Model.HasDynamicCode(_index);

    /// <summary>Its symbols, in the order in which they were declared.</summary>
    public IReadOnlyList<Symbol> Symbols
    {
        get
        {
            var symbols = new List<Symbol>();
            for (var symbol = Exists ? Record.FirstSymbol : 0; symbol != 0; symbol = Model.Symbols.At(symbol).Next)
            {
                symbols.Add(new(Model, symbol));
            }

            return symbols;
        }
    }

    private SemanticModel Model => _model ?? throw new InvalidOperationException("the scope does not exist");

    private ref readonly ScopeRecord Record => ref Model.Scopes[_index];

    /// <summary>The symbol of that name in this scope itself.</summary>
    public Symbol Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var number = Exists ? Model.Tree.Names.Find(name) : 0;
        return number == 0 ? default : Find(number);
    }

    /// <summary>The symbol that the name means in this scope: its own or, failing that, that of the nearest scope around.</summary>
    /// <param name="name">The name.</param>
    /// <param name="kinds">What it may be: <see cref="SymbolKinds.Values"/> where code runs, <see cref="SymbolKinds.Types"/> in types.</param>
    public Symbol Lookup(string name, SymbolKinds kinds = SymbolKinds.Values)
    {
        ArgumentNullException.ThrowIfNull(name);
        var number = Exists ? Model.Tree.Names.Find(name) : 0;
        for (var scope = this; number != 0 && scope.Exists; scope = scope.Parent)
        {
            if (scope.Find(number) is var symbol && symbol.Is(kinds))
            {
                return symbol;
            }
        }

        return default;
    }

    /// <summary>Whether the other scope is this one or stands in it.</summary>
    public bool Contains(Scope other)
    {
        var scope = other;
        while (scope.Exists && scope._index > _index)
        {
            scope = scope.Parent;
        }

        return scope == this;
    }

    public override string ToString() => Exists ? $"{Kind} {Node.Span}" : "none";

    private Symbol Find(int name)
    {
        var symbol = Model.Symbols.Find(_index, name);
        return symbol == 0 ? default : new(Model, symbol);
    }
}
