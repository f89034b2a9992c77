using System.Collections.Immutable;
using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Modules;

/// <summary>What an export is in the end.</summary>
/// <param name="Kind">Whether it was found, and if not, why.</param>
/// <param name="Definitions">Where it is defined. CommonJS may define it in several places, of which one holds when it runs; a conflict of stars has those that conflict.</param>
/// <param name="Way">The files on the way there, from the one that was asked.</param>
public sealed record ExportResolution(ExportResolutionKind Kind, ImmutableArray<ExportDefinition> Definitions, ImmutableArray<GraphModule> Way)
{
    /// <summary>The definition, of several the last; null where nothing was found.</summary>
    public ExportDefinition? Definition => Kind == ExportResolutionKind.Found ? Definitions[^1] : null;

    /// <summary>What is outside the graph, where it ends there: a package, a module of Node, a style, or what no file was found for.</summary>
    public ModuleResolution? External { get; init; }

    /// <summary>The name that is taken of <see cref="External"/>; <c>*</c> for all of it.</summary>
    public string? ExternalName { get; init; }

    /// <summary>Why it can't be known, where the kind is <see cref="ExportResolutionKind.Unknown"/>.</summary>
    public ModuleGap? Gap { get; init; }
}

/// <summary>Whether an export was found.</summary>
public enum ExportResolutionKind
{
    Found,

    /// <summary>It comes from outside the graph.</summary>
    External,

    /// <summary>Two stars have different things of that name, so neither is exported.</summary>
    Ambiguous,

    /// <summary>It leads back to itself.</summary>
    Cycle,

    /// <summary>The module may have it, in ways that were not followed.</summary>
    Unknown,
    NotFound,
}

/// <summary>Where an export is defined.</summary>
/// <param name="Module">The file.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Symbol">Its name there; it does not exist where it has none.</param>
/// <param name="Node">The declaration or expression; the whole program where the module itself is meant. It does not exist in JSON.</param>
public sealed record ExportDefinition(GraphModule Module, ExportDefinitionKind Kind, Symbol Symbol, Node Node)
{
    /// <summary>The place in the file that exports it: what <c>export</c> or the assignment is.</summary>
    public ExportEntry? Entry { get; init; }

    /// <summary>The member of a JSON file; null where all of it is meant.</summary>
    public string? JsonName { get; init; }

    internal bool IsSameAs(ExportDefinition other) =>
        ReferenceEquals(Module, other.Module)
        && Kind == other.Kind
        && JsonName == other.JsonName
        && (Symbol.Exists && other.Symbol.Exists ? Symbol == other.Symbol : Node == other.Node);
}

/// <summary>What an export is.</summary>
public enum ExportDefinitionKind
{
    /// <summary>A declaration or an expression.</summary>
    Value,

    /// <summary>All that a module exports, as an object.</summary>
    Namespace,

    /// <summary>A JSON file, or a member of it.</summary>
    Json,
}
