using Ecoscanner.JavaScript.Diagnostics;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Tests.Syntax;

public sealed class ParseOptionsTests
{
    [Theory]
    [InlineData("a.ts", true, false, false, SourceGoal.Unknown)]
    [InlineData("a.tsx", true, true, false, SourceGoal.Unknown)]
    [InlineData("a.mts", true, false, false, SourceGoal.Module)]
    [InlineData("a.cts", true, false, false, SourceGoal.Unknown)]
    [InlineData("a.d.ts", true, false, true, SourceGoal.Unknown)]
    [InlineData("a.d.mts", true, false, true, SourceGoal.Module)]
    [InlineData("a.js", false, true, false, SourceGoal.Unknown)]
    [InlineData("a.jsx", false, true, false, SourceGoal.Unknown)]
    [InlineData("a.mjs", false, true, false, SourceGoal.Module)]
    [InlineData("a.cjs", false, true, false, SourceGoal.Script)]
    [InlineData("A.TS", true, false, false, SourceGoal.Unknown)]
    [InlineData("some.ts/without-an-ending", false, true, false, SourceGoal.Unknown)]
    public void The_ending_of_a_name_says_how_to_read_it(string path, bool typeScript, bool jsx, bool ambient, SourceGoal goal) =>
        Assert.Equal(
            new()
            {
                TypeScript = typeScript,
                Jsx = jsx,
                Ambient = ambient,
                Goal = goal,
            },
            ParseOptions.For(path)
        );

    [Theory]
    [InlineData("import 'a'", true)]
    [InlineData("export {}", true)]
    [InlineData("await a", true)]
    [InlineData("import.meta.url", true)]
    [InlineData("import('a')", false)]
    [InlineData("require('a')", false)]
    [InlineData("await = 1", false)]
    [InlineData("async () => await a", false)]
    public void A_source_says_itself_whether_it_is_a_module(string source, bool isModule)
    {
        var tree = SyntaxTree.Parse(new SourceText(source, "a.js"));
        Assert.Empty(tree.Diagnostics);
        Assert.Equal(isModule, tree.IsModule);
    }

    [Theory]
    [InlineData("<T>a", "a.ts", NodeKind.TSTypeAssertion)]
    [InlineData("<T>a</T>", "a.tsx", NodeKind.JSXElement)]
    [InlineData("<T,>(a) => a", "a.tsx", NodeKind.ArrowFunctionExpression)]
    [InlineData("<T>(a) => a", "a.ts", NodeKind.ArrowFunctionExpression)]
    [InlineData("<T extends A>(a) => a", "a.tsx", NodeKind.ArrowFunctionExpression)]
    [InlineData("f<T>(a)", "a.ts", NodeKind.CallExpression)]
    [InlineData("f<T>(a)", "a.js", NodeKind.BinaryExpression)]
    [InlineData("a < b > c", "a.ts", NodeKind.BinaryExpression)]
    [InlineData("a as const", "a.ts", NodeKind.TSAsExpression)]
    [InlineData("a ? (b) : c => d", "a.ts", NodeKind.ConditionalExpression)]
    [InlineData("a ? (b): c => d : e", "a.ts", NodeKind.ConditionalExpression)]
    public void The_same_characters_mean_what_their_language_says(string source, string path, NodeKind expected)
    {
        var tree = SyntaxTree.Parse(new SourceText(source, path));
        Assert.Empty(tree.Diagnostics);
        Assert.Equal(expected, tree.Root.BodyItems[0].Expression.Kind);
    }

    [Fact]
    public void A_source_of_Flow_is_recognised_and_its_types_are_read()
    {
        var tree = SyntaxTree.Parse(new SourceText("// @flow\nfunction f(a: number): string { return '' + a; }\n", "a.js"));
        var diagnostic = Assert.Single(tree.Diagnostics);
        Assert.Equal(("flow-source", DiagnosticSeverity.Note), (diagnostic.Code, diagnostic.Severity));
        Assert.True(tree.IsFlow);
        Assert.Equal(NodeKind.TSTypeAnnotation, tree.Root.BodyItems[0].ReturnType.Kind);
    }
}
