using System.Collections.Immutable;
using Ecoscanner.JavaScript.Lowering;
using Ecoscanner.JavaScript.Modules;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Values;

/// <summary>What the expressions of a program may be when it runs, and who calls whom. It does not change and may be read by several threads.</summary>
public sealed class ProgramValues
{
    private readonly LoweredModule?[] modules;

    private ProgramValues(ModuleGraph graph, LoweredModule?[] modules, Solver solver)
    {
        Graph = graph;
        this.modules = modules;
        Solver = solver;
        Gaps = MakeGaps();
        Calls = MakeCalls();
    }

    public ModuleGraph Graph { get; }

    public CallGraph Calls { get; }

    /// <summary>What was given up.</summary>
    public ImmutableArray<ValueGap> Gaps { get; }

    internal Solver Solver { get; }

    /// <summary>Finds it out for all modules of the graph.</summary>
    public static ProgramValues Of(ModuleGraph graph, ValueOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var lowered = new LoweredModule?[graph.Modules.Length];
        Parallel.For(
            0,
            lowered.Length,
            new() { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount },
            index => lowered[index] = graph.Modules[index].Record is { } record ? LoweredModule.Of(record) : null
        );
        var solver = new Solver(graph, lowered, options ?? new(), cancellation);
        solver.Solve(isAll: options?.EntriesOf is null);
        var values = new ProgramValues(graph, lowered, solver);
        if (options?.EntriesOf is { } entries)
        {
            solver.Enter(entries(values));
            solver.Follow();
            values = new(graph, lowered, solver);
        }

        solver.Seal();
        return values;
    }

    /// <summary>What an expression may be; empty where it is none, or nothing ever gets there.</summary>
    public ValueSet Of(Node expression)
    {
        // Sets that are not there yet may be made.
        lock (Solver)
        {
            return new(this, SetOf(expression));
        }
    }

    private int SetOf(Node expression)
    {
        var set = SetTable.Empty;
        if (expression.Exists && Graph.ModuleOf(expression.Tree) is { } module && modules[module.Index] is { } lowered)
        {
            var slot = lowered.SlotOf(expression);
            if (slot >= 0)
            {
                foreach (var instance in Solver.InstancesOf(module.Index, FunctionWith(lowered, slot)))
                {
                    set = Solver.Sets.Union(set, Solver.SetOf(instance.NodeOf(slot)));
                }
            }
        }

        return set;
    }

    internal LoweredModule? LoweredAt(int module) => modules[module];

    /// <summary>The function whose slot it is.</summary>
    internal static LoweredFunction FunctionWith(LoweredModule module, int slot)
    {
        var (low, high) = (0, module.Functions.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = module.Functions[middle].FirstSlot <= slot ? (middle, high) : (low, middle - 1);
        }

        return module.Functions[low];
    }

    internal Node NodeOf(int value) =>
        Solver.Values.KindOf(value) switch
        {
            ValueKind.Function => Solver.FunctionOf(value).Function.Node,
            ValueKind.Class => Solver.ClassOf(value).Class.Node,
            ValueKind.Object when Solver.OriginOf(value).Place is >= 0 and var place => NodeAt(place),
            ValueKind.Object when Solver.NamespaceOf(value)?.Record is { } record => record.Tree.Root,
            _ => default,
        };

    internal ValueSet MemberOf(int value, string name) =>
        new(
            this,
            Solver.Objects.TryGetValue(value, out var properties) && properties.Named.TryGetValue(Solver.Values.Text(name), out var node)
                ? Solver.SetOf(node)
                : SetTable.Empty
        );

    internal IEnumerable<string> MembersOf(int value) =>
        Solver.Objects.TryGetValue(value, out var properties)
            ? properties
                .Named.Where(pair => Solver.SetOf(pair.Value) != SetTable.Empty)
                .Select(pair => Solver.Values.TextAt(pair.Key))
                .Where(name => name is not ['%', ..])
            : [];

    internal Node NodeAt(int place)
    {
        var (instance, instruction) = Solver.PlaceAt(place);
        var lowered = modules[instance.Module]!;
        return instruction < lowered.Instructions.Length && lowered.Instructions[instruction].Node is > 0 and var node ? lowered.Tree.NodeAt(node) : default;
    }

