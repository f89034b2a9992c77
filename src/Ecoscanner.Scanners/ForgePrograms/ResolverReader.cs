using Ecoscanner.Apps.Forge;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.Scanners.ForgePrograms;

/// <summary>Reads the keys of a resolver, and the functions of each.</summary>
internal sealed class ResolverReader(ProgramValues program, FunctionFinder functions)
{
    private readonly TablePairs pairs = new(program);

    /// <summary>Whether a value is a resolver, or what its <c>getDefinitions()</c> gives.</summary>
    public static bool IsResolver(Value value) => value.Kind is ValueKind.Object && value.Member(ForgeModels.Mark).Count > 0;

    /// <param name="entry">The entry without a key.</param>
    /// <param name="made">The expression that makes the resolver; what it is may be several values, which are one to people.</param>
    public IEnumerable<ForgeEntry> Entries(ForgeEntry entry, Node made, IReadOnlyCollection<Value> resolvers)
    {
        var named = made.Exists ? $"resolver made at {PlaceOf(made)}" : "resolver";
        entry = entry with { Found = $"{entry.Found}; {named}" };
        var keys = KeysOf(resolvers);
        foreach (var key in keys)
        {
            yield return OfKey(entry, key);
        }

        foreach (var method in entry.Uses.Select(use => use.Method).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            if (keys.TrueForAll(key => key.Name is not null && key.Name != method))
            {
                yield return entry with
                {
                    Key = method,
                    Uses = UsesOf(entry, method),
                    Reason = ForgeEntryReason.NoKey,
                    Problem = $"the {named} does not define {method}",
                };
            }
        }

        if (keys.Count == 0 && entry.Uses.All(use => use.Method is null))
        {
            yield return entry with
            {
                Reason = ForgeEntryReason.NoKey,
                Problem = $"the {named} defines no key",
            };
        }
    }

    // What was defined under each key; tables are read row by row, and only what they do not explain stays without a key.
    private List<ResolverKey> KeysOf(IReadOnlyCollection<Value> resolvers)
    {
        var defined = DefinedIn(resolvers);
        var all = ForgeModels.Definers.SelectMany(functions.CallsOf).Distinct().ToList();
        var calls = all.Where(call => IsPlain(call) && program.Of(call.Callee.WithoutAssertions.Object).Any(resolvers.Contains)).ToList();
        var seen = new HashSet<Value>();
        var byTable = new Dictionary<string, HashSet<Value>>(StringComparer.Ordinal);
        var byCall = new Dictionary<string, HashSet<Value>>(StringComparer.Ordinal);
        var arguments = new Dictionary<string, List<Node>>(StringComparer.Ordinal);
        var unexplained = new List<Node>();
        var unknown = defined.GetValueOrDefault(ForgeModels.UnknownKey, []);
        foreach (var call in calls)
        {
            var (names, values) = (program.Of(call.Arguments[0]), program.Of(call.Arguments[1]));
            var rows =
                names.Count == 1 && names.Texts is not null ? [] : pairs.RowsOf(call.Arguments[0].WithoutAssertions, call.Arguments[1].WithoutAssertions);
            seen.UnionWith(values);
            // A helper that several resolvers are handed to has the rows of all.
            var ownRows = rows.Where(row =>
                    row.Key is not null && (unknown.Contains(row.Function) || defined.GetValueOrDefault(row.Key, []).Contains(row.Function))
                )
                .ToList();
            foreach (var row in ownRows)
            {
                Put(byTable, row.Key!, row.Function);
            }

            var isExplained =
                rows.Count > 0 && rows.All(row => row.Key is not null) && values.All(value => !MayRun(value) || rows.Any(row => row.Function == value));
            if (!isExplained && names.Any(name => name.Text is null))
            {
                unexplained.Add(call);
            }

            foreach (var name in names.Select(name => name.Text).OfType<string>().Concat(ownRows.Select(row => row.Key!)).Distinct(StringComparer.Ordinal))
            {
                (arguments.TryGetValue(name, out var known) ? known : arguments[name] = []).Add(call.Arguments[1].WithoutAssertions);
            }

            foreach (var name in isExplained ? [] : names.Select(name => name.Text).OfType<string>())
            {
                foreach (var value in values)
                {
                    Put(byCall, name, value);
                }
            }
        }

        var keys = new List<ResolverKey>();
        foreach (
            var name in defined
                .Keys.Concat(byTable.Keys)
                .Where(name => name != ForgeModels.UnknownKey)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
        )
        {
            // What no call that was read hands over came by another way, such as apply.
            var kept = defined.GetValueOrDefault(name, []);
            var own = byTable.GetValueOrDefault(name, []).Union(byCall.GetValueOrDefault(name, []).Where(kept.Contains));
            keys.Add(new(name, [.. own.Union(kept.Where(value => !seen.Contains(value)))], arguments.GetValueOrDefault(name, [])));
        }

        if (defined.ContainsKey(ForgeModels.UnknownKey) && (unexplained.Count > 0 || byTable.Count == 0 || !all.TrueForAll(IsPlain)))
        {
            keys.Add(new(null, [.. unknown], [.. unexplained.Select(call => call.Arguments[1].WithoutAssertions)]) { Calls = unexplained });
        }

        return keys;
    }

