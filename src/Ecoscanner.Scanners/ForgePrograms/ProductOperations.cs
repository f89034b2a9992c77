using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Ecoscanner.Scanners.ForgePrograms;

/// <summary>The operations of products' APIs that Atlassian documents, from product-operations.txt.</summary>
public static class ProductOperations
{
    private const string Resource = "product-operations.txt";
    private const string Any = "*";

    // As they stand in routes, and as the documents have them.
    private static readonly (ForgeProduct Product, string[] From, string[] To)[] Spellings =
    [
        (ForgeProduct.Jira, ["rest", "api", "2"], ["rest", "api", "3"]),
        (ForgeProduct.Jira, ["rest", "api", "latest"], ["rest", "api", "3"]),
        (ForgeProduct.Jira, ["rest", "agile", "latest"], ["rest", "agile", "1.0"]),
        (ForgeProduct.Confluence, ["api", "v2"], ["wiki", "api", "v2"]),
        (ForgeProduct.Bitbucket, ["repositories"], ["2.0", "repositories"]),
        (ForgeProduct.Bitbucket, ["workspaces"], ["2.0", "workspaces"]),
    ];

    private static readonly Lazy<(string Version, FrozenDictionary<(ForgeProduct, string), ProductOperation[]> ByMethod)> Table = new(Read);

    /// <summary>What it was made from, and when.</summary>
    public static string Version => Table.Value.Version;

    public static IEnumerable<ProductOperation> All => Table.Value.ByMethod.Values.SelectMany(operations => operations);

    /// <summary>What a call may do.</summary>
    public static ProductCallOperations Of(ProductCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        var found = new HashSet<ProductOperation>();
        var (methods, routes) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<ProductRoute>());
        foreach (var method in call.Methods)
        {
            foreach (var route in call.Routes.Where(route => !route.Segments.IsEmpty))
            {
                var operations = Find(call.Product, method, route);
                if (operations.Any() && operations.All(operation => !operation.Alternatives.IsEmpty))
                {
                    methods.Add(method);
                    routes.Add(route);
                }

                found.UnionWith(operations);
            }
        }

        // Of a wrapper not all methods go with all routes.
        return new(call, [.. found], call.IsKnown && methods.Count == call.Methods.Length && routes.Count == call.Routes.Length);
    }

    /// <summary>The operations that a route may be. What stands there word by word goes before what a parameter may be.</summary>
    public static IReadOnlyList<ProductOperation> Find(ForgeProduct product, string method, ProductRoute route)
    {
        ArgumentNullException.ThrowIfNull(route);
        var segments = Spelt(product, route.Segments);
        var found = Table
            .Value.ByMethod.GetValueOrDefault((product, method), [])
            .Where(operation => route.IsWhole ? operation.Segments.Length == segments.Length : operation.Segments.Length >= segments.Length)
            .Where(operation => segments.Index().All(at => Matches(at.Item, operation.Segments[at.Index])))
            .ToList();
        if (!route.IsWhole || found.Count < 2)
        {
            return found;
        }

        // /issue/* is an issue, and /issue/picker is the picker, though either could be the other.
        var best = found.Max(Likeness);
        return found.FindAll(operation => Likeness(operation) == best);

        int Likeness(ProductOperation operation) => segments.Index().Count(at => (at.Item == Any) == (operation.Segments[at.Index] == Any));
    }

    private static bool Matches(string segment, string known) =>
        segment == Any || known == Any || (segment.Contains('*', StringComparison.Ordinal) ? MatchesParts(segment, known) : segment == known);

    // Few pieces, in order: the first at the begin, the last at the end.
    private static bool MatchesParts(string segment, string known)
    {
        var pieces = segment.Split('*');
        if (!known.StartsWith(pieces[0], StringComparison.Ordinal))
        {
            return false;
        }

        var at = pieces[0].Length;
        foreach (var piece in pieces.Skip(1))
        {
            var next = known.IndexOf(piece, at, StringComparison.Ordinal);
            if (next < 0)
            {
                return false;
            }

            at = next + piece.Length;
        }

        return pieces[^1].Length == 0 || known.EndsWith(pieces[^1], StringComparison.Ordinal);
    }

    private static ImmutableArray<string> Spelt(ForgeProduct product, ImmutableArray<string> segments)
    {
        foreach (var (_, from, to) in Spellings.Where(spelling => spelling.Product == product))
        {
            if (segments.Take(from.Length).SequenceEqual(from, StringComparer.Ordinal))
            {
                return [.. to, .. segments.Skip(from.Length)];
            }
        }

        return segments;
    }

    private static (string Version, FrozenDictionary<(ForgeProduct, string), ProductOperation[]> ByMethod) Read()
    {
        using var stream =
            typeof(ProductOperations).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException("the table of operations is not built in");
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var operations = lines.Skip(1).Select(line => Operation(line.Split('\t')));
        return (
            lines[0].TrimStart('#', ' ').Split(';')[0],
            operations.GroupBy(operation => (operation.Product, operation.Method)).ToFrozenDictionary(group => group.Key, group => group.ToArray())
        );
    }

    // Jira, GET, /rest/api/3/issue/*, read:jira-work | read:issue:jira read:user:jira
    private static ProductOperation Operation(string[] row) =>
        new(
            Enum.Parse<ForgeProduct>(row[0]),
            row[1],
            [.. row[2].Split('/', StringSplitOptions.RemoveEmptyEntries)],
            row[3] == "?" ? [] : [.. row[3].Split(" | ").Select(set => set == "-" ? ImmutableArray<string>.Empty : [.. set.Split(' ')])]
        );
}
