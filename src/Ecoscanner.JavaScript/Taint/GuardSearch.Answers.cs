using System.Collections.Frozen;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Taint;

internal sealed partial class GuardSearch
{
    // What calls say: of guards, of functions of the program that are as good, of chains of promises.
    private sealed partial class ConditionReading
    {
        // What throws where its first argument does not hold.
        private static readonly FrozenSet<string> Assertions = FrozenSet.ToFrozenSet(
            [
                .. from package in (string[])["assert", "node:assert", "assert/strict", "node:assert/strict"]
                from main in (string[])["", ".default"]
                from name in (string[])["", ".ok", ".strict", ".strict.ok"]
                select $"require(\"{package}\"){main}{name}",
                .. from package in (string[])["invariant", "tiny-invariant"] from main in (string[])["", ".default"] select $"require(\"{package}\"){main}",
            ],
            StringComparer.Ordinal
        );

        private bool ImpliesCall(Node call, Outcome outcome, bool isAwaited, int left)
        {
            if (isAwaited && ImpliesPromise(call, outcome, left) is { } answer)
            {
                return answer;
            }

            if (search.Judge is null && ImpliesEvery(call, outcome) is { } every)
            {
                return every;
            }

            var place = Index.PlaceOf(frame.Instance, call);
            if (place < 0)
            {
                return false;
            }

            var callees = Index.CalleesAt(place);
            var externals = Index.ExternalsAt(place);
            // What it gives is an answer; the functions that it may be handed are not asked.
            if (externals.Count > 0 && !callees.Any(callee => Index.IsDirect(place, callee)) && IsAnswer(call, outcome, isAwaited))
            {
                return true;
            }

            return callees.Count + externals.Count > 0
                && !Index.Solver.IncompleteSites.Contains(place)
                && externals.All(path => IsGuard(path, call, outcome, isAwaited, left))
                && callees.All(callee =>
                    // Most functions are none, and need not be entered to tell.
                    search.IsGuardAtSight(question, callee, frame, call, outcome, isAwaited, depth)
                    ?? search.IsGuard(question, search.Enter(frame, call, callee), outcome, isAwaited, depth)
                );
        }

        private bool IsGuard(string path, Node call, Outcome outcome, bool isAwaited, int left)
        {
            // Boolean(x) is x.
            if (path == "Boolean" && call.Arguments.Count == 1 && outcome.Kind != OutcomeKind.Any)
            {
                return Implies(call.Arguments[0], outcome.MeansTruthy ? Outcome.Truthy : Outcome.Falsy, isAwaited: false, left);
            }

            // assert(x) goes on where x holds.
            if (Assertions.Contains(path) && call.Arguments.Count > 0 && Implies(call.Arguments[0], Outcome.Truthy, isAwaited: false, left))
            {
                return true;
            }

            foreach (var guard in search.GuardRules)
            {
                if (guard.Rule == question.Rule && guard.Path == path && Says(guard.Answer, outcome, isAwaited) && IsOf(guard, call))
                {
                    search.trace.Accepted.Add(call);
                    return true;
                }
            }

            return false;
        }

        private static bool Says(TaintAnswer answer, Outcome outcome, bool isAwaited) =>
            answer switch
            {
                TaintAnswer.True => outcome.MeansTruthy || outcome.Kind == OutcomeKind.NotFalse,
                TaintAnswer.ResolvesTrue => isAwaited && (outcome.MeansTruthy || outcome.Kind == OutcomeKind.NotFalse),
                TaintAnswer.Returns => true,
                _ => isAwaited,
            };

        private bool IsOf(TaintGuard guard, Node call)
        {
            if (guard.Argument == TaintGuard.Anything)
            {
                return true;
            }

            return guard.Argument < call.Arguments.Count && IsAbout(call.Arguments[guard.Argument], call);
        }

        private bool IsAbout(Node expression, Node guard) =>
            Subject is { } subject
            && search.GuardKeys.Of(frame, expression) is { } key
            && ValueKeys.Covers(key, subject)
            && !search.IsStoredAfter(frame.Instance, subject, guard);

        // `list.every(isAllowed)` says it of each item.
        private bool? ImpliesEvery(Node call, Outcome outcome)
        {
            var callee = ValueKeys.Unwrapped(call.Callee);
            if (
                !outcome.MeansTruthy
                || callee.Kind != NodeKind.MemberExpression
                || call.Arguments.Count == 0
                || Index.ExternalsAt(Index.PlaceOf(frame.Instance, call)) is not { Count: > 0 } externals
                || !externals.Contains("Array.prototype.every", StringComparer.Ordinal)
            )
            {
                return null;
            }

            return search.GuardKeys.Of(frame, callee.Object) is { } list && search.IsGuardOfItems(question, frame, call, list, depth);
        }

        // A chain of promises goes on where each of them does: `p.then(f)` where p and f do, `p.catch(f)` where p or f does.
        private bool? ImpliesPromise(Node call, Outcome outcome, int left)
        {
            var callee = ValueKeys.Unwrapped(call.Callee);
            if (callee.Kind != NodeKind.MemberExpression || callee.Has(NodeFlags.Computed))
            {
                return null;
            }

            switch (callee.Property.Name)
            {
                case "finally":
                    return Implies(callee.Object, outcome, isAwaited: true, left);
                case "all"
                or "race"
                or "any" when call.Arguments.Count == 1 && ValueKeys.Unwrapped(call.Arguments[0]) is { Kind: NodeKind.ArrayExpression } promises:
                    // All come to something, or one of them does: nobody knows which.
                    var items = new List<Node>();
                    foreach (var element in promises.List(NodeRole.Elements))
                    {
                        items.Add(element);
                    }

                    return callee.Property.Name == "all"
                        ? items.Any(item => item.Exists && Implies(item, Outcome.Any, isAwaited: true, left))
                        : items.Count > 0 && items.All(item => item.Exists && Implies(item, Outcome.Any, isAwaited: true, left));
                case "then":
                    var fulfilled = Implies(callee.Object, Outcome.Any, isAwaited: true, left) || ImpliesHandler(call, 0, outcome);
                    return fulfilled && (call.Arguments.Count < 2 || ImpliesHandler(call, 1, outcome));
                case "catch":
                    return Implies(callee.Object, outcome, isAwaited: true, left) && ImpliesHandler(call, 0, outcome);
                default:
                    return null;
            }
        }

        private bool ImpliesHandler(Node call, int argument, Outcome outcome)
        {
            if (argument >= call.Arguments.Count)
            {
                return false;
            }

            var functions = Index.ValuesOf(frame.Instance, call.Arguments[argument]).ToList();
            return functions.Count > 0
                && functions.All(function =>
                    function.Kind == ValueKind.Function
                    && Index.Solver.FunctionOf(function.Index) is var closure
                    && Index.CalleesAt(Index.PlaceOf(frame.Instance, call)).Where(callee => ReferenceEquals(callee.Function, closure.Function)).ToList()
                        is { Count: > 0 } callees
                    && callees.All(callee => search.IsGuard(question, Frame.Of(callee), outcome, isAwaited: true, depth))
                );
        }
    }
}
