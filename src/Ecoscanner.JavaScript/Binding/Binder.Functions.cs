using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Binding;

/// <remarks>Functions and classes.</remarks>
internal sealed partial class Binder
{
    // Patterns deeper than this are taken to have an expression in them.
    private const int PatternDepth = 8;

    private void VisitFunction(int index, ScopeMarks marks)
    {
        ref readonly var node = ref _nodes[index];
        var fields = node.A;
        var id = _lists[fields];
        var start = node.Start;
        if (id != 0)
        {
            if (node.Kind is NodeKind.FunctionDeclaration or NodeKind.TSDeclareFunction)
            {
                DeclareFunction(id, node.Flags);
            }
            else
            {
                EnterScope(ScopeKind.FunctionName, index);
                Declare(id, SymbolKinds.Function, _scope);
            }

            start = _nodes[id].End;
        }

        EnterFunction(index, start, _lists[fields + 1], _lists[fields + 2], _lists[fields + 3], _lists[fields + 4], marks);
    }

    private void VisitArrow(int index)
    {
        var fields = _nodes[index].A;
        EnterFunction(index, _nodes[index].Start, _lists[fields], _lists[fields + 1], _lists[fields + 2], _lists[fields + 3], ScopeMarks.UniqueParameters);
    }

    private void VisitMethod(int index)
    {
        if (KindOf(index) is NodeKind.FunctionExpression or NodeKind.TSEmptyBodyFunctionExpression)
        {
            VisitFunction(index, ScopeMarks.UniqueParameters);
        }
        else
        {
            Visit(index);
        }
    }

    // At the top of a function or script a function is declared like a var, elsewhere like let (ECMA-262 8.2.4 to 8.2.7).
    private void DeclareFunction(int id, NodeFlags flags)
    {
        ref readonly var scope = ref _scopes[_scope];
        var isPlain = (flags & (NodeFlags.Async | NodeFlags.Generator)) == 0;
        var isLexical = scope.VarScope != _scope || scope.Kind == ScopeKind.Module;
        var marks = (isPlain ? SymbolMarks.PlainFunctions : SymbolMarks.None) | (isLexical ? SymbolMarks.LexicalFunction : SymbolMarks.None);
        var symbol = Declare(id, SymbolKinds.Function, _scope, ReferenceFlags.Write, marks);
        if (
            isLexical
            && isPlain
            && !_isStrict
            && !_isTyped
            && symbol != 0
            && _symbols.At(symbol).Kinds == SymbolKinds.Function
            && !(_hoistable.TryPeek(out var last) && last == symbol)
        )
        {
            _hoistable.Push(symbol);
        }
    }

    private void EnterFunction(int index, int start, int typeParameters, int parameters, int returnType, int body, ScopeMarks marks)
    {
        var isArrow = KindOf(index) == NodeKind.ArrowFunctionExpression;
        var isBlock = KindOf(body) == NodeKind.BlockStatement;
        Push(Step.LeaveFunction, _function, _isStrict ? 1 : 0);
        _isStrict |= isBlock && HasUseStrict(_nodes[body].A);
        if (!AreSimple(parameters))
        {
            marks |= ScopeMarks.UniqueParameters;
        }

        Push(Step.ExitScope, index);
        var scope = EnterScope(ScopeKind.Function, index, start, _nodes[index].End, marks);
        if (!isArrow)
        {
            _function = scope;
        }

        if (isBlock && HasParameterExpressions(parameters))
        {
            Push(Step.FunctionBody, body);
        }
        else if (isBlock)
        {
            PushList(_nodes[body].A);
        }
        else
        {
            PushVisit(body);
        }

        PushVisit(returnType);
        PushList(parameters, Step.Bind, (int)SymbolKinds.Parameter);
        PushVisit(typeParameters);
    }

    private void EnterFunctionBody(int body)
    {
        EnterScope(ScopeKind.FunctionBody, body, ScopeMarks.BelowParameters);
        PushList(_nodes[body].A);
    }

    private bool HasUseStrict(int statements)
    {
        foreach (var statement in ItemsOf(statements))
        {
            ref readonly var node = ref _nodes[statement];
            if (node.Kind != NodeKind.ExpressionStatement || (node.Flags & NodeFlags.Directive) == 0)
            {
                return false;
            }

            ref readonly var literal = ref _nodes[node.A];
            if (_tree.Source.Content.AsSpan(literal.Start, literal.End - literal.Start) is "\"use strict\"" or "'use strict'")
            {
                return true;
            }
        }

        return false;
    }

