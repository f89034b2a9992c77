using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ecoscanner.JavaScript.Flow;
using Ecoscanner.JavaScript.Lowering;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Taint;

/// <summary>
/// What an analysis asks of a solved program again and again: calls by their places, graphs and definitions of functions, each made when first asked for. All
/// analyses of a program share it, side by side.
/// </summary>
internal sealed class ProgramIndex
{
    private static readonly ConditionalWeakTable<ProgramValues, ProgramIndex> Known = [];

    private readonly ConcurrentDictionary<(int Module, int Function), FunctionFlow?> flows = [];
    private readonly ConcurrentDictionary<(int Module, int Function), Dictionary<int, int>> instructionOf = [];
    private readonly Dictionary<int, List<Instance>> calleesAt = [];
    private readonly Dictionary<int, List<string>> externalsAt = [];
    private readonly Dictionary<int, List<int>> callersOf = [];
    private readonly Lazy<ILookup<Node, Instance>> instancesOf;
    private readonly Lazy<LeadsBack> leadsBack;
    private readonly Lazy<Dictionary<int, List<(int Node, int Site)>>> readings;
    private readonly ConcurrentDictionary<string, Dictionary<int, List<(Instance Instance, Node Value)>>> storesTo = new(StringComparer.Ordinal);
    private readonly Lazy<Dictionary<string, List<(Instance Instance, int Owner, Node Value)>>> stepsThatStore;

    private ProgramIndex(ProgramValues program)
    {
        Program = program;
        instancesOf = new(() => program.Solver.Instances.ToLookup(instance => instance.Function.Node));
        leadsBack = new(() => new(program.Solver.Flow));
        readings = new(FindReadings);
        stepsThatStore = new(FindStepsThatStore);
        foreach (var edge in program.Solver.CallEdges)
        {
            Add(calleesAt, edge.Site, edge.Callee);
            Add(callersOf, edge.Callee.Index, edge.Site);
        }

        foreach (var (site, external) in program.Solver.ExternalEdges)
        {
            Add(externalsAt, site, program.Solver.Externals.TextOf(external));
        }
    }

    public static ProgramIndex Of(ProgramValues program) => Known.GetValue(program, static key => new(key));

    public ProgramValues Program { get; }

    public Solver Solver => Program.Solver;

    public LeadsBack LeadsBack => leadsBack.Value;

    public LoweredModule ModuleOf(Instance instance) => Program.LoweredAt(instance.Module)!;

    /// <summary>The functions of the program that a place may call.</summary>
    public IReadOnlyList<Instance> CalleesAt(int place) => calleesAt.TryGetValue(place, out var list) ? list : [];

    /// <summary>The paths of what is external that a place may call.</summary>
    public IReadOnlyList<string> ExternalsAt(int place) => externalsAt.TryGetValue(place, out var list) ? list : [];

    /// <summary>Whether a place calls the function itself, and not a built-in function that does.</summary>
    public bool IsDirect(int site, Instance callee)
    {
        if (ExternalsAt(site).Count == 0)
        {
            return true;
        }

        var (instance, instruction) = Solver.PlaceAt(site);
        var set = Solver.SetOf(instance.NodeOf(ModuleOf(instance).Instructions[instruction].A));
        return Solver
            .Sets[set]
            .ToArray()
            .Any(value => Solver.Values.KindOf(value) == ValueKind.Function && ReferenceEquals(Solver.FunctionOf(value).Function, callee.Function));
    }

    /// <summary>The places that may call an instance.</summary>
    public IReadOnlyList<int> CallersOf(Instance instance) => callersOf.TryGetValue(instance.Index, out var list) ? list : [];

