using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Binding;

/// <remarks>Variables, the patterns that declare them, and the scopes that statements make.</remarks>
internal sealed partial class Binder
{
    // What is to be declared, as the argument of Step.Bind: the kind, and bits above it.
    private const int WithValue = 1 << 16;
    private const int PlainCatch = 1 << 17;

    private void VisitVariables(in NodeRecord declaration, bool isLoopHead)
    {
        var kind = (VariableKind)declaration.Detail switch
        {
            VariableKind.Var => SymbolKinds.Var,
            VariableKind.Let => SymbolKinds.Let,
            VariableKind.Const => SymbolKinds.Const,
            _ => SymbolKinds.Using,
        };
        for (var item = declaration.A + _lists[declaration.A]; item > declaration.A; item--)
        {
            ref readonly var declarator = ref _nodes[_lists[item]];
            if (declarator.Kind != NodeKind.VariableDeclarator)
            {
                PushVisit(_lists[item]);
                continue;
            }

            // The value comes first: it can't use what is declared.
            Push(Step.Bind, declarator.A, (int)kind | (isLoopHead || declarator.B != 0 ? WithValue : 0));
            PushVisit(declarator.B);
        }
    }

    /// <summary>Declares a name, or the names in a pattern; what a pattern computes is visited before the names behind it.</summary>
    private void BindTarget(int index, int argument)
    {
        while (index != 0)
        {
            ref readonly var node = ref _nodes[index];
            switch (node.Kind)
            {
                case NodeKind.Identifier:
                    BindName(index, argument);
                    PushVisit(node.B);
                    PushList(node.C);
                    return;
                case NodeKind.ObjectPattern or NodeKind.ArrayPattern:
                    PushVisit(node.B);
                    PushList(node.A, Step.Bind, argument);
                    PushList(node.C);
                    return;
                case NodeKind.Property:
                    Push(Step.Bind, node.B, argument);
                    PushKey(node.A, node.Flags);
                    return;
                case NodeKind.AssignmentPattern:
                    PushList(node.C);
                    Push(Step.Bind, node.A, argument | WithValue);
                    PushVisit(node.B);
                    return;
                case NodeKind.RestElement:
                    PushVisit(node.B);
                    PushList(node.C);
                    index = node.A;
                    continue;
                case NodeKind.TSParameterProperty:
                    PushList(node.A);
                    index = node.B;
                    continue;
                default:
                    Visit(index);
                    return;
            }
        }
    }

    private void BindName(int identifier, int argument)
    {
        var kind = (SymbolKinds)(argument & 0xffff);
        var flags = (argument & WithValue) != 0 ? ReferenceFlags.Write : ReferenceFlags.None;
        if (kind == SymbolKinds.Parameter && _nodes[identifier].A == WellKnownNames.KeywordName(TokenKind.This))
        {
            // TypeScript's `this` is no parameter.
            return;
        }

        if (kind == SymbolKinds.Using && !_isTyped)
        {
            CheckUsing(identifier);
        }

        if (kind != SymbolKinds.Var)
        {
            var marks = (argument & PlainCatch) != 0 ? SymbolMarks.PlainCatch : SymbolMarks.None;
            var symbol = Declare(identifier, kind, _scope, flags, marks);
            if (_symbols.At(symbol).InitializedAt == 0)
            {
                _symbols.At(symbol).InitializedAt = _eventCount;
            }

            return;
        }

        var scope = _scopes[_scope].VarScope;
        if (Declare(identifier, kind, scope, flags) != 0 && scope != _scope)
        {
            // The scopes between may have declared the name otherwise, or do so later: the second pass sees.
            Log(identifier);
        }
    }

    // Neither the end of a case nor that of a script ends anything (ECMA-262 14.3.1.1).
    private void CheckUsing(int identifier)
    {
        ref readonly var scope = ref _scopes[_scope];
        var isInCase = scope.Kind == ScopeKind.Switch;
        if (isInCase || (scope.Kind == ScopeKind.Script && _tree.Options.Goal == SourceGoal.Script))
        {
            _diagnostics.MisplacedUsing(new(_nodes[identifier].Start, _nodes[identifier].End), isInCase);
        }
    }

