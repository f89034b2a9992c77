using System.Collections.Frozen;
using System.Collections.Immutable;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Taint;

/// <summary>What is asked of a program: which of its entries reach which effects, and what stands on the way that decides it.</summary>
public sealed record ReachRules
{
    /// <summary>The functions by which the program is entered.</summary>
    public required FrozenSet<Node> Entries { get; init; }

    public required ImmutableArray<ReachEffect> Effects { get; init; }

    /// <summary>The calls whose results tell something about their subjects, which are expressions within the call.</summary>
    public FrozenDictionary<Node, ImmutableArray<Node>> Answers { get; init; } = FrozenDictionary<Node, ImmutableArray<Node>>.Empty;

    /// <summary>Gives what comes from outside a name by its path, so that it is followed; null where it is of no interest.</summary>
    public required Func<string, string?> OriginOf { get; init; }

    /// <summary>Whether a value on which the way depends is the answer of a guard. It is asked by several threads, and once for the same condition.</summary>
    public required Func<ReachCondition, bool> IsGuard { get; init; }
}

/// <summary>A call that should not be reached by everybody.</summary>
/// <param name="Subjects">The expressions within the call that say what it acts upon; guards are about these.</param>
/// <param name="Details">Other expressions of which it is of interest where they come from, such as what is written.</param>
public sealed record ReachEffect(Node Call, ImmutableArray<Node> Subjects, ImmutableArray<Node> Details);

/// <summary>Something on which the way to an effect depends, and what comes of it on that way.</summary>
public sealed class ReachCondition
{
    private readonly Func<IReadOnlyCollection<Origin>> origins;
    private readonly Func<IReadOnlyList<IReadOnlyCollection<Origin>>> subjects;
    private readonly Func<Node, IReadOnlyCollection<Origin>> subjectOf;

    internal ReachCondition(
        Func<IReadOnlyCollection<Origin>> origins,
        Func<IReadOnlyList<IReadOnlyCollection<Origin>>> subjects,
        Func<Node, IReadOnlyCollection<Origin>> subjectOf
    )
    {
        this.origins = origins;
        this.subjects = subjects;
        this.subjectOf = subjectOf;
    }

    public required Node Expression { get; init; }

    /// <summary>What it may be.</summary>
    public required ValueSet Values { get; init; }

    /// <summary>What is known of its value on the way; <see cref="OutcomeKind.Any"/> where all that is known is that a call did not throw.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>Whether it is what a promise comes to, where the expression is a promise.</summary>
    public required bool IsAwaited { get; init; }

    /// <summary>Whether an answer whose meaning is not known is to be taken as what it means as a rule: that what is true is allowed.</summary>
    public required bool IsStrict { get; init; }

    /// <summary>Where that comes from which the effect acts upon, for each of its subjects.</summary>
    public IReadOnlyList<IReadOnlyCollection<Origin>> Subjects => subjects();

    /// <summary>What its value was made of.</summary>
    public IReadOnlyCollection<Origin> Origins => field ??= origins();

    /// <summary>Where that comes from which an answer is about.</summary>
    public IReadOnlyCollection<Origin> SubjectOf(Node answer) => subjectOf(answer);
}

/// <summary>An entry from which an effect can be reached.</summary>
public sealed record Reach
{
    public required ReachEffect Effect { get; init; }

    public required Node Entry { get; init; }

    /// <summary>Whether every way passes a guard.</summary>
    public required bool IsGuarded { get; init; }

    /// <summary>The answers that decide, where it is guarded.</summary>
    public ImmutableArray<Node> Guards { get; init; } = [];

    /// <summary>Where that which the effect acts upon comes from, as the entry sees it, for each of its subjects.</summary>
    public required ImmutableArray<ImmutableArray<Origin>> Subjects { get; init; }

    /// <summary>The same for all subjects together.</summary>
    public IEnumerable<Origin> Origins => Subjects.SelectMany(subject => subject).Distinct();

    /// <summary>Likewise for the details.</summary>
    public required ImmutableArray<Origin> DetailOrigins { get; init; }

    /// <summary>Whether what the call gives is in what the entry gives back, by a way that passes no guard.</summary>
    public required bool IsReturned { get; init; }

    /// <summary>Whether the analysis was bounded on the way.</summary>
    public required bool IsMay { get; init; }

    /// <summary>The way from the entry, for people; that which passes no guard, where there is one.</summary>
    public required ImmutableArray<TaintStep> Steps { get; init; }
}
