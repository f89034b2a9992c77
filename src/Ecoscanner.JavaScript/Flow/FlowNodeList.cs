using System.Collections;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Flow;

/// <summary>The nodes of a block.</summary>
public readonly struct FlowNodeList : IReadOnlyList<Node>
{
    private readonly SyntaxTree tree;
    private readonly ReadOnlyMemory<int> nodes;

    internal FlowNodeList(SyntaxTree tree, ReadOnlyMemory<int> nodes)
    {
        this.tree = tree;
        this.nodes = nodes;
    }

    public int Count => nodes.Length;

    public Node this[int index] => tree.NodeAt(nodes.Span[index]);

    public IEnumerator<Node> GetEnumerator()
    {
        for (var index = 0; index < Count; index++)
        {
            yield return this[index];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
