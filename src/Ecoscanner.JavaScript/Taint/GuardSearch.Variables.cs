using Ecoscanner.JavaScript.Flow;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Taint;

internal sealed partial class GuardSearch
{
    // What variables, parts of values and members say: what they were last given.
    private sealed partial class ConditionReading
    {
        private bool ImpliesVariable(Node identifier, Outcome outcome, bool isAwaited, int left)
        {
            var instance = frame.Instance;
            var symbol = Index.ModuleOf(instance).Record.Model.SymbolOf(identifier);
            if (!symbol.Exists)
            {
                return false;
            }

            if (Index.FlowOf(instance) is { } flow && flow.Definitions.Tracks(symbol))
            {
                return flow.Definitions.DefinitionOf(identifier) is >= 0 and var number && ImpliesDefinition(flow, number, outcome, isAwaited, left);
            }

            if (!symbol.IsConstant || symbol.Declarations is not [var declaration])
            {
                return false;
            }

            for (var around = instance.Parent; around is not null; around = around.Parent)
            {
                if (Index.FlowOf(around) is { } owner && owner.Definitions.WriteOf(declaration) is >= 0 and var number)
                {
                    return new ConditionReading(search, question, Frame.Of(around), depth).ImpliesDefinition(owner, number, outcome, isAwaited, left);
                }
            }

            return false;
        }

        // Whatever it was last written with says so.
        private bool ImpliesDefinition(FunctionFlow flow, int number, Outcome outcome, bool isAwaited, int left)
        {
            if (left <= 0 || search.IsReadEnough())
            {
                return false;
            }

            var definition = flow.Definitions.At(number);
            switch (definition.Kind)
            {
                case DefinitionKind.Start:
                    return !outcome.Allows("undefined");
                case DefinitionKind.Merge:
                    // In a loop a merge is made of itself.
                    if (!resolved.Add(number))
                    {
                        return true;
                    }

                    var all = definition.Operands.All(operand =>
                        ImpliesDefinition(flow, operand, outcome, isAwaited, left - 1)
                        || (
                            !search.IsTooDeep(depth)
                            && (
                                search.IsPastGuard(question, frame, flow, operand, number, depth + 1)
                                || search.IsPastGuard(question, frame, flow.Definitions.At(operand).Node, depth + 1)
                            )
                        )
                    );
                    resolved.Remove(number);
                    return all;
                default:
                    return ImpliesWriting(flow, definition.Node, outcome, isAwaited, left);
            }
        }

        private bool ImpliesWriting(FunctionFlow flow, Node identifier, Outcome outcome, bool isAwaited, int left)
        {
            var parent = flow.Graph.Tree.ParentOf(identifier);
            return parent.Kind switch
            {
                NodeKind.VariableDeclarator when parent.Id == identifier && parent.Init.Exists => Implies(parent.Init, outcome, isAwaited, left),
                NodeKind.VariableDeclarator => !outcome.Allows("undefined"),
                NodeKind.AssignmentExpression when parent.Left == identifier => ImpliesAssigned(parent, identifier, outcome, isAwaited, left),
                NodeKind.Property => ImpliesPart(flow, parent, outcome, isAwaited, left) || IsAnswer(identifier, outcome, isAwaited),
                NodeKind.ArrayPattern => ImpliesItem(parent, identifier, outcome, left) || IsAnswer(identifier, outcome, isAwaited),
                _ when parent == flow.Graph.Node => ImpliesParameter(parent, identifier, outcome, left)
                    || ImpliesArgument(parent, identifier, outcome, left)
                    || IsAnswer(identifier, outcome, isAwaited),
                _ => IsAnswer(identifier, outcome, isAwaited),
            };
        }

