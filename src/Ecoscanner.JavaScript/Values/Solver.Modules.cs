using System.Text.Json;
using Ecoscanner.JavaScript.Modules;
using Ecoscanner.JavaScript.Resolution;

namespace Ecoscanner.JavaScript.Values;

// What modules take from each other.
internal sealed partial class Solver
{
    // Objects that belong to no instruction: namespaces of modules, values of JSON files.
    private const int NamespacePlace = -2;
    private const int RegisteredSymbolPlace = -4;
    private const int PromisePart = FirstModelPart + 1;
    private const int MaximumJsonBytes = 4 * 1024 * 1024;
    private const int MaximumJsonDepth = 64;

    private readonly Dictionary<int, int> exportsNodes = [];
    private readonly Dictionary<int, int> jsonNodes = [];
    private int jsonObjects;
    private readonly Dictionary<int, GraphModule> namespaces = [];

    private void BeginImport(Instance instance, ImportEntry entry, int target, int place)
    {
        var request = graph.Modules[instance.Module].Targets[entry.Request.Index];
        if (request.Module is null)
        {
            PutExternal(request, entry, target);
            return;
        }

        if (entry.Part != ImportedPart.Name)
        {
            LinkWhole(request.Module, target, place, isRequired: entry.Part == ImportedPart.Module);
            return;
        }

        LinkExport(request.Module, entry.Name, target, place);
    }

    private void BeginRequest(Instance instance, int index, int target, int place)
    {
        var request = graph.Modules[instance.Module].Targets[index];
        var isRequired = request.Request.Kind == ImportKind.Require;
        var result = target;
        if (request.Request.Kind == ImportKind.DynamicImport)
        {
            var promise = ObjectAt(place, PromisePart, RootOf("Promise"));
            PutValue(target, promise);
            result = MemberNode(promise, valueText);
        }

        foreach (var module in request.Module is null ? request.Candidates : [request.Module, .. request.Candidates])
        {
            LinkWhole(module, result, place, isRequired);
        }

        if (request.Module is null)
        {
            PutValue(result, request.Request.Specifier is null ? Values.Unknown : Externals.Package(NameOf(request)));
        }
    }

    private void PutExternal(RequestTarget request, ImportEntry entry, int target)
    {
        if (request.Request.Specifier is null)
        {
            PutValue(target, Values.Unknown);
            return;
        }

        var package = Externals.Package(NameOf(request));
        var isWhole = entry.Part != ImportedPart.Name || (request.Resolution is BuiltInModule && entry.Name == ExportEntry.Default);
        PutValue(target, isWhole ? package : MemberOf(package, Values.Text(entry.Name)));
    }

    private static string NameOf(RequestTarget request) => request.Resolution is BuiltInModule builtIn ? builtIn.Name : request.Request.Specifier!;

    // All of a module: its namespace, or what CommonJS exports.
    private void LinkWhole(GraphModule module, int target, int place, bool isRequired)
    {
        if (module.IsJson)
        {
            Link(JsonNode(module), target, place);
        }
        else if (module.Record is null)
        {
            PutValue(target, Values.Unknown);
        }
        else if (IsCommonJs(module))
        {
            var exports = ExportsNode(module);
            Link(exports, target, place);
            if (!isRequired)
            {
                PutValue(target, NamespaceOf(module));
            }
        }
        else if (module.Record.Exports.Any(export => export.Name == ExportEntry.WholeName))
        {
            LinkExport(module, ExportEntry.WholeName, target, place);
        }
        else
        {
            PutValue(target, NamespaceOf(module));
        }
    }

    private void LinkExport(GraphModule module, string name, int target, int place)
    {
        if (module.IsJson)
        {
            var node = JsonNode(module);
            if (name == ExportEntry.Default)
            {
                Link(node, target, place);
            }
            else
            {
                Constrain(node, ConstraintKind.Load, place, Values.Text(name), target);
            }

            return;
        }

        if (module.Record is null)
        {
            PutValue(target, Values.Unknown);
            return;
        }

        if (IsCommonJs(module))
        {
            LinkCommonJsExport(module, name, target, place);
            return;
        }

        var resolution = graph.ResolveExport(module, name);
        switch (resolution.Kind)
        {
            case ExportResolutionKind.External:
                PutExternalExport(resolution, target);
                break;
            case ExportResolutionKind.Found or ExportResolutionKind.Ambiguous:
                foreach (var definition in resolution.Definitions)
                {
                    LinkDefinition(definition, target, place);
                }

                break;
            case ExportResolutionKind.Unknown:
                PutValue(target, Values.Unknown);
                break;
            default:
                break;
        }
    }

    private void LinkCommonJsExport(GraphModule module, string name, int target, int place)
    {
        var exports = ExportsNode(module);
        var isCompiled = module.Record!.IsCompiled;
        if (name == ExportEntry.Default && !isCompiled)
        {
            Link(exports, target, place);
        }

        Constrain(exports, ConstraintKind.Load, place, Values.Text(name), target);
    }

