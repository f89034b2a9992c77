using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Binding;

/// <summary>Something with a name in a scope: a variable, a function, a type. It is a handle of two words; equal handles are the same symbol.</summary>
public readonly record struct Symbol
{
    private readonly SemanticModel? _model;
    private readonly int _index;

    internal Symbol(SemanticModel model, int index)
    {
        _model = model;
        _index = index;
    }

    /// <summary>Whether there is one at all: what a global name refers to is a symbol that does not exist.</summary>
    public bool Exists => _index != 0;

    /// <summary>Its number, from 1 to <see cref="SemanticModel.SymbolCount"/>. For tables about symbols.</summary>
    public int Index => _index;

    public string Name => Exists ? Model.Tree.Names.Text(Record.Name) : "";

    /// <summary>All that declared it.</summary>
    public SymbolKinds Kinds => Exists ? Record.Kinds : SymbolKinds.None;

    public Scope Scope => new(Model, Record.Scope);

    /// <summary>Whether it is exported, from the module or from its namespace.</summary>
    public bool IsExported => Exists && (Record.Marks & SymbolMarks.Exported) != 0;

    /// <summary>Whether it is the <c>var</c> that a function in a block of sloppy code makes outside that block; the function's own symbol is the block's.</summary>
    public bool IsHoisted => Exists && (Record.Marks & SymbolMarks.Hoisted) != 0;

    /// <summary>Whether it is assigned nowhere but where it is declared.</summary>
    public bool IsConstant
    {
        get
        {
            foreach (var reference in References)
            {
                if (reference.IsWrite)
                {
                    return false;
                }
            }

            return true;
        }
    }

    /// <summary>The identifiers that declare it, in the order of the source; none for <c>arguments</c>.</summary>
    public IReadOnlyList<Node> Declarations
    {
        get
        {
            var tree = Model.Tree;
            return Array.ConvertAll(Model.Symbols.DeclarationsOf(_index), tree.NodeAt);
        }
    }

    /// <summary>The identifiers that refer to it; those that declare it are not among them.</summary>
    public ReferenceList References => Exists ? Model.ReferencesOf(_index) : default;

    private SemanticModel Model => _model ?? throw new InvalidOperationException("the symbol does not exist");

    private ref SymbolRecord Record => ref Model.Symbols.At(_index);

    /// <summary>Whether something of one of those kinds declared it.</summary>
    public bool Is(SymbolKinds kinds) => (Kinds & kinds) != 0;

    public override string ToString() => Exists ? $"{Name} ({Kinds})" : "none";
}
