using System.Collections.Immutable;
using System.Text;
using Ecoscanner.JavaScript.Lowering;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Taint;

/// <summary>Hands what conditions are made of to the rules. Subjects are the numbers of their origins.</summary>
internal sealed class ReachJudge(ProgramIndex index, ReachRules rules, Origins origins) : IGuardJudge
{
    // The operands of a condition, callbacks included; people write ten.
    private const int MaximumNodes = 400;

    // Objects in objects: a promise of a list of records.
    private const int MaximumDepth = 3;

    // Members of them; an object that holds all of an app tells nothing.
    private const int MaximumContents = 200;

    private readonly Dictionary<(int Instance, Node Expression), IReadOnlyCollection<Origin>> madeOf = [];
    private readonly Dictionary<string, IReadOnlyList<IReadOnlyCollection<Origin>>> subjects = new(StringComparer.Ordinal);
    private readonly Dictionary<Node, IReadOnlyCollection<Origin>> subjectsOf = [];

    public string Rule => "reach";

    public IEnumerable<Instance> Places =>
        index.Solver.Instances.Where(instance =>
            Enumerable.Range(instance.FirstNode, instance.Function.SlotCount).Any(node => origins.FactsOf(node).Count > 0)
        );

    /// <summary>What a call acts upon, by the facts that stand for each of its subjects.</summary>
    public string SubjectsOf(ImmutableArray<ImmutableArray<OriginFact>> facts)
    {
        // Asked for each visit of each function: two characters for a number, none of them the separator.
        var text = new StringBuilder();
        foreach (var each in facts)
        {
            foreach (var number in NumbersOf(each))
            {
                text.Append((char)((number & 0x7FFF) + 1)).Append((char)((number >> 15) + 1));
            }

            text.Append('\0');
        }

        var key = text.ToString();
        if (!subjects.ContainsKey(key))
        {
            subjects.Add(key, [.. facts.Select(each => (IReadOnlyCollection<Origin>)[.. NumbersOf(each).Select(origins.At)])]);
        }

        return key;

        static IEnumerable<int> NumbersOf(ImmutableArray<OriginFact> facts) => facts.Select(fact => fact.Origin).Distinct().Order();
    }

    public bool IsAnswer(Instance instance, Node expression, Outcome outcome, bool isAwaited, string? subject, bool isStrict, GuardTrace trace)
    {
        return subject is not null
            && (outcome.Kind != OutcomeKind.Any || expression.Kind == NodeKind.CallExpression)
            && rules.IsGuard(
                new(() => MadeOf(instance, expression), SubjectsIn, SubjectOf)
                {
                    Expression = expression,
                    Values = index.ValuesOf(instance, expression),
                    Outcome = outcome,
                    IsAwaited = isAwaited,
                    IsStrict = isStrict,
                }
            );

        IReadOnlyList<IReadOnlyCollection<Origin>> SubjectsIn()
        {
            trace.Uses |= GuardUses.Subject;
            return subjects[subject];
        }
    }

    /// <summary>The same, each once.</summary>
    public ImmutableArray<OriginFact> FactsOf(Instance instance, Node expression) => [.. FactsWithin(instance, expression).Distinct()];

    /// <summary>What is known of an expression with all within it.</summary>
    public IEnumerable<OriginFact> FactsWithin(Instance instance, Node expression)
    {
        var module = index.ModuleOf(instance);
        var waiting = new Queue<Node>([expression]);
        for (var left = MaximumNodes; left > 0 && waiting.TryDequeue(out var node); left--)
        {
            var isKnown = false;
            foreach (var fact in FactsOf(instance, module, node))
            {
                isKnown = true;
                yield return fact;
            }

            foreach (var child in node.Children)
            {
                // Of a member of which something is known, what it is a member of says too much.
                if (node.Kind != NodeKind.MemberExpression || child != node.Object || !(isKnown || IsOwn(instance, node)))
                {
                    waiting.Enqueue(child);
                }
            }
        }
    }

    // A member that objects of the program have of their own: their other members say nothing of it.
    private bool IsOwn(Instance instance, Node member) =>
        !member.Has(NodeFlags.Computed)
        && index.ValuesOf(instance, member.Object) is { Count: > 0 } owners
        && owners.All(owner => owner.Kind == ValueKind.Object && owner.Members.Contains(member.Property.Name, StringComparer.Ordinal));

    private IEnumerable<OriginFact> FactsOf(Instance instance, LoweredModule module, Node node)
    {
        var slot = module.SlotOf(node);
        if (slot < 0)
        {
            return [];
        }

        // What stands in a function within belongs to its own instances.
        var owners = instance.Owns(slot) ? [instance] : index.Solver.InstancesOf(instance.Module, ProgramValues.FunctionWith(module, slot));
        return owners.SelectMany(owner => Contents(owner.NodeOf(slot), MaximumDepth)).SelectMany(origins.FactsOf);
    }

    /// <summary>A node with all that is in the objects that it holds.</summary>
    public HashSet<int> Contents(int node, int depth)
    {
        var seen = new HashSet<int>();
        var waiting = new Queue<(int Node, int Depth)>([(node, 0)]);
        while (seen.Count < MaximumContents && waiting.TryDequeue(out var next))
        {
            if (next.Node < 0 || !seen.Add(next.Node))
            {
                continue;
            }

            foreach (var value in next.Depth < depth ? index.Solver.Sets[index.Solver.SetOf(next.Node)].ToArray() : [])
            {
                if (index.Solver.Values.KindOf(value) == ValueKind.Object && index.Solver.Objects.TryGetValue(value, out var properties))
                {
                    foreach (var member in properties.Named.Values.Append(properties.Any).Concat(SpreadInto(value)))
                    {
                        waiting.Enqueue((member, next.Depth + 1));
                    }
                }
            }
        }

        return seen;
    }

    // What is external has no members that could be copied: it is in there as a whole.
    private IEnumerable<int> SpreadInto(int value)
    {
        var made = index.Program.NodeOf(value);
        if (made.Kind != NodeKind.ObjectExpression)
        {
            yield break;
        }

        var instance = index.Solver.PlaceAt(index.Solver.OriginOf(value).Place).Instance;
        foreach (var property in made.Properties)
        {
            if (property.Kind == NodeKind.SpreadElement && index.ModuleOf(instance).SlotOf(property.Argument) is >= 0 and var slot && instance.Owns(slot))
            {
                yield return instance.NodeOf(slot);
            }
        }
    }

    private IReadOnlyCollection<Origin> MadeOf(Instance instance, Node expression)
    {
        var key = (instance.Index, expression);
        if (!madeOf.TryGetValue(key, out var made))
        {
            madeOf.Add(key, made = [.. FactsWithin(instance, expression).Select(fact => origins.At(fact.Origin)).Distinct()]);
        }

        return made;
    }

    private IReadOnlyCollection<Origin> SubjectOf(Node answer)
    {
        if (!subjectsOf.TryGetValue(answer, out var found))
        {
            var around = index.SlotsOf(answer).Select(slot => slot.Instance);
            var about = rules.Answers.TryGetValue(answer, out var expressions) ? expressions : [];
            found =
            [
                .. around
                    .SelectMany(instance => about.SelectMany(expression => FactsWithin(instance, expression)))
                    .Select(fact => origins.At(fact.Origin))
                    .Distinct(),
            ];
            subjectsOf.Add(answer, found);
        }

        return found;
    }
}
