using System.Collections.Immutable;
using Ecoscanner.JavaScript.Flow;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Taint;

/// <summary>Goes back from an effect over the calls that lead there, to every entry.</summary>
internal sealed class ReachSearch
{
    // Calls that are followed back, for one effect: a client that all of an app of 3,000 files shares takes half.
    private const int MaximumVisits = 20_000;

    // Objects in objects that an entry gives back.
    private const int MaximumResultDepth = 5;

    // Helpers in helpers.
    private const int MaximumReturnDepth = 4;

    // Expressions within what it gives back.
    private const int MaximumResultNodes = 100;

    // As many as each effect may take whatever the others took; most take fewer.
    private const int OwnVisits = 200;

    // What all effects together may take beyond that: those of an app of 3,000 files that share a client take half of it.
    private int sharedVisits = 100_000;

    private readonly ProgramIndex index;
    private readonly ReachRules rules;
    private readonly Origins origins;
    private readonly ReachGround ground;
    private readonly Dictionary<int, OriginSet[]> originsIn = [];
    private readonly Dictionary<OriginSet, HashSet<Node>> callsOf = [];
    private readonly ReachJudge judge;
    private readonly GuardSearch guards;
    private readonly FilledArrays filled;

    public ReachSearch(ProgramIndex index, ReachRules rules, Origins origins, ReachGround ground)
    {
        this.index = index;
        this.rules = rules;
        this.origins = origins;
        this.ground = ground;
        judge = new(index, rules, origins, ground.Places);
        guards = new(index, new(), new ValueKeys(index), judge);
        filled = new(index, judge, guards);
    }

    /// <summary>Whether some callers were not followed, so that entries may be missing.</summary>
    public bool GaveUp { get; private set; }

    /// <summary>Whether something was too large to be looked at as a whole.</summary>
    public bool IsTooLarge => judge.GaveUp;

    /// <summary>Whether some guards were not followed to their end.</summary>
    public bool HasOpenGuards => guards.GaveUp;

    public IEnumerable<Reach> Find(ReachEffect effect)
    {
        guards.Accepted.Clear();
        var unguarded = Entered(effect, passesGuards: false);
        var accepted = guards.Accepted.Distinct().ToImmutableArray();
        var all = Entered(effect, passesGuards: true);
        // Past guards there is more to go back to, so that what is open may be found where the rest is not.
        foreach (var (key, visit) in all.Concat(unguarded.Where(reach => !all.ContainsKey(reach.Key))))
        {
            var open = unguarded.GetValueOrDefault(key);
            yield return new()
            {
                Effect = effect,
                Entry = key.Entry,
                IsGuarded = open is null,
                Guards = open is null ? accepted : [],
                Subjects = [.. (open ?? visit).Subjects.Select(subject => origins.Of(subject.Origins))],
                DetailOrigins = origins.Of((open ?? visit).Details),
                IsReturned = IsReturned(effect, open ?? visit),
                IsMay = index.Solver.GaveUp || (open ?? visit).IsMay,
                Steps = Steps(open ?? visit, effect),
            };
        }
    }

