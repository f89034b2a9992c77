using Ecoscanner.JavaScript.Diagnostics;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Tests.Conformance;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.JavaScript.Tests.Syntax;

public sealed class JsxTests
{
    private static readonly ParseOptions Jsx = new() { Jsx = true };
    private static readonly ParseOptions Tsx = new() { Jsx = true, TypeScript = true };

    [Theory]
    [InlineData("<a/>", "(JSXElement 0-4 (JSXOpeningElement 0-4 (JSXIdentifier 1-2)))")]
    [InlineData("< a >< / a >", "(JSXElement 0-12 (JSXOpeningElement 0-5 (JSXIdentifier 2-3)) (JSXClosingElement 5-12 (JSXIdentifier 9-10)))")]
    [InlineData("<></>", "(JSXFragment 0-5 (JSXOpeningFragment 0-2) (JSXClosingFragment 2-5))")]
    [InlineData("<this.x/>", "(JSXElement 0-9 (JSXOpeningElement 0-9 (JSXMemberExpression 1-7 (JSXIdentifier 1-5) (JSXIdentifier 6-7))))")]
    [InlineData(
        "<a.b.c></a.b.c>",
        "(JSXElement 0-15 (JSXOpeningElement 0-7 (JSXMemberExpression 1-6 (JSXMemberExpression 1-4 (JSXIdentifier 1-2) (JSXIdentifier 3-4)) (JSXIdentifier 5-6)))"
            + " (JSXClosingElement 7-15 (JSXMemberExpression 9-14 (JSXMemberExpression 9-12 (JSXIdentifier 9-10) (JSXIdentifier 11-12)) (JSXIdentifier 13-14))))"
    )]
    [InlineData(
        "<a:b c:d=\"e\"/>",
        "(JSXElement 0-14 (JSXOpeningElement 0-14 (JSXNamespacedName 1-4 (JSXIdentifier 1-2) (JSXIdentifier 3-4))"
            + " (JSXAttribute 5-12 (JSXNamespacedName 5-8 (JSXIdentifier 5-6) (JSXIdentifier 7-8)) (JSXString 9-12))))"
    )]
    [InlineData(
        "<new class for/>",
        "(JSXElement 0-16 (JSXOpeningElement 0-16 (JSXIdentifier 1-4) (JSXAttribute 5-10 (JSXIdentifier 5-10)) (JSXAttribute 11-14 (JSXIdentifier 11-14))))"
    )]
    [InlineData("<a-b c--1/>", "(JSXElement 0-11 (JSXOpeningElement 0-11 (JSXIdentifier 1-4) (JSXAttribute 5-9 (JSXIdentifier 5-9))))")]
    [InlineData("(<a/>)", "(JSXElement 1-5 (JSXOpeningElement 1-5 (JSXIdentifier 2-3)))")]
    public void Names_have_their_spans(string source, string tree) => Assert.Equal(tree, Expression(source, Jsx));

    [Theory]
    [InlineData("<a b/>", "(JSXAttribute 3-4 (JSXIdentifier 3-4))")]
    [InlineData("<a b='c'/>", "(JSXAttribute 3-8 (JSXIdentifier 3-4) (JSXString 5-8))")]
    [InlineData("<a b = /**/ 'c' />", "(JSXAttribute 3-15 (JSXIdentifier 3-4) (JSXString 12-15))")]
    [InlineData("<a b='\\'/>", "(JSXAttribute 3-8 (JSXIdentifier 3-4) (JSXString 5-8))")]
    [InlineData("<a b='\"\n'/>", "(JSXAttribute 3-9 (JSXIdentifier 3-4) (JSXString 5-9))")]
    [InlineData("<a b={c}/>", "(JSXAttribute 3-8 (JSXIdentifier 3-4) (JSXExpressionContainer 5-8 (Identifier 6-7)))")]
    [InlineData("<a b=<c/>/>", "(JSXAttribute 3-9 (JSXIdentifier 3-4) (JSXElement 5-9 (JSXOpeningElement 5-9 (JSXIdentifier 6-7))))")]
    [InlineData("<a b=<></>/>", "(JSXAttribute 3-10 (JSXIdentifier 3-4) (JSXFragment 5-10 (JSXOpeningFragment 5-7) (JSXClosingFragment 7-10)))")]
    [InlineData("<a {...b}/>", "(JSXSpreadAttribute 3-9 (Identifier 7-8))")]
    [InlineData("<a { /**/ ... b /**/ }/>", "(JSXSpreadAttribute 3-22 (Identifier 14-15))")]
    public void Attributes_are_names_strings_expressions_elements_and_spreads(string source, string attribute)
    {
        var opening = Element(source, Jsx).OpeningElement;
        Assert.Equal(attribute, TreeText.Of(Assert.Single(opening.Attributes)));
    }

