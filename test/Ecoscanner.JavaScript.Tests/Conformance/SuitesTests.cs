namespace Ecoscanner.JavaScript.Tests.Conformance;

public sealed class SuitesTests
{
    [Fact]
    public void Test262_has_the_cases_that_other_parsers_were_measured_with()
    {
        var cases = Test262Cases.Read(Found("test262")).ToList();
        Assert.Equal((23_766, 4_074), (cases.Count, cases.Count(test => !test.Valid)));
        Assert.Equal(20_189, Test262Cases.ReadStrictly(Found("test262")).Count());
    }

    [Fact]
    public void A_front_matter_says_how_its_file_is_parsed()
    {
        var module = Test262Cases.Parse(
            "a.js",
            ["", "flags: [module, generated]", "features: [let, class]", "negative:", "  phase: parse", "  type: SyntaxError"]
        );
        Assert.Equal(new("a.js", Module: true, Strict: true, Valid: false), module.Case);
        Assert.Equal(["let", "class"], module.Features);
        Assert.False(module.RunsTwice);
    }

    [Fact]
    public void A_front_matter_without_flags_is_of_a_valid_script_in_either_mode()
    {
        var script = Test262Cases.Parse("a.js", ["negative:", "  phase: runtime", "features:", "  - let", "  - class", "info: x"]);
        Assert.Equal(new("a.js", Module: false, Strict: false, Valid: true), script.Case);
        Assert.Equal(["let", "class"], script.Features);
        Assert.True(script.RunsTwice);
    }

    [Theory]
    [InlineData("onlyStrict", true)]
    [InlineData("noStrict", false)]
    [InlineData("raw", false)]
    public void A_flag_leaves_a_script_one_mode(string flag, bool strict)
    {
        var script = Test262Cases.Parse("a.js", [$"flags: [{flag}]"]);
        Assert.Equal((strict, false), (script.Case.Strict, script.RunsTwice));
    }

    [Fact]
    public void Parser_tests_come_in_four_groups()
    {
        var folder = Suites.FindPackage(ParserTests.Package);
        Assert.SkipWhen(folder is null, Suites.HowToInstall(ParserTests.Package));
        var counts = ParserTests.Read(folder!).CountBy(test => test.Group);
        Assert.Equal([new("pass", 1_981), new("pass-explicit", 1_981), new("fail", 731), new("early", 668)], counts);
        Assert.Equal(721 + 663, ParserTests.Read(folder!).Count(test => !test.Valid));
        Assert.All(ParserTests.Read(folder!).Where(test => test.Group == "pass"), test => Assert.True(File.Exists(test.Explicit)));
    }

    [Fact]
    public void The_corpus_has_thousands_of_real_files()
    {
        Assert.SkipWhen(Suites.FindPackage(Corpus.Package) is null, Suites.HowToInstall(Corpus.Package));
        Assert.True(Corpus.Written().Count() >= 2_000);
        Assert.True(Corpus.All().Count() >= 5_000);
        Assert.Contains(Corpus.Written(), file => file.EndsWith(".tsx", StringComparison.Ordinal));
        Assert.Empty(Corpus.Written().Except(Corpus.All()));
    }

    [Fact]
    public void Fixtures_of_typescript_eslint_are_valid_or_not()
    {
        var fixtures = AstSpecFixtures.Read(Found("typescript-eslint")).ToList();
        Assert.True(fixtures.Count(fixture => fixture.Valid) >= 560);
        Assert.True(fixtures.Count(fixture => !fixture.Valid) >= 343);
        Assert.Contains(fixtures, fixture => fixture.Jsx);
    }

    [Fact]
    public void Expectations_of_esbuild_are_read_from_Go()
    {
        var expectations = EsbuildExpectations.Read(Found("esbuild")).ToList();
        Assert.True(expectations.Count(expectation => expectation.Language is "ts" or "tsx") > 1_500);
        Assert.True(expectations.Count(expectation => expectation.Language is "js" or "jsx") > 3_000);
    }

    [Fact]
    public void A_call_in_Go_becomes_an_expectation()
    {
        const string Source = """
            func expectPrinted(t *testing.T, contents string) {
            }

            func TestIt(t *testing.T) {
                // expectPrinted(t, "commented", "out")
                error := "<stdin>: ERROR: No \"x\"\n"
                expectPrinted(t, "a;" +
                    "\tb", `a;
            b;`)
                expectParseErrorTSX(t, "x", error+"!")
                expectPrintedTarget(t, 2015, "y", "z")
                for _, op := range ops {
                    expectPrinted(t, op+"a", "b")
                }
                expectParseError(t, "warned", "<stdin>: WARNING: Hm\n")
            }
            """;
        Assert.Equal(
            [
                new("expectPrinted", null, "a;\tb", "a;\nb;", "x.go:7"),
                new("expectParseErrorTSX", null, "x", "<stdin>: ERROR: No \"x\"\n!", "x.go:10"),
                new("expectPrintedTarget", "2015", "y", "z", "x.go:11"),
                new("expectParseError", null, "warned", "<stdin>: WARNING: Hm\n", "x.go:15"),
            ],
            EsbuildExpectations.Parse("x.go", Source)
        );
        Assert.Equal([true, false, true, true], EsbuildExpectations.Parse("x.go", Source).Select(expectation => expectation.Valid));
        Assert.Equal(["js", "tsx", "js", "js"], EsbuildExpectations.Parse("x.go", Source).Select(expectation => expectation.Language));
    }

    [Theory]
    [InlineData(@"plain ü 😀", "plain ü 😀")]
    [InlineData(@"\a\b\f\n\r\t\v\\\""", "\a\b\f\n\r\t\v\\\"")]
    [InlineData(@"\x41\101\u0041\U0001F600", "AAA😀")]
    [InlineData(@"\xC3\xBC", "ü")]
    public void Escapes_of_Go_are_read(string literal, string value) => Assert.Equal(value, GoToken.Unescape(literal));

    private static string Found(string suite)
    {
        var folder = Suites.Find(suite);
        Assert.SkipWhen(folder is null, Suites.HowToGet(suite));
        return folder!;
    }
}