    // By what the call acts upon as well: an entry may do it with what the platform says, and again with what the caller chose.
    private Dictionary<(Node Entry, string Subjects, int Details), Visit> Entered(ReachEffect effect, bool passesGuards)
    {
        var work = new Queue<Visit>();
        var visited = new HashSet<(int Instance, string Subjects, int Details)>();
        var entered = new Dictionary<(Node Entry, string Subjects, int Details), Visit>();
        foreach (var instance in ground.InstancesWith(effect.Call).Where(ground.IsFromEntry))
        {
            Go(
                new(
                    instance,
                    effect.Call,
                    [.. effect.Subjects.Select(subject => new Subject(judge.OriginsOf(instance, subject), subject))],
                    effect.Details.Aggregate(default(OriginSet), (all, detail) => origins.Union(all, judge.OriginsOf(instance, detail))),
                    null
                )
            );
        }

        var allowed = Math.Min(MaximumVisits, OwnVisits + sharedVisits);
        var left = allowed;
        while (work.TryDequeue(out var visit))
        {
            if (rules.Entries.Contains(visit.Instance.Function.Node))
            {
                entered.TryAdd((visit.Instance.Function.Node, visit.Key, origins.NumbersOf(visit.Details)), visit with { IsMay = left <= 0 });
            }

            var callers = index.CallersOf(visit.Instance);
            GaveUp |= left <= 0 && callers.Count > 0;
            foreach (var site in left-- > 0 ? callers : [])
            {
                Up(visit, site);
            }
        }

        sharedVisits -= Math.Max(0, Math.Min(allowed, allowed - left) - OwnVisits);
        return entered;

        void Go(Visit visit)
        {
            var subject = judge.SubjectsOf(SubjectsOf(visit));
            var key = (visit.Instance.Index, subject, origins.NumbersOf(visit.Details));
            if (visited.Contains(key))
            {
                return;
            }

            var way =
                passesGuards ? new FlowWitness([])
                : visit.Inner is null && effect.Subjects.Any(expression => filled.IsItemPastGuard(visit.Instance, expression)) ? null
                : guards.Unguarded(judge.Rule, Frame.Of(visit.Instance), visit.Place, subject);
            if (way is not null)
            {
                visited.Add(key);
                work.Enqueue(visit with { Way = way, Key = subject });
            }
        }

        void Up(Visit visit, int site)
        {
            var around = index.Solver.PlaceAt(site).Instance;
            var node = index.Program.NodeAt(site);
            if (!node.Exists || !ground.IsFromEntry(around) || index.FlowOf(around)?.IsReached(node) == false)
            {
                return;
            }

            ImmutableArray<Subject> subjects = [.. visit.Subjects.Select(subject => InCaller(subject, visit.Instance, around, node, site))];
            if (
                !passesGuards
                && GuardSearch.IsThen(node, visit.Instance.Function.Node)
                && guards.IsFulfilledPastGuard(judge.Rule, Frame.Of(around), node, judge.SubjectsOf([.. subjects.Select(subject => subject.Origins)]))
            )
            {
                return;
            }

            Go(new(around, node, subjects, origins.InCaller(visit.Details, site), visit));
        }
    }

    private static ImmutableArray<OriginSet> SubjectsOf(Visit visit) => [.. visit.Subjects.Select(subject => subject.Origins)];

    // A parameter is what this call hands over, with what is in it; of something else, so much is told as came in by parameters.
    private Subject InCaller(Subject subject, Instance callee, Instance caller, Node call, int site)
    {
        if (
            subject.Expression.Exists
            && call.Kind == NodeKind.CallExpression
            && index.ParameterAt(callee, subject.Expression) is >= 0 and var parameter
            && parameter < call.Arguments.Count
            && index.IsDirect(site, callee)
            && call.Arguments.Take(parameter + 1).All(argument => argument.Kind != NodeKind.SpreadElement)
        )
        {
            return new(judge.OriginsOf(caller, call.Arguments[parameter]), call.Arguments[parameter]);
        }

        return new(origins.InCaller(subject.Origins, site), default);
    }