    [Theory]
    [InlineData("<a> t\n</a>", "(JSXText 3-6)")]
    [InlineData("<a>&nbsp;// \"it's /* no comment \\ `</a>", "(JSXText 3-35)")]
    [InlineData("<a>{b}</a>", "(JSXExpressionContainer 3-6 (Identifier 4-5))")]
    [InlineData("<a>{}</a>", "(JSXExpressionContainer 3-5 (JSXEmptyExpression 4-4))")]
    [InlineData("<a>{ /* b */ }</a>", "(JSXExpressionContainer 3-14 (JSXEmptyExpression 4-13))")]
    [InlineData("<a>{b, c}</a>", "(JSXExpressionContainer 3-9 (SequenceExpression 4-8 (Identifier 4-5) (Identifier 7-8)))")]
    [InlineData("<a>{...b}</a>", "(JSXSpreadChild 3-9 (Identifier 7-8))")]
    [InlineData("<a><b/></a>", "(JSXElement 3-7 (JSXOpeningElement 3-7 (JSXIdentifier 4-5)))")]
    [InlineData("<a><></></a>", "(JSXFragment 3-8 (JSXOpeningFragment 3-5) (JSXClosingFragment 5-8))")]
    [InlineData("<a>{<b/>}</a>", "(JSXExpressionContainer 3-9 (JSXElement 4-8 (JSXOpeningElement 4-8 (JSXIdentifier 5-6))))")]
    [InlineData("<a>{`}`}</a>", "(JSXExpressionContainer 3-8 (TemplateLiteral 4-7 (TemplateElement 5-6)))")]
    public void Children_are_text_expressions_spreads_and_elements(string source, string child) =>
        Assert.Equal(child, TreeText.Of(Assert.Single(Element(source, Jsx).List(NodeRole.Children))));

    [Fact]
    public void Names_are_compared_without_white_space_and_comments() => Assert.Empty(SyntaxTree.Parse("<a /**/ . b><c\n: d></ c:d></a.b>", Jsx).Diagnostics);

    [Fact]
    public void A_name_with_an_escape_is_the_name_without() => Assert.Equal("ab-c", Element("<\\u0061b-c/>", Jsx).OpeningElement.NameNode.Name);

    [Fact]
    public void Comments_are_found_in_tags_and_braces_and_not_in_text()
    {
        var tree = SyntaxTree.Parse("<a /*1*/ b // 2\n = /*3*/ 'x' >// no { /*4*/ c }/* no */</ /*5*/ a>// 6", Jsx);
        Assert.Equal(["/*1*/", "// 2", "/*3*/", "/*4*/", "/*5*/", "// 6"], tree.Comments.Select(comment => tree.Source.Span(comment.Span).ToString()));
        Assert.Empty(tree.Diagnostics);
    }

