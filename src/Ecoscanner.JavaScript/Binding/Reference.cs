using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Binding;

/// <summary>An identifier that refers to something. It is a handle of two words; equal handles are the same reference.</summary>
public readonly record struct Reference
{
    private readonly SemanticModel? _model;
    private readonly int _node;

    internal Reference(SemanticModel model, int node)
    {
        _model = model;
        _node = node;
    }

    public bool Exists => _node != 0;

    /// <summary>The identifier.</summary>
    public Node Node => Model.Tree.NodeAt(_node);

    public string Name => Node.Name;

    /// <summary>What it refers to; a symbol that does not exist where nothing in the tree declares it.</summary>
    public Symbol Symbol => Model.SymbolOf(Node);

    public ReferenceFlags Flags => _model?.FlagsOf(_node) ?? ReferenceFlags.None;

    public bool IsRead => (Flags & ReferenceFlags.Read) != 0;

    public bool IsWrite => (Flags & ReferenceFlags.Write) != 0;

    /// <summary>Whether it asks for a type, or for what exists only in types.</summary>
    public bool IsType => (Flags & (ReferenceFlags.Type | ReferenceFlags.Namespace)) != 0;

    /// <summary>Whether something between it and what it refers to may mean something else, which only running tells.</summary>
    public bool IsDynamic
    {
        get
        {
            if (!Model.HasDynamicScopes)
            {
                return false;
            }

            var target = Symbol.Exists ? Symbol.Scope : default;
            for (var scope = Model.ScopeOf(Node); scope.Exists && scope != target; scope = scope.Parent)
            {
                if (scope.IsDynamic)
                {
                    return true;
                }
            }

            return false;
        }
    }

    private SemanticModel Model => _model ?? throw new InvalidOperationException("the reference does not exist");

    public override string ToString() => Exists ? $"{Name} ({Flags}) {Node.Span}" : "none";
}
