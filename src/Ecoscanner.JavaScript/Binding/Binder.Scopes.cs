using System.Runtime.CompilerServices;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Binding;

/// <remarks>Scopes, and the events that the second pass goes by.</remarks>
internal sealed partial class Binder
{
    // An event is an identifier's number, or the complement of a scope's or symbol's number and two bits that say what happens.
    private const int EnterEvent = 0;
    private const int ExitEvent = 1;
    private const int HoistEvent = 2;

    // Functions in blocks of sloppy code, whose blocks have not ended yet.
    private readonly Stack<int> _hoistable = new();
    private bool _hasHoistable;

    private int EnterScope(ScopeKind kind, int node, int start, int end, ScopeMarks marks = ScopeMarks.None)
    {
        if (_scopeCount == _scopes.Length)
        {
            Array.Resize(ref _scopes, _scopeCount + (_scopeCount / 2));
        }

        var index = _scopeCount++;
        ref var scope = ref _scopes[index];
        scope.Node = node;
        scope.Parent = _scope;
        scope.VarScope = kind
            is ScopeKind.Function
                or ScopeKind.FunctionBody
                or ScopeKind.Module
                or ScopeKind.Script
                or ScopeKind.StaticBlock
                or ScopeKind.ClassField
                or ScopeKind.Namespace
            ? index
            : _scopes[_scope].VarScope;
        scope.Start = start;
        scope.End = end;
        scope.Kind = kind;
        scope.Marks = marks | (_scopes[_scope].Marks & ScopeMarks.Ambient) | (_isStrict ? ScopeMarks.Strict : ScopeMarks.None);
        _hasDynamicScopes |= (marks & ScopeMarks.Dynamic) != 0;
        _scope = index;
        Log(~((index << 2) | EnterEvent));
        return index;
    }

    /// <summary>Enters a scope of the node's extent; it ends when all that is pushed from here on is done.</summary>
    private int EnterScope(ScopeKind kind, int node, ScopeMarks marks = ScopeMarks.None)
    {
        Push(Step.ExitScope, node);
        return EnterScope(kind, node, _nodes[node].Start, _nodes[node].End, marks);
    }

