using System.Diagnostics;
using System.Text;
using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Text;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.JavaScript.Tests.Binding;

/// <summary>Sources made to be slow or deep, and sources that are hardly any.</summary>
public sealed class HostileScopeTests
{
    // Generous on a busy machine; what is not linear takes minutes.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public void A_hundred_thousand_blocks_in_one_another() =>
        Binds(Nested(100_000, number => $"{{let a{number}=a{number - 1};var b{number};b;", _ => "}"), model => Assert.Equal(100_001, model.ScopeCount));

    [Fact]
    public void A_hundred_thousand_blocks_with_functions_of_old_code() =>
        Binds(Nested(100_000, number => $"{{function a{number}(){{}}", _ => "}"), model => Assert.Equal(200_000, model.SymbolCount), "a.cjs");

    [Fact]
    public void A_hundred_thousand_catches_that_hide_one_another() =>
        Binds(Nested(30_000, _ => "try{}catch(e){var e;", _ => "}"), model => Assert.Equal(30_001, model.SymbolCount));

    [Fact]
    public void A_million_variables_in_one_scope() =>
        Binds(string.Concat(Enumerable.Range(0, 1_000_000).Select(number => $"var a{number};")), model => Assert.Equal(1_000_000, model.Root.Symbols.Count));

    [Fact]
    public void One_variable_declared_a_million_times() =>
        Binds(string.Concat(Enumerable.Repeat("var a;", 1_000_000)), model => Assert.Equal(1_000_000, Assert.Single(model.Root.Symbols).Declarations.Count));

    [Fact]
    public void Ten_thousand_functions_in_one_another_that_use_what_nothing_declares() =>
        Binds(Nested(10_000, number => $"function f(){{a{number};b;arguments;", _ => "}"), model => Assert.Equal(20_000, model.Unresolved.Count));

    [Fact]
    public void Ten_thousand_types_that_hide_one_another_below_a_value() =>
        Binds("const A = 1;" + Nested(10_000, _ => "{type A=1;A;", _ => "}"), model => Assert.Equal(10_000, model.Root.Find("A").References.Count), "a.ts");

    [Fact]
    public void Ten_thousand_bodies_of_one_namespace() =>
        Binds(
            string.Concat(Enumerable.Range(0, 10_000).Select(number => $"namespace A{{export const a{number}=1;b;a0;}}")),
            model => Assert.Equal(10_001, model.SymbolCount),
            "a.ts"
        );

    [Fact]
    public void A_sum_of_a_hundred_thousand_terms() =>
        Binds("a" + string.Concat(Enumerable.Repeat("+a", 100_000)), model => Assert.Equal(100_001, model.Unresolved.Count));

    [Fact]
    public void Deep_patterns_and_conditional_types()
    {
        Binds($"let {Nested(20_000, _ => "[", _ => "]", "a")} = b", model => Assert.True(model.Root.Find("a").Exists));
        Binds(
            "type A<T> = " + string.Concat(Enumerable.Repeat("T extends infer U ? U : ", 20_000)) + "0",
            model => Assert.Equal(20_002, model.ScopeCount),
            "a.ts"
        );
    }

    [Fact]
    public void Any_text_binds_and_every_reference_is_to_a_scope_around_it()
    {
        string[] good =
        [
            "import a, { b as c } from 'm'; export const { d, ...e } = a; { function f(g = () => h, h) { var g; arguments; eval('') } } export { f as 'x' }",
            "label: for (const a of b) { try { throw a } catch ({ c = a }) { var d; switch (d) { case 1: let a; default: class A extends A { [a] = 1; static { var b } } } } }",
            "namespace A.B { export enum C { d = 1, e = d } } declare module 'm'; type F<T> = T extends infer U ? { [K in keyof U]: typeof A.b } : F<U>;",
            "const f: <T>(a: T) => typeof a = (b) => b; function g(a: (b: 1) => 2 = (c) => { for (const d = (e) => e of [(f) => f]); }) {}",
            "abstract class A<T> implements B<T> { constructor(private a: T, @dec b = a) {} get c(): asserts a is T { return <A>this } } import x = A.B; export = x",
            "const a = <A.b c={d} {...e}><f>{g}</f></A.b>; with (a) { b; function c() {} } if (a) function d() {} else d()",
        ];
        Fuzz.Run(random =>
        {
            var source = Fuzzing.Mutate(good[random.Next(good.Length)], random);
            var options = new ParseOptions
            {
                TypeScript = random.Next(2) == 0,
                Jsx = random.Next(2) == 0,
                Goal = (SourceGoal)random.Next(3),
                Ambient = random.Next(8) == 0,
            };
            var tree = SyntaxTree.Parse(new SourceText(source), options);
            CheckModel(SemanticModel.Of(tree));
        });
    }

    private static void CheckModel(SemanticModel model)
    {
        foreach (var reference in model.References)
        {
            if (!reference.Symbol.Exists)
            {
                continue;
            }

            var scope = model.ScopeOf(reference.Node);
            var target = reference.Symbol.Scope;
            // A namespace sees what its other bodies export.
            Assert.True(
                target.Contains(scope) || target.Kind is ScopeKind.Namespace or ScopeKind.Enum,
                $"{reference} in {scope} refers to {target} of {model.Tree.Source.Content}"
            );
        }

        for (var index = 1; index <= model.ScopeCount; index++)
        {
            var scope = new Scope(model, index);
            Assert.Equal(scope.Parent.Exists, index > 1);
            Assert.True(scope.Parent.Index < index);
            foreach (var symbol in scope.Symbols)
            {
                Assert.Equal(scope, symbol.Scope);
                Assert.Equal(symbol, scope.Find(symbol.Name));
                Assert.All(symbol.References, reference => Assert.Equal(symbol, reference.Symbol));
            }
        }

        Assert.NotEmpty(ScopePrinter.Text(model));
        Assert.NotEmpty(ScopePrinter.Json(model));
        Assert.NotEmpty(ScopePrinter.Dot(model));
    }

    private static void Binds(string source, Action<SemanticModel> check, string file = "a.js")
    {
        var tree = SyntaxTree.Parse(new SourceText(source, file), ParseOptions.For(file));
        Assert.Empty(tree.Diagnostics);
        var time = Stopwatch.StartNew();
        var model = SemanticModel.Of(tree);
        Assert.True(time.Elapsed < Patience, $"it took {time.Elapsed}");
        check(model);
    }

    private static string Nested(int count, Func<int, string> open, Func<int, string> close, string middle = "")
    {
        var text = new StringBuilder();
        for (var number = 0; number < count; number++)
        {
            text.Append(open(number));
        }

        text.Append(middle);
        for (var number = 0; number < count; number++)
        {
            text.Append(close(number));
        }

        return text.ToString();
    }
}
