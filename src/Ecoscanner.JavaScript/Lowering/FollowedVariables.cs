using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Flow;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Lowering;

/// <summary>
/// Which variables are worth to be told apart by where they are written: those that one function writes several times, counting aside
/// (<c>i++</c>). Only functions with such variables have their <see cref="Definitions"/> made.
/// </summary>
internal sealed class FollowedVariables
{
    private readonly SemanticModel model;
    private readonly SyntaxTree tree;

    private const SymbolKinds WrittenWhereCounted =
        SymbolKinds.Var
        | SymbolKinds.Let
        | SymbolKinds.Const
        | SymbolKinds.Using
        | SymbolKinds.Function
        | SymbolKinds.Class
        | SymbolKinds.Parameter
        | SymbolKinds.CatchParameter
        | SymbolKinds.Import;

    // By the number of a symbol: how often it is written, and how often but for counting.
    private readonly byte[] writes;
    private readonly byte[] changes;
    private readonly HashSet<int> functions = [];

    public FollowedVariables(SemanticModel model)
    {
        this.model = model;
        tree = model.Tree;
        writes = new byte[model.SymbolCount + 1];
        CountAssignments();
        CountDeclarations();
        changes = (byte[])writes.Clone();
        LeaveOutCounting();
        FindFunctions();
    }

    /// <summary>Whether a function, or the program, has any.</summary>
    public bool Has(int function) => functions.Contains(function);

    public bool Follows(int symbol) => changes[symbol] > 1;

    /// <summary>Whether nothing writes it but its declaration.</summary>
    public bool IsWrittenOnce(int symbol)
    {
        ref readonly var known = ref model.Symbols.At(symbol);
        return writes[symbol] <= 1 && (known.Kinds & SymbolKinds.Values & ~WrittenWhereCounted) == 0 && (known.Marks & SymbolMarks.Hoisted) == 0;
    }

    /// <summary>Whether something beside its function reads it: a function within, another module.</summary>
    public bool IsSeenElsewhere(int symbol)
    {
        if (!seenElsewhere.TryGetValue(symbol, out var isSeen))
        {
            isSeen = FindElsewhere(symbol);
            seenElsewhere.Add(symbol, isSeen);
        }

        return isSeen;
    }

    private readonly Dictionary<int, bool> seenElsewhere = [];

    private bool FindElsewhere(int symbol)
    {
        if ((model.Symbols.At(symbol).Marks & SymbolMarks.Exported) != 0)
        {
            return true;
        }

        var own = model.Scopes[model.Symbols.At(symbol).Scope].VarScope;
        foreach (var reference in model.ReferencesOf(symbol))
        {
            if (!IsWithin(model.ScopeOf(reference.Node).Index, own))
            {
                return true;
            }
        }

        return false;
    }

    // Whether a scope is of the function, or the like, that makes the other: a body's parameters are it, too.
    private bool IsWithin(int scope, int own)
    {
        var function = FunctionAround(model.Scopes[scope].VarScope);
        return function == FunctionAround(own);
    }

    private int FunctionAround(int varScope)
    {
        ref readonly var scope = ref model.Scopes[varScope];
        return scope.Kind == ScopeKind.FunctionBody ? scope.Parent : varScope;
    }

    private void CountAssignments()
    {
        foreach (var node in model.ReferenceNodes.AsSpan(0, model.ReferenceCount))
        {
            if ((model.FlagsOf(node) & ReferenceFlags.Write) != 0)
            {
                Count(model.SymbolNumberOf(node));
            }
        }
    }

    // Where it stands in a count, it is a number whichever it is.
    private void LeaveOutCounting()
    {
        for (var index = 1; index <= tree.NodeCount; index++)
        {
            ref readonly var node = ref tree.Nodes[index];
            if (node.Kind == NodeKind.UpdateExpression && tree.Nodes[node.A].Kind == NodeKind.Identifier)
            {
                ref var count = ref changes[model.SymbolNumberOf(node.A)];
                count -= (byte)(count is > 0 and < byte.MaxValue ? 1 : 0);
            }
        }
    }

    private void CountDeclarations()
    {
        const SymbolKinds GivenBefore = SymbolKinds.Parameter | SymbolKinds.CatchParameter;
        for (var symbol = 1; symbol <= model.SymbolCount; symbol++)
        {
            ref readonly var known = ref model.Symbols.At(symbol);
            // With a default it is written where it stands, like any other.
            if ((known.Kinds & GivenBefore) != 0 && (model.FlagsOf(known.Declaration) & ReferenceFlags.Write) == 0)
            {
                Count(symbol);
            }

            if (known.MoreDeclarations != 0)
            {
                foreach (var declaration in model.Symbols.DeclarationsOf(symbol))
                {
                    CountDeclaration(symbol, declaration);
                }
            }
            else if (known.Declaration != 0)
            {
                CountDeclaration(symbol, known.Declaration);
            }
        }
    }

    private void CountDeclaration(int symbol, int declaration)
    {
        if ((model.FlagsOf(declaration) & ReferenceFlags.Write) != 0)
        {
            Count(symbol);
        }
    }

    private void Count(int symbol) => writes[symbol] += (byte)(writes[symbol] < byte.MaxValue ? 1 : 0);

    private void FindFunctions()
    {
        changes[0] = 0;
        for (var symbol = 1; symbol <= model.SymbolCount; symbol++)
        {
            if (changes[symbol] <= 1)
            {
                continue;
            }

            ref readonly var scope = ref model.Scopes[FunctionAround(model.Scopes[model.Symbols.At(symbol).Scope].VarScope)];
            if (scope.Kind is ScopeKind.Function or ScopeKind.Script or ScopeKind.Module)
            {
                functions.Add(scope.Node);
            }
            else
            {
                changes[symbol] = 0;
            }
        }
    }
}
