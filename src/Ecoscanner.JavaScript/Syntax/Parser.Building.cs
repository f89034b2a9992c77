using System.Buffers;
using System.Runtime.CompilerServices;

namespace Ecoscanner.JavaScript.Syntax;

/// <remarks>Nodes and lists are appended to two arrays; a list's items wait on a stack until the list ends.</remarks>
internal sealed partial class Parser
{
    // What a first guess at the room takes; both arrays are borrowed and grow, and the tree gets copies of their exact size.
    private const int CharactersPerNode = 6;
    private const int CharactersPerListEntry = 8;

    private NodeRecord[] _nodes;
    private int _nodeCount;
    private int[] _lists;
    private int _listCount = 1;
    private int[] _pending = new int[256];
    private int _pendingCount;

    /// <summary>A node that ends where the token before the current one ended.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Finish(NodeKind kind, int start, int a = 0, int b = 0, int c = 0, NodeFlags flags = NodeFlags.None, byte detail = 0) =>
        Add(kind, start, _lexer.PreviousEnd, a, b, c, flags, detail);

    /// <summary>A node of a kind with more fields than a record holds; see <see cref="NodeShapes"/> for their order.</summary>
    private int FinishWide(NodeKind kind, int start, ReadOnlySpan<int> fields, NodeFlags flags = NodeFlags.None, byte detail = 0)
    {
        var place = _listCount;
        Reserve(fields.Length);
        fields.CopyTo(_lists.AsSpan(place));
        _listCount += fields.Length;
        return Add(kind, start, _lexer.PreviousEnd, place, 0, 0, flags, detail);
    }

    private int Add(NodeKind kind, int start, int end, int a = 0, int b = 0, int c = 0, NodeFlags flags = NodeFlags.None, byte detail = 0)
    {
        var index = ++_nodeCount;
        var nodes = _nodes;
        if ((uint)index >= (uint)nodes.Length)
        {
            nodes = GrowNodes();
        }

        ref var node = ref nodes[index];
        node.Kind = kind;
        node.Detail = detail;
        node.Flags = flags;
        node.Start = start;
        node.End = end;
        node.A = a;
        node.B = b;
        node.C = c;
        return index;
    }

    /// <summary>The record of a node, to change it. Not to be kept: the array may move.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref NodeRecord NodeAt(int index) => ref _nodes[index];

    private int StartOf(int index) => _nodes[index].Start;

    private NodeKind KindOf(int index) => _nodes[index].Kind;

    /// <summary>The place of a wide node's field, to read or change it.</summary>
    private ref int WideField(int index, int field) => ref _lists[_nodes[index].A + field];

    /// <summary>Begins a list: what is pushed from here on belongs to it.</summary>
    private int BeginList() => _pendingCount;

    private void Push(int node)
    {
        if (_pendingCount == _pending.Length)
        {
            Array.Resize(ref _pending, _pendingCount * 2);
        }

        _pending[_pendingCount++] = node;
    }

    /// <summary>Ends the list that began there; 0 is the empty list.</summary>
    private int EndList(int begin)
    {
        var count = _pendingCount - begin;
        if (count == 0)
        {
            return 0;
        }

        Reserve(count + 1);
        var place = _listCount;
        _lists[place] = count;
        _pending.AsSpan(begin, count).CopyTo(_lists.AsSpan(place + 1));
        _listCount += count + 1;
        _pendingCount = begin;
        return place;
    }

    /// <summary>A list of one.</summary>
    private int ListOf(int node)
    {
        Reserve(2);
        var place = _listCount;
        _lists[place] = 1;
        _lists[place + 1] = node;
        _listCount += 2;
        return place;
    }

    /// <summary>The items of a finished list.</summary>
    private ReadOnlySpan<int> ItemsOf(int list) => _lists.AsSpan(list + 1, _lists[list]);

    private void Reserve(int count)
    {
        if (_listCount + count > _lists.Length)
        {
            _lists = Grown(_lists, count);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private NodeRecord[] GrowNodes() => _nodes = Grown(_nodes, 1);

    private static T[] Grown<T>(T[] full, int count)
    {
        var larger = ArrayPool<T>.Shared.Rent(Math.Max(full.Length * 2, full.Length + count));
        full.AsSpan().CopyTo(larger);
        ArrayPool<T>.Shared.Return(full);
        return larger;
    }

    // A copy for the tree to keep; what was borrowed goes back.
    private static T[] Keep<T>(ref T[] borrowed, int used)
    {
        var kept = GC.AllocateUninitializedArray<T>(used);
        borrowed.AsSpan(0, used).CopyTo(kept);
        ArrayPool<T>.Shared.Return(borrowed);
        borrowed = [];
        return kept;
    }
}
