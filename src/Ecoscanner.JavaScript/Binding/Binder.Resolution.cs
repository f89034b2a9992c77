using System.Runtime.CompilerServices;

namespace Ecoscanner.JavaScript.Binding;

/// <remarks>The second pass: what each name means at each place. Functions of sloppy blocks are hoisted before, in a pass like it.</remarks>
internal sealed partial class Binder
{
    // Namespaces with several bodies may nest; beyond so many bodies a name is not looked for.
    private const int MaximumBodies = 64;

    private const int ValueSpace = 0;
    private const int TypeSpace = 1;
    private const int NamespaceSpace = 2;

    // The symbol that each name means at the moment, space by space; and what it meant outside the scopes that are open.
    private int[] _meanings = [];
    private Hidden[] _hidden = [];
    private int _hiddenCount;
    private int _nameCount;

    // The open scopes of namespaces and enumerations with more than one body.
    private readonly Stack<Body> _openBodies = new();

    /// <summary>Gives a function in a block of sloppy code a <c>var</c> outside too, where a <c>var</c> may stand (ECMA-262 B.3.2).</summary>
    private void HoistFunctions()
    {
        BeginResolution();
        if (!_hasHoistable)
        {
            return;
        }

        for (var at = 0; at < _eventCount; at++)
        {
            var occurrence = _events[at];
            if (occurrence >= 0)
            {
                continue;
            }

            var number = ~occurrence >> 2;
            switch (~occurrence & 3)
            {
                case EnterEvent:
                    Open(number);
                    break;
                case ExitEvent:
                    Close();
                    break;
                default:
                    Hoist(number);
                    break;
            }
        }
    }

    private void BeginResolution()
    {
        _nameCount = _tree.Names.Count;
        _meanings = new int[_isTyped ? _nameCount * 3 : _nameCount];
        _hidden = new Hidden[256];
    }

    private void Hoist(int symbol)
    {
        var name = _symbols.At(symbol).Name;
        var scope = _scopes[_symbols.At(symbol).Scope].VarScope;
        var known = _symbols.Find(scope, name);
        if (HiddenBetween(name, scope) != 0 || (known != 0 && !MayHoistOver(known)) || IsParameterAround(scope, name))
        {
            return;
        }

        if (known == 0)
        {
            known = _symbols.Add(ref _scopes[scope], scope, name, SymbolKinds.Var | SymbolKinds.Function);
        }

        ref var variable = ref _symbols.At(known);
        variable.Kinds |= SymbolKinds.Function;
        variable.Marks |= SymbolMarks.Hoisted;
        foreach (var declaration in _symbols.DeclarationsOf(symbol))
        {
            _symbols.AddDeclaration(known, declaration);
        }
    }

    private bool MayHoistOver(int symbol)
    {
        ref readonly var known = ref _symbols.At(symbol);
        return (known.Kinds & (SymbolKinds.Var | SymbolKinds.Function | SymbolKinds.Arguments)) != 0
            && (known.Kinds & SymbolKinds.Parameter) == 0
            && (known.Marks & SymbolMarks.LexicalFunction) == 0;
    }

    private bool IsParameterAround(int scope, int name) => _scopes[scope].Kind == ScopeKind.FunctionBody && _symbols.Find(_scopes[scope].Parent, name) != 0;

    /// <summary>The lexical symbol of that name in the blocks between here and the scope for <c>var</c>; 0 where there is none.</summary>
    private int HiddenBetween(int name, int varScope)
    {
        var symbol = _meanings[name];
        ref readonly var meaning = ref _symbols.At(symbol);
        if ((meaning.Marks & SymbolMarks.PlainCatch) != 0 && meaning.Scope > varScope)
        {
            // The nearest that is no plain catch parameter.
            symbol = meaning.InitializedAt;
        }

        return _symbols.At(symbol).Scope > varScope ? symbol : 0;
    }

    private void Resolve()
    {
        var count = 0;
        var current = 0;
        for (var at = 0; at < _eventCount; at++)
        {
            var occurrence = _events[at];
            if (occurrence < 0)
            {
                var number = ~occurrence >> 2;
                switch (~occurrence & 3)
                {
                    case EnterEvent:
                        current = number;
                        Open(number);
                        break;
                    case ExitEvent:
                        current = _scopes[number].Parent;
                        Close();
                        break;
                    default:
                        break;
                }

                continue;
            }

            ref var flags = ref _flagsOf[occurrence];
            if ((flags & ReferenceFlags.Declaration) != 0)
            {
                CheckVar(occurrence);
                continue;
            }

            var symbol = _isTyped ? MeaningOf(_nodes[occurrence].A, flags) : _meanings[_nodes[occurrence].A];
            _symbolOf[occurrence] = symbol;
            if (_symbols.At(symbol).InitializedAt > at && IsTooEarly(symbol, current, flags))
            {
                flags |= ReferenceFlags.BeforeDeclaration;
            }

            // The list of references is made where the events were read.
            _events[count++] = occurrence;
        }

        _eventCount = count;
    }

    private bool IsTooEarly(int symbol, int scope, ReferenceFlags flags)
    {
        const SymbolKinds Late = SymbolKinds.Let | SymbolKinds.Const | SymbolKinds.Using | SymbolKinds.Class | SymbolKinds.Parameter;
        ref readonly var record = ref _symbols.At(symbol);
        return (record.Kinds & Late) != 0
            && (flags & (ReferenceFlags.Export | ReferenceFlags.Type | ReferenceFlags.Namespace)) == 0
            && _scopes[record.Scope].VarScope == _scopes[scope].VarScope
            && (_scopes[scope].Marks & ScopeMarks.Ambient) == 0;
    }

