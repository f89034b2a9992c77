using System.Runtime.InteropServices;
using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Flow;

/// <summary>Where a function reads and writes its own variables, in the order of evaluation, and which of them nothing else writes.</summary>
internal sealed class VariableUses
{
    private const int NotOwn = -1;

    private const SymbolKinds Variables =
        SymbolKinds.Var
        | SymbolKinds.Let
        | SymbolKinds.Const
        | SymbolKinds.Using
        | SymbolKinds.Function
        | SymbolKinds.Class
        | SymbolKinds.Parameter
        | SymbolKinds.CatchParameter;

    private readonly ControlFlowGraph graph;
    private readonly SemanticModel model;
    private readonly bool isAliased;

    // By the number of a symbol: its number here.
    private readonly Dictionary<int, int> numbers = [];
    private readonly List<int> symbols = [];
    private readonly List<VariableUse> met = [];

    // How many writes with a value stand in the graph, by variable; all that the tree knows should.
    private readonly List<int> written = [];
    private readonly List<bool> isTracked = [];

    // The numbers of names that plain catch parameters have, and those that `var` declares.
    private readonly HashSet<int> caught = [];
    private readonly HashSet<int> declared = [];
    private readonly VariableUse[] sorted;
    private readonly int[] starts;

    public VariableUses(ControlFlowGraph graph, SemanticModel model)
    {
        this.graph = graph;
        this.model = model;
        isAliased = MayAliasParameters();
        for (var block = 0; block < graph.BlockCount; block++)
        {
            foreach (var node in graph.NodesOf(block).Span)
            {
                Meet(new(graph.Tree, node), block);
            }
        }

        for (var variable = 0; variable < Count; variable++)
        {
            isTracked[variable] &= MayTrack(SymbolOf(variable), written[variable]);
        }

        (sorted, starts) = Sort();
    }

    /// <summary>How many variables are used.</summary>
    public int Count => symbols.Count;

    /// <summary>How often they are.</summary>
    public int Total => sorted.Length;

    public Symbol SymbolOf(int variable) => new(model, symbols[variable]);

    /// <summary>The uses of one variable: block by block, and in the order of evaluation in each.</summary>
    public ReadOnlySpan<VariableUse> Of(int variable) => sorted.AsSpan(starts[variable], starts[variable + 1] - starts[variable]);

    public bool Tracks(Symbol symbol) =>
        symbol.Exists
        && (numbers.TryGetValue(symbol.Index, out var variable) ? variable != NotOwn && isTracked[variable] : MayTrack(symbol, 0) && IsOwn(symbol));

    public bool Tracks(int variable) => isTracked[variable];

    public void GiveUp(int variable) => isTracked[variable] = false;

    private void Meet(Node node, int block)
    {
        switch (node.Kind)
        {
            case NodeKind.FunctionDeclaration or NodeKind.ClassDeclaration:
                Add(node.Id, block, isWrite: true);
                break;
            case NodeKind.AssignmentExpression when node.Operator != TokenKind.Equals:
                AddCompound(node.Left.WithoutAssertions, block);
                break;
            case NodeKind.UpdateExpression:
                AddCompound(node.Argument.WithoutAssertions, block);
                break;
            case NodeKind.ForInStatement:
                Distrust(node.Left);
                break;
            case NodeKind.CatchClause when node.Param.Kind == NodeKind.Identifier:
                caught.Add(node.Param.NameNumber);
                break;
            case NodeKind.Identifier or NodeKind.JSXIdentifier:
                var flags = model.FlagsOf(node.Index);
                if (flags != ReferenceFlags.None)
                {
                    Add(node, block, isWrite: (flags & ReferenceFlags.Declaration) != 0 || (flags & ReferenceFlags.Read) == 0);
                }

                break;
        }
    }

    private void AddCompound(Node target, int block)
    {
        if (target.Kind == NodeKind.Identifier)
        {
            Add(target, block, isWrite: true);
        }
    }

    // for (var a = 1 in b): the value that comes first is written where nothing stands (ECMA-262 B.3.5).
    private void Distrust(Node left)
    {
        if (left.Kind != NodeKind.VariableDeclaration)
        {
            return;
        }

        foreach (var declarator in left.Declarations)
        {
            if (declarator.Init.Exists && NumberOf(declarator.Id) is >= 0 and var variable)
            {
                isTracked[variable] = false;
            }
        }
    }

