using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Lowering;

/// <remarks>Statements. What jumps where does not matter here.</remarks>
internal sealed partial class Lowerer
{
    // The plain parameters of the `catch` clauses that the walk is in.
    private readonly List<int> caughtNames = [];

    private void LowerStatements(int list)
    {
        foreach (var statement in Items(list))
        {
            LowerStatement(statement);
        }
    }

    private void LowerStatement(int node)
    {
        if (node == 0 || tree.IsErasedAt(node))
        {
            return;
        }

        if (!Enters())
        {
            Deeper(static (lowerer, node) => lowerer.LowerStatementHere(node), node);
        }
        else
        {
            LowerStatementHere(node);
        }

        depth--;
    }

    private int LowerStatementHere(int node)
    {
        // `else if` after `else if` is no nest.
        while (node != 0)
        {
            ref readonly var statement = ref nodes[node];
            switch (statement.Kind)
            {
                case NodeKind.ExpressionStatement:
                    if ((statement.Flags & NodeFlags.Directive) == 0)
                    {
                        Value(statement.A);
                    }

                    return 0;
                case NodeKind.VariableDeclaration:
                    LowerVariables(statement.A);
                    return 0;
                case NodeKind.BlockStatement or NodeKind.TSModuleBlock:
                    LowerStatements(statement.A);
                    return 0;
                case NodeKind.IfStatement:
                    Value(statement.A);
                    LowerStatement(statement.B);
                    node = statement.C;
                    break;
                case NodeKind.LabeledStatement:
                    node = statement.B;
                    break;
                case NodeKind.ReturnStatement:
                    Emit(Opcode.Return, node, None, statement.A != 0 ? Value(statement.A) : Undefined(node));
                    return 0;
                case NodeKind.ThrowStatement:
                    Emit(Opcode.Throw, node, None, Value(statement.A), handler);
                    return 0;
                case NodeKind.FunctionDeclaration:
                    LowerFunctionDeclaration(node);
                    return 0;
                case NodeKind.ClassDeclaration:
                    LowerClass(node);
                    return 0;
                case NodeKind.EmptyStatement or NodeKind.DebuggerStatement or NodeKind.BreakStatement or NodeKind.ContinueStatement:
                    return 0;
                default:
                    LowerRareStatement(node);
                    return 0;
            }

            if (node != 0 && tree.IsErasedAt(node))
            {
                return 0;
            }
        }

        return 0;
    }

    private void LowerRareStatement(int node)
    {
        ref readonly var statement = ref nodes[node];
        switch (statement.Kind)
        {
            case NodeKind.ForStatement:
                LowerFor(statement.A);
                break;
            case NodeKind.ForInStatement:
                LowerForEach(node, EmitStep(Opcode.Keys, node, Value(statement.B)));
                break;
            case NodeKind.ForOfStatement:
                var source = Value(statement.B);
                LowerForEach(node, EmitStep(Opcode.Iterate, node, source, None, (statement.Flags & NodeFlags.Await) != 0 ? 1 : None));
                break;
            case NodeKind.WhileStatement or NodeKind.WithStatement:
                Value(statement.A);
                LowerStatement(statement.B);
                break;
            case NodeKind.DoWhileStatement:
                LowerStatement(statement.A);
                Value(statement.B);
                break;
            case NodeKind.SwitchStatement:
                LowerSwitch(node);
                break;
            case NodeKind.TryStatement:
                LowerTry(node);
                break;
            case NodeKind.InvalidStatement:
                gaps.Add(new(tree.NodeAt(node), "It is no valid code."));
                LowerStatements(statement.A);
                break;
            default:
                if (!LowerModuleItem(node) && !LowerTypeScript(node))
                {
                    // What an error left in the place of a statement.
                    Value(node);
                }

                break;
        }
    }

    private void LowerVariables(int declarators)
    {
        foreach (var item in Items(declarators))
        {
            if (KindOf(item) != NodeKind.VariableDeclarator)
            {
                LowerStatement(item);
                continue;
            }

            ref readonly var declarator = ref nodes[item];
            if (declarator.B != 0)
            {
                Bind(declarator.A, Value(declarator.B));
                slotOfNode[item] = slotOfNode[declarator.A];
            }
            else if (KindOf(declarator.A) == NodeKind.Identifier)
            {
                Declare(declarator.A);
                slotOfNode[item] = slotOfNode[declarator.A];
            }
        }
    }

    // A variable without a value is undefined until it is given one.
    private void Declare(int identifier)
    {
        var symbol = model.SymbolNumberOf(identifier);
        if (symbol != 0 && IsOneOfSeveral(identifier, symbol))
        {
            Write(identifier, Undefined(identifier));
        }
        else if (symbol != 0 && HomeOf(identifier, symbol) is >= 0 and var home)
        {
            Is(identifier, home >= current.FirstSlot ? home : Here(home, identifier));
        }
    }

    private void LowerFor(int fields)
    {
        LowerHead(lists[fields]);
        LowerHead(lists[fields + 1]);
        LowerHead(lists[fields + 2]);
        LowerStatement(lists[fields + 3]);
    }

    private void LowerHead(int node)
    {
        if (KindOf(node) == NodeKind.VariableDeclaration)
        {
            LowerVariables(nodes[node].A);
        }
        else if (node != 0)
        {
            Value(node);
        }
    }

    private void LowerForEach(int node, int item)
    {
        ref readonly var loop = ref nodes[node];
        if (KindOf(loop.A) != NodeKind.VariableDeclaration)
        {
            Bind(loop.A, item);
        }
        else
        {
            foreach (var declarator in Items(nodes[loop.A].A))
            {
                if (KindOf(declarator) != NodeKind.VariableDeclarator)
                {
                    continue;
                }

                // Old code may say `for (var a = 1 in b)`.
                if (nodes[declarator].B != 0)
                {
                    Bind(nodes[declarator].A, Value(nodes[declarator].B));
                }

                Bind(nodes[declarator].A, item);
                slotOfNode[declarator] = slotOfNode[nodes[declarator].A];
            }
        }

        LowerStatement(loop.C);
    }

    private void LowerSwitch(int node)
    {
        Value(nodes[node].A);
        foreach (var item in Items(nodes[node].B))
        {
            if (nodes[item].A != 0)
            {
                Value(nodes[item].A);
            }

            LowerStatements(nodes[item].B);
        }
    }

    private void LowerTry(int node)
    {
        ref readonly var statement = ref nodes[node];
        if (statement.B == 0)
        {
            LowerStatement(statement.A);
        }
        else
        {
            var around = handler;
            var caught = handler = NewSlot();
            LowerStatement(statement.A);
            handler = around;
            Emit(Opcode.Raised, statement.B, caught);
            Is(statement.B, caught);
            ref readonly var clause = ref nodes[statement.B];
            var begin = caughtNames.Count;
            if (clause.A != 0)
            {
                Bind(clause.A, caught);
                if (KindOf(clause.A) == NodeKind.Identifier)
                {
                    caughtNames.Add(clause.A);
                }
            }

            LowerStatement(clause.B);
            caughtNames.RemoveRange(begin, caughtNames.Count - begin);
        }

        LowerStatement(statement.C);
    }
}
