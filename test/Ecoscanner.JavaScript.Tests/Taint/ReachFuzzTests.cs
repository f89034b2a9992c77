using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics;
using Ecoscanner.JavaScript.Modules;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Taint;
using Ecoscanner.JavaScript.Tests.Values;
using Ecoscanner.JavaScript.Values;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.JavaScript.Tests.Taint;

/// <summary>Rules and models that are no good are refused in one way, and what is asked of programs that were made up has an answer in time.</summary>
public sealed class ReachFuzzTests(ITestOutputHelper output)
{
    // A debug build on a busy machine; alone each takes some milliseconds.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly string[] Models =
    [
        "a, b.c: return < arg0; call arg1 unless arg2",
        "f: return = Array; arg0(0) < this[]; return[] < arg0()",
        "a: call arg0.@@replace; convert this[]; this.%on{0} < arg1; return = Array",
        "require(\"x\").default: return^ <~ args; return.* <= arg0; is itself; special",
    ];

    [Fact]
    public void Rules_are_read_or_refused() =>
        Fuzz.Run(random =>
        {
            var text = Fuzzing.Mutate($"{TaintAnalysisTests.Rules}\nsource value a.*\nsource b(arg1:0)\nguard r p() resolves", random);
            Assert.True(IsReadOrRefused(() => TaintRules.Parse(text)));
        });

    [Fact]
    public void Models_are_read_or_refused() =>
        Fuzz.Run(random =>
        {
            var text = Fuzzing.Mutate(Models[random.Next(Models.Length)], random);
            Assert.True(IsReadOrRefused(() => _ = FlowModel.Parse(text).ToList()));
        });

    [Theory]
    [InlineData(null)]
    [InlineData(2068721428)] // conditions that choose conditions were read along every way through them
    public void What_is_asked_of_made_up_programs_is_answered_in_time(int? seed)
    {
        var (reaches, guarded, returned, programs) = (0, 0, 0, 0);
        Fuzz.Run(
            random =>
            {
                var watch = Stopwatch.StartNew();
                var analysis = Asked(random);
                Assert.True(watch.Elapsed < Limit, $"{watch.Elapsed}");
                programs++;
                reaches += analysis.Reaches.Length;
                guarded += analysis.Reaches.Count(reach => reach.IsGuarded);
                returned += analysis.Reaches.Count(reach => reach.IsReturned);
            },
            seed
        );
        output.WriteLine($"{programs} programs, {reaches} reaches, {guarded} of them guarded, {returned} returned");
        Assert.True(seed is not null || (reaches > 0 && guarded > 0 && guarded < reaches), "hardly anything is asked");
    }

    private static ReachAnalysis Asked(Random random)
    {
        var files = MadeUpProgram.Of(random);
        var graph = ModuleGraph.From(new MemoryFiles(files), [files[^1].Key]);
        var functions = Nodes(graph)
            .Where(node => node.Kind is NodeKind.FunctionDeclaration or NodeKind.FunctionExpression or NodeKind.ArrowFunctionExpression)
            .Where(_ => random.Next(3) == 0)
            .Concat(graph.Modules.Where(module => module.Record is not null).Select(module => module.Record!.Tree.Root))
            .ToList();
        var isEntered = random.Next(2) == 0;
        var program = ProgramValues.Of(
            graph,
            new()
            {
                EntriesOf = isEntered
                    ? _ => functions.Where(node => node.Kind != NodeKind.Program).Select(node => new EnteredFunction(node, ["request", "context"]))
                    : null,
            }
        );
        var calls = program.Calls.Calls.Where(call =>
            call.Exists && call.Kind == NodeKind.CallExpression && program.Calls.TargetsOf(call).Any(target => target.Path is not null)
        );
        var asked = calls.OrderBy(call => call.Tree.Source.Path, StringComparer.Ordinal).ThenBy(call => call.Start).ToList();
        var effects = asked.Where(_ => random.Next(3) == 0).Select(call => new ReachEffect(call, Some(call, random), Some(call, random))).ToImmutableArray();
        var answers = asked.Where(_ => random.Next(2) == 0).ToFrozenDictionary(call => call, call => Some(call, random));
        var (meaning, strictness) = (random.Next(4), random.Next(3));
        var analysis = ReachAnalysis.Of(
            program,
            new()
            {
                Entries = [.. functions],
                Effects = effects,
                Answers = answers,
                OriginOf = path => path.Length % 2 == 0 ? path[..Math.Min(path.Length, 12)] : null,
                IsGuard = condition =>
                    condition.Origins.Any(origin => origin.Call.Exists)
                    && (condition.Expression.Start + (int)condition.Outcome.Kind) % 4 != meaning
                    && (!condition.IsStrict || strictness != 0)
                    && condition.Origins.Where(origin => origin.Call.Exists).All(origin => condition.SubjectOf(origin.Call).Count < 100),
            }
        );
        Assert.All(
            analysis.Reaches,
            reach =>
            {
                Assert.Contains(reach.Entry, functions);
                Assert.Equal(TaintStepKind.Entry, reach.Steps[0].Kind);
                Assert.Equal(reach.Effect.Call, reach.Steps[^1].Node);
                Assert.Equal(reach.Effect.Subjects.Length, reach.Subjects.Length);
            }
        );
        return analysis;
    }

    private static ImmutableArray<Node> Some(Node call, Random random) => [.. call.Arguments.Where(argument => argument.Exists && random.Next(3) > 0)];

    private static IEnumerable<Node> Nodes(ModuleGraph graph) =>
        from module in graph.Modules
        where module.Record is not null
        from index in Enumerable.Range(1, module.Record!.Tree.NodeCount)
        select module.Record!.Tree.NodeAt(index);

    private static bool IsReadOrRefused(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (FormatException)
        {
            return true;
        }
    }
}
