using System.Text;
using Ecoscanner.JavaScript.Flow;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.JavaScript.Tests.Flow;

/// <summary>The graphs of every kind of statement and expression; each golden was read line by line.</summary>
public sealed class ControlFlowGraphTests
{
    [Fact]
    public void Statements() =>
        Matches(
            ".statements.txt",
            "a; let b = 1, c; var d; const { e } = f; debugger; ;",
            "if (a) b; else c; if (d) e; f;",
            "if (a && !b || c) d; else e;",
            "if (a ?? b) c; if (d?.e) f;",
            "if (a) { if (b) c; else d; } else if (e) f;",
            "switch (a) { case 1: b; case 2: c; break; default: d; case 3: e; } f;",
            "switch (a) {} switch (b) { default: c; } switch (d) { case 1: case 2: e; }",
            "a: { if (b) break a; c; } d;",
            "a: if (b) { c: { break a; } d; } else e;",
            "with (a) b; c;",
            "function f() { return a; b; }",
            "function f() { if (a) return; throw b; }",
            "function f() { g; { function g() {} } if (a) function h() {} return; function i() {} }",
            "{ function a() {} } b: function c() {} switch (d) { case 1: function e() {} }"
        );

    [Fact]
    public void Loops() =>
        Matches(
            ".loops.txt",
            "while (a) b; c;",
            "while (true) { if (a) break; if (b) continue; c; } d;",
            "for (;;) {} a;",
            "do { a; if (b) continue; if (c) break; d; } while (e); f;",
            "do a; while (false); b;",
            "for (let a = 0, b; a < b; a++) { if (c) continue; if (d) break; e; } f;",
            "for (a in b) c;",
            "for (const a of b) { if (c) continue; d; }",
            "for (const [a, { b = c }] of d) { if (e) break; f; }",
            "for (a.b of c) d; for ([e[f]] of g) h; for (var i = 1 in j) k;",
            "function f() { for (const a of b) { if (c) return a; if (d) throw a; } }",
            "a: b: for (;;) { for (;;) { if (c) continue a; if (d) break b; if (e) break; f; } g; }",
            "a: for (const b of c) for (const d of e) { if (f) continue a; if (g) break a; h; }",
            "async function f() { for await (const a of b) { if (c) break; d; } }",
            "while (a && b || c) d;"
        );

    [Fact]
    public void Exceptions() =>
        Matches(
            ".exceptions.txt",
            "try { a(); } catch (b) { c(); } d;",
            "try { a(); } catch { b(); } finally { c(); } d;",
            "try { a(); } finally { b(); } c;",
            "try {} catch { a; } finally {}",
            "try { throw a; } catch ({ b = c }) { d; }",
            "function f() { try { return a(); } finally { b(); } }",
            "function f() { try { a(); } catch (b) { return c; } finally { return d; } }",
            "function f() { a: for (;;) { try { if (b) break a; if (c) continue; if (d) return; e; } finally { f; } g; } }",
            "function f() { try { try { return a; } finally { b; } } finally { c; } }",
            "function f() { for (;;) { try { try { if (a) break; } finally { b; } } finally { c; } } d; }",
            "function f() { try { try { a(); } catch { throw b; } } catch { c; } }",
            "function f() { try { a(); } catch { b(); } finally { try { c(); } finally { d(); } } }",
            "function f() { for (const a of b) { try { break; } finally { c; } } }",
            "function f() { try { return; } finally { if (a) { b; } } }",
            "function f() { a: try { return; } finally { break a; } b; }",
            "try { for (const a of b) { if (c) break; } } catch { d; }",
            "try { if (a) 1; else 2; } catch { b; }"
        );

    [Fact]
    public void Expressions() =>
        Matches(
            ".expressions.txt",
            "a + b * c; a.b[c](d, ...e); new A(b); -a; typeof b; delete a.b; a++; --b.c; (a, b);",
            "a = b; a.b = c; a[b()] = c(); a += b; a.b -= c; (a as any) = b;",
            "a && b; c || d || e; f ?? g ?? h; i && (j || k);",
            "a &&= b; c.d ||= e; f ??= g;",
            "a ? b : c; a && b ? c : d; a ? b ? c : d : e ? f : g;",
            "a?.b; a?.b.c?.(d)[e?.f]; delete a?.b; a?.b ?? c; (a?.b).c;",
            "`a${b}c${d}`; e`f${g}`; import('a'); [a, , ...b]; ({ a, b: c, [d]: e, f() {}, ...g }); /a/; 1n; null; true; 'a';",
            "[a, , b = c, ...d] = e; ({ f, g: h.i, [j]: k = l, ...m.n } = o);",
            "const [[a], { b: { c } }] = d;",
            "x = !a && b; y = !(a || b); z = (a, b);",
            "a as b; a satisfies b; <b>a; a!; a<b>; f<c>(d);",
            "#a in b; this; new.target; import.meta;"
        );