    private static Dictionary<string, HashSet<Value>> DefinedIn(IReadOnlyCollection<Value> resolvers)
    {
        var defined = new Dictionary<string, HashSet<Value>>(StringComparer.Ordinal);
        foreach (var resolver in resolvers)
        {
            foreach (var name in resolver.Members.Where(name => name.StartsWith(ForgeModels.KeyPrefix, StringComparison.Ordinal)))
            {
                Put(name[ForgeModels.KeyPrefix.Length..], resolver.Member(name));
            }

            // Those of makeResolver({ key: function }).
            foreach (var table in resolver.Member(ForgeModels.Table))
            {
                foreach (var name in table.Members)
                {
                    Put(name, table.Member(name));
                }
            }
        }

        return defined;

        void Put(string name, ValueSet values) => (defined.TryGetValue(name, out var known) ? known : defined[name] = []).UnionWith(values);
    }

    private ForgeEntry OfKey(ForgeEntry entry, ResolverKey key)
    {
        var found = functions.Find(key.Values, key.Arguments);
        var problem = found.Problem.Length == 0 ? "" : $"what {key.Name ?? "it"} runs: {found.Problem}";
        var result = entry with
        {
            Key = key.Name,
            Uses = UsesOf(entry, key.Name),
            Functions = found.Functions,
            Found = found.Found.Length == 0 ? entry.Found : $"{entry.Found}; {found.Found}",
            Reason = found.Reason is ForgeEntryReason.UnknownValue ? ForgeEntryReason.UnknownKey : found.Reason,
            Problem = problem,
        };
        return key.Name is not null
            ? result
            : result with
            {
                Reason = ForgeEntryReason.UnknownKey,
                Problem = $"the key is only known when it runs{Places(key.Calls)}{(problem.Length == 0 ? "" : "; " + problem)}",
            };
    }

    // Written as a call of the method, so that its arguments are what it defines.
    private bool IsPlain(Node call) =>
        call is { Kind: NodeKind.CallExpression, Arguments.Count: > 1 }
        && call.Arguments.Take(2).All(argument => argument.Kind != NodeKind.SpreadElement)
        && call.Callee.WithoutAssertions is { Kind: NodeKind.MemberExpression } method
        && program.Of(method.Object).Any(IsResolver);

    private static bool MayRun(Value value) =>
        value.Kind is ValueKind.Function or ValueKind.Bound or ValueKind.External or ValueKind.Class or ValueKind.Unknown;

    private static void Put(Dictionary<string, HashSet<Value>> keys, string key, Value value) =>
        (keys.TryGetValue(key, out var values) ? values : keys[key] = []).Add(value);

    // What calls one key only does not reach the others.
    private static IReadOnlyList<ForgeUse> UsesOf(ForgeEntry entry, string? key) =>
        [.. entry.Uses.Where(use => use.Method is null || key is null || use.Method == key)];

    private static string Places(IReadOnlyList<Node> calls) => calls.Count == 0 ? "" : $" (see {string.Join(", ", calls.Select(PlaceOf))})";

    private static string PlaceOf(Node node) => $"{node.Tree.Source.Path}:{node.Tree.Source.Lines.PositionOf(node.Start)}";

    /// <summary>A key.</summary>
    /// <param name="Name">Null where it is not known.</param>
    /// <param name="Arguments">Where its functions stand.</param>
    private sealed record ResolverKey(string? Name, IReadOnlyList<Value> Values, IReadOnlyList<Node> Arguments)
    {
        public IReadOnlyList<Node> Calls { get; init; } = [];
    }
}
