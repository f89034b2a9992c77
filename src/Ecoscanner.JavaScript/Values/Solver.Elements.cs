using Ecoscanner.JavaScript.Lowering;

namespace Ecoscanner.JavaScript.Values;

// JSX: a component is called by the framework with the properties of its elements.
internal sealed partial class Solver
{
    private void BeginElement(Instance instance, ModuleView view, in Instruction step, int place)
    {
        var target = instance.NodeOf(step.T);
        var element = ObjectAt(place, FirstModelPart, ObjectRoot);
        PutValue(target, element);
        Link(instance.NodeOf(step.B), MemberNode(element, Values.Text("props")), place);
        if (step.A < 0)
        {
            PutValue(MemberNode(element, Values.Text("type")), Values.String(view.Module.Texts[~step.A]));
            return;
        }

        Link(instance.NodeOf(step.A), MemberNode(element, Values.Text("type")), place);
        var call = NewCall(place, -1, [instance.NodeOf(step.B)], -1, -1, isNew: false, isOwn: true);
        Constrain(instance.NodeOf(step.A), ConstraintKind.CallElement, place, call.Index);
    }

    // A class component is constructed with its properties, and its `render` is called.
    private void CallElement(CallRecord call, int component)
    {
        switch (Values.KindOf(component))
        {
            case ValueKind.Class:
                var instance = NewNode();
                ConstructClass(NewCall(call.Site, -1, call.Arguments, instance, -1, isNew: true), component);
                Constrain(instance, ConstraintKind.Store, call.Site, Values.Text("props"), call.Arguments[0]);
                var render = NewNode();
                Constrain(instance, ConstraintKind.Load, call.Site, Values.Text("render"), render);
                Constrain(render, ConstraintKind.Call, call.Site, NewCall(call.Site, instance, [], -1, -1, isNew: false).Index);
                break;
            case ValueKind.Function or ValueKind.Bound:
                Call(call, component);
                break;
            case ValueKind.External:
                externalEdges.Add((call.Site, component));
                Constrain(call.Arguments[0], ConstraintKind.CallBack, call.Site, component, 0);
                break;
            case ValueKind.Unknown:
                CallUnknown(call);
                break;
            default:
                break;
        }
    }
}
