using Ecoscanner.JavaScript.Diagnostics;
using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Syntax;

/// <summary>
/// The tree of one source. All nodes stand in one array, children before their parents, and a <see cref="Node"/> is a number in it:
/// a table about nodes is an array, and most questions about a whole tree are a loop instead of a recursion.
/// It does not change and may be read by several threads.
/// </summary>
public sealed class SyntaxTree
{
    private int[]? _parents;
    private bool[]? _erased;

    internal SyntaxTree(ParseOptions options, SourceText source, NameTable names)
    {
        Options = options;
        Source = source;
        Names = names;
    }

    /// <summary>How it was read.</summary>
    public ParseOptions Options { get; }

    public SourceText Source { get; }

    /// <summary>The distinct names in it.</summary>
    public NameTable Names { get; }

    /// <summary>The whole program.</summary>
    public Node Root => new(this, NodeCount);

    /// <summary>How many nodes there are; the last one is the root.</summary>
    public int NodeCount { get; internal init; }

    /// <summary>All comments, in the order of the source.</summary>
    public IReadOnlyList<Comment> Comments { get; internal init; } = [];

    /// <summary>What is wrong with the syntax, in the order of the source.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; internal init; } = [];

    /// <summary>Whether it is a module: by the options, or because it imports, exports or awaits at the top.</summary>
    public bool IsModule { get; internal init; }

    /// <summary>Whether the source says that it is Flow's, with a <c>@flow</c> comment before its code. Types are then read as far as they look like TypeScript's.</summary>
    public bool IsFlow { get; internal init; }

    internal NodeRecord[] Nodes { get; init; } = [];

    // Lists (a count, then the numbers of nodes), and the fields of kinds with more than three. The list at 0 is empty.
    internal int[] Lists { get; init; } = [0];

    /// <summary>Reads a source. Any text gives a tree.</summary>
    public static SyntaxTree Parse(SourceText source, ParseOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Parser.Parse(source, options ?? ParseOptions.For(source.Path));
    }

    /// <summary>Reads a source that stands in a string.</summary>
    public static SyntaxTree Parse(string source, ParseOptions? options = null) => Parse(new SourceText(source), options);

    /// <summary>The node of that number.</summary>
    /// <param name="index">From 1 to <see cref="NodeCount"/>.</param>
    public Node NodeAt(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(index, NodeCount);
        return new(this, index);
    }

    /// <summary>The node that has this one as a child; none for the root.</summary>
    public Node ParentOf(Node node) => new(this, (_parents ??= MakeParents())[node.Index]);

    // Nothing is erased from JavaScript, so nothing is kept of it.
    internal bool IsErasedAt(int index)
    {
        _erased ??= Erasure.Of(this);
        return _erased.Length != 0 && _erased[index];
    }

    // The content of the field at that place: a node, a list or a name.
    internal int Field(int index, int place)
    {
        ref readonly var node = ref Nodes[index];
        if (NodeShapes.Of(node.Kind).Length > NodeShapes.InlineFields)
        {
            return Lists[node.A + place];
        }

        return place switch
        {
            0 => node.A,
            1 => node.B,
            _ => node.C,
        };
    }

    private int[] MakeParents()
    {
        var parents = new int[NodeCount + 1];
        for (var index = 1; index <= NodeCount; index++)
        {
            foreach (var child in new Node(this, index).Children)
            {
                parents[child.Index] = index;
            }
        }

        return parents;
    }
}
