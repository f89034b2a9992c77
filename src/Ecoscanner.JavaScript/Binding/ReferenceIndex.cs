namespace Ecoscanner.JavaScript.Binding;

/// <summary>The references of one tree, symbol by symbol; made when first asked for.</summary>
internal sealed class ReferenceIndex
{
    // Those of symbol s stand from _starts[s] to _starts[s + 1]; 0 is what is not declared.
    private readonly int[] _starts;
    private readonly int[] _nodes;

    public ReferenceIndex(ReadOnlySpan<int> references, int[] symbolOf, int symbolCount)
    {
        _starts = new int[symbolCount + 2];
        _nodes = new int[references.Length];
        foreach (var node in references)
        {
            _starts[symbolOf[node] + 2]++;
        }

        for (var symbol = 2; symbol < _starts.Length; symbol++)
        {
            _starts[symbol] += _starts[symbol - 1];
        }

        foreach (var node in references)
        {
            _nodes[_starts[symbolOf[node] + 1]++] = node;
        }
    }

    public ReferenceList Of(SemanticModel model, int symbol) => new(model, _nodes, _starts[symbol], _starts[symbol + 1] - _starts[symbol]);
}
