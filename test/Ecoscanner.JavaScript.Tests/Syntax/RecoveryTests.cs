using System.Globalization;
using System.Text;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.JavaScript.Tests.Syntax;

/// <summary>What a syntax error costs: the statement that it stands in, and nothing around.</summary>
public sealed class RecoveryTests
{
    private static readonly ParseOptions Options = new() { Jsx = true };

    [Theory]
    // Half-written.
    [InlineData("foo(", "token-expected")]
    [InlineData("foo(a, ", "token-expected")]
    [InlineData("foo(a, b", "token-expected")]
    [InlineData("foo(a b c)", "token-expected, token-expected")]
    [InlineData("foo(function () {", "token-expected")]
    [InlineData("foo(() => {", "token-expected")]
    [InlineData("const", "initializer-expected, token-expected")]
    [InlineData("let { a, b", "token-expected")]
    [InlineData("x[", "token-expected")]
    [InlineData("x = [1, 2", "token-expected")]
    [InlineData("x = { a: 1", "token-expected")]
    [InlineData("x = { a: 1,", "token-expected")]
    [InlineData("x = { a: ", "token-expected")]
    [InlineData("x = y ? z", "token-expected")]
    [InlineData("x = async (a", "token-expected")]
    [InlineData("x = `a ${b", "token-expected")]
    [InlineData("x = `a", "template-unterminated")]
    [InlineData("x = 'a", "string-unterminated")]
    [InlineData("x = /a", "regular-expression-unterminated")]
    [InlineData("if (x", "token-expected")]
    [InlineData("if (x) {", "token-expected")]
    [InlineData("if (x) { y(", "token-expected, token-expected")]
    [InlineData("for (", "token-expected")]
    [InlineData("for (const x of", "token-expected")]
    [InlineData("while (x", "token-expected")]
    [InlineData("do { x(); } while", "token-expected")]
    [InlineData("try {", "token-expected")]
    [InlineData("try { x(); }", "token-expected")]
    [InlineData("switch (x) {", "token-expected")]
    [InlineData("switch (x) { case", "token-expected, token-expected")]
    [InlineData("class A {", "token-expected")]
    [InlineData("class A extends", "token-expected")]
    [InlineData("class A { b(", "token-expected, token-expected")]
    [InlineData("class A { b() {", "token-expected")]
    [InlineData("function f(", "token-expected")]
    [InlineData("function f(a, b", "token-expected")]
    [InlineData("function f(a) {", "token-expected")]
    [InlineData("async function", "token-expected")]
    [InlineData("import", "module-syntax-inside, token-expected")]
    [InlineData("import { a", "module-syntax-inside, token-expected")]
    [InlineData("import a from", "module-syntax-inside, token-expected")]
    [InlineData("export {", "module-syntax-inside, token-expected")]
    // Wrong.
    [InlineData("foo(a;", "token-expected")]
    [InlineData("foo(a];", "token-expected")]
    [InlineData("foo a b c;", "token-expected")]
    [InlineData("fuction f(a) { b(); }", "token-expected")]
    [InlineData("exprot const x = 1;", "token-expected")]
    [InlineData("x = { a: 1; b: 2; }", "token-expected, token-expected")]
    [InlineData("x = { a: 1\n  b: 2 }", "token-expected")]
    [InlineData("x = { a: , b() { c(); } };", "token-expected")]
    [InlineData("x = [a, , b c];", "token-expected")]
    [InlineData("if (x y) { z(); }", "token-expected")]
    [InlineData("if x { z(); }", "token-expected")]
    [InlineData("for (let i = 0; i < 9 i++) { x(); }", "token-expected")]
    [InlineData("switch (x) { y(); case 1: z(); }", "token-expected")]
    [InlineData("switch (x) { case 1 y(); break; case 2: z( }", "token-expected, token-expected")]
    [InlineData("class A { const x = 1; b() {} }", "token-expected")]
    [InlineData("class A { x = ; y = 1 }", "token-expected")]
    [InlineData("} x();", "brace-unmatched")]
    [InlineData(") x();", "token-expected")]
    [InlineData("]", "token-expected")]
    [InlineData("@ % ^ &", "token-expected")]
    [InlineData("\u0001\u0002\u0003", "character-unexpected, token-expected")]
    [InlineData("x = '\ud800'; \udc00", "character-unexpected, token-expected")]
    public void A_broken_line_costs_no_function_beside_it(string line, string codes)
    {
        const string Before = "function before() { return 1; }\n";
        const string After = "\nfunction after() { return 2; }\n";
        var alone = SyntaxTree.Parse($"{Before}{line}{After}", Options);
        Assert.Superset(new HashSet<string> { "before", "after" }, Functions(alone));

        var inside = SyntaxTree.Parse($"{Before}function outer() {{\n  one();\n  {line.ReplaceLineEndings("\n  ")}\n  two();\n}}{After}", Options);
        Assert.Superset(new HashSet<string> { "before", "outer", "after" }, Functions(inside));
        Assert.Equal(codes, Codes(inside));
    }

