using Ecoscanner.JavaScript.Lowering;
using Ecoscanner.JavaScript.Modules;

namespace Ecoscanner.JavaScript.Values;

/// <summary>
/// Finds what each slot of a program may hold, and with it who calls whom: constraints between sets of values, worked off until none grows. A function is looked at
/// when something calls it; those that nothing calls, at the end, as called from outside with anything.
/// </summary>
internal sealed partial class Solver
{
    private const int FirstCapacity = 1 << 12;

    // Even a program of a few lines may call built-in functions that take some steps.
    private const long LeastSteps = 200_000;

    private readonly ModuleGraph graph;
    private readonly LoweredModule?[] modules;
    private readonly ValueOptions options;
    private readonly CancellationToken cancellation;
    private readonly Queue<int> changed = [];
    private readonly Queue<(int Constraint, int Set)> late = [];
    private readonly Queue<Instance> fresh = [];
    private List<Constraint> constraints;
    private readonly int prototypeText;
    private readonly int constructorText;
    private readonly int protoText;
    private readonly int lengthText;
    private readonly int nameText;
    private readonly int exportsText;
    private readonly int valueText;
    private readonly int reasonText;
    private readonly int keysText;
    private readonly int itemText;
    private readonly int resultText;
    private readonly int sentText;
    private readonly int thrownText;
    private readonly int unknownKey;
    private readonly int globalObject;
    private readonly ModuleView?[] views;
    private readonly BuiltIns models;
    private int[] setOf = [];
    private int[] doneOf = [];
    private int[] firstConstraint = [];
    private bool[] isQueued = [];

    public Solver(ModuleGraph graph, LoweredModule?[] modules, ValueOptions options, CancellationToken cancellation)
    {
        this.graph = graph;
        this.modules = modules;
        this.options = options;
        this.cancellation = cancellation;
        var expected = modules.Sum(module => module?.SlotCount ?? 0);
        Flow = new(expected);
        constraints = new(Math.Max(expected, FirstCapacity)) { default };
        NewCapacity(Math.Max(expected, FirstCapacity));
        Values = new();
        Sets = new(Values);
        Externals = new(Values);
        prototypeText = Values.Text("prototype");
        constructorText = Values.Text("constructor");
        protoText = Values.Text("__proto__");
        lengthText = Values.Text("length");
        nameText = Values.Text("name");
        exportsText = Values.Text("exports");
        valueText = Values.Text("%value");
        reasonText = Values.Text("%reason");
        keysText = Values.Text("%keys");
        itemText = Values.Text("%item");
        resultText = Values.Text("%result");
        sentText = Values.Text("%sent");
        thrownText = Values.Text("%thrown");
        unknownKey = Values.Text("%unknown");
        models = new(options.Models, Values, Externals);
        views = [.. modules.Select((module, index) => module is null ? null : new ModuleView(module, index, Values))];
        globalObject = Externals.Global("globalThis");
        FindRareMembers();
    }

    public ValueTable Values { get; }

    public SetTable Sets { get; }

    public ExternalPaths Externals { get; }

    public FlowGraph Flow { get; }

    /// <summary>How many steps were taken.</summary>
    public long Steps { get; private set; }

    /// <summary>Whether there were too many steps, so that nothing is complete.</summary>
    public bool GaveUp { get; private set; }

    public int SetOf(int node) => node < 0 ? SetTable.Empty : setOf[node];

    /// <param name="isAll">Whether nothing is added when it is done, as by <c>Enter</c>.</param>
    public void Solve(bool isAll = true)
    {
        foreach (var module in modules.Where(module => module is not null))
        {
            StartProgram(module!);
        }

        Follow(isAll);
    }

    /// <summary>Follows what is new until nothing is.</summary>
    public void Follow(bool isAll = true)
    {
        var instructions = modules.Sum(module => (long)(module?.Instructions.Length ?? 0));
        var bound = LeastSteps + (instructions * options.StepsPerInstruction);
        do
        {
            Run(bound);
        } while (!GaveUp && (ReplayWritings() || CallFromOutside() || (isAll && WorkOutMissing())));
    }

    /// <summary>Gives back what is only needed to solve: half of the memory of a large program.</summary>
    public void Seal()
    {
        (doneOf, firstConstraint, isQueued) = ([], [], []);
        constraints = [];
        Flow.Seal();
        Drop(calledBack);
        Drop(inherited);
        Drop(modelled);
        Drop(knownEdges);
        entered.Clear();
        entered.TrimExcess();

        static void Drop<T>(HashSet<T> set)
        {
            set.Clear();
            set.TrimExcess();
        }
    }