    // Of what is written, the place is the member; it is the assignment that calls. Of what is taken apart, the whole pattern.
    private Node CallAt(int site)
    {
        var node = NodeAt(site);
        if (!node.Exists)
        {
            return node;
        }

        if (Solver.IsSpreadPlace(site))
        {
            return node.Arguments.Skip(Solver.SpreadAt(site).Argument).FirstOrDefault(node);
        }

        var (instance, number) = Solver.PlaceAt(site);
        var step = modules[instance.Module]!.Instructions[number];
        return step.Opcode switch
        {
            Opcode.Store when node.Kind == NodeKind.MemberExpression && WriterOf(node) is { Exists: true } writer => writer,
            Opcode.Iterate when step.B >= 0 && node.Tree.ParentOf(node) is { Kind: NodeKind.ArrayPattern } pattern => pattern,
            Opcode.Spread when node.Kind == NodeKind.RestElement => node.Tree.ParentOf(node),
            _ => node,
        };
    }

    private static Node WriterOf(Node member)
    {
        var (target, writer) = (member, member.Tree.ParentOf(member));
        while (writer.Kind is NodeKind.TSAsExpression or NodeKind.TSSatisfiesExpression or NodeKind.TSNonNullExpression or NodeKind.TSTypeAssertion)
        {
            (target, writer) = (writer, writer.Tree.ParentOf(writer));
        }

        return writer.Kind == NodeKind.UpdateExpression || (writer.Kind == NodeKind.AssignmentExpression && writer.Left == target) ? writer : default;
    }

    private CallGraph MakeCalls()
    {
        var targets = new Dictionary<Node, List<CallTarget>>();
        foreach (var edge in Solver.CallEdges)
        {
            Add(edge.Site, new(edge.Callee.Function.Node, null));
        }

        foreach (var (site, external) in Solver.ExternalEdges)
        {
            Add(site, new(default, Solver.Externals.TextOf(external)));
        }

        foreach (var (site, made) in Solver.Constructions)
        {
            if (Solver.ClassOf(made).Class is { Constructor: < 0, Node: var node })
            {
                Add(site, new(node, null));
                AddSuper(made, node);
            }
        }

        return new(targets, [.. Solver.IncompleteSites.Select(CallAt)], Solver.GaveUp, call => call.Exists ? Graph.ModuleOf(call.Tree)!.Index : -1);

        // A constructor that is implied calls that of the class above, and stands for it where the class does.
        void AddSuper(int made, Node node)
        {
            foreach (var super in Solver.Sets[Solver.SetOf(Solver.ClassOf(made).Super)])
            {
                if (Solver.Values.KindOf(super) is ValueKind.Function or ValueKind.Class && ConstructorOf(super) is { Exists: true } constructor)
                {
                    AddAt(node, new(constructor, null));
                }
            }
        }

        void Add(int site, CallTarget target) => AddAt(CallAt(site), target);

        void AddAt(Node node, CallTarget target)
        {
            if (!targets.TryGetValue(node, out var list))
            {
                targets.Add(node, list = []);
            }

            if (!list.Contains(target))
            {
                list.Add(target);
            }
        }
    }

    private Node ConstructorOf(int value) =>
        Solver.Values.KindOf(value) == ValueKind.Class && Solver.ClassOf(value) is { Class.Constructor: >= 0 } made
            ? modules[made.Module]!.Functions[made.Class.Constructor].Node
            : NodeOf(value);

    private ImmutableArray<ValueGap> MakeGaps()
    {
        var gaps = ImmutableArray.CreateBuilder<ValueGap>();
        if (Solver.GaveUp)
        {
            gaps.Add(new(ValueGapKind.Steps, default, $"the values of the program were not found within {Solver.Steps} steps"));
        }

        if (Solver.Sets.Overflows > 0)
        {
            gaps.Add(
                new(
                    ValueGapKind.TooManyValues,
                    default,
                    $"in {Solver.Sets.Overflows} places more than {SetTable.MaximumFunctions} functions or {SetTable.MaximumObjects} objects come together, and are not told apart"
                )
            );
        }

        foreach (var module in modules)
        {
            foreach (var gap in module?.Gaps ?? [])
            {
                gaps.Add(new(ValueGapKind.Source, gap.Node, gap.Reason));
            }
        }

        foreach (var module in Graph.Modules.Where(module => module.Problem is not null))
        {
            gaps.Add(new(ValueGapKind.Source, default, $"{module.Path} {module.Problem}"));
        }

        return gaps.ToImmutable();
    }
}