    [Fact]
    public void Trees_of_broken_sources_are_as_they_were()
    {
        var text = new StringBuilder();
        foreach (var source in BrokenSources.All)
        {
            var tree = SyntaxTree.Parse(source, Options);
            text.Append(source).Append("\n----\n");
            WriteOutline(tree.Root, 0, text);
            foreach (var diagnostic in tree.Diagnostics)
            {
                text.Append(CultureInfo.InvariantCulture, $"{tree.Source.Lines.PositionOf(diagnostic.Span.Start)} {diagnostic.Code}: {diagnostic.Message}\n");
            }

            text.Append("====\n");
        }

        Golden.Matches(text.ToString(), ".txt");
    }

    [Fact]
    public void Wherever_a_source_ends_functions_before_and_behind_are_found()
    {
        const string Source = """
            import { a } from 'b';
            export class C extends D { #e = 1; static { f(); } get g() { return `h${this.#e}`; } }
            const i = async ({ j, ...k }, [l = 1]) => { for await (const m of j) { switch (m) { case 1: yes(); default: no(/[/]/g); } } };
            export default <N o={p => <q/>} {...r}>s{t}</N>;
            """;
        var tag = Source.IndexOf("<N", StringComparison.Ordinal);
        var tagEnd = Source.IndexOf("s{t}", StringComparison.Ordinal);
        for (var length = 0; length <= Source.Length; length++)
        {
            if (length > tag && length < tagEnd)
            {
                // In a tag the word "function" is a name like others.
                continue;
            }

            var tree = SyntaxTree.Parse($"function before() {{}}\n{Source[..length]}\nfunction after() {{}}\n", Options);
            Assert.True(Functions(tree).Contains("before") && Functions(tree).Contains("after"), $"{length}: {Source[..length]}");
        }
    }

    [Theory]
    [InlineData("const a = (b): c => { d(..e); };")]
    [InlineData("const a = <T>(b: T): c => { d(..e); };")]
    [InlineData("const a = async <T>(b: T): Promise<T> => { d(..e); };")]
    [InlineData("a ? (b): c => { d(..e); } : f;")]
    public void An_error_in_an_arrow_function_with_types_is_said_and_what_follows_is_read(string source)
    {
        var tree = SyntaxTree.Parse($"{source}\nfunction after() {{}}\n", new ParseOptions { TypeScript = true });
        Assert.Contains("after", Functions(tree));
        Assert.NotEmpty(tree.Diagnostics);
    }

    [Fact]
    public void Binary_data_gives_a_tree()
    {
        var random = new Random(1);
        var data = new char[100_000];
        for (var at = 0; at < data.Length; at++)
        {
            data[at] = (char)random.Next(char.MaxValue + 1);
        }

        var tree = SyntaxTree.Parse(new string(data), Options);
        Assert.InRange(tree.Diagnostics.Count, 1, 1_000);
        Assert.Equal(data.Length, tree.Root.End);
    }

    private static string Codes(SyntaxTree tree) => string.Join(", ", tree.Diagnostics.Select(diagnostic => diagnostic.Code));

    private static HashSet<string> Functions(SyntaxTree tree) =>
        [
            .. Enumerable
                .Range(1, tree.NodeCount)
                .Select(tree.NodeAt)
                .Where(node => node.Kind is NodeKind.FunctionDeclaration or NodeKind.FunctionExpression && node.Id.Exists)
                .Select(node => node.Id.Name),
        ];

    // Statements and members, without the expressions between.
    private static void WriteOutline(Node node, int depth, StringBuilder text)
    {
        var isShown = IsShown(node.Kind);
        if (isShown)
        {
            var shown = node.Text.ToString().ReplaceLineEndings(" ").TrimEnd();
            text.Append(' ', depth * 2).Append(node.Kind).Append(": ").Append(shown.Length > 60 ? shown[..60] + "..." : shown).Append('\n');
        }

        foreach (var child in node.Children)
        {
            WriteOutline(child, isShown ? depth + 1 : depth, text);
        }
    }

    private static bool IsShown(NodeKind kind) =>
        kind
            is (> NodeKind.Program and <= NodeKind.InvalidExpression and not (NodeKind.VariableDeclarator or NodeKind.BlockStatement))
                or NodeKind.MethodDefinition
                or NodeKind.PropertyDefinition
                or NodeKind.Property
                or NodeKind.JSXElement
                or NodeKind.ImportDeclaration
                or NodeKind.ExportNamedDeclaration
                or NodeKind.ExportDefaultDeclaration;
}
