using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.JavaScript.Tests.Conformance;

/// <summary>Compares our trees with those of oxc-parser, span by span, over real sources.</summary>
public sealed class EstreeTests
{
    /// <summary>A list of files, one a line, to compare instead of the corpus.</summary>
    private const string CorpusVariable = "ECOSCANNER_CORPUS";

    // Every so manieth file of what people wrote: about forty seconds on two slow processors.
    private const int SampleStep = 2;

    private const int LinesShown = 60;

    private static string Log => Path.Combine(Repository.Root, "artifacts", "estree.txt");

    [Fact]
    public async Task Real_sources_have_the_trees_that_another_parser_gives_them()
    {
        Assert.SkipWhen(Suites.FindPackage(EstreeComparison.Package) is null, Suites.HowToInstall(EstreeComparison.Package));
        var comparison = await EstreeComparison.OfAsync([.. Files()], TestContext.Current.CancellationToken);
        Directory.CreateDirectory(Path.GetDirectoryName(Log)!);
        await File.WriteAllLinesAsync(Log, comparison.Lines, TestContext.Current.CancellationToken);
        TestContext.Current.SendDiagnosticMessage(comparison.Summary);
        Assert.True(
            comparison is { Files: > 0, Differ: 0 },
            $"{comparison.Summary}; all of it stands in {Log}\n{string.Join('\n', comparison.Lines.Take(LinesShown))}"
        );
    }

    private static IEnumerable<string> Files()
    {
        if (Environment.GetEnvironmentVariable(CorpusVariable) is { Length: > 0 } list)
        {
            return File.ReadLines(list).Where(line => line.Length > 0);
        }

        return Environment.GetEnvironmentVariable("ECOSCANNER_SLOW") == "1" ? Corpus.All() : Corpus.Written().Where((_, index) => index % SampleStep == 0);
    }
}
