using System.Diagnostics;
using Ecoscanner.JavaScript.Lowering;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Tests.Conformance;
using Ecoscanner.JavaScript.Tests.Syntax;
using Ecoscanner.JavaScript.Text;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.JavaScript.Tests.Lowering;

/// <summary>Sources made to be slow or deep, sources that are hardly any, and real ones.</summary>
public sealed class HostileLoweringTests(ITestOutputHelper output)
{
    private const int Many = 100_000;
    private const int LargestFile = 2_000_000;

    // Generous on a busy machine; what is not linear takes minutes.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("a", "+a", "")]
    [InlineData("a", "&&a", "")]
    [InlineData("a", "??a", "")]
    [InlineData("a", ".b()", "")]
    [InlineData("a", "?.b[c]", "")]
    [InlineData("a", "`b`", "")]
    [InlineData("a", "!", "")]
    [InlineData("new a", ".b", "()")]
    [InlineData("", "a?b:", "c")]
    [InlineData("", "if(a)b;else ", "c")]
    [InlineData("", "a;", "")]
    [InlineData("[", "a,", "]")]
    [InlineData("({", "a:b,", "})")]
    [InlineData("a(", "b,", ")")]
    [InlineData("class A{", "b(){}", "}")]
    [InlineData("class A{", "b=1;", "}")]
    [InlineData("", "a=>", "b")]
    [InlineData("function f(){", "let a=()=>a;", "}")]
    public void What_is_long_is_lowered(string first, string repeated, string last)
    {
        var module = Lowers(first + string.Concat(Enumerable.Repeat(repeated, Many)) + last, repeated is "!" ? "a.ts" : "a.js");
        Assert.Empty(module.Gaps);
    }

    [Theory]
    [InlineData("(a,", ")")]
    [InlineData("a(", ")")]
    [InlineData("[", "]")]
    [InlineData("({a:", "})")]
    [InlineData("!", "")]
    [InlineData("a=", "")]
    [InlineData("a+(", ")")]
    [InlineData("`${", "}`")]
    [InlineData("a[", "]")]
    [InlineData("await ", "")]
    [InlineData("a`${", "}`")]
    [InlineData("()=>{", "}")]
    [InlineData("(a=", ")=>1")]
    [InlineData("a=>b(a,()=>a,", ")")]
    [InlineData("class extends ", "{}")]
    [InlineData("class{static a=", "}")]
    [InlineData("class{[", "](){}}")]
    [InlineData("<a b={", "}/>")]
    [InlineData("<a>{", "}</a>")]
    public void What_is_deep_is_given_up_at_some_depth(string open, string close) => Nested("x=", open, "0", close);

    [Theory]
    [InlineData("{", "}")]
    [InlineData("if(a){", "}else b;")]
    [InlineData("for(;;){", "}")]
    [InlineData("for(a of b){", "}")]
    [InlineData("try{", "}catch{}")]
    [InlineData("try{}catch{", "}")]
    [InlineData("switch(a){case b:", "}")]
    [InlineData("with(a)", "")]
    [InlineData("function f(){", "}")]
    [InlineData("class A{constructor(){", "}}")]
    [InlineData("class A{static{", "}}")]
    public void Deep_statements_are_given_up_at_some_depth(string open, string close) => Nested("", open, ";", close);

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{a:", "}")]
    [InlineData("[...", "]")]
    public void Deep_patterns_are_given_up_at_some_depth(string open, string close)
    {
        Nested("var ", open, "a", close + "=b", last: close);
        Nested("(", open, "a", close + "=b)", last: close);
    }

    [Fact]
    public void Deep_namespaces_are_given_up_at_some_depth() => Nested("", "namespace a{", "export let b=1", "}", "a.ts");

    [Fact]
    public void A_hundred_thousand_cases() => Lowers($"switch(a){{{string.Concat(Enumerable.Range(0, Many).Select(number => $"case {number}:b;"))}}}");

