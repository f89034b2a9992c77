using Ecoscanner.JavaScript.Lowering;

namespace Ecoscanner.JavaScript.Values;

// What each instruction asks of the nodes of its slots.
internal sealed partial class Solver
{
    private void Begin(Instance instance)
    {
        var view = views[instance.Module]!;
        if (instance.Function.Rest >= 0)
        {
            RestArrayOf(instance);
        }

        if (instance.Function.Arguments >= 0)
        {
            ArgumentsOf(instance);
        }

        var instructions = view.Module.InstructionsOf(instance.Function);
        for (var index = 0; index < instructions.Length; index++)
        {
            Steps++;
            Begin(instance, view, in instructions[index], instance.FirstPlace + index);
        }
    }

    private void Begin(Instance instance, ModuleView view, in Instruction step, int place)
    {
        var target = instance.NodeOf(step.T);
        if (step.Opcode == Opcode.Load && step.B < 0 && IsMeasure(view.Texts[~step.B]))
        {
            // How long something is carries none of it.
        }
        else if (step.Opcode is Opcode.Load or Opcode.Iterate or Opcode.Await or Opcode.Keys)
        {
            LinkNew(instance.NodeOf(step.A), target, place, FlowLinkKind.Derive);
        }

        switch (step.Opcode)
        {
            case Opcode.Unknown:
                PutValue(target, Values.Unknown);
                break;
            case Opcode.Constant:
                PutValue(target, view.Constants[step.A]);
                break;
            case Opcode.Copy:
                LinkNew(instance.NodeOf(step.A), target, place, FlowLinkKind.Copy);
                break;
            case Opcode.Outer:
                LinkNew(OuterNode(instance, step.A), target, place, FlowLinkKind.Outer);
                break;
            case Opcode.SetOuter:
                LinkNew(instance.NodeOf(step.B), OuterNode(instance, step.A), place, FlowLinkKind.Outer);
                break;
            case Opcode.Function:
                PutValue(target, FunctionValueOf(instance, view.Module.Functions[step.A]));
                break;
            case Opcode.Class:
                BeginClass(instance, view, in step, place);
                break;
            case Opcode.Object:
                PutValue(target, NewObject(instance, place, ObjectRoot, view.Module.ListAt(step.A), view.Texts));
                break;
            case Opcode.Array:
                PutValue(target, NewArray(instance, place));
                break;
            case Opcode.Regex:
                PutValue(target, NewBuiltIn(place, 0, "RegExp"));
                break;
            case Opcode.Load when step.B < 0:
                Constrain(instance.NodeOf(step.A), ConstraintKind.Load, place, view.Texts[~step.B], target);
                break;
            case Opcode.Load:
                Constrain(instance.NodeOf(step.A), ConstraintKind.LoadKeyed, place, -1, instance.NodeOf(step.B), target);
                break;
            case Opcode.SuperLoad when step.B < 0:
                Constrain(instance.NodeOf(step.A), ConstraintKind.LoadSuper, place, view.Texts[~step.B], target);
                break;
            case Opcode.SuperLoad:
                PutValue(target, Values.Unknown);
                break;
            case Opcode.Store when step.B < 0:
                Constrain(instance.NodeOf(step.A), ConstraintKind.Store, place, view.Texts[~step.B], instance.NodeOf(step.C));
                break;
            case Opcode.Store:
                Constrain(instance.NodeOf(step.A), ConstraintKind.StoreKeyed, place, -1, instance.NodeOf(step.B), instance.NodeOf(step.C));
                break;
            case Opcode.Getter or Opcode.Setter when step.B < 0:
                var kind = step.Opcode == Opcode.Getter ? ConstraintKind.Getter : ConstraintKind.Setter;
                Constrain(instance.NodeOf(step.A), kind, place, view.Texts[~step.B], instance.NodeOf(step.C));
                break;
            case Opcode.Getter or Opcode.Setter:
                var isSetter = step.Opcode == Opcode.Setter ? 1 : 0;
                Constrain(instance.NodeOf(step.B), ConstraintKind.AccessorByKey, place, instance.NodeOf(step.A), instance.NodeOf(step.C), isSetter);
                break;
            case Opcode.Spread:
                BeginSpread(instance.NodeOf(step.A), instance.NodeOf(step.B), place);
                break;
            case Opcode.Assign:
                Constrain(instance.NodeOf(step.B), ConstraintKind.CopyMembers, place, step.C, instance.NodeOf(step.A), instance.Module);
                break;
            case Opcode.Call:
                var call = CallOf(instance, view, in step, place, isNew: false);
                Constrain(instance.NodeOf(step.A), ConstraintKind.Call, place, call.Index);
                break;
            case Opcode.New:
                var construction = CallOf(instance, view, in step, place, isNew: true);
                Constrain(instance.NodeOf(step.A), ConstraintKind.Call, place, construction.Index);
                break;
            case Opcode.SuperCall:
                var super = CallOf(instance, view, in step, place, isNew: true);
                Constrain(instance.NodeOf(step.A), ConstraintKind.Construct, place, super.Index);
                LinkNew(instance.NodeOf(step.B), target, place, FlowLinkKind.Copy);
                break;
            case Opcode.Element:
                BeginElement(instance, view, in step, place);
                break;
            case Opcode.Iterate:
                Constrain(instance.NodeOf(step.A), ConstraintKind.Iterate, place, target, step.B, Math.Max(0, step.C));
                break;
            case Opcode.Keys:
                Constrain(instance.NodeOf(step.A), ConstraintKind.Keys, place, target);
                break;
            case Opcode.Await:
                var handler = step.C >= 0 ? instance.NodeOf(step.C) : -1;
                Constrain(instance.NodeOf(step.A), ConstraintKind.Await, place, target, handler);
                break;
            case Opcode.Yield or Opcode.YieldAll:
                BeginYield(instance, in step, place);
                break;
            case Opcode.Return:
                LinkNew(instance.NodeOf(step.A), instance.NodeOf(instance.Function.Return), place, FlowLinkKind.Copy);
                break;
            case Opcode.Throw:
                LinkNew(instance.NodeOf(step.A), instance.NodeOf(step.B >= 0 ? step.B : instance.Function.Thrown), place, FlowLinkKind.Copy);
                break;
            case Opcode.Raised:
                PutValue(target, Externals.Instance(Externals.Global("Error")));
                break;
            case Opcode.Add or Opcode.Template or Opcode.Binary or Opcode.Unary:
                BeginOperation(instance, view, in step, place);
                break;
            case Opcode.Global:
                BeginGlobal(view.Texts[step.A], target, place);
                break;
            case Opcode.SetGlobal:
                Link(instance.NodeOf(step.B), GlobalNode(view.Texts[step.A]), place);
                break;
            case Opcode.Import:
                BeginImport(instance, view.Module.Record.Imports[step.A], target, place);
                break;
            case Opcode.Request:
                BeginRequest(instance, step.A, target, place);
                break;
            case Opcode.Eval:
                PutValue(target, Values.Unknown);
                BeginEval(instance, place);
                break;
            default:
                throw new InvalidOperationException($"no meaning is given to {step.Opcode}");
        }
    }

