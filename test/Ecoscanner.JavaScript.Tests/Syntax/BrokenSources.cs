namespace Ecoscanner.JavaScript.Tests.Syntax;

/// <summary>Mistakes that people and tools make in sources.</summary>
internal static class BrokenSources
{
    public static readonly IReadOnlyList<string> All =
    [
        """
            function a() { one(); }
            <<<<<<< HEAD
            function b() { two(); }
            =======
            function b2() { three(); }
            >>>>>>> branch-name
            function c() { four(); }
            """,
        """
            function a() {
              one();
            <<<<<<< HEAD
              two();
            ||||||| base 1234
              base();
            =======
              three();
            >>>>>>> branch-name
              four();
            }
            function c() { five(); }
            """,
        """
            const o = {
              a: 1,
            <<<<<<< HEAD
              b: 2,
            =======
              b: 3,
            >>>>>>> x
              c: 4
            };
            f();
            """,
        """
            class A {
              a() {}
            <<<<<<< HEAD
              b() {}
            =======
              b2() {}
            >>>>>>> x
              c() {}
            }
            f();
            """,
        """
            function a() {
              x.
              const y = 1;
              z();
            }
            function b() {}
            """,
        """
            function a() {
              if (x) {
                y();
              z();
            }
            function b() {}
            function c() {}
            """,
        """
            class A {
              a() { if (x) { y(); }
              b() { z(); }
              c() {}
            }
            function b() {}
            """,
        """
            function a() { y(); }}
            function b() {}
            """,
        """
            const o = {
              a: 1
              b: 2,
              c() { d(); }
            };
            f();
            """,
        """
            const o = {
              a: 1,
              b: ,
              c() { d(); }
            };
            f();
            """,
        """
            const s = `abc;
            f();
            function g() {}
            """,
        """
            switch (a) {
              case 1:
                foo(;
                break;
              case 2 bar(); break;
              case 3: baz();
              junk
              default: x();
            }
            f();
            """,
        """
            return [
              a,
              b
            }
            f();
            """,
        """
            const list = [
              one,
            <<<<<<< HEAD
              two
            =======
              three
            >>>>>>> main
            ];
            if (a) {
            <<<<<<< ours
              b();
            } else if (c) {
            =======
            } else {
            >>>>>>> theirs
              d();
            }
            function e() {}
            """,
        """
            export function a() {
            <<<<<<< HEAD
              if (b) {
            =======
              if (c) {
            >>>>>>> main
                d();
              }
            }
            function e() {}
            """,
        """
            =======
            a();
            >>>>>>> main
            b();
            """,
        """
            const a = (
              <ul>
            <<<<<<< HEAD
                <li>one</li>
            =======
                <li>two</li>
            >>>>>>> main
              </ul>
            );
            function b() {}
            """,
        """
            describe('a', () => {
              it('b', () => {
                expect(c).toBe(1;
              });
              it('d', () => {
                expect(e).toBe(
              });
              it('f', () => { expect(g); });
            });
            h();
            """,
        """
            describe('a', () => {
              it('b', () => {
                expect(c);
              it('d', () => {
                expect(e);
              });
            });
            h();
            """,
        """
            module.exports = {
              a() { b() },
              c: function () { d( },
              e() { f(); }
              g: 1;
              h: [1, 2 3],
              'i' j,
              k
            };
            l();
            """,
        """
            class A {
              static x = ;
              async b() { await }
              get c( { return 1; }
              d(e, f { g(); }
              #h = 1
              i() {}
            }
            j();
            """,
        """
            function a() {
              const b = c.
              let d = 1;
              return d
            }
            e();
            """,
        """
            interface A { b: string }
            type C = ;
            let d: = 1;
            f();
            """,
        """
            export default {
              a: {
                b: {
              },
              c: 1,
            };
            d();
            """,
    ];
}