    [Theory]
    [InlineData("<a/> / 2")]
    [InlineData("<a></a> instanceof b")]
    [InlineData("<a/> ? <b/> : <c/>")]
    [InlineData("f(<a/>, <b></b>)")]
    [InlineData("x = <a/>\ny")]
    [InlineData("<a>{b in c}</a>")]
    [InlineData("for (var a = <b c={d in e}/>; ; ) ;")]
    [InlineData("for (x of <a>{b in c}</a>) ;")]
    [InlineData("a ? <b c={d => ({})}/> : e")]
    [InlineData("function* f() { yield <a b={yield}>{yield}</a> }")]
    [InlineData("async () => <a b={await c} {...await d}>{await e}</a>")]
    [InlineData("a < b")]
    [InlineData("a <b> c")]
    [InlineData("() => <a>{() => { return <b/> }}</a>")]
    [InlineData("switch (a) { case <b/>: }")]
    [InlineData("`${<a>`</a>}`")]
    [InlineData("<a>{/}/}</a>")]
    [InlineData("<a b='>'>{'<'}</a>")]
    [InlineData("(<a/>) < b")]
    public void JavaScript_goes_on_inside_and_behind(string source) => Assert.Empty(SyntaxTree.Parse(source, Jsx).Diagnostics);

    [Theory]
    [InlineData("<a<b> c/>")]
    [InlineData("<a<b<c>>>it's</a>")]
    [InlineData("<a.b<{ c: d }>></a.b>")]
    [InlineData("<a<b>{...c}/>")]
    [InlineData("<a<b>/>")]
    [InlineData("<T,>(x: T) => <a>{x}</a>")]
    [InlineData("<T extends U>(x: T) => x")]
    [InlineData("(x): x is y => <a/>")]
    [InlineData("a ? (b) : <c>it's</c>")]
    public void TypeScript_adds_type_arguments(string source) => Assert.Empty(SyntaxTree.Parse(source, Tsx).Diagnostics);

    [Fact]
    public void Type_arguments_belong_to_the_opening_element() =>
        Assert.Equal(
            "(JSXOpeningElement 0-10 (JSXIdentifier 1-2) (TSTypeParameterInstantiation 2-5 (TSTypeReference 3-4 (Identifier 3-4))) (JSXAttribute 6-7 (JSXIdentifier 6-7)))",
            TreeText.Of(Element("<a<b> c />", Tsx).OpeningElement)
        );

    [Fact]
    public void TypeScript_without_JSX_has_assertions_instead() =>
        Assert.Equal(NodeKind.TSTypeAssertion, SyntaxTree.Parse("<a>b", new ParseOptions { TypeScript = true }).Root.BodyItems[0].Expression.Kind);

    [Theory]
    [InlineData("<a></b>", "jsx-closing-mismatch 3-7")]
    [InlineData("<a.b></a.c>", "jsx-closing-mismatch 5-11")]
    [InlineData("<a:b></a>", "jsx-closing-mismatch 5-9")]
    [InlineData("<></a>", "jsx-closing-mismatch 2-6")]
    [InlineData("<a></>", "jsx-closing-mismatch 3-6")]
    [InlineData("<a>x > y</a>", "jsx-text-character 5-6")]
    [InlineData("<a>}</a>", "jsx-text-character 3-4")]
    [InlineData("<a/><b/>", "jsx-adjacent 4-5")]
    [InlineData("<a/>\n<></>", "jsx-adjacent 5-6")]
    [InlineData("<a b={}/>", "jsx-attribute-empty 5-7")]
    [InlineData("<a b={/**/}/>", "jsx-attribute-empty 5-11")]
    [InlineData("<a b={...c}/>", "token-expected 6-9")]
    [InlineData("<a b=/>", "token-expected 5-6")]
    [InlineData("<a b=>c</a>", "token-expected 5-6")]
    [InlineData("<a b=5 c/>", "token-expected 5-6")]
    [InlineData("<a b==c/>", "token-expected 5-6")]
    [InlineData("<a 'b' c/>", "token-expected 3-6")]
    [InlineData("<a {b}/>", "token-expected 4-5")]
    [InlineData("<a / b/>", "token-expected 5-6")]
    [InlineData("<a></a b>", "token-expected 7-8")]
    [InlineData("<a></a/>", "token-expected 6-7")]
    [InlineData("<a:b.c/>", "jsx-namespace-member 4-5")]
    [InlineData("<a.b:c/>", "jsx-namespace-member 4-5")]
    [InlineData("<a:b:c/>", "jsx-namespace-member 4-5")]
    [InlineData("<a b:c.d/>", "token-expected 6-7")]
    [InlineData("<a.#b/>", "token-expected 3-5")]
    [InlineData("<-a/>", "token-expected 1-2")]
    [InlineData("<5/>", "token-expected 1-2")]
    [InlineData("<a b='x\n", "string-unterminated 5-7, token-expected 8-8")]
    [InlineData("</a>", "token-expected 0-1")]
    [InlineData("<a>{b c}</a>", "token-expected 6-7")]
    [InlineData("<a>{...}</a>", "token-expected 7-8")]
    [InlineData("<a><b></a>", "jsx-closing-mismatch 6-10")]
    [InlineData("<a><b><c></a>", "jsx-closing-mismatch 9-13")]
    public void What_is_wrong_is_said_once(string source, string diagnostics) => Assert.Equal(diagnostics, TreeText.Diagnostics(SyntaxTree.Parse(source, Jsx)));

