using System.Globalization;
using System.Text;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Syntax.Printing;

namespace Ecoscanner.JavaScript.Modules;

/// <remarks>JSON, and DOT for Graphviz.</remarks>
public static partial class ModulePrinter
{
    /// <summary>Writes an object with <c>modules</c>, <c>unresolved</c> and <c>problems</c>.</summary>
    public static void WriteJson(ModuleGraph graph, Stream output)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var json = new JsonText(output);
        json.BeginObject();
        json.Name("modules"u8);
        json.BeginArray();
        foreach (var module in graph.Modules)
        {
            WriteModule(json, graph, module);
        }

        json.EndArray();
        json.Name("problems"u8);
        json.BeginArray();
        foreach (var problem in graph.Problems)
        {
            json.String(problem);
        }

        json.EndArray();
        json.EndObject();
        json.Finish();
    }

    /// <summary>A directed graph in Graphviz's language: an edge from each module to those that it asks for, dashed where it only asks for types, dotted where it may.</summary>
    public static string Dot(ModuleGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var text = new StringBuilder("digraph modules {\n  rankdir=LR;\n  node [shape=box];\n");
        foreach (var module in graph.Modules)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {DotName(module.Path)}{(module.Problem is null ? "" : " [color=red]")};\n");
        }

        foreach (var module in graph.Modules)
        {
            foreach (var target in module.Targets)
            {
                var (to, style) = target.Resolution switch
                {
                    _ when target.Module is { } file => (file.Path, target.Request.Kind == ImportKind.Type ? " [style=dashed]" : ""),
                    UnresolvedModule => (target.Request.Pattern, " [color=red]"),
                    null => (null, ""),
                    var outside => (ExternalOf(outside), ""),
                };
                if (to is not null)
                {
                    text.Append(CultureInfo.InvariantCulture, $"  {DotName(module.Path)} -> {DotName(to)}{style};\n");
                }

                foreach (var candidate in target.Candidates)
                {
                    text.Append(CultureInfo.InvariantCulture, $"  {DotName(module.Path)} -> {DotName(candidate.Path)} [style=dotted];\n");
                }
            }
        }

        return text.Append("}\n").ToString();
    }

    private static string DotName(string name)
    {
        var shown = Quoted.Of(name);
        return $"\"{shown[1..^1].Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
    }

    private static void WriteModule(JsonText json, ModuleGraph graph, GraphModule module)
    {
        json.BeginObject();
        Write(json, "path"u8, module.Path);
        Write(json, "format"u8, FormatOf(module));
        Write(json, "problem"u8, module.Problem);
        json.Name("requests"u8);
        json.BeginArray();
        foreach (var target in module.Targets)
        {
            WriteTarget(json, target);
        }

        json.EndArray();
        json.Name("exports"u8);
        json.BeginArray();
        foreach (var export in graph.ExportsOf(module))
        {
            WriteExport(json, export);
        }

        json.EndArray();
        json.Name("gaps"u8);
        json.BeginArray();
        foreach (var gap in module.Record?.Gaps ?? [])
        {
            json.BeginObject();
            Write(json, "kind"u8, gap.Kind.ToString().ToLowerInvariant());
            WritePlace(json, gap.Node);
            Write(json, "reason"u8, gap.Reason);
            json.EndObject();
        }

        json.EndArray();
        json.Name("importers"u8);
        json.BeginArray();
        foreach (var importer in module.Importers)
        {
            json.String(importer.Path);
        }

        json.EndArray();
        json.EndObject();
    }

    private static void WriteTarget(JsonText json, RequestTarget target)
    {
        json.BeginObject();
        Write(json, "specifier"u8, target.Request.Pattern);
        Write(json, "kind"u8, WordOf(target.Request.Kind));
        WritePlace(json, target.Request.Node);
        var (kind, name) = target.Resolution switch
        {
            null => ("dynamic", null),
            ResolvedModule found => ("file", found.Path),
            ExternalModule package => ("package", package.Subpath.Length == 0 ? package.Package : $"{package.Package}/{package.Subpath}"),
            BuiltInModule builtIn => ("node", builtIn.Name),
            AssetModule asset => ("asset", asset.Path),
            _ => ("unresolved", ((UnresolvedModule)target.Resolution).Reason),
        };
        Write(json, "leadsTo"u8, kind);
        Write(json, kind == "unresolved" ? "reason"u8 : "name"u8, name);
        Write(json, "by"u8, (target.Resolution as ResolvedModule)?.By.ToString());
        if (!target.Candidates.IsEmpty)
        {
            json.Name("candidates"u8);
            json.BeginArray();
            foreach (var candidate in target.Candidates)
            {
                json.String(candidate.Path);
            }

            json.EndArray();
        }

        json.EndObject();
    }

    private static void WriteExport(JsonText json, ModuleExportName export)
    {
        var resolution = export.Resolution;
        json.BeginObject();
        Write(json, "name"u8, export.Name);
        Write(json, "found"u8, resolution.Kind.ToString().ToLowerInvariant());
        if (resolution.External is not null)
        {
            Write(json, "module"u8, ExternalOf(resolution.External));
            Write(json, "member"u8, resolution.ExternalName);
        }

        Write(json, "reason"u8, resolution.Gap?.Reason);
        json.Name("definitions"u8);
        json.BeginArray();
        foreach (var definition in resolution.Definitions)
        {
            json.BeginObject();
            Write(json, "path"u8, definition.Module.Path);
            Write(json, "kind"u8, definition.Kind.ToString().ToLowerInvariant());
            Write(json, "name"u8, definition.Symbol.Exists ? definition.Symbol.Name : definition.JsonName);
            WritePlace(json, definition.Node);
            json.EndObject();
        }

        json.EndArray();
        json.Name("way"u8);
        json.BeginArray();
        foreach (var step in resolution.Way)
        {
            json.String(step.Path);
        }

        json.EndArray();
        json.EndObject();
    }

    private static void WritePlace(JsonText json, Node node) => Write(json, "at"u8, node.Exists ? PlaceOf(node) : null);

    private static void Write(JsonText json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            json.Name(name);
            json.String(value);
        }
    }
}
