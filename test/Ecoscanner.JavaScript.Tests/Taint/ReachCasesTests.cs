using System.Collections.Frozen;
using System.Collections.Immutable;
using Ecoscanner.JavaScript.Modules;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Taint;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Tests.Taint;

/// <summary>
/// The cases of effects, which Node has run, asked of <see cref="ReachAnalysis"/>: each exported function is an entry, and its judge knows the guards by name. What it
/// compares are origins, and here the constants that are resources as well.
/// </summary>
public sealed class ReachCasesTests(ITestOutputHelper output)
{
    private const int FewestPlaces = 150;

    // What it says otherwise than it is, and why.
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["guard-callers.js capturedAnswerSafe"] = "a variable that several functions write is not followed",
        ["guard-permissions.js filteredListSafe"] = "the items of a filtered list have no name in the callers",
        ["guard-permissions.js generatorSafe"] = "what a generator is given back is not followed",
        ["guard-promises.js someByPromiseSafe"] = "answers in a list are not followed",
    };

    private static readonly FrozenDictionary<string, int> Guards = new Dictionary<string, int>
    {
        ["isAllowed"] = 1,
        ["checkAllowed"] = 0,
        ["requireAllowed"] = 0,
        ["ensureAllowed"] = 0,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static TheoryData<string> Entries =>
        [.. TaintCases.All.Where(file => file.Cases.Length > 0 && file.Text.Contains("sensitive(", StringComparison.Ordinal)).Select(file => file.Name)];

    [Fact]
    public void There_are_many() => Assert.True(TaintCases.All.SelectMany(Places).Count() >= FewestPlaces);

    [Theory]
    [MemberData(nameof(Entries))]
    public void What_is_open_is_reached_and_what_is_guarded_is_not(string name)
    {
        var graph = ModuleGraph.From(new FolderFiles(TaintCases.Folder), [name], cancellation: TestContext.Current.CancellationToken);
        var program = ProgramValues.Of(graph, cancellation: TestContext.Current.CancellationToken);
        var open = OpenIn(program);
        var wrong = new List<string>();
        foreach (var file in TaintCases.All.Where(file => graph.ModuleAt(file.Name) is not null))
        {
            foreach (var annotation in Places(file))
            {
                var isOpen = open.Contains((file.Name, annotation.Line));
                var known = Known.ContainsKey($"{file.Name} {annotation.Case}");
                output.WriteLine($"{file.Name}:{annotation.Line} {annotation.Case} {(isOpen ? "open" : "guarded")}");
                if (isOpen != annotation.IsFinding != known)
                {
                    wrong.Add(
                        $"{file.Name}:{annotation.Line} {annotation.Case} is {(known ? "right by now" : isOpen ? "said to be open" : "said to be guarded")}"
                    );
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static IEnumerable<TaintAnnotation> Places(TaintCases file) => file.Annotations.Where(annotation => annotation.Rule == TaintRule.Unguarded);

    // Each resource is asked about for itself, since a judge sees where a subject comes from and not what it is.
    private static HashSet<(string File, int Line)> OpenIn(ProgramValues program)
    {
        var answers = ReachWorld
            .CallsOf(program, [.. Guards.Keys])
            .Select(call =>
                (call, At: program.Calls.TargetsOf(call).Where(target => target.Path is not null).Max(target => Guards.GetValueOrDefault(target.Path!)))
            )
            .Where(pair => pair.At < pair.call.Arguments.Count)
            .ToFrozenDictionary(pair => pair.call, pair => pair.call.Arguments[pair.At]);
        return
        [
            .. ReachWorld
                .CallsOf(program, "sensitive")
                .GroupBy(call => string.Join('|', Resources(program, call.Arguments[0]).Order(StringComparer.Ordinal)))
                .SelectMany(group => ReachAnalysis.Of(program, RulesOf(program, group, answers)).Reaches)
                .Where(reach => !reach.IsGuarded)
                .Select(reach => reach.Effect.Call)
                .Select(call => (call.Tree.Source.Path, call.Tree.Source.Lines.PositionOf(call.Start).Line)),
        ];
    }

    private static ReachRules RulesOf(ProgramValues program, IEnumerable<Node> effects, FrozenDictionary<Node, Node> answers)
    {
        var resources = Resources(program, effects.First().Arguments[0]);
        return new()
        {
            Entries = [.. ReachWorld.EntriesOf(program.Graph).Where(function => function.Tree == program.Graph.Modules[0].Record!.Tree)],
            Effects = [.. effects.Select(call => new ReachEffect(call, [.. call.Arguments], []))],
            Answers = ReachWorld
                .CallsOf(program, ["source", .. Guards.Keys])
                .ToFrozenDictionary(call => call, call => answers.TryGetValue(call, out var asked) ? [asked] : ImmutableArray<Node>.Empty),
            OriginOf = path => path.StartsWith("sourceObject()", StringComparison.Ordinal) ? path : null,
            IsGuard = condition =>
                condition.Outcome.Kind == OutcomeKind.Any
                    ? condition.Values.Any(value => value.Path == "requireAllowed()" || (value.Path == "ensureAllowed()" && condition.IsAwaited))
                        && IsAbout(condition, condition.Expression)
                    : (condition.Outcome.MeansTruthy || condition.Outcome.Kind == OutcomeKind.NotFalse)
                        && condition.Origins.Any(origin =>
                            origin.Call.Exists
                            && (origin.Name == "isAllowed" || (origin.Name == "checkAllowed" && condition.IsAwaited))
                            && IsAbout(condition, origin.Call)
                        ),
        };

        bool IsAbout(ReachCondition condition, Node answer)
        {
            var about = condition.SubjectOf(answer).ToHashSet();
            return answers.TryGetValue(answer, out var asked)
                && resources.IsSubsetOf(Resources(program, asked))
                && condition.Subjects.All(subject => subject.All(about.Contains));
        }
    }

    private static HashSet<string> Resources(ProgramValues program, Node expression) =>
        [.. program.Of(expression).Where(value => value.Kind == ValueKind.String).Select(value => value.Text!)];
}
