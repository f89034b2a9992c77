using Ecoscanner.JavaScript.Lowering;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Taint;

// What stops taint on its way: sanitizers, guards, filters, code that is never reached.
internal sealed partial class TaintSearch
{
    // A function that is only called past a guard of what it is handed needs none itself.
    private TaintStop? GuardOfCallers(SinkPlace place)
    {
        var (instance, call, argument, sink) = place;
        if ((rules.Guards.Length == 0 && rules.Tests.Length == 0) || instance.Function.Is(LoweredFunctionKinds.Program))
        {
            return null;
        }

        if (!isReachedUnguarded.TryGetValue(call, out var isReached))
        {
            guards.Accepted.Clear();
            isReached =
                keys.Of(Frame.Of(instance), argument) is not { } subject
                || effects.Reached(sink, instance, call, argument, subject) is not null
                || guards.Accepted.Count == 0;
            isReachedUnguarded.Add(call, isReached);
        }

        return isReached ? null : new(TaintSafety.Guarded, [.. guards.Accepted.Distinct()]);
    }

    // What stands before the instruction that would hand the value on: a sanitizer, a guard, or nothing.
    private TaintStop? StopOf(int node, bool isShared, FlowLink link)
    {
        if (clean.Contains((link.Origin, link.To)))
        {
            return new(TaintSafety.Sanitized, [index.Program.NodeAt(link.Origin)]);
        }

        if (link.Origin < 0)
        {
            return null;
        }

        if (rules.IsHarmless is not null && IsHarmless(node, isShared, link.Origin))
        {
            return new(TaintSafety.Sanitized, [index.Program.NodeAt(link.Origin)]);
        }

        // What a filter lets pass.
        if (
            link.Kind != FlowLinkKind.Enter
            && (isShared || index.Solver.Flow.IsShared(link.To) || !index.Solver.PlaceAt(link.Origin).Instance.Contains(link.To))
            && FilterAt(link.Origin) is { } filter
        )
        {
            return filter;
        }

        if (isShared)
        {
            return null;
        }

        if (!stops.TryGetValue((link.Origin, node), out var stop))
        {
            var (instance, instruction) = index.Solver.PlaceAt(link.Origin);
            var module = index.ModuleOf(instance);
            var place = index.Program.NodeAt(link.Origin);
            var slot = node - instance.FirstNode + instance.Function.FirstSlot;
            if (place.Exists && instance.Owns(slot))
            {
                var operand = Operand(module, place, slot);
                stop =
                    !IsAlive(instance, place) ? new(TaintSafety.Unreachable, [])
                    : module.Instructions[instruction].Opcode == Opcode.Copy && place == instance.Function.Node ? GuardBeforeMerge(instance, slot)
                    : GuardBefore(instance, operand.Exists ? operand : place, operand);
            }

            stops.Add((link.Origin, node), stop);
        }

        return stop;
    }

    private bool IsHarmless(int node, bool isShared, int site)
    {
        if (!harmless.TryGetValue((site, node), out var answer))
        {
            var instance = index.Solver.PlaceAt(site).Instance;
            var place = index.Program.NodeAt(site);
            var slot = node - instance.FirstNode + instance.Function.FirstSlot;
            var operand = !isShared && place.Exists && instance.Owns(slot) ? Operand(index.ModuleOf(instance), place, slot) : default;
            answer = place.Exists && rules.IsHarmless!(place, operand);
            harmless.Add((site, node), answer);
        }

        return answer;
    }

    private TaintStop? FilterAt(int site)
    {
        if (!isFilter.TryGetValue(site, out var answer))
        {
            var instance = index.Solver.PlaceAt(site).Instance;
            answer =
                index.ExternalsAt(site).Any(path => path is "Array.prototype.filter" or "Array.prototype.find" or "Array.prototype.findLast")
                && index.Program.NodeAt(site) is { Kind: NodeKind.CallExpression } call
                && guards.IsFilter(rule, Frame.Of(instance), call);
            isFilter.Add(site, answer);
        }

        return answer ? new(TaintSafety.Guarded, [index.Program.NodeAt(site)]) : null;
    }

    // Where a variable that is written in several places has one value again: a guard may stand between the writing and that place.
    private TaintStop? GuardBeforeMerge(Instance instance, int slot)
    {
        if (!guards.MayGuard(rule, instance) || index.FlowOf(instance) is not { } flow)
        {
            return null;
        }

        guards.Accepted.Clear();
        var writings = flow.MetDefinitions(index.ModuleOf(instance), slot).ToList();
        return writings.Count > 0 && writings.TrueForAll(writing => guards.IsPastGuard(rule, Frame.Of(instance), flow, writing))
            ? new(TaintSafety.Guarded, [.. guards.Accepted.Distinct()])
            : null;
    }

    private TaintStop? GuardBefore(Instance instance, Node place, Node expression)
    {
        if (!expression.Exists || !guards.MayGuard(rule, instance))
        {
            return null;
        }

        var frame = Frame.Of(instance);
        guards.Accepted.Clear();
        return keys.Of(frame, expression) is { } subject && guards.Unguarded(rule, frame, place, subject) is null
            ? new(TaintSafety.Guarded, [.. guards.Accepted.Distinct()])
            : null;
    }

    public bool IsAlive(Instance instance, Node place) => index.FlowOf(instance)?.IsReached(place) != false;

    // The expression within a node whose value is in the slot.
    private static Node Operand(LoweredModule module, Node place, int slot)
    {
        var waiting = new Queue<Node>([place]);
        for (var left = MaximumOperandNodes; left > 0 && waiting.TryDequeue(out var node); left--)
        {
            if (node != place && module.SlotOf(node) == slot)
            {
                return node;
            }

            foreach (var child in node.Children)
            {
                waiting.Enqueue(child);
            }
        }

        return default;
    }
}