    // A var may not leave a block that declares its name otherwise (ECMA-262 14.2.1).
    private void CheckVar(int identifier)
    {
        ref readonly var node = ref _nodes[identifier];
        var varScope = _symbols.At(_symbolOf[identifier]).Scope;
        var symbol = HiddenBetween(node.A, varScope);
        if (symbol == 0)
        {
            return;
        }

        ref readonly var hidden = ref _symbols.At(symbol);
        if (!_isTyped || ConflictsInTypeScript(hidden.Kinds, SymbolKinds.Var, _scopes[hidden.Scope].Marks))
        {
            _diagnostics.Redeclaration(new(node.Start, node.End), _tree.Names.Text(node.A));
        }
    }

    private int MeaningOf(int name, ReferenceFlags flags)
    {
        var isAny =
            (flags & ReferenceFlags.Export) != 0
            || (flags & (ReferenceFlags.Read | ReferenceFlags.Namespace)) == (ReferenceFlags.Read | ReferenceFlags.Namespace);
        var symbol =
            isAny ? Innermost(name)
            : (flags & ReferenceFlags.Namespace) != 0 ? _meanings[(NamespaceSpace * _nameCount) + name]
            : (flags & (ReferenceFlags.Type | ReferenceFlags.Typeof)) == ReferenceFlags.Type ? _meanings[(TypeSpace * _nameCount) + name]
            : _meanings[name];
        return _openBodies.Count == 0 ? symbol : InOtherBodies(name, symbol);
    }

    private int Innermost(int name)
    {
        var symbol = _meanings[name];
        for (var space = TypeSpace; space <= NamespaceSpace; space++)
        {
            var other = _meanings[(space * _nameCount) + name];
            if (other != 0 && _symbols.At(other).Scope > _symbols.At(symbol).Scope)
            {
                symbol = other;
            }
        }

        return symbol;
    }

    // namespace A { export const a = 1 } namespace A { a }
    private int InOtherBodies(int name, int symbol)
    {
        var left = MaximumBodies;
        foreach (var body in _openBodies)
        {
            if (_symbols.At(symbol).Scope >= body.Scope)
            {
                break;
            }

            foreach (var other in _bodies[body.Symbol])
            {
                if (left-- == 0)
                {
                    return symbol;
                }

                var exported = _symbols.Find(other, name);
                if (exported != 0 && ((_symbols.At(exported).Marks & SymbolMarks.Exported) != 0 || (_scopes[other].Marks & ScopeMarks.Ambient) != 0))
                {
                    return exported;
                }
            }
        }

        return symbol;
    }

    private void Open(int scope)
    {
        Hide(-1, scope);
        ref readonly var record = ref _scopes[scope];
        for (var symbol = record.FirstSymbol; symbol != 0; symbol = _symbols.At(symbol).Next)
        {
            ref var opened = ref _symbols.At(symbol);
            if ((opened.Marks & SymbolMarks.PlainCatch) != 0)
            {
                var beyond = _meanings[opened.Name];
                opened.InitializedAt = (_symbols.At(beyond).Marks & SymbolMarks.PlainCatch) != 0 ? _symbols.At(beyond).InitializedAt : beyond;
            }

            if (!_isTyped)
            {
                Mean(opened.Name, symbol);
                continue;
            }

            if ((opened.Kinds & SymbolKinds.Values) != 0)
            {
                Mean(opened.Name, symbol);
            }

            if ((opened.Kinds & SymbolKinds.Types) != 0)
            {
                Mean((TypeSpace * _nameCount) + opened.Name, symbol);
            }

            if ((opened.Kinds & SymbolKinds.Namespaces) != 0)
            {
                Mean((NamespaceSpace * _nameCount) + opened.Name, symbol);
            }
        }

        if (_isTyped && record.Kind is ScopeKind.Namespace or ScopeKind.Enum)
        {
            OpenBody(scope);
        }
    }

    private void OpenBody(int scope)
    {
        if (_ownerOf.TryGetValue(scope, out var symbol) && _bodies[symbol].Count > 1)
        {
            _openBodies.Push(new(scope, symbol));
        }
    }

    private void Close()
    {
        while (true)
        {
            var (place, symbol) = _hidden[--_hiddenCount];
            if (place < 0)
            {
                if (_openBodies.TryPeek(out var body) && body.Scope == symbol)
                {
                    _openBodies.Pop();
                }

                return;
            }

            _meanings[place] = symbol;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Mean(int place, int symbol)
    {
        Hide(place, _meanings[place]);
        _meanings[place] = symbol;
    }

    private void Hide(int place, int symbol)
    {
        if (_hiddenCount == _hidden.Length)
        {
            Array.Resize(ref _hidden, _hiddenCount * 2);
        }

        _hidden[_hiddenCount++] = new(place, symbol);
    }

    /// <summary>What a name meant before a scope gave it another meaning; a negative place marks where the scope (as symbol) begins.</summary>
    private readonly record struct Hidden(int Place, int Symbol);

    /// <summary>One of the bodies of a namespace.</summary>
    private readonly record struct Body(int Scope, int Symbol);
}