    [Fact]
    public void Functions() =>
        Matches(
            ".functions.txt",
            "function f(a, { b = c, ...d }, [e] = g, ...h) { return a; }",
            "const f = (a = 1) => a && b; const g = async () => await a;",
            "async function f() { const a = await b; try { await c; } catch { d; } return a; }",
            "function* f(a) { const b = yield a; yield* c; return b; }",
            "function* f() { try { yield a; } finally { b; } }",
            "async function* f() { for await (const a of b) yield a; }",
            "({ get a() { return b; }, set a(b) { c = b; }, async *d() { yield; } });",
            "x => { try { return x => y; } catch { } };"
        );

    [Fact]
    public void Classes() =>
        Matches(
            ".classes.txt",
            "class A extends B { static a = b; c = d; [e] = f; static { g; } static [h]() {} constructor() { i; } }",
            "class A { a = b; static c; constructor(d) { e; } } const f = class extends A { a = 1; constructor() { super(); } };",
            "@a class B { @c d; @e f(@g h) {} declare i; j?(): void; constructor(private k = 1, readonly l) {} }",
            "abstract class A { abstract b; accessor c = d; static accessor e = f; } declare class G { h; }",
            "class A { static { for (const a of b) { if (c) break; } return; } }"
        );

    [Fact]
    public void Resources() =>
        Matches(
            ".resources.txt",
            "{ using a = b(), c = d(); using e = f(); g(); } h;",
            "async function f() { await using a = b; return a; }",
            "for (using a of b) { if (c) break; if (d) continue; e; }",
            "for (using a = b; c; d) { if (e) break; } f;",
            "switch (a) { case 1: using b = c; break; }"
        );

    [Fact]
    public void Modules_and_types() =>
        Matches(
            ".modules.txt",
            "import a, { b } from 'c'; import type d from 'e'; export { f } from 'g'; export * from 'h'; export const i = j; export default k; export function l() {}",
            "export default function () { return a; }",
            "export default class { a = 1; }",
            "enum A { b, c = d() } declare enum E { f } const enum G { h } namespace N { export const a = b; function c() {} } declare namespace M { let x; } namespace O.P { q; }",
            "import a = require('b'); import c = d.e; export = f; interface I {} type T = 1; declare function g(): void; declare const h; function i(): void; function i() {}",
            "function f(this: A, a: B): a is C { return <D>a; }",
            "<A.B c={d} e='f' {...g}>h {i} {/* */} <j k={l} /><></></A.B>;"
        );

    [Fact]
    public void Errors() =>
        Matches(
            ".errors.txt",
            "a; let b = ; c;",
            "a; foo(; b(); c;",
            "break; continue a; b; return c; d;",
            "switch (a) { default: b; default: c; case 1: d; }",
            "a; } b;",
            "a?.b = c; new a?.b(); a = 1 = b;"
        );

    [Fact]
    public void A_node_without_control_flow_has_no_graph()
    {
        var tree = SyntaxTree.Parse("a");
        Assert.Throws<ArgumentException>(() => ControlFlowGraph.Of(tree, tree.NodeAt(1)));
        Assert.Throws<ArgumentException>(() => ControlFlowGraph.Of(tree, default));
    }

    private static void Matches(string extension, params string[] sources)
    {
        var text = new StringBuilder();
        foreach (var source in sources)
        {
            text.Append(
                FlowText.Of(
                    source,
                    source.Contains("</", StringComparison.Ordinal) ? "a.tsx"
                        : IsTyped(source) ? "a.ts"
                        : "a.js"
                )
            );
        }

        Golden.Matches(text.ToString(), extension);
    }

    private static bool IsTyped(string source) =>
        new[] { " as ", "declare ", ": A", "export =", "import type" }.Any(word => source.Contains(word, StringComparison.Ordinal));
}
