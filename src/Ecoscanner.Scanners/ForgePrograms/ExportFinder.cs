using System.Collections.Immutable;
using Ecoscanner.JavaScript.Modules;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.Scanners.ForgePrograms;

/// <summary>Finds what a file exports under a name, as values.</summary>
internal sealed class ExportFinder(ProgramValues program)
{
    // Names that are told where one is missing.
    private const int ToldNames = 8;

    public Exported Find(GraphModule module, string name)
    {
        var resolution = program.Graph.ResolveExport(module, name);
        switch (resolution.Kind)
        {
            case ExportResolutionKind.Found or ExportResolutionKind.Ambiguous:
                var exported = OfDefinitions(resolution, name);
                return resolution.Kind is ExportResolutionKind.Found
                    ? exported
                    : exported with
                    {
                        Reason = ForgeEntryReason.NoExport,
                        Problem = $"{module.Path} takes {name} from several files, and so exports none",
                    };
            case ExportResolutionKind.External:
                return Exported.None(
                    ForgeEntryReason.Package,
                    $"{name} of {module.Path} comes from {NameOf(resolution.External)}, which is no part of the sources"
                );
            case ExportResolutionKind.Cycle:
                return Exported.None(ForgeEntryReason.NoExport, $"{name} of {module.Path} is exported in a circle");
            default:
                return OfWhole(module, name) is { Values.IsEmpty: false } found ? found : Missing(module, name, resolution);
        }
    }

    private Exported OfDefinitions(ExportResolution resolution, string name)
    {
        var values = ImmutableArray.CreateBuilder<Value>();
        var expressions = ImmutableArray.CreateBuilder<Node>();
        foreach (var definition in resolution.Definitions)
        {
            if (definition.Kind is not ExportDefinitionKind.Value)
            {
                return Exported.None(ForgeEntryReason.NoFunction, $"{name} is all of {definition.Module.Path}, and no function");
            }

            foreach (var node in NodesOf(definition))
            {
                expressions.Add(node);
                values.AddRange(program.Of(node));
            }
        }

        var way = resolution.Way is [_, .., var last]
            ? $", through {string.Join(", ", resolution.Way.Skip(1).SkipLast(1).Append(last).Select(file => file.Path))}"
            : "";
        var found = new Exported([.. values.Distinct()], [.. expressions.Distinct()], $"export {name} of {resolution.Way.FirstOrDefault()?.Path}{way}");
        return found.Values.IsEmpty ? found with { Reason = ForgeEntryReason.UnknownValue, Problem = $"nothing is known of the value of {name}" } : found;
    }

    // The name, all that it is ever set to, and what stands there without one.
    private static IEnumerable<Node> NodesOf(ExportDefinition definition)
    {
        IEnumerable<Node> declared = definition.Symbol.Exists ? [definition.Node, .. definition.Symbol.Declarations] : [definition.Node];
        foreach (var node in declared.Where(node => node.Exists))
        {
            yield return node.WithoutAssertions;
            var declarator = node.Kind == NodeKind.Identifier ? node.Tree.ParentOf(node) : node;
            if (declarator.Kind == NodeKind.VariableDeclarator)
            {
                yield return declarator.Id;
                if (declarator.Init.Exists)
                {
                    yield return declarator.Init.WithoutAssertions;
                }
            }
            else if (declarator.Kind is NodeKind.FunctionDeclaration or NodeKind.ClassDeclaration)
            {
                yield return declarator;
                yield return declarator.Id;
            }
        }

        if (!definition.Symbol.Exists)
        {
            yield break;
        }

        foreach (var reference in definition.Symbol.References)
        {
            if (reference.Node.Tree.ParentOf(reference.Node) is { Kind: NodeKind.AssignmentExpression } assignment && assignment.Left == reference.Node)
            {
                yield return assignment.Right.WithoutAssertions;
            }
        }
    }

    // A member of what the module is: `module.exports = new Api()`, `module.exports = class { static run() {} }`; or of its default, as people expect.
    private Exported OfWhole(GraphModule module, string name)
    {
        foreach (var (whole, words) in ((string, string)[])[(ExportEntry.WholeName, "module.exports"), (ExportEntry.Default, "the default export")])
        {
            var resolution = program.Graph.ResolveExport(module, whole);
            if (resolution.Kind is not ExportResolutionKind.Found)
            {
                continue;
            }

            var values = resolution
                .Definitions.Where(definition => definition.Kind is ExportDefinitionKind.Value)
                .SelectMany(NodesOf)
                .SelectMany(node => program.Of(node))
                .Distinct()
                .SelectMany(value => MembersOf(value, name))
                .Distinct();
            var found = new Exported([.. values], [], $"member {name} of {words} of {module.Path}");
            if (!found.Values.IsEmpty)
            {
                return whole == ExportEntry.WholeName
                    ? found
                    : found with
                    {
                        Reason = ForgeEntryReason.NoExport,
                        Problem = $"{module.Path} has {name} in its default export only, where Forge does not look",
                    };
            }
        }

        return Exported.None(ForgeEntryReason.NoExport, "");
    }

    private IEnumerable<Value> MembersOf(Value value, string name)
    {
        foreach (var member in value.Member(name))
        {
            yield return member;
        }

        if (value is { Kind: ValueKind.Object, Node.Kind: NodeKind.NewExpression })
        {
            foreach (var made in program.Of(value.Node.Callee).Where(made => made.Kind is ValueKind.Class))
            {
                foreach (var member in made.Member("prototype").SelectMany(prototype => prototype.Member(name)))
                {
                    yield return member;
                }
            }
        }
    }

    private Exported Missing(GraphModule module, string name, ExportResolution resolution)
    {
        if (resolution.Kind is ExportResolutionKind.Unknown)
        {
            return Exported.None(
                ForgeEntryReason.UnknownValue,
                $"whether {module.Path} exports {name} is only known when it runs{(resolution.Gap is { } gap ? $": {gap.Reason}" : "")}"
            );
        }

        var names = program.Graph.ExportsOf(module).Select(export => export.Name).Where(export => export != name).ToList();
        var told = names is [] ? "nothing" : string.Join(", ", names.Take(ToldNames)) + (names.Count > ToldNames ? ", …" : "");
        return Exported.None(ForgeEntryReason.NoExport, $"{module.Path} does not export {name}; it exports {told}");
    }

    private static string NameOf(ModuleResolution? external) =>
        external switch
        {
            ExternalModule package => $"the package {package.Package}",
            BuiltInModule module => $"Node's {module.Name}",
            AssetModule asset => $"the file {asset.Path}",
            UnresolvedModule => "a file that was not found",
            _ => "outside",
        };
}

/// <summary>What is exported.</summary>
/// <param name="Expressions">Where it gets its value.</param>
/// <param name="Found">How it was found.</param>
internal sealed record Exported(ImmutableArray<Value> Values, ImmutableArray<Node> Expressions, string Found)
{
    public ForgeEntryReason Reason { get; init; }

    public string Problem { get; init; } = "";

    public static Exported None(ForgeEntryReason reason, string problem) => new([], [], "") { Reason = reason, Problem = problem };
}
