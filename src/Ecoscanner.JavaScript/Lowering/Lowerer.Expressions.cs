using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Lowering;

/// <remarks>
/// Expressions. Those that begin with another one (sums, calls and members in a chain) are no nests: the walk goes down to the first part of all
/// and finishes them on the way up.
/// </remarks>
internal sealed partial class Lowerer
{
    // The expressions whose first part is being lowered.
    private int[] spine = new int[256];
    private int spineCount;

    // What the value that was lowered last is a member of, if it is one: a call hands it over as `this`.
    private int receiver = None;

    /// <summary>The slot of the value of an expression.</summary>
    private int Value(int node)
    {
        if (node == 0)
        {
            return UnknownStep(current.Node.Index);
        }

        var slot = Enters() ? ValueHere(node) : Deeper(static (lowerer, node) => lowerer.ValueHere(node), node);
        depth--;
        return slot;
    }

    private int ValueHere(int node)
    {
        var begin = spineCount;
        while (FirstOf(node) is > 0 and var first)
        {
            if (spineCount == spine.Length)
            {
                Array.Resize(ref spine, spineCount * 2);
            }

            spine[spineCount++] = node;
            node = first;
        }

        receiver = None;
        var slot = Leaf(node);
        while (spineCount > begin)
        {
            node = spine[--spineCount];
            slot = Continue(node, slot);
        }

        return slot;
    }

    // What an expression begins with, if that is all that there is to do before.
    private int FirstOf(int node)
    {
        ref readonly var expression = ref nodes[node];
        switch (expression.Kind)
        {
            case NodeKind.MemberExpression or NodeKind.CallExpression:
                return KindOf(expression.A) == NodeKind.Super ? 0 : expression.A;
            case NodeKind.BinaryExpression:
                return KindOf(expression.A) == NodeKind.PrivateIdentifier ? 0 : expression.A;
            case NodeKind.LogicalExpression
            or NodeKind.NewExpression
            or NodeKind.TaggedTemplateExpression
            or NodeKind.ChainExpression
            or NodeKind.TSNonNullExpression
            or NodeKind.TSAsExpression
            or NodeKind.TSSatisfiesExpression
            or NodeKind.TSInstantiationExpression
            or NodeKind.TSQualifiedName:
                return expression.A;
            case NodeKind.TSTypeAssertion:
                return expression.B;
            default:
                return 0;
        }
    }

    /// <summary>The value of an expression whose first part has that one.</summary>
    private int Continue(int node, int first)
    {
        ref readonly var expression = ref nodes[node];
        switch (expression.Kind)
        {
            case NodeKind.MemberExpression:
                var key = Key(expression.B, expression.Flags);
                receiver = first;
                return EmitValue(Opcode.Load, node, first, key, handler);
            case NodeKind.CallExpression:
                return LowerCall(node, first);
            case NodeKind.BinaryExpression:
                return LowerBinary(node, first);
            case NodeKind.LogicalExpression:
                return LowerLogical(node, first);
            case NodeKind.NewExpression:
                var arguments = Arguments(expression.C);
                receiver = None;
                return EmitValue(Opcode.New, node, first, None, arguments);
            case NodeKind.TaggedTemplateExpression:
                return LowerTagged(node, first);
            case NodeKind.ChainExpression:
                // What it gives where it gives up; who is called is still a member.
                var joined = NewSlot();
                Emit(Opcode.Copy, node, joined, first);
                Emit(Opcode.Copy, node, joined, Undefined(node));
                return Is(node, joined);
            case NodeKind.TSQualifiedName:
                return EmitValue(Opcode.Load, node, first, ~texts.OfName(nodes[expression.B].A), handler);
            default:
                return Is(node, first);
        }
    }

    private int Leaf(int node)
    {
        ref readonly var expression = ref nodes[node];
        switch (expression.Kind)
        {
            case NodeKind.Identifier:
                return ReadName(node);
            case NodeKind.StringLiteral
            or NodeKind.NumericLiteral
            or NodeKind.BigIntLiteral
            or NodeKind.BooleanLiteral
            or NodeKind.NullLiteral
            or NodeKind.RegExpLiteral
            or NodeKind.JSXString:
                return LowerLiteral(node);
            case NodeKind.ThisExpression:
                return Is(node, This(node));
            case NodeKind.MemberExpression:
                return LowerSuperMember(node);
            case NodeKind.CallExpression:
                return LowerSuperCall(node);
            case NodeKind.FunctionExpression or NodeKind.ArrowFunctionExpression or NodeKind.FunctionDeclaration:
                return LowerClosure(node);
            case NodeKind.ObjectExpression:
                return LowerObject(node);
            case NodeKind.ArrayExpression:
                return LowerArray(node);
            case NodeKind.AssignmentExpression:
                return LowerAssignment(node);
            case NodeKind.ConditionalExpression:
                return LowerConditional(node);
            case NodeKind.TemplateLiteral:
                return LowerTemplate(node);
            case NodeKind.UnaryExpression:
                return LowerUnary(node);
            case NodeKind.UpdateExpression:
                return LowerUpdate(node);
            case NodeKind.SequenceExpression:
                return LowerSequence(node);
            case NodeKind.AwaitExpression:
                return EmitAfter(Opcode.Await, node, Value(expression.A), handler);
            case NodeKind.ClassExpression or NodeKind.ClassDeclaration:
                return LowerClass(node);
            default:
                return LowerRareExpression(node);
        }
    }

