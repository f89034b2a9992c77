using Ecoscanner.JavaScript.Binding;
using Ecoscanner.JavaScript.Diagnostics;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Tests.Conformance;

/// <summary>What runs of TypeScript's sources is what esbuild prints of them; where it does more than to erase, the reason stands here.</summary>
public sealed class EsbuildErasureTests(ITestOutputHelper output)
{
    private const string Suite = "esbuild";

    // The first reason that holds is the one that counts; no more expectations than that may be left out for it.
    private static readonly (string Reason, int AtMost, Func<Case, bool> Holds)[] LeftOut =
    [
        ("a setting: class fields are assigned, as before ES2022", 65, test => test.Expectation.Kind.Contains("AssignSemantics", StringComparison.Ordinal)),
        ("a setting: decorators of TypeScript before 5.0", 35, test => test.Expectation.Kind.Contains("ExperimentalDecorator", StringComparison.Ordinal)),
        ("a setting: minified", 6, test => test.Expectation.Kind.Contains("Mangle", StringComparison.Ordinal)),
        ("what we refuse, for the reasons in EsbuildTests", 62, test => test.Tree.Diagnostics.Any(IsError)),
        ("an element becomes a call", 30, test => test.Runs(NodeKind.JSXElement, NodeKind.JSXFragment)),
        ("an enumeration becomes code", 23, test => test.Runs(NodeKind.TSEnumDeclaration)),
        ("a namespace becomes code", 30, test => test.Runs(NodeKind.TSModuleDeclaration)),
        ("a parameter's property becomes code", 9, test => test.Runs(NodeKind.TSParameterProperty)),
        ("import = becomes code", 17, test => test.Runs(NodeKind.TSImportEqualsDeclaration)),
        ("export = becomes code", 1, test => test.Runs(NodeKind.TSExportAssignment)),
        (
            "+1 is written as 1",
            2,
            test => test.Any(node => node is { Kind: NodeKind.UnaryExpression, OperatorText: "+", Argument.Kind: NodeKind.NumericLiteral })
        ),
        (
            "a variable's value goes before its for-in loop",
            3,
            test => test.Any(node => node.Kind == NodeKind.ForInStatement && node.Left.Declarations is [{ Init.Exists: true }])
        ),
        (
            "an import is used in dead code only",
            3,
            test =>
                test.Runs(NodeKind.ImportDeclaration)
                && test.Any(node => node is { Kind: NodeKind.IfStatement, Test: { Kind: NodeKind.BooleanLiteral, BooleanValue: false } })
        ),
    ];

    [Fact]
    public void What_runs_is_what_esbuild_prints()
    {
        var cases = Cases();
        var compared = cases.Where(test => !LeftOut.Any(known => known.Holds(test))).ToList();
        var different = compared.Select(test => (test.Expectation, Difference: test.Difference())).Where(pair => pair.Difference is not null).ToList();
        output.WriteLine($"{cases.Count} expectations, {compared.Count} compared, {different.Count} different");
        Assert.True(different.Count == 0, string.Join('\n', different.Select(pair => $"{Shown(pair.Expectation)}   {pair.Difference}")));
        Assert.True(compared.Count >= 800);
    }

    [Fact]
    public void What_is_left_out_only_becomes_less()
    {
        var counts = Cases()
            .Select(test => LeftOut.FirstOrDefault(known => known.Holds(test)).Reason)
            .Where(reason => reason is not null)
            .CountBy(reason => reason)
            .ToDictionary();
        foreach (var (reason, _, _) in LeftOut)
        {
            output.WriteLine($"{counts.GetValueOrDefault(reason), 4} {reason}");
        }

        Assert.All(LeftOut, known => Assert.InRange(counts.GetValueOrDefault(known.Reason), 1, known.AtMost));
    }

    private static string Shown(EsbuildExpectation expectation) =>
        $"{expectation.Where} {expectation.Language}: {expectation.Input.ReplaceLineEndings("\\n")} => {expectation.Expected.ReplaceLineEndings("\\n")}";

    private static bool IsError(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error;

    private static List<Case> Cases()
    {
        Assert.SkipWhen(Suites.Find(Suite) is null, Suites.HowToGet(Suite));
        return
        [
            .. EsbuildExpectations
                .Read(Suites.Find(Suite)!)
                .Where(expectation => expectation.Setting is null && expectation.Language is "ts" or "tsx")
                .Where(expectation => expectation.Kind.StartsWith("expectPrinted", StringComparison.Ordinal))
                .Select(expectation => new Case(
                    expectation,
                    SyntaxTree.Parse(new SourceText(expectation.Input), ParseOptions.For($"a.{expectation.Language}"))
                )),
        ];
    }

    private sealed record Case(EsbuildExpectation Expectation, SyntaxTree Tree)
    {
        public bool Any(Predicate<Node> holds) => Enumerable.Range(1, Tree.NodeCount).Any(index => holds(Tree.NodeAt(index)));

        public bool Runs(params NodeKind[] kinds) => Any(node => kinds.Contains(node.Kind) && !node.IsErased);

        public string? Difference()
        {
            var printed = SyntaxTree.Parse(new SourceText(Expectation.Expected), ParseOptions.For("a.js"));
            return printed.Diagnostics.Any(IsError)
                ? $"what is printed is wrong: {printed.Diagnostics[0]}"
                : RuntimeTree.Difference(RuntimeTree.Of(Tree, new Unused(SemanticModel.Of(Tree)).Drops), RuntimeTree.Of(printed));
        }
    }

    /// <summary>What esbuild drops besides: imports that no code uses, and exports of what no code declares, which it takes for types.</summary>
    private sealed class Unused(SemanticModel model)
    {
        public bool Drops(Node node) =>
            node.Kind switch
            {
                NodeKind.ImportDeclaration => node.Specifiers.Count > 0 && node.Specifiers.All(specifier => specifier.IsErased || Drops(specifier)),
                NodeKind.ImportSpecifier or NodeKind.ImportDefaultSpecifier or NodeKind.ImportNamespaceSpecifier => model
                    .SymbolOf(node)
                    .References.All(reference => reference.IsType || reference.Node.IsErased),
                NodeKind.ExportSpecifier => !model.Tree.ParentOf(node).Source.Exists && !model.SymbolOf(node).Is(SymbolKinds.Values),
                _ => false,
            };
    }
}
