using System.Collections.Immutable;
using Ecoscanner.JavaScript.Syntax;

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

    /// <summary>
    /// Asked when all is known of the program by itself: which functions something outside calls. What that hands over is then followed as well.
    /// Null where nobody knows; then it is anything.
    /// </summary>
    public Func<ProgramValues, IEnumerable<EnteredFunction>>? EntriesOf { get; init; }
}

/// <summary>A function that something outside calls.</summary>
/// <param name="Parameters">The paths of what it is handed, such as <c>request</c>; its members are <c>request.name</c>.</param>
public readonly record struct EnteredFunction(Node Function, ImmutableArray<string> Parameters);