    /// <summary>The place at which a call of a function is made; -1 where the node is none.</summary>
    public int PlaceOf(Instance instance, Node call)
    {
        var key = (instance.Module, instance.Function.Index);
        if (!instructionOf.TryGetValue(key, out var table))
        {
            table = [];
            var index = 0;
            foreach (ref readonly var step in ModuleOf(instance).InstructionsOf(instance.Function))
            {
                if (step.Opcode is Opcode.Call or Opcode.New or Opcode.SuperCall)
                {
                    table[step.Node] = index;
                }
                else if (step.Opcode == Opcode.Load)
                {
                    // A getter, where nothing else is called there.
                    table.TryAdd(step.Node, index);
                }

                index++;
            }

            instructionOf.TryAdd(key, table);
        }

        return table.TryGetValue(call.Index, out var at) ? instance.FirstPlace + at : -1;
    }

    /// <summary>The nodes that hold an expression's value, one in each instance of its function.</summary>
    public IEnumerable<(Instance Instance, int Node)> SlotsOf(Node expression)
    {
        if (
            Program.Graph.ModuleOf(expression.Tree) is { } module
            && Program.LoweredAt(module.Index) is { } lowered
            && lowered.SlotOf(expression) is >= 0 and var slot
        )
        {
            foreach (var instance in Solver.InstancesOf(module.Index, ProgramValues.FunctionWith(lowered, slot)))
            {
                yield return (instance, instance.NodeOf(slot));
            }
        }
    }

    /// <summary>Where a source begins, if not at a call: the node, the place among the solver's or -1, and the place in the source.</summary>
    public IEnumerable<(int Node, int Site, Node Place)> PlacesOf(TaintSource source) =>
        source.IsValue ? ReadingsOf(source.Path)
        : !source.Place.Exists ? []
        : source.Parameter < 0 ? SlotsOf(source.Place).Select(slot => (slot.Node, -1, source.Place))
        : ParametersOf(source.Place, source.Parameter);

    private IEnumerable<(int Node, int Site, Node Place)> ParametersOf(Node function, int parameter)
    {
        var names = function.List(NodeRole.Params);
        foreach (var instance in instancesOf.Value[function])
        {
            if (parameter < instance.Function.Parameters.Length)
            {
                yield return (instance.NodeOf(instance.Function.Parameters[parameter]), -1, parameter < names.Count ? names[parameter] : function);
            }
        }
    }

    private IEnumerable<(int Node, int Site, Node Place)> ReadingsOf(string path)
    {
        var above = path.EndsWith(".*", StringComparison.Ordinal) ? path[..^2] : null;
        foreach (var (external, list) in readings.Value)
        {
            var isIt = above is null
                ? Solver.Externals.TextOf(external) == path
                : Solver.Externals.ParentOf(external) is >= 0 and var parent && Solver.Externals.TextOf(parent) == above;
            foreach (var (node, site) in isIt ? list : [])
            {
                yield return (node, site, Program.NodeAt(site));
            }
        }
    }

    private Dictionary<int, List<(int Node, int Site)>> FindReadings()
    {
        var found = new Dictionary<int, List<(int Node, int Site)>>();
        foreach (var instance in Solver.Instances)
        {
            var place = instance.FirstPlace;
            foreach (ref readonly var step in ModuleOf(instance).InstructionsOf(instance.Function))
            {
                if (step.Opcode == Opcode.Load && instance.NodeOf(step.T) is >= 0 and var node)
                {
                    foreach (var value in Solver.Sets[Solver.SetOf(node)].ToArray())
                    {
                        if (Solver.Values.KindOf(value) == ValueKind.External)
                        {
                            Add(found, value, (node, place));
                        }
                    }
                }

                place++;
            }
        }

        return found;
    }

    /// <summary>The places that store to a member of one of those objects: the instance, and the expression of what is stored.</summary>
    public IEnumerable<(Instance Instance, Node Value)> StoresOf(ValueSet owners, string name)
    {
        var to = StoresTo(name);
        return owners
            .Where(value => value.Kind is ValueKind.Object or ValueKind.Class)
            .SelectMany(value => to.TryGetValue(value.Index, out var stores) ? stores : [])
            .Distinct();
    }

