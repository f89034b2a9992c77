using Ecoscanner.JavaScript.Diagnostics;
using Ecoscanner.JavaScript.Syntax;

namespace Ecoscanner.JavaScript.Tests.Conformance;

/// <summary>esbuild's expectations of what parses; where it is stricter or laxer than the languages, the reason stands here.</summary>
public sealed class EsbuildTests
{
    private const string Suite = "esbuild";

    // What esbuild says of programs that we take, by words of its message.
    private static readonly (string Words, string Reason)[] Stricter =
    [
        ("in the configured target environment", "a limit of what it can turn into older code"),
        ("to the configured target environment", "a limit of what it can turn into older code"),
        ("TypeScript experimental decorators", "a setting: decorators of TypeScript before 5.0"),
        ("Parameter decorators", "a setting: decorators of TypeScript before 5.0"),
        ("Decorators are not valid here", "TypeScript's checker says it, not its parser"),
        ("JavaScript decorator syntax", "TypeScript takes any left-hand side behind @"),
        ("prop found", "a rule of React's automatic runtime"),
        ("Please provide an explicit value for", "a rule of React's automatic runtime"),
        ("files with the \".mts\" or \".cts\" extension", "the ending is not part of the expectation"),
        ("originally exported here", "TypeScript merges exports of types, values and namespaces"),
        ("cannot be used with an index signature", "TypeScript's checker says it, not its parser"),
        ("Cannot use \"this\" here", "TypeScript's checker says it, not its parser"),
        ("can only be used inside an \"async\" function", "TypeScript's checker says it, not its parser"),
        ("outside a generator function", "TypeScript's checker says it, not its parser"),
        ("Cannot use \"await\" as an identifier here", "a source of which nothing says that it is a module may call something await"),
        ("An async function cannot be named \"await\"", "a source of which nothing says that it is a module may call something await"),
        ("The keyword \"await\" cannot be escaped", "a source of which nothing says that it is a module may call something await"),
        ("has already been declared", "TypeScript's declarations merge; where they may not, its checker says it"),
        ("Legacy octal escape sequences cannot be used in an ECMAScript module", "what stands before the first import or export is read as of either kind"),
        ("cannot be used in an ECMAScript module", "what stands before the first import or export is read as of either kind"),
        ("is not declared in this file", "TypeScript exports what others declare"),
        ("be bound multiple times", "what stands before the first import or export is read as of either kind"),
        ("Invalid assignment target", "f() = 1 is a program in old code, and fails when run (ECMA-262 B.3.9)"),
        ("The modifier \"in\" is not valid here", "TypeScript's checker says it, not its parser"),
        ("The modifier \"const\" is not valid here", "typescript-eslint takes const type parameters of interfaces"),
        ("due to the JSX element here", "a rule of React's automatic runtime"),
        ("Expected \">\" but found \"/\"", "TypeScript takes an element whose attribute is called extends"),
        ("Expected \"=>\" but found \"=\"", "TypeScript takes an element whose attribute is called extends"),
        ("Unexpected \"const\"", "TypeScript takes a const type parameter of an async arrow function in .tsx"),
        ("ERROR: Unexpected \"", "a word that TypeScript takes as the label of a tuple's member"),
        ("Expected identifier but found \"", "TypeScript takes any left-hand side behind @, and any import in a namespace"),
        ("Expected \"=\" but found \"from\"", "TypeScript's checker says it, not its parser"),
        ("Expected \";\" but found \"=>\"", "TypeScript takes type parameters of an async arrow function in .tsx"),
        ("Expected \";\" but found \"x\"", "TypeScript's modifiers may follow accessor"),
        ("\"await using\" declarations are not allowed here", "the head of a loop may declare so since ES2026"),
        ("directly inside a switch case", "a rule of the binder for modules and functions only"),
    ];

    // What we say of programs that esbuild takes, by the code of our diagnostic.
    private static readonly (string Code, string Reason)[] Laxer =
    [
        ("jsx-text-character", "esbuild warns where the definition of JSX forbids > and } in text"),
        ("modifier-misplaced", "esbuild leaves TypeScript's modifiers to its checker"),
        ("modifier-duplicate", "esbuild leaves TypeScript's modifiers to its checker"),
        ("definite-misplaced", "esbuild leaves TypeScript's ! to its checker"),
        ("value-in-ambient", "esbuild leaves declared values to TypeScript's checker"),
        ("body-in-ambient", "esbuild leaves declared bodies to TypeScript's checker"),
        ("optional-with-initializer", "esbuild leaves it to TypeScript's checker"),
        ("type-list-empty", "esbuild leaves it to TypeScript's checker"),
        ("type-only-alias", "esbuild leaves it to TypeScript's checker"),
        ("target-invalid", "esbuild leaves an assignment to f<x> to TypeScript's checker"),
        ("initializer-expected", "esbuild takes `unique` for a type of that name"),
        ("with-in-strict", "esbuild takes TypeScript's export = for no sign of a module"),
        ("name-reserved", "esbuild takes a line's end behind `export default interface`"),
        (
            "token-expected",
            "esbuild skips what TypeScript's parser refuses: accessor in interfaces, `new bar()` and postfix ! in types, assertions of arrow functions, escaped `type`"
        ),
        ("regular-expression-invalid", "esbuild hands regular expressions on unread"),
    ];

    [Fact]
    public void What_esbuild_accepts_is_accepted_or_there_is_a_reason()
    {
        var wrong = Expectations()
            .Where(expectation => expectation.Valid)
            .Select(expectation => (expectation, error: Error(expectation)))
            .Where(pair => pair.error is { } error && !Laxer.Any(known => known.Code == error.Code))
            .Select(pair => $"{Shown(pair.expectation)}   {pair.error}")
            .ToList();
        Assert.True(wrong.Count == 0, $"{wrong.Count} rejected:\n{string.Join('\n', wrong)}");
    }

    [Fact]
    public void What_esbuild_refuses_is_refused_or_there_is_a_reason()
    {
        var wrong = Expectations()
            .Where(expectation => !expectation.Valid && Error(expectation) is null)
            .Where(expectation => !Stricter.Any(known => expectation.Expected.Contains(known.Words, StringComparison.Ordinal)))
            .Select(expectation => $"{Shown(expectation)}   {expectation.Expected.ReplaceLineEndings(" ")}")
            .ToList();
        Assert.True(wrong.Count == 0, $"{wrong.Count} accepted:\n{string.Join('\n', wrong)}");
    }

    [Fact]
    public void The_differences_from_esbuild_only_become_fewer()
    {
        var expectations = Expectations();
        Assert.InRange(expectations.Count(expectation => expectation.Valid && Error(expectation) is not null), 0, 90);
        Assert.InRange(expectations.Count(expectation => !expectation.Valid && Error(expectation) is null), 0, 365);
    }

    private static string Shown(EsbuildExpectation expectation) => $"{expectation.Where} {expectation.Language}: {expectation.Input.ReplaceLineEndings("\\n")}";

    private static List<EsbuildExpectation> Expectations()
    {
        Assert.SkipWhen(Suites.Find(Suite) is null, Suites.HowToGet(Suite));
        return [.. EsbuildExpectations.Read(Suites.Find(Suite)!).Where(expectation => expectation.Setting is null)];
    }

    private static Diagnostic? Error(EsbuildExpectation expectation) =>
        Verdicts.FirstError(expectation.Input, ParseOptions.For($"a.{expectation.Language}") with { Jsx = expectation.Language is "jsx" or "tsx" });
}
