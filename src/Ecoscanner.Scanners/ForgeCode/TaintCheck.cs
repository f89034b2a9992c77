using System.Collections.Immutable;
using Ecoscanner.Findings;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Taint;
using Ecoscanner.Rules;

namespace Ecoscanner.Scanners.ForgeCode;

/// <summary>A rule about values that must not get somewhere: from where, to where, and what makes them harmless.</summary>
internal sealed record TaintCheck(Rule Rule)
{
    /// <summary>The places that the values must not get to.</summary>
    public required Func<AppCode, IEnumerable<CodeSink>> Sinks { get; init; }

    /// <summary>Where they come from; what callers send where nothing else is said.</summary>
    public Func<AppCode, ImmutableArray<TaintSource>> Sources { get; init; } = code => code.Input.Sources;

    /// <summary>Conditions after which they are harmless.</summary>
    public Func<AppCode, IEnumerable<(Node Test, bool Holds, Node About)>> Tests { get; init; } = _ => [];

    /// <summary>Whether what a place makes of an operand is harmless.</summary>
    public Func<AppCode, Node, Node, bool> IsHarmless { get; init; } = (code, place, operand) => code.Input.IsLeftBehind(place, operand);

    /// <summary>Findings that are none, as a person sees at once.</summary>
    public Func<AppCode, TaintFinding, bool> IsMeant { get; init; } = (_, _) => false;

    /// <summary>The most that a finding is sure of.</summary>
    public Confidence Confidence { get; init; } = Confidence.High;

    /// <summary>What the values are: "what callers send".</summary>
    public string What { get; init; } = "what callers send";

    /// <summary>What happens: "decides the host of".</summary>
    public required string Verb { get; init; }

    /// <summary>The smallest repair.</summary>
    public required string Expected { get; init; }

    /// <summary>Why the rule is not about an app without sinks.</summary>
    public required string None { get; init; }

    /// <summary>Whether entries are asked for: not for pages, which are no entries.</summary>
    public bool HasEntries { get; init; } = true;

    public TaintRules RulesFor(AppCode code, IReadOnlyList<CodeSink> sinks) =>
        sinks.Count == 0
            ? new()
            : new()
            {
                Sources = Sources(code),
                Sinks = [.. sinks.Select(sink => TaintSink.At(Rule.Id, sink.Name, sink.Place))],
                Tests = [.. Tests(code).Select(test => new TaintTest(Rule.Id, test.Test, test.Holds, test.About))],
                IsHarmless = (place, operand) => IsHarmless(code, place, operand),
            };

    public void Judge(CodeReview review, IReadOnlyList<CodeSink> sinks, TaintAnalysis analysis)
    {
        review.Missed(Rule, analysis.Gaps);
        var bySink = sinks.ToLookup(sink => sink.Place);
        // Of a call with several such arguments the first is enough.
        foreach (var finding in analysis.Findings.Where(finding => !IsMeant(review.Code, finding)).DistinctBy(finding => bySink[finding.Call].First().Call))
        {
            review.Report(this, bySink[finding.Call].First(), finding);
        }

        if (sinks.Count == 0)
        {
            review.OtherwiseNotApplicable(Rule, None);
        }

        review.Otherwise(Rule, $"{What} {Verb} none of {sinks.Count} {(sinks.Count == 1 ? "place that was" : "places that were")} looked at");
    }
}

/// <summary>A place that some values must not get to.</summary>
/// <param name="Call">The call or assignment that it belongs to.</param>
/// <param name="Place">The expression that must not be such.</param>
/// <param name="Name">What people call it, such as <c>fetch()</c>; part of a finding's identity.</param>
internal sealed record CodeSink(Node Call, Node Place, string Name)
{
    /// <summary>An argument of calls, where they have it.</summary>
    public static IEnumerable<CodeSink> Argument(IEnumerable<(Node Call, string Path)> calls, int argument) =>
        from call in calls
        where call.Call.Kind is NodeKind.CallExpression or NodeKind.NewExpression && argument < call.Call.Arguments.Count
        select new CodeSink(call.Call, call.Call.Arguments[argument], NameOf(call.Call));

    public static string NameOf(Node call) => $"{CodePlaces.CalleeName(call)}()";
}
