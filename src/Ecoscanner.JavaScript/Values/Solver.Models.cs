using System.Globalization;

namespace Ecoscanner.JavaScript.Values;

// Models of external functions: their statements become links and constraints of the call.
internal sealed partial class Solver
{
    // Built-in functions hand no more than four arguments to a function that they are handed.
    private const int CallBackArguments = 4;
    private const int ModelParts = 64;

    private readonly HashSet<(int Call, int External)> modelled = [];

    private void ApplyModel(CallRecord call, int callee, int external, FlowModel model)
    {
        if (!modelled.Add((call.Index, external)))
        {
            return;
        }

        var target = call.Target >= 0 ? call.Target : NewNode();
        var application = new Application(call with { Target = target }, callee, external);
        var number = 0;
        foreach (var statement in model.Statements)
        {
            number++;
            if (statement.Unless >= 0 && statement.Unless < call.Arguments.Length && call.Arguments.Take(statement.Unless + 1).All(argument => argument >= 0))
            {
                continue;
            }

            switch (statement.Kind)
            {
                case FlowStatementKind.Special:
                    ApplySpecial(application, model.Path);
                    break;
                case FlowStatementKind.Call:
                    foreach (var node in Read(application, statement.To))
                    {
                        CallBackOf(application, node);
                    }

                    break;
                case FlowStatementKind.Convert:
                    foreach (var node in conversions.Count == 0 ? [] : Read(application, statement.To))
                    {
                        Constrain(node, ConstraintKind.Convert, call.Site, -1);
                    }

                    break;
                case FlowStatementKind.Make when statement.Made == "computed":
                    Computed(application, model.Path);
                    break;
                case FlowStatementKind.Make when statement.Made == "template":
                    Template(call, target);
                    break;
                case FlowStatementKind.Make:
                    var made = NewNode();
                    PutMade(application, statement.Made, number, made);
                    Write(application, statement.To, made);
                    break;
                case FlowStatementKind.Members:
                    foreach (var source in Read(application, statement.From!))
                    {
                        foreach (var to in Read(application, statement.To))
                        {
                            Constrain(source, ConstraintKind.CopyMembers, call.Site, -1, to, 0);
                        }
                    }

                    break;
                case FlowStatementKind.Copy or FlowStatementKind.Derive:
                    var kind = statement.Kind == FlowStatementKind.Copy ? FlowLinkKind.Copy : FlowLinkKind.Derive;
                    foreach (var source in Read(application, statement.From!))
                    {
                        Write(application, statement.To, source, kind);
                    }

                    break;
                default:
                    break;
            }
        }
    }

    // The text of a template whose tag writes it as it stands: its pieces are the members of the first argument.
    private void Template(CallRecord call, int target)
    {
        if (call.Arguments.Length == 0 || call.Arguments.Any(argument => argument < 0))
        {
            PutValue(target, Values.AnyString);
            return;
        }

        var nodes = new List<int>();
        for (var index = 0; index < call.Arguments.Length; index++)
        {
            var piece = NewNode();
            Constrain(call.Arguments[0], ConstraintKind.Load, call.Site, Values.Text(index.ToString(CultureInfo.InvariantCulture)), piece);
            nodes.Add(piece);
            if (index + 1 < call.Arguments.Length)
            {
                nodes.Add(call.Arguments[index + 1]);
            }
        }

        BeginOperation(OperationKind.Template, target, [.. nodes], [], call.Site);
    }

    private void PutMade(Application application, string what, int number, int node)
    {
        if (what == "boolean")
        {
            PutBooleans(node);
        }
        else
        {
            PutValue(node, Made(application, what, number));
        }
    }

    private int Made(Application application, string what, int number) =>
        what switch
        {
            "string" => Values.AnyString,
            "number" => Values.AnyNumber,
            "bigint" => Values.AnyBigInt,
            "undefined" => Values.Undefined,
            "unknown" => Values.Unknown,
            "itself" => application.External,
            "instance" => ObjectAt(application.Call.Site, PartOf(application, number), Externals.Member(application.Callee, prototypeText)),
            _ => NewBuiltIn(application.Call.Site, PartOf(application, number), what),
        };

    private static int PartOf(Application application, int number) => -1 - ((application.External * ModelParts) + number);

    // The nodes of a place: several for each argument.
    private List<int> Read(Application application, FlowPart part) => Read(application, part, part.Steps.Length);