    private bool AreSimple(int parameters)
    {
        foreach (var parameter in ItemsOf(parameters))
        {
            if (KindOf(parameter) != NodeKind.Identifier)
            {
                return false;
            }
        }

        return true;
    }

    private bool HasParameterExpressions(int parameters)
    {
        foreach (var parameter in ItemsOf(parameters))
        {
            if (KindOf(parameter) != NodeKind.Identifier && HasExpression(parameter, PatternDepth))
            {
                return true;
            }
        }

        return false;
    }

    private bool HasExpression(int pattern, int depth)
    {
        ref readonly var node = ref _nodes[pattern];
        switch (node.Kind)
        {
            case NodeKind.None or NodeKind.Identifier:
                return false;
            case NodeKind.RestElement or NodeKind.TSParameterProperty when depth > 0:
                return HasExpression(node.Kind == NodeKind.RestElement ? node.A : node.B, depth - 1);
            case NodeKind.Property when depth > 0 && (node.Flags & NodeFlags.Computed) == 0:
                return HasExpression(node.B, depth - 1);
            case NodeKind.ObjectPattern or NodeKind.ArrayPattern when depth > 0:
                foreach (var item in ItemsOf(node.A))
                {
                    if (HasExpression(item, depth - 1))
                    {
                        return true;
                    }
                }

                return false;
            default:
                return true;
        }
    }

    private void VisitClass(int index)
    {
        var fields = _nodes[index].A;
        var id = _lists[fields + 1];
        if (id != 0 && KindOf(index) == NodeKind.ClassDeclaration)
        {
            DeclareClass(id);
        }

        Push(Step.Class, index);
        PushList(_lists[fields]);
    }

    // A class has its value once its body is read.
    private void DeclareClass(int id)
    {
        var symbol = Declare(id, SymbolKinds.Class, _scope, ReferenceFlags.Write);
        if (symbol != 0)
        {
            _symbols.At(symbol).InitializedAt = int.MaxValue;
            Push(Step.Initialize, symbol);
        }
    }

    // Behind the decorators, which stand outside.
    private void EnterClass(int index)
    {
        ref readonly var node = ref _nodes[index];
        var fields = node.A;
        var id = _lists[fields + 1];
        var typeParameters = _lists[fields + 2];
        var isNamed = node.Kind == NodeKind.ClassExpression && id != 0;
        Push(Step.LeaveFunction, _function, _isStrict ? 1 : 0);
        _isStrict = true;
        if (isNamed || typeParameters != 0)
        {
            Push(Step.ExitScope, index);
            EnterScope(ScopeKind.Class, index, isNamed || id == 0 ? StartBehindDecorators(index) : _nodes[id].End, node.End);
            if (isNamed)
            {
                DeclareClass(id);
            }
        }

        PushVisit(_lists[fields + 6]);
        PushList(_lists[fields + 5]);
        PushVisit(_lists[fields + 4]);
        PushVisit(_lists[fields + 3]);
        PushVisit(typeParameters);
    }

    private int StartBehindDecorators(int index)
    {
        var decorators = ItemsOf(_lists[_nodes[index].A]);
        return decorators.IsEmpty ? _nodes[index].Start : _nodes[decorators[^1]].End;
    }

    // A value that is a function makes a scope itself, and a literal needs none.
    private void VisitField(int index)
    {
        var fields = _nodes[index].A;
        var value = _lists[fields + 3];
        switch (KindOf(value))
        {
            case NodeKind.None:
                break;
            case NodeKind.ArrowFunctionExpression
            or NodeKind.FunctionExpression
            or NodeKind.StringLiteral
            or NodeKind.NumericLiteral
            or NodeKind.BooleanLiteral
            or NodeKind.NullLiteral:
                Push(Step.Visit, value);
                break;
            default:
                Push(Step.FieldValue, value);
                break;
        }

        PushVisit(_lists[fields + 2]);
        PushKey(_lists[fields + 1], _nodes[index].Flags);
        PushList(_lists[fields]);
    }

    private void EnterFieldValue(int value)
    {
        Push(Step.LeaveFunction, _function, _isStrict ? 1 : 0);
        _function = 0;
        EnterScope(ScopeKind.ClassField, value);
        Push(Step.Visit, value);
    }

    private void EnterStaticBlock(int index)
    {
        Push(Step.LeaveFunction, _function, _isStrict ? 1 : 0);
        _function = 0;
        EnterScope(ScopeKind.StaticBlock, index);
        PushList(_nodes[index].A);
    }
}