    private void Add(Node identifier, int block, bool isWrite)
    {
        if (NumberOf(identifier) is not (>= 0 and var variable))
        {
            return;
        }

        met.Add(new(variable, identifier.Index, block, isWrite));
        if (!isWrite)
        {
            return;
        }

        var flags = model.FlagsOf(identifier.Index);
        written[variable] += (flags & ReferenceFlags.Write) != 0 ? 1 : 0;
        if ((flags & ReferenceFlags.Declaration) != 0 && SymbolOf(variable).Is(SymbolKinds.Var))
        {
            declared.Add(identifier.NameNumber);
        }
    }

    private int NumberOf(Node identifier)
    {
        var symbol = identifier.Exists ? model.SymbolNumberOf(identifier.Index) : 0;
        if (symbol == 0)
        {
            return NotOwn;
        }

        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, symbol, out var isKnown);
        if (isKnown)
        {
            return number;
        }

        number = IsOwn(new(model, symbol)) ? symbols.Count : NotOwn;
        if (number != NotOwn)
        {
            symbols.Add(symbol);
            written.Add(0);
            isTracked.Add(true);
        }

        return number;
    }

    private bool IsOwn(Symbol symbol)
    {
        var scope = symbol.Scope;
        if (scope.Kind is ScopeKind.FunctionName or ScopeKind.Class)
        {
            // The name of an expression is only for what is within.
            return false;
        }

        var place = scope.VarScope;
        return place.Kind switch
        {
            ScopeKind.FunctionBody => place.Node == graph.Node.Body,
            ScopeKind.ClassField => place.Node == graph.Node.Value,
            ScopeKind.Function or ScopeKind.StaticBlock or ScopeKind.Module or ScopeKind.Script => place.Node == graph.Node,
            _ => false,
        };
    }

    // Whether what stands in the graph is all that writes it.
    private bool MayTrack(Symbol symbol, int writes) =>
        (symbol.Kinds & SymbolKinds.Values & ~Variables) == 0
        && symbol.Is(Variables)
        && !symbol.IsHoisted
        && !symbol.Scope.HasDynamicCode
        && !(isAliased && symbol.Is(SymbolKinds.Parameter))
        && !TakesValueOfParameter(symbol)
        && !IsConfusedWithCaught(symbol)
        && writes == WritesOf(symbol);

    private int WritesOf(Symbol symbol)
    {
        var count = 0;
        foreach (var reference in symbol.References)
        {
            count += reference.IsWrite ? 1 : 0;
        }

        foreach (var declaration in symbol.Declarations)
        {
            // An overload of TypeScript's does nothing.
            var isWrite = (model.FlagsOf(declaration.Index) & ReferenceFlags.Write) != 0;
            count += isWrite && graph.Tree.ParentOf(declaration).Kind != NodeKind.TSDeclareFunction ? 1 : 0;
        }

        return count;
    }

    // In sloppy code `arguments` and plain parameters are the same (ECMA-262 10.4.4).
    private bool MayAliasParameters()
    {
        var parameters = graph.Node.Kind is NodeKind.FunctionDeclaration or NodeKind.FunctionExpression ? graph.Node.Params : default;
        foreach (var parameter in parameters)
        {
            if (parameter.Kind != NodeKind.Identifier)
            {
                return false;
            }
        }

        return parameters.Count > 0 && model.ScopeOf(graph.Node) is { IsStrict: false } scope && scope.Find("arguments").Is(SymbolKinds.Arguments);
    }

    // A `var` apart from its parameter, function (a, b = 1) { var a }, begins with that one's value (ECMA-262 10.2.11).
    private static bool TakesValueOfParameter(Symbol symbol) => symbol.Scope is { Kind: ScopeKind.FunctionBody } scope && scope.Parent.Find(symbol.Name).Exists;

    // catch (a) { var a = 1 } declares the one and writes the other (ECMA-262 B.3.4).
    private bool IsConfusedWithCaught(Symbol symbol)
    {
        if (caught.Count == 0 || declared.Count == 0 || !symbol.Is(SymbolKinds.Var | SymbolKinds.CatchParameter))
        {
            return false;
        }

        var name = symbol.Declarations[0].NameNumber;
        return caught.Contains(name) && declared.Contains(name);
    }

    private (VariableUse[] Sorted, int[] Starts) Sort()
    {
        var first = new int[Count + 1];
        foreach (var use in met)
        {
            first[use.Variable + 1]++;
        }

        for (var variable = 0; variable < Count; variable++)
        {
            first[variable + 1] += first[variable];
        }

        var next = (int[])first.Clone();
        var all = new VariableUse[met.Count];
        foreach (var use in met)
        {
            all[next[use.Variable]++] = use;
        }

        return (all, first);
    }
}
