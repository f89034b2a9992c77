using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Tests.Syntax;

public sealed class ErasureTests
{
    private const int ManyLevels = 20_000;

    [Theory]
    [InlineData("let a: T = b;", "a b")]
    [InlineData("let a!: T;", "a")]
    [InlineData("function f<T extends U>(this: T, a?: V, { b }: W, ...c: X[]): asserts a is Y {}", "f a b c")]
    [InlineData("(function (this) {}); this", "this")]
    [InlineData("f<T>(a); new C<T>(b); d<T>`e`; g<T>;", "f a C b d e g")]
    [InlineData("a as T; b satisfies T; c!; <T>d; e as const;", "a b c d e")]
    [InlineData("type A = 'b' | typeof c;", "")]
    [InlineData("interface A extends B<C> { d: E; [f]: G }", "")]
    [InlineData("export interface A {} export type B = C; export default interface D {}", "")]
    [InlineData("declare const a: 1; declare let b, c; declare var d;", "")]
    [InlineData("declare function f(): void; declare class C { d } declare enum E { f = 1 } declare const enum G { h }", "")]
    [InlineData("declare namespace a { let b } declare module 'c' { export default d } declare module 'e'; declare global { let f }", "")]
    [InlineData("export declare const a: 1; export declare namespace b { let c }", "")]
    [InlineData("function f(): void; function f(a: T): void; function f() {}", "f")]
    [InlineData("export default function f(): void; export default function f() {}", "f")]
    [InlineData("abstract class A<T> extends B<T> implements C, d.E<T> {}", "A B")]
    [InlineData("class A { a(): void; constructor(b); a() {} constructor() {} }", "A a constructor")]
    [InlineData("abstract class A { abstract a(): void; abstract b: 1; abstract accessor c; abstract get d(); abstract [e]; f }", "A f")]
    [InlineData("class A { [a: string]: T; static [b: string]: T; declare c; declare static d: 1; readonly e!: T; f?() {} }", "A e f")]
    [InlineData("class A { constructor(private a = b, readonly c: T) {} @d e }", "A constructor a b c d e")]
    [InlineData("enum A { b = 1 } const enum C { d }", "A b 1 C d")]
    [InlineData("import type A from 'b'; import type { C } from 'd'; import type * as E from 'f';", "")]
    [InlineData("import A, { type B, type C as D, e as f } from 'g';", "A e f 'g'")]
    [InlineData("import { type A } from 'b'; export { type c }; export {};", "'b'")]
    [InlineData("export type { A }; export type { B } from 'c'; export type * from 'd'; export type * as e from 'f';", "")]
    [InlineData("export { a, type B, type C as D } from 'e'; export * from 'f';", "a 'e' 'f'")]
    [InlineData("import a = require('b'); import type c = require('d'); import e = f.g; export = h;", "a 'b' e f g h")]
    [InlineData("export as namespace a;", "")]
    public void What_runs_are_the_names_and_literals_that_are_left(string source, string left) => Assert.Equal(left, WhatRuns(source, "a.ts"));

    [Theory]
    [InlineData("namespace A {}", "")]
    [InlineData("namespace A.B { export interface C {} type D = 1 }", "")]
    [InlineData("export namespace A { namespace B { export namespace C { interface D {} } } }", "")]
    [InlineData("namespace A { import b = c.d; }", "")]
    [InlineData("namespace A { export import b = c.d; }", "A b c d")]
    [InlineData("namespace A.B { let c: T }", "A B c")]
    [InlineData("namespace A { namespace B { interface C {} } let d }", "A d")]
    [InlineData("namespace A { declare let b; }", "A")]
    [InlineData("namespace A { declare namespace B { let c } }", "A")]
    public void A_namespace_runs_where_it_has_values(string source, string left) => Assert.Equal(left, WhatRuns(source, "a.ts"));

    [Theory]
    [InlineData("a.d.ts", "import a from 'b'; export const c: T; export default c;", "")]
    [InlineData("a.js", "import a from 'b'; export const c = a;", "a 'b' c a")]
    [InlineData("a.tsx", "<A<T> b={c as T}>{...d!}</A>", "A b c d A")]
    [InlineData("a.js", "// @flow\nlet a: T = b; type C = d;", "a b")]
    public void What_runs_depends_on_the_language(string path, string source, string left) => Assert.Equal(left, WhatRuns(source, path));

    [Theory]
    [InlineData("a", "a")]
    [InlineData("a as T", "a")]
    [InlineData("(<T>(b.c!) satisfies U) as V", "b.c")]
    [InlineData("f<T>", "f")]
    [InlineData("f(a as T)!", "f(a as T)")]
    [InlineData("(a as T).b", "(a as T).b")]
    public void An_expression_is_found_in_its_assertions(string source, string expression) =>
        Assert.Equal(expression, Parse(source, "a.ts").Root.BodyItems[0].Expression.WithoutAssertions.Text.ToString());

    [Fact]
    public void A_target_is_found_in_its_assertions() =>
        Assert.Equal("a.b", Parse("(a.b as T)! = 1", "a.ts").Root.BodyItems[0].Expression.Left.WithoutAssertions.Text.ToString());

    [Fact]
    public void What_does_not_exist_is_not_erased_and_has_no_assertions()
    {
        Assert.False(default(Node).IsErased);
        Assert.False(default(Node).WithoutAssertions.Exists);
    }

    [Fact]
    public void A_deep_tree_needs_no_deep_stack()
    {
        var asserted = Parse($"a{string.Concat(Enumerable.Repeat("!", ManyLevels))}", "a.ts").Root.BodyItems[0].Expression;
        Assert.Equal("a", asserted.WithoutAssertions.Text.ToString());

        var union = Parse($"type A = {string.Concat(Enumerable.Repeat("b[", ManyLevels))}", "a.ts");
        Assert.DoesNotContain(Enumerable.Range(1, union.NodeCount).Select(union.NodeAt), node => node.Kind == NodeKind.Identifier && !node.IsErased);
    }

    // Names and literals in the order of the source; a shorthand's name once.
    private static string WhatRuns(string source, string path)
    {
        var tree = Parse(source, path);
        return string.Join(
            ' ',
            Enumerable
                .Range(1, tree.NodeCount)
                .Select(tree.NodeAt)
                .Where(node => node.Kind is NodeKind.ThisExpression or NodeKind.TemplateElement or NodeKind.JSXIdentifier || IsNameOrLiteral(node))
                .Where(node => !node.IsErased)
                .Select(node => node.Kind == NodeKind.Identifier ? (node.Start, node.Name) : (node.Start, node.Text.ToString()))
                .Distinct()
                .Order()
                .Select(part => part.Item2)
        );
    }

    private static bool IsNameOrLiteral(Node node) => node.Kind is NodeKind.Identifier or NodeKind.StringLiteral or NodeKind.NumericLiteral;

    private static SyntaxTree Parse(string source, string path) => SyntaxTree.Parse(new SourceText(source, path), ParseOptions.For(path));
}
