using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Scanners;

/// <summary>The samples: every planted flaw is found, and nothing else.</summary>
public sealed class SampleScanTests(SampleFleetFixture fleet)
{
    public static TheoryData<string, bool> Samples
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (var folder in Directory.GetDirectories(Path.Combine(SampleFleetFixture.Folder, "connect", "apps")).Order(StringComparer.Ordinal))
            {
                data.Add(Path.GetFileName(folder), false);
                data.Add(Path.GetFileName(folder), true);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_sample_fails_by_its_planted_flaw_and_by_nothing_else(string name, bool withTenant)
    {
        var sample = await fleet.SampleAsync(name);
        var report = await ConnectScan.RunAsync(sample, withTenant, TestContext.Current.CancellationToken);
        Assert.Equal(
            (withTenant ? sample.Expected.Fails.WithTenant : sample.Expected.Fails.WithoutTenant).Order(StringComparer.Ordinal),
            report.Findings.Select(finding => finding.Rule.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
        );
        Assert.All(report.Scanners, scanner => Assert.Null(scanner.Failure));
        Assert.InRange(report.Traffic.Requests, 1, report.Traffic.Planned);
    }
}
