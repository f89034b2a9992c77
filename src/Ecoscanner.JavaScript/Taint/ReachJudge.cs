using System.Collections.Immutable;
using Ecoscanner.JavaScript.Lowering;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Taint;

/// <summary>Hands what conditions are made of to the rules. Subjects are the numbers of their origins.</summary>
internal sealed class ReachJudge(ProgramIndex index, ReachRules rules, Origins origins, IReadOnlyList<Instance> places) : IGuardJudge
{
    // The operands of a condition, callbacks included; people write ten.
    private const int MaximumNodes = 400;

    // Objects in objects: a promise of a list of records.
    private const int MaximumDepth = 3;

    // Members of them; an object that holds all of an app tells nothing.
    private const int MaximumContents = 200;

    private readonly Dictionary<(int Instance, Node Expression), OriginSet> madeOf = [];
    private readonly Dictionary<string, IReadOnlyList<IReadOnlyCollection<Origin>>> subjects = new(StringComparer.Ordinal);
    private readonly Dictionary<Node, IReadOnlyCollection<Origin>> subjectsOf = [];

    // The subject is null in that of which it was not asked.
    private readonly Dictionary<(Question Question, string? Subject), bool> answers = [];
    private readonly HashSet<Question> asksSubject = [];

    public string Rule => "reach";

    /// <summary>Whether something was too large to be looked at as a whole.</summary>
    public bool GaveUp { get; private set; }

    public IEnumerable<Instance> Places => places;

    /// <summary>What a call acts upon, by what is known of each of its subjects.</summary>
    public string SubjectsOf(ImmutableArray<OriginSet> sets)
    {
        // Asked for each visit of each function: two characters for a number.
        var key = string.Create(
            sets.Length * 2,
            (sets, origins),
            static (text, given) =>
            {
                for (var at = 0; at < given.sets.Length; at++)
                {
                    var number = given.origins.NumbersOf(given.sets[at]);
                    (text[at * 2], text[(at * 2) + 1]) = ((char)number, (char)(number >> 16));
                }
            }
        );
        if (!subjects.ContainsKey(key))
        {
            subjects.Add(key, [.. sets.Select(set => (IReadOnlyCollection<Origin>)origins.Of(set))]);
        }

        return key;
    }

    public bool IsAnswer(Instance instance, Node expression, Outcome outcome, bool isAwaited, string? subject, bool isStrict, GuardTrace trace)
    {
        if (subject is null || (outcome.Kind == OutcomeKind.Any && expression.Kind != NodeKind.CallExpression))
        {
            return false;
        }

        // The same is asked for many effects, and most answers do not depend on what they act upon.
        var question = new Question(instance.Index, expression, outcome, isAwaited, isStrict);
        var asks = asksSubject.Contains(question);
        if (!answers.TryGetValue((question, asks ? subject : null), out var answer))
        {
            (answer, var asksNow) = Answer(instance, question, subject);
            if (asksNow)
            {
                asksSubject.Add(question);
            }

            asks |= asksNow;
            answers.Add((question, asks ? subject : null), answer);
        }

        trace.Uses |= asks ? GuardUses.Subject : GuardUses.None;
        return answer;
    }

    private (bool IsGuard, bool AsksSubject) Answer(Instance instance, Question question, string subject)
    {
        var asks = false;
        var isGuard = rules.IsGuard(
            new(() => origins.Of(OriginsOf(instance, question.Expression)), SubjectsIn, SubjectOf)
            {
                Expression = question.Expression,
                Values = index.ValuesOf(instance, question.Expression),
                Outcome = question.Outcome,
                IsAwaited = question.IsAwaited,
                IsStrict = question.IsStrict,
            }
        );
        return (isGuard, asks);

        IReadOnlyList<IReadOnlyCollection<Origin>> SubjectsIn()
        {
            asks = true;
            return subjects[subject];
        }
    }

    /// <summary>Where an expression comes from with all within it.</summary>
    public OriginSet OriginsOf(Instance instance, Node expression)
    {
        var key = (instance.Index, expression);
        if (!madeOf.TryGetValue(key, out var made))
        {
            madeOf.Add(key, made = OriginsWithin(instance, expression));
        }

        return made;
    }

