using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Tests.Binding;

/// <summary>What can't be declared twice, or exported.</summary>
public sealed class RedeclarationTests
{
    [Theory]
    [InlineData("let a; let a")]
    [InlineData("let a; var a")]
    [InlineData("var a; const a = 1")]
    [InlineData("class a {} function a() {}")]
    [InlineData("let a; { var a }")]
    [InlineData("{ var a } let a")]
    [InlineData("{ let a; { var a } }")]
    [InlineData("{ { var a } let a }")]
    [InlineData("for (let a of b) { var a }")]
    [InlineData("for (let a, a;;);")]
    [InlineData("switch (a) { case 1: let b; default: function b() {} }")]
    [InlineData("function f(a) { let a }")]
    [InlineData("function f(a = 1) { const a = 1 }")]
    [InlineData("(a, a) => 1")]
    [InlineData("({ m(a, a) {} })")]
    [InlineData("function f(a, [a]) {}")]
    [InlineData("function f(a, a) { 'use strict' }")]
    [InlineData("try {} catch (a) { let a }")]
    [InlineData("try {} catch ([a]) { var a }")]
    [InlineData("try {} catch ([a, a]) {}")]
    [InlineData("{ let a; try {} catch (a) { var a } }")]
    [InlineData("{ function a() {} var a }")]
    [InlineData("{ function a() {} async function a() {} }")]
    [InlineData("'use strict'; { function a() {} function a() {} }")]
    [InlineData("class A { static { let a; var a } }")]
    [InlineData("import a from 'm'; import { a } from 'n'")]
    [InlineData("import a from 'm'; { var a }")]
    [InlineData("function a() {} function a() {} export {}")]
    public void What_is_declared_twice_is_reported(string source) => Assert.Equal("name-redeclared", Assert.Single(Codes(source)));

    [Theory]
    [InlineData("var a; var a; function a() {} function a() {}")]
    [InlineData("let a; { let a; { let a } }")]
    [InlineData("let a; function f() { var a }")]
    [InlineData("function f(a, a) { var a; function a() {} }")]
    [InlineData("function f(a = 1) { var a }")]
    [InlineData("try {} catch (a) { var a; for (var a of b); }")]
    [InlineData("{ try {} catch (a) { try {} catch (a) { var a } } }")]
    [InlineData("{ function a() {} function a() {} }")]
    [InlineData("let f; { function f() {} }")]
    [InlineData("function arguments() { let arguments }")]
    [InlineData("(function f() { let f }); (class A { a = class A {} })")]
    [InlineData("class A { static { var a; function a() {} } static { let a } }")]
    [InlineData("for (let a of b) { let a }")]
    [InlineData("if (a) function f() {} else function f() {}")]
    public void What_may_be_declared_twice_is_not(string source) => Assert.Empty(Codes(source));

    [Theory]
    [InlineData("export { a }", "export-undeclared")]
    [InlineData("{ let a } export { a as b }", "export-undeclared")]
    [InlineData("export const a = 1; export { a }", "export-duplicate")]
    [InlineData("export default 1; export { a as default } from 'm'", "export-duplicate")]
    [InlineData("export const [a, { b: [...c] }] = d, c2 = 1; export { c2 as c }", "export-duplicate")]
    [InlineData("export * as a from 'm'; export function a() {}", "export-duplicate")]
    [InlineData("let a, b; export { a as 'x', b as x }", "export-duplicate")]
    [InlineData("switch (a) { case 1: using b = c }", "using-misplaced")]
    public void Wrong_exports_and_usings_are_reported(string source, string code) => Assert.Equal(code, Assert.Single(Codes(source)));

    [Theory]
    [InlineData("export { a }; var a; export { a as b, a as 'a b' }; export * from 'm'; export * from 'n'")]
    [InlineData("export default function a() {} export { a }")]
    [InlineData("export { undefined_ as a } from 'm'; export {}")]
    public void Right_exports_are_not(string source) => Assert.Empty(Codes(source));

    [Theory]
    [InlineData("interface A {} class A {} namespace A {}")]
    [InlineData("function f(): void; function f() {}")]
    [InlineData("import { A } from 'm'; interface A {} export { A }; export type { A as B }; export { C }")]
    [InlineData("class A {} class A {}")]
    [InlineData("enum A { a } enum A { b } namespace A {}")]
    [InlineData("declare let a: 1; declare let b: 1; type a = 1")]
    [InlineData("function f<T>(T: T) {}")]
    public void TypeScript_merges(string source) => Assert.Empty(Codes(source, "a.ts"));

    [Theory]
    [InlineData("let a; let a")]
    [InlineData("let a: 1; { var a }")]
    [InlineData("function f(a: 1) { let a }")]
    public void TypeScript_does_not_merge_variables(string source) => Assert.Equal("name-redeclared", Assert.Single(Codes(source, "a.ts")));

    [Fact]
    public void A_declaration_file_may_say_anything() => Assert.Empty(Codes("declare let a: 1; declare let a: 2", "a.d.ts"));

    private static List<string> Codes(string source, string file = "a.js")
    {
        var tree = SyntaxTree.Parse(new SourceText(source, file), ParseOptions.For(file));
        Assert.Empty(tree.Diagnostics);
        return [.. SemanticModel.Of(tree).Diagnostics.Select(diagnostic => diagnostic.Code)];
    }
}