    // By the objects: of thousands of results that helpers make, each has a member `ok`.
    private Dictionary<int, List<(Instance Instance, Node Value)>> StoresTo(string name)
    {
        if (storesTo.TryGetValue(name, out var stores))
        {
            return stores;
        }

        stores = [];
        foreach (var (instance, owner, value) in stepsThatStore.Value.GetValueOrDefault(name, []))
        {
            foreach (var made in Solver.Sets[Solver.SetOf(owner)].ToArray())
            {
                if (Solver.Values.KindOf(made) is ValueKind.Object or ValueKind.Class)
                {
                    Add(stores, made, (instance, StoredIn(value)));
                }
            }
        }

        storesTo.TryAdd(name, stores);
        return stores;
    }

    private Dictionary<string, List<(Instance Instance, int Owner, Node Value)>> FindStepsThatStore()
    {
        var found = new Dictionary<string, List<(Instance Instance, int Owner, Node Value)>>(StringComparer.Ordinal);
        foreach (var instance in Solver.Instances)
        {
            var module = ModuleOf(instance);
            foreach (ref readonly var step in module.InstructionsOf(instance.Function))
            {
                if (step.Opcode == Opcode.Store && step.B < 0)
                {
                    ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(found, module.Texts[~step.B], out _);
                    (list ??= []).Add((instance, instance.NodeOf(step.A), module.Tree.NodeAt(step.Node)));
                }
            }
        }

        return found;
    }

    // The expression that is stored by an assignment, a property of an object, or a field of a class.
    private static Node StoredIn(Node node)
    {
        var parent = node.Tree.ParentOf(node);
        return node.Kind switch
        {
            NodeKind.Property or NodeKind.PropertyDefinition => node.Value,
            NodeKind.AssignmentExpression when node.Operator == TokenKind.Equals => node.Right,
            NodeKind.MemberExpression when parent.Kind == NodeKind.AssignmentExpression && parent.Operator == TokenKind.Equals && parent.Left == node =>
                parent.Right,
            _ when parent.Kind is NodeKind.Property or NodeKind.PropertyDefinition => parent.Value,
            _ => default,
        };
    }

    /// <summary>The graph of a function; null where it has none of its own, as what sets the fields of a class.</summary>
    public FunctionFlow? FlowOf(Instance instance)
    {
        var key = (instance.Module, instance.Function.Index);
        if (!flows.TryGetValue(key, out var flow))
        {
            var node = instance.Function.Node;
            var module = ModuleOf(instance);
            flow = ControlFlowGraph.HasGraph(node.Kind) ? new(ControlFlowGraph.Of(module.Tree, node), module.Record.Model) : null;
            // Whoever was first has given it already.
            flow = flows.GetOrAdd(key, flow);
        }

        return flow;
    }

    /// <summary>Which parameter of the function an expression is, by its number; -1 where it is none, or has been written since.</summary>
    public int ParameterAt(Instance instance, Node expression)
    {
        var node = ValueKeys.Unwrapped(expression);
        var symbol = node.Kind == NodeKind.Identifier ? ModuleOf(instance).Record.Model.SymbolOf(node) : default;
        if (
            !symbol.Exists
            || !symbol.IsConstant
            || symbol.Declarations is not [var declaration]
            || declaration.Tree.ParentOf(declaration) != instance.Function.Node
        )
        {
            return -1;
        }

        var at = 0;
        foreach (var parameter in instance.Function.Node.List(NodeRole.Params))
        {
            if (parameter == declaration)
            {
                return at;
            }

            at++;
        }

        return -1;
    }

    /// <summary>What an expression may be in one instance.</summary>
    public ValueSet ValuesOf(Instance instance, Node expression)
    {
        var slot = ModuleOf(instance).SlotOf(expression);
        return new(Program, slot >= 0 && instance.Owns(slot) ? Solver.SetOf(instance.NodeOf(slot)) : SetTable.Empty);
    }

    private static void Add<T>(Dictionary<int, List<T>> lists, int key, T item)
    {
        if (!lists.TryGetValue(key, out var list))
        {
            lists.Add(key, list = []);
        }

        list.Add(item);
    }
}
