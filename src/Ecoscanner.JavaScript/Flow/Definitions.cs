using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Flow;

/// <summary>
/// Which writing of a variable a reading of it sees: the static-single-assignment form of one function. It does not change and may be read by
/// several threads.
/// </summary>
/// <remarks>
/// Variables are followed that are declared in the function and that nothing else writes: no function within it, no <c>eval</c> or <c>with</c>,
/// no <c>arguments</c>. A function within it that reads one has no say here. Other scripts of a page are not thought of.
/// </remarks>
public sealed class Definitions
{
    /// <summary>The number where there is no definition.</summary>
    public const int None = -1;

    private readonly VariableUses uses;
    private readonly DefinitionBuilder builder;

    private Definitions(ControlFlowGraph graph, SemanticModel model)
    {
        Graph = graph;
        uses = new(graph, model);
        builder = new(graph, uses);
        builder.Build();
    }

    public ControlFlowGraph Graph { get; }

    /// <summary>How many there are; they are numbered from 0.</summary>
    public int Count => builder.All.Count;

    /// <summary>Whether it was too much, and some variables are not followed that might have been.</summary>
    public bool GaveUp => builder.GaveUp;

    public static Definitions Of(ControlFlowGraph graph, SemanticModel model)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(model);
        return graph.Tree == model.Tree ? new(graph, model) : throw new ArgumentException("the model is of another tree", nameof(model));
    }

    public Definition At(int index) => builder.All[index];

    /// <summary>Whether the variable is followed here, so that what is not said to write it does not.</summary>
    public bool Tracks(Symbol symbol) => uses.Tracks(symbol);

    /// <summary>The definition that an identifier reads; -1 where it reads none, its variable is not followed, or control does not come there.</summary>
    public int DefinitionOf(Node read) => read.Exists ? builder.Reads.GetValueOrDefault(read.Index, None) : None;

    /// <summary>
    /// The definition that an identifier makes where it is written: in <c>a += 1</c>, <c>a++</c> and <c>a ||= 1</c> it is read before. -1 where it
    /// writes none, or its variable is not followed.
    /// </summary>
    public int WriteOf(Node identifier) => identifier.Exists ? builder.Writes.GetValueOrDefault(identifier.Index, None) : None;
}
