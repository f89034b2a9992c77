using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Tests.Binding;

/// <summary>Which declaration a name refers to, in JavaScript.</summary>
public sealed class ScopeTests
{
    [Theory]
    [InlineData("a block keeps what let declares", "let a/*1*/; { let a/*2*/; a/*=2*/ } a/*=1*/")]
    [InlineData("a block does not keep a var", "{ var a/*1*/ } a/*=1*/")]
    [InlineData("a var is known before it is declared", "a/*=1 read*/; var a/*1*/")]
    [InlineData("a function keeps a var", "var a/*1*/; function f() { var a/*2*/; a/*=2*/ } a/*=1*/")]
    [InlineData("a var may be declared twice", "var a/*1*/; var a/*1*/; a/*=1*/")]
    [InlineData("a name that nothing declares is global", "a/*=? read*/; b.c; typeof d/*=? read typeof*/; e/*=? write*/ = 1")]
    [InlineData("assignments write", "let a/*1*/; a/*=1 write*/ = 1; a/*=1 read write*/ += 1; a/*=1 read write*/++; a/*=1 read write*/ ??= 2")]
    [InlineData("patterns write", "let a/*1*/, b/*2*/; [a/*=1 write*/, { x: b/*=2 write*/ = a/*=1 read*/ }] = c; ({ a/*=1 write*/, ...b/*=2 write*/ } = c)")]
    [InlineData("a loop writes", "let a/*1*/; for (a/*=1 write*/ of b); for ([a/*=1 write*/] in b);")]
    [InlineData("a label is no reference", "let a/*1*/; a: for (;;) { b.a; ({ a: 1, [a/*=1*/]: 2 }); break a }")]
    [InlineData("a shorthand property refers", "let a/*1*/; ({ a/*=1 read*/ })")]
    [InlineData("parameters hide what is around", "let a/*1*/; function f(a/*2*/) { a/*=2*/ }")]
    [InlineData("a var of the body is the parameter", "function f(a/*1*/) { var a/*1*/; a/*=1*/ }")]
    [InlineData("a default can't see the body", "let a/*1*/; function f(b = a/*=1*/) { var a/*2*/; a/*=2*/ }")]
    [InlineData("a var of a body below defaults is another", "function f(a/*1*/, b = () => a/*=1*/) { var a/*2*/; a/*=2*/ }")]
    [InlineData("patterns without defaults make no second scope", "function f({ a/*1*/, b: [c/*2*/] }) { var a/*1*/; a/*=1*/; c/*=2*/ }")]
    [InlineData("a default sees parameters before it", "function f(a/*1*/, b = a/*=1 read*/) {}")]
    [InlineData("a default sees later parameters too early", "function f(a = b/*=1 read early*/, b/*1*/) {}")]
    [InlineData("arrow functions have parameters", "(a/*1*/, { b/*2*/ }) => a/*=1*/ + b/*=2*/")]
    [InlineData("a function is known before it is declared", "f/*=1*/(); function f/*1*/() { f/*=1*/ }")]
    [InlineData("a function expression knows its name inside only", "(function f/*1*/() { f/*=1*/ }); f/*=?*/")]
    [InlineData("a function expression's own var hides its name", "(function f/*1*/() { var f/*2*/; f/*=2*/ })")]
    [InlineData("a class expression knows its name inside only", "(class A/*1*/ { m() { A/*=1*/ } }); A/*=?*/")]
    [InlineData("a class knows itself", "class A/*1*/ { static a = A/*=1 read*/; m() { A/*=1 read*/ } } A/*=1 read*/")]
    [InlineData("a class can't extend itself", "class A/*1*/ extends A/*=1 read early*/ {}")]
    [InlineData("a key in brackets stands in the class", "(class A/*1*/ { [A/*=1 read early*/]() {} })")]
    [InlineData("a catch parameter is known in its block", "try {} catch (e/*1*/) { e/*=1*/ } e/*=?*/")]
    [InlineData("a var in a catch is the function's", "try {} catch (e/*1*/) { var e/*2*/; e/*=1*/ } e/*=2*/")]
    [InlineData("a loop's let is the loop's", "for (let a/*1*/ = 0; a/*=1*/; a/*=1*/++) { a/*=1*/ } a/*=?*/")]
    [InlineData("a loop's var is around", "for (var a/*1*/ of b) { a/*=1*/ } a/*=1*/")]
    [InlineData("a loop's value is read too early", "for (const a/*1*/ of a/*=1 read early*/) {}")]
    [InlineData("the body of a loop has a scope of its own", "for (const a/*1*/ of b) { const a/*2*/ = 1; a/*=2*/ }")]
    [InlineData("cases share a scope", "switch (a/*=?*/) { case 1: let a/*1*/; default: a/*=1*/ }")]
    [InlineData("let is used before it is declared", "{ a/*=1 read early*/; let a/*1*/ }")]
    [InlineData("let is used in its own value", "let a/*1*/ = a/*=1 read early*/; const b/*2*/ = () => b/*=2 read*/")]
    [InlineData("a function may use later what is declared later", "function f() { a/*=1 read*/ } let a/*1*/")]
    [InlineData("every function has arguments", "function f() { arguments/*=1*/; () => arguments/*=1*/; function arguments/*1*/() {} }")]
    [InlineData("an arrow function at the top has none", "() => arguments/*=?*/")]
    [InlineData("a field's value has none", "function f() { class A { a = b/*=?*/ } }")]
    [InlineData("imports are declared", "import a/*1*/, { b, c as d/*2*/ } from 'm'; import * as e/*3*/ from 'n'; a/*=1*/; d/*=2*/; e/*=3*/; c/*=?*/")]
    [InlineData("exports refer", "let a/*1*/; export { a/*=1 read export*/ as b }; export default a/*=1 read export*/")]
    [InlineData("what comes from elsewhere is no reference", "let a/*1*/ = 1; export { a } from 'm'")]
    [InlineData("elements refer", "let A/*1*/, b/*2*/; <A/*=1 read*/ a={b/*=2*/}><b.c /><b /></A/*=1*/>")]
    [InlineData("an element of two names refers to the first", "let b/*1*/; <b/*=1 read*/.c />")]
    [InlineData("a static block keeps a var", "class A { static { var a/*1*/; a/*=1*/ } } a/*=?*/")]
    [InlineData("a template refers", "let a/*1*/; `${a/*=1*/}`; a/*=1*/`x`")]
    [InlineData("a value comes before the pattern that takes it", "let { a/*1*/ = b/*=2 read early*/, b/*2*/ } = c")]
    public void A_name_refers_to(string because, string source)
    {
        Assert.NotEmpty(because);
        MarkedSource.Check(source);
    }

