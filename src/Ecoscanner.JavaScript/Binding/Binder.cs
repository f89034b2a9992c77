using System.Runtime.CompilerServices;
using Ecoscanner.JavaScript.Diagnostics;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Binding;

/// <summary>
/// Finds what the names of a tree mean, in two passes. The first walks the tree, makes scopes and symbols, and writes down in one list of events
/// where scopes begin and end and which identifiers refer. Then all declarations are known, hoisted ones too, and the second
/// pass goes through the events with a table of what each name means at the moment. Both take time in proportion to the tree however deep it is:
/// what is still to do stands on a stack of its own.
/// </summary>
internal sealed partial class Binder
{
    // Measured over TypeScript's own compiler: what is too small grows, what is too large costs memory.
    private const int NodesPerEvent = 3;
    private const int NodesPerSymbol = 12;
    private const int NodesPerScope = 24;

    private readonly SyntaxTree _tree;
    private readonly NodeRecord[] _nodes;
    private readonly int[] _lists;
    private readonly DiagnosticBag _diagnostics = new();
    private readonly SymbolTable _symbols;
    private readonly int[] _symbolOf;
    private readonly ReferenceFlags[] _flagsOf;

    // TypeScript, or Flow read like it: declarations merge, and types have names too.
    private readonly bool _isTyped;
    private readonly bool _isAmbient;

    private ScopeRecord[] _scopes;
    private int _scopeCount = 1;
    private int[] _events;
    private int _eventCount;
    private ulong[] _work = new ulong[256];
    private int _workCount;

    // Where the walk is: the innermost scope, and the one that `arguments` belongs to.
    private int _scope;
    private int _function;
    private bool _isStrict;
    private bool _hasDynamicScopes;

    private Binder(SyntaxTree tree)
    {
        _tree = tree;
        _nodes = tree.Nodes;
        _lists = tree.Lists;
        _isTyped = tree.Options.TypeScript || tree.IsFlow;
        _isAmbient = tree.Options.Ambient;
        _symbols = new((tree.NodeCount / NodesPerSymbol) + 16);
        _symbolOf = new int[tree.NodeCount + 1];
        _flagsOf = new ReferenceFlags[tree.NodeCount + 1];
        _scopes = new ScopeRecord[(tree.NodeCount / NodesPerScope) + 8];
        _events = new int[(tree.NodeCount / NodesPerEvent) + 16];
    }

    /// <summary>Binds a tree; any tree will do.</summary>
    public static SemanticModel Bind(SyntaxTree tree)
    {
        var binder = new Binder(tree);
        binder.Walk(tree.Root.Index);
        binder.HoistFunctions();
        binder.Resolve();
        var exports = binder.FinishExports();
        return new(tree, binder._symbols, binder._symbolOf, binder._flagsOf)
        {
            Scopes = binder._scopes,
            ScopeCount = binder._scopeCount - 1,
            ReferenceNodes = binder._events,
            ReferenceCount = binder._eventCount,
            HasDynamicScopes = binder._hasDynamicScopes,
            Exports = exports,
            Diagnostics = binder._diagnostics.Sorted(),
        };
    }

    private void Walk(int root)
    {
        Push(Step.Visit, root);
        while (_workCount > 0)
        {
            var item = _work[--_workCount];
            var node = (int)item;
            if ((item >> 32) == (ulong)Step.Visit)
            {
                Visit(node);
            }
            else
            {
                Do((Step)(byte)(item >> 32), node, (int)(item >> 40));
            }
        }
    }

    private void Do(Step step, int node, int argument)
    {
        switch (step)
        {
            case Step.Assign:
                Assign(node, (ReferenceFlags)argument);
                break;
            case Step.Bind:
                BindTarget(node, argument);
                break;
            case Step.Method:
                VisitMethod(node);
                break;
            case Step.Branch:
                VisitBranch(node);
                break;
            case Step.FunctionBody:
                EnterFunctionBody(node);
                break;
            case Step.LeaveFunction:
                _function = node;
                _isStrict = argument != 0;
                break;
            case Step.CatchBody:
                VisitBlock(node, ScopeMarks.BelowParameters);
                break;
            case Step.Cases:
                EnterCases(node);
                break;
            case Step.With:
                EnterWith(node);
                break;
            case Step.Class:
                EnterClass(node);
                break;
            case Step.FieldValue:
                EnterFieldValue(node);
                break;
            case Step.Initialize:
                _symbols.At(node).InitializedAt = _eventCount;
                break;
            case Step.Exports:
                ExportDeclared(node);
                break;
            case Step.ConditionalType:
                EnterConditionalType(node);
                break;
            case Step.EndOfInference:
                _inferring.Pop();
                break;
            default:
                ExitScope();
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Push(Step step, int node, int argument = 0)
    {
        if (_workCount == _work.Length)
        {
            Array.Resize(ref _work, _workCount * 2);
        }

        _work[_workCount++] = (uint)node | ((ulong)step << 32) | ((ulong)(uint)argument << 40);
    }

    /// <summary>Leaves out what does not exist.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void PushVisit(int node)
    {
        if (node != 0)
        {
            Push(Step.Visit, node);
        }
    }

    // What is pushed last is done first.
    private void PushList(int list, Step step = Step.Visit, int argument = 0)
    {
        for (var item = list + _lists[list]; item > list; item--)
        {
            if (_lists[item] != 0)
            {
                Push(step, _lists[item], argument);
            }
        }
    }

    // For kinds without names of their own: their children in the order of their roles.
    private void PushChildren(int index)
    {
        var fields = NodeShapes.Of(_nodes[index].Kind);
        for (var place = fields.Length - 1; place >= 0; place--)
        {
            switch (fields[place].Kind)
            {
                case FieldKind.Node:
                    PushVisit(_tree.Field(index, place));
                    break;
                case FieldKind.List:
                    PushList(_tree.Field(index, place));
                    break;
                default:
                    break;
            }
        }
    }

    private ReadOnlySpan<int> ItemsOf(int list) => _lists.AsSpan(list + 1, _lists[list]);

    private NodeKind KindOf(int index) => _nodes[index].Kind;

    private bool Has(int index, NodeFlags flags) => (_nodes[index].Flags & flags) != 0;

    /// <summary>What is left to do with a node, beside visiting it.</summary>
    private enum Step : byte
    {
        Visit,

        /// <summary>Assign to it, with flags of a reference.</summary>
        Assign,

        /// <summary>Declare it: a name or a pattern; see <see cref="BindTarget"/>.</summary>
        Bind,
        Method,

        /// <summary>A function as the body of an <c>if</c>.</summary>
        Branch,
        FunctionBody,
        LeaveFunction,
        CatchBody,
        Cases,
        With,
        Class,
        FieldValue,

        /// <summary>From here on the symbol (no node) has a value.</summary>
        Initialize,
        Exports,
        ConditionalType,
        EndOfInference,
        ExitScope,
    }
}
