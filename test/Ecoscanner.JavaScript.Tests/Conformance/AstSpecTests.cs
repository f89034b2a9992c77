using Ecoscanner.JavaScript.Diagnostics;
using Ecoscanner.JavaScript.Syntax;
using Ecoscanner.JavaScript.Text;

namespace Ecoscanner.JavaScript.Tests.Conformance;

/// <summary>The fixtures that define TS-ESTree: what the parser takes and what it refuses.</summary>
public sealed class AstSpecTests
{
    private const string Suite = "typescript-eslint";

    [Fact]
    public void Every_valid_fixture_is_accepted()
    {
        var wrong = Fixtures()
            .Where(fixture => fixture.Valid && Errors(fixture) is not [])
            .Select(fixture => $"{fixture.Path}: {Errors(fixture)[0].Message}")
            .ToList();
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Fact]
    public void At_least_330_of_the_invalid_fixtures_are_refused()
    {
        var accepted = Fixtures().Where(fixture => !fixture.Valid && Errors(fixture) is []).Select(fixture => fixture.Path).ToList();
        Assert.True(accepted.Count <= 343 - 330, $"{accepted.Count} accepted:\n{string.Join('\n', accepted)}");
    }

    private static List<AstSpecFixture> Fixtures()
    {
        Assert.SkipWhen(Suites.Find(Suite) is null, Suites.HowToGet(Suite));
        return [.. AstSpecFixtures.Read(Suites.Find(Suite)!)];
    }

    private static List<Diagnostic> Errors(AstSpecFixture fixture)
    {
        var path = Path.Combine(Suites.Find(Suite)!, fixture.Path);
        return
        [
            .. SyntaxTree.Parse(new SourceText(File.ReadAllText(path), path)).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error),
        ];
    }
}