    [Theory]
    [InlineData("a function of a block is known around it", "{ function f/*1*/() {} f/*=1*/ }")]
    [InlineData("in strict code it is not", "'use strict'; { function f/*1*/() {} } f/*=?*/")]
    [InlineData("async functions are kept", "{ async function f/*1*/() {} } f/*=?*/")]
    [InlineData("generators are kept", "{ function* f/*1*/() {} } f/*=?*/")]
    [InlineData("a let around forbids it", "let f/*1*/; { function f/*2*/() {} } f/*=1*/")]
    [InlineData("a let between forbids it", "{ let f/*1*/; { function f/*2*/() {} f/*=2*/ } f/*=1*/ } f/*=?*/")]
    [InlineData("a parameter is kept", "function g(f/*1*/) { { function f/*2*/() {} f/*=2*/ } f/*=1*/ }")]
    [InlineData("a parameter above a body of its own is kept", "function g(f/*1*/, a = 1) { { function f/*2*/() {} } f/*=1*/ }")]
    public void A_function_in_a_block_of_old_code(string because, string source)
    {
        Assert.NotEmpty(because);
        MarkedSource.Check(source, "a.cjs");
    }

    [Theory]
    [InlineData("f(); { function f() {} }")]
    [InlineData("if (a) function f() {} f();")]
    [InlineData("switch (a) { case 1: function f() {} } f();")]
    [InlineData("try {} catch (f) { { function f() {} } } f();")]
    [InlineData("function g() { f(); { { function f() {} } } }")]
    public void A_function_in_a_block_of_old_code_makes_a_var_too(string source)
    {
        var model = MarkedSource.Bind(source, "a.cjs");
        var call = model.References.Single(reference => reference.Name == "f" && model.Tree.ParentOf(reference.Node).Kind == NodeKind.CallExpression);
        Assert.True(call.Symbol.IsHoisted);
        Assert.Equal("f", call.Symbol.Declarations.Single(node => model.Tree.ParentOf(node).Kind == NodeKind.FunctionDeclaration).Name);
    }

    [Fact]
    public void Arguments_is_a_symbol_of_the_function_without_a_declaration()
    {
        var model = MarkedSource.Bind("function f() { return () => arguments }");
        var symbol = model.References.Single().Symbol;
        Assert.Equal(SymbolKinds.Arguments, symbol.Kinds);
        Assert.Empty(symbol.Declarations);
        Assert.Equal("f", symbol.Scope.Node.Id.Name);
    }
}
