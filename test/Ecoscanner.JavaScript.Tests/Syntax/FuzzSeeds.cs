namespace Ecoscanner.JavaScript.Tests.Syntax;

/// <summary>Small sources that together have all of the grammar.</summary>
internal static class FuzzSeeds
{
    public static readonly IReadOnlyList<string> All =
    [
        """
            'use strict';
            import a, { b as c, default as d } from 'e' with { type: 'json' };
            import * as f from "g"; import defer * as h from 'i'; import source j from 'k';
            export default class extends a.b { static #l = 1; static { this.#l ??= 2; } get m() { return super.m; } set m(n) {} async *[Symbol.iterator]() { yield* o; } 'p'() {} 3() {} }
            export { q as 'r', s }; export * as t from 'u'; export const v = 0x1f_ffn, w = .5e-3;
            """,
        """
            const { a, b: [c, , ...d], [e]: f = 1, ...g } = h, i = async ({ j = 2 }, ...k) => await j ** -k;
            for (let l of m) { if (n) continue; else break; } for await (const o of p); for (var q in r, s) t: while (u) { continue t; }
            do v(); while (w) x(); switch (y) { case 1: default: z(); } try { throw new.target } catch { } finally { debugger }
            label: for (;;) { break label }
            """,
        """
            var re = /[/\]]+(?<n>a)\k<n>/giu, s = 'a\n\x41\u{1F600}\
            b', t = `a${b}c${`d${e}`}f`, u = tag`\unicode`, v = a?.b?.[c]?.(d), w = a ? b : c ? d : e;
            x = y = z; a ||= b &&= c ??= d; [a, b] = [b, a]; ({ a, b: c.d } = e); delete a[b], void 0, typeof c;
            if (a) function f() {} <!-- comment
            --> comment
            """,
        """
            interface A<T extends keyof U = {}> extends B, C<D> { readonly a?: string; (b: number): void; new (c?): T; [key: string]: unknown; get d(): 1; e?<F>(): asserts e is F }
            type G = H extends infer I extends J ? K[number] : (abstract new (...a: L) => M) | unique symbol | `n${O}` | typeof import('p').q<R>; type S = { -readonly [T in U as V]+?: W };
            declare module 'x' { export = y; } namespace Z.AA { export import b = C.D; } enum E { F = 1, 'G' = F << 2 } declare global { var h: any }
            abstract class I<in out T> extends J<T> implements K { constructor(private readonly l: M, public n?) { super(); } declare o: P; abstract q(): r; static accessor s!: t; override u<V>(this: W): this is X {} }
            let y = <Z>a, b = c as const satisfies D, e = f!, g = h<I>, j = async <K,>(l: M): Promise<N> => o; function p(q?: r): s; function p(): asserts t {} @u() @v.w class X { @y z = 1; a(@b c) {} }
            """,
        """
            export function A<T,>({ b, ...c }: D<T>) {
              return b ? <E<T> f={g} h="i&amp;j" {...c}>{k.map((l) => <m key={l} n-o:p='q'>{`${l}`} text &nbsp; it's {/* c */}</m>)}</E> : <><r.s.t/></>;
            }
            const u = <v w=<x/> y={z => { return <a>{...b}</a>; }}/>;
            """,
    ];
}
