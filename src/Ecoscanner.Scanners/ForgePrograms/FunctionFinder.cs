using System.Collections.Immutable;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.Scanners.ForgePrograms;

/// <summary>Finds the functions that run when a value is called, also behind what a package makes of them: <c>Sentry.wrap(run)</c>, <c>render(&lt;App/&gt;)</c>.</summary>
internal sealed class FunctionFinder
{
    // Wrappers around wrappers, and objects in objects that they are handed.
    private const int MaximumDepth = 6;

    private const string UserInterface = "require(\"@forge/ui\")";

    private readonly ProgramValues program;
    private readonly Dictionary<string, List<Node>> callsOf = new(StringComparer.Ordinal);

    public FunctionFinder(ProgramValues program)
    {
        this.program = program;
        foreach (var call in program.Calls.Calls)
        {
            foreach (var target in program.Calls.TargetsOf(call))
            {
                if (target.Path is { } path)
                {
                    (callsOf.TryGetValue(path, out var calls) ? calls : callsOf[path] = []).Add(call);
                }
            }
        }
    }

    /// <summary>The calls of something external.</summary>
    public IReadOnlyList<Node> CallsOf(string path) => callsOf.TryGetValue(path, out var calls) ? calls : [];

    /// <param name="expressions">Where the values stand, to tell which of several equal calls it was.</param>
    public FoundFunctions Find(IEnumerable<Value> values, IEnumerable<Node> expressions)
    {
        var search = new Search(this, [.. expressions]);
        foreach (var value in values)
        {
            search.Add(value, 0);
        }

        return search.Result();
    }

    // The calls that gave it: of a path such as a().b().c those of a().b, then of a.
    private List<Node> GiversOf(Value value, IReadOnlyCollection<Node> expressions)
    {
        var path = value.Path!;
        for (var end = path.LastIndexOf("()", StringComparison.Ordinal); end > 0; end = path.LastIndexOf("()", end - 1, StringComparison.Ordinal))
        {
            var callee = path[..end];
            var calls = CallsOf(callee.EndsWith(".new", StringComparison.Ordinal) ? callee[..^4] : callee);
            if (calls.Where(expressions.Contains).ToList() is { Count: > 0 } here)
            {
                return here;
            }

            if (calls.Count > 0)
            {
                return end + 2 == path.Length ? [.. calls.Where(call => program.Of(call).Contains(value))] : [.. calls];
            }
        }

        return [];
    }

    private sealed class Search(FunctionFinder finder, HashSet<Node> expressions)
    {
        private readonly List<Node> functions = [];
        private readonly List<string> found = [];
        private readonly HashSet<Value> seen = [];
        private readonly HashSet<Node> seenCalls = [];
        private readonly List<(ForgeEntryReason Reason, string Problem)> problems = [];
        private readonly List<Value> resolvers = [];
        private bool isView;
        private bool hasUnknownComponents;

        public void Add(Value value, int depth)
        {
            if (depth > MaximumDepth || !seen.Add(value))
            {
                return;
            }

            switch (value.Kind)
            {
                case ValueKind.Function when value.Node.Exists:
                    AddFunction(value.Node);
                    break;
                case ValueKind.Bound:
                    AddBound(value, depth);
                    break;
                case ValueKind.External:
                    AddExternal(value, depth);
                    break;
                case ValueKind.Unknown or ValueKind.Function when depth == 0:
                    problems.Add((ForgeEntryReason.UnknownValue, "it may be what is only known when it runs"));
                    break;
                case ValueKind.Object when ResolverReader.IsResolver(value):
                    resolvers.Add(value);
                    break;
                case ValueKind.Object when depth > 0:
                    foreach (var member in value.Members.SelectMany(name => value.Member(name)).Where(member => member.Kind is not ValueKind.Unknown))
                    {
                        Add(member, depth + 1);
                    }

                    break;
                case ValueKind.Undefined or ValueKind.Null or ValueKind.True or ValueKind.False:
                    break;
                case var _ when depth == 0:
                    problems.Add((ForgeEntryReason.NoFunction, $"it is {value}, and no function"));
                    break;
                default:
                    break;
            }
        }

        public FoundFunctions Result()
        {
            AddResolversWithin();
            if (functions.Count == 0 && resolvers.Count == 0 && problems.Count == 0)
            {
                problems.Add((ForgeEntryReason.NoFunction, "it has no value"));
            }

            var (reason, problem) = problems.FirstOrDefault();
            return new([.. functions], [.. resolvers.Distinct()], string.Join("; ", found.Distinct(StringComparer.Ordinal)), isView, reason, problem ?? "");
        }

