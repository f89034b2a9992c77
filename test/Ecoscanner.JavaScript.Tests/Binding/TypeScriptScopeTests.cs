using Ecoscanner.JavaScript.Binding;

namespace Ecoscanner.JavaScript.Tests.Binding;

/// <summary>Which declaration a name refers to where types have names too.</summary>
public sealed class TypeScriptScopeTests
{
    [Theory]
    [InlineData("a type and a value of one name are one symbol", "interface A/*1*/ {} const A/*1*/ = 1; let b: A/*=1 type*/ = A/*=1 read*/")]
    [InlineData("a type is no value", "type A/*1*/ = 1; { let b: A/*=1*/; A/*=?*/ }")]
    [InlineData("a value hides no type", "type A/*1*/ = 1; { const A/*2*/ = 1; let b: A/*=1*/ = A/*=2*/ }")]
    [InlineData("a class is both", "class A/*1*/ {} let a: A/*=1 type*/ = new A/*=1 read*/()")]
    [InlineData("interfaces merge", "interface A/*1*/ {} interface A/*1*/ {}")]
    [InlineData("overloads merge", "function f/*1*/(a: 1): 1; function f/*1*/(a: 2): 2; function f/*1*/(a: any) { return a }")]
    [InlineData("a namespace merges with a function", "function f/*1*/() {} namespace f/*1*/ { export const a = 1 } f/*=1*/.a")]
    [InlineData(
        "type parameters are known in the signature and in the body",
        "function f<T/*1*/>(a/*2*/: T/*=1*/): T/*=1*/ { let b: T/*=1*/; return a/*=2*/ } let b: T/*=?*/"
    )]
    [InlineData(
        "a class has type parameters",
        "class A<T/*1*/ extends B/*=?*/> extends C/*=?*/<T/*=1*/> implements D/*=? type*/<T/*=1*/> { a: T/*=1*/ } let b: T/*=?*/"
    )]
    [InlineData(
        "an interface has type parameters",
        "interface A<T/*1*/ = T/*=1*/> extends B/*=? type*/<T/*=1*/> { a: T/*=1*/; m<U/*2*/>(a/*3*/: U/*=2*/): a/*=3 type typeof*/ is T/*=1*/ }"
    )]
    [InlineData("an alias has type parameters", "type A<T/*1*/> = T/*=1*/; let b: T/*=?*/")]
    [InlineData("a type query asks for a value", "const a/*1*/ = 1; type a/*1*/ = typeof a/*=1 type typeof*/")]
    [InlineData(
        "a qualified name begins with a namespace",
        "namespace A/*1*/ { export type B = 1 } interface C { a: A/*=1 namespace*/.B; b: typeof A/*=1 type typeof*/.b }"
    )]
    [InlineData("a type hides no namespace", "namespace A/*1*/ { export type B = 1 } { type A/*2*/ = 1; let a: A/*=1*/.B; let b: A/*=2*/ }")]
    [InlineData("an inferred type is known where the type fits", "type A<T/*1*/> = T/*=1*/ extends (infer U/*2*/)[] ? U/*=2*/ : U/*=?*/")]
    [InlineData("an inferred type may need another", "type A<T> = T extends [infer U/*1*/, infer V/*2*/ extends B<U/*=1*/>] ? V/*=2*/ : 0")]
    [InlineData(
        "an inferred type belongs to the nearest extends",
        "type A<T> = T extends (T extends infer U/*1*/ ? U/*=1*/ : infer V/*2*/) ? V/*=2*/ | U/*=?*/ : 0"
    )]
    [InlineData("a mapped type has a key", "type A<T/*1*/> = { [K/*2*/ in keyof T/*=1*/ as `a${K/*=2*/}`]: T/*=1*/[K/*=2*/] }; let b: K/*=?*/")]
    [InlineData("a function type has parameters", "type A = <T/*1*/>(a/*2*/: T/*=1*/, b: typeof a/*=2*/) => a/*=2*/ is T/*=1*/")]
    [InlineData(
        "keys and labels in types are no references",
        "let a/*1*/ = 1; type A = { a: 1; [b: string]: 1; m(): 1; [a/*=1 type typeof*/]: 1; [a/*=1 type typeof*/.b](): 2 } | [a: 1, c?: 2]"
    )]
    [InlineData(
        "members of an enumeration are known in it",
        "const a/*1*/ = 1; enum E/*2*/ { a/*3*/ = 1, b = a/*=3*/, c = E/*=2*/.a } a/*=1*/; let e: E/*=2*/.a"
    )]
    [InlineData("members of an enumeration are known in its continuation", "enum E { a/*1*/ } enum E { b = a/*=1*/ }")]
    [InlineData("a namespace keeps its names", "namespace A/*1*/ { const b/*2*/ = 1; b/*=2*/ } b/*=?*/")]
    [InlineData("a namespace knows what it exports elsewhere", "namespace A { export const b/*1*/ = 1; const c = 1 } namespace A { b/*=1*/; c/*=?*/ }")]
    [InlineData("a namespace of several names is several", "namespace A/*1*/.B/*2*/ { const c = B/*=2*/ } A/*=1*/; B/*=?*/")]
    [InlineData(
        "an imported name may be a type",
        "import a/*1*/, { type B/*2*/ } from 'm'; import type { C/*3*/ } from 'n'; let x: a/*=1*/ | B/*=2*/ | C/*=3*/.d"
    )]
    [InlineData("an alias refers", "namespace A/*1*/ { export namespace B {} } import b/*2*/ = A/*=1*/.B; import c/*3*/ = require('c'); b/*=2*/; c/*=3*/")]
    [InlineData("an export may be a type", "type A/*1*/ = 1; export { A/*=1 read export*/ }")]
    [InlineData("an export is what is nearest, of whatever kind", "declare global { } interface A/*1*/ {} export default A/*=1*/")]
    [InlineData("a this parameter declares nothing", "function f(this: A/*=?*/, a/*1*/: 1) { a/*=1*/ }")]
    [InlineData("a parameter may be a property", "class A { constructor(private a/*1*/: B/*=?*/, readonly b = a/*=1*/) { a/*=1*/ } }")]
    [InlineData("an assertion narrows a parameter", "function f(a/*1*/: any): asserts a/*=1 type typeof*/ is string {}")]
    [InlineData("decorators refer from outside", "const d/*1*/ = 1; @d/*=1*/ class A { @d/*=1*/ m(@d/*=1*/ e/*2*/: any) { e/*=2*/ } }")]
    [InlineData("an assignment goes through an assertion", "let a/*1*/: any; (a/*=1 write*/ as B/*=? type*/) = 1; a/*=1 write*/! = 1; [a/*=1 write*/!] = b")]
    [InlineData("a type used before its class is not too early", "let a: A/*=1 type*/; class A/*1*/ {}")]
    public void A_name_refers_to(string because, string source)
    {
        Assert.NotEmpty(because);
        MarkedSource.Check(source, "a.ts");
    }

    [Fact]
    public void Global_declarations_and_modules_declared_by_name_make_scopes()
    {
        var model = MarkedSource.Bind("declare module 'm' { const a: 1 } declare global { interface Window {} } export {}", "a.ts");
        Assert.Equal([ScopeKind.Module, ScopeKind.Namespace, ScopeKind.Namespace], Scopes(model).Select(scope => scope.Kind));
        Assert.Equal(["", "a", "Window"], Scopes(model).Select(scope => string.Join(' ', scope.Symbols.Select(symbol => symbol.Name))));
    }

    private static IEnumerable<Scope> Scopes(SemanticModel model) => Enumerable.Range(1, model.ScopeCount).Select(index => new Scope(model, index));
}
