using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Flow;

/// <summary>Numbers what the variables of a function are written with: the cheap ones first, then the others one by one.</summary>
internal sealed partial class DefinitionBuilder
{
    private const int None = Definitions.None;

    private const SymbolKinds WrittenBeforeRead =
        SymbolKinds.Let | SymbolKinds.Const | SymbolKinds.Using | SymbolKinds.Function | SymbolKinds.Class | SymbolKinds.Parameter | SymbolKinds.CatchParameter;

    private readonly ControlFlowGraph graph;
    private readonly VariableUses uses;
    private DominatorTree? dominators;

    public DefinitionBuilder(ControlFlowGraph graph, VariableUses uses)
    {
        this.graph = graph;
        this.uses = uses;
    }

    public List<Definition> All { get; } = [];

    /// <summary>By identifier: the definition that it reads.</summary>
    public Dictionary<int, int> Reads { get; } = [];

    /// <summary>By identifier: the definition that it makes.</summary>
    public Dictionary<int, int> Writes { get; } = [];

    public bool GaveUp { get; private set; }

    private DominatorTree Dominators => dominators ??= DominatorTree.Of(graph.Forth, graph.Back, graph.Entry.Index);

    public void Build()
    {
        var hard = new List<int>();
        for (var variable = 0; variable < uses.Count; variable++)
        {
            if (!uses.Tracks(variable))
            {
                continue;
            }

            if (IsWrittenOnce(variable, out var write))
            {
                ReadAll(variable, Write(write));
            }
            else
            {
                hard.Add(variable);
            }
        }

        if (hard.Count == 0)
        {
            return;
        }

        var placement = new MergePlacement(graph, Dominators, uses.Total);
        (incoming, outgoing) = (new int[graph.BlockCount], new int[graph.BlockCount]);
        Array.Fill(incoming, None);
        Array.Fill(outgoing, None);
        foreach (var variable in hard)
        {
            if (!placement.Place(uses.Of(variable)))
            {
                GaveUp = true;
                uses.GiveUp(variable);
                continue;
            }

            Number(variable, placement);
        }
    }

    // Whether there is one writing, and every reading comes after it or throws.
    private bool IsWrittenOnce(int variable, out VariableUse write)
    {
        write = default;
        var count = 0;
        foreach (var use in uses.Of(variable))
        {
            if (use.IsWrite && count++ == 0)
            {
                write = use;
            }
        }

        return count == 1 && (uses.SymbolOf(variable).Is(WrittenBeforeRead) || ComesFirst(variable, write));
    }

    private bool ComesFirst(int variable, VariableUse write)
    {
        if (!graph.RecordOf(write.Block).IsReachable || MayThrow(write.Block))
        {
            return false;
        }

        var isWritten = false;
        foreach (var use in uses.Of(variable))
        {
            isWritten |= use.IsWrite;
            if (
                !use.IsWrite && !(use.Block == write.Block ? isWritten : !graph.RecordOf(use.Block).IsReachable || Dominators.Dominates(write.Block, use.Block))
            )
            {
                return false;
            }
        }

        return true;
    }

    private bool MayThrow(int block)
    {
        for (var at = graph.Forth.Starts[block]; at < graph.Forth.Starts[block + 1]; at++)
        {
            if (graph.ForthKinds[at] == FlowEdgeKind.Exception)
            {
                return true;
            }
        }

        return false;
    }

    private void ReadAll(int variable, int definition)
    {
        foreach (var use in uses.Of(variable))
        {
            if (!use.IsWrite && graph.RecordOf(use.Block).IsReachable)
            {
                Reads[use.Node] = definition;
            }
        }
    }

    private int Write(VariableUse use)
    {
        Writes[use.Node] = All.Count;
        return Add(DefinitionKind.Write, uses.SymbolOf(use.Variable), new(graph.Tree, use.Node), use.Block);
    }

    private int Add(DefinitionKind kind, Symbol symbol, Node node, int block)
    {
        All.Add(new(kind, symbol, node, graph.BlockAt(block), []));
        return All.Count - 1;
    }
}
