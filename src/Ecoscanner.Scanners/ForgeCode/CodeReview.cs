using System.Collections.Immutable;
using Ecoscanner.Apps.Forge;
using Ecoscanner.Findings;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Taint;
using Ecoscanner.JavaScript.Values;
using Ecoscanner.Rules;
using Ecoscanner.Scanners.ForgePrograms;
using Ecoscanner.Scanning;

namespace Ecoscanner.Scanners.ForgeCode;

/// <summary>What the checks of an app's code share: the app, and how to say something about a place in it.</summary>
internal sealed class CodeReview(ScanContext context, AppCode code)
{
    // A way is read by people, from its begin and to its end.
    private const int MaximumSteps = 16;
    private const int MaximumEntries = 5;

    private readonly HashSet<Rule> spoken = [];
    private readonly Dictionary<Rule, string> missed = [];
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);
    private readonly string? gap = GapOf(code);

    public AppCode Code { get; } = code;

    private ForgeApp App { get; } = (ForgeApp)context.App;

    public void Report(TaintCheck check, CodeSink sink, TaintFinding finding)
    {
        var entries = check.HasEntries ? EntriesOf(finding, sink) : [];
        var isAssumed = check.HasEntries && Code.SideOf(sink.Call) is not CodeSide.Page && entries.All(entry => entry.Confidence is ForgeConfidence.Low);
        var from = finding.Sources.IsEmpty ? "" : $", from {CodeWords.Of(finding.Sources[0])} at {PlaceOf(finding.Sources[0])}";
        var observed = $"{check.What} {(finding.IsMay ? "may " : "")}{check.Verb} {sink.Name}{from}{From(entries)}";
        var evidence = new Evidence(observed, check.Expected) { Steps = StepsOf(finding, sink) };
        Report(check.Rule, sink.Call, sink.Name, evidence, finding.IsMay || isAssumed ? Confidence.Low : check.Confidence);
    }

    /// <param name="role">What the place is in its function, such as <c>fetch()</c>; part of the identity.</param>
    public void Report(Rule rule, Node place, string role, Evidence evidence, Confidence confidence)
    {
        spoken.Add(rule);
        var what = $"{FunctionName.Of(Code.FunctionOf(place))}/{role}";
        // Several of one function are told apart by their order.
        var key = $"{rule.Id} {PathOf(place)} {what}";
        var number = numbers[key] = numbers.GetValueOrDefault(key) + 1;
        var location = SourceSteps.LocationOf(App, place, number == 1 ? what : $"{what}/{number}");
        context.Report(rule, location, evidence, confidence);
    }

    /// <summary>Says what an analysis gave up, so that the rule does not pass.</summary>
    public void Missed(Rule rule, ImmutableArray<string> gaps)
    {
        if (gaps.FirstOrDefault(reason => !IsOfProgram(reason)) is { } reason)
        {
            missed.TryAdd(rule, reason);
        }
    }

    /// <summary>Says the rest of a rule that had nothing to say about any place.</summary>
    public void Otherwise(Rule rule, string reason)
    {
        if (spoken.Add(rule))
        {
            if ((missed.GetValueOrDefault(rule) ?? gap) is { } why)
            {
                // The check ran to its end, over all that could be read and told apart.
                context.Undecide(rule, null, $"{reason}; but {why}", InconclusiveCause.Ambiguous);
            }
            else
            {
                context.Pass(rule, null, reason);
            }
        }
    }

    public void OtherwiseNotApplicable(Rule rule, string reason)
    {
        if (gap is null && spoken.Add(rule))
        {
            context.NotApplicable(rule, null, reason);
        }
    }

    /// <summary>Says which files were looked at, and which code is missing.</summary>
    public void SayWhatWasRead()
    {
        foreach (var module in Code.Modules)
        {
            context.Cover(App.Shown(module.Path));
        }

        foreach (var module in Code.Unread)
        {
            context.Skip(App.Shown(module.Path), module.Problem!);
        }

        foreach (var hole in Code.Program.Values.Gaps.Where(hole => hole.Node.Exists && Code.Contains(hole.Node)))
        {
            context.Skip(PlaceOf(hole.Node), hole.Reason);
        }

        foreach (var entry in Code.Program.Entries.Where(IsMissing))
        {
            context.Skip(NameOf(entry), entry.Problem);
        }
    }

    /// <summary>Where a place is, for a sentence.</summary>
    public string PlaceOf(Node node)
    {
        var position = node.Tree.Source.Lines.PositionOf(node.Start);
        return $"{App.Shown(PathOf(node))}:{position.Line}:{position.Column}";
    }

    /// <summary>The entries that get to a place, and who can call them, for the end of a sentence.</summary>
    public static string From(IReadOnlyList<ForgeEntry> entries)
    {
        if (entries.Count == 0)
        {
            return "";
        }

        var names = string.Join(", ", entries.Take(MaximumEntries).Select(NameOf));
        var more = entries.Count > MaximumEntries ? $" and {entries.Count - MaximumEntries} more" : "";
        var callers = entries.Aggregate(ForgeCallers.None, (all, entry) => all | entry.Callers);
        return $"; entered at {names}{more}, by {callers.Sentence()}";
    }

    private static string NameOf(ForgeEntry entry) => entry.Key is null ? entry.Point.Key : $"{entry.Point.Key} {entry.Key}";

    private string PathOf(Node node) => Code.Program.Graph.ModuleOf(node.Tree)!.Path;

    private IReadOnlyList<ForgeEntry> EntriesOf(TaintFinding finding, CodeSink sink)
    {
        var all = finding
            .Sources.Select(source => Code.Reach.EntriesTo(source, sink.Call))
            .Aggregate(new HashSet<ForgeEntry>(), (found, some) => [.. found, .. some]);
        return [.. Code.Program.Entries.Where(all.Contains)];
    }

    // No text of the source: it may be a secret.
    private List<SourceStep> StepsOf(TaintFinding finding, CodeSink sink)
    {
        var steps = finding
            .Steps.Where(step => step.Node.Kind != NodeKind.Program)
            .Select(step => SourceSteps.Of(App, step.Node, CodeWords.Of(step)))
            .Append(SourceSteps.Of(App, sink.Call, sink.Name))
            .Distinct()
            .ToList();
        return SourceSteps.Ends(steps, MaximumSteps);
    }

    // What was not read, or not understood, could break any rule.
    private static string? GapOf(AppCode code) =>
        code.Unread.FirstOrDefault() is { } module ? $"{module.Path} {module.Problem}"
        : code.Program.Entries.FirstOrDefault(IsMissing) is { } entry ? $"the code of {NameOf(entry)} was not found: {entry.Problem}"
        : code.Program.Values.Gaps.FirstOrDefault(hole => hole.Kind is ValueGapKind.Source && hole.Node.Exists && code.Contains(hole.Node)) is { } broken
            ? $"a part of {broken.Node.Tree.Source.Path} was not understood: {broken.Reason}"
        : CutCallOf(code) is { Exists: true } call
            ? $"the call at {call.Tree.Source.Path}:{call.Tree.Source.Lines.PositionOf(call.Start)} may run more functions than can be told apart"
        : null;

    private static bool IsMissing(ForgeEntry entry) => !entry.IsResolved && entry.Kind is not (ForgeEntryKind.Elsewhere or ForgeEntryKind.View);

    // Whether a call of the app may run what was not told apart.
    private static Node CutCallOf(AppCode code) =>
        code.Places.Calls.FirstOrDefault(call =>
        {
            var receiver = CodePlaces.ReceiverOf(call);
            return receiver.Exists && CodePlaces.CalleeName(call) is { Length: > 0 } name
                ? code.Places.Methods.Contains(name) && code.Program.Values.Of(receiver).IsCut
                : code.Program.Values.Of(CodePlaces.Plain(call.Callee)).IsCut;
        });

    // Those are told with their places, and only where they are the app's.
    private bool IsOfProgram(string reason) =>
        Code.Program.Values.Gaps.Any(hole => hole.Kind is ValueGapKind.Source or ValueGapKind.TooManyValues && hole.Reason == reason);
}
