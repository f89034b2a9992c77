using System.Diagnostics;
using System.Globalization;
using System.Text;
using Ecoscanner.JavaScript.Modules;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.JavaScript.Taint;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Tests.Taint;

/// <summary>Programs that were written to keep an analysis busy end within a bound, with what is true found or what was given up said.</summary>
public sealed class HostileTaintTests(ITestOutputHelper output)
{
    // A debug build on a busy machine; alone each takes a fraction.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static CultureInfo Culture => CultureInfo.InvariantCulture;

    [Fact]
    public void A_switch_of_many_branches() => Finds(1, Many(100_000, "export function run(key) { const text = source(); switch (key) {", "case {0}: log({0}); break;", "} sink(text); }"));

    [Fact]
    public void A_guard_before_many_branches() =>
        Finds(0, Many(20_000, "export function run(key) { const text = source(); if (!isSafe(text)) return; switch (key) {", "case {0}: log({0}); break;", "} sink(text); }"));

    [Fact]
    public void A_chain_of_a_thousand_functions() =>
        Finds(1, Many(1_000, "", "function f{0}(text) {{ return f{1}(text); }}\n", "function f1000(text) { return text; } export function run() { sink(f0(source())); }"));

    [Fact]
    public void A_thousand_functions_that_call_each_other() =>
        Finds(1, Many(1_000, "", "function f{0}(text) {{ return maybe() ? text : f{1}(text) + f{2}(text); }}\n", "function f1000(text) { return f0(text); } export function run() { sink(f0(source())); }"));

    [Fact]
    public void Guards_in_a_thousand_functions_that_call_each_other() =>
        Finds(
            1,
            Many(
                1_000,
                "",
                "function g{0}(text) {{ if (maybe()) return isSafe(text); return g{1}(text) && g{2}(text); }}\n",
                "function g1000(text) { return g0(text) || maybe(); } export function run() { const text = source(); if (g0(text)) sink(text); }"
            )
        );

    [Fact]
    public void Conditions_that_are_nested_too_deeply_are_no_guards() =>
        Finds(1, $"export function run() {{ const text = source(); if ({new string('!', 10_000)}isSafe(text)) sink(text); }}");

    [Fact]
    public void A_long_disjunction() => Finds(1, Many(5_000, "export function run() { const text = source(); if (", "maybe({0}) || ", "isSafe(text)) sink(text); }"));

    [Fact]
    public void A_value_that_is_added_to_ten_thousand_times() =>
        Finds(1, Many(10_000, "export function run() { let text = source();", "text = text + \"{0}\";\n", "sink(text); }"));

    [Fact]
    public void Objects_in_objects() => Finds(0, Many(2_000, "export function run() { const o0 = { text: source() };", "const o{1} = {{ inner: o{0}, text: 1 }};\n", "sink(o2000.inner.inner.inner); }"));

    [Fact]
    public void Many_sources_and_sinks() => Finds(2_000, Many(2_000, "export function run() {", "sink(source());\n", "}"));

    [Fact]
    public void Loops_in_loops() =>
        Finds(1, "export function run() { let text = \"\";" + string.Concat(Enumerable.Repeat("while (maybe()) {", 300)) + "text += source();" + new string('}', 300) + "sink(text); }");

    [Fact]
    public void What_is_dynamic_is_said()
    {
        var analysis = Analyse(
            """
            export function run(code) {
              with (code) { log(text); }
              eval(code);
              sink(source());
            }
            """,
            "main.cjs"
        );
        Assert.Single(analysis.Findings);
    }

    [Fact]
    public void Too_many_facts_are_said()
    {
        var source = Many(200, "export function run() { let text = source();", "text = text + \"{0}\";\n", "sink(text); }");
        var analysis = TaintAnalysis.Of(Program(source, "main.js"), TaintRules.Parse(TaintAnalysisTests.Rules), new() { MaximumFacts = 10 });
        Assert.Contains(analysis.Gaps, gap => gap.Contains("more than 10 values", StringComparison.Ordinal));
    }

    private static string Many(int count, string before, string each, string after)
    {
        var text = new StringBuilder(before);
        for (var index = 0; index < count; index++)
        {
            if (each.Contains("{0}", StringComparison.Ordinal))
            {
                text.AppendFormat(Culture, each, index, index + 1, index * 7 % count);
            }
            else
            {
                text.Append(each);
            }
        }

        return text.Append(after).ToString();
    }

    private void Finds(int count, string source)
    {
        var watch = Stopwatch.StartNew();
        var analysis = Analyse(source, "main.js");
        output.WriteLine($"{source.Length} characters, {watch.ElapsedMilliseconds} ms, {string.Join(", ", analysis.Gaps)}");
        Assert.True(watch.Elapsed < Limit, $"{watch.Elapsed}");
        Assert.True(analysis.Findings.Length == count, $"{analysis.Findings.Length} findings; {string.Join(", ", analysis.Gaps)}");
    }

    private static TaintAnalysis Analyse(string source, string name) => TaintAnalysis.Of(Program(source, name), TaintRules.Parse(TaintAnalysisTests.Rules));

    private static ProgramValues Program(string source, string name) =>
        ProgramValues.Of(ModuleGraph.From(new MemoryFiles([KeyValuePair.Create(name, source)]), [name]));
}
