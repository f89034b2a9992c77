using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Taint;

/// <summary>Arrays into which only that is put of which a guard has said yes: what is taken out of them was guarded when it was put in.</summary>
internal sealed class FilledArrays(ProgramIndex index, ReachJudge judge, GuardSearch guards)
{
    private readonly Dictionary<int, bool> answers = [];
    private Dictionary<int, List<CallRecord>>? pushes;

    /// <summary>Whether an expression is an item of such an array: the variable of a loop over it, the parameter of a function that is called for each.</summary>
    public bool IsItemPastGuard(Instance instance, Node expression)
    {
        var node = ValueKeys.Unwrapped(expression);
        node = node.Kind == NodeKind.MemberExpression ? ValueKeys.Unwrapped(node.Object) : node;
        if (node.Kind != NodeKind.Identifier || index.ModuleOf(instance).Record.Model.SymbolOf(node) is not { Exists: true, Declarations: [var declaration] })
        {
            return false;
        }

        // The variable of the loop, or the list itself.
        var list = ListOf(declaration) is { Exists: true } looped ? looped : node;

        for (var around = instance; around is not null; around = around.Parent)
        {
            var slot = index.ModuleOf(around).SlotOf(list);
            if (slot >= 0 && around.Owns(slot))
            {
                return AreArraysFilledPastGuard(around.NodeOf(slot));
            }
        }

        return false;
    }

    /// <summary>Whether a node holds nothing but such arrays.</summary>
    public bool AreArraysFilledPastGuard(int node)
    {
        var values = index.Solver.Sets[index.Solver.SetOf(node)].ToArray();
        return values.Length > 0 && values.All(IsFilledPastGuard);
    }

    // `for (const item of list)`, `list.map((item) => …)`.
    private static Node ListOf(Node declaration)
    {
        var parent = declaration.Tree.ParentOf(declaration);
        if (
            parent.Kind == NodeKind.VariableDeclarator
            && declaration.Tree.ParentOf(declaration.Tree.ParentOf(parent)) is { Kind: NodeKind.ForOfStatement } loop
        )
        {
            return ValueKeys.Unwrapped(loop.Right);
        }

        var call = declaration.Tree.ParentOf(parent);
        return
            parent.Kind is NodeKind.ArrowFunctionExpression or NodeKind.FunctionExpression
            && call.Kind == NodeKind.CallExpression
            && call.Arguments.Count > 0
            && call.Arguments[0] == parent
            && ValueKeys.Unwrapped(call.Callee) is { Kind: NodeKind.MemberExpression } method
            ? ValueKeys.Unwrapped(method.Object)
            : default;
    }

    private bool IsFilledPastGuard(int value)
    {
        if (!answers.TryGetValue(value, out var answer))
        {
            answer =
                index.Program.NodeOf(value) is { Kind: NodeKind.ArrayExpression } made
                && made.Elements.Count == 0
                && PushesTo(value) is { Count: > 0 } calls
                && calls.TrueForAll(IsPastGuard);
            answers.Add(value, answer);
        }

        return answer;
    }

    private bool IsPastGuard(CallRecord push)
    {
        var instance = index.Solver.PlaceAt(push.Site).Instance;
        var call = index.Program.NodeAt(push.Site);
        return call.Kind == NodeKind.CallExpression
            && guards.Unguarded(
                judge.Rule,
                Frame.Of(instance),
                call,
                judge.SubjectsOf([.. call.Arguments.Select(argument => judge.OriginsOf(instance, argument))])
            )
                is null;
    }

    private List<CallRecord> PushesTo(int array)
    {
        if (pushes is null)
        {
            pushes = [];
            foreach (var (call, external) in index.Solver.ExternalCalls)
            {
                if (call.This >= 0 && index.Solver.Externals.TextOf(external) is "Array.prototype.push" or "Array.prototype.unshift")
                {
                    foreach (var value in index.Solver.Sets[index.Solver.SetOf(call.This)].ToArray())
                    {
                        (pushes.TryGetValue(value, out var list) ? list : pushes[value] = []).Add(call);
                    }
                }
            }
        }

        return pushes.GetValueOrDefault(array, []);
    }
}
