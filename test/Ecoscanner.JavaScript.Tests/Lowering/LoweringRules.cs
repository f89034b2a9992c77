using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Lowering;
using Ecoscanner.JavaScript.Modules;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Tests.Lowering;

/// <summary>What holds of every lowered module.</summary>
internal static class LoweringRules
{
    public static LoweredModule Lower(string source, string file = "a.js") => Lower(SyntaxTree.Parse(new SourceText(source, file), ParseOptions.For(file)));

    public static LoweredModule Lower(SyntaxTree tree) => LoweredModule.Of(ModuleRecord.Of(SemanticModel.Of(tree)));

    public static void Check(LoweredModule module)
    {
        var functionOf = FunctionOfSlots(module);
        for (var index = 0; index < module.Functions.Length; index++)
        {
            var function = module.Functions[index];
            Assert.Equal(index, function.Index);
            Assert.Equal(index == 0, function.Parent is null);
            Assert.True(function.Parent is null || function.Parent.Index < index, "it comes before the function around");
            foreach (ref readonly var instruction in module.InstructionsOf(function))
            {
                CheckInstruction(module, function, functionOf, instruction);
            }

            foreach (var slot in new[] { function.This, function.Arguments, function.Return, function.Thrown, function.Yielded, function.Rest })
            {
                Assert.True(slot < 0 || functionOf[slot] == index);
            }

            Assert.All(function.Parameters, slot => Assert.Equal(index, functionOf[slot]));
        }
    }

    /// <summary>Each expression that runs has a slot.</summary>
    public static void CheckExpressions(LoweredModule module)
    {
        var tree = module.Tree;
        // What was read in vain stands in the tree, but is no part of it.
        var isPart = new bool[tree.NodeCount + 1];
        isPart[tree.NodeCount] = !tree.Root.IsErased;
        for (var index = tree.NodeCount; index > 0; index--)
        {
            var node = tree.NodeAt(index);
            foreach (var child in node.Children)
            {
                isPart[child.Index] |= isPart[index];
            }

            if (isPart[index] && !node.IsErased && IsValue(node, module.Record.Model) && module.SlotOf(node) < 0)
            {
                Assert.Fail($"{node.Kind} at {tree.Source.Lines.PositionOf(node.Start)} has no slot: {Excerpt(node)} in {Excerpt(tree.ParentOf(node))}");
            }
        }
    }

    private static string Excerpt(Node node) => node.Text.Length > 80 ? node.Text[..80].ToString() : node.Text.ToString();

    private static bool IsValue(Node node, SemanticModel model) =>
        node.Kind switch
        {
            NodeKind.Identifier or NodeKind.JSXIdentifier => model.ReferenceOf(node) is { Exists: true, IsType: false } reference
                && (reference.IsRead || reference.IsWrite)
                && (!reference.Symbol.Exists || reference.Symbol.Is(SymbolKinds.Values))
                && node.Tree.ParentOf(node).Kind is not (NodeKind.JSXClosingElement or NodeKind.JSXMemberExpression),
            NodeKind.StringLiteral => node.Tree.ParentOf(node)
                is {
                    Kind: not (
                        NodeKind.ImportDeclaration
                        or NodeKind.ExportNamedDeclaration
                        or NodeKind.ExportAllDeclaration
                        or NodeKind.ImportSpecifier
                        or NodeKind.ExportSpecifier
                        or NodeKind.ImportAttribute
                        or NodeKind.TSModuleDeclaration
                        or NodeKind.TSEnumMember
                        or NodeKind.TSLiteralType
                    )
                } parent
                && !(parent.Kind == NodeKind.ExpressionStatement && parent.Has(NodeFlags.Directive)),
            NodeKind.NumericLiteral or NodeKind.TemplateLiteral => node.Tree.ParentOf(node).Kind
                is not (NodeKind.TSLiteralType or NodeKind.TSEnumMember or NodeKind.UnaryExpression),
            NodeKind.BooleanLiteral
            or NodeKind.NullLiteral
            or NodeKind.RegExpLiteral
            or NodeKind.ThisExpression
            or NodeKind.ArrayExpression
            or NodeKind.ObjectExpression
            or NodeKind.FunctionExpression
            or NodeKind.FunctionDeclaration
            or NodeKind.ArrowFunctionExpression
            or NodeKind.ClassExpression
            or NodeKind.ClassDeclaration
            or NodeKind.UnaryExpression
            or NodeKind.UpdateExpression
            or NodeKind.BinaryExpression
            or NodeKind.LogicalExpression
            or NodeKind.AssignmentExpression
            or NodeKind.ConditionalExpression
            or NodeKind.CallExpression
            or NodeKind.NewExpression
            or NodeKind.MemberExpression
            or NodeKind.ChainExpression
            or NodeKind.SequenceExpression
            or NodeKind.YieldExpression
            or NodeKind.AwaitExpression
            or NodeKind.TaggedTemplateExpression
            or NodeKind.ImportExpression
            or NodeKind.MetaProperty
            or NodeKind.JSXElement
            or NodeKind.JSXFragment
            or NodeKind.TSAsExpression
            or NodeKind.TSNonNullExpression
            or NodeKind.TSSatisfiesExpression
            or NodeKind.TSTypeAssertion
            or NodeKind.TSInstantiationExpression => true,
            _ => false,
        };

