using System.Collections.Immutable;

namespace Ecoscanner.JavaScript.Values;

/// <summary>How far values are followed.</summary>
public sealed record ValueOptions
{
    /// <summary>How many steps the solver may take for each instruction, on average. Code of people takes ten, minified bundles sixty.</summary>
    public int StepsPerInstruction { get; init; } = 150;

    /// <summary>How often one function may be told apart by the places that call it; later calls share one view of it. Most are called from fewer places.</summary>
    public int ClonesPerFunction { get; init; } = 16;

    /// <summary>How many such calls may stand in each other.</summary>
    public int CloneDepth { get; init; } = 2;

    /// <summary>What functions from outside do with what they are given, in the words of <see cref="FlowModel"/>, beside those that the language has.</summary>
    public ImmutableArray<string> Models { get; init; } = [];
}
