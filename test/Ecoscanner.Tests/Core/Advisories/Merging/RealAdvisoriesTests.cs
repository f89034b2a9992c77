using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Ecoscanner.Advisories;
using Ecoscanner.Advisories.Merging;
using Ecoscanner.Advisories.Reading;
using Ecoscanner.Advisories.Versions;
using Ecoscanner.Tests.Infrastructure;

namespace Ecoscanner.Tests.Core.Advisories.Merging;

/// <summary>What the readers and the merger make of real advisories, where they lie beside the checkout.</summary>
public sealed class RealAdvisoriesTests
{
    private const int LeastRows = 1000;

    private readonly ITestOutputHelper output = TestContext.Current.TestOutputHelper!;

    [Fact]
    public void All_records_are_read_and_merged()
    {
        var folder = SharedData.Path("advisories");
        var time = Stopwatch.StartNew();
        var readings = AdvisoryFeed.Read(folder, AdvisoryOverrides.Shipped).ToList();
        var read = time.Elapsed;
        var records = readings.Select(reading => reading.Advisory).OfType<Advisory>().ToList();
        var merged = AdvisoryMerger.Merge(records);
        var several = merged.Advisories.Where(advisory => advisory.Aliases.Append(advisory.Id).Count(AdvisoryId.IsCve) > 1).ToList();
        var problems = readings.SelectMany(reading => reading.Problems).ToList();
        output.WriteLine(
            $"{records.Count} records read in {read.TotalSeconds:0.0} s, merged to {merged.Advisories.Count} advisories in {(time.Elapsed - read).TotalSeconds:0.0} s"
        );
        output.WriteLine(
            $"{several.Count} of several CVEs: {string.Join("; ", several.Select(advisory => $"{advisory.Id} {string.Join(' ', advisory.Aliases.Where(AdvisoryId.IsCve))}"))}"
        );
        output.WriteLine(
            $"{merged.Bridges.Count} bridges, {problems.Count} problems:\n{string.Join("\n", problems.Select(problem => $"{problem.Record}: {problem.Reason}"))}"
        );
        Assert.True(records.Count > 10_000);
        Assert.True(merged.Advisories.Count > 6000);
        Assert.True(several.Count <= 5);
        Assert.True(problems.Count <= 30);
        Assert.All(merged.Advisories, advisory => Assert.NotEmpty(advisory.Affected));
    }

    /// <summary>OSV lists, for each range, the versions that had been published; of a package, what another record lists and this one does not is not affected.</summary>
    [Fact]
    public void The_versions_that_OSV_lists_are_those_that_the_ranges_hold()
    {
        var listed = new List<(AffectedPackage Package, HashSet<string> Versions)>();
        var published = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var record in AdvisoryFeed.Records(SharedData.Path("advisories/maven-npm.osv.jsonl.gz")))
        {
            using var json = JsonDocument.Parse(record.Bytes);
            foreach (
                var affected in json
                    .RootElement.GetProperty("affected")
                    .EnumerateArray()
                    .Where(affected =>
                        affected.GetProperty("database_specific").GetProperty("source").GetString() == "osv-scalibr"
                        && affected.TryGetProperty("ranges", out _)
                        && affected.TryGetProperty("versions", out _)
                    )
            )
            {
                var alone = $$"""{"id": "A-1", "affected": [{{affected.GetRawText()}}]}""";
                if (OsvReader.Read(Encoding.UTF8.GetBytes(alone), record.Place).Advisory is not { Affected: [var package] })
                {
                    continue;
                }

                var versions = affected.GetProperty("versions").EnumerateArray().Select(version => version.GetString()!).ToHashSet(StringComparer.Ordinal);
                listed.Add((package, versions));
                if (!published.TryGetValue(package.Name, out var all))
                {
                    published.Add(package.Name, all = new(StringComparer.Ordinal));
                }

                all.UnionWith(versions);
            }
        }

        var (right, missing, extra) = (0, new List<string>(), new List<string>());
        foreach (var (package, versions) in listed)
        {
            var order = VersionOrder.Of(package.Ecosystem);
            foreach (var version in published[package.Name])
            {
                var isInRange = order.Key(version) is { } key && package.Ranges.Any(range => range.Contains(key, order));
                if (isInRange == versions.Contains(version))
                {
                    right += isInRange ? 1 : 0;
                }
                else
                {
                    (isInRange ? extra : missing).Add($"{package.Name} {version} {string.Join(" | ", package.Ranges)}");
                }
            }
        }

        var (precision, recall) = ((double)right / (right + extra.Count), (double)right / (right + missing.Count));
        output.WriteLine($"{listed.Count} packages, {right} versions right, precision {precision:0.0000}, recall {recall:0.0000}");
        output.WriteLine($"not in the range: {string.Join("; ", missing.Take(20))}");
        output.WriteLine($"not listed: {string.Join("; ", extra.Take(20))}");
        Assert.True(right > LeastRows);
        Assert.True(precision >= 0.98 && recall >= 0.98);
    }

    /// <summary>SAP compared the code of releases. Where another source speaks of the same CVE and package, its ranges have to hold what SAP found affected.</summary>
    [Fact]
    public void The_ranges_agree_with_SAPs_comparison_of_code()
    {
        const string Sap = "SAP Project KB";
        var records = AdvisoryFeed.Read(SharedData.Path("advisories")).Select(reading => reading.Advisory).OfType<Advisory>().ToList();
        var merged = AdvisoryMerger.Merge(records.Select(record => record with { Affected = [.. record.Affected.Where(package => package.Source != Sap)] }));
        var others = merged
            .Advisories.SelectMany(advisory => advisory.Affected.Select(package => (advisory.Id, Package: package)))
            .ToDictionary(item => (item.Id, item.Package.Name), item => item.Package);
        var (found, rows, all) = (0, 0, 0);
        foreach (var record in records.Where(record => AdvisoryId.IsCve(record.Id)))
        {
            foreach (var verdict in record.Affected.Where(package => package.Source == Sap))
            {
                all += verdict.Versions.Length;
                if (others.TryGetValue((record.Id, verdict.Name), out var package))
                {
                    rows += verdict.Versions.Length;
                    found += verdict.Versions.Count(version => package.Affects(version) == true);
                }
            }
        }

        output.WriteLine($"{all} verdicts of affected releases; another source speaks of {rows}, and holds {found}");
        Assert.SkipWhen(rows < LeastRows, $"the data has SAP's verdicts only where no other source speaks: {rows} of {all} can be compared");
        Assert.True((double)found / rows >= 0.85, $"{found} of {rows}");
    }
}
