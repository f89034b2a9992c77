using Ecoscanner.JavaScript.Lowering;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Taint;

/// <summary>The origins of a program with their numbers, where they begin, and where what is within one is told from the whole.</summary>
internal sealed class OriginNames
{
    // Members of members of members, each with a name of its own.
    private const int MaximumParts = 8;

    private readonly ProgramIndex index;
    private readonly NumberSets sets;
    private readonly List<Origin> origins = [];
    private readonly Dictionary<Origin, int> numbers = [];
    private readonly Dictionary<int, int> namedAt = [];
    private readonly Dictionary<int, int> startsAt = [];
    private readonly Dictionary<(int Parts, int Set), int> without = [];

    /// <param name="nameOf">What something external is called by its path; null where it is no origin.</param>
    /// <param name="calls">The calls whose results have an origin of their own.</param>
    public OriginNames(ProgramIndex index, NumberSets sets, Func<string, string?> nameOf, IReadOnlySet<Node> calls)
    {
        this.index = index;
        this.sets = sets;
        FindNamed(nameOf);
        foreach (var (call, external) in index.Solver.ExternalCalls)
        {
            if (call.Target >= 0 && index.Program.NodeAt(call.Site) is { Exists: true } node && calls.Contains(node))
            {
                Start(call.Target, NumberOf(new(index.Solver.Externals.TextOf(external), node)));
            }
        }
    }

    /// <summary>The nodes where origins begin, with the set of them.</summary>
    public IReadOnlyDictionary<int, int> Starts => startsAt;

    public Origin At(int number) => origins[number];

    /// <summary>The names that a node has: only parts that have such a name get there of what the names are parts of.</summary>
    public int PartsAt(int node) => namedAt.TryGetValue(node, out var parts) ? parts : NumberSets.Empty;

    /// <summary>The same for a way past several such nodes.</summary>
    public int Both(int parts, int others) => sets.Union(parts, others) is var both && sets[both].Length <= MaximumParts ? both : parts;

    /// <summary>What of a set gets past nodes of such names: `request.id` is no more of `request` than that.</summary>
    public int Within(int set, int parts)
    {
        if (set == NumberSets.Empty || parts == NumberSets.Empty)
        {
            return set;
        }

        if (!without.TryGetValue((parts, set), out var rest))
        {
            rest = sets.Intern([.. sets[set].ToArray().Where(origin => !IsWholeOf(origin, parts))]);
            without.Add((parts, set), rest);
        }

        return rest;
    }

    private bool IsWholeOf(int origin, int parts)
    {
        if (origins[origin].Call.Exists)
        {
            return false;
        }

        foreach (var part in sets[parts])
        {
            if (part != origin && origins[part].Name.StartsWith(origins[origin].Name, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    // Where what is external first turns up: as a member of something external, as what it gives, as what it hands over.
    private void FindNamed(Func<string, string?> nameOf)
    {
        var solver = index.Solver;
        var numberOf = new Dictionary<int, int>();
        foreach (var (node, external, _) in solver.HandedOver)
        {
            PutNamed(node, external);
        }

        foreach (var (call, external) in solver.ExternalCalls)
        {
            if (call.Target >= 0)
            {
                PutNamed(call.Target, call.IsNew ? solver.Externals.Instance(external) : solver.Externals.Result(external));
            }
        }

        foreach (var instance in solver.Instances)
        {
            foreach (ref readonly var step in index.ModuleOf(instance).InstructionsOf(instance.Function))
            {
                if (step.Opcode is Opcode.Load or Opcode.Iterate)
                {
                    PutMembers(instance.NodeOf(step.T), instance.NodeOf(step.A));
                }
            }
        }

        void PutMembers(int member, int owner)
        {
            var owners = solver.Sets[solver.SetOf(owner)];
            foreach (var value in solver.Sets[solver.SetOf(member)])
            {
                if (
                    solver.Values.KindOf(value) == ValueKind.External
                    && (owners.Contains(value) || (solver.Externals.ParentOf(value) is >= 0 and var parent && owners.Contains(parent)))
                )
                {
                    PutNamed(member, value);
                }
            }
        }

        void PutNamed(int node, int external)
        {
            if (!numberOf.TryGetValue(external, out var number))
            {
                var name = solver.Values.KindOf(external) == ValueKind.External ? nameOf(solver.Externals.TextOf(external)) : null;
                numberOf.Add(external, number = name is null ? -1 : NumberOf(new(name, default)));
            }

            if (number >= 0)
            {
                namedAt[node] = sets.Union(PartsAt(node), sets.Of(number));
                if (!IsWholeOf(number, namedAt[node]))
                {
                    Start(node, number);
                }
            }
        }
    }

    private void Start(int node, int number) => startsAt[node] = sets.Union(startsAt.GetValueOrDefault(node), sets.Of(number));

    private int NumberOf(Origin origin)
    {
        if (!numbers.TryGetValue(origin, out var number))
        {
            numbers.Add(origin, number = origins.Count);
            origins.Add(origin);
        }

        return number;
    }
}