    private void VisitBlock(int index, ScopeMarks marks)
    {
        var list = _nodes[index].A;
        if (HasLexical(list))
        {
            EnterScope(ScopeKind.Block, index, marks);
        }

        PushList(list);
    }

    // Whether the statements themselves declare something that a block keeps.
    private bool HasLexical(int list)
    {
        foreach (var item in ItemsOf(list))
        {
            var statement = item;
            while (KindOf(statement) == NodeKind.LabeledStatement)
            {
                statement = _nodes[statement].B;
            }

            ref readonly var node = ref _nodes[statement];
            switch (node.Kind)
            {
                case NodeKind.VariableDeclaration:
                    if (node.Detail != (byte)VariableKind.Var)
                    {
                        return true;
                    }

                    break;
                case NodeKind.FunctionDeclaration
                or NodeKind.ClassDeclaration
                or NodeKind.InvalidStatement
                or NodeKind.TSDeclareFunction
                or NodeKind.TSInterfaceDeclaration
                or NodeKind.TSTypeAliasDeclaration
                or NodeKind.TSEnumDeclaration
                or NodeKind.TSModuleDeclaration
                or NodeKind.TSImportEqualsDeclaration:
                    return true;
                default:
                    break;
            }
        }

        return false;
    }

    private void PushBranch(int index)
    {
        if (index != 0)
        {
            Push(KindOf(index) == NodeKind.FunctionDeclaration ? Step.Branch : Step.Visit, index);
        }
    }

    // A function as a branch is as if in a block (ECMA-262 B.3.3).
    private void VisitBranch(int index)
    {
        EnterScope(ScopeKind.Block, index);
        Push(Step.Visit, index);
    }

    private void VisitFor(int index)
    {
        var fields = _nodes[index].A;
        var init = _lists[fields];
        if (IsLexicalDeclaration(init))
        {
            EnterScope(ScopeKind.For, index);
        }

        PushVisit(_lists[fields + 3]);
        PushVisit(_lists[fields + 2]);
        PushVisit(_lists[fields + 1]);
        PushVisit(init);
    }

    private void VisitIteration(int index)
    {
        ref readonly var node = ref _nodes[index];
        var isDeclaration = KindOf(node.A) == NodeKind.VariableDeclaration;
        if (IsLexicalDeclaration(node.A))
        {
            EnterScope(ScopeKind.For, index);
        }

        PushVisit(node.C);
        if (isDeclaration)
        {
            VisitVariables(_nodes[node.A], isLoopHead: true);
        }
        else
        {
            Push(Step.Assign, node.A, (int)ReferenceFlags.Write);
        }

        PushVisit(node.B);
    }

    private bool IsLexicalDeclaration(int index) => KindOf(index) == NodeKind.VariableDeclaration && _nodes[index].Detail != (byte)VariableKind.Var;

    private void VisitCatch(int index)
    {
        ref readonly var node = ref _nodes[index];
        if (node.A == 0)
        {
            PushVisit(node.B);
            return;
        }

        EnterScope(ScopeKind.Catch, index);
        Push(Step.CatchBody, node.B);
        Push(Step.Bind, node.A, (int)SymbolKinds.CatchParameter | (KindOf(node.A) == NodeKind.Identifier ? PlainCatch : 0));
    }

    // All cases share a scope; what the switch tests is outside.
    private void EnterCases(int index)
    {
        ref readonly var node = ref _nodes[index];
        foreach (var item in ItemsOf(node.B))
        {
            if (HasLexical(_nodes[item].B))
            {
                Push(Step.ExitScope, index);
                EnterScope(ScopeKind.Switch, index, _nodes[node.A].End, node.End);
                break;
            }
        }

        PushList(node.B);
    }

    private void EnterWith(int index)
    {
        ref readonly var node = ref _nodes[index];
        Push(Step.ExitScope, index);
        EnterScope(ScopeKind.With, index, _nodes[node.A].End, node.End, ScopeMarks.Dynamic);
        PushVisit(node.B);
    }
}