    private int LowerRareExpression(int node)
    {
        ref readonly var expression = ref nodes[node];
        switch (expression.Kind)
        {
            case NodeKind.YieldExpression:
                return EmitAfter(
                    (expression.Flags & NodeFlags.Generator) != 0 ? Opcode.YieldAll : Opcode.Yield,
                    node,
                    expression.A != 0 ? Value(expression.A) : Undefined(node),
                    handler
                );
            case NodeKind.BinaryExpression:
                // #a in b
                return LowerBinary(node, EmitValue(Opcode.Constant, expression.A, constants.Of(texts[PrivateText(expression.A)])));
            case NodeKind.SpreadElement:
                return Is(node, Value(expression.A));
            case NodeKind.ImportExpression:
                Value(expression.A);
                if (expression.B != 0)
                {
                    Value(expression.B);
                }

                receiver = None;
                return record.RequestAt(tree.NodeAt(node)) is { } request ? EmitValue(Opcode.Request, node, request.Index) : EmitValue(Opcode.Unknown, node);
            case NodeKind.MetaProperty:
                return KindOf(expression.B) == NodeKind.Identifier && nodes[expression.B].A == WellKnownNames.Meta
                    ? EmitValue(Opcode.Global, node, texts.Of("import.meta"))
                    : EmitValue(Opcode.Unknown, node);
            case NodeKind.JSXElement or NodeKind.JSXFragment:
                return LowerJsx(node);
            case NodeKind.ObjectPattern or NodeKind.ArrayPattern or NodeKind.AssignmentPattern or NodeKind.RestElement:
                // What an error left in the place of an expression.
                var unknown = GiveUp(node, "It is no valid code.");
                Bind(node, unknown);
                return Is(node, unknown);
            default:
                return GiveUp(node, "It is no valid code.");
        }
    }

    // As EmitValue, for what takes its operand before `receiver` is asked.
    private int EmitAfter(Opcode opcode, int node, int a, int c = None)
    {
        receiver = None;
        return EmitValue(opcode, node, a, None, c);
    }

    private int LowerLiteral(int node)
    {
        var literal = tree.NodeAt(node);
        return literal.Kind switch
        {
            NodeKind.StringLiteral or NodeKind.JSXString => EmitValue(Opcode.Constant, node, constants.Of(literal.StringValue)),
            NodeKind.NumericLiteral => EmitValue(Opcode.Constant, node, constants.Of(literal.NumberValue)),
            NodeKind.BooleanLiteral => EmitValue(Opcode.Constant, node, (int)(literal.BooleanValue ? LoweredConstantKind.True : LoweredConstantKind.False)),
            NodeKind.NullLiteral => EmitValue(Opcode.Constant, node, (int)LoweredConstantKind.Null),
            NodeKind.BigIntLiteral => EmitValue(Opcode.Constant, node, constants.Add(new(LoweredConstantKind.BigInt, literal.BigIntValue))),
            _ => EmitValue(Opcode.Regex, node, constants.Add(new(LoweredConstantKind.Regex, $"/{literal.RegExpPattern}/{literal.RegExpFlags}"))),
        };
    }

    private int LowerBinary(int node, int left)
    {
        ref readonly var expression = ref nodes[node];
        var right = Value(expression.B);
        receiver = None;
        return expression.Detail == (byte)TokenKind.Plus
            ? EmitValue(Opcode.Add, node, left, right)
            : EmitValue(Opcode.Binary, node, left, right, expression.Detail);
    }

    private int LowerLogical(int node, int left)
    {
        ref readonly var expression = ref nodes[node];
        var joined = NewSlot();
        if (!IsNeverGiven(expression.A, (TokenKind)expression.Detail))
        {
            Emit(Opcode.Copy, node, joined, left);
        }

        Emit(Opcode.Copy, node, joined, Value(expression.B));
        receiver = None;
        return Is(node, joined);
    }

    // Whether the left of a logical operator is a literal that can't be what it gives.
    private bool IsNeverGiven(int left, TokenKind logical) =>
        KindOf(left) switch
        {
            NodeKind.BooleanLiteral => logical == (nodes[left].Detail != 0 ? TokenKind.AmpersandAmpersand : TokenKind.BarBar),
            NodeKind.NullLiteral => logical is TokenKind.BarBar or TokenKind.QuestionQuestion,
            NodeKind.ObjectExpression or NodeKind.ArrayExpression or NodeKind.FunctionExpression or NodeKind.ArrowFunctionExpression => logical
                == TokenKind.AmpersandAmpersand,
            _ => false,
        };

