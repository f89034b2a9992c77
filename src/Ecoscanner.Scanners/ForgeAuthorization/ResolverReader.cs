using Ecoscanner.Apps.Forge;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.Scanners.ForgeAuthorization;

/// <summary>Reads the keys of a resolver, and the functions of each.</summary>
internal sealed class ResolverReader(ProgramValues program, FunctionFinder functions)
{
    private readonly TablePairs pairs = new(program);

    /// <summary>Whether a value is a resolver, or what its <c>getDefinitions()</c> gives.</summary>
    public static bool IsResolver(Value value) => value.Kind is ValueKind.Object && value.Member(ForgeModels.Mark).Count > 0;

    /// <param name="entry">The entry without a key.</param>
    public IEnumerable<ForgeEntry> Entries(ForgeEntry entry, Value resolver)
    {
        var made = resolver.Node.Exists ? $"resolver made at {PlaceOf(resolver.Node)}" : "resolver";
        entry = entry with { Found = $"{entry.Found}; {made}" };
        var keys = KeysOf(resolver).OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        foreach (var (key, values) in keys)
        {
            yield return OfKey(entry, key, values);
        }

        foreach (var method in entry.Uses.Select(use => use.Method).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            if (keys.TrueForAll(pair => pair.Key != method && pair.Key != ForgeModels.UnknownKey))
            {
                yield return entry with
                {
                    Key = method,
                    Uses = UsesOf(entry, method),
                    Reason = ForgeEntryReason.NoKey,
                    Problem = $"the {made} does not define {method}",
                };
            }
        }

        if (keys.Count == 0 && entry.Uses.All(use => use.Method is null))
        {
            yield return entry with
            {
                Reason = ForgeEntryReason.NoKey,
                Problem = $"the {made} defines no key",
            };
        }
    }

    private static IEnumerable<(string Key, ValueSet Values)> KeysOf(Value resolver)
    {
        foreach (var name in resolver.Members.Where(name => name.StartsWith(ForgeModels.KeyPrefix, StringComparison.Ordinal)))
        {
            yield return (name[ForgeModels.KeyPrefix.Length..], resolver.Member(name));
        }

        // Those of makeResolver({ key: function }).
        foreach (var table in resolver.Member(ForgeModels.Defined).Where(value => value.Kind is ValueKind.Object && !IsResolver(value)))
        {
            foreach (var name in table.Members)
            {
                yield return (name, table.Member(name));
            }
        }
    }

    private ForgeEntry OfKey(ForgeEntry entry, string key, ValueSet values)
    {
        var definers = ForgeModels.Definers.SelectMany(functions.CallsOf).Where(call => Defines(call, key)).Distinct().ToList();
        var narrowed = pairs.Of(definers, key, values);
        var found = functions.Find(narrowed ?? [.. values], definers.Select(FunctionArgument).Where(node => node.Exists));
        var result = entry with
        {
            Key = key == ForgeModels.UnknownKey ? null : key,
            Uses = UsesOf(entry, key == ForgeModels.UnknownKey ? null : key),
            Functions = found.Functions,
            Found = found.Found.Length == 0 ? entry.Found : $"{entry.Found}; {found.Found}",
            Reason = found.Reason is ForgeEntryReason.UnknownValue ? ForgeEntryReason.UnknownKey : found.Reason,
            Problem = found.Problem.Length == 0 ? "" : $"what {Named(key)} runs: {found.Problem}",
        };
        return key != ForgeModels.UnknownKey
            ? result
            : result with
            {
                Reason = ForgeEntryReason.UnknownKey,
                Problem = $"the key is only known when it runs{Places(definers)}{(result.Problem.Length == 0 ? "" : "; " + result.Problem)}",
            };
    }

    private bool Defines(Node call, string key) =>
        call.Kind == NodeKind.CallExpression
        && (
            call.Arguments.Count == 0
            || program.Of(call.Arguments[0]) is var keys
                && (key == ForgeModels.UnknownKey ? keys.Any(value => value.Kind is not ValueKind.String) : keys.Any(value => value.Text == key))
        );

    private static Node FunctionArgument(Node call) => call.Arguments.Count > 1 ? call.Arguments[1].WithoutAssertions : default;

    // What calls one key only does not reach the others.
    private static IReadOnlyList<ForgeUse> UsesOf(ForgeEntry entry, string? key) =>
        [.. entry.Uses.Where(use => use.Method is null || key is null || use.Method == key)];

    private static string Named(string key) => key == ForgeModels.UnknownKey ? "it" : key;

    private static string Places(List<Node> calls) => calls.Count == 0 ? "" : $" (see {string.Join(", ", calls.Select(PlaceOf))})";

    private static string PlaceOf(Node node) => $"{node.Tree.Source.Path}:{node.Tree.Source.Lines.PositionOf(node.Start)}";
}