        private bool ImpliesAssigned(Node assignment, Node identifier, Outcome outcome, bool isAwaited, int left) =>
            assignment.Operator switch
            {
                TokenKind.Equals => Implies(assignment.Right, outcome, isAwaited, left),
                TokenKind.AmpersandAmpersandEquals when outcome.MeansTruthy => Implies(assignment.Right, outcome, isAwaited, left)
                    || Implies(identifier, Outcome.Truthy, isAwaited, left),
                TokenKind.BarBarEquals when outcome.MeansTruthy => Implies(assignment.Right, outcome, isAwaited, left)
                    && Implies(identifier, Outcome.Truthy, isAwaited, left),
                _ => false,
            };

        // const { allowed } = answer
        private bool ImpliesPart(FunctionFlow flow, Node property, Outcome outcome, bool isAwaited, int left)
        {
            var pattern = flow.Graph.Tree.ParentOf(property);
            var declarator = flow.Graph.Tree.ParentOf(pattern);
            return declarator.Kind == NodeKind.VariableDeclarator
                && declarator.Id == pattern
                && !property.Has(NodeFlags.Computed)
                && ImpliesMemberOf(
                    declarator.Init,
                    property.Key.Kind == NodeKind.Identifier ? property.Key.Name : property.Key.StringValue,
                    outcome,
                    isAwaited,
                    left
                );
        }

        // const [one, other] = await Promise.all([…])
        private bool ImpliesItem(Node pattern, Node identifier, Outcome outcome, int left)
        {
            var declarator = pattern.Tree.ParentOf(pattern);
            if (declarator.Kind != NodeKind.VariableDeclarator || ValueKeys.Unwrapped(declarator.Init) is not { Kind: NodeKind.AwaitExpression } awaited)
            {
                return false;
            }

            var call = ValueKeys.Unwrapped(awaited.Argument);
            var at = Position(pattern, identifier);
            return call.Kind == NodeKind.CallExpression
                && Index.ExternalsAt(Index.PlaceOf(frame.Instance, call)) is ["Promise.all"]
                && call.Arguments.Count == 1
                && ValueKeys.Unwrapped(call.Arguments[0]) is { Kind: NodeKind.ArrayExpression } items
                && ItemAt(items, at) is { Exists: true } item
                && Implies(item, outcome, isAwaited: true, left - 1);
        }

        private static int Position(Node pattern, Node element)
        {
            var at = 0;
            foreach (var candidate in pattern.List(NodeRole.Elements))
            {
                if (candidate == element)
                {
                    return at;
                }

                at++;
            }

            return -1;
        }

        private static Node ItemAt(Node array, int at)
        {
            foreach (var element in array.List(NodeRole.Elements))
            {
                if (at-- == 0)
                {
                    return element;
                }
            }

            return default;
        }

        // The function that `then` is given gets what the promise comes to.
        private bool ImpliesParameter(Node function, Node parameter, Outcome outcome, int left)
        {
            var call = function.Tree.ParentOf(function);
            return function.List(NodeRole.Params) is { Count: > 0 } parameters
                && parameters[0] == parameter
                && IsThen(call, function)
                && frame.Instance.Parent is { } around
                && new ConditionReading(search, question, Frame.Of(around), depth).Implies(call.Callee.Object, outcome, isAwaited: true, left);
        }

        // What the call handed over, where it is known by which call the function was entered.
        private bool ImpliesArgument(Node function, Node parameter, Outcome outcome, int left)
        {
            if (frame.Instance.Function.Node != function)
            {
                return false;
            }

            search.trace.Uses |= GuardUses.Frame;
            if (frame.Caller is not { } caller || search.IsTooDeep(depth))
            {
                return false;
            }

            var at = function.List(NodeRole.Params).TakeWhile(candidate => candidate != parameter).Count();
            return at < frame.Call.Arguments.Count
                && frame.Call.Arguments.Take(at + 1).All(argument => argument.Kind != NodeKind.SpreadElement)
                && new ConditionReading(search, question, caller, depth + 1).Implies(frame.Call.Arguments[at], outcome, isAwaited: false, left - 1);
        }