    // Whether the entry gives back what the call gave, where no guard stands between.
    private bool IsReturned(ReachEffect effect, Visit entered)
    {
        var instance = entered.Instance;
        // Helpers that call each other are each asked once with so many steps left, or they would be asked along every way through them.
        var asked = new Dictionary<int, int>();
        return IsResultIn(instance.NodeOf(instance.Function.Return), effect.Call) && GivesUnguarded(instance, MaximumReturnDepth);

        bool GivesUnguarded(Instance instance, int depth)
        {
            if (asked.GetValueOrDefault(instance.Index, -1) >= depth)
            {
                return false;
            }

            asked[instance.Index] = depth;
            if (index.FlowOf(instance) is not { } flow)
            {
                return true;
            }

            var body = flow.Graph.Node.Body;
            return body.Kind != NodeKind.BlockStatement
                ? IsGivenUnguarded(instance, body, body, depth)
                : flow.Returns.Any(statement => statement.Argument.Exists && IsGivenUnguarded(instance, statement, statement.Argument, depth));
        }

        bool IsGivenUnguarded(Instance instance, Node place, Node value, int depth)
        {
            var chosen = ValueKeys.Unwrapped(value);
            if (chosen.Kind == NodeKind.ConditionalExpression)
            {
                return IsGivenUnguarded(instance, chosen.Consequent, chosen.Consequent, depth)
                    || IsGivenUnguarded(instance, chosen.Alternate, chosen.Alternate, depth);
            }

            if (chosen.Kind == NodeKind.LogicalExpression && chosen.Operator == TokenKind.AmpersandAmpersand)
            {
                return IsGivenUnguarded(instance, chosen.Right, chosen.Right, depth);
            }

            var module = index.ModuleOf(instance);
            var given = Within(value)
                .Select(node => module.SlotOf(node) is >= 0 and var slot && instance.Owns(slot) ? instance.NodeOf(slot) : -1)
                .Where(node => node >= 0 && IsResultIn(node, effect.Call))
                .ToList();
            if (
                given.Count == 0
                || guards.Unguarded(judge.Rule, Frame.Of(instance), place, entered.Key) is null
                || given.TrueForAll(node => filled.AreArraysFilledPastGuard(node))
                || guards.IsFilter(judge.Rule, Frame.Of(instance), chosen, list => judge.SubjectsOf([judge.OriginsOf(instance, list)]))
            )
            {
                return false;
            }

            // What a helper gives, it may have looked at before.
            var call = chosen.Kind == NodeKind.AwaitExpression ? ValueKeys.Unwrapped(chosen.Argument) : chosen;
            var callees = call.Kind == NodeKind.CallExpression && depth > 0 ? index.CalleesAt(index.PlaceOf(instance, call)) : [];
            return callees.Count == 0 || callees.Any(callee => GivesUnguarded(callee, depth - 1));
        }
    }

    // Whether something of what a call gave is in a node.
    private bool IsResultIn(int node, Node call)
    {
        if (!originsIn.TryGetValue(node, out var found))
        {
            found = [.. judge.Contents(node, MaximumResultDepth).Select(origins.Of).Distinct()];
            originsIn.Add(node, found);
        }

        return found.Any(set => CallsOf(set).Contains(call));
    }

    // Many nodes hold the same.
    private HashSet<Node> CallsOf(OriginSet set)
    {
        if (!callsOf.TryGetValue(set, out var calls))
        {
            calls = [.. origins.Of(set).Select(origin => origin.Call)];
            callsOf.Add(set, calls);
        }

        return calls;
    }

    private static IEnumerable<Node> Within(Node expression)
    {
        var waiting = new Queue<Node>([expression]);
        for (var left = MaximumResultNodes; left > 0 && waiting.TryDequeue(out var node); left--)
        {
            yield return node;
            foreach (var child in node.Children)
            {
                waiting.Enqueue(child);
            }
        }
    }

    private static ImmutableArray<TaintStep> Steps(Visit entered, ReachEffect effect)
    {
        var steps = ImmutableArray.CreateBuilder<TaintStep>();
        steps.Add(new(entered.Instance.Function.Node, TaintStepKind.Entry));
        for (var visit = entered; visit is not null; visit = visit.Inner)
        {
            steps.AddRange(TaintStep.Decided(visit.Way));
            steps.Add(visit.Inner is null ? new(effect.Call, TaintStepKind.Flow) : new(visit.Place, TaintStepKind.Call));
        }

        return steps.ToImmutable();
    }

    /// <summary>Something that the effect acts upon, where the way back has come to.</summary>
    /// <param name="Expression">The expression there; it does not exist where only its origins are known.</param>
    private readonly record struct Subject(OriginSet Origins, Node Expression);

    /// <summary>A place on the way back.</summary>
    /// <param name="Inner">The visit that it leads to; null for the effect itself.</param>
    private sealed record Visit(Instance Instance, Node Place, ImmutableArray<Subject> Subjects, OriginSet Details, Visit? Inner)
    {
        public FlowWitness? Way { get; init; }

        /// <summary>Its subjects, as <see cref="ReachJudge.SubjectsOf"/> tells them apart.</summary>
        public string Key { get; init; } = "";

        public bool IsMay { get; init; }
    }
}