    private void ExitScope()
    {
        var index = _scope;
        Log(~((index << 2) | ExitEvent));
        _scope = _scopes[index].Parent;
        while (_hoistable.TryPeek(out var symbol) && _symbols.At(symbol).Scope == index)
        {
            _hoistable.Pop();
            _hasHoistable = true;
            Log(~((symbol << 2) | HoistEvent));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Log(int occurrence)
    {
        if (_eventCount == _events.Length)
        {
            Array.Resize(ref _events, _eventCount + (_eventCount / 2));
        }

        _events[_eventCount++] = occurrence;
    }

    /// <summary>The identifier refers to something.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Refer(int identifier, ReferenceFlags flags)
    {
        var name = _nodes[identifier].A;
        if (name == 0)
        {
            return;
        }

        if (name == WellKnownNames.Arguments && _function != 0)
        {
            UseArguments();
        }

        _flagsOf[identifier] = flags;
        Log(identifier);
    }

    private void UseArguments()
    {
        if (_symbols.Find(_function, WellKnownNames.Arguments) == 0)
        {
            _symbols.Add(ref _scopes[_function], _function, WellKnownNames.Arguments, SymbolKinds.Arguments);
        }
    }

    /// <summary>The identifier declares something in that scope; 0 where its name is missing.</summary>
    private int Declare(int identifier, SymbolKinds kind, int scope, ReferenceFlags flags = ReferenceFlags.None, SymbolMarks marks = SymbolMarks.None)
    {
        ref readonly var node = ref _nodes[identifier];
        if (node.A == 0 || node.Kind != NodeKind.Identifier)
        {
            return 0;
        }

        var symbol = _symbols.Find(scope, node.A);
        if (symbol == 0)
        {
            symbol = _symbols.Add(ref _scopes[scope], scope, node.A, kind);
            _symbols.At(symbol).Marks = marks;
            CheckAgainstParameters(identifier, kind, scope, marks);
        }
        else
        {
            ref var known = ref _symbols.At(symbol);
            if (Conflicts(known, kind, scope, marks))
            {
                _diagnostics.Redeclaration(new(node.Start, node.End), _tree.Names.Text(node.A));
            }

            known.Marks = (known.Marks | marks) & ((known.Marks & marks) | ~SymbolMarks.PlainFunctions);
            known.Kinds |= kind;
        }

        _symbols.AddDeclaration(symbol, identifier);
        _symbolOf[identifier] = symbol;
        _flagsOf[identifier] = flags | ReferenceFlags.Declaration;
        return symbol;
    }

    // ECMA-262 14.2.1, 15.1.1, 16.1.1, 16.2.1: what is lexical can't be declared twice.
    private bool Conflicts(in SymbolRecord known, SymbolKinds kind, int scope, SymbolMarks marks)
    {
        const SymbolKinds Lexical =
            SymbolKinds.Let | SymbolKinds.Const | SymbolKinds.Using | SymbolKinds.Class | SymbolKinds.Import | SymbolKinds.CatchParameter;
        ref readonly var place = ref _scopes[scope];
        if (_isTyped)
        {
            return ConflictsInTypeScript(known.Kinds, kind, place.Marks);
        }

        var kinds = known.Kinds & ~SymbolKinds.Arguments;
        if (kinds == 0)
        {
            return false;
        }

        if (kind == SymbolKinds.Parameter)
        {
            return (kinds & SymbolKinds.Parameter) != 0 && (place.Marks & (ScopeMarks.Strict | ScopeMarks.UniqueParameters)) != 0;
        }

        if ((kind & Lexical) == 0 && (marks & SymbolMarks.LexicalFunction) == 0)
        {
            return (kinds & Lexical) != 0 || (known.Marks & SymbolMarks.LexicalFunction) != 0;
        }

        // Sloppy blocks may declare a function twice (ECMA-262 B.3.2.4).
        var mayRepeat =
            kind == SymbolKinds.Function
            && kinds == SymbolKinds.Function
            && (known.Marks & marks & SymbolMarks.PlainFunctions) != 0
            && (place.Marks & ScopeMarks.Strict) == 0;
        return !mayRepeat;
    }

    // TypeScript's own parser takes any declaration, and its checker has rules that need types: only what never merges is said.
    private bool ConflictsInTypeScript(SymbolKinds known, SymbolKinds kind, ScopeMarks marks)
    {
        const SymbolKinds Lexical = SymbolKinds.Let | SymbolKinds.Const | SymbolKinds.Using;
        const SymbolKinds Variables = Lexical | SymbolKinds.Var | SymbolKinds.Parameter;
        return !_isAmbient && (marks & ScopeMarks.Ambient) == 0 && (known & Variables) != 0 && (kind & Variables) != 0 && ((known | kind) & Lexical) != 0;
    }

    // A body's own scope may not declare what its parameters do: function (a = 1) { let a }, catch (a) { let a }.
    private void CheckAgainstParameters(int identifier, SymbolKinds kind, int scope, SymbolMarks marks)
    {
        const SymbolKinds Lexical = SymbolKinds.Let | SymbolKinds.Const | SymbolKinds.Using | SymbolKinds.Class;
        ref readonly var place = ref _scopes[scope];
        if ((place.Marks & ScopeMarks.BelowParameters) == 0 || ((kind & Lexical) == 0 && (marks & SymbolMarks.LexicalFunction) == 0))
        {
            return;
        }

        ref readonly var node = ref _nodes[identifier];
        var parameter = _symbols.Find(place.Parent, node.A);
        if (parameter != 0 && (_symbols.At(parameter).Kinds & (SymbolKinds.Parameter | SymbolKinds.CatchParameter)) != 0 && !_isTyped)
        {
            _diagnostics.Redeclaration(new TextSpan(node.Start, node.End), _tree.Names.Text(node.A));
        }
    }
}
