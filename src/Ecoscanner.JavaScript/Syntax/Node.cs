using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Syntax;

/// <summary>A node of a <see cref="SyntaxTree"/>: a kind, a span, and children by role. It is a handle of two words; equal handles are the same node.</summary>
public readonly partial struct Node : IEquatable<Node>
{
    private readonly SyntaxTree? _tree;
    private readonly int _index;

    internal Node(SyntaxTree tree, int index)
    {
        _tree = tree;
        _index = index;
    }

    /// <summary>Whether there is a node at all: an absent <c>else</c> is a node that does not exist.</summary>
    public bool Exists => _index != 0;

    /// <summary>The tree it stands in.</summary>
    /// <exception cref="InvalidOperationException">It does not exist.</exception>
    public SyntaxTree Tree => _tree ?? throw new InvalidOperationException("the node does not exist");

    /// <summary>Its number in the tree, from 1 to <see cref="SyntaxTree.NodeCount"/>; children have smaller numbers than their parent. For tables beside the tree.</summary>
    public int Index => _index;

    /// <summary>What it is; <see cref="NodeKind.None"/> where it does not exist.</summary>
    public NodeKind Kind => _index == 0 ? NodeKind.None : Record.Kind;

    public NodeFlags Flags => _index == 0 ? NodeFlags.None : Record.Flags;

    /// <summary>The first UTF-16 code unit.</summary>
    public int Start => Record.Start;

    /// <summary>The code unit after the last.</summary>
    public int End => Record.End;

    public TextSpan Span => new(Record.Start, Record.End);

    /// <summary>As written in the source.</summary>
    public ReadOnlySpan<char> Text => Tree.Source.Span(Span);

    /// <summary>The operator of a unary, update, binary, logical or assignment expression or of a <see cref="NodeKind.TSTypeOperator"/>.</summary>
    public TokenKind Operator => (TokenKind)Record.Detail;

    /// <summary>How a <see cref="NodeKind.VariableDeclaration"/> declares.</summary>
    public VariableKind VariableKind => (VariableKind)Record.Detail;

    /// <summary>What a method or property is.</summary>
    public MethodKind MethodKind => (MethodKind)Record.Detail;

    /// <summary>Which word began a <see cref="NodeKind.TSModuleDeclaration"/>.</summary>
    public ModuleWord ModuleWord => (ModuleWord)Record.Detail;

    /// <summary>The phase of an <see cref="NodeKind.ImportDeclaration"/> or <see cref="NodeKind.ImportExpression"/>.</summary>
    public ImportPhase ImportPhase => (ImportPhase)Record.Detail;

    /// <summary>The name of an identifier, with its escapes resolved; empty for other kinds. A private name comes without its <c>#</c>.</summary>
    public string Name => Tree.Names.Text(NameNumber);

    /// <summary>The number of the name, equal for equal names of one tree; 0 for kinds without a name.</summary>
    internal int NameNumber => Kind is NodeKind.Identifier or NodeKind.PrivateIdentifier or NodeKind.JSXIdentifier ? Record.A : 0;

    /// <summary>The raw second byte: an operator or a detail.</summary>
    internal byte Detail => Record.Detail;

    private ref readonly NodeRecord Record => ref Tree.Nodes[_index];

    /// <summary>Whether all those flags are set.</summary>
    public bool Has(NodeFlags flags) => (Flags & flags) == flags;

    /// <summary>The child in that role; one that does not exist where the kind has no such child or the source leaves it out.</summary>
    public Node Child(NodeRole role)
    {
        var place = NodeShapes.PlaceOf(Kind, role);
        return place >= 0 && NodeShapes.Of(Kind)[place].Kind == FieldKind.Node ? new(Tree, Tree.Field(_index, place)) : default;
    }

    /// <summary>The children in that role; empty where the kind has no such list.</summary>
    public NodeList List(NodeRole role)
    {
        var place = NodeShapes.PlaceOf(Kind, role);
        return place >= 0 && NodeShapes.Of(Kind)[place].Kind == FieldKind.List ? new(Tree, Tree.Field(_index, place)) : default;
    }

    /// <summary>All children that exist, in the order of their roles, which but for templates and shorthand properties is the order of the source.</summary>
    public ChildEnumerator Children => new(this);

    public bool Equals(Node other) => ReferenceEquals(_tree, other._tree) && _index == other._index;

    public override bool Equals(object? obj) => obj is Node other && Equals(other);

    // Many trees have a node of each small number.
    public override int GetHashCode() => _tree is null ? 0 : (_index * -0x61c88647) ^ _tree.GetHashCode();

    public override string ToString() => Exists ? $"{Kind} {Span}" : "none";

    public static bool operator ==(Node left, Node right) => left.Equals(right);

    public static bool operator !=(Node left, Node right) => !left.Equals(right);
}
