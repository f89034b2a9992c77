namespace Ecoscanner.JavaScript.Syntax;

/// <summary>Walks the children of a node without allocating.</summary>
public struct ChildEnumerator
{
    private readonly Node _node;
    private int _field = -1;
    private int _item;
    private NodeList _list;

    internal ChildEnumerator(Node node) => _node = node;

    public Node Current { get; private set; }

    public readonly ChildEnumerator GetEnumerator() => this;

    public bool MoveNext()
    {
        while (true)
        {
            while (_item < _list.Count)
            {
                Current = _list[_item++];
                if (Current.Exists)
                {
                    return true;
                }
            }

            var fields = NodeShapes.Of(_node.Kind);
            if (++_field >= fields.Length)
            {
                return false;
            }

            switch (fields[_field].Kind)
            {
                case FieldKind.Node:
                    Current = new(_node.Tree, _node.Tree.Field(_node.Index, _field));
                    if (Current.Exists)
                    {
                        return true;
                    }

                    break;
                case FieldKind.List:
                    _list = new(_node.Tree, _node.Tree.Field(_node.Index, _field));
                    _item = 0;
                    break;
                default:
                    break;
            }
        }
    }
}
