using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Tests.Values;

/// <summary>The nodes at the places of a program's trees.</summary>
internal sealed class ProgramNodes
{
    private readonly Dictionary<Place, List<Node>> byPlace = [];

    public ProgramNodes(IEnumerable<KeyValuePair<string, SyntaxTree>> trees)
    {
        foreach (var (name, tree) in trees)
        {
            for (var index = 1; index <= tree.NodeCount; index++)
            {
                var node = tree.NodeAt(index);
                var place = new Place(name, node.Start, node.End);
                if (!byPlace.TryGetValue(place, out var nodes))
                {
                    byPlace[place] = nodes = [];
                }

                nodes.Add(node);
            }
        }
    }

    /// <summary>All nodes with that very span, inner ones first.</summary>
    public IReadOnlyList<Node> At(Place place) => byPlace.GetValueOrDefault(place) ?? [];
}
