namespace Ecoscanner.JavaScript.Syntax.Printing;

/// <summary>
/// Writes trees as JSON: as ESTree describes JavaScript's and TypeScript-ESTree describes TypeScript's, with the names and offsets that
/// oxc-parser has. Offsets count UTF-16 code units. What a syntax error left are nodes of the types InvalidStatement and InvalidExpression.
/// </summary>
public sealed partial class EstreeWriter
{
    private readonly SyntaxTree _tree;
    private readonly JsonText _json;
    private readonly bool _isTypeScript;

    // The nodes that are open: a tree may be deeper than the stack of a thread.
    private readonly Stack<OpenNode> _open = new();

    private EstreeWriter(SyntaxTree tree, Stream output)
    {
        _tree = tree;
        _json = new(output);
        // Flow's types are read as TypeScript's.
        _isTypeScript = tree.Options.TypeScript || tree.IsFlow;
    }

    /// <summary>Writes the whole tree on one line.</summary>
    public static void Write(SyntaxTree tree, Stream output)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(output);
        new EstreeWriter(tree, output).Write();
    }

    private void Write()
    {
        Open(_tree.Root);
        while (_open.TryPop(out var node))
        {
            Continue(node);
        }

        _json.Finish();
    }

    // Writes what does not nest, and leaves the rest for later.
    private void Open(Node node)
    {
        _json.BeginObject();
        _json.Name("type"u8);
        _json.Plainly(Spellings.Type(node.Kind));
        var (start, end) = ExtentOf(node);
        _json.Name("start"u8);
        _json.Number(start);
        _json.Name("end"u8);
        _json.Number(end);
        WriteDetails(node);
        _open.Push(new(node));
    }

    // Goes on with the children up to the next one, which comes first.
    private void Continue(OpenNode open)
    {
        if (open.IsInList)
        {
            var list = new NodeList(_tree, _tree.Field(open.Node.Index, open.Field));
            while (open.Item < list.Count)
            {
                if (list[open.Item++] is { Exists: true } item)
                {
                    _open.Push(open);
                    Open(item);
                    return;
                }

                _json.Null();
            }

            _json.EndArray();
            open = open with { IsInList = false, Field = open.Field + 1 };
        }

        var fields = NodeShapes.Of(open.Node.Kind);
        for (; open.Field < fields.Length; open.Field++)
        {
            var field = fields[open.Field];
            if (field.Kind == FieldKind.Name || (field.IsTypeScript && !_isTypeScript))
            {
                continue;
            }

            _json.Name(Spellings.Property(field.Role));
            var content = _tree.Field(open.Node.Index, open.Field);
            if (field.Kind == FieldKind.List)
            {
                _json.BeginArray();
                _open.Push(open with { IsInList = true, Item = 0 });
                return;
            }

            if (content != 0)
            {
                _open.Push(open with { Field = open.Field + 1 });
                Open(new(_tree, content));
                return;
            }

            _json.Null();
        }

        _json.EndObject();
    }

    // TypeScript's parts of templates have their delimiters, ESTree's have not.
    private (int Start, int End) ExtentOf(Node node) =>
        _isTypeScript && node.Kind == NodeKind.TemplateElement
            ? (node.Start - 1, Math.Min(node.End + (node.Has(NodeFlags.Tail) ? 1 : 2), _tree.Source.Length))
            : (node.Start, node.End);

    /// <summary>A node of which more is to be written.</summary>
    private record struct OpenNode(Node Node)
    {
        /// <summary>The next field, or the list that is being written.</summary>
        public int Field { get; set; }

        public bool IsInList { get; set; }

        /// <summary>The next item of that list.</summary>
        public int Item { get; set; }
    }
}
