using Ecoscanner.JavaScript.Flow;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Taint;

internal sealed partial class GuardSearch
{
    /// <summary>Reads what an expression, once its value is known to be such, says of guards that were passed.</summary>
    private sealed class ConditionReading(GuardSearch search, Question question, Frame frame, int depth)
    {
        private readonly HashSet<int> resolved = [];

        private ProgramIndex Index => search.GuardIndex;

        /// <summary>Whether a guard was passed if the value is such. What can't be such says yes: it never comes to it.</summary>
        public bool Implies(Node expression, Outcome outcome, bool isAwaited, int left)
        {
            var node = ValueKeys.Unwrapped(expression);
            if (!node.Exists || left <= 0)
            {
                return false;
            }

            if ((ConstantOf(node) ?? ConstantMember(node, outcome)) is { } constant)
            {
                return !outcome.Allows(constant);
            }

            switch (node.Kind)
            {
                case NodeKind.UnaryExpression when node.Operator == TokenKind.Exclamation:
                    return outcome.MeansTruthy ? Implies(node.Argument, Outcome.Falsy, isAwaited: false, left - 1)
                        : outcome.MeansFalsy ? outcome.Kind == OutcomeKind.Nullish || Implies(node.Argument, Outcome.Truthy, isAwaited: false, left - 1)
                        : outcome.Kind switch
                        {
                            OutcomeKind.NotTrue => Implies(node.Argument, Outcome.Truthy, isAwaited: false, left - 1),
                            OutcomeKind.NotFalse => Implies(node.Argument, Outcome.Falsy, isAwaited: false, left - 1),
                            _ => Implies(node.Argument, Outcome.Any, isAwaited: false, left - 1),
                        };
                case NodeKind.LogicalExpression:
                    return ImpliesLogical(node, outcome, isAwaited, left - 1);
                case NodeKind.ConditionalExpression:
                    return Part(node.Consequent, Outcome.Truthy) && Part(node.Alternate, Outcome.Falsy);
                case NodeKind.SequenceExpression:
                    return Implies(node.Expressions[^1], outcome, isAwaited, left - 1);
                case NodeKind.BinaryExpression:
                    return ImpliesComparison(node, outcome, left - 1);
                case NodeKind.AwaitExpression:
                    return Implies(node.Argument, outcome, isAwaited: true, left - 1);
                case NodeKind.AssignmentExpression when node.Operator == TokenKind.Equals:
                    return Implies(node.Right, outcome, isAwaited, left - 1);
                case NodeKind.Identifier:
                    return ImpliesVariable(node, outcome, isAwaited, left - 1);
                case NodeKind.MemberExpression:
                    return ImpliesMember(node, outcome, isAwaited, left - 1);
                case NodeKind.NewExpression when outcome.Kind != OutcomeKind.Any && outcome.MeansFalsy:
                case NodeKind.ObjectExpression or NodeKind.ArrayExpression or NodeKind.ArrowFunctionExpression or NodeKind.FunctionExpression:
                    // An object is never falsy.
                    return outcome.MeansFalsy;
                case NodeKind.CallExpression or NodeKind.NewExpression or NodeKind.TaggedTemplateExpression:
                    return ImpliesCall(node, outcome, isAwaited, left - 1);
                default:
                    return false;
            }

            bool Part(Node branch, Outcome test) => Implies(branch, outcome, isAwaited, left - 1) || Implies(node.Test, test, isAwaited: false, left - 1);
        }

        // A member that is one constant, as those of enumerations: only where it is compared, since it may be missing.
        private string? ConstantMember(Node node, Outcome outcome)
        {
            if (node.Kind != NodeKind.MemberExpression || outcome.Kind != OutcomeKind.Equal)
            {
                return null;
            }

            var values = Index.ValuesOf(frame.Instance, node);
            return values.Count != 1
                ? null
                : values.First() switch
                {
                    { Kind: ValueKind.String, Text: { } text } => $"\"{text}\"",
                    { Kind: ValueKind.Number, Number: { } number } => NumberText.Of(number),
                    _ => null,
                };
        }

        private bool ImpliesLogical(Node node, Outcome outcome, bool isAwaited, int left)
        {
            // The value is that of the left side, and then it is such; or that of the right side, after the left side was otherwise.
            var (stops, goesOn) = node.Operator switch
            {
                TokenKind.AmpersandAmpersand => (Outcome.Falsy, Outcome.Truthy),
                TokenKind.BarBar => (Outcome.Truthy, Outcome.Falsy),
                _ => (Outcome.NotNullish, Outcome.Nullish),
            };
            var contradicts = (stops.MeansFalsy && outcome.MeansTruthy) || (stops.MeansTruthy && outcome.MeansFalsy);
            var ofLeft = contradicts || Implies(node.Left, outcome, isAwaited, left) || Implies(node.Left, stops, isAwaited: false, left);
            return ofLeft && (Implies(node.Right, outcome, isAwaited, left) || Implies(node.Left, goesOn, isAwaited: false, left));
        }

