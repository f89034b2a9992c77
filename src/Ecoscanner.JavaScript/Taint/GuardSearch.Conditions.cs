using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Taint;

internal sealed partial class GuardSearch
{
    /// <summary>Reads what an expression, once its value is known to be such, says of guards that were passed.</summary>
    private sealed partial class ConditionReading(GuardSearch search, Question question, Frame frame, int depth)
    {
        private readonly HashSet<int> resolved = [];

        // Parts of a condition are asked for by several ways; without this, their number would double with each level.
        private Dictionary<(int Node, Outcome Outcome, bool IsAwaited), bool>? read;

        private ProgramIndex Index => search.GuardIndex;

        // Of the value itself, and by the names that it has in this call.
        private string? Subject
        {
            get
            {
                search.trace.Uses |= GuardUses.Subject | GuardUses.Frame;
                return question.Subject;
            }
        }

        /// <summary>Whether a guard was passed if the value is such. What can't be such says yes: it never comes to it.</summary>
        public bool Implies(Node expression, Outcome outcome, bool isAwaited, int left)
        {
            var node = ValueKeys.Unwrapped(expression);
            if (!node.Exists || left <= 0 || search.IsReadEnough())
            {
                return false;
            }

            if ((ConstantOf(node) ?? ConstantMember(node, outcome)) is { } constant)
            {
                return !outcome.Allows(constant);
            }

            if (IsTest(node, outcome))
            {
                return true;
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
                case NodeKind.LogicalExpression or NodeKind.ConditionalExpression:
                    return ImpliesChoice(node, outcome, isAwaited, left - 1);
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
        }

        private bool ImpliesChoice(Node node, Outcome outcome, bool isAwaited, int left)
        {
            read ??= [];
            var key = (node.Index, outcome, isAwaited);
            if (read.TryGetValue(key, out var known))
            {
                return known;
            }

            var answer =
                node.Kind == NodeKind.LogicalExpression
                    ? ImpliesLogical(node, outcome, isAwaited, left)
                    : Part(node.Consequent, Outcome.Truthy, Outcome.Falsy) && Part(node.Alternate, Outcome.Falsy, Outcome.Truthy);
            // A yes may hold only within the loop that is looked at.
            if (!answer || resolved.Count == 0)
            {
                read[key] = answer;
            }

            return answer;

            bool Part(Node branch, Outcome test, Outcome other) => Implies(branch, outcome, isAwaited, left) || ImpliesTest(node.Test, test, other, left);
        }

        private bool IsTest(Node node, Outcome outcome)
        {
            foreach (var test in search.tests[node])
            {
                var isSuch = test.Holds
                    ? outcome.MeansTruthy || outcome.Kind == OutcomeKind.NotFalse
                    : outcome.MeansFalsy || outcome.Kind == OutcomeKind.NotTrue;
                if (isSuch && test.Rule == question.Rule && IsAbout(test.About, node))
                {
                    search.trace.Accepted.Add(node);
                    return true;
                }
            }

            return false;
        }

        // A member that is one constant, as those of enumerations: only where it is compared, since it may be missing.
        private string? ConstantMember(Node node, Outcome outcome)
        {
            if (node.Kind != NodeKind.MemberExpression || outcome.Kind is not (OutcomeKind.Equal or OutcomeKind.NotEqual))
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
            var ofLeft = contradicts || Implies(node.Left, outcome, isAwaited, left) || ImpliesTest(node.Left, stops, goesOn, left);
            return ofLeft && (Implies(node.Right, outcome, isAwaited, left) || ImpliesTest(node.Left, goesOn, stops, left));
        }

        // What chooses one of two values: an answer whose meaning is not known can't speak for both.
        private bool ImpliesTest(Node test, Outcome outcome, Outcome other, int left) =>
            Implies(test, outcome, isAwaited: false, left)
            && (
                search.Judge is null
                || question.IsStrict
                || !Implies(test, other, isAwaited: false, left)
                || new ConditionReading(search, question with { IsStrict = true }, frame, depth).Implies(test, outcome, isAwaited: false, left)
            );

        private bool ImpliesComparison(Node node, Outcome outcome, int left) =>
            // A comparison with a constant says what it says of the other side.
            ImpliesEquality(node, outcome, left) || (!IsWithConstant(node) && IsAnswer(node, outcome, isAwaited: false));

        private static bool IsWithConstant(Node node) =>
            node.Operator is TokenKind.EqualsEquals or TokenKind.EqualsEqualsEquals or TokenKind.ExclamationEquals or TokenKind.ExclamationEqualsEquals
            && (ConstantOf(ValueKeys.Unwrapped(node.Left)) is not null || ConstantOf(ValueKeys.Unwrapped(node.Right)) is not null);

        private bool IsAnswer(Node expression, Outcome outcome, bool isAwaited)
        {
            if (search.Judge?.IsAnswer(frame.Instance, expression, outcome, isAwaited, question.Subject, question.IsStrict, search.trace) != true)
            {
                return false;
            }

            search.trace.Accepted.Add(expression);
            return true;
        }

        private bool ImpliesEquality(Node node, Outcome outcome, int left)
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
    }
}