    [Theory]
    [InlineData("<", "token-expected 1-1")]
    [InlineData("<a", "token-expected 2-2")]
    [InlineData("<a.", "token-expected 3-3")]
    [InlineData("<a b", "token-expected 4-4")]
    [InlineData("<a b=", "token-expected 5-5")]
    [InlineData("<a b={", "token-expected 6-6")]
    [InlineData("<a /", "token-expected 4-4")]
    [InlineData("<a>", "jsx-unclosed 0-3")]
    [InlineData("<>", "jsx-unclosed 0-2")]
    [InlineData("<a>b", "jsx-unclosed 0-3")]
    [InlineData("<a>{", "token-expected 4-4")]
    [InlineData("<a>{b", "token-expected 5-5")]
    [InlineData("<a><", "token-expected 4-4")]
    [InlineData("<a></", "token-expected 5-5")]
    [InlineData("<a></a", "token-expected 6-6")]
    public void A_source_may_end_anywhere(string source, string diagnostics)
    {
        Assert.Equal(diagnostics, TreeText.Diagnostics(SyntaxTree.Parse(source, Jsx)));
        Assert.NotEmpty(SyntaxTree.Parse(source, Tsx).Diagnostics);
    }

    [Fact]
    public void A_message_says_what_was_expected() =>
        Assert.Equal("expected \"</a.b>\", found \"</c>\"", Assert.Single(SyntaxTree.Parse("<a.b></c>", Jsx).Diagnostics).Message);

    [Theory]
    [InlineData("<div>\n    <b>{x}</b>\n", "jsx-unclosed")]
    [InlineData("<div>\n    text\n", "jsx-unclosed")]
    [InlineData("<div><b></div>", "jsx-closing-mismatch")]
    [InlineData("<div></b></div>", "jsx-closing-mismatch")]
    [InlineData("<div>{foo(</div>", "token-expected")]
    [InlineData("<div>{foo.map(x => <b>)}</div>", "jsx-unclosed")]
    [InlineData("<div>{foo(}</div>", "token-expected")]
    [InlineData("<div>{foo(`</div>", "template-unterminated")]
    [InlineData("<div class=</div>", "token-expected")]
    [InlineData("<div class></div", "token-expected")]
    [InlineData("<div class=\"a></div>", "string-unterminated")]
    [InlineData("<div", "token-expected")]
    [InlineData("<div {...}/>", "token-expected")]
    public void An_error_in_an_element_costs_no_function_behind_it(string element, string code)
    {
        var source = $"function before() {{}}\nfunction broken() {{\n  return (\n    {element}\n  );\n}}\nfunction after() {{ return <p>it's {{x}}</p>; }}\n";
        var tree = SyntaxTree.Parse(source, Jsx);
        Assert.Equal(code, tree.Diagnostics[0].Code);
        Assert.Equal(["before", "broken", "after"], tree.Root.BodyItems.Select(statement => statement.Id.Name));
    }

