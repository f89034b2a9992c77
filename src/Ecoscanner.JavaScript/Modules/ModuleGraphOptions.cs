using Ecoscanner.JavaScript.Resolution;

namespace Ecoscanner.JavaScript.Modules;

/// <summary>What belongs to a <see cref="ModuleGraph"/>, and within which bounds.</summary>
public sealed record ModuleGraphOptions
{
    /// <summary>How specifiers are resolved.</summary>
    public ModuleOptions Modules { get; init; } = new();

    /// <summary>Whether files in node_modules are read too; otherwise they are external, like packages that are not there.</summary>
    public bool FollowsPackages { get; init; }

    /// <summary>How many files are read at most.</summary>
    public int MaximumFiles { get; init; } = ModuleGraph.MaximumFiles;

    /// <summary>How many bytes are read at most, of all files together.</summary>
    public long MaximumBytes { get; init; } = ModuleGraph.MaximumBytes;

    /// <summary>A larger file is not read.</summary>
    public int MaximumFileBytes { get; init; } = ModuleGraph.MaximumFileBytes;

    /// <summary>How many files are parsed at the same time; the answer is the same whatever it is.</summary>
    public int Parallelism { get; init; } = Environment.ProcessorCount;
}
