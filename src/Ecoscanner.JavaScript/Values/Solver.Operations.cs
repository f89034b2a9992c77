using Ecoscanner.JavaScript.Lowering;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Values;

// Operators: worked out on what is known of the operands, again whenever that grows.
internal sealed partial class Solver
{
    // Two operands of four texts each; what gives more is no constant of a person's.
    private const int MaximumResults = 16;

    // Those of a pattern are fewer; beyond them all is one hole.
    private const int MaximumPieces = 64;

    private static readonly string[] NoText = [""];
    private static readonly string[] NoPieces = ["", ""];

    private readonly List<Operation> operations = [];
    private readonly Queue<int> dirty = [];

    private void BeginOperation(Instance instance, ModuleView view, in Instruction step, int place)
    {
        var target = instance.NodeOf(step.T);
        switch (step.Opcode)
        {
            case Opcode.Add:
                BeginOperation(OperationKind.Add, target, [instance.NodeOf(step.A), instance.NodeOf(step.B)], [], place);
                break;
            case Opcode.Template:
                BeginTemplate(instance, view, in step, target, place);
                break;
            case Opcode.Unary:
                BeginUnary((TokenKind)step.C, instance.NodeOf(step.A), target, place);
                break;
            default:
                BeginBinary((TokenKind)step.C, instance.NodeOf(step.A), instance.NodeOf(step.B), target, place);
                break;
        }
    }

    private void BeginTemplate(Instance instance, ModuleView view, in Instruction step, int target, int place)
    {
        var list = view.Module.ListAt(step.C);
        var nodes = new int[list.Length];
        for (var index = 0; index < list.Length; index++)
        {
            if (list[index] < 0)
            {
                nodes[index] = NewNode();
                PutValue(nodes[index], Values.String(view.Module.Texts[~list[index]]));
            }
            else
            {
                nodes[index] = instance.NodeOf(list[index]);
            }
        }

        BeginOperation(OperationKind.Template, target, nodes, [], place);
    }

    private void BeginUnary(TokenKind @operator, int operand, int target, int place)
    {
        switch (@operator)
        {
            case TokenKind.Exclamation or TokenKind.Delete:
                PutBooleans(target);
                break;
            case TokenKind.Typeof:
                BeginOperation(OperationKind.TypeOf, target, [operand], [], place, carries: false);
                break;
            case TokenKind.Void:
                PutValue(target, Values.Undefined);
                break;
            default:
                BeginOperation(OperationKind.Arithmetic, target, [operand], [(int)@operator], place, carries: false);
                break;
        }
    }

    private void BeginBinary(TokenKind @operator, int left, int right, int target, int place)
    {
        if (IsComparison(@operator))
        {
            PutBooleans(target);
            BeginComparison(@operator, left, right, place);
        }
        else
        {
            BeginOperation(OperationKind.Arithmetic, target, [left, right], [(int)@operator], place, carries: false);
        }
    }

    private void BeginComparison(TokenKind @operator, int left, int right, int place)
    {
        if (@operator == TokenKind.Instanceof && hasInstanceChecks)
        {
            Constrain(right, ConstraintKind.Invoke, place, Values.Text("@@hasInstance"), NewCall(place, -1, [left], -1, -1, isNew: false).Index);
        }

        if (conversions.Count > 0 && @operator is not (TokenKind.EqualsEqualsEquals or TokenKind.ExclamationEqualsEquals or TokenKind.Instanceof))
        {
            Constrain(left, ConstraintKind.Convert, place, -1);
            Constrain(right, ConstraintKind.Convert, place, -1);
        }
    }

    private static bool IsComparison(TokenKind kind) =>
        kind
            is TokenKind.EqualsEquals
                or TokenKind.EqualsEqualsEquals
                or TokenKind.ExclamationEquals
                or TokenKind.ExclamationEqualsEquals
                or TokenKind.LessThan
                or TokenKind.LessThanEquals
                or TokenKind.GreaterThan
                or TokenKind.GreaterThanEquals
                or TokenKind.In
                or TokenKind.Instanceof;

    private void PutBooleans(int target)
    {
        PutValue(target, Values.True);
        PutValue(target, Values.False);
    }

    private void BeginOperation(OperationKind kind, int target, int[] nodes, int[] details, int site, bool carries = true, string path = "")
    {
        operations.Add(new(kind, target, nodes, details) { Path = path });
        foreach (var node in nodes)
        {
            Constrain(node, ConstraintKind.Operand, site, operations.Count - 1);
            if (carries)
            {
                Link(node, target, site, FlowLinkKind.Derive);
            }
        }

        Operate(operations.Count - 1);
    }

