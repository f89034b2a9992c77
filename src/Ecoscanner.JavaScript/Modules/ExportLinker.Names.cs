using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Modules;

/// <remarks>All names of a module, and the meaning of names in code.</remarks>
internal sealed partial class ExportLinker
{
    // `a.b.c` of modules; people write two.
    private const int MaximumMembers = 32;

    /// <summary>The names that a module exports. A name that only one module has in reach of the stars is followed from there; only the others need the whole search.</summary>
    public IReadOnlyList<ModuleExportName> ExportsOf(GraphModule module)
    {
        var found = new Dictionary<string, (GraphModule Module, LinkStep Way, bool IsOnly)>(StringComparer.Ordinal);
        var outside = new List<ModuleExportName>();
        var visited = new HashSet<GraphModule> { module };
        var work = new Stack<(GraphModule Module, LinkStep Way, bool TakesDefault)>([(module, LinkStep.To(module, null), true)]);
        while (work.TryPop(out var next))
        {
            foreach (var name in NamesOf(next.Module))
            {
                if (name != ExportEntry.Default || next.TakesDefault)
                {
                    found[name] = found.TryGetValue(name, out var known) ? known with { IsOnly = false } : (next.Module, next.Way, true);
                }
            }

            if (next.Module.Record is not { } record)
            {
                continue;
            }

            if (record.Gaps.FirstOrDefault(gap => gap.Kind == ModuleGapKind.Exports) is { } gap)
            {
                outside.Add(new(ImportEntry.All, new(ExportResolutionKind.Unknown, [], next.Way.Way()) { Gap = gap }));
            }

            // The first is to be visited first.
            foreach (var entry in record.Stars.Concat(record.Wholes.Where(whole => whole.From is { Part: not ImportedPart.Name })).Reverse())
            {
                var (question, answer) = Target(next.Module, entry.From!, next.Way);
                if (question is { } target)
                {
                    if (visited.Add(target.Module))
                    {
                        work.Push((target.Module, LinkStep.To(target.Module, next.Way), entry.TakesDefault || entry.Form == ExportForm.Whole));
                    }
                }
                else
                {
                    outside.Add(new(ImportEntry.All, answer!.ToResolution()));
                }
            }
        }

        if (module.Record is { Wholes.IsEmpty: false })
        {
            found[ExportEntry.Default] = (module, LinkStep.To(module, null), false);
        }

        var names = new List<ModuleExportName>(found.Count + outside.Count);
        foreach (var (name, (owner, way, isOnly)) in found.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var resolution =
                isOnly && owner != module ? Follow(new(owner, name, IsLiteral: true), way).ToResolution() : Resolve(module, name, isLiteral: false);
            if (resolution.Kind != ExportResolutionKind.Ambiguous)
            {
                names.Add(new(name, resolution));
            }
        }

        names.AddRange(outside.DistinctBy(name => (name.Resolution.External, name.Resolution.Gap)));
        return names;
    }

    private static IEnumerable<string> NamesOf(GraphModule module) =>
        module.IsJson ? [ExportEntry.Default, .. module.JsonNames] : module.Record?.ExportedNames ?? [];

    public ExportResolution? DefinitionOf(GraphModule module, Node node)
    {
        var record = module.Record!;
        var names = new Stack<(string Name, Node Node)>();
        var current = node;
        if (node.Kind is NodeKind.Identifier or NodeKind.JSXIdentifier && !record.Model.SymbolOf(node).Exists && IsMemberName(node, out var access))
        {
            current = access;
        }

        while (true)
        {
            var inner = Members.Unwrap(current);
            if (inner != current)
            {
                current = inner;
                continue;
            }

            if (current.Kind is not (NodeKind.MemberExpression or NodeKind.TSQualifiedName or NodeKind.JSXMemberExpression))
            {
                break;
            }

            if (IsExportsObject(record, current))
            {
                break;
            }

            if (Members.NameOf(current) is not { } name || names.Count >= MaximumMembers)
            {
                return null;
            }

            names.Push((name, current));
            current = current.Kind == NodeKind.TSQualifiedName ? current.Left : current.Object;
        }

        return Base(module, record, current, names) is { } start ? Walk(start, names) : null;
    }

    private ExportResolution? Base(GraphModule module, ModuleRecord record, Node node, Stack<(string Name, Node Node)> names)
    {
        if (record.TakenAt(node) is { } taken)
        {
            return Resolve(module, taken.Part != ImportedPart.Name && names.TryPop(out var member) ? taken.Member(member.Name, member.Node) : taken);
        }

        if (IsExportsObject(record, node))
        {
            return names.TryPop(out var member) ? Resolve(module, member.Name, isLiteral: true) : Resolve(module, ExportEntry.WholeName, isLiteral: true);
        }

        var symbol = record.Model.SymbolOf(node);
        if (!symbol.Exists || names.Count > 0)
        {
            return null;
        }

        var declaration = symbol.Declarations is [var first, ..] ? first : node;
        return new(ExportResolutionKind.Found, [new(module, ExportDefinitionKind.Value, symbol, declaration)], [module]);
    }

    private ExportResolution? Walk(ExportResolution start, Stack<(string Name, Node Node)> names)
    {
        var current = start;
        while (names.TryPop(out var member))
        {
            switch (current)
            {
                case { Kind: ExportResolutionKind.External }:
                    current = current with { ExternalName = $"{current.ExternalName}.{member.Name}" };
                    break;
                case { Definition: { Kind: ExportDefinitionKind.Namespace } space }:
                    current = Resolve(space.Module, member.Name, isLiteral: false);
                    break;
                case { Definition: { Kind: ExportDefinitionKind.Json, JsonName: null } json }:
                    current = Resolve(json.Module, member.Name, isLiteral: true);
                    break;
                // module.exports = f; f.g = …
                case { Definition: { Entry.Form: ExportForm.Whole } whole }:
                    current = Resolve(whole.Module, member.Name, isLiteral: true);
                    break;
                default:
                    return null;
            }
        }

        return current;
    }

    private static bool IsMemberName(Node name, out Node access)
    {
        access = name.Tree.ParentOf(name);
        return access.Kind is NodeKind.MemberExpression or NodeKind.JSXMemberExpression && access.Property == name && !access.Has(NodeFlags.Computed)
            || (access.Kind == NodeKind.TSQualifiedName && access.Right == name);
    }

    private static bool IsExportsObject(ModuleRecord record, Node node) =>
        node.Kind == NodeKind.Identifier
            ? node.Name == "exports" && record.IsCommonJs && record.Model.IsUnresolved(node)
            : node.Kind == NodeKind.MemberExpression
                && node.Object.Kind == NodeKind.Identifier
                && node.Object.Name == "module"
                && record.Model.IsUnresolved(node.Object)
                && Members.NameOf(node) == "exports";
}
