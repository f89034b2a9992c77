using System.Collections.Immutable;
using Ecoscanner.JavaScript.Flow;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Taint;

/// <summary>A sink that something reaches which must not.</summary>
/// <param name="Sink">The sink.</param>
/// <param name="Call">The call of it.</param>
/// <param name="Place">The argument, or the call where it has none.</param>
/// <param name="IsMay">Whether the analysis was bounded on the way, so that it can only say that it may.</param>
/// <param name="Steps">The way there, for people: from the source, or from where the program is entered.</param>
public sealed record TaintFinding(TaintSink Sink, Node Call, Node Place, bool IsMay, ImmutableArray<TaintStep> Steps)
{
    /// <summary>The sources from which it comes; <see cref="Steps"/> begin with the first. None of an effect.</summary>
    public ImmutableArray<Node> Sources { get; init; } = [];

    /// <summary>A sentence: what reaches what, from where.</summary>
    public string Message => TaintWords.Of(this);
}

/// <summary>A step of the way to a sink.</summary>
/// <param name="Node">The place.</param>
/// <param name="Kind">What happens there.</param>
public readonly record struct TaintStep(Node Node, TaintStepKind Kind)
{
    /// <summary>What was decided on a way, in its order.</summary>
    internal static IEnumerable<TaintStep> Decided(FlowWitness? way)
    {
        foreach (var (condition, outcome) in way?.Conditions ?? [])
        {
            if (outcome is FlowEdgeKind.True or FlowEdgeKind.False)
            {
                yield return new(condition, outcome == FlowEdgeKind.True ? TaintStepKind.Holds : TaintStepKind.Fails);
            }
        }
    }
}

/// <summary>What happens at a step.</summary>
public enum TaintStepKind
{
    /// <summary>The value comes from there.</summary>
    Source,

    /// <summary>It is handed on.</summary>
    Flow,

    /// <summary>It is handed to a function that is called.</summary>
    Call,

    /// <summary>It comes back from one.</summary>
    Return,

    /// <summary>It is kept in a member of an object, or taken from one.</summary>
    Member,

    /// <summary>The condition holds on the way.</summary>
    Holds,

    /// <summary>The condition does not hold on the way.</summary>
    Fails,

    /// <summary>The program is entered there.</summary>
    Entry,
}

/// <summary>A sink that is safe, and why.</summary>
/// <param name="Sink">The sink.</param>
/// <param name="Call">The call of it.</param>
/// <param name="Reason">The reason.</param>
/// <param name="By">The guards or sanitizers that make it so; empty for other reasons.</param>
public sealed record TaintProof(TaintSink Sink, Node Call, TaintSafety Reason, ImmutableArray<Node> By)
{
    public override string ToString() => TaintWords.Of(this);
}

/// <summary>Why a sink is safe.</summary>
public enum TaintSafety
{
    /// <summary>Nothing tainted gets there.</summary>
    NoFlow,

    /// <summary>Only constants get there.</summary>
    Constant,

    /// <summary>What gets there passed a sanitizer.</summary>
    Sanitized,

    /// <summary>Each way there passes a guard.</summary>
    Guarded,

    /// <summary>No way leads there.</summary>
    Unreachable,
}