        private bool ImpliesMember(Node member, Outcome outcome, bool isAwaited, int left)
        {
            if (member.Has(NodeFlags.Computed))
            {
                return IsAnswer(member, outcome, isAwaited);
            }

            var place = Index.PlaceOf(frame.Instance, member);
            var getters = Index.CalleesAt(place);
            return getters.Count > 0
                ? getters.All(getter => search.IsGuard(question, new(getter, [], search.GuardKeys.Of(frame, member.Object)), outcome, isAwaited, depth))
                : ImpliesMemberOf(member.Object, member.Property.Name, outcome, isAwaited, left)
                    || ImpliesStored(member, outcome, isAwaited, left)
                    || IsAnswer(member, outcome, isAwaited);
        }

        // Whatever stores to that member of one of those objects stores such a value only past a guard; what was never stored is undefined.
        private bool ImpliesStored(Node member, Outcome outcome, bool isAwaited, int left)
        {
            if (outcome.Allows("undefined") || search.IsTooDeep(depth))
            {
                return false;
            }

            var owners = Index.ValuesOf(frame.Instance, member.Object);
            var stores = Index.StoresOf(owners, member.Property.Name).ToList();
            return stores.Count > 0
                && stores.All(store =>
                    store.Value.Exists
                    && (
                        ReferenceEquals(store.Instance, frame.Instance)
                            ? Implies(store.Value, outcome, isAwaited, left - 1)
                            : new ConditionReading(search, question, Frame.Of(store.Instance), depth + 1).Implies(store.Value, outcome, isAwaited, left - 1)
                                || search.IsPastGuard(question, Frame.Of(store.Instance), store.Value, depth + 1)
                    )
                );
        }

        // A member of an object that is made with it, and that nothing stores to again.
        private bool ImpliesMemberOf(Node owner, string name, Outcome outcome, bool isAwaited, int left)
        {
            var node = ValueKeys.Unwrapped(owner);
            if (left <= 0 || search.IsReadEnough())
            {
                return false;
            }

            if (node.Kind == NodeKind.AwaitExpression)
            {
                node = ValueKeys.Unwrapped(node.Argument);
                isAwaited = true;
            }

            switch (node.Kind)
            {
                case NodeKind.ObjectExpression:
                    return ValueIn(node, name) is { Exists: true } value && Implies(value, outcome, isAwaited, left - 1);
                case NodeKind.Identifier:
                    return InitOf(node) is var (reading, init)
                        && !search.IsStored(frame.Instance, name)
                        && reading.ImpliesMemberOf(init, name, outcome, isAwaited, left - 1);
                case NodeKind.CallExpression
                    when Index.PlaceOf(frame.Instance, node) is >= 0 and var place
                        && Index.CalleesAt(place) is { Count: > 0 } callees
                        && Index.ExternalsAt(place).Count == 0:
                    return !search.IsTooDeep(depth)
                        && callees.All(callee => search.GivesMemberPastGuard(question, search.Enter(frame, node, callee), name, outcome, isAwaited, depth + 1));
                default:
                    return false;
            }
        }

        private (ConditionReading Reading, Node Init)? InitOf(Node identifier)
        {
            var instance = frame.Instance;
            var symbol = Index.ModuleOf(instance).Record.Model.SymbolOf(identifier);
            if (!symbol.Exists || !symbol.IsConstant || symbol.Declarations is not [var declaration])
            {
                return null;
            }

            var declarator = declaration.Tree.ParentOf(declaration);
            if (declarator.Kind != NodeKind.VariableDeclarator || declarator.Id != declaration || !declarator.Init.Exists)
            {
                return null;
            }

            for (var around = instance; around is not null; around = around.Parent)
            {
                if (Index.FlowOf(around) is { } flow && flow.Graph.BlockOf(declarator).Exists)
                {
                    return (ReferenceEquals(around, instance) ? this : new(search, question, Frame.Of(around), depth), declarator.Init);
                }
            }

            return null;
        }
    }
}