    private bool IsMeasure(int text) => Values.TextAt(text) is "length" or "size" or "byteLength";

    private static int OuterNode(Instance instance, int slot)
    {
        for (var around = instance; around is not null; around = around.Parent)
        {
            if (around.Owns(slot))
            {
                return around.NodeOf(slot);
            }
        }

        return -1;
    }

    private CallRecord CallOf(Instance instance, ModuleView view, in Instruction step, int place, bool isNew)
    {
        var list = view.Module.ListAt(step.C);
        var arguments = new int[list.Length - 1];
        for (var index = 0; index < arguments.Length; index++)
        {
            var slot = list[index + 1];
            arguments[index] = slot < 0 ? ~instance.NodeOf(~slot) : instance.NodeOf(slot);
        }

        var own = step.Opcode == Opcode.New ? -1 : instance.NodeOf(step.B);
        var target = step.Opcode == Opcode.SuperCall ? -1 : instance.NodeOf(step.T);
        return NewCall(place, own, arguments, target, list[0] >= 0 ? instance.NodeOf(list[0]) : -1, isNew, isOwn: true);
    }

    // A generator hands out what it yields, and is given what next() is called with.
    private void BeginYield(Instance instance, in Instruction step, int place)
    {
        var yielded = instance.NodeOf(instance.Function.Yielded);
        if (step.Opcode == Opcode.YieldAll)
        {
            Constrain(instance.NodeOf(step.A), ConstraintKind.Iterate, place, yielded, -1, instance.Function.Is(LoweredFunctionKinds.Async) ? Awaited : 0);
            Constrain(instance.NodeOf(step.A), ConstraintKind.Load, place, resultText, instance.NodeOf(step.T));
            return;
        }

        if (step.A >= 0)
        {
            LinkNew(instance.NodeOf(step.A), yielded, place, FlowLinkKind.Copy);
        }

        var result = ResultObjectOf(instance);
        Link(MemberNode(result, sentText), instance.NodeOf(step.T), place);
        Link(MemberNode(result, thrownText), instance.NodeOf(step.C >= 0 ? step.C : instance.Function.Thrown), place);
    }
}
