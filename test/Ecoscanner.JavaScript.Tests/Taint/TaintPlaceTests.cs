using Ecoscanner.JavaScript.Modules;
using Ecoscanner.JavaScript.Resolution;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Taint;
using Ecoscanner.JavaScript.Values;

namespace Ecoscanner.JavaScript.Tests.Taint;

/// <summary>Sources, sinks and tests that are places of the program, where no path names them.</summary>
public sealed class TaintPlaceTests
{
    private const string Head = "import { run } from 'client'; ";

    [Theory]
    [InlineData("run(process.env.TOKEN);", 1)]
    [InlineData("const { TOKEN } = process.env; run(`a ${TOKEN}`);", 1)]
    [InlineData("const environment = process.env; const read = (name) => environment[name]; run(read('TOKEN'));", 1)]
    [InlineData("run(process.argv.TOKEN);", 0)]
    [InlineData("run(process.env);", 0)]
    public void A_member_that_is_read_is_a_source(string source, int count) =>
        AssertFinds(source, count, _ => TaintRules.Parse("source value process.env.*\nsink taint require(\"client\").run(0)"));

    [Theory]
    [InlineData("export function entry(request) { run(request.body); }", 1)]
    [InlineData("export const entry = ({ body }) => { const text = body; run(text); };", 1)]
    [InlineData("export function entry(request, context) { run(context.id); }", 0)]
    [InlineData("export function entry(request) { other('x'); run('y'); } function other(text) { run(text); }", 0)]
    [InlineData("export function entry(request) { other(request); } function other(given) { run(given.text); }", 1)]
    public void A_parameter_of_a_function_is_a_source(string source, int count) =>
        AssertFinds(
            source,
            count,
            tree =>
                TaintRules.Parse("sink taint require(\"client\").run(0)") with
                {
                    Sources = [TaintSource.ParameterOf(Find(tree, node => node.IsFunction()), 0)],
                }
        );

    [Theory]
    [InlineData("export function entry(element, text) { element.innerHTML = read(text); }", 1)]
    [InlineData("export function entry(element, text) { element.innerHTML = 'constant' + read.name; }", 0)]
    [InlineData("export function entry(element, text) { const html = { __html: read(text) }; element.innerHTML = html; }", 1)]
    public void An_expression_is_a_sink(string source, int count)
    {
        var analysis = AssertFinds(
            "import { read } from 'forms'; " + source,
            count,
            tree =>
                TaintRules.Parse("source require(\"forms\").read") with
                {
                    Sinks = [TaintSink.At("taint", "innerHTML", Find(tree, node => node.Kind == NodeKind.AssignmentExpression).Right)],
                }
        );
        Assert.Single(analysis.Sinks);
    }

    [Theory]
    [InlineData("if (text === 'a') run(text);", 0)]
    [InlineData("if (text !== 'a') return; run(text);", 0)]
    [InlineData("const isSame = text === 'a'; if (!isSame) throw new Error(); run(text);", 0)]
    [InlineData("if (text === 'a') run('x'); else run(text);", 1)]
    [InlineData("if (text === 'a') { text = read(); run(text); }", 1)]
    [InlineData("if (isSame(text)) run(text); function isSame(given) { return given === 'a'; }", 0)]
    public void A_comparison_is_a_guard(string source, int count) =>
        AssertFinds(
            $"import {{ read }} from 'forms'; export function entry() {{ let text = read(); {source} }}",
            count,
            tree =>
            {
                var test = Find(tree, node => node.Kind == NodeKind.BinaryExpression);
                return TaintRules.Parse("source require(\"forms\").read\nsink taint require(\"client\").run(0)") with
                {
                    Tests = [new("taint", test, test.Operator is TokenKind.EqualsEqualsEquals, test.Left)],
                };
            }
        );

    [Theory]
    [InlineData("run(`https://example.com/${read()}`);", 0)]
    [InlineData("run(`${read()}/path`);", 1)]
    [InlineData("const url = 'x' + read(); run(url);", 1)]
    public void What_a_place_makes_of_an_operand_may_be_harmless(string source, int count) =>
        AssertFinds(
            "import { read } from 'forms'; " + source,
            count,
            _ =>
                TaintRules.Parse("source require(\"forms\").read\nsink taint require(\"client\").run(0)") with
                {
                    IsHarmless = (place, operand) => place.Kind == NodeKind.TemplateLiteral && operand.Exists && operand.Start > place.Start + 3,
                }
        );

    [Theory]
    [InlineData("run({ ...read() }.text);", 1)]
    [InlineData("const { a, ...rest } = read(); run(rest.text);", 1)]
    [InlineData("const all = Object.assign({}, read()); run(all.text);", 1)]
    [InlineData("const known = { text: 'a' }; const all = { ...known, other: read() }; run(all.text);", 0)]
    [InlineData("run(read().map((item) => item.name).join());", 1)]
    [InlineData("run(read().map(() => '?').join());", 0)]
    [InlineData("run(read().map((item) => ({ name: item })));", 1)]
    [InlineData("run(read().map(String));", 1)]
    [InlineData("run(read().map(other));", 1)]
    public void Parts_of_what_is_not_known_go_on(string source, int count) =>
        AssertFinds(
            "import { read } from 'forms'; import { other } from 'other'; " + source,
            count,
            _ => TaintRules.Parse("source require(\"forms\").read\nsink taint require(\"client\").run(0)")
        );

    [Theory]
    [InlineData("function Page() { const [text, setText] = useState(''); useEffect(() => { setText(read()); }, []); return run(text); }", 1)]
    [InlineData("function Page() { const [text, setText] = useState(() => read()); return run(text); }", 1)]
    [InlineData("function Page() { const [text, setText] = useState(''); load().then(setText); return run(text); } const load = async () => read();", 1)]
    [InlineData("function Page() { const [text, setText] = useState(''); const [other, setOther] = useState(''); setOther(read()); return run(text); }", 0)]
    [InlineData("function Page() { const [list, setList] = useState([]); setList((before) => [...before, read()]); return run(list[0]); }", 1)]
    public void What_a_state_is_set_to_comes_out_of_it(string source, int count) =>
        AssertFinds(
            "import { read } from 'forms'; import { useState, useEffect } from 'react'; export " + source,
            count,
            _ => TaintRules.Parse("source require(\"forms\").read\nsink taint require(\"client\").run(0)")
        );

    private static TaintAnalysis AssertFinds(string source, int count, Func<SyntaxTree, TaintRules> rules)
    {
        var graph = ModuleGraph.From(new MemoryFiles([KeyValuePair.Create("main.js", Head + source)]), ["main.js"]);
        var analysis = TaintAnalysis.Of(ProgramValues.Of(graph), rules(graph.Modules[0].Record!.Tree));
        Assert.True(analysis.Findings.Length == count, string.Join('\n', analysis.Findings.Select(finding => finding.Message)));
        Assert.Equal(analysis.Sinks.Length, analysis.Findings.Length + analysis.Safe.Length);
        return analysis;
    }

    private static Node Find(SyntaxTree tree, Func<Node, bool> isIt) => Enumerable.Range(1, tree.NodeCount).Select(tree.NodeAt).First(isIt);
}

file static class NodeQuestions
{
    public static bool IsFunction(this Node node) => node.Kind is NodeKind.FunctionDeclaration or NodeKind.ArrowFunctionExpression;
}