    private void OperateOn(int operation, int value, int site)
    {
        if (conversions.Count > 0 && operations[operation].Kind != OperationKind.TypeOf)
        {
            Convert(value, operations[operation].Target, site);
        }

        Operate(operation);
    }

    // Many values come at once: it is done when they are there.
    private void Operate(int operation)
    {
        if (!operations[operation].IsDirty)
        {
            operations[operation].IsDirty = true;
            dirty.Enqueue(operation);
        }
    }

    private int OperandOf(Operation operation, int at) =>
        setOf[operation.Nodes[at]] is var set && (set != SetTable.Empty || !operation.TakesMissing) ? set
        : operation.Kind == OperationKind.Arithmetic ? Sets.Of(Values.AnyNumber)
        : Sets.Of(Values.AnyString);

    // Members, arguments and results that are missing are undefined, which is in no set; what is worked out of them is some text or number all the same.
    private bool WorkOutMissing()
    {
        var found = false;
        for (var number = 0; number < operations.Count; number++)
        {
            var operation = operations[number];
            if (!operation.TakesMissing && operation.Kind != OperationKind.TypeOf && operation.Nodes.Any(node => setOf[node] == SetTable.Empty))
            {
                operation.TakesMissing = true;
                Operate(number);
                found = true;
            }
        }

        return found;
    }

    private void Redo(int number)
    {
        var operation = operations[number];
        operation.IsDirty = false;
        switch (operation.Kind)
        {
            case OperationKind.Add:
                Add(operation);
                break;
            case OperationKind.Template:
                PutTexts(operation);
                break;
            case OperationKind.TypeOf:
                foreach (var value in Sets[OperandOf(operation, 0)].ToArray())
                {
                    PutTypeOf(operation.Target, value);
                }

                break;
            case OperationKind.Computed:
                Compute(operation);
                break;
            default:
                Calculate(operation);
                break;
        }
    }

    private void Add(Operation operation)
    {
        var (left, right) = (KindsOf(OperandOf(operation, 0)), KindsOf(OperandOf(operation, 1)));
        if (left != Operands.None && right != Operands.None && ((left | right) & Operands.Texts) != 0)
        {
            PutTexts(operation);
        }

        if ((left & right & Operands.Numbers) != 0)
        {
            Calculate(operation);
        }
    }

    private Operands KindsOf(int set)
    {
        var kinds = Operands.None;
        foreach (var value in Sets[set])
        {
            kinds |= Operands.Some;
            kinds |= MayBeText(value) || Values.IsReference(value) ? Operands.Texts : Operands.None;
            kinds |= MayBeNumber(value) ? Operands.Numbers : Operands.None;
        }

        return kinds;
    }

    [Flags]
    private enum Operands
    {
        None = 0,
        Some = 1,
        Texts = 2,
        Numbers = 4,
    }

    private bool MayBeText(int value) =>
        Values.KindOf(value) is ValueKind.String or ValueKind.Pattern or ValueKind.AnyString or ValueKind.Unknown or ValueKind.External;

    private bool MayBeNumber(int value) =>
        Values.KindOf(value) is not (ValueKind.String or ValueKind.Pattern or ValueKind.AnyString or ValueKind.Function or ValueKind.Class);

    // The texts that come of writing one value after the other, in pieces with something that is not known between them.
    private void PutTexts(Operation operation)
    {
        var results = new List<string[]>(1) { NoText };
        var next = new List<string[]>();
        for (var at = 0; at < operation.Nodes.Length; at++)
        {
            var set = OperandOf(operation, at);
            var count = Sets[set].Length;
            if (count == 0)
            {
                return;
            }

            var isTooMuch = count * results.Count > MaximumResults || results[0].Length > MaximumPieces;
            next.Clear();
            foreach (var result in results)
            {
                if (isTooMuch)
                {
                    next.Add(Joined(result, NoPieces));
                    continue;
                }

                // Values may be added, and sets with them, but not while this one is read.
                foreach (var value in Sets[set])
                {
                    next.Add(Joined(result, PiecesOf(value)));
                }
            }

            (results, next) = (next, results);
        }

        var union = SetTable.Empty;
        foreach (var result in results)
        {
            union = Sets.Union(union, Sets.Of(Values.Pattern(result)));
        }

        Put(operation.Target, union);
    }

