namespace Ecoscanner.JavaScript.Syntax;

/// <summary>A few numbers on the stack, or more of them on the heap.</summary>
internal ref struct ValueList(Span<int> room)
{
    private Span<int> _room = room;
    private int _count;

    public readonly ReadOnlySpan<int> Items => _room[.._count];

    /// <summary>The last number, to read or change it.</summary>
    public readonly ref int Last => ref _room[_count - 1];

    public void RemoveLast() => _count--;

    public void Add(int item)
    {
        if (_count == _room.Length)
        {
            var larger = new int[_count * 2];
            _room.CopyTo(larger);
            _room = larger;
        }

        _room[_count++] = item;
    }
}
