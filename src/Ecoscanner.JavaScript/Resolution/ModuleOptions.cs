namespace Ecoscanner.JavaScript.Resolution;

/// <summary>How a <see cref="ModuleResolver"/> decides where the tree leaves a choice.</summary>
public sealed record ModuleOptions
{
    /// <summary>Whose rules hold; null leaves it to each file's configuration, and bundlers' rules hold where that is silent.</summary>
    public ModuleStyle? Style { get; init; }

    /// <summary>Conditions of <c>exports</c> besides those of the kind of import; by default those of a bundle that runs on Node.</summary>
    public IReadOnlyList<string> Conditions { get; init; } = ["node"];

    /// <summary>Whether only what TypeScript itself would find is found: no workspaces by name, no sources of built files, no customs of bundlers.</summary>
    public bool IsStrict { get; init; }
}
