using System.Globalization;
using System.Text.RegularExpressions;
using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Tests.Values;

/// <summary>Programs that were made up run in Node, and what they did is within what the analysis allows.</summary>
public sealed class ProgramOracleTests
{
    private const int RunsEach = 2;
    private const int FirstSeed = 1;

    // Each takes seconds to make it small.
    private const int MaximumShown = 8;

    private static int Count => Environment.GetEnvironmentVariable("ECOSCANNER_SLOW") == "1" ? 10_000 : Number("ECOSCANNER_COUNT") ?? 1_000;

    [Fact]
    public void Made_up_programs_do_a_lot()
    {
        Assert.SkipUnless(ObservedProgram.CanRun, "acorn is not installed: run npm ci in test/node");
        var seed = Seed();
        var programs = Programs(seed, Count).ConvertAll(program => program with { IsChecked = true });
        var observed = ObservedProgram.Of(programs);
        foreach (var (program, index) in programs.Select((program, index) => (program, index)))
        {
            var trees = program.Sources.Select(file => KeyValuePair.Create(file.Key, SyntaxTree.Parse(new SourceText(file.Value, file.Key)))).ToList();
            var problems = trees
                .SelectMany(tree => tree.Value.Diagnostics.Concat(SemanticModel.Of(tree.Value).Diagnostics))
                .Select(diagnostic => diagnostic.Message);
            Assert.True(!problems.Any(), $"seed {seed + index}: {string.Join(' ', problems)}\n{program.Text}");
            var nodes = new ProgramNodes(trees);
            foreach (
                var place in observed[index].Calls.SelectMany(call => call.Targets.Append(call.Site)).Concat(observed[index].Values.Select(value => value.At))
            )
            {
                Assert.True(nodes.At(place).Count > 0, $"seed {seed + index}: no node is {place.In(program)}\n{program.Text}");
            }
        }

        double Mean(Func<ObservedProgram, int> count) => observed.Average(count);
        var runs = observed.SelectMany(program => program.Ends).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"""
            seed {seed}, {programs.Count} programs; for each:
            lines              {programs.Average(program => program.Text.AsSpan().Count('\n')):F1}
            steps              {Mean(program => program.Steps):F1}
            calling places     {Mean(program => program.Calls.Count):F1}
            with many targets  {Mean(program => program.Calls.Count(call => call.Targets.Count > 1)):F1}
            distinct targets   {Mean(program => program.Calls.SelectMany(call => call.Targets).Distinct().Count()):F1}
            expressions        {Mean(program => program.Values.Count):F1}
            values             {Mean(program => program.Values.Sum(value => value.Seen.Count)):F1}
            taint              {Mean(program => program.Taint.Count):F1}
            kinds              {string.Join(
                ", ",
                observed.SelectMany(program => program.Calls).CountBy(call => call.Kind).OrderByDescending(kind => kind.Value).Select(kind =>
                    $"{kind.Key} {kind.Value}"
                )
            )}
            ends               {string.Join(
                ", ",
                runs.CountBy(end => Regex.Replace(end, @"n[0-9]+|[0-9]", "n", RegexOptions.NonBacktracking)).OrderByDescending(end => end.Value).Take(15).Select(end => $"{end.Key} {end.Value}")
            )}
            """
        );
        Assert.True(Mean(program => program.Calls.Count) > 10, "hardly anything is called");
        Assert.True(Mean(program => program.Values.Count) > 50, "hardly anything is evaluated");
        Assert.True(Mean(program => program.Taint.Count) > 0.5, "hardly anything is tainted");
        Assert.True(runs.Count(end => end == "ok") > runs.Count * 2 / 3, "few run to their end");
    }

    [Theory]
    [InlineData(
        "function f(x) { return source(x); } const call = (list) => list.map((g) => g(1)); call([f, (x) => x + 1]);",
        """
            call call([f, (x) => x + 1]) -> (list) => list.map((g) => g(1))
            call list.map((g) => g(1)) -> (g) => g(1)
            call g(1) -> function f(x) { return source(x); } | (x) => x + 1
            f = function f(x) { return source(x); }
            x + 1 = n2
            """,
        "f",
        "x + 1"
    )]
    [InlineData(
        """
            class A { constructor(n) { this.n = n; } get v() { return this.n; } toString() { return "A"; } }
            class B extends A { get v() { return super.v + 1; } }
            const b = new B("s"); b.n = source(1); sink(b.v); `${b}`;
            """,
        """
            new new B("s") -> class B extends A { get v() { return super.v + 1; } }
            super class B extends A { get v() { return super.v + 1; } } -> (n) { this.n = n; }
            get b.v -> () { return super.v + 1; }
            get super.v -> () { return this.n; }
            convert `${b}` -> () { return "A"; }
            source(1) -> sink(b.v)
            """
    )]
    [InlineData(
        """
            async function g(x) { try { await x; } catch (e) { return e; } }
            g(Promise.reject("a")).then((r) => sink(r + source(2))).finally(() => g?.());
            """,
        """
            call g(Promise.reject("a")) -> async function g(x) { try { await x; } catch (e) { return e; } }
            call g(Promise.reject("a")).then((r) => sink(r + source(2))) -> (r) => sink(r + source(2))
            call g(Promise.reject("a")).then((r) => sink(r + source(2))).finally(() => g?.()) -> () => g?.()
            call g?.() -> async function g(x) { try { await x; } catch (e) { return e; } }
            source(2) -> sink(r + source(2))
            r = sa
            """,
        "r"
    )]
    [InlineData(
        """
            function* many(n) { const given = yield n; sink(given); yield* [n]; }
            const it = { *[Symbol.iterator]() { yield source(0); } };
            const m = many(3); m.next(); m.next("v" + source(1));
            for (const x of it) sink(x);
            sink([...it][0]); const [first] = it; first;
            """,
        """
            call many(3) -> function* many(n) { const given = yield n; sink(given); yield* [n]; }
            iterate for (const x of it) sink(x); -> () { yield source(0); }
            iterate ...it -> () { yield source(0); }
            iterate [first] -> () { yield source(0); }
            source(1) -> sink(given)
            source(0) -> sink(x)
            source(0) -> sink([...it][0])
            yield n = sv☠0000
            """,
        "yield n"
    )]
    [InlineData(
        """
            const o = { s: "x", set w(v) { this.s += v; }, m(k) { return this[k]; } };
            o.w = 1; o.m("s"); o["m"]?.call(o, "none"); const t = (parts, ...v) => parts.raw[0] + v; t`a${2}`; t`b`;
            o.m.bind(o, "s")(); [3, 1].sort((a, b) => a - b); new Map([[1, t]]).get(1)`c`; typeof nothing; delete o.s;
            """,
        """
            set o.w = 1 -> (v) { this.s += v; }
            call o.m("s") -> (k) { return this[k]; }
            call o["m"]?.call(o, "none") -> (k) { return this[k]; }
            tag t`a${2}` -> (parts, ...v) => parts.raw[0] + v
            tag t`b` -> (parts, ...v) => parts.raw[0] + v
            call o.m.bind(o, "s")() -> (k) { return this[k]; }
            call [3, 1].sort((a, b) => a - b) -> (a, b) => a - b
            tag new Map([[1, t]]).get(1)`c` -> (parts, ...v) => parts.raw[0] + v
            this[k] = sx1 | u
            typeof nothing = sundefined
            delete o.s = btrue
            """,
        "this[k]",
        "typeof nothing",
        "delete o.s"
    )]
    public void What_Node_saw_is_recorded(string source, string told, params string[] asked)
    {
        Assert.SkipUnless(ObservedProgram.CanRun, "acorn is not installed: run npm ci in test/node");
        Assert.Equal(told, Told(source, asked));
    }

    [Fact]
    public void What_Node_does_is_within_what_the_analysis_allows()
    {
        Assert.SkipUnless(ObservedProgram.CanRun, "acorn is not installed: run npm ci in test/node");
        var seed = Seed();
        var programs = Programs(seed, Count);
        var found = new Dictionary<string, (int Count, int Seed, RunProgram Program)>();
        foreach (var (index, (program, observed)) in programs.Zip(ObservedProgram.Of(programs)).Index())
        {
            foreach (var group in ProgramOracle.Misses(program, observed).GroupBy(miss => miss.Class))
            {
                var (count, first, example) = found.GetValueOrDefault(group.Key, (0, seed + index, program));
                found[group.Key] = (count + 1, first, example.Text.Length <= program.Text.Length ? example : program);
            }
        }

        var kinds = found.OrderByDescending(miss => miss.Value.Count).ToList();
        if (kinds.Count > 0)
        {
            var summary = string.Join('\n', kinds.Select(miss => $"{miss.Key}: {miss.Value.Count} programs, one of seed {miss.Value.Seed}"));
            // Making them small runs more programs, and may fail; which they were is known all the same.
            TestContext.Current.TestOutputHelper?.WriteLine(summary);
            Assert.Fail(
                $"{summary}\n\n{string.Join("\n\n", kinds.Take(Number("ECOSCANNER_SHOWN") ?? MaximumShown).Select(miss => Shown(miss.Key, miss.Value.Program)))}"
            );
        }
    }

    /// <summary>A kind of miss, by as small a program as can be found.</summary>
    private static string Shown(string kind, RunProgram program)
    {
        bool Shows(RunProgram program, ObservedProgram observed) => ProgramOracle.Misses(program, observed).Any(miss => miss.Class == kind);
        var small = ProgramShrinker.Shrink(program, Shows);
        var miss = ProgramOracle.Misses(small, ObservedProgram.Of([small])[0]).First(miss => miss.Class == kind);
        return $"{kind}\n{miss.Text}\n{small.Text}";
    }

    [Fact]
    public void A_program_shrinks_to_what_it_shows()
    {
        Assert.SkipUnless(ObservedProgram.CanRun, "acorn is not installed: run npm ci in test/node");
        var program = Programs(1, 40).First(program => ObservedProgram.Of([program])[0].Taint.Count > 0);
        var small = ProgramShrinker.Shrink(program, (_, observed) => observed.Taint.Count > 0);
        Assert.True(ObservedProgram.Of([small])[0].Taint.Count > 0);
        Assert.True(small.Text.Length < 400, small.Text);
    }

    /// <summary>What is told of one file: all calls, taint, and the values of those texts.</summary>
    private static string Told(string source, params string[] asked)
    {
        var program = new RunProgram([new("main.mjs", source)], [1]) { IsChecked = true };
        var observed = ObservedProgram.Of([program])[0];
        string Value(string seen)
        {
            var parts = seen[1..].Split(':');
            return parts.Length == 3 ? new Place(parts[0], int.Parse(parts[1]), int.Parse(parts[2])).In(program) : seen;
        }

        return string.Join(
            '\n',
            [
                .. observed.Calls.Select(call =>
                    $"{call.Kind} {call.Site.In(program)} -> {string.Join(" | ", call.Targets.Select(target => target.In(program)))}"
                ),
                .. observed.Taint.Select(pair => $"{pair.Source.In(program)} -> {pair.Sink.In(program)}"),
                .. observed
                    .Values.Where(value => asked.Contains(value.At.In(program)))
                    .Select(value => $"{value.At.In(program)} = {string.Join(" | ", value.Seen.Select(Value))}"),
            ]
        );
    }

    // A failure names the seed of a program: with that, and a count of 1, it is made again.
    // The same programs in every run tell what a change broke; others are looked at when there is time.
    private static int Seed() =>
        Number("ECOSCANNER_SEED") ?? (Environment.GetEnvironmentVariable("ECOSCANNER_SLOW") == "1" ? Random.Shared.Next(int.MaxValue / 2) : FirstSeed);

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>Each program has a seed of its own, one more than the last.</summary>
    private static List<RunProgram> Programs(int seed, int count) =>
        [
            .. Enumerable
                .Range(seed, count)
                .Select(each => new Random(each))
                .Select(random => new RunProgram(MadeUpProgram.Of(random), [.. Enumerable.Range(0, RunsEach).Select(_ => random.Next())])),
        ];
}