    private void LinkDefinition(ExportDefinition definition, int target, int place)
    {
        if (definition.Kind == ExportDefinitionKind.Json)
        {
            var node = JsonNode(definition.Module);
            if (definition.JsonName is null)
            {
                Link(node, target, place);
            }
            else
            {
                Constrain(node, ConstraintKind.Load, place, Values.Text(definition.JsonName), target);
            }
        }
        else if (definition.Kind == ExportDefinitionKind.Namespace)
        {
            LinkWhole(definition.Module, target, place, isRequired: false);
        }
        else if (views[definition.Module.Index]?.Module is { } lowered)
        {
            var slot = lowered.SlotOf(definition.Symbol) is >= 0 and var own ? own : lowered.SlotOf(definition.Node);
            if (slot < 0)
            {
                PutValue(target, Values.Unknown);
            }
            else if (IsCommonJs(definition.Module) && definition.Entry is { Name: not ExportEntry.WholeName } entry)
            {
                LinkCommonJsExport(definition.Module, entry.Name, target, place);
            }
            else
            {
                var program = instancesOf[(definition.Module.Index, 0)][0];
                Link(program.Owns(slot) ? program.NodeOf(slot) : -1, target, place);
            }
        }
    }

    private void PutExternalExport(ExportResolution resolution, int target)
    {
        var name = resolution.External switch
        {
            BuiltInModule builtIn => builtIn.Name,
            ExternalModule { Subpath: "" } external => external.Package,
            ExternalModule external => $"{external.Package}/{external.Subpath}",
            _ => null,
        };
        if (name is null)
        {
            PutValue(target, Values.Unknown);
            return;
        }

        var package = Externals.Package(name);
        var isWhole =
            resolution.ExternalName is null or ImportEntry.All || (resolution.External is BuiltInModule && resolution.ExternalName == ExportEntry.Default);
        PutValue(target, isWhole ? package : MemberOf(package, Values.Text(resolution.ExternalName!)));
    }

    private static bool IsCommonJs(GraphModule module) =>
        module.Record?.Format is ModuleFormat.CommonJs or ModuleFormat.Script || module.Record is { Format: ModuleFormat.Mixed, Exports: [] };

    // The node of what a CommonJS module exports.
    private int ExportsNode(GraphModule module)
    {
        if (!exportsNodes.TryGetValue(module.Index, out var node))
        {
            node = NewNodes(1, shared: true);
            exportsNodes.Add(module.Index, node);
            var lowered = views[module.Index]?.Module;
            if (lowered is null || lowered.ModuleSlot < 0)
            {
                PutValue(node, Values.Unknown);
            }
            else
            {
                Constrain(instancesOf[(module.Index, 0)][0].NodeOf(lowered.ModuleSlot), ConstraintKind.Load, 0, exportsText, node);
            }
        }

        return node;
    }

    // What `import * as` gives: an object with a member for each export.
    private int NamespaceOf(GraphModule module)
    {
        var isNew = !objectAt.ContainsKey((NamespacePlace, module.Index));
        var value = ObjectAt(NamespacePlace, module.Index, -1);
        if (isNew)
        {
            namespaces.Add(value, module);
            if (IsCommonJs(module))
            {
                Link(ExportsNode(module), MemberNode(value, Values.Text(ExportEntry.Default)), 0);
                Link(ExportsNode(module), PrototypeNode(value), 0);
                return value;
            }

            foreach (var export in graph.ExportsOf(module))
            {
                if (export.Name == ImportEntry.All)
                {
                    PutValue(AnyNode(value), Values.Unknown);
                }
                else
                {
                    LinkExport(module, export.Name, MemberNode(value, Values.Text(export.Name)), 0);
                }
            }
        }

        return value;
    }

    /// <summary>The module that an object is the namespace of; null where it is none.</summary>
    public GraphModule? NamespaceOf(int value) => namespaces.GetValueOrDefault(value);

    // The value of a JSON file: configuration is read as if it stood in the source.
    private int JsonNode(GraphModule module)
    {
        if (!jsonNodes.TryGetValue(module.Index, out var node))
        {
            node = NewNodes(1, shared: true);
            jsonNodes.Add(module.Index, node);
            var content = graph.Files.Read(module.Path, MaximumJsonBytes);
            try
            {
                using var document = JsonDocument.Parse(
                    content.Problem is null ? content.Text : "null",
                    new()
                    {
                        AllowTrailingCommas = true,
                        CommentHandling = JsonCommentHandling.Skip,
                        MaxDepth = MaximumJsonDepth,
                    }
                );
                PutValue(node, ValueOf(document.RootElement));
            }
            catch (JsonException)
            {
                PutValue(node, Values.Unknown);
            }
        }

        return node;
    }

    // Guarded by the depth of the document.
    private int ValueOf(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String:
                return Values.String(json.GetString()!);
            case JsonValueKind.Number:
                return Values.Number(json.GetDouble());
            case JsonValueKind.True:
                return Values.True;
            case JsonValueKind.False:
                return Values.False;
            case JsonValueKind.Array:
                var array = ObjectAt(NamespacePlace - 1, jsonObjects++, ArrayRoot, isArray: true);
                var index = 0;
                foreach (var item in json.EnumerateArray())
                {
                    PutValue(ItemNode(array, index++), ValueOf(item));
                }

                return array;
            case JsonValueKind.Object:
                var value = ObjectAt(NamespacePlace - 1, jsonObjects++, ObjectRoot);
                var sure = propertiesOf[value].Sure = [];
                foreach (var member in json.EnumerateObject())
                {
                    var text = Values.Text(member.Name);
                    sure.Add(text);
                    PutValue(MemberNode(value, text), ValueOf(member.Value));
                }

                return value;
            default:
                return Values.Null;
        }
    }
}
