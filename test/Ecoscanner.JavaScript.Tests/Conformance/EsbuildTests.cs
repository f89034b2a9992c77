using Ecoscanner.JavaScript.Diagnostics;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Tests.Conformance;

/// <summary>esbuild's expectations of what parses; where it is stricter or laxer than the languages, the reason stands here.</summary>
public sealed class EsbuildTests
{
    private const string Suite = "esbuild";

    [Fact]
    public void What_esbuild_accepts_is_accepted()
    {
        var wrong = Expectations()
            .Where(expectation => expectation.Valid && Error(expectation) is not null)
            .Select(expectation => $"{expectation.Where} {expectation.Language}: {expectation.Input.ReplaceLineEndings("\\n")}   {Error(expectation)}")
            .ToList();
        Assert.True(wrong.Count == 0, $"{wrong.Count} rejected:\n{string.Join('\n', wrong)}");
    }

    [Fact]
    public void What_esbuild_refuses_is_refused()
    {
        var wrong = Expectations()
            .Where(expectation => !expectation.Valid && Error(expectation) is null)
            .Select(expectation =>
                $"{expectation.Where} {expectation.Language}: {expectation.Input.ReplaceLineEndings("\\n")}   {expectation.Expected.ReplaceLineEndings(" ")}"
            )
            .ToList();
        Assert.True(wrong.Count == 0, $"{wrong.Count} accepted:\n{string.Join('\n', wrong)}");
    }

    private static List<EsbuildExpectation> Expectations()
    {
        Assert.SkipWhen(Suites.Find(Suite) is null, Suites.HowToGet(Suite));
        return [.. EsbuildExpectations.Read(Suites.Find(Suite)!)];
    }

    private static string? Error(EsbuildExpectation expectation)
    {
        var options = ParseOptions.For($"a.{expectation.Language}") with { Jsx = expectation.Language is "jsx" or "tsx" };
        return SyntaxTree
            .Parse(new SourceText(expectation.Input), options)
            .Diagnostics.FirstOrDefault(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            ?.Message;
    }
}
