using System.Text;
using Ecoscanner.JavaScript.Lowering;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.JavaScript.Tests.Lowering;

/// <summary>The instructions of every kind of statement and expression; each golden was read line by line.</summary>
public sealed class LoweringTests
{
    [Fact]
    public void Statements() =>
        Matches(
            ".statements.txt",
            "a.js",
            "let a = 1, b; b = a; c = d; ;",
            "if (a) b; else if (c) d; else e; f: for (let i = 0, j; i < k; i++) { if (l) continue f; break; }",
            "while (a) b(); do c(); while (d); with (e) f();",
            "for (const a in b) a; for (const [a, c] of d) e(a, c); for (f.g of h) {} for (var i = 1 in j);",
            "async () => { for await (const a of b) a; }",
            "switch (a) { case b: c(); default: let d = 1; d; }",
            "try { a(); throw b; } catch (c) { c.d; e(); } finally { f(); }",
            "function f() { try { a.b; } catch { throw 1; } return; }",
            "try { try { a(); } finally { b(); } } catch ({ c }) { c; }",
            "{ function f() {} } f();"
        );

    [Fact]
    public void Expressions() =>
        Matches(
            ".expressions.txt",
            "a.mjs",
            "a && b; a || b || 1; a ?? null; true && a; null ?? b; a ? b : c ? d : 'e';",
            "let a = 1; a += 2; a -= 3; a ||= 4; a.b += 5; a.c ??= 6; a++; --a; a.d++;",
            "a?.b; a?.b.c?.(d)[e?.f]; (a?.b)(); (a.b)(); delete a?.b; typeof a; void 0; !a; -1;",
            "a.b(c, ...d, 1); new A(...b); new a.b; (0, a.b)(c); a[b](c); a['b']; a[0]; a[`c`];",
            "`a${b}c${d}`; ``; e`f${g}\\u0041`; h.i`\\u`;",
            "[a, , 'b', ...c, d]; ({ a, b: 1, 'c': 2, [d]: 3, 4: 5, e() {}, get f() { return this; }, set g(h) {}, ...i, __proto__: j });",
            "({ a() { super.b(); super.c = super.d; } });",
            "undefined; NaN; 1n; /a/g; null; true; import.meta.url; eval('a'); eval(...b); (0, eval)('c');"
        );

    [Fact]
    public void Variables_that_are_written_several_times() =>
        Matches(
            ".variables.txt",
            "a.mjs",
            "function f(a) { let b = a; b = b.c; b += 1; g(b); a = b; return a; }",
            "function f() { let a; if (b) a = 1; else if (c) a = 2; return a; }",
            "function f(a) { while (b) { a = a.next; g(() => a); } return a; }",
            "function f() { let a = 1; a = 2; const g = () => { a = 3; }; return a; }",
            "export let a = 1; a = 2; for (let i = 0; i < 3; i++) g(i); let b = c; b = d; { let e = b; e ||= f; e; }",
            "function f(a) { let b = 1; try { b = g(); b = h(); } catch (c) { c = b; return c; } return b; throw b; }",
            "function f(a, b = 1) { var a; return a; }",
            "function f() { return a; var a = 1; a = 2; } function g() { try { h(); } catch (a) { a = 1; } }",
            "function f() { g(); function g() { return 1; } function g() { return 2; } return g; }"
        );

    [Fact]
    public void Dynamic_names() =>
        Matches(
            ".dynamic.txt",
            "a.js",
            "var a = 1; with (b) { a; c = a; } function f(d) { eval(d); return a + d; }",
            "function f(a) { try { a(); } catch (b) { var b = 1; b; } return b; }",
            "{ function f() {} } f(); f = 1;"
        );

    [Fact]
    public void Patterns() =>
        Matches(
            ".patterns.txt",
            "a.mjs",
            "const { a, b: c = 1, [d]: e, ...f } = g;",
            "const [a, , b = 1, [c], ...d] = e;",
            "let a, b; [a, b] = [b, a]; ({ c: d.e, f: g[h] = i, ...j.k } = l);",
            "function f({ a, b = 1 } = {}, [c] = d, ...[e]) { return a + b + c + e; }",
            "for (const { a } of b) a; try {} catch ([c]) { c; }"
        );

    [Fact]
    public void Functions() =>
        Matches(
            ".functions.txt",
            "a.mjs",
            "function f(a, b = a, ...c) { return g(a, b, c); } f(1, 2, 3);",
            "const f = a => b => a + b; export { f };",
            "const f = function g(n) { return n ? g(n - 1) : 0; };",
            "function f() { return arguments[0] + (() => arguments[1])() + this.a + (() => this.b)(); }",
            "function f() { let a = 1; return { get: () => a, set(b) { a = b; } }; }",
            "function* f() { const a = yield 1; yield* g(); return a; } async function h() { await i; }",
            "function apply(f, ...a) { return f(...a); } function id(a) { return a; } function big(o) { return o.a.b(); }"
        );