    private static int[] FunctionOfSlots(LoweredModule module)
    {
        var functionOf = new int[module.SlotCount];
        var (slot, instruction) = (0, 0);
        foreach (var function in module.Functions)
        {
            Assert.Equal(slot, function.FirstSlot);
            Assert.Equal(instruction, function.FirstInstruction);
            functionOf.AsSpan(slot, function.SlotCount).Fill(function.Index);
            slot += function.SlotCount;
            instruction += function.InstructionCount;
        }

        Assert.Equal(module.SlotCount, slot);
        Assert.Equal(module.Instructions.Length, instruction);
        return functionOf;
    }

    private static void CheckInstruction(LoweredModule module, LoweredFunction function, int[] functionOf, Instruction i)
    {
        Assert.InRange(i.Node, 1, module.Tree.NodeCount);
        if (i.T >= 0)
        {
            Assert.Equal(function.Index, functionOf[i.T]);
        }

        switch (i.Opcode)
        {
            case Opcode.Outer or Opcode.SetOuter:
                Assert.True(IsAround(module.Functions[functionOf[i.A]], function), "it reaches into a function that is not around");
                Own(i.Opcode == Opcode.SetOuter ? i.B : i.T);
                break;
            case Opcode.Constant or Opcode.Regex:
                Assert.InRange(i.A, 0, module.Constants.Length - 1);
                break;
            case Opcode.Function:
                Assert.Same(function, module.Functions[i.A].Parent);
                break;
            case Opcode.Class:
                Assert.InRange(i.A, 0, module.Classes.Length - 1);
                OwnOrNone(i.B);
                Own(i.C);
                break;
            case Opcode.Object:
                Texts(i.A);
                break;
            case Opcode.Load or Opcode.SuperLoad:
                Own(i.A);
                Key(i.B);
                OwnOrNone(i.C);
                break;
            case Opcode.Store or Opcode.Getter or Opcode.Setter:
                Own(i.A);
                Key(i.B);
                Own(i.C);
                break;
            case Opcode.Spread:
                Own(i.A);
                Own(i.B);
                break;
            case Opcode.Assign:
                Own(i.A);
                Own(i.B);
                foreach (var key in module.ListAt(i.C))
                {
                    Key(key);
                }

                break;
            case Opcode.Call or Opcode.New or Opcode.SuperCall:
                Own(i.A);
                OwnOrNone(i.B);
                foreach (var argument in module.ListAt(i.C))
                {
                    Own(argument < 0 ? ~argument : argument);
                }

                Own(module.ListAt(i.C)[0]);
                break;
            case Opcode.Element:
                Key(i.A);
                Own(i.B);
                break;
            case Opcode.Template:
                foreach (var part in module.ListAt(i.C))
                {
                    Key(part);
                }

                break;
            case Opcode.Add or Opcode.Binary or Opcode.Throw:
                Own(i.A);
                Own(i.B);
                break;
            case Opcode.Copy or Opcode.Iterate or Opcode.Keys or Opcode.Await or Opcode.Yield or Opcode.YieldAll or Opcode.Return or Opcode.Unary:
                Own(i.A);
                break;
            case Opcode.SetGlobal:
                Key(~i.A);
                Own(i.B);
                break;
            case Opcode.Global:
                Key(~i.A);
                break;
            case Opcode.Import:
                Assert.InRange(i.A, 0, module.Record.Imports.Length - 1);
                break;
            case Opcode.Request:
                Assert.InRange(i.A, 0, module.Record.Requests.Length - 1);
                break;
            case Opcode.Eval:
                OwnOrNone(i.A);
                break;
            default:
                Assert.True(i.Opcode is Opcode.Unknown or Opcode.Array or Opcode.Raised, $"{i.Opcode} is not known");
                break;
        }

        void Own(int slot) => Assert.True(slot >= 0 && functionOf[slot] == function.Index, $"{i} takes slot {slot}");
        void OwnOrNone(int slot) => Assert.True(slot == -1 || functionOf[slot] == function.Index, $"{i} takes slot {slot}");
        void Key(int key) => Assert.True(key >= 0 ? functionOf[key] == function.Index : ~key < module.Texts.Length, $"{i} takes key {key}");
        void Texts(int list)
        {
            foreach (var text in module.ListAt(list))
            {
                Assert.InRange(text, 0, module.Texts.Length - 1);
            }
        }
    }

    private static bool IsAround(LoweredFunction around, LoweredFunction function)
    {
        var parent = function.Parent;
        while (parent is not null && parent != around)
        {
            parent = parent.Parent;
        }

        return parent is not null;
    }
}
