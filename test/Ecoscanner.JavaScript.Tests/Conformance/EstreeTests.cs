using System.Runtime.CompilerServices;
using Ecoscanner.JavaScript.Diagnostics;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.JavaScript.Tests.Conformance;

/// <summary>Compares our trees with those of oxc-parser, span by span, over real sources and over what the suites hold valid.</summary>
public sealed class EstreeTests
{
    /// <summary>A list of files, one a line, to compare instead of the corpus.</summary>
    private const string CorpusVariable = "ECOSCANNER_CORPUS";

    private const int LinesShown = 60;

    [Fact]
    public Task Real_sources_have_the_trees_that_another_parser_gives_them() => CompareAsync(Real().Select(file => new EstreeSource(file)));

    [Fact]
    public Task Programs_of_the_parser_tests_have_equal_trees() =>
        CompareAsync(
            ParserTests
                .Read(Found(Suites.FindPackage(ParserTests.Package), Suites.HowToInstall(ParserTests.Package)))
                .Where(test => test.Valid)
                .Select(test => new EstreeSource(test.Path, new() { Goal = test.Module ? SourceGoal.Module : SourceGoal.Script }))
        );

    [Fact]
    public Task Fixtures_of_typescript_eslint_have_equal_trees()
    {
        var suite = Found(Suites.Find("typescript-eslint"), Suites.HowToGet("typescript-eslint"));
        return CompareAsync(AstSpecFixtures.Read(suite).Where(fixture => fixture.Valid).Select(fixture => new EstreeSource(Path.Combine(suite, fixture.Path))));
    }

    [Fact]
    public Task Programs_of_test262_have_equal_trees()
    {
        Assert.SkipUnless(IsSlow, "slow: set ECOSCANNER_SLOW=1");
        var suite = Found(Suites.Find("test262"), Suites.HowToGet("test262"));
        return CompareAsync(
            Test262Cases
                .ReadAll(suite)
                .Select(file => file.Case)
                .Where(test => test.Valid)
                .Select(test => new EstreeSource(Path.Combine(suite, test.Path), new() { Goal = test.Module ? SourceGoal.Module : SourceGoal.Script }))
        );
    }

    [Fact]
    public async Task What_esbuild_accepts_has_equal_trees()
    {
        var suite = Found(Suites.Find("esbuild"), Suites.HowToGet("esbuild"));
        var folder = Directory.CreateTempSubdirectory("esbuild");
        try
        {
            var sources = new List<EstreeSource>();
            foreach (var expectation in EsbuildExpectations.Read(suite).Where(expectation => expectation.Valid))
            {
                var file = Path.Combine(folder.FullName, $"{sources.Count} {expectation.Where.Replace(':', ' ')}.{expectation.Language}");
                await File.WriteAllTextAsync(file, expectation.Input, TestContext.Current.CancellationToken);
                var options = ParseOptions.For(file) with { Jsx = expectation.Language is "jsx" or "tsx" };
                // Where we are stricter than esbuild, the test of what it accepts says so.
                if (SyntaxTree.Parse(expectation.Input, options).Diagnostics.All(diagnostic => diagnostic.Severity != DiagnosticSeverity.Error))
                {
                    sources.Add(new(file, options));
                }
            }

            await CompareAsync(sources);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static bool IsSlow => Environment.GetEnvironmentVariable("ECOSCANNER_SLOW") == "1";

    private static IEnumerable<string> Real()
    {
        if (Environment.GetEnvironmentVariable(CorpusVariable) is { Length: > 0 } list)
        {
            return File.ReadLines(list).Where(line => line.Length > 0);
        }

        return IsSlow ? Corpus.All() : Corpus.Written();
    }

    private static async Task CompareAsync(IEnumerable<EstreeSource> sources, [CallerMemberName] string test = "")
    {
        Found(Suites.FindPackage(EstreeComparison.Package), Suites.HowToInstall(EstreeComparison.Package));
        var comparison = await EstreeComparison.OfAsync(sources, TestContext.Current.CancellationToken);
        var log = Path.Combine(Repository.Root, "artifacts", "estree", $"{test}.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(log)!);
        await File.WriteAllLinesAsync(log, [.. comparison.Lines, comparison.Summary], TestContext.Current.CancellationToken);
        Assert.True(
            comparison is { Files: > 0, Differ: 0 },
            $"{comparison.Summary}; all of it stands in {log}\n{string.Join('\n', comparison.Lines.Take(LinesShown))}"
        );
    }

    private static string Found(string? folder, string howToGet)
    {
        Assert.SkipWhen(folder is null, howToGet);
        return folder!;
    }
}
