using System.Collections;

namespace Ecoscanner.JavaScript.Syntax;

/// <summary>Nodes in the order of the source; a hole (<c>[a, , b]</c>) is a node that does not exist.</summary>
public readonly struct NodeList : IReadOnlyList<Node>, IEquatable<NodeList>
{
    private readonly SyntaxTree? _tree;
    private readonly int _place;

    internal NodeList(SyntaxTree tree, int place)
    {
        _tree = tree;
        _place = place;
    }

    public int Count => _tree is null ? 0 : _tree.Lists[_place];

    public Node this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return new(_tree!, _tree!.Lists[_place + 1 + index]);
        }
    }

    /// <summary>The numbers of the nodes in their tree; 0 is a hole.</summary>
    internal ReadOnlySpan<int> Indexes => _tree is null ? [] : _tree.Lists.AsSpan(_place + 1, Count);

    public Enumerator GetEnumerator() => new(this);

    IEnumerator<Node> IEnumerable<Node>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool Equals(NodeList other) => ReferenceEquals(_tree, other._tree) && _place == other._place;

    public override bool Equals(object? obj) => obj is NodeList other && Equals(other);

    public override int GetHashCode() => _place;

    public static bool operator ==(NodeList left, NodeList right) => left.Equals(right);

    public static bool operator !=(NodeList left, NodeList right) => !left.Equals(right);

    /// <summary>Walks the nodes of a list.</summary>
    public struct Enumerator : IEnumerator<Node>
    {
        private readonly NodeList _list;
        private readonly int _count;
        private int _index = -1;

        internal Enumerator(NodeList list)
        {
            _list = list;
            _count = list.Count;
        }

        public readonly Node Current => new(_list._tree!, _list._tree!.Lists[_list._place + 1 + _index]);

        readonly object IEnumerator.Current => Current;

        public bool MoveNext() => ++_index < _count;

        public void Reset() => _index = -1;

        public readonly void Dispose() { }
    }
}