    private static string[] Joined(string[] one, string[] other) => [.. one[..^1], one[^1] + other[0], .. other[1..]];

    private string[] PiecesOf(int value) =>
        Values.KindOf(value) == ValueKind.Pattern ? [.. Values.PiecesOf(value)]
        : TextOf(value) is { } text ? [text]
        : NoPieces;

    // What a value is as a text; null where that is not known.
    private string? TextOf(int value) =>
        Values.KindOf(value) switch
        {
            ValueKind.String or ValueKind.BigInt => Values.StringOf(value),
            ValueKind.Number => NumberText.Of(Values.NumberOf(value)),
            ValueKind.True => "true",
            ValueKind.False => "false",
            ValueKind.Null => "null",
            ValueKind.Undefined => "undefined",
            _ => null,
        };

    private void PutTypeOf(int target, int value)
    {
        var text = Values.KindOf(value) switch
        {
            ValueKind.Undefined => "undefined",
            ValueKind.Null => "object",
            ValueKind.True or ValueKind.False => "boolean",
            ValueKind.Number or ValueKind.AnyNumber => "number",
            ValueKind.BigInt or ValueKind.AnyBigInt => "bigint",
            ValueKind.String or ValueKind.Pattern or ValueKind.AnyString => "string",
            ValueKind.Function or ValueKind.Class or ValueKind.Bound => "function",
            ValueKind.Object when !OriginRootIs(value, "Symbol") && !OriginRootIs(value, "Proxy") => "object",
            _ => null,
        };
        PutValue(target, text is null ? Values.AnyString : Values.String(text));
    }

    private void Calculate(Operation operation)
    {
        var left = Sets[OperandOf(operation, 0)].ToArray();
        var right = operation.Nodes.Length > 1 ? Sets[OperandOf(operation, 1)].ToArray() : [];
        if (left.Length == 0 || (operation.Nodes.Length > 1 && right.Length == 0))
        {
            return;
        }

        if (left.Concat(right).Any(value => Values.KindOf(value) is ValueKind.BigInt or ValueKind.AnyBigInt or ValueKind.Unknown or ValueKind.External))
        {
            PutValue(operation.Target, Values.AnyBigInt);
        }

        var @operator = operation.Kind == OperationKind.Add ? TokenKind.Plus : (TokenKind)operation.Details[0];
        var areKnown =
            left.Concat(right).All(value => Values.KindOf(value) == ValueKind.Number) && left.Length * Math.Max(1, right.Length) <= SetTable.MaximumNumbers;
        if (!areKnown)
        {
            PutValue(operation.Target, Values.AnyNumber);
            return;
        }

        foreach (var one in left)
        {
            foreach (var other in operation.Nodes.Length > 1 ? right : [one])
            {
                var number =
                    operation.Nodes.Length == 1
                        ? Negated(@operator, Values.NumberOf(one))
                        : Calculated(@operator, Values.NumberOf(one), Values.NumberOf(other));
                PutValue(operation.Target, number is { } known ? Values.Number(known) : Values.AnyNumber);
            }
        }
    }

    private static double? Negated(TokenKind @operator, double number) =>
        @operator switch
        {
            TokenKind.Minus => -number,
            TokenKind.Plus => number,
            TokenKind.PlusPlus => number + 1,
            TokenKind.MinusMinus => number - 1,
            _ => null,
        };

    private static double? Calculated(TokenKind @operator, double left, double right) =>
        @operator switch
        {
            TokenKind.Plus => left + right,
            TokenKind.Minus => left - right,
            TokenKind.Asterisk => left * right,
            TokenKind.Slash => left / right,
            TokenKind.Percent => left % right,
            _ => null,
        };

    private enum OperationKind
    {
        Add,
        Template,
        TypeOf,
        Arithmetic,
        Computed,
    }

    private sealed class Operation(OperationKind kind, int target, int[] nodes, int[] details)
    {
        public OperationKind Kind => kind;

        public int Target => target;

        public int[] Nodes => nodes;

        public int[] Details => details;

        /// <summary>The function that it works out, if it is one.</summary>
        public string Path { get; init; } = "";

        public bool IsDirty { get; set; }

        /// <summary>Whether operands of which nothing is known are undefined: all that leads there has been followed.</summary>
        public bool TakesMissing { get; set; }
    }
}
