using System.Globalization;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Taint;

/// <summary>Hands what conditions are made of to the rules. Subjects are the numbers of their origins.</summary>
internal sealed class ReachJudge(ProgramIndex index, ReachRules rules, Origins origins) : IGuardJudge
{
    // The operands of a condition, callbacks included; people write ten.
    private const int MaximumNodes = 400;

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    private readonly Dictionary<(int Instance, Node Expression), IReadOnlyCollection<Origin>> madeOf = [];
    private readonly Dictionary<string, IReadOnlyCollection<Origin>> subjects = new(StringComparer.Ordinal);
    private readonly Dictionary<Node, IReadOnlyCollection<Origin>> subjectsOf = [];

    public string Rule => "reach";

    public IEnumerable<Instance> Places =>
        index.Solver.Instances.Where(instance =>
            Enumerable.Range(instance.FirstNode, instance.Function.SlotCount).Any(node => origins.FactsOf(node).Count > 0)
        );

    /// <summary>A subject by the facts that stand for it.</summary>
    public string SubjectOf(IEnumerable<OriginFact> facts)
    {
        var numbers = facts.Select(fact => fact.Origin).Distinct().Order().ToList();
        var text = string.Join(',', numbers.Select(number => number.ToString(Culture)));
        subjects.TryAdd(text, [.. numbers.Select(origins.At)]);
        return text;
    }

    public bool IsAnswer(Instance instance, Node expression, Outcome outcome, bool isAwaited, string? subject, bool isStrict)
    {
        if (outcome.Kind == OutcomeKind.Any || subject is null || MadeOf(instance, expression) is not { Count: > 0 } made)
        {
            return false;
        }

        return rules.IsGuard(
            new()
            {
                Expression = expression,
                Values = index.ValuesOf(instance, expression),
                Outcome = outcome,
                IsAwaited = isAwaited,
                IsStrict = isStrict,
                Origins = made,
                Subject = subjects[subject],
                SubjectOf = SubjectOf,
            }
        );
    }

    /// <summary>What is known of an expression with all within it.</summary>
    public IEnumerable<OriginFact> FactsWithin(Instance instance, Node expression)
    {
        var module = index.ModuleOf(instance);
        var waiting = new Queue<Node>([expression]);
        for (var left = MaximumNodes; left > 0 && waiting.TryDequeue(out var node); left--)
        {
            var slot = module.SlotOf(node);
            if (slot >= 0)
            {
                // What stands in a function within belongs to its own instances.
                var function = instance.Owns(slot) ? null : ProgramValues.FunctionWith(module, slot);
                foreach (var owner in function is null ? [instance] : index.Solver.InstancesOf(instance.Module, function))
                {
                    foreach (var fact in origins.FactsOf(owner.NodeOf(slot)))
                    {
                        yield return fact;
                    }
                }
            }

            foreach (var child in node.Children)
            {
                waiting.Enqueue(child);
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
            var around = index.Solver.Instances.Where(instance => index.PlaceOf(instance, answer) >= 0 && index.ModuleOf(instance).Tree == answer.Tree);
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