    [Theory]
    [InlineData("<a>", "</a>")]
    [InlineData("<a>{", "}</a>")]
    [InlineData("<a b={", "}/>")]
    [InlineData("<a b=", "<b/>/>")]
    public void A_hundred_thousand_levels_are_read(string open, string close)
    {
        const int Depth = 100_000;
        var tree = SyntaxTree.Parse(string.Concat(Enumerable.Repeat(open, Depth).Concat(Enumerable.Repeat(close, Depth))), Jsx);
        Assert.True(tree.NodeCount > Depth);
    }

    [Theory]
    [InlineData("<a>")]
    [InlineData("<a>\n")]
    [InlineData("<a>}\n")]
    [InlineData("<a>{")]
    [InlineData("<a>{b c")]
    [InlineData("<a></b>")]
    [InlineData("<a></b><c>")]
    [InlineData("<a b=")]
    [InlineData("<a b={")]
    [InlineData("<a><b c={`${")]
    public void Many_levels_without_an_end_are_read(string open) =>
        Assert.NotEmpty(SyntaxTree.Parse(string.Concat(Enumerable.Repeat(open, 10_000)), Jsx).Diagnostics);

    [Fact]
    public void Changed_sources_give_a_tree_whatever_is_in_them()
    {
        string[] seeds =
        [
            "const a = <div className='b' {...c} d={e => <f g:h=\"i\nj\"/>}>k {l} {/* m */} {...n}<></><o.p-q>&amp;</o.p-q></div>;",
            "function A<T,>({ b }: C<T>) { return b ? <D<T> e={b}>{b.map((f) => <g key={f}>{`${f}`}</g>)}</D> : <></>; }",
            "x = (\n  <a>\n    it's <b/>, {c ? <d></d> : /e}/}\n  </a>\n);\nfunction y() {}\n",
        ];
        Fuzz.Run(random =>
        {
            var source = Fuzzing.Mutate(seeds[random.Next(seeds.Length)], random);
            foreach (var options in (ParseOptions[])[Jsx, Tsx])
            {
                Assert.Equal(source.Length, SyntaxTree.Parse(source, options).Root.End);
            }
        });
    }

    [Fact]
    public void Esbuild_agrees_what_is_valid()
    {
        Assert.SkipWhen(Suites.Find("esbuild") is null, Suites.HowToGet("esbuild"));
        var different = EsbuildExpectations
            .Read(Suites.Find("esbuild")!)
            .Where(expectation => expectation.Language == "jsx" && expectation.Valid != IsValid(expectation) && !DiffersFromEsbuild(expectation))
            .Select(expectation => $"{expectation.Where} {expectation.Kind} {expectation.Input}: {expectation.Expected}");
        Assert.Equal("", string.Join("\n", different));
    }

    private static bool IsValid(EsbuildExpectation expectation) =>
        !SyntaxTree.Parse(expectation.Input, Jsx).Diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    private static bool DiffersFromEsbuild(EsbuildExpectation expectation) =>
        // Of `>` and `}` in text it only warns.
        (expectation.Valid && SyntaxTree.Parse(expectation.Input, Jsx).Diagnostics.All(diagnostic => diagnostic.Code == "jsx-text-character"))
        // Of the automatic runtime, which reserves attributes, the grammar knows nothing; nor that modules, which runtimes make, are strict.
        || expectation.Kind == "expectParseErrorJSXAutomatic"
        || expectation.Input.StartsWith("with (x)", StringComparison.Ordinal)
        // acorn-jsx and Babel take hyphens in the parts of a member's name.
        || expectation.Input is "<a-b.c>" or "<a.b-c>";

    private static Node Element(string source, ParseOptions options)
    {
        var tree = SyntaxTree.Parse(source, options);
        Assert.Empty(tree.Diagnostics);
        return tree.Root.BodyItems[0].Expression;
    }

    private static string Expression(string source, ParseOptions options) => TreeText.Of(Element(source, options));
}
