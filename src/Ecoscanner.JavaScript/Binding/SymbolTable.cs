using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Ecoscanner.JavaScript.Binding;

/// <summary>All symbols of a tree, found by scope and name in one hash table.</summary>
internal sealed class SymbolTable
{
    // Random and odd, so that a source can't be written whose symbols all share a slot.
    private static readonly ulong Factor = ((ulong)RandomNumberGenerator.GetInt32(int.MaxValue) << 33) | 0x9E3779B97 | 1;

    private SymbolRecord[] _records;
    private int[] _slots;
    private int _shift;
    private Declaration[] _more = [];
    private int _moreCount = 1;

    public SymbolTable(int capacity)
    {
        _records = new SymbolRecord[Math.Max(16, capacity)];
        var bits = 5;
        while ((1 << bits) < capacity)
        {
            bits++;
        }

        _slots = new int[1 << bits];
        _shift = 64 - bits;
    }

    /// <summary>How many numbers are in use; numbers run from 1 to one below it.</summary>
    public int Count { get; private set; } = 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref SymbolRecord At(int symbol) => ref _records[symbol];

    /// <summary>The symbol of that name in that scope itself, or 0.</summary>
    public int Find(int scope, int name)
    {
        var slots = _slots;
        for (var slot = SlotOf(scope, name); ; slot++)
        {
            var symbol = slots[slot & (slots.Length - 1)];
            if (symbol == 0)
            {
                return 0;
            }

            ref readonly var record = ref _records[symbol];
            if (record.Name == name && record.Scope == scope)
            {
                return symbol;
            }
        }
    }

    /// <summary>A new symbol, which that scope must not have yet.</summary>
    public int Add(ref ScopeRecord scope, int scopeIndex, int name, SymbolKinds kinds)
    {
        if (Count == _records.Length)
        {
            Array.Resize(ref _records, Count + (Count / 2));
        }

        if (Count > _slots.Length - (_slots.Length / 3))
        {
            Grow();
        }

        var symbol = Count++;
        ref var record = ref _records[symbol];
        record.Name = name;
        record.Scope = scopeIndex;
        record.Kinds = kinds;
        if (scope.FirstSymbol == 0)
        {
            scope.FirstSymbol = symbol;
        }
        else
        {
            _records[scope.LastSymbol].Next = symbol;
        }

        scope.LastSymbol = symbol;
        Place(symbol);
        return symbol;
    }

    public void AddDeclaration(int symbol, int node)
    {
        ref var record = ref _records[symbol];
        if (record.Declaration == 0)
        {
            record.Declaration = node;
            return;
        }

        if (_moreCount >= _more.Length)
        {
            Array.Resize(ref _more, Math.Max(16, _moreCount * 2));
        }

        _more[_moreCount] = new(node, record.MoreDeclarations);
        record.MoreDeclarations = _moreCount++;
    }

    /// <summary>The identifiers that declare it, in the order of the source.</summary>
    public int[] DeclarationsOf(int symbol)
    {
        ref readonly var record = ref _records[symbol];
        if (record.Declaration == 0)
        {
            return [];
        }

        var count = 1;
        for (var at = record.MoreDeclarations; at != 0; at = _more[at].Previous)
        {
            count++;
        }

        var nodes = new int[count];
        nodes[0] = record.Declaration;
        for (var at = record.MoreDeclarations; at != 0; at = _more[at].Previous)
        {
            nodes[--count] = _more[at].Node;
        }

        return nodes;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int SlotOf(int scope, int name) => (int)(((((ulong)(uint)scope << 32) | (uint)name) * Factor) >> _shift);

    private void Place(int symbol)
    {
        ref readonly var record = ref _records[symbol];
        var slot = SlotOf(record.Scope, record.Name) & (_slots.Length - 1);
        while (_slots[slot] != 0)
        {
            slot = (slot + 1) & (_slots.Length - 1);
        }

        _slots[slot] = symbol;
    }

    private void Grow()
    {
        _slots = new int[_slots.Length * 2];
        _shift--;
        for (var symbol = 1; symbol < Count; symbol++)
        {
            Place(symbol);
        }
    }

    private readonly record struct Declaration(int Node, int Previous);
}