    [Fact]
    public void Classes() =>
        Matches(
            ".classes.txt",
            "a.mjs",
            "class A extends B { static a = this.b; c = d; [e] = () => this; static { f(this); } static g() { return super.g(); } h() { return super.h(1); } get i() { return 1; } set i(j) {} }",
            "class A extends B { #a = 1; constructor(b) { super(b, ...c); this.d = () => super.e(); } f(g) { return #a in g && g.#a; } static #h() {} }",
            "class A extends B { constructor() { (() => super())(); } } const C = class D { e = D; }; export default class { }"
        );

    [Fact]
    public void Modules() =>
        Matches(
            ".modules.txt",
            "a.mjs",
            "import a, { b as c } from 'd'; import * as e from 'f'; import 'g'; export { h } from 'i'; export * from 'j'; a(c, e.k); function l() { return c; }",
            "export default a + 1; export const b = 1, { c } = d; export function e() {} export { b as f };",
            "const a = await import('b'); import(c + '.js'); export default function () {}"
        );

    [Fact]
    public void Modules_of_CommonJs() =>
        Matches(
            ".commonjs.txt",
            "a.cjs",
            "const a = require('b'); exports.c = a.d; module.exports = { e() { return require(f); } }; this.g = 1; function h() { exports.i = module; }",
            "a = 1; a;",
            "exports = module.exports = a; exports.b = 1; function f() { exports = c; module = d; }"
        );

    [Fact]
    public void Jsx() =>
        Matches(
            ".jsx.txt",
            "a.jsx",
            "<a b='c&amp;d' e={f} g {...h} i-j={<k />}>l {m}{/* */} n</a>;",
            "<A.b.c>\n  {d}\n</A.b.c>; <></>; <B>{...e}</B>; <c:d e:f='g'>\n  text\n  more\n</c:d>; function F() { return <this.a />; }"
        );

    [Fact]
    public void TypeScript() =>
        Matches(
            ".typescript.txt",
            "a.ts",
            "interface A {} type B = A; declare const c: B; let d = <A>e as B, f = g! satisfies B; (d as any) = 1; (f as any).h = 2; declare function i(): void;",
            "declare const AP: any; declare function d(): void; declare namespace E { const f: any } AP.e(d()); AP = 1; function g() { return [AP, E.f]; }",
            "enum A { b, c = 5, d, 'e-f' = 'g', h = c | i } const j = A.c;",
            "namespace A.B { export const c = 1; export function d() { return c; } const e = 2; export namespace F { export let { g } = h; } } A.B.d();",
            "class A { constructor(private a = 1, readonly b: string, c?: number) {} declare d: string; abstract e(): void; f?: number; }",
            "@a @b.c() class D { @e f = 1; @g() h(@i j) {} @k static l() {} constructor(@m private n) {} }",
            "import a = require('b'); import c = a.d; export import e = c.f; import { type g, h } from 'i'; import type j from 'k'; export { type g, h }; function f(this: A, b) { return h; } export = c;"
        );

    [Fact]
    public void Errors() =>
        Matches(".errors.txt", "a.js", "a; let b = ; c;", "a; foo(; b(); c;", "a?.b = c; f() = d; ({ e = 1 }); return g;", "{a = 1} = b; [c, d];");

    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.0, "0")]
    [InlineData(-17, "-17")]
    [InlineData(0.5, "0.5")]
    [InlineData(123.456, "123.456")]
    [InlineData(0.000001, "0.000001")]
    [InlineData(1.5e-7, "1.5e-7")]
    [InlineData(1e-7, "1e-7")]
    [InlineData(1.2345678901234567e20, "123456789012345670000")]
    [InlineData(1e20, "100000000000000000000")]
    [InlineData(1e21, "1e+21")]
    [InlineData(-1.5e300, "-1.5e+300")]
    [InlineData(double.NaN, "NaN")]
    [InlineData(double.NegativeInfinity, "-Infinity")]
    public void A_number_as_a_key_is_written_as_the_language_does(double number, string expected) => Assert.Equal(expected, NumberText.Of(number));

    private static void Matches(string extension, string file, params string[] sources)
    {
        var text = new StringBuilder();
        foreach (var source in sources)
        {
            foreach (var line in source.Split('\n'))
            {
                text.Append("| ").Append(line).Append('\n');
            }

            var module = LoweringRules.Lower(source, file);
            LoweringRules.Check(module);
            text.Append(LoweringPrinter.Text(module)).Append('\n');
            if (module.Gaps.IsEmpty)
            {
                LoweringRules.CheckExpressions(module);
            }
        }

        Golden.Matches(text.ToString(), extension);
    }
}
