using System.Collections.Frozen;
using Ecoscanner.JavaScript.Modules;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;
using Ecoscanner.Scanners.ForgePrograms;

namespace Ecoscanner.Scanners.ForgeScopes;

/// <summary>What of an app's code may need scopes that cannot be told: calls of which not all is known, and code that was not read.</summary>
internal static class CodeNeeds
{
    private const string Get = "GET";

    // Packages of Forge that call no product, or only as the code that uses them says.
    private static readonly HashSet<string> Quiet = new(
        "api bridge resolver ui react kvs storage sql object-store events metrics i18n util egress manifest auth runtime cli lint hooks realtime"
            .Split(' ')
            .Select(name => $"@forge/{name}"),
        StringComparer.Ordinal
    );

    private static readonly HashSet<string> Requests = new(
        "requestJira requestConfluence requestBitbucket requestGraph requestTeamworkGraph requestConnectedData requestAtlassian".Split(' '),
        StringComparer.Ordinal
    );

    // Packages whose name says that they know products; what they do with it is not read.
    private static readonly string[] Knowing = ["forge", "jira", "confluence", "bitbucket", "atlassian"];

    // Some of what only reads needs a scope to manage.
    private static readonly Lazy<FrozenSet<string>> TakenByReads = new(() =>
        ProductOperations
            .All.Where(operation => operation.Method == Get)
            .SelectMany(operation => operation.Alternatives)
            .SelectMany(set => set)
            .ToFrozenSet(StringComparer.Ordinal)
    );

    private static readonly ForgeEntryReason[] Unread = [ForgeEntryReason.NoFile, ForgeEntryReason.NotRead, ForgeEntryReason.Package];

    public static IEnumerable<OpenNeed> Of(ForgeProgram program, IReadOnlyList<ProductCallOperations> calls) =>
        calls
            .Where(call => !call.IsWhole)
            // What one call may need, another of the same kind may need too.
            .DistinctBy(call => (call.Call.Product, call.Call.Methods is [Get]))
            .Select(OfCall)
            .Concat(program.Graph.Modules.Where(module => module.Problem is not null).Select(module => OpenNeed.OfAll($"{module.Path} {module.Problem}")))
            .Concat(
                program
                    .Values.Gaps.Where(gap => gap.Kind is not ValueGapKind.TooManyValues)
                    .Select(gap => OpenNeed.OfAll(gap.Node.Exists ? $"{At(gap.Node)}: {gap.Reason.TrimEnd('.')}" : gap.Reason))
            )
            .Concat(
                program
                    .Entries.Where(entry => Unread.Contains(entry.Reason))
                    .Select(entry => OpenNeed.OfAll($"the code of {entry.Point.Key} is not there: {entry.Problem}"))
            )
            .Concat(program.Graph.Modules.SelectMany(OfPackages).DistinctBy(need => need.Reason, StringComparer.Ordinal))
            .Concat(OfUnresolved(program, calls))
            .Concat(PlatformNeeds.Of(program));

    private static OpenNeed OfCall(ProductCallOperations call)
    {
        var (product, place) = (call.Call.Product, At(call.Call.Call));
        if (product is not (ForgeProduct.Jira or ForgeProduct.Confluence or ForgeProduct.Bitbucket))
        {
            return product is ForgeProduct.Compass
                ? new(scope => scope.Product is null or ForgeProduct.Compass, $"the call at {place} is of Compass, whose operations are not listed here")
                : OpenNeed.OfAll(
                    $"what the call at {place} needs is not known: it is of {(product is ForgeProduct.Graph or ForgeProduct.TeamworkGraph ? "GraphQL" : "any product")}"
                );
        }

        var reads = call.Call.Methods is [Get];
        var what =
            call.Call.Routes.IsEmpty || call.Call.Routes.Any(route => !route.IsWhole) ? "its route is only known when it runs"
            : call.Call.Methods.IsEmpty ? "its method is only known when it runs"
            : $"{call.Call.Routes[0]} is not among the operations listed here";
        return new(
            scope => scope.Product == product && (!reads || scope.IsRead || TakenByReads.Value.Contains(scope.Text)),
            $"the call at {place} may need it: {what}"
        );
    }

    // What is called like a function that calls a product, and was not found to be one or anything else.
    private static IEnumerable<OpenNeed> OfUnresolved(ForgeProgram program, IReadOnlyList<ProductCallOperations> calls)
    {
        var known = calls.Select(call => call.Call.Call).ToHashSet();
        return program
            .Graph.Modules.Select(module => module.Record?.Tree)
            .OfType<SyntaxTree>()
            .SelectMany(tree => Enumerable.Range(1, tree.NodeCount).Select(tree.NodeAt))
            .Where(node => node.Kind == NodeKind.CallExpression && !known.Contains(node) && Requests.Contains(NameOf(node.Callee.WithoutAssertions)))
            .Where(call => !program.Values.Calls.TargetsOf(call).Any(target => target.Function.Exists))
            .Take(1)
            .Select(call => OpenNeed.OfAll($"the call at {At(call)} may be of a product"));
    }

    private static string NameOf(Node callee) =>
        callee.Kind switch
        {
            NodeKind.Identifier => callee.Name,
            NodeKind.MemberExpression when callee.Property.Kind == NodeKind.Identifier => callee.Property.Name,
            _ => "",
        };

    private static IEnumerable<OpenNeed> OfPackages(GraphModule module)
    {
        foreach (var package in module.Targets.Select(target => target.Resolution).OfType<ExternalModule>().Select(external => external.Package))
        {
            if (package.StartsWith("@forge/", StringComparison.Ordinal) ? !Quiet.Contains(package) : IsKnowing(package))
            {
                yield return OpenNeed.OfApis($"the package {package} may call products");
            }
        }
    }

    private static bool IsKnowing(string package) =>
        !package.StartsWith("@atlaskit/", StringComparison.Ordinal)
        && !package.StartsWith("@atlassian/forge-graphql", StringComparison.Ordinal)
        && !package.StartsWith("@types/", StringComparison.Ordinal)
        && Array.Exists(Knowing, word => package.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static string At(Node node) => $"{node.Tree.Source.Path}:{node.Tree.Source.Lines.PositionOf(node.Start)}";
}
