using System.Globalization;
using Ecoscanner.Scanners.ForgeAuthorization;
using Ecoscanner.Tests.Scanners.ForgeCases;

namespace Ecoscanner.Tests.Scanners.ForgeAuthorization;

/// <summary>Measures the scanner on annotated apps.</summary>
public sealed class ForgeAuthorizationCasesTests(ITestOutputHelper output)
{
    private const double LeastShare = 0.95;

    [Theory]
    [InlineData("Authorization")]
    [InlineData("AuthorizationHoldout")]
    public async Task It_finds_what_is_open_and_leaves_alone_what_is_not(string folder)
    {
        var scanner = new ForgeAuthorizationScanner();
        var rules = scanner.Rules.Select(rule => rule.Id).ToHashSet(StringComparer.Ordinal);
        var score = await ForgeCaseRun.MeasureAsync(ForgeCase.InFolder(folder, rules), rules, [scanner], TestContext.Current.CancellationToken);
        output.WriteLine(score.ToString());
        foreach (var rule in scanner.Rules)
        {
            Assert.True(score[rule.Id].Recall >= LeastShare, string.Create(CultureInfo.InvariantCulture, $"{rule} is found too rarely\n{score}"));
            Assert.True(score[rule.Id].Precision >= LeastShare, string.Create(CultureInfo.InvariantCulture, $"{rule} is found too often\n{score}"));
        }
    }
}
