using System.Collections;

namespace Ecoscanner.JavaScript.Binding;

/// <summary>The references to one symbol, or to what is not declared.</summary>
public readonly struct ReferenceList : IReadOnlyList<Reference>, IEquatable<ReferenceList>
{
    private readonly SemanticModel? _model;
    private readonly int[] _nodes;
    private readonly int _start;

    internal ReferenceList(SemanticModel model, int[] nodes, int start, int count)
    {
        _model = model;
        _nodes = nodes;
        _start = start;
        Count = count;
    }

    public int Count { get; }

    public Reference this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return new(_model!, _nodes[_start + index]);
        }
    }

    public Enumerator GetEnumerator() => new(this);

    IEnumerator<Reference> IEnumerable<Reference>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool Equals(ReferenceList other) => ReferenceEquals(_model, other._model) && _start == other._start && Count == other.Count;

    public override bool Equals(object? obj) => obj is ReferenceList other && Equals(other);

    public override int GetHashCode() => _start;

    public static bool operator ==(ReferenceList left, ReferenceList right) => left.Equals(right);

    public static bool operator !=(ReferenceList left, ReferenceList right) => !left.Equals(right);

    /// <summary>Walks the references of a list.</summary>
    public struct Enumerator : IEnumerator<Reference>
    {
        private readonly ReferenceList _list;
        private int _index = -1;

        internal Enumerator(ReferenceList list) => _list = list;

        public readonly Reference Current => _list[_index];

        readonly object IEnumerator.Current => Current;

        public bool MoveNext() => ++_index < _list.Count;

        public void Reset() => _index = -1;

        public readonly void Dispose() { }
    }
}