    private void Run(long bound)
    {
        while (true)
        {
            if (Steps > bound)
            {
                GaveUp = true;
                return;
            }

            if (fresh.TryDequeue(out var instance))
            {
                Begin(instance);
            }
            else if (late.TryDequeue(out var pending))
            {
                Apply(pending.Constraint, SetTable.Empty, pending.Set);
            }
            else if (copiedMembers.TryDequeue(out var member))
            {
                Steps++;
                CopyMember(member.Value, member.Text, member.Copy);
            }
            else if (copied.TryDequeue(out var members))
            {
                Steps++;
                CopyAll(members.Value, members.Copy);
            }
            else if (changed.TryDequeue(out var node))
            {
                Advance(node);
            }
            else if (dirty.TryDequeue(out var operation))
            {
                Steps++;
                Redo(operation);
            }
            else
            {
                return;
            }

            cancellation.ThrowIfCancellationRequested();
        }
    }

    // What is new in a node goes along its links and into its constraints.
    private void Advance(int node)
    {
        isQueued[node] = false;
        var (before, now) = (doneOf[node], setOf[node]);
        if (before == now)
        {
            return;
        }

        doneOf[node] = now;
        for (var link = Flow.FirstLinkOf(node); link != 0; link = Flow.LinkAt(link).Next)
        {
            if (Flow.LinkAt(link).Kind < FlowLinkKind.ExitDerive)
            {
                Steps++;
                Put(Flow.LinkAt(link).To, now);
            }
        }

        for (var constraint = firstConstraint[node]; constraint != 0; constraint = constraints[constraint].Next)
        {
            Apply(constraint, before, now);
        }
    }

    private void Apply(int constraint, int before, int now)
    {
        // Applying may add constraints, and so move them.
        var rule = constraints[constraint];
        var old = Sets[before];
        var index = 0;
        var length = Sets[now].Length;
        for (var at = 0; at < length; at++)
        {
            var value = Sets[now][at];
            while (index < old.Length && old[index] < value)
            {
                index++;
            }

            if (index == old.Length || old[index] != value)
            {
                Steps++;
                Apply(in rule, value);
            }
        }
    }

    private void Constrain(int node, ConstraintKind kind, int site, int a = -1, int b = -1, int c = -1)
    {
        if (node < 0)
        {
            return;
        }

        constraints.Add(new(firstConstraint[node], kind, site, a, b, c));
        firstConstraint[node] = constraints.Count - 1;
        if (doneOf[node] != SetTable.Empty)
        {
            late.Enqueue((constraints.Count - 1, doneOf[node]));
        }
    }

    private int NewNodes(int count, bool shared = false)
    {
        var first = Flow.Add(count, shared);
        if (Flow.NodeCount > setOf.Length)
        {
            var capacity = Math.Max(Flow.NodeCount, setOf.Length * 2);
            NewCapacity(capacity);
        }

        return first;
    }

    private void NewCapacity(int capacity)
    {
        Array.Resize(ref setOf, capacity);
        Array.Resize(ref doneOf, capacity);
        Array.Resize(ref firstConstraint, capacity);
        Array.Resize(ref isQueued, capacity);
    }

    private int NewNode() => NewNodes(1);

    private void Put(int node, int set)
    {
        if (node < 0)
        {
            return;
        }

        var union = Sets.Union(setOf[node], set);
        if (union != setOf[node])
        {
            setOf[node] = union;
            if (!isQueued[node])
            {
                isQueued[node] = true;
                changed.Enqueue(node);
            }
        }
    }

    private void PutValue(int node, int value) => Put(node, Sets.Of(value));

    private void Link(int from, int to, int origin, FlowLinkKind kind = FlowLinkKind.Copy)
    {
        if (from < 0 || to < 0 || from == to)
        {
            return;
        }

        if (Flow.Link(from, to, kind, origin) && kind < FlowLinkKind.ExitDerive)
        {
            Put(to, setOf[from]);
        }
    }

    // A link of an instruction, which stands once for each instance.
    private void LinkNew(int from, int to, int origin, FlowLinkKind kind)
    {
        if (from < 0 || to < 0 || from == to)
        {
            return;
        }

        Flow.LinkNew(from, to, kind, origin);
        if (kind < FlowLinkKind.ExitDerive)
        {
            Put(to, setOf[from]);
        }
    }

    private readonly record struct Constraint(int Next, ConstraintKind Kind, int Site, int A, int B, int C);

    // Closures by what made them, programs by their module.
    private readonly record struct InstanceKey(int Module, int Function, int Parent, int Site);
}
