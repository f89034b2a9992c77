using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Tests.Conformance;

public sealed class RuntimeTreeTests
{
    [Theory]
    [InlineData("let a: T = (b as U)!;;", "let a = b")]
    [InlineData("a = 'b' + 0x10 + undefined", "a = \"\\x62\" + 16 + void 0")]
    [InlineData("({ a, 'b': function () {} })", "({ a: a, 'b': function () {} })")]
    [InlineData("export { a as a }", "export { a }")]
    public void Programs_that_do_the_same_are_equal(string typed, string plain) => Assert.Null(Difference(typed, plain));

    [Theory]
    [InlineData("a as T", "b", "Expression: Identifier a | Expression: Identifier b")]
    [InlineData("a?.b", "a.b")]
    [InlineData("a['b']", "a.b")]
    [InlineData("[a, , b]", "[a, b]", "Elements: hole | Elements: Identifier b")]
    [InlineData("a + b", "a - b")]
    [InlineData("a++", "++a")]
    [InlineData("1", "2")]
    [InlineData("1n", "1")]
    [InlineData("'a'", "'b'")]
    [InlineData("`a`", "`b`")]
    [InlineData("/a/g", "/a/i")]
    [InlineData("true", "false")]
    [InlineData("let a", "var a")]
    [InlineData("async () => {}", "() => {}")]
    [InlineData("(function* () {})", "(function () {})")]
    [InlineData("class A { static b }", "class A { b }")]
    [InlineData("class A { get b() {} }", "class A { b() {} }")]
    [InlineData("for await (a of b);", "for (a of b);")]
    [InlineData("'use strict'", "('use strict')")]
    [InlineData("if (a) b; else c", "if (a) b")]
    [InlineData("if (a) ;", "")]
    [InlineData("enum A {}", "", "Body: TSEnumDeclaration | nothing")]
    public void Programs_that_do_not_the_same_differ(string typed, string plain, string? difference = null)
    {
        var found = Difference(typed, plain);
        Assert.NotNull(found);
        Assert.Equal(difference ?? found, found);
    }

    private static string? Difference(string typed, string plain) =>
        RuntimeTree.Difference(
            RuntimeTree.Of(SyntaxTree.Parse(typed, new() { TypeScript = true, Goal = SourceGoal.Module })),
            RuntimeTree.Of(SyntaxTree.Parse(plain, new() { Goal = SourceGoal.Module }))
        );
}