        // (event, context) => resolver.getDefinitions()(event, context)
        private void AddResolversWithin()
        {
            foreach (var function in functions)
            {
                for (var index = function.Index; index > 0 && function.Tree.NodeAt(index) is var node && node.Start >= function.Start; index--)
                {
                    if (node.Kind == NodeKind.CallExpression)
                    {
                        resolvers.AddRange(finder.program.Of(node.Callee).Where(ResolverReader.IsResolver));
                    }
                }
            }
        }

        private void AddFunction(Node function)
        {
            if (!functions.Contains(function))
            {
                functions.Add(function);
            }
        }

        private void AddBound(Value value, int depth)
        {
            var before = functions.Count;
            var binds = finder.CallsOf("Function.prototype.bind").Where(call => finder.program.Of(call).Contains(value)).ToList();
            foreach (var call in binds.Where(expressions.Contains).DefaultIfEmpty().All(call => !call.Exists) ? binds : binds.Where(expressions.Contains))
            {
                foreach (var target in finder.program.Of(call.Callee.WithoutAssertions.Object))
                {
                    Add(target, depth + 1);
                }
            }

            if (functions.Count > before)
            {
                found.Add("bound");
            }
            else if (depth == 0)
            {
                problems.Add((ForgeEntryReason.UnknownValue, "it is a function that was bound, and it is not known which"));
            }
        }

        private void AddExternal(Value value, int depth)
        {
            var before = functions.Count + resolvers.Count;
            var calls = finder.GiversOf(value, expressions);
            foreach (var call in calls)
            {
                AddHandedTo(call, depth);
            }

            if (functions.Count + resolvers.Count > before)
            {
                found.Add($"handed to {value.Path}{(calls.Count > 1 ? $", which {calls.Count} calls give" : "")}");
            }
            else if (depth == 0)
            {
                problems.Add(
                    !isView ? (ForgeEntryReason.Package, $"it is {value.Path}, which is no part of the sources")
                    : hasUnknownComponents ? (ForgeEntryReason.UnknownValue, "it renders components whose code is not known")
                    : (ForgeEntryReason.NoFunction, "it renders components of Forge only, and runs no code of the app")
                );
            }
        }

        // The arguments of a call, and of those that it is chained to: a(run).b(options).
        private void AddHandedTo(Node call, int depth)
        {
            for (var at = call; at.Kind is NodeKind.CallExpression or NodeKind.NewExpression or NodeKind.MemberExpression; )
            {
                if (at.Kind == NodeKind.MemberExpression)
                {
                    at = at.Object.WithoutAssertions;
                    continue;
                }

                if (!seenCalls.Add(at))
                {
                    return;
                }

                foreach (var argument in at.Arguments)
                {
                    var value = argument.Kind == NodeKind.SpreadElement ? argument.Argument : argument;
                    AddComponents(value);
                    expressions.Add(value.WithoutAssertions);
                    foreach (var handed in finder.program.Of(value))
                    {
                        if (handed.Node is { Kind: NodeKind.JSXElement or NodeKind.JSXFragment } element)
                        {
                            AddComponents(element);
                        }

                        Add(handed, depth + 1);
                    }
                }

                at = at.Callee.WithoutAssertions;
            }
        }

        private void AddComponent(Node element)
        {
            var targets = finder.program.Calls.TargetsOf(element);
            hasUnknownComponents |=
                targets.IsEmpty || targets.Any(target => target.Path is { } path && !path.StartsWith(UserInterface, StringComparison.Ordinal));
            foreach (var target in targets.Where(target => target.Function.Exists))
            {
                AddFunction(target.Function);
            }
        }

        // Each element within; nodes of a tree stand behind their children, so a loop finds them.
        private void AddComponents(Node around)
        {
            if (around.Kind is not (NodeKind.JSXElement or NodeKind.JSXFragment))
            {
                return;
            }

            for (var index = around.Index; index > 0 && around.Tree.NodeAt(index) is var node && node.Start >= around.Start; index--)
            {
                if (node.Kind == NodeKind.JSXElement)
                {
                    isView = true;
                    AddComponent(node);
                }
                else if (node.Kind == NodeKind.JSXExpressionContainer)
                {
                    // onClick={run}
                    foreach (var handed in finder.program.Of(node.Expression).Where(value => value.Kind is ValueKind.Function or ValueKind.Bound))
                    {
                        Add(handed, 1);
                    }
                }
            }
        }
    }
}

/// <summary>The functions that a value runs.</summary>
/// <param name="Resolvers">Resolvers that are called by them, or with them.</param>
/// <param name="Found">How, where it is more than a function that stands there.</param>
/// <param name="IsView">Whether they are components that are rendered.</param>
internal sealed record FoundFunctions(
    ImmutableArray<Node> Functions,
    ImmutableArray<Value> Resolvers,
    string Found,
    bool IsView,
    ForgeEntryReason Reason,
    string Problem
);