    private List<int> Read(Application application, FlowPart part, int steps)
    {
        var call = application.Call;
        var nodes = part.Root switch
        {
            FlowPart.This => call.This >= 0 ? [call.This] : [],
            FlowPart.Return => [call.Target],
            FlowPart.All => [.. Enumerable.Range(0, call.Arguments.Length).Select(index => ArgumentNode(call, index))],
            _ => ArgumentAt(call, part.Root),
        };
        for (var index = 0; index < steps; index++)
        {
            var step = part.Steps[index];
            nodes = nodes.ConvertAll(node => Read(application, node, step));
        }

        return nodes;
    }

    private List<int> ArgumentAt(CallRecord call, int index)
    {
        var nodes = new List<int>();
        for (var at = 0; at < call.Arguments.Length && at <= index; at++)
        {
            if (at == index || call.Arguments[at] < 0 || nodes.Count > 0)
            {
                nodes.Add(ArgumentNode(call, at));
            }
        }

        return nodes;
    }

    private int Read(Application application, int node, FlowPartStep step)
    {
        var site = application.Call.Site;
        if (step.Kind == FlowPartKind.Result)
        {
            return CallBackOf(application, node).Target;
        }

        if (application.Read.TryGetValue((node, step), out var known))
        {
            return known;
        }

        var part = NewNode();
        application.Read.Add((node, step), part);
        Link(node, part, site, FlowLinkKind.Derive);
        switch (step.Kind)
        {
            case FlowPartKind.Member:
                Constrain(node, ConstraintKind.Load, site, Values.Text(step.Member), part);
                break;
            case FlowPartKind.Under:
                Constrain(First(application.Call, step.Index), ConstraintKind.LoadUnder, site, node, part, Values.Text(step.Member));
                break;
            case FlowPartKind.Items:
                Constrain(node, ConstraintKind.LoadItems, site, part);
                break;
            case FlowPartKind.Flattened:
                Constrain(node, ConstraintKind.Flatten, site, part);
                break;
            case FlowPartKind.AllMembers:
                Constrain(node, ConstraintKind.LoadAll, site, part);
                break;
            case FlowPartKind.Awaited:
                Constrain(node, ConstraintKind.Await, site, part, -1);
                break;
            default:
                Constrain(node, ConstraintKind.Iterate, site, part, -1, 0);
                break;
        }

        return part;
    }

    private void Write(Application application, FlowPart part, int source, FlowLinkKind kind = FlowLinkKind.Copy)
    {
        var site = application.Call.Site;
        if (part.Steps.Length == 0)
        {
            if (part.Root == FlowPart.Return)
            {
                Link(source, application.Call.Target, site, kind);
            }

            return;
        }

        var value = NewNode();
        Link(source, value, site, kind);
        var last = part.Steps[^1];
        foreach (var node in Read(application, part, part.Steps.Length - 1))
        {
            switch (last.Kind)
            {
                case FlowPartKind.Member:
                    Constrain(node, ConstraintKind.Store, site, Values.Text(last.Member), value);
                    break;
                case FlowPartKind.Under:
                    Constrain(First(application.Call, last.Index), ConstraintKind.StoreUnder, site, node, value, Values.Text(last.Member));
                    break;
                case FlowPartKind.Items:
                    Constrain(node, ConstraintKind.StoreKeyed, site, -1, NodeHolding(Values.AnyNumber), value);
                    break;
                case FlowPartKind.AllMembers:
                    Constrain(node, ConstraintKind.StoreKeyed, site, -1, NodeHolding(Values.AnyString), value);
                    break;
                case FlowPartKind.Awaited:
                    Constrain(node, ConstraintKind.SettleWith, site, value);
                    break;
                case FlowPartKind.Parameter:
                    var record = CallBackOf(application, node);
                    Link(value, last.Index < 0 ? record.This : record.Arguments[Math.Min(last.Index, CallBackArguments - 1)], site);
                    break;
                default:
                    break;
            }
        }
    }

    // The one call that a model makes of what is in a node.
    private CallRecord CallBackOf(Application application, int node)
    {
        if (!application.CallBacks.TryGetValue(node, out var record))
        {
            var nodes = NewNodes(CallBackArguments + 2);
            record = NewCall(
                application.Call.Site,
                nodes + CallBackArguments + 1,
                [.. Enumerable.Range(nodes, CallBackArguments)],
                nodes + CallBackArguments,
                application.Call.Handler,
                isNew: false
            );
            application.CallBacks.Add(node, record);
            Constrain(node, ConstraintKind.Call, application.Call.Site, record.Index);
        }

        return record;
    }

    /// <summary>A model at work for a call.</summary>
    private sealed record Application(CallRecord Call, int Callee, int External)
    {
        public Dictionary<(int Node, FlowPartStep Step), int> Read { get; } = [];

        public Dictionary<int, CallRecord> CallBacks { get; } = [];
    }
}
