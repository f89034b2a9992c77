using System.Collections.Immutable;
using System.Globalization;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Taint;

/// <summary>
/// What an analysis looks for, as data: where values come from that must not be trusted, where they must not get, and what makes them harmless.
/// Functions are named by their paths, as <see cref="Values.CallTarget.Path"/> has them.
/// </summary>
public sealed record TaintRules
{
    public ImmutableArray<TaintSource> Sources { get; init; } = [];

    public ImmutableArray<TaintSink> Sinks { get; init; } = [];

    /// <summary>The paths of functions whose result is harmless.</summary>
    public ImmutableArray<string> Sanitizers { get; init; } = [];

    public ImmutableArray<TaintGuard> Guards { get; init; } = [];

    /// <summary>Conditions that say something of a value without calling a function that has a path, as comparisons and regular expressions do.</summary>
    public ImmutableArray<TaintTest> Tests { get; init; } = [];

    /// <summary>
    /// Whether what a place makes of an operand is harmless, as the end of a text whose begin is what counts. The operand does not exist where it is none of the place's own.
    /// Null where nothing but <see cref="Sanitizers"/> makes harmless.
    /// </summary>
    public Func<Node, Node, bool>? IsHarmless { get; init; }

    /// <summary>Reads rules, one in a line: see the remarks.</summary>
    /// <remarks>
    /// <c>source PATH</c>: what calling it gives is tainted; <c>source PATH(arg1:0)</c>: what it hands to the function that is its argument 1, as parameter 0;
    /// <c>source value PATH</c>: what is read as that member; <c>source value PATH.*</c> as any member.
    /// <c>sink RULE PATH(0)</c>: its argument 0 must not be tainted.
    /// <c>effect RULE PATH(0)</c>: it must not be reached without a guard of its argument 0; <c>PATH()</c> of a guard of anything.
    /// <c>sanitizer PATH</c>: what it gives is harmless.
    /// <c>guard RULE PATH(0) true</c>: where it gives something truthy, its argument 0 is harmless; <c>resolves-true</c>: where its promise does;
    /// <c>returns</c>: wherever it does not throw; <c>resolves</c>: wherever its promise is not rejected. <c>PATH()</c> guards everything.
    /// Lines that are empty or begin with <c>#</c> say nothing.
    /// </remarks>
    /// <exception cref="FormatException">A line is none of these.</exception>
    public static TaintRules Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var rules = new TaintRules();
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#'))
        {
            rules = line.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
            {
                ["source", var path] => rules with { Sources = rules.Sources.Add(new(path)) },
                ["source", "value", var path] => rules with { Sources = rules.Sources.Add(TaintSource.Value(path)) },
                ["sanitizer", var path] => rules with { Sanitizers = rules.Sanitizers.Add(path) },
                ["sink", var rule, var place] when Argument(place) is var (path, argument) => rules with
                {
                    Sinks = rules.Sinks.Add(new(rule, path, argument, false)),
                },
                ["effect", var rule, var place] when Argument(place) is var (path, argument) => rules with
                {
                    Sinks = rules.Sinks.Add(new(rule, path, argument, true)),
                },
                ["guard", var rule, var place, var says] when Argument(place) is var (path, argument) && Says(says) is { } kind => rules with
                {
                    Guards = rules.Guards.Add(new(rule, path, argument, kind)),
                },
                _ => throw new FormatException($"'{line}' is no rule"),
            };
        }

        return rules;
    }

    private static (string Path, int Argument)? Argument(string place)
    {
        if (place.LastIndexOf('(') is not (> 0 and var open) || place[^1] != ')')
        {
            return null;
        }

        var inner = place[(open + 1)..^1];
        return inner.Length == 0 ? (place[..open], TaintGuard.Anything)
            : int.TryParse(inner, NumberStyles.None, CultureInfo.InvariantCulture, out var argument) ? (place[..open], argument)
            : null;
    }

    private static TaintAnswer? Says(string text) =>
        text switch
        {
            "true" => TaintAnswer.True,
            "resolves-true" => TaintAnswer.ResolvesTrue,
            "returns" => TaintAnswer.Returns,
            "resolves" => TaintAnswer.Resolves,
            _ => null,
        };
}

/// <summary>Where untrusted values come from.</summary>
/// <param name="Path">The path of the function that gives them, or of the parameter that it hands over; empty where they come from a place.</param>
public sealed record TaintSource(string Path)
{
    /// <summary>Whether it is what the path itself is, where it is read; the path may end in <c>.*</c>.</summary>
    public bool IsValue { get; init; }

    /// <summary>The expression, or the function whose <see cref="Parameter"/> it is; it does not exist where the path says.</summary>
    public Node Place { get; init; }

    /// <summary>The number of the parameter, or -1.</summary>
    public int Parameter { get; init; } = -1;

    /// <summary>What is read as that member of something external.</summary>
    public static TaintSource Value(string path) => new(path) { IsValue = true };

    /// <summary>What whoever calls the function hands over: for functions that are entered from outside.</summary>
    public static TaintSource ParameterOf(Node function, int parameter) => new("") { Place = function, Parameter = parameter };

    /// <summary>What an expression gives.</summary>
    public static TaintSource At(Node expression) => new("") { Place = expression };
}

/// <summary>Where something must not get.</summary>
/// <param name="Rule">What finds it.</param>
/// <param name="Path">The path of the function; of a place, what people call it.</param>
/// <param name="Argument">The argument that must not be tainted, or that a guard must be about.</param>
/// <param name="IsEffect">Whether it must not be reached at all without a guard, whatever it is given.</param>
public sealed record TaintSink(string Rule, string Path, int Argument, bool IsEffect)
{
    /// <summary>The expression that must not be tainted, for sinks that are no calls; it does not exist where the path says.</summary>
    public Node Place { get; init; }

    /// <summary>An expression that must not be tainted, as what is assigned to a member.</summary>
    public static TaintSink At(string rule, string name, Node expression) => new(rule, name, 0, IsEffect: false) { Place = expression };
}

/// <summary>A condition that says that something is harmless.</summary>
/// <param name="Rule">The rule of the sinks that it is good for.</param>
/// <param name="Test">The condition: a call or a comparison.</param>
/// <param name="Holds">Whether it says so where it holds, or where it does not.</param>
/// <param name="About">The expression that it is about.</param>
public sealed record TaintTest(string Rule, Node Test, bool Holds, Node About);

/// <summary>A function that tells whether something is harmless.</summary>
/// <param name="Rule">The rule of the sinks that it is good for.</param>
/// <param name="Path">The path of the function.</param>
/// <param name="Argument">The argument that it is about, or <see cref="Anything"/>.</param>
/// <param name="Answer">How it says so.</param>
public sealed record TaintGuard(string Rule, string Path, int Argument, TaintAnswer Answer)
{
    /// <summary>Stands for whatever is asked.</summary>
    public const int Anything = -1;
}

/// <summary>How a guard says that something is harmless.</summary>
public enum TaintAnswer
{
    /// <summary>It gives something truthy.</summary>
    True,

    /// <summary>It gives a promise of something truthy.</summary>
    ResolvesTrue,

    /// <summary>It does not throw.</summary>
    Returns,

    /// <summary>It gives a promise that is not rejected.</summary>
    Resolves,
}
