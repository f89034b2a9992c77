using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Tests.Conformance;
using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Tests.Binding;

/// <summary>What a model tells beside what names refer to.</summary>
public sealed class SemanticModelTests
{
    [Theory]
    [InlineData("function f(a) { here }", ScopeKind.Function)]
    [InlineData("function f(a = here) {}", ScopeKind.Function)]
    [InlineData("function f(a = 1) { here }", ScopeKind.FunctionBody)]
    [InlineData("(function here() {})", ScopeKind.FunctionName)]
    [InlineData("{ here }", ScopeKind.Script)]
    [InlineData("{ let a; here }", ScopeKind.Block)]
    [InlineData("switch (here) { case 1: let a }", ScopeKind.Script)]
    [InlineData("switch (1) { case here: let a }", ScopeKind.Switch)]
    [InlineData("for (let a of here);", ScopeKind.For)]
    [InlineData("try {} catch (a) { here }", ScopeKind.Catch)]
    [InlineData("class A { a = [here] }", ScopeKind.ClassField)]
    [InlineData("class A { static { here } }", ScopeKind.StaticBlock)]
    [InlineData("(class A extends here {})", ScopeKind.Class)]
    [InlineData("with (here) a", ScopeKind.Script)]
    [InlineData("with (a) here", ScopeKind.With)]
    [InlineData("const { a = () => 1 } = here", ScopeKind.Script)]
    public void A_place_stands_in_a_scope(string source, ScopeKind kind)
    {
        var model = MarkedSource.Bind(source, "a.cjs");
        Assert.Equal(kind, model.ScopeOf(NodeNamed(model, "here")).Kind);
    }

    [Fact]
    public void A_place_stands_in_a_scope_whatever_the_order_in_which_they_are_met()
    {
        var model = MarkedSource.Bind("const f: (a: 1) => 2 = (b) => here;", "a.ts");
        Assert.Equal(ScopeKind.Function, model.ScopeOf(NodeNamed(model, "here")).Kind);
        Assert.Equal(ScopeKind.Signature, model.ScopeOf(NodeNamed(model, "a")).Kind);
    }

    [Fact]
    public void A_node_that_makes_a_scope_stands_for_it()
    {
        var model = MarkedSource.Bind("let f = function g() { let a }");
        var function = model.Tree.Root.BodyItems[0].Declarations[0].Init;
        var scope = model.ScopeOf(function);
        Assert.Equal((ScopeKind.Function, function), (scope.Kind, scope.Node));
        Assert.Equal(ScopeKind.FunctionName, scope.Parent.Kind);
        Assert.Equal(model.Root, scope.Parent.Parent);
        Assert.False(model.Root.Parent.Exists);
    }

    [Fact]
    public void A_declaration_has_the_symbol_of_its_name()
    {
        var model = MarkedSource.Bind("function f() {} class A {} let a = 1; import b from 'm'");
        var items = model.Tree.Root.BodyItems;
        Assert.Equal("f", model.SymbolOf(items[0]).Name);
        Assert.Equal("A", model.SymbolOf(items[1]).Name);
        Assert.Equal("a", model.SymbolOf(items[2].Declarations[0]).Name);
        Assert.Equal("b", model.SymbolOf(items[3].Specifiers[0]).Name);
        Assert.False(model.SymbolOf(items[2]).Exists);
    }

    [Fact]
    public void A_name_is_looked_up_from_a_scope_outwards()
    {
        var model = MarkedSource.Bind("type a = 1; const b = 1; { const a = 2; here }", "a.ts");
        var scope = model.ScopeOf(NodeNamed(model, "here"));
        Assert.Equal(SymbolKinds.Const, scope.Lookup("a").Kinds);
        Assert.Equal(SymbolKinds.TypeAlias, scope.Lookup("a", SymbolKinds.Types).Kinds);
        Assert.Equal(model.Root, scope.Lookup("b").Scope);
        Assert.False(scope.Lookup("c").Exists);
        Assert.False(scope.Find("b").Exists);
    }

    [Fact]
    public void A_symbol_that_is_never_assigned_is_constant()
    {
        var model = MarkedSource.Bind("let a = 1, b = 2; a; b++");
        Assert.True(model.Root.Find("a").IsConstant);
        Assert.False(model.Root.Find("b").IsConstant);
    }

    [Fact]
    public void Exports_have_names_and_symbols()
    {
        var model = MarkedSource.Bind(
            "export const { a, ...b } = c; let d; export { d as 'e f' }; export * from 'm'; export * as g from 'm'; export default () => 1"
        );
        Assert.Equal(
            ["a a", "b b", "e f d", "* ", "g ", "default "],
            model.ExportedNames.Select(export => $"{export.Name} {(export.Symbol.Exists ? export.Symbol.Name : "")}")
        );
        Assert.True(model.Root.Find("d").IsExported);
    }

    [Theory]
    [InlineData("function f() { eval('var a = 1'); a }", true)]
    [InlineData("function f() { 'use strict'; eval('var a = 1'); a }", false)]
    [InlineData("function f() { (0, eval)('var a = 1'); a }", false)]
    [InlineData("function f() { let a; eval('var a = 1'); a }", false)]
    [InlineData("with (b) a", true)]
    [InlineData("with (b) { let a; a }", false)]
    public void What_runs_later_may_change_what_a_name_means(string source, bool isDynamic)
    {
        var model = MarkedSource.Bind(source, "a.cjs");
        Assert.Equal(isDynamic, model.References.Last(reference => reference.Name == "a").IsDynamic);
    }

    [Fact]
    public void Real_code_declares_nothing_twice_and_refers_outwards()
    {
        Assert.SkipWhen(Suites.FindPackage(Corpus.Package) is null, Suites.HowToInstall(Corpus.Package));
        Assert.All(
            Corpus.Written(),
            file =>
            {
                var model = SemanticModel.Of(SyntaxTree.Parse(new SourceText(File.ReadAllText(file), file)));
                Assert.Empty(model.Diagnostics);
                Assert.All(
                    model.References.Where(reference => reference.Symbol.Exists),
                    reference => Assert.True(reference.Symbol.Scope.Contains(model.ScopeOf(reference.Node)), $"{file}: {reference}")
                );
            }
        );
    }

    private static Node NodeNamed(SemanticModel model, string name) =>
        Enumerable.Range(1, model.Tree.NodeCount).Select(model.Tree.NodeAt).First(node => node.Name == name);
}