    [Fact]
    public void A_hundred_thousand_variables_seen_from_inside() =>
        Lowers(
            $"{string.Concat(Enumerable.Range(0, Many).Select(number => $"var a{number};"))}function f(){{{string.Concat(Enumerable.Range(0, Many).Select(number => $"a{number}=a{number};"))}}}"
        );

    [Fact]
    public void Any_text_is_lowered()
    {
        string[] sources = [.. BrokenSources.All, .. FuzzSeeds.All];
        Fuzz.Run(random =>
        {
            var source = Fuzzing.Mutate(sources[random.Next(sources.Length)], random);
            var options = new ParseOptions
            {
                TypeScript = random.Next(2) == 0,
                Jsx = random.Next(2) == 0,
                Goal = (SourceGoal)random.Next(3),
            };
            var module = LoweringRules.Lower(SyntaxTree.Parse(new SourceText(source), options));
            LoweringRules.Check(module);
            Assert.NotEmpty(LoweringPrinter.Text(module));
            if (module.Tree.Diagnostics.Count == 0)
            {
                LoweringRules.CheckExpressions(module);
            }
        });
    }

    [Fact]
    public void Each_expression_of_programs_that_follow_the_grammar_has_a_slot() =>
        Fuzz.Run(random =>
        {
            var program = new RandomProgram(random);
            var module = LoweringRules.Lower(SyntaxTree.Parse(new SourceText(program.Next()), program.Options));
            LoweringRules.Check(module);
            LoweringRules.CheckExpressions(module);
        });

    [Fact]
    public void Each_expression_of_packages_has_a_slot()
    {
        string[] packages = ["rxjs", "@blueprintjs/core", "zod", "react-dom", "three", "typescript"];
        var folders = packages.Select(Suites.FindPackage).OfType<string>().ToArray();
        Assert.SkipWhen(folders.Length == 0, "run npm ci in test/node");
        foreach (var file in folders.SelectMany(Files))
        {
            var tree = SyntaxTree.Parse(SourceText.Decode(File.ReadAllBytes(file), file));
            var model = JavaScript.Binding.SemanticModel.Of(tree);
            var record = JavaScript.Modules.ModuleRecord.Of(model);
            _ = tree.Root.IsErased;
            var time = Stopwatch.StartNew();
            var module = LoweredModule.Of(record);
            if (tree.Source.Length > 1_000_000)
            {
                output.WriteLine(
                    $"{Path.GetFileName(file)}: {tree.Source.Length / 1e6:F1} MB, {tree.NodeCount} nodes, {module.Instructions.Length} instructions, {module.SlotCount} slots, {module.Functions.Length} functions, {time.Elapsed.TotalMilliseconds:F0} ms"
                );
            }

            Assert.True(time.Elapsed < Patience, $"{file} took {time.Elapsed}");
            LoweringRules.Check(module);
            LoweringRules.CheckExpressions(module);
            Assert.True(module.Gaps.IsEmpty, $"{file}: {string.Join(", ", module.Gaps.Take(3))}");
        }
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".js" or ".mjs" or ".cjs" or ".ts" or ".tsx" or ".mts")
            .Order(StringComparer.Ordinal)
            .Where(file => new FileInfo(file).Length < LargestFile)
            .Take(100);

    private static void Nested(string before, string open, string middle, string close, string file = "a.jsx", string? last = null)
    {
        var closings = string.Concat(Enumerable.Repeat(last ?? close, Many - 1)) + close;
        Lowers(before + string.Concat(Enumerable.Repeat(open, Many)) + middle + closings, file);
    }

    private static LoweredModule Lowers(string source, string file = "a.js")
    {
        var record = JavaScript.Modules.ModuleRecord.Of(
            JavaScript.Binding.SemanticModel.Of(SyntaxTree.Parse(new SourceText(source, file), ParseOptions.For(file)))
        );
        Assert.Empty(record.Tree.Diagnostics);
        var time = Stopwatch.StartNew();
        var module = LoweredModule.Of(record);
        Assert.True(time.Elapsed < Patience, $"it took {time.Elapsed}");
        LoweringRules.Check(module);
        return module;
    }
}
