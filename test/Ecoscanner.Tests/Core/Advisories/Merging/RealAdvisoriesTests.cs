using System.Diagnostics;
using Ecoscanner.Advisories;
using Ecoscanner.Advisories.Merging;
using Ecoscanner.Advisories.Reading;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Advisories.Merging;

/// <summary>What the readers and the merger make of real advisories, where they lie beside the checkout.</summary>
public sealed class RealAdvisoriesTests
{
    [Fact]
    public void All_records_are_read_and_merged()
    {
        var folder = SharedData.Path("advisories");
        var time = Stopwatch.StartNew();
        var readings = AdvisoryFeed.Read(folder, AdvisoryOverrides.Shipped).ToList();
        var read = time.Elapsed;
        var records = readings.Select(reading => reading.Advisory).OfType<Advisory>().ToList();
        var merged = AdvisoryMerger.Merge(records);
        var several = merged.Advisories.Count(advisory => advisory.Aliases.Append(advisory.Id).Count(AdvisoryId.IsCve) > 1);
        var problems = readings.SelectMany(reading => reading.Problems).ToList();
        var output = TestContext.Current.TestOutputHelper!;
        output.WriteLine(
            $"{readings.Count} readings, {records.Count} records in {read.TotalSeconds:0.0} s; {merged.Advisories.Count} advisories in {(time.Elapsed - read).TotalSeconds:0.0} s, {several} of several CVEs"
        );
        output.WriteLine(
            $"{merged.Bridges.Count} bridges: {string.Join("; ", merged.Bridges.Take(12).Select(bridge => $"{bridge.Source} {bridge.Record}: {string.Join(' ', bridge.Ids)}"))}"
        );
        output.WriteLine($"{problems.Count} problems: {string.Join("\n", problems.Take(60).Select(problem => $"{problem.Record}: {problem.Reason}"))}");
        output.WriteLine(
            $"largest: {string.Join("; ", merged.Advisories.OrderByDescending(advisory => advisory.Aliases.Length).Take(5).Select(advisory => $"{advisory.Id} {string.Join(' ', advisory.Aliases)}"))}"
        );
    }
}