    // A conditional where another ends is no nest.
    private int LowerConditional(int node)
    {
        var begin = operandCount;
        while (KindOf(node) == NodeKind.ConditionalExpression)
        {
            ref readonly var expression = ref nodes[node];
            Value(expression.A);
            PushOperand(node);
            PushOperand(Value(expression.B));
            node = expression.C;
        }

        var slot = Value(node);
        while (operandCount > begin)
        {
            var consequent = operands[--operandCount];
            node = operands[--operandCount];
            var joined = NewSlot();
            Emit(Opcode.Copy, node, joined, consequent);
            Emit(Opcode.Copy, node, joined, slot);
            slot = Is(node, joined);
        }

        receiver = None;
        return slot;
    }

    private int LowerSequence(int node)
    {
        var slot = None;
        foreach (var item in Items(nodes[node].A))
        {
            slot = Value(item);
        }

        receiver = None;
        return Is(node, slot == None ? UnknownStep(node) : slot);
    }

    private int LowerUnary(int node)
    {
        ref readonly var expression = ref nodes[node];
        var argument = Value(expression.A);
        receiver = None;
        return expression.Detail == (byte)TokenKind.Void
            ? EmitValue(Opcode.Constant, node, (int)LoweredConstantKind.Undefined)
            : EmitValue(Opcode.Unary, node, argument, None, expression.Detail);
    }

    private int LowerUpdate(int node)
    {
        ref readonly var expression = ref nodes[node];
        var (old, owner, key) = ReadTarget(expression.A);
        var slot = EmitValue(Opcode.Unary, node, old, None, expression.Detail);
        WriteTarget(expression.A, owner, key, slot);
        if ((expression.Flags & NodeFlags.Prefix) == 0)
        {
            EmitValue(Opcode.Unary, node, old, None, (int)TokenKind.Plus);
        }

        receiver = None;
        return slotOfNode[node] - 1;
    }

    private int LowerAssignment(int node)
    {
        ref readonly var expression = ref nodes[node];
        var operation = (TokenKind)expression.Detail;
        if (operation == TokenKind.Equals)
        {
            return LowerPlainAssignment(node);
        }

        var (old, owner, key) = ReadTarget(expression.A);
        var right = Value(expression.B);
        int slot;
        switch (operation)
        {
            case TokenKind.PlusEquals:
                slot = EmitValue(Opcode.Add, node, old, right);
                WriteTarget(expression.A, owner, key, slot);
                break;
            case TokenKind.AmpersandAmpersandEquals or TokenKind.BarBarEquals or TokenKind.QuestionQuestionEquals:
                slot = NewSlot();
                Emit(Opcode.Copy, node, slot, old);
                Emit(Opcode.Copy, node, slot, right);
                Is(node, slot);
                WriteTarget(expression.A, owner, key, right);
                break;
            default:
                slot = EmitValue(Opcode.Binary, node, old, right, expression.Detail - (int)TokenKind.PlusEquals + (int)TokenKind.Plus);
                WriteTarget(expression.A, owner, key, slot);
                break;
        }

        receiver = None;
        return slot;
    }

    private int LowerPlainAssignment(int node)
    {
        ref readonly var expression = ref nodes[node];
        var target = Bare(expression.A);
        int value;
        if (KindOf(target) == NodeKind.MemberExpression)
        {
            var (owner, key) = Place(target);
            value = Value(expression.B);
            Store(target, owner, key, value);
            IsAround(expression.A, target);
        }
        else
        {
            value = Value(expression.B);
            Bind(expression.A, value);
        }

        receiver = None;
        return Is(node, value);
    }

    // What is read before it is written.
    private (int Old, int Owner, int Key) ReadTarget(int target)
    {
        var bare = Bare(target);
        if (KindOf(bare) != NodeKind.MemberExpression)
        {
            return (Value(target), None, None);
        }

        var (owner, key) = Place(bare);
        var old =
            KindOf(nodes[bare].A) == NodeKind.Super
                ? EmitValue(Opcode.SuperLoad, bare, Here(context.Home, bare), key)
                : EmitValue(Opcode.Load, bare, owner, key, handler);
        IsAround(target, bare);
        return (old, owner, key);
    }

    private void WriteTarget(int target, int owner, int key, int value)
    {
        var bare = Bare(target);
        switch (KindOf(bare))
        {
            case NodeKind.MemberExpression:
                Emit(Opcode.Store, bare, None, owner, key, value);
                break;
            case NodeKind.Identifier:
                // Its own slot is what is read there.
                var read = slotOfNode[bare];
                Write(bare, value);
                slotOfNode[bare] = read;
                break;
            default:
                break;
        }
    }

    private int Bare(int node)
    {
        while (true)
        {
            switch (KindOf(node))
            {
                case NodeKind.TSAsExpression or NodeKind.TSSatisfiesExpression or NodeKind.TSNonNullExpression or NodeKind.TSInstantiationExpression:
                    node = nodes[node].A;
                    break;
                case NodeKind.TSTypeAssertion:
                    node = nodes[node].B;
                    break;
                default:
                    return node;
            }
        }
    }

    // Assertions around a target have its slot.
    private void IsAround(int node, int bare)
    {
        while (node != bare)
        {
            slotOfNode[node] = slotOfNode[bare];
            node = KindOf(node) == NodeKind.TSTypeAssertion ? nodes[node].B : nodes[node].A;
        }
    }
}
