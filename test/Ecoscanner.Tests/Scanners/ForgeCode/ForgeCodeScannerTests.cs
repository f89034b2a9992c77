using Ecoscanner.Scanners.ForgeCode;
using Ecoscanner.Tests.Scanners.ForgeCases;

namespace Ecoscanner.Tests.Scanners.ForgeCode;

public sealed class ForgeCodeScannerTests(ITestOutputHelper output)
{
    private const double Least = 0.95;

    private static readonly HashSet<string> Ids = new ForgeCodeScanner().Rules.Select(rule => rule.Id).ToHashSet(StringComparer.Ordinal);

    [Fact]
    public async Task Cases_are_found_and_their_repaired_twins_are_not()
    {
        var cases = ForgeCase.InFolder("Code", Ids);
        var score = await ForgeCaseRun.MeasureAsync(cases, Ids, [new ForgeCodeScanner()], TestContext.Current.CancellationToken);
        output.WriteLine($"{cases.Length} cases, {cases.Sum(each => each.Annotations.Length)} annotations\n{score}");
        Assert.DoesNotContain(score.Complaints, line => line.StartsWith("failed", StringComparison.Ordinal));
        Assert.All(Ids, rule => Assert.True(score[rule].Recall >= Least && score[rule].Precision >= Least, $"{rule}\n{score}"));
    }
}