        private bool ImpliesComparison(Node node, Outcome outcome, int left)
        {
            var isEqual = node.Operator is TokenKind.EqualsEquals or TokenKind.EqualsEqualsEquals;
            if (!isEqual && node.Operator is not (TokenKind.ExclamationEquals or TokenKind.ExclamationEqualsEquals))
            {
                return false;
            }

            var holds = outcome.MeansTruthy || outcome.Kind == OutcomeKind.NotFalse;
            if (!holds && !outcome.MeansFalsy && outcome.Kind != OutcomeKind.NotTrue)
            {
                return false;
            }

            foreach (var (constant, other) in ((Node, Node)[])[(node.Right, node.Left), (node.Left, node.Right)])
            {
                var unwrapped = ValueKeys.Unwrapped(constant);
                if ((ConstantOf(unwrapped) ?? ConstantMember(unwrapped, new(OutcomeKind.Equal))) is { } text)
                {
                    var known = Outcome.EqualTo(text);
                    return Implies(other, holds == isEqual ? known : known.Not(), isAwaited: false, left);
                }
            }

            return false;
        }

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

                    var all = definition.Operands.All(operand => ImpliesDefinition(flow, operand, outcome, isAwaited, left - 1));
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
                NodeKind.Property => ImpliesPart(flow, parent, outcome, isAwaited, left),
                NodeKind.ArrayPattern => ImpliesItem(parent, identifier, outcome, left),
                _ when parent == flow.Graph.Node => ImpliesParameter(parent, identifier, outcome, left),
                _ => false,
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

        private bool ImpliesMember(Node member, Outcome outcome, bool isAwaited, int left)
        {
            if (member.Has(NodeFlags.Computed))
            {
                return false;
            }

            var place = Index.PlaceOf(frame.Instance, member);
            var getters = Index.CalleesAt(place);
            return getters.Count > 0
                ? getters.All(getter => search.IsGuard(question, new(getter, [], search.GuardKeys.Of(frame, member.Object)), outcome, isAwaited, depth))
                : ImpliesMemberOf(member.Object, member.Property.Name, outcome, isAwaited, left) || ImpliesStored(member, outcome, isAwaited, left);
        }

        // Whatever stores to that member of one of those objects stores such a value only past a guard; what was never stored is undefined.
        private bool ImpliesStored(Node member, Outcome outcome, bool isAwaited, int left)
        {
            if (outcome.Allows("undefined") || depth >= MaximumDepth)
            {
                return false;
            }

            var owners = Index.ValuesOf(frame.Instance, member.Object);
            var stores = Index.StoresOf(owners, member.Property.Name);
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
            if (left <= 0)
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
                    return depth < MaximumDepth
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

        private bool ImpliesCall(Node call, Outcome outcome, bool isAwaited, int left)
        {
            if (isAwaited && ImpliesPromise(call, outcome, left) is { } answer)
            {
                return answer;
            }

            if (ImpliesEvery(call, outcome) is { } every)
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
            return callees.Count + externals.Count > 0
                && !Index.Solver.IncompleteSites.Contains(place)
                && externals.All(path => IsGuard(path, call, outcome, isAwaited, left))
                && callees.All(callee => search.IsGuard(question, search.Enter(frame, call, callee), outcome, isAwaited, depth));
        }

        private bool IsGuard(string path, Node call, Outcome outcome, bool isAwaited, int left)
        {
            // Boolean(x) is x.
            if (path == "Boolean" && call.Arguments.Count == 1 && outcome.Kind != OutcomeKind.Any)
            {
                return Implies(call.Arguments[0], outcome.MeansTruthy ? Outcome.Truthy : Outcome.Falsy, isAwaited: false, left);
            }

            foreach (var guard in search.GuardRules)
            {
                if (guard.Rule == question.Rule && guard.Path == path && Says(guard.Answer, outcome, isAwaited) && IsOf(guard, call))
                {
                    search.accepted.Add(call);
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

            return question.Subject is { } subject
                && guard.Argument < call.Arguments.Count
                && search.GuardKeys.Of(frame, call.Arguments[guard.Argument]) is { } key
                && ValueKeys.Covers(key, subject)
                && !search.IsStoredAfter(frame.Instance, subject, call);
        }

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