    private OriginSet OriginsWithin(Instance instance, Node expression)
    {
        var module = index.ModuleOf(instance);
        var waiting = new Queue<Node>([expression]);
        var all = default(OriginSet);
        for (var left = MaximumNodes; waiting.TryDequeue(out var node); left--)
        {
            if (left == 0)
            {
                GaveUp = true;
                break;
            }

            var own = OriginsOf(instance, module, node);
            var isKnown = !IsEmpty(own);
            all = origins.Union(all, own);
            foreach (var child in node.Children)
            {
                // Of a member of which something is known, what it is a member of says too much.
                if (node.Kind != NodeKind.MemberExpression || child != node.Object || !(isKnown || IsOwn(instance, node)))
                {
                    waiting.Enqueue(child);
                }
            }
        }

        return all;
    }

    private bool IsEmpty(OriginSet set) => origins.NumbersOf(set) == NumberSets.Empty;

    // A member that objects of the program have of their own: their other members say nothing of it.
    private bool IsOwn(Instance instance, Node member) =>
        !member.Has(NodeFlags.Computed)
        && index.ValuesOf(instance, member.Object) is { Count: > 0 } owners
        && owners.All(owner => owner.Kind == ValueKind.Object && owner.Members.Contains(member.Property.Name, StringComparer.Ordinal));

    private OriginSet OriginsOf(Instance instance, LoweredModule module, Node node)
    {
        var all = default(OriginSet);
        var slot = module.SlotOf(node);
        if (slot < 0)
        {
            return all;
        }

        // What stands in a function within belongs to its own instances.
        var owners = instance.Owns(slot) ? [instance] : index.Solver.InstancesOf(instance.Module, ProgramValues.FunctionWith(module, slot));
        foreach (var owner in owners)
        {
            var deeper = new List<int>();
            foreach (var content in Contents(owner.NodeOf(slot), MaximumDepth, deeper))
            {
                all = origins.Union(all, origins.Of(content));
            }

            var known = all;
            GaveUp |= deeper.Exists(content => origins.Union(known, origins.Of(content)) != known);
        }

        return all;
    }

    /// <summary>A node with all that is in the objects that it holds.</summary>
    /// <param name="deeper">Gets what lies too deep.</param>
    public HashSet<int> Contents(int node, int depth, List<int>? deeper = null)
    {
        var seen = new HashSet<int>();
        var waiting = new Queue<(int Node, int Depth)>([(node, 0)]);
        while (waiting.TryDequeue(out var next))
        {
            if (seen.Count == MaximumContents)
            {
                GaveUp = true;
                break;
            }

            if (next.Node < 0 || !seen.Add(next.Node))
            {
                continue;
            }

            var isDeep = next.Depth == depth;
            foreach (var value in !isDeep || deeper is not null ? index.Solver.Sets[index.Solver.SetOf(next.Node)].ToArray() : [])
            {
                if (index.Solver.Values.KindOf(value) == ValueKind.Object && index.Solver.Objects.TryGetValue(value, out var properties))
                {
                    foreach (var member in properties.Named.Values.Append(properties.Any).Concat(SpreadInto(value)))
                    {
                        if (isDeep)
                        {
                            deeper!.Add(member);
                        }
                        else
                        {
                            waiting.Enqueue((member, next.Depth + 1));
                        }
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

    private IReadOnlyCollection<Origin> SubjectOf(Node answer)
    {
        if (!subjectsOf.TryGetValue(answer, out var found))
        {
            var all = default(OriginSet);
            foreach (var (instance, _) in index.SlotsOf(answer))
            {
                foreach (var expression in rules.Answers.TryGetValue(answer, out var expressions) ? expressions : [])
                {
                    all = origins.Union(all, OriginsOf(instance, expression));
                }
            }

            subjectsOf.Add(answer, found = origins.Of(all));
        }

        return found;
    }

    private readonly record struct Question(int Instance, Node Expression, Outcome Outcome, bool IsAwaited, bool IsStrict);
}
