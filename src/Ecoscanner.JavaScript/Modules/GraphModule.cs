using System.Collections.Immutable;

namespace Ecoscanner.JavaScript.Modules;

/// <summary>A file of a <see cref="ModuleGraph"/>.</summary>
public sealed class GraphModule
{
    internal GraphModule(int index, string path)
    {
        Index = index;
        Path = path;
    }

    /// <summary>Its number in the graph, from 0.</summary>
    public int Index { get; }

    /// <summary>Its name below the root.</summary>
    public string Path { get; }

    public ModuleFormat Format => Record?.Format ?? ModuleFormat.Json;

    /// <summary>What it says; null of JSON, and of what was not read.</summary>
    public ModuleRecord? Record { get; internal set; }

    /// <summary>The members of the object that a JSON file has.</summary>
    public ImmutableArray<string> JsonNames { get; internal set; } = [];

    public bool IsJson { get; internal init; }

    /// <summary>Why it was not read, or not all of it, in words that follow its name; null where it was.</summary>
    public string? Problem { get; internal set; }

    /// <summary>What its requests lead to, in their order.</summary>
    public ImmutableArray<RequestTarget> Targets { get; internal set; } = [];

    /// <summary>The files that ask for it, in the order of the graph, each once.</summary>
    public ImmutableArray<GraphModule> Importers { get; internal set; } = [];

    public override string ToString() => Path;
}
